package trackunit

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/soapfirst/trackunit/soapclient"
)

// A Row is one row of a report over many units (or keys).
type Row[T any] struct {
	ID     string // of the unit or key that was asked about
	Value  T
	Cursor Cursor // the place behind this row
}

// A SpanOption configures a report over many units and any span of time: see Reports.HistoryOf.
type SpanOption func(*spanConfig)

type spanConfig struct {
	cursor Cursor
	ahead  int
	opts   []CallOption
}

// DefaultLookAhead is how many windows are asked for ahead unless LookAhead says otherwise.
const DefaultLookAhead = 256

// Resume goes on behind the row that c comes from. Units, from and to have to be those of the sequence that c comes from, or
// at least the units before that of c must have nothing new. Rows of the same time are told apart by their order, which
// the service must not change. The zero Cursor begins anew.
func Resume(c Cursor) SpanOption { return func(s *spanConfig) { s.cursor = c } }

// LookAhead bounds how much is asked for before the loop wants it, and with it memory: to n windows, which are at most 31 days
// of one unit; a quarter of them is asked for at the same time. A small n is slower where answers take long or fail. The
// default, also for an n below 1, is DefaultLookAhead.
func LookAhead(n int) SpanOption { return func(s *spanConfig) { s.ahead = n } }

// EachCall passes options to each call that is made.
func EachCall(opts ...CallOption) SpanOption {
	return func(s *spanConfig) { s.opts = append(s.opts, opts...) }
}

// A window is a time from one instant on and before another, for which one call is made.
type window struct {
	id       string
	from, to time.Time
	skip     int // so many rows at from were seen before
}

// The windows of a span: a second more than wanted is asked for on each side, since it is not known whether the ends of a time
// belong to a report, and what is too much is dropped.
const (
	windowMargin = time.Second
	windowLength = MaxSpan - 2*windowMargin
)

// A spanReport is a report that can be asked about any span.
type spanReport[T any] struct {
	name string // in cursors
	op   string // in errors
	noID bool   // an empty id means something
	ask  func(ctx context.Context, id string, from, to time.Time, opts []CallOption) ([]T, error)
	at   func(*T) time.Time // what a row is ordered by
}

// rows yields the rows of a report, the units in the order given and their rows by time.
func (r *spanReport[T]) rows(ctx context.Context, ids []string, from, to time.Time, opts []SpanOption) iter.Seq2[Row[T], error] {
	cfg := spanConfig{}
	for _, opt := range opts {
		opt(&cfg)
	}
	if cfg.ahead < 1 {
		cfg.ahead = DefaultLookAhead
	}
	ids, err := r.remaining(distinct(ids), cfg.cursor)
	if err != nil {
		return failed[Row[T]](&soapclient.OpError{Op: r.op, Err: err})
	}
	return func(yield func(Row[T], error) bool) {
		windows := windowsOf(ids, from.UTC(), to.UTC(), cfg.cursor)
		var h hedge
		answers := lookAhead(ctx, windows, cfg.ahead, max(1, cfg.ahead/4), func(ctx context.Context, w window) (answer[T], error) {
			rows, err := hedged(ctx, &h, func(ctx context.Context) ([]T, error) {
				return r.ask(ctx, w.id, w.from.Add(-windowMargin), w.to.Add(windowMargin), cfg.opts)
			})
			if err != nil {
				return answer[T]{}, fmt.Errorf("%s of %q from %s to %s: %w",
					r.name, w.id, w.from.Format(time.RFC3339), w.to.Format(time.RFC3339), err)
			}
			return answer[T]{w, r.within(w, rows)}, nil
		})
		for a, err := range answers {
			if err != nil {
				yield(Row[T]{}, err)
				return
			}
			if !r.hand(a, yield) {
				return
			}
		}
	}
}

// An answer is the rows of a window, in order.
type answer[T any] struct {
	window window
	rows   []T
}

// remaining checks ids and returns those that are still to be asked about.
func (r *spanReport[T]) remaining(ids []string, c Cursor) ([]string, error) {
	if !r.noID && slices.Contains(ids, "") {
		return nil, ErrNoID
	}
	if c.IsZero() {
		return ids, nil
	}
	place := slices.Index(ids, c.id)
	switch {
	case c.report != r.name:
		return nil, fmt.Errorf("the cursor is one of the report %s: give it the one that it comes from", c.report)
	case place < 0:
		return nil, fmt.Errorf("the cursor is at %q, which is not among those asked for", c.id)
	}
	return ids[place:], nil
}

// windowsOf yields the windows of a time for all ids, the first of them from the place of the cursor on.
func windowsOf(ids []string, from, to time.Time, c Cursor) iter.Seq[window] {
	return func(yield func(window) bool) {
		for i, id := range ids {
			w := window{id: id, from: from}
			if i == 0 && !c.IsZero() && !c.at.Before(from) {
				w.from, w.skip = c.at, c.seen
			}
			for ; w.from.Before(to); w = (window{id: id, from: w.to}) {
				w.to = w.from.Add(windowLength)
				if w.to.After(to) {
					w.to = to
				}
				if !yield(w) {
					return
				}
			}
		}
	}
}

// within drops the rows that are not of a window, and orders the others by time.
func (r *spanReport[T]) within(w window, rows []T) []T {
	rows = slices.DeleteFunc(rows, func(row T) bool {
		at := r.at(&row)
		return at.Before(w.from) || !at.Before(w.to)
	})
	slices.SortStableFunc(rows, func(a, b T) int { return r.at(&a).Compare(r.at(&b)) })
	return rows
}

// hand yields the rows of a window that were not seen before, each with its cursor, and reports whether more is wanted.
func (r *spanReport[T]) hand(a answer[T], yield func(Row[T], error) bool) bool {
	c := Cursor{report: r.name, id: a.window.id}
	for i := range a.rows {
		row := &a.rows[i]
		if at := r.at(row).UTC(); at.Equal(c.at) && c.seen > 0 {
			c.seen++
		} else {
			c.at, c.seen = at, 1
		}
		if c.at.Equal(a.window.from) && c.seen <= a.window.skip {
			continue
		}
		if !yield(Row[T]{ID: a.window.id, Value: *row, Cursor: c}, nil) {
			return false
		}
	}
	return true
}

// distinct returns the ids, each once.
func distinct(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	var out []string
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
