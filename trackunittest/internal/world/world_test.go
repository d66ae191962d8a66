package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func testWorld() *World {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	return &World{Seed: 1, Epoch: now.AddDate(-13, 0, 0), Made: now, Now: now}
}

func TestWorkdays(t *testing.T) {
	monday := DayOf(time.Date(2026, 3, 2, 23, 59, 59, 0, time.UTC))
	assert.Equal(t, 5, (monday+7).workdays()-monday.workdays())
	for i, want := range []bool{true, true, true, true, true, false, false, true} {
		assert.Equal(t, want, (monday + Day(i)).isWorkday(), "day %d", i)
	}
	before := DayOf(time.Date(1969, 12, 31, 23, 0, 0, 0, time.UTC))
	assert.Equal(t, Day(-1), before)
	assert.True(t, before.isWorkday(), "a Wednesday")
	assert.False(t, Day(-5).isWorkday(), "Saturday, 27 December 1969")
}

func TestSummerTime(t *testing.T) {
	denmark := &Countries[0]
	require.Equal(t, "DK", denmark.Code)
	for _, c := range []struct {
		at   time.Time
		want time.Duration
	}{
		{time.Date(2026, 3, 29, 0, 59, 59, 0, time.UTC), time.Hour},
		{time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC), 2 * time.Hour},
		{time.Date(2026, 10, 25, 0, 59, 59, 0, time.UTC), 2 * time.Hour},
		{time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC), time.Hour},
	} {
		assert.Equal(t, c.want, denmark.LocalOffset(c.at), "%v", c.at)
	}
}

func TestDistance(t *testing.T) {
	copenhagen, hamburg := Location{55.6761, 12.5683}, Location{53.5511, 9.9937}
	assert.InDelta(t, 289, copenhagen.Distance(hamburg), 1)
	assert.Zero(t, hamburg.Distance(hamburg))
	assert.InDelta(t, 20015, Location{0, 0}.Distance(Location{0, 180}), 1, "half around the earth")
	assert.InDelta(t, 5, copenhagen.Distance(copenhagen.Move(5, 1)), 0.05)
}

// Counters never run backwards, within a day as from day to day, and never faster than time.
func TestCountersGrow(t *testing.T) {
	w := testWorld()
	for index := range 30 {
		u := w.Unit(index)
		var last *State
		u.History(w.Now.AddDate(0, 0, -16), w.Now, func(s State) bool {
			if last != nil {
				a, b := last.Counters, s.Counters
				passed := s.Time.Sub(last.Time).Seconds()
				require.Positive(t, passed)
				assert.GreaterOrEqual(t, b.Km, a.Km)
				assert.LessOrEqual(t, b.Km-a.Km, 100*passed/3600, "speed")
				for _, run := range []float64{b.Run1 - a.Run1, b.Run2 - a.Run2, b.Odo - a.Odo} {
					assert.GreaterOrEqual(t, run, 0.0)
					assert.LessOrEqual(t, run, passed+1)
				}
				assert.GreaterOrEqual(t, b.Input1, a.Input1)
				assert.GreaterOrEqual(t, b.Input2, a.Input2)
			}
			last = &s
			return true
		})
		if t.Failed() {
			t.Fatalf("unit %d, a %s", index, u.Kind.Name)
		}
	}
}

func TestHistoryHas24RowsADay(t *testing.T) {
	w := testWorld()
	for index := range 40 {
		u := w.Unit(index)
		if !u.Until.IsZero() || u.Mounted.After(w.Now.AddDate(0, 0, -20)) {
			continue
		}
		d := DayOf(w.Now) - 10
		n := 0
		u.History(d.Start(), (d + 1).Start(), func(s State) bool {
			assert.Equal(t, d, DayOf(s.Time))
			n++
			return true
		})
		assert.Equal(t, RowsPerDay, n)
	}
}

// A trip ends where and with what the next one starts, but for what happened in between.
func TestTripsFollowEachOther(t *testing.T) {
	w := testWorld()
	u := w.Unit(0)
	require.Equal(t, "Excavator", u.Kind.Name)
	var trips []Trip
	u.Trips(w.Now.AddDate(0, 0, -12), w.Now, func(t Trip) bool {
		trips = append(trips, t)
		return true
	})
	require.NotEmpty(t, trips)
	for i, next := range trips[1:] {
		assert.False(t, next.From.Before(trips[i].To))
		assert.Equal(t, trips[i].Stop.Km, next.Start.Km)
	}
}

func TestSameSeedSameWorld(t *testing.T) {
	a, b := testWorld().Unit(7), testWorld().Unit(7)
	sa, _ := a.Latest()
	sb, _ := b.Latest()
	assert.Equal(t, sa, sb)
	other := testWorld()
	other.Seed = 2
	c := other.Unit(7)
	sc, _ := c.Latest()
	assert.NotEqual(t, sa.Location, sc.Location)
}

// Units stop sending when they stop, and nothing happens before they were mounted.
func TestSilence(t *testing.T) {
	w := testWorld()
	stopped := 0
	for index := range 60 {
		u := w.Unit(index)
		u.History(w.Epoch.AddDate(-1, 0, 0), u.Mounted, func(s State) bool {
			t.Errorf("unit %d sent at %v and was mounted at %v", index, s.Time, u.Mounted)
			return false
		})
		last, ok := u.Latest()
		assert.Equal(t, ok, !last.Time.IsZero())
		if u.Until.IsZero() {
			continue
		}
		stopped++
		assert.True(t, last.Time.Before(u.Until))
		for d := DayOf(u.Until); d < DayOf(u.Until)+7; d++ {
			assert.False(t, u.Summary(d).Worked)
		}
		u.Trips(u.Until, w.Now, func(Trip) bool {
			t.Errorf("unit %d drives after it stopped", index)
			return false
		})
		u.Faults(u.Until, w.Now, func(Fault) { t.Errorf("unit %d has faults after it stopped", index) })
	}
	assert.Positive(t, stopped)
}

// Alarms go off now and then, each at its own times.
func TestTrigger(t *testing.T) {
	u := testWorld().Unit(0)
	n, both := 0, 0
	end := DayOf(u.world.Now)
	for d := end - 600; d < end; d++ {
		at, ok := u.Trigger(1, d)
		if ok {
			n++
			assert.Equal(t, d, DayOf(at))
			if _, other := u.Trigger(2, d); other {
				both++
			}
		}
	}
	assert.Less(t, n, 12)
	assert.Less(t, both, 2)
}

func TestReadings(t *testing.T) {
	w := testWorld()
	for index := range 60 {
		u := w.Unit(index)
		s, ok := u.Latest()
		if !ok {
			continue
		}
		list := u.Readings(&s)
		assert.Equal(t, u.Kind.CAN, len(list) > 0, "a %s", u.Kind.Name)
		for i, r := range list {
			assert.NotEmpty(t, r.Value)
			assert.True(t, i == 0 || r.Variable > list[i-1].Variable)
		}
	}
}
