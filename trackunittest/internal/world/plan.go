package world

import (
	"math"
	"time"
)

// A Plan is what a unit does on one day. On most days from Monday to Friday it drives to a site, works there with a
// break at noon, and drives back; the rest of the time it stands at its depot with the engine off.
type Plan struct {
	Day  Day
	Legs []Leg // in order of time; they may touch and do not overlap

	unit *Unit
	n    int // working days that the unit has behind it
}

// A Leg is a time during which the engine runs.
type Leg struct {
	From, To time.Time
	Drive    bool
	A, B     Site // where it starts and ends; the same unless it drives
}

// siteDays is how many working days a unit stays with one site.
const siteDays = 10

// Plan makes up the day d of u.
func (u *Unit) Plan(d Day) Plan {
	p := Plan{Day: d, unit: u, n: u.workedBefore(d)}
	if u.workedBefore(d+1) == p.n {
		return p
	}
	r := u.world.draw(u.Index, int(d), aboutDay)
	start := d.Start().Add(hours(u.start+between(r, -0.15, 0.15)) - u.Country.LocalOffset(d.Start().Add(12*time.Hour)))
	drive := minutes(u.Kind.Drive * between(r, 0.85, 1.15))
	morning, lunch, afternoon := hours(between(r, 3.6, 4)), minutes(between(r, 25, 40)), hours(between(r, 3.6, 4.4))

	site := u.siteOf(p.n/siteDays, 0)
	next := site
	if u.Kind.OnRoad {
		next = u.siteOf(p.n/siteDays, 1)
	}
	p.add(start, drive, u.Depot, site)
	p.add(p.last(), morning, site, site)
	if u.Kind.OnRoad {
		p.add(p.last().Add(lunch), drive, site, next)
		p.add(p.last(), afternoon-drive, next, next)
	} else {
		p.add(p.last().Add(lunch), afternoon, site, site)
	}
	p.add(p.last(), drive, next, u.Depot)
	return p
}

func (p *Plan) add(from time.Time, d time.Duration, a, b Site) {
	from = from.Truncate(time.Second)
	p.Legs = append(p.Legs, Leg{From: from, To: from.Add(d.Truncate(time.Second)), Drive: a != b, A: a, B: b})
}

func (p *Plan) last() time.Time { return p.Legs[len(p.Legs)-1].To }

// workedBefore counts the days before d on which u works: working days after it was mounted and before it stopped.
func (u *Unit) workedBefore(d Day) int {
	first := DayOf(u.Mounted) + 1
	if !u.Until.IsZero() {
		d = min(d, DayOf(u.Until))
	}
	return max(0, d.workdays()-first.workdays())
}

// siteOf makes up where u works in its period-th fortnight. On-road units have two sites.
func (u *Unit) siteOf(period, which int) Site {
	r := u.world.draw(u.Index, period*2+which, aboutSite)
	if u.Kind.Km == 0 {
		return u.Depot // nobody drives it; where it was set up it stays
	}
	km := u.Kind.Km * u.usage / 2 / 1.3 * between(r, 0.6, 1)
	at := u.Depot.Location.Move(km, between(r, 0, 2*math.Pi))
	return u.site(at, pick(r, u.Country.Language.Streets), 1+r.IntN(250))
}

// elapsed returns how much of the legs that count has passed at t, from 0 to 1.
func (p *Plan) elapsed(t time.Time, counts func(*Leg) bool) float64 {
	var done, all time.Duration
	for i := range p.Legs {
		leg := &p.Legs[i]
		if !counts(leg) {
			continue
		}
		all += leg.To.Sub(leg.From)
		done += min(max(0, t.Sub(leg.From)), leg.To.Sub(leg.From))
	}
	if all == 0 {
		return 0
	}
	return float64(done) / float64(all)
}

// at returns the leg that t lies in, or nil.
func (p *Plan) at(t time.Time) *Leg {
	for i := range p.Legs {
		if leg := &p.Legs[i]; !t.Before(leg.From) && t.Before(leg.To) {
			return leg
		}
	}
	return nil
}

// before returns the last leg that ended at t or before, or nil.
func (p *Plan) before(t time.Time) *Leg {
	var found *Leg
	for i := range p.Legs {
		if !p.Legs[i].To.After(t) {
			found = &p.Legs[i]
		}
	}
	return found
}

func hours(h float64) time.Duration   { return time.Duration(h * float64(time.Hour)) }
func minutes(m float64) time.Duration { return time.Duration(m * float64(time.Minute)) }
