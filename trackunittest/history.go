package trackunittest

import (
	"strconv"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest/internal/world"
)

// The events of a row of history that are documented.
const (
	eventTimed = 2 // it was time to send
	eventIO    = 6 // an input changed
)

// historyRow makes a row of history without the driver's key.
func historyRow(w *world.Unit, s *world.State) generated.UnitHistory {
	c := &s.Counters
	row := generated.UnitHistory{
		Time: s.Time, Event: eventTimed,
		Km: xmlwire.Some(c.Km), RunOdo: xmlwire.Some(c.Odo),
		Run1: xmlwire.Some(c.Run1), Run2: xmlwire.Some(c.Run2), Run3: xmlwire.Some(0.0), Run4: xmlwire.Some(0.0),
		BatteryLevel: xmlwire.Some(s.Battery), ExternalPower: xmlwire.Some(s.Volts),
		AnalogInput1: xmlwire.Some(s.Analog[0]), AnalogInput2: xmlwire.Some(s.Analog[1]), AnalogInput4: xmlwire.Some(s.Analog[2]),
		Input1ChangeCounter: xmlwire.Some(c.Input1), Input2ChangeCounter: xmlwire.Some(c.Input2),
		Input3ChangeCounter: xmlwire.Some(int32(0)), Input4ChangeCounter: xmlwire.Some(int32(0)),
	}
	if s.Changed {
		row.Event = eventIO
	}
	setInputs(&row, s)
	if s.Fix { // else the receiver saw no satellites, and the unit does not know where it is
		row.Location, row.Address = xmlwire.Some(location(s.Location)), xmlwire.Some(address(s.Address))
		row.Heading, row.Speed = xmlwire.Some(int32(s.Heading)), xmlwire.Some(s.Speed)
	}
	if w.Kind.Sensors {
		row.Temperature1, row.Temperature2 = xmlwire.Some(s.Temperature[0]), xmlwire.Some(s.Temperature[1])
	}
	return row
}

func setInputs(row *generated.UnitHistory, s *world.State) {
	off := xmlwire.Some(false)
	row.Input1, row.Input2 = xmlwire.Some(s.Working), xmlwire.Some(s.Running)
	for _, p := range []*xmlwire.Opt[bool]{
		&row.Input3, &row.Input4, &row.Input5, &row.Input6, &row.Input7, &row.Input8, &row.Input9, &row.Input10,
		&row.Output1, &row.Output2, &row.Output3, &row.Output4, &row.Output5,
	} {
		*p = off
	}
}

// The methods below want the lock of the fleet to be held.

// history returns the rows of a unit, which must exist, from one instant on and before another.
func (f *Fleet) history(id string, from, to time.Time) []generated.UnitHistory {
	rows := []generated.UnitHistory{}
	if own := f.own[id]; own != nil && own.history != nil {
		for _, row := range own.history {
			if !row.Time.Before(from) && row.Time.Before(to) {
				rows = append(rows, row)
			}
		}
		return rows
	}
	w := f.machine(id)
	w.History(from, to, func(s world.State) bool {
		row := historyRow(&w, &s)
		row.KeyID = f.driver(&w, &s)
		rows = append(rows, row)
		return true
	})
	return rows
}

// keyHistory returns the rows that units sent while they ran with a key, which must exist.
func (f *Fleet) keyHistory(key string, from, to time.Time) []generated.KeyHistory {
	rows := []generated.KeyHistory{}
	for d := world.DayOf(from); d <= world.DayOf(to); d++ {
		index, ok := f.unitOfKey(key, d)
		if !ok {
			continue
		}
		id := unitID(index)
		first, last := later(from, d.Start()), earlier(to, (d+1).Start())
		for _, row := range f.history(id, first, last) {
			if row.KeyID.Value() == key {
				rows = append(rows, keyHistoryRow(id, &row))
			}
		}
	}
	return rows
}

func keyHistoryRow(unit string, row *generated.UnitHistory) generated.KeyHistory {
	k := generated.KeyHistory{
		UnitID: xmlwire.Some(unit), Time: row.Time, Location: row.Location, Address: row.Address,
		Heading: row.Heading, Speed: row.Speed, Km: row.Km, Run1: row.Run1, Run2: row.Run2, RunOdo: row.RunOdo,
		Temperature1: row.Temperature1, Temperature2: row.Temperature2,
		Input1: row.Input1, Input2: row.Input2, Output3: row.Output3, BatteryLevel: row.BatteryLevel,
	}
	if volts, ok := row.ExternalPower.Get(); ok {
		k.ExternalPower = xmlwire.Some(float64(int(volts*1000 + 0.5))) // documented in millivolts, here alone
	}
	return k
}

// Each key of the seed starts one unit a day. Which one moves on each week, so that both questions, who drove this unit
// and what did this key drive, are a little arithmetic.

func keyShift(d world.Day) int { return int(d+3) / 7 }

// unitOfKey returns the index of the unit that a key of the seed starts on the day d.
func (f *Fleet) unitOfKey(key string, d world.Day) (int, bool) {
	n, err := strconv.Atoi(key)
	k := n - firstKey
	if err != nil || k < 0 || k >= f.keys || k >= f.size {
		return 0, false
	}
	stride := max(1, f.size/f.keys)
	return (k*stride + keyShift(d)) % f.size, true
}

// driver returns the key with which the unit ran when it sent s, or an absent one.
func (f *Fleet) driver(w *world.Unit, s *world.State) xmlwire.Opt[string] {
	if !s.Running || !w.Kind.Keys || w.Index >= f.size {
		return xmlwire.Opt[string]{}
	}
	stride := max(1, f.size/f.keys)
	place := (w.Index - keyShift(world.DayOf(s.Time))%f.size + f.size) % f.size
	key := strconv.Itoa(firstKey + place/stride)
	if place%stride != 0 || place/stride >= f.keys || !f.Keys.has(key) {
		return xmlwire.Opt[string]{}
	}
	return xmlwire.Some(key)
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
