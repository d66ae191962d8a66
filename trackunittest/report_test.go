package trackunittest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest"
)

var (
	now   = trackunittest.DefaultNow
	month = now.AddDate(0, 0, -31)
)

func TestUnitHistory(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		list := call(t, p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: some(someUnit), From: some(month), To: some(now)}).List
		require.Len(t, list, 31*24)
		events := make(map[int32]int)
		for i, row := range list {
			assert.Equal(t, time.UTC, row.Time.Location())
			assert.True(t, row.Km.IsSet() && row.Run1.IsSet() && row.Input10.IsSet())
			assert.True(t, row.Temperature1.IsNil(), "an excavator has no sensors")
			events[row.Event]++
			if i > 0 {
				assert.True(t, row.Time.After(list[i-1].Time))
				assert.GreaterOrEqual(t, row.Km.Value(), list[i-1].Km.Value())
				assert.GreaterOrEqual(t, row.Run1.Value(), list[i-1].Run1.Value())
			}
		}
		assert.Len(t, events, 2)
		assert.Positive(t, events[2])
		assert.Positive(t, events[6])

		last := list[len(list)-1]
		unit := call(t, p.GetUnit, generated.GetUnit{ID: some(someUnit)}).List[0]
		assert.Equal(t, some(last.Time), unit.MessageTime, "what the unit shows is what it sent last")
		assert.Equal(t, last.Km, unit.Km)
		assert.Equal(t, last.Location, unit.Location)

		half := call(t, p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: some(someUnit), From: some(month), To: some(month.Add(400 * time.Hour))}).List
		rest := call(t, p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: some(someUnit), From: some(month.Add(400 * time.Hour)), To: some(now)}).List
		assert.Equal(t, list, append(half, rest...), "times that touch have no row in common and miss none")

		future := call(t, p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: some(someUnit), From: some(now), To: some(now.AddDate(0, 0, 9))}).List
		assert.Empty(t, future)
		assert.NotNil(t, future, "an empty list is not nil")
		s.Fleet().SetNow(now.AddDate(0, 0, 9))
		assert.Len(t, call(t, p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: some(someUnit), From: some(now), To: some(now.AddDate(0, 0, 9))}).List, 9*24)
	})
}

// What a key did is what units did with it.
func TestKeyHistoryAndTrips(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(20))
	p := portOf(t, s)
	fortnight := now.AddDate(0, 0, -14)
	want := make(map[string]int)      // rows of history by key
	wantTrips := make(map[string]int) // trips by key
	for _, unit := range s.Fleet().UnitIDs() {
		for _, row := range call(t, p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: some(unit), From: some(fortnight), To: some(now)}).List {
			want[row.KeyID.Value()]++
		}
		for _, trip := range call(t, p.GetReportTrip, generated.GetReportTrip{UnitID: some(unit), DateFrom: some(fortnight), DateTo: some(now)}).List {
			wantTrips[trip.KeyID.Value()]++
		}
	}
	delete(want, "") // without a key
	delete(wantTrips, "")
	assert.Greater(t, len(want), 1)
	for _, key := range s.Fleet().Keys.All() {
		id := key.ID.Value()
		rows := call(t, p.GetReportKeyHistory, generated.GetReportKeyHistory{KeyID: key.ID, From: some(fortnight), To: some(now)}).List
		assert.Len(t, rows, want[id], "key %s", id)
		for _, row := range rows {
			assert.Greater(t, row.ExternalPower.Value(), 1000.0, "millivolts")
		}
		trips := call(t, p.GetReportTrip, generated.GetReportTrip{KeyID: key.ID, DateFrom: some(fortnight), DateTo: some(now)}).List
		assert.Len(t, trips, wantTrips[id], "key %s", id)
		for _, trip := range trips[:min(1, len(trips))] {
			both := call(t, p.GetReportTrip, generated.GetReportTrip{UnitID: trip.UnitID, KeyID: key.ID, DateFrom: some(trip.StartTime), DateTo: some(trip.StartTime.Add(1))}).List
			assert.Equal(t, []generated.Trip{trip}, both)
		}
	}
	key := s.Fleet().Keys.All()[0].ID
	call(t, p.DeleteKey, generated.DeleteKey{ID: key})
	for _, unit := range s.Fleet().UnitIDs() {
		for _, row := range call(t, p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: some(unit), From: some(fortnight), To: some(now)}).List {
			assert.NotEqual(t, key, row.KeyID, "a deleted key is not shown")
		}
	}
}

func TestTrips(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, _ *trackunittest.Service) {
		trips := call(t, p.GetReportTrip, generated.GetReportTrip{UnitID: some(someUnit), DateFrom: some(month), DateTo: some(now)}).List
		require.NotEmpty(t, trips)
		for _, trip := range trips {
			require.True(t, trip.Finished)
			assert.True(t, trip.StopTime.After(trip.StartTime))
			assert.GreaterOrEqual(t, trip.StopKm, trip.StartKm)
			assert.Greater(t, trip.StopRun1, trip.StartRun1)
			assert.True(t, trip.StartLocation.IsSet() && trip.StopAddress.IsSet() && trip.MaxSpeed.IsSet())
		}
	})
}

// A trip that goes on has no end yet.
func TestTripGoesOn(t *testing.T) {
	s := trackunittest.NewService()
	p := portOf(t, s)
	trips := call(t, p.GetReportTrip, generated.GetReportTrip{UnitID: some(someUnit), DateFrom: some(month), DateTo: some(now)}).List
	last := trips[len(trips)-1]
	s.Fleet().SetNow(last.StopTime.Add(-time.Minute))
	trips = call(t, p.GetReportTrip, generated.GetReportTrip{UnitID: some(someUnit), DateFrom: some(month), DateTo: some(now)}).List
	open := trips[len(trips)-1]
	assert.Equal(t, last.StartTime, open.StartTime)
	assert.False(t, open.Finished)
	assert.True(t, open.StopTime.IsZero())
	assert.True(t, open.StopLocation.IsNil() && open.StopAddress.IsNil() && open.MaxSpeed.IsNil())
}

func TestUnitSummary(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, _ *trackunittest.Service) {
		friday, saturday := now.AddDate(0, 0, -3), now.AddDate(0, 0, -2)
		all := call(t, p.GetReportUnitSummary, generated.GetReportUnitSummary{Date: some(friday)}).List
		require.Len(t, all, 60)
		one := call(t, p.GetReportUnitSummary, generated.GetReportUnitSummary{UnitID: some(someUnit), Date: some(friday)}).List
		require.Equal(t, all[:1], one)
		day := one[0]
		start, ok := day.StartTime.Get()
		require.True(t, ok)
		assert.Equal(t, xmlwire.NoZone, start.Location(), "local times have no zone")
		assert.Contains(t, []int{5, 6, 7, 8}, start.Hour(), "work begins in the morning of Denmark")
		assert.Positive(t, day.Run1)
		assert.Equal(t, int32(4), day.Input2ChangeCounter)

		rows := call(t, p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: some(someUnit), From: some(now.AddDate(0, 0, -5)), To: some(now)}).List
		var before, after float64
		for _, row := range rows {
			if row.Time.Before(friday.Truncate(24 * time.Hour)) {
				before = row.Run1.Value()
			} else if row.Time.Before(saturday.Truncate(24 * time.Hour)) {
				after = row.Run1.Value()
			}
		}
		assert.Equal(t, after-before, day.Run1, "the day in the summary is the day in the history")

		bare := time.Date(friday.Year(), friday.Month(), friday.Day(), 0, 0, 0, 0, xmlwire.NoZone)
		assert.Equal(t, one, call(t, p.GetReportUnitSummary, generated.GetReportUnitSummary{UnitID: some(someUnit), Date: some(bare)}).List)
		off := call(t, p.GetReportUnitSummary, generated.GetReportUnitSummary{UnitID: some(someUnit), Date: some(saturday)}).List[0]
		assert.True(t, off.StartTime.IsNil() && off.StopTime.IsNil() && off.StartLocation.IsNil())
		assert.Zero(t, off.Run1)
	})
}

func TestExtendedInfoAndFaults(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		latest := call(t, p.GetUnitExtendedInfo, generated.GetUnitExtendedInfo{ID: some(someUnit)}).Result
		require.NotEmpty(t, latest)
		series := call(t, p.GetReportUnitExtendedInfo, generated.GetReportUnitExtendedInfo{ID: some(someUnit), From: some(now.Add(-24 * time.Hour)), To: some(now)}).List
		assert.Len(t, series, 24*len(latest))
		last := series[len(series)-1]
		assert.Equal(t, generated.GetUnitExtendedInfoResult(last), latest[len(latest)-1])
		for _, r := range latest {
			if r.VariableID == 225 {
				assert.True(t, r.UoM.IsNil(), "a name has no unit of measure")
			}
		}
		faults, silent := 0, 0
		for _, unit := range s.Fleet().UnitIDs() {
			list := call(t, p.GetReportUnitActiveFaults, generated.GetReportUnitActiveFaults{ID: some(unit), From: some(month), To: some(now)}).List
			for _, f := range list {
				assert.False(t, f.Time.Before(month) || !f.Time.Before(now))
				assert.LessOrEqual(t, f.Spn, int32(524287))
				assert.Positive(t, f.OccurrenceCount)
			}
			faults += len(list)
			if len(call(t, p.GetUnitExtendedInfo, generated.GetUnitExtendedInfo{ID: some(unit)}).Result) == 0 {
				silent++
				assert.Empty(t, list, "a unit that tells nothing tells no faults")
			}
		}
		assert.Positive(t, faults)
		assert.Positive(t, silent)
	})
}
