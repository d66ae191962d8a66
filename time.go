package trackunit

import (
	"iter"
	"time"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// NoZone is the location of times that the service sent without a zone. See InLocation.
var NoZone = xmlwire.NoZone

// MaxSpan is the longest time that one call of a report may cover (https://dev.trackunit.com/docs/trackunit-api).
const MaxSpan = 31 * 24 * time.Hour

// Spans divides the time from from to to into spans of at most MaxSpan, in order and without gaps, to call a report for
// each:
//
//	for from, to := range trackunit.Spans(start, end) {
//		for row, err := range client.Reports.History(ctx, id, from, to) { … }
//	}
//
// One span ends where the next begins. Whether the service counts both ends in is not documented, so a row at the very
// border may come twice. There are no spans if to is not after from.
func Spans(from, to time.Time) iter.Seq2[time.Time, time.Time] {
	return func(yield func(from, to time.Time) bool) {
		for from.Before(to) {
			end := from.Add(MaxSpan)
			if end.After(to) {
				end = to
			}
			if !yield(from, end) {
				return
			}
			from = end
		}
	}
}

// InLocation returns the time at which a clock in loc shows what t shows, whatever zone t has. It is for the times of the
// unit summary, which are local time of the unit's end customer though they may come with any zone or none.
func InLocation(t time.Time, loc *time.Location) time.Time {
	year, month, day := t.Date()
	hour, minute, sec := t.Clock()
	return time.Date(year, month, day, hour, minute, sec, t.Nanosecond(), loc)
}

// Hours turns seconds into hours. The service counts running times (Run1 to Run4, RunOdo) in seconds.
func Hours(seconds float64) float64 { return seconds / 3600 }

// utc returns a parameter that the documentation wants in UTC. It is written with a Z: a time with another offset the
// service turns into its own local time, and then answers in that.
func utc(t time.Time) Opt[time.Time] { return Some(t.UTC()) }

// date returns a parameter of which only the day counts: that day at midnight without a zone, so that no server can turn
// it into the day before.
func date(t time.Time) Opt[time.Time] {
	year, month, day := t.Date()
	return Some(time.Date(year, month, day, 0, 0, 0, 0, NoZone))
}
