package trackunittest

import "time"

// Bounds say whether the ends of the time that a report asks about belong to it. What the real service does is not known.
type Bounds uint8

const (
	// FromIncluded is from ≤ t < to, the default.
	FromIncluded Bounds = iota
	// ToIncluded is from < t ≤ to.
	ToIncluded
	// BothIncluded is from ≤ t ≤ to.
	BothIncluded
	// NoneIncluded is from < t < to.
	NoneIncluded
)

// WithBounds sets the bounds of all reports and of the alarm log.
func WithBounds(b Bounds) Option { return func(c *config) { c.bounds = b } }

// included returns the time from a on and before b that holds what b includes of the time from from to to.
func (b Bounds) included(from, to time.Time) (time.Time, time.Time) {
	const least = 1 // times are whole nanoseconds
	if b == ToIncluded || b == NoneIncluded {
		from = from.Add(least)
	}
	if b == ToIncluded || b == BothIncluded {
		to = to.Add(least)
	}
	return from, to
}
