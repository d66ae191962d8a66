package world

import (
	"math/rand/v2"
	"strconv"
	"time"
)

// A Reading is one value that the computer of an engine told: what the service calls extended information.
type Reading struct {
	Time        time.Time
	Variable    int32
	Name, Value string
	Unit        string // of measure; may be empty
}

// A variable is something that engines tell. Those with the number of a J1939 parameter have its name.
type variable struct {
	number     int32
	name, unit string
	kind       string // of machine; empty for all
	value      func(*State, *rand.Rand) string
}

var variables = []variable{
	{92, "Engine Percent Load At Current Speed", "%", "", func(s *State, r *rand.Rand) string {
		return decimal(loaded(s, between(r, 20, 95), 0), 0)
	}},
	{100, "Engine Oil Pressure", "kPa", "", func(s *State, r *rand.Rand) string {
		return decimal(loaded(s, between(r, 280, 420), 0), 0)
	}},
	{108, "Barometric Pressure", "kPa", "", func(_ *State, r *rand.Rand) string { return decimal(between(r, 98.5, 102.5), 1) }},
	{111, "Engine Coolant Level 1", "%", "", func(_ *State, r *rand.Rand) string { return decimal(between(r, 70, 100), 1) }},
	{190, "Engine Speed", "rpm", "", func(s *State, r *rand.Rand) string {
		if !s.Running {
			return "0"
		}
		low := between(r, 850, 1900)
		return decimal(low, 1) + " ... " + decimal(low+between(r, 1, 60), 2)
	}},
	{225, "Hydraulic SW ID (1)", "", "Excavator", func(*State, *rand.Rand) string { return "RC3-02D" }},
	{247, "Engine Total Hours of Operation", "h", "", func(s *State, _ *rand.Rand) string {
		return decimal(s.Counters.Run1/3600, 2)
	}},
	{250, "Engine Total Fuel Used", "l", "", func(s *State, _ *rand.Rand) string {
		return decimal(s.Counters.Run1/3600*11.4, 1)
	}},
	{2468, "Generator Total kW Hours Export", "kWh", "Generator", func(s *State, _ *rand.Rand) string {
		return decimal(s.Counters.Run1/3600*38.5, 1)
	}},
}

func loaded(s *State, running, idle float64) float64 {
	if s.Running {
		return running
	}
	return idle
}

func decimal(x float64, digits int) string { return strconv.FormatFloat(x, 'f', digits, 64) }

// Readings returns what the engine told when the unit sent the row s. It is empty for units that are not connected to the
// computer of an engine.
func (u *Unit) Readings(s *State) []Reading {
	if !u.Kind.CAN {
		return nil
	}
	r := u.world.draw(u.Index, int(s.Time.Unix()/60), aboutReadings)
	var list []Reading
	for _, v := range variables {
		if v.kind == "" || v.kind == u.Kind.Name {
			list = append(list, Reading{Time: s.Time, Variable: v.number, Name: v.name, Unit: v.unit, Value: v.value(s, r)})
		}
	}
	return list
}

// A Fault is a fault that the computer of an engine reported. SPN and FMI are the numbers of SAE J1939 for what is at
// fault and how.
type Fault struct {
	Time              time.Time
	SPN, FMI          int32
	Occurrences       int32
	Name, Description string // Description may be empty
}

var faults = []Fault{
	{SPN: 94, FMI: 18, Name: "Engine Fuel Delivery Pressure", Description: "Gage pressure of fuel in system as delivered from supply pump."},
	{SPN: 97, FMI: 0, Name: "Water In Fuel Indicator"},
	{SPN: 100, FMI: 1, Name: "Engine Oil Pressure", Description: "Gage pressure of oil in engine lubrication system."},
	{SPN: 110, FMI: 0, Name: "Engine Coolant Temperature", Description: "Temperature of liquid found in engine cooling system."},
	{SPN: 111, FMI: 1, Name: "Engine Coolant Level 1", Description: "Ratio of volume of liquid."},
	{SPN: 168, FMI: 18, Name: "Battery Potential / Power Input 1"},
	{SPN: 3251, FMI: 16, Name: "Aftertreatment 1 Diesel Particulate Filter Differential Pressure"},
	{SPN: 524285, FMI: 10, Name: "Manufacturer Assignable SPN"},
}

// Faults calls yield with each fault of u that was reported from one instant on and before another, in order of time.
func (u *Unit) Faults(from, to time.Time, yield func(Fault)) {
	if !u.Kind.CAN {
		return
	}
	from, to = later(from, u.Mounted), earlier(to, u.end())
	for d := DayOf(from); d <= DayOf(to); d++ {
		r := u.world.draw(u.Index, int(d), aboutFaults)
		p := u.Plan(d)
		if r.IntN(5) != 0 || len(p.Legs) == 0 {
			continue
		}
		f := pick(r, faults)
		f.Time = p.Legs[0].From.Add(time.Duration(r.IntN(6*3600)) * time.Second)
		f.Occurrences = 1 + int32(r.IntN(60))
		if !f.Time.Before(from) && f.Time.Before(to) {
			yield(f)
		}
	}
}
