package world

import "time"

// Trigger tells whether, and when, an alarm goes off for u on the day d. Alarms are told apart by their numbers. Whatever
// it watches, an alarm goes off about once in three hundred days of a unit.
func (u *Unit) Trigger(alarm int, d Day) (time.Time, bool) {
	x := u.world.fraction(u.Index, int(d)<<20|alarm, aboutAlarm)
	const often = 1.0 / 300
	if x >= often {
		return time.Time{}, false
	}
	t := d.Start().Add(time.Duration(x / often * daySeconds * float64(time.Second))).Truncate(100 * time.Nanosecond)
	return t, u.alive(t)
}
