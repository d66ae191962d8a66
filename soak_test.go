package trackunit_test

import (
	"encoding/json"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/trackunittest"
)

// A soak downloads the histories of a fleet from a service that keeps to its rate and fails in every way, with a program that
// is stopped and resumed over and over.
type soak struct {
	units, days, stops int
	rate               float64 // the least part of MaxRate that is to be used
}

// TestSoak runs in virtual time. It is small unless SOAK is virtual: make soak.
func TestSoak(t *testing.T) {
	s := soak{units: 30, days: 120, stops: 20, rate: 0.8} // the last answers, for which nothing else is left to do, weigh more
	if raceDetector {
		s = soak{units: 10, days: 62, stops: 8, rate: 0.5}
	}
	if os.Getenv("SOAK") == "virtual" {
		s = soak{units: 2000, days: 365, stops: 20, rate: 0.95}
	}
	synctest.Test(t, s.run)
}

// TestSoakInRealTime takes minutes, so it wants to be asked: make soak-real.
func TestSoakInRealTime(t *testing.T) {
	if os.Getenv("SOAK") != "real" {
		t.Skip("SOAK is not real")
	}
	soak{units: 200, days: 365, stops: 20, rate: 0.95}.run(t)
}

// soakFaults have 5 of 100 requests fail, each in its way.
func soakFaults() []trackunittest.Fault {
	faults := []trackunittest.Fault{
		{Reset: true}, trackunittest.TooManyRequests(time.Second), trackunittest.ErrorPage(500), {CutAfter: 300}, {Stall: true},
	}
	for i := range faults {
		faults[i].Skip, faults[i].Every, faults[i].Times = 20*i+7, 100, -1
	}
	return faults
}

// A digest is what is remembered of the rows of one unit.
type digest struct {
	rows int
	hash uint64
}

func (d *digest) add(row *trackunit.UnitHistory) {
	h := fnv.New64a()
	text, _ := row.Time.MarshalText()
	h.Write(text)
	d.rows++
	d.hash = d.hash*31 + h.Sum64() + uint64(row.Km.Value()*1000)
}

func (s soak) run(t *testing.T) {
	fleet := trackunittest.NewFleet(1, s.units)
	units := fleet.UnitIDs()
	to := fleet.Now()
	from := to.AddDate(0, 0, -s.days)
	want, total := held(t, fleet, from, to)
	stops := drawStops(s.stops, total)

	service := trackunittest.NewService(trackunittest.WithFleet(fleet), trackunittest.WithRate(trackunittest.DocumentedRate))
	service.Inject(soakFaults()...)
	got := make(map[string]digest)
	var stored []byte
	var heaps []uint64
	requests, rows := 0, 0
	start := time.Now()
	for run := 0; rows < total; run++ {
		c := count(trackunit.NewLimiter())
		client, err := service.Client(trackunit.WithLimiter(c), trackunit.WithRetry(trackunit.RetryPolicy{}))
		require.NoError(t, err)
		var cursor trackunit.Cursor
		if stored != nil {
			require.NoError(t, json.Unmarshal(stored, &cursor))
		}
		before := rows
		for row, err := range client.Reports.HistoryOf(t.Context(), units, from, to, trackunit.Resume(cursor)) {
			require.NoError(t, err)
			d := got[row.ID]
			d.add(&row.Value)
			got[row.ID] = d
			if rows++; rows%max(1, total/12) == 0 {
				heaps = append(heaps, heap())
			}
			if len(stops) > 0 && rows == stops[0] {
				stops = stops[1:]
				stored, err = json.Marshal(row.Cursor)
				require.NoError(t, err)
				break
			}
		}
		require.Greater(t, rows, before, "run %d came no further", run)
		requests += len(c.grants)
		assert.LessOrEqual(t, c.most(), trackunit.MaxRate)
	}
	took := time.Since(start)
	rate := float64(requests) / took.Seconds()
	t.Logf("%d rows in %v with %d requests, %.2f a second; heap of %d to %d MB", rows, took, requests, rate,
		slices.Min(heaps)>>20, slices.Max(heaps)>>20)
	assert.Empty(t, stops)
	assert.Equal(t, total, rows)
	assert.Equal(t, want, got)
	assert.GreaterOrEqual(t, rate, s.rate*trackunit.MaxRate)
	half := len(heaps) / 2
	assert.Less(t, float64(slices.Max(heaps[half:])), 1.5*float64(slices.Max(heaps[:half])), "memory is flat")
}

// held returns what a fleet holds, as a service without limits and failures tells it.
func held(t *testing.T, fleet *trackunittest.Fleet, from, to time.Time) (digests map[string]digest, total int) {
	client, err := trackunittest.NewService(trackunittest.WithFleet(fleet)).Client()
	require.NoError(t, err)
	digests = make(map[string]digest)
	for _, id := range fleet.UnitIDs() {
		var d digest
		for from, to := range trackunit.Spans(from, to) {
			for row, err := range client.Reports.History(t.Context(), id, from, to) {
				require.NoError(t, err)
				d.add(&row)
			}
		}
		if d.rows > 0 {
			digests[id] = d
		}
		total += d.rows
	}
	return digests, total
}

// drawStops returns behind which rows the program stops.
func drawStops(n, total int) []int {
	r := rand.New(rand.NewPCG(3, 4))
	stops := make([]int, 0, n)
	for len(stops) < n {
		if at := 1 + r.IntN(total-1); !slices.Contains(stops, at) {
			stops = append(stops, at)
		}
	}
	slices.Sort(stops)
	return stops
}

// heap returns how much memory is in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
