package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/trackunittest"
)

func (p *program) demoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "demo", Short: "Show what can be done, against a simulator or, with --endpoint, the service", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if p.json {
				return usageError{errors.New("the demo is for people and knows no --json")}
			}
			return p.demo(cmd.Context())
		},
	}
}

// demo goes through the demo, against a simulator unless there is an endpoint.
func (p *program) demo(ctx context.Context) error {
	token := p.getenv("TRACKUNIT_TOKEN")
	live := p.endpoint != ""
	switch {
	case live && token == "":
		return errNoToken
	case live:
		p.say("The service at %s. Nothing is changed there.", p.endpoint)
	default:
		simulator := simulator()
		defer simulator.Close()
		p.endpoint, token = simulator.URL, simulator.Token()
		p.say("A simulator of the service at %s, with %d made-up units.", p.endpoint, demoUnits)
	}
	for _, version := range p.versions() {
		p.say("\n=== SOAP %s ===", map[string]string{"11": "1.1", "12": "1.2"}[version])
		client, err := p.clientFor(token, version, (&tracer{w: p.stdout, indent: "   | ", whole: p.verbose > 1}).trace)
		if err != nil {
			return err
		}
		if err := (&demo{program: p, client: client, live: live}).run(ctx); err != nil {
			return err
		}
		client.CloseIdleConnections()
	}
	return nil
}

// simulator starts one in which something goes on.
func simulator() *trackunittest.Server {
	s := trackunittest.NewServer(trackunittest.WithUnits(demoUnits))
	fleet := s.Fleet()
	for i, alarm := range fleet.Alarms.All()[:3] {
		fleet.Trigger(alarm.ID.Value(), fleet.UnitIDs()[i], fleet.Now().Add(-time.Duration(i+1)*47*time.Minute))
	}
	return s
}

// demoUnits is how many units the simulator has: enough for a table, and to leave some out.
const demoUnits = 12

func (p *program) versions() []string {
	if p.soap == "11" || p.soap == "12" {
		return []string{p.soap}
	}
	return []string{"11", "12"}
}

func (p *program) say(format string, args ...any) { fmt.Fprintf(p.stdout, format+"\n", args...) }

// A demo is one run through the demo, in one version of SOAP.
type demo struct {
	*program
	client *trackunit.Client
	live   bool // with the real service: only read
	step   int
	unit   trackunit.Unit // the one to look at closer
}

func (d *demo) run(ctx context.Context) error {
	steps := []func(context.Context) error{d.units, d.history, d.alarms, d.zone, d.unknownUnit}
	if d.live {
		steps = []func(context.Context) error{d.units, d.history, d.alarms, d.unknownUnit}
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// head begins a step.
func (d *demo) head(format string, args ...any) {
	d.step++
	d.say("\n%d. "+format+"\n", append([]any{d.step}, args...)...)
}

const indent = "   "

// note prints a line of a step.
func (d *demo) note(format string, args ...any) { d.say(indent+format, args...) }

// units lists the units and chooses the one to look at closer: the first that has sent anything.
func (d *demo) units(ctx context.Context) error {
	const most = 8
	d.head("The units")
	units, err := d.client.Units.Find(ctx, trackunit.UnitFilter{})
	if err != nil {
		return err
	}
	for _, u := range units {
		if !d.unit.ID.IsSet() || !d.unit.MessageTime.IsSet() && u.MessageTime.IsSet() {
			d.unit = u
		}
	}
	if err := show(d, units, most, unitColumns); err != nil {
		return err
	}
	if !d.unit.ID.IsSet() {
		return errors.New("there is no unit to look at closer")
	}
	return nil
}

// show prints the first items in a table.
func show[T any](d *demo, items []T, most int, columns []column[T]) error {
	t := newTable(d.stdout, indent, columns)
	for i := range items[:min(most, len(items))] {
		t.row(&items[i])
	}
	if err := t.end(); err != nil {
		return err
	}
	if more := len(items) - most; more > 0 {
		d.note("and %d more", more)
	}
	return nil
}

// A day is what a unit did on one.
type day struct {
	date        time.Time
	messages    int
	first, last trackunit.UnitHistory
}

var dayColumns = []column[day]{
	{"DAY", func(d *day) string { return d.date.Format("Mon 2006-01-02") }},
	{"MESSAGES", func(d *day) string { return fmt.Sprint(d.messages) }},
	{"KM", func(d *day) string { return decimal(driven(d.first, d.last)) }},
	{"HOURS", func(d *day) string { return decimal(ran(d.first, d.last)) }},
	{"LAST SEEN", func(d *day) string { return clock(d.last.Time) }},
	{"PLACE", func(d *day) string { return place(d.last.Address) }},
}

func driven(first, last trackunit.UnitHistory) float64 { return last.Km.Value() - first.Km.Value() }

func ran(first, last trackunit.UnitHistory) float64 {
	return trackunit.Hours(last.Run1.Value() - first.Run1.Value())
}

// history reads the last month of a unit, row by row.
func (d *demo) history(ctx context.Context) error {
	const shownDays = 7
	to := d.unit.MessageTime.Or(d.now()).UTC().Add(time.Minute) // so that the last message is in it
	from := to.AddDate(0, 0, -30)
	d.head("30 days of unit %s (%s), to its last message", printable(text(d.unit.ID)), printable(text(d.unit.Name)))
	var days []day
	messages := 0
	for row, err := range d.client.Reports.History(ctx, text(d.unit.ID), from, to) {
		if err != nil {
			return err
		}
		messages++
		date := row.Time.UTC().Truncate(24 * time.Hour)
		if len(days) == 0 || !days[len(days)-1].date.Equal(date) {
			days = append(days, day{date: date, first: row})
		}
		today := &days[len(days)-1]
		today.messages++
		today.last = row
	}
	if messages == 0 {
		d.note("The unit has sent nothing.")
		return nil
	}
	first, last := days[0].first, days[len(days)-1].last
	d.note("%d messages from %s to %s (UTC): %.1f km, %.1f hours. The last days:\n",
		messages, clock(first.Time), clock(last.Time), driven(first, last), ran(first, last))
	return show(d, days[max(0, len(days)-shownDays):], shownDays, dayColumns)
}

// alarms lists the alarms that go on.
func (d *demo) alarms(ctx context.Context) error {
	const most = 8
	d.head("Active alarms")
	alarms, err := d.client.Alarms.Active(ctx)
	if err != nil {
		return err
	}
	if len(alarms) == 0 {
		d.note("There are none.")
		return nil
	}
	return show(d, alarms, most, activeColumns)
}

// zone makes a zone, changes it and deletes it, and looks at it after each.
func (d *demo) zone(ctx context.Context) error {
	d.head("A zone is made, changed and deleted")
	id, err := d.makeZone(ctx)
	if err != nil {
		return err
	}
	if err := d.renameZone(ctx, id, "Yard, north gate"); err != nil {
		return err
	}
	if err := d.client.Zones.Delete(ctx, id); err != nil {
		return err
	}
	d.note("Deleted zone %s", id)
	_, err = d.client.Zones.Get(ctx, id)
	return d.expect(err, trackunit.ErrZoneNotFound, "Zone "+id)
}

// makeZone makes a zone round the unit, so that the unit is in it.
func (d *demo) makeZone(ctx context.Context) (id string, err error) {
	polygon, err := trackunit.FormatPolygon(square(d.unit.Location.Value(), 0.01))
	if err != nil {
		return "", err
	}
	id, err = d.client.Zones.Create(ctx, trackunit.CreateZone{
		Name: trackunit.Some("Yard"), Note: trackunit.Some("made by the demo"), Polygon: trackunit.Some(polygon),
	})
	if err != nil {
		return "", err
	}
	zone, err := d.client.Zones.Get(ctx, id)
	if err != nil {
		return "", err
	}
	inside, err := d.client.Units.Find(ctx, trackunit.UnitFilter{ZoneID: trackunit.Some(id)})
	if err != nil {
		return "", err
	}
	d.note("Made zone %s %q of %s corners round unit %s; units in it: %d",
		id, text(zone.Name), corners(&zone), text(d.unit.ID), len(inside))
	return id, nil
}

func (d *demo) renameZone(ctx context.Context, id, name string) error {
	if err := d.client.Zones.Update(ctx, trackunit.UpdateZone{ID: trackunit.Some(id), Name: trackunit.Some(name)}); err != nil {
		return err
	}
	zone, err := d.client.Zones.Get(ctx, id)
	if err != nil {
		return err
	}
	d.note("Changed zone %s to %q; its note is still %q", id, text(zone.Name), text(zone.Note))
	return nil
}

// square returns the corners of a square, so many degrees to each side of its middle.
func square(middle trackunit.Location, reach float64) []trackunit.Location {
	corner := func(north, east float64) trackunit.Location {
		return trackunit.Location{Latitude: middle.Latitude + north*reach, Longitude: middle.Longitude + east*reach}
	}
	return []trackunit.Location{corner(-1, -1), corner(-1, 1), corner(1, 1), corner(1, -1)}
}

// unknownUnit asks for a unit that does not exist.
func (d *demo) unknownUnit(ctx context.Context) error {
	d.head("A unit that does not exist")
	_, err := d.client.Units.Get(ctx, "999999999")
	return d.expect(err, trackunit.ErrUnitNotFound, "Unit 999999999")
}

// expect prints an error that had to come. Anything else is a failure of the demo.
func (d *demo) expect(err, want error, what string) error {
	if !errors.Is(err, want) {
		return errors.Join(fmt.Errorf("%s should be: %w", what, want), err)
	}
	d.note("%s: %v", what, want)
	var statusErr *trackunit.StatusError
	if errors.As(err, &statusErr) {
		d.note("The service: %s", printable(statusErr.Error()))
	}
	return nil
}
