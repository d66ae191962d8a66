package world

import (
	"math"
	"time"
)

// Counters are what a unit has added up since it was mounted. None of them ever goes down.
type Counters struct {
	Km             float64 // one decimal
	Run1, Run2     float64 // whole seconds: the engine, and what it drives
	Odo            float64 // whole seconds of driving
	Input1, Input2 int32   // changes of the inputs
}

// Counters returns the counters of the unit of p at t, which must lie in the day of p.
func (p *Plan) Counters(t time.Time) Counters {
	k, u := p.unit.Kind, p.unit.usage
	return Counters{
		Km:     math.Round(10*p.count(t, aboutKm, k.Km*u, isDrive)) / 10,
		Run1:   math.Floor(p.count(t, aboutRun1, k.Run*u*3600, isAny)),
		Run2:   math.Floor(p.count(t, aboutRun2, k.PTO*u*3600, isWork)),
		Odo:    math.Floor(p.count(t, aboutOdo, p.driving()*0.7, isDrive)),
		Input1: p.changes(t, isWork),
		Input2: p.changes(t, isAny),
	}
}

func isAny(*Leg) bool     { return true }
func isDrive(l *Leg) bool { return l.Drive }
func isWork(l *Leg) bool  { return !l.Drive }

// driving is for how many seconds the unit drives on a common working day.
func (p *Plan) driving() float64 {
	switch k := p.unit.Kind; {
	case k.Km == 0:
		return 0
	case k.OnRoad:
		return 3 * k.Drive * 60
	default:
		return 2 * k.Drive * 60
	}
}

// count returns what has added up at t of something of which a common day adds rate.
//
// Up to the n-th working day it is rate×n and a little more, drawn for n. So each day adds between 0.8 and 1.2 of rate,
// and no day before has to be looked at.
func (p *Plan) count(t time.Time, about topic, rate float64, counts func(*Leg) bool) float64 {
	before := p.upTo(p.n, about, rate)
	if len(p.Legs) == 0 {
		return before
	}
	return before + (p.upTo(p.n+1, about, rate)-before)*p.elapsed(t, counts)
}

func (p *Plan) upTo(n int, about topic, rate float64) float64 {
	return rate * (float64(n) + 0.2*p.unit.world.fraction(p.unit.Index, n, about))
}

// changes counts how often an input has changed that is on during the legs that count: twice for each stretch of them,
// and there are two stretches on a working day.
func (p *Plan) changes(t time.Time, counts func(*Leg) bool) int32 {
	n := 4 * p.n
	var off time.Time // when the stretch before ended
	for i := range p.Legs {
		leg := &p.Legs[i]
		if !counts(leg) {
			continue
		}
		switch {
		case t.Before(leg.From):
		case leg.From.Equal(off): // it was not switched off after all
			n--
		default:
			n++
		}
		if off = leg.To; !t.Before(off) {
			n++
		}
	}
	return int32(n)
}
