package world

import "time"

// RowsPerDay is how many rows of history a unit sends on a day: one an hour.
const RowsPerDay = 24

// rowTime returns when the unit sends the row of an hour of a day.
func (u *Unit) rowTime(d Day, hour int) time.Time {
	jitter := int(40 * u.world.fraction(u.Index, int(d)*RowsPerDay+hour, aboutRow))
	return d.Start().Add(time.Duration(hour*3600+u.offset+jitter) * time.Second)
}

// History calls yield with each row that u has sent from one instant on and before another, in order of time, until yield
// returns false.
func (u *Unit) History(from, to time.Time, yield func(State) bool) {
	from, to = later(from, u.Mounted), earlier(to, u.end())
	for d := DayOf(from); d <= DayOf(to); d++ {
		p := u.Plan(d)
		for hour := range RowsPerDay {
			t := u.rowTime(d, hour)
			if t.Before(from) || !t.Before(to) {
				continue
			}
			if !yield(p.State(t)) {
				return
			}
		}
	}
}

// Latest returns the row that u has sent last, and false if it has sent none yet.
func (u *Unit) Latest() (State, bool) {
	for d := DayOf(u.end()); d >= DayOf(u.Mounted); d-- {
		for hour := RowsPerDay - 1; hour >= 0; hour-- {
			if t := u.rowTime(d, hour); u.alive(t) {
				p := u.Plan(d)
				return p.State(t), true
			}
		}
	}
	return State{}, false
}

// A Trip is one drive.
type Trip struct {
	From, To    time.Time // To is the zero time for one that goes on
	A, B        Site
	Start, Stop Counters
	MaxSpeed    float64
	Finished    bool
}

// Trips calls yield with each trip of u that started from one instant on and before another, until yield returns false.
func (u *Unit) Trips(from, to time.Time, yield func(Trip) bool) {
	from, to = later(from, u.Mounted), earlier(to, u.end())
	for d := DayOf(from); d <= DayOf(to); d++ {
		p := u.Plan(d)
		for i := range p.Legs {
			leg := &p.Legs[i]
			if !leg.Drive || leg.From.Before(from) || !leg.From.Before(to) {
				continue
			}
			if !yield(p.trip(leg)) {
				return
			}
		}
	}
}

func (p *Plan) trip(leg *Leg) Trip {
	t := Trip{From: leg.From, A: leg.A, Start: p.Counters(leg.From), MaxSpeed: round(p.pace(leg)*1.35, 1)}
	if t.Finished = !leg.To.After(p.unit.end()); t.Finished {
		t.To, t.B, t.Stop = leg.To, leg.B, p.Counters(leg.To)
	}
	return t
}

// A Summary is what a unit did on one day.
type Summary struct {
	// Start and Stop are the first start and the last stop of the engine; Worked is false if there was none.
	Worked      bool
	Start, Stop time.Time
	A, B        Site
	Counters    Counters // of the day alone
}

// Summary sums the day d of u up, as far as it has passed.
func (u *Unit) Summary(d Day) Summary {
	p := u.Plan(d)
	end := earlier((d + 1).Start(), u.end())
	var s Summary
	for i := range p.Legs {
		leg := &p.Legs[i]
		if !leg.From.Before(end) {
			break
		}
		if !s.Worked {
			s.Worked, s.Start, s.A = true, leg.From, leg.A
		}
		s.Stop, s.B = earlier(leg.To, end), leg.B
	}
	if s.Worked {
		s.Counters = minus(p.Counters(end), p.Counters(d.Start()))
	}
	return s
}

func minus(a, b Counters) Counters {
	return Counters{
		Km: round(a.Km-b.Km, 1), Run1: a.Run1 - b.Run1, Run2: a.Run2 - b.Run2, Odo: a.Odo - b.Odo,
		Input1: a.Input1 - b.Input1, Input2: a.Input2 - b.Input2,
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
