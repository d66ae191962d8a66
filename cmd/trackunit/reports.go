package main

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/spf13/cobra"

	"github.com/soapfirst/trackunit"
)

var historyColumns = []column[trackunit.UnitHistory]{
	{"TIME", func(h *trackunit.UnitHistory) string { return clock(h.Time) }},
	{"EVENT", func(h *trackunit.UnitHistory) string { return trackunit.EventName(h.Event) }},
	{"KM/H", func(h *trackunit.UnitHistory) string { return number(h.Speed) }},
	{"KM", func(h *trackunit.UnitHistory) string { return number(h.Km) }},
	{"HOURS", func(h *trackunit.UnitHistory) string { return hours(h.Run1) }},
	{"WHERE", func(h *trackunit.UnitHistory) string { return degrees(h.Location) }},
	{"PLACE", func(h *trackunit.UnitHistory) string { return place(h.Address) }},
}

var tripColumns = []column[trackunit.Trip]{
	{"START", func(t *trackunit.Trip) string { return clock(t.StartTime) }},
	{"STOP", func(t *trackunit.Trip) string { return clock(t.StopTime) }},
	{"KM", func(t *trackunit.Trip) string { return decimal(t.StopKm - t.StartKm) }},
	{"HOURS", func(t *trackunit.Trip) string { return decimal(trackunit.Hours(t.StopRun1 - t.StartRun1)) }},
	{"KEY", func(t *trackunit.Trip) string { return text(t.KeyID) }},
	{"FROM", func(t *trackunit.Trip) string { return place(t.StartAddress) }},
	{"TO", func(t *trackunit.Trip) string { return place(t.StopAddress) }},
}

func (p *program) historyCommand() *cobra.Command {
	return report(p, "history", "Print what a unit sent", historyColumns,
		func(ctx context.Context, c *trackunit.Client, unit string, from, to time.Time) iter.Seq2[trackunit.UnitHistory, error] {
			return c.Reports.History(ctx, unit, from, to)
		})
}

func (p *program) tripsCommand() *cobra.Command {
	return report(p, "trips", "Print the trips of a unit", tripColumns,
		func(ctx context.Context, c *trackunit.Client, unit string, from, to time.Time) iter.Seq2[trackunit.Trip, error] {
			return c.Reports.Trips(ctx, unit, from, to)
		})
}

// report returns a command that prints a report of a unit over a time.
func report[T any](p *program, name, short string, columns []column[T],
	ask func(ctx context.Context, c *trackunit.Client, unit string, from, to time.Time) iter.Seq2[T, error],
) *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use: name + " UNIT", Short: short, Args: one("the id of a unit"),
		RunE: func(cmd *cobra.Command, args []string) error {
			start, end, err := period(from, to, p.now())
			if err != nil {
				return usageError{err}
			}
			client, err := p.client()
			if err != nil {
				return err
			}
			rows := spans(start, end, func(from, to time.Time) iter.Seq2[T, error] {
				return ask(cmd.Context(), client, args[0], from, to)
			})
			return print(p, rows, columns)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "since this `time` (default a day before --to)")
	cmd.Flags().StringVar(&to, "to", "", "until this `time` (default now)")
	return cmd
}

// period returns the time that the flags say.
func period(from, to string, now time.Time) (start, end time.Time, err error) {
	end = now
	if to != "" {
		if end, err = parseTime(to); err != nil {
			return start, end, fmt.Errorf("--to %w", err)
		}
	}
	start = end.AddDate(0, 0, -1)
	if from != "" {
		if start, err = parseTime(from); err != nil {
			return start, end, fmt.Errorf("--from %w", err)
		}
	}
	if !start.Before(end) {
		return start, end, fmt.Errorf("--from %s is not before --to %s", start.Format(time.RFC3339), end.Format(time.RFC3339))
	}
	return start, end, nil
}

func parseTime(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time such as 2026-03-01 or 2026-03-01T08:00:00Z", s)
}

// spans calls ask for one span after the other.
func spans[T any](from, to time.Time, ask func(from, to time.Time) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for from, to := range trackunit.Spans(from, to) {
			for row, err := range ask(from, to) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}
