// Package world makes up construction machines and what they do, without storing any of it.
//
// Everything is a function of a seed: a Unit of its number, its Plan of a day of the unit and the day, its State of the
// plan and the instant. Any question about any day can thus be answered at once and always in the same way, a hundred
// thousand units cost nothing until they are asked about, and counters never run backwards although nobody adds them up.
package world

import (
	"math/rand/v2"
	"time"
)

// A World is all there is to know to make up units.
type World struct {
	Seed uint64
	// Units were mounted between Epoch and Made, and some have stopped sending before Made. Nothing happens after Now.
	Epoch, Made, Now time.Time
}

// A topic keeps draws about different things independent of each other.
type topic uint64

const (
	aboutProfile topic = iota + 1
	aboutDay
	aboutKm
	aboutRun1
	aboutRun2
	aboutOdo
	aboutSite
	aboutRow
	aboutWeather
	aboutFaults
	aboutReadings
	aboutAlarm
)

// draw returns a source of random numbers of its own for one unit, one day and one topic.
func (w *World) draw(unit int, day int, about topic) *rand.Rand {
	return rand.New(rand.NewPCG(mix(w.Seed+uint64(unit)<<1), mix(uint64(day)<<8|uint64(about))))
}

// fraction returns a number in [0, 1) that belongs to a unit, a count and a topic. It is draw for one number, without
// allocation.
func (w *World) fraction(unit int, n int, about topic) float64 {
	var source rand.PCG
	source.Seed(mix(w.Seed+uint64(unit)<<1), mix(uint64(n)<<8|uint64(about)))
	return float64(source.Uint64()>>11) / (1 << 53)
}

// mix spreads the bits of x, so that seeds beside each other start far apart (the finisher of SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// pick returns one element of a list that is not empty.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// between returns a number in [low, high).
func between(r *rand.Rand, low, high float64) float64 { return low + r.Float64()*(high-low) }
