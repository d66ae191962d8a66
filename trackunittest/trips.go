package trackunittest

import (
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest/internal/world"
)

// The methods below want the lock of the fleet to be held.

// trips appends the trips of a unit, which must exist, that started from one instant on and before another; with a key
// only those made with it.
func (f *Fleet) trips(list []generated.Trip, unit string, key xmlwire.Opt[string], from, to time.Time) []generated.Trip {
	w := f.machine(unit)
	w.Trips(from, to, func(t world.Trip) bool {
		driver := f.driver(&w, &world.State{Time: t.From, Running: true})
		if want, ok := key.Get(); !ok || driver.Value() == want {
			list = append(list, showTrip(unit, driver, &t))
		}
		return true
	})
	return list
}

// keyTrips returns the trips that were made with a key.
func (f *Fleet) keyTrips(key string, from, to time.Time) []generated.Trip {
	list := []generated.Trip{}
	for d := world.DayOf(from); d <= world.DayOf(to); d++ {
		if index, ok := f.unitOfKey(key, d); ok {
			first, last := later(from, d.Start()), earlier(to, (d+1).Start())
			list = f.trips(list, unitID(index), xmlwire.Some(key), first, last)
		}
	}
	return list
}

// showTrip leaves out where and when a trip ends that goes on: the time that must be there is then .NET's least.
func showTrip(unit string, driver xmlwire.Opt[string], t *world.Trip) generated.Trip {
	trip := generated.Trip{
		UnitID: xmlwire.Some(unit), KeyID: driver, Finished: t.Finished,
		StartTime: t.From, StartKm: t.Start.Km, StartRun1: t.Start.Run1,
		StartLocation: xmlwire.Some(location(t.A.Location.AsSent())), StartAddress: xmlwire.Some(address(t.A.Address)),
	}
	if t.Finished {
		trip.StopTime, trip.StopKm, trip.StopRun1 = t.To, t.Stop.Km, t.Stop.Run1
		trip.StopLocation, trip.StopAddress = xmlwire.Some(location(t.B.Location.AsSent())), xmlwire.Some(address(t.B.Address))
		trip.MaxSpeed = xmlwire.Some(t.MaxSpeed)
	}
	return trip
}

// summary sums up a day of a unit, which must exist.
func (f *Fleet) summary(id string, d world.Day) generated.UnitDaySummary {
	w := f.machine(id)
	s := w.Summary(d)
	out := generated.UnitDaySummary{
		UnitID: xmlwire.Some(id), Km: s.Counters.Km, RunOdo: s.Counters.Odo, Run1: s.Counters.Run1, Run2: s.Counters.Run2,
		Input1ChangeCounter: s.Counters.Input1, Input2ChangeCounter: s.Counters.Input2,
	}
	if s.Worked {
		out.StartTime, out.StopTime = xmlwire.Some(local(&w, s.Start)), xmlwire.Some(local(&w, s.Stop))
		out.StartLocation = xmlwire.Some(location(s.A.Location.AsSent()))
		out.StopLocation = xmlwire.Some(location(s.B.Location.AsSent()))
		out.StartAddress, out.StopAddress = xmlwire.Some(address(s.A.Address)), xmlwire.Some(address(s.B.Address))
	}
	return out
}

// local returns what the clocks show at t where a unit works. The service sends such times without a zone.
func local(w *world.Unit, t time.Time) time.Time {
	t = t.UTC().Add(w.Country.LocalOffset(t))
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), xmlwire.NoZone)
}
