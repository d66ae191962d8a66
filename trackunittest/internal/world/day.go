package world

import "time"

const daySeconds = 24 * 60 * 60

// A Day counts days in UTC from 1970-01-01.
type Day int

// DayOf returns the day that holds t.
func DayOf(t time.Time) Day {
	sec := t.Unix()
	day := sec / daySeconds
	if sec%daySeconds < 0 {
		day--
	}
	return Day(day)
}

// Start returns the first instant of d.
func (d Day) Start() time.Time { return time.Unix(int64(d)*daySeconds, 0).UTC() }

// workdays counts the days from Monday to Friday before d, from a Monday before 1970 on.
func (d Day) workdays() int {
	n := int(d) + 3 // 1970-01-01 was a Thursday
	week, rest := n/7, n%7
	if rest < 0 {
		week, rest = week-1, rest+7
	}
	return week*5 + min(rest, 5)
}

// isWorkday reports whether d is one of those that workdays counts.
func (d Day) isWorkday() bool { return (d + 1).workdays() > d.workdays() }
