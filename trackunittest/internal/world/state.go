package world

import (
	"math"
	"time"
)

// A State is what a unit would send at an instant.
type State struct {
	Time     time.Time
	Counters Counters
	Location Location
	Address  Address
	Heading  int
	Speed    float64 // km/h
	Altitude float64 // metres
	// Running, Working and Driving tell of the engine, of what it drives, and of the wheels.
	Running, Working, Driving bool
	// Changed says that the engine was started or stopped within the last hour.
	Changed bool
	// Stopped is for how long the unit has not run.
	Stopped time.Duration

	Battery, Volts float64    // percent of the internal battery; of the machine's
	Temperature    [2]float64 // degrees Celsius
	Analog         [3]float64 // volts on inputs 1, 2 and 4
	GSM            float64    // percent, in steps of 1/31
	Fix            bool       // whether the receiver saw satellites
}

// State returns the state of the unit of p at t, which must lie in the day of p.
func (p *Plan) State(t time.Time) State {
	u := p.unit
	s := State{Time: t, Counters: p.Counters(t)}
	if leg := p.at(t); leg != nil {
		p.running(&s, leg)
	} else {
		p.standing(&s)
	}
	s.Changed = p.changedSince(t.Add(-time.Hour), t)
	r := u.world.draw(u.Index, int(t.Unix()/60), aboutRow)
	s.Altitude = math.Round(20 + 60*u.usage + between(r, -4, 4))
	s.Battery = math.Round(between(r, 60, 100)*2) / 2
	s.Volts = volts(u.Kind.Volts, s.Running, r.Float64())
	s.Temperature[0] = u.weather(t) + between(r, -0.5, 0.5)
	s.Temperature[1] = s.Temperature[0] + 6
	if s.Running {
		s.Temperature[1] = between(r, 62, 88)
	}
	for i := range s.Temperature {
		s.Temperature[i] = round(s.Temperature[i], 2)
	}
	s.Analog = [3]float64{round(between(r, 0, 0.4), 2), round(between(r, 0.1, 4.9), 2), round(s.Volts/6, 2)}
	s.GSM = round(float64(31-r.IntN(12))*100/31, 13)
	s.Fix = r.IntN(200) != 0
	s.Location = s.Location.Move(0.012*r.Float64(), between(r, 0, 2*math.Pi)).AsSent()
	if s.Driving {
		s.Speed = round(s.Speed*between(r, 0.6, 1.3), 1)
	}
	return s
}

// running fills in what depends on the leg that the unit is in.
func (p *Plan) running(s *State, leg *Leg) {
	s.Running, s.Driving, s.Working = true, leg.Drive, !leg.Drive
	s.Location, s.Address = leg.B.Location, leg.B.Address
	if leg.Drive {
		part := float64(s.Time.Sub(leg.From)) / float64(leg.To.Sub(leg.From))
		s.Location = leg.A.Location.towards(leg.B.Location, part)
		s.Heading = leg.A.Location.heading(leg.B.Location)
		s.Speed = p.pace(leg)
		if part < 0.5 {
			s.Address = leg.A.Address
		}
	}
}

// standing fills in what depends on where the unit was left, and when.
func (p *Plan) standing(s *State) {
	if leg := p.before(s.Time); leg != nil {
		s.Location, s.Address = leg.B.Location, leg.B.Address
		s.Heading = leg.A.Location.heading(leg.B.Location)
		s.Stopped = s.Time.Sub(leg.To)
		return
	}
	s.Location, s.Address = p.unit.Depot.Location, p.unit.Depot.Address
	s.Stopped = s.Time.Sub(p.unit.lastStop(p.Day))
}

// lastStop returns when the unit stopped before the day d, or when it was mounted.
func (u *Unit) lastStop(d Day) time.Time {
	if u.workedBefore(d) == 0 {
		return u.Mounted
	}
	if !u.Until.IsZero() {
		d = min(d, DayOf(u.Until))
	}
	for d--; !d.isWorkday(); d-- {
	}
	p := u.Plan(d)
	return p.last()
}

// pace returns the mean speed of a leg in km/h.
func (p *Plan) pace(leg *Leg) float64 {
	km := func(t time.Time) float64 { return p.count(t, aboutKm, p.unit.Kind.Km*p.unit.usage, isDrive) }
	return (km(leg.To) - km(leg.From)) / leg.To.Sub(leg.From).Hours()
}

// changedSince reports whether the engine was started or stopped after from, up to t.
func (p *Plan) changedSince(from, t time.Time) bool {
	return p.changes(from, isAny) != p.changes(t, isAny)
}

func volts(nominal float64, running bool, x float64) float64 {
	if running {
		return round(nominal*1.14+x*0.4, 3)
	}
	return round(nominal*1.04+x*0.4, 3)
}

// weather returns the temperature of the air where u works: colder to the north, in winter and at night, and a little
// different each day.
func (u *Unit) weather(t time.Time) float64 {
	mean := 10 - (u.Town.Location.Latitude-53)*0.6
	season := -9 * math.Cos(2*math.Pi*float64(t.YearDay()-20)/365)
	day := -4 * math.Cos(2*math.Pi*(float64(t.Hour())+float64(t.Minute())/60-3)/24)
	return mean + season + day + 6*u.world.fraction(u.Index, int(DayOf(t)), aboutWeather) - 3
}
