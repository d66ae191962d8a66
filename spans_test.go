package trackunit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/trackunittest"
)

var allBounds = map[string]trackunittest.Bounds{
	"from": trackunittest.FromIncluded, "to": trackunittest.ToIncluded,
	"both": trackunittest.BothIncluded, "none": trackunittest.NoneIncluded,
}

// raceDetector says that the tests run with it.
var raceDetector bool

// A spanCase is a time to ask about and the rows that there are around it.
type spanCase struct {
	from, to time.Time
	rows     []generated.UnitHistory
}

// want returns the events of the rows that belong to the time, in order.
func (c *spanCase) want() []int32 {
	var events []int32
	for _, row := range c.rows {
		if !row.Time.Before(c.from) && row.Time.Before(c.to) {
			events = append(events, row.Event)
		}
	}
	return events
}

var spanZones = []string{
	"UTC", "Europe/Copenhagen", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo",
}

// spanDays are around what calendars and clocks do: leap days, the ends of years, changes of the clock.
var spanDays = [][3]int{
	{2016, 2, 29}, {2020, 2, 28}, {2024, 2, 29}, {2023, 2, 28}, {2000, 2, 29}, {2019, 12, 31}, {2025, 3, 30}, {2025, 10, 26},
	{2024, 3, 10}, {2024, 11, 3}, {2011, 12, 30}, {2025, 4, 6},
}

// drawSpan makes up a case whose rows lie where mistakes would be: at and beside the ends of windows, and several at once.
func drawSpan(t testing.TB, r *rand.Rand) spanCase {
	zone, err := time.LoadLocation(spanZones[r.IntN(len(spanZones))])
	require.NoError(t, err)
	day := spanDays[r.IntN(len(spanDays))]
	from := time.Date(day[0], time.Month(day[1]), day[2]-r.IntN(3), r.IntN(24), r.IntN(60), r.IntN(60), 0, zone)
	if r.IntN(4) == 0 {
		from = from.Add(time.Duration(r.IntN(1e7)) * 100)
	}
	var to time.Time
	switch r.IntN(5) {
	case 0: // a number of windows, or of spans that the service allows, and a little
		to = from.Add(time.Duration(r.IntN(4))*(trackunit.MaxSpan-2*time.Second*time.Duration(r.IntN(2))) + near(r))
	case 1:
		to = from.AddDate(0, r.IntN(5), r.IntN(3)-1)
	case 2:
		to = from.AddDate(0, 0, r.IntN(100))
	default:
		to = from.Add(time.Duration(r.Int64N(int64(100*24*time.Hour)) / 100 * 100))
	}
	c := spanCase{from: from, to: to}
	marks := []time.Time{from, to}
	for i := range 4 {
		marks = append(marks, from.Add(time.Duration(i)*trackunit.MaxSpan), from.Add(time.Duration(i)*(trackunit.MaxSpan-2*time.Second)))
	}
	for range 3 + r.IntN(20) {
		at := marks[r.IntN(len(marks))].Add(near(r))
		for range 1 + r.IntN(3)/2 {
			c.rows = append(c.rows, generated.UnitHistory{Time: at.UTC()})
		}
	}
	slices.SortStableFunc(c.rows, func(a, b generated.UnitHistory) int { return a.Time.Compare(b.Time) })
	for i := range c.rows {
		c.rows[i].Event = int32(i)
	}
	return c
}

// near returns a short time, either way, in the units that the service has.
func near(r *rand.Rand) time.Duration {
	steps := []time.Duration{0, 0, 100, time.Millisecond, time.Second, 2 * time.Second, time.Minute, 25 * time.Hour}
	return steps[r.IntN(len(steps))] * time.Duration(r.IntN(3)-1)
}

// Whatever ends of a time belong to it for the service, a span yields what is in it: from ≤ t < to, each row once, in order;
// also from a cursor.
func TestHistoryOfAnySpan(t *testing.T) {
	cases := 10_000
	if raceDetector {
		cases = 500
	}
	r := rand.New(rand.NewPCG(1, 2))
	fleet := trackunittest.NewFleet(1, 1)
	id := fleet.UnitIDs()[0]
	clients := make(map[string]*trackunit.Client)
	for name, bounds := range allBounds {
		client, err := trackunittest.NewService(trackunittest.WithFleet(fleet), trackunittest.WithBounds(bounds)).Client()
		require.NoError(t, err)
		clients[name] = client
	}
	for i := range cases {
		c := drawSpan(t, r)
		require.True(t, fleet.SetHistory(id, c.rows))
		want := c.want()
		for name, client := range clients {
			var got []int32
			var cursors []trackunit.Cursor
			for row, err := range client.Reports.HistoryOf(t.Context(), []string{id}, c.from, c.to, trackunit.LookAhead(4)) {
				require.NoError(t, err)
				got, cursors = append(got, row.Value.Event), append(cursors, row.Cursor)
			}
			require.Equal(t, want, got, "case %d, %s: %s to %s", i, name, c.from, c.to)
			if len(want) == 0 || i%10 != 0 {
				continue
			}
			k := r.IntN(len(want))
			var rest []int32
			for row, err := range client.Reports.HistoryOf(t.Context(), []string{id}, c.from, c.to, trackunit.Resume(stored(t, cursors[k]))) {
				require.NoError(t, err)
				rest = append(rest, row.Value.Event)
			}
			require.Equal(t, len(want)-k-1, len(rest), "case %d, %s, behind row %d", i, name, k)
			require.Equal(t, want[k+1:], append([]int32{}, rest...))
		}
	}
}

// stored returns c as it is after it was written and read.
func stored(t testing.TB, c trackunit.Cursor) trackunit.Cursor {
	t.Helper()
	text, err := json.Marshal(c)
	require.NoError(t, err)
	var again trackunit.Cursor
	require.NoError(t, json.Unmarshal(text, &again))
	require.Equal(t, c, again)
	return again
}

// keep collects rows as text, one line each, without their cursors.
func keep[T any](rows func(func(trackunit.Row[T], error) bool)) (lines []string, err error) {
	for row, err := range rows {
		if err != nil {
			return lines, err
		}
		lines = append(lines, fmt.Sprintf("%s %+v", row.ID, row.Value))
	}
	return lines, nil
}

// oneByOne calls a report of one unit for each unit and each span that is allowed.
func oneByOne[T any](t *testing.T, ids []string, from, to time.Time, rows func(id string, from, to time.Time) func(func(T, error) bool)) (lines []string) {
	for _, id := range ids {
		for from, to := range trackunit.Spans(from, to) {
			for row, err := range rows(id, from, to) {
				require.NoError(t, err)
				lines = append(lines, fmt.Sprintf("%s %+v", id, row))
			}
		}
	}
	return lines
}

// Each report over many units is what the report over one is, unit by unit.
func TestSpansOfAllReports(t *testing.T) {
	client, service := trackunittest.New(t, trackunittest.WithUnits(12))
	ctx, reports := t.Context(), client.Reports
	to := service.Fleet().Now().Add(-time.Minute).Truncate(time.Hour)
	from := to.AddDate(0, 0, -70)
	units := service.Fleet().UnitIDs()
	slices.Reverse(units)
	var keys []string
	for _, key := range service.Fleet().Keys.All() {
		keys = append(keys, key.ID.Value())
	}
	check := func(name string, want, got []string, err error) {
		t.Helper()
		require.NoError(t, err, name)
		assert.NotEmpty(t, want, name)
		assert.Equal(t, want, got, name)
	}
	got, err := keep(reports.HistoryOf(ctx, units, from, to))
	check("history", oneByOne(t, units, from, to, func(id string, from, to time.Time) func(func(trackunit.UnitHistory, error) bool) {
		return reports.History(ctx, id, from, to)
	}), got, err)
	got, err = keep(reports.KeyHistoryOf(ctx, keys, from, to))
	check("key history", oneByOne(t, keys, from, to, func(id string, from, to time.Time) func(func(trackunit.KeyHistory, error) bool) {
		return reports.KeyHistory(ctx, id, from, to)
	}), got, err)
	got, err = keep(reports.TripsOf(ctx, units, from, to))
	check("trips", oneByOne(t, units, from, to, func(id string, from, to time.Time) func(func(trackunit.Trip, error) bool) {
		return reports.Trips(ctx, id, from, to)
	}), got, err)
	got, err = keep(reports.TripsByKeyOf(ctx, keys, from, to))
	check("trips by key", oneByOne(t, keys, from, to, func(id string, from, to time.Time) func(func(trackunit.Trip, error) bool) {
		return reports.TripsByKey(ctx, id, from, to)
	}), got, err)
	got, err = keep(reports.ActiveFaultsOf(ctx, units, from, to))
	check("active faults", oneByOne(t, units, from, to, func(id string, from, to time.Time) func(func(trackunit.ActiveFault, error) bool) {
		return reports.ActiveFaults(ctx, id, from, to)
	}), got, err)
	got, err = keep(reports.ExtendedInfoOf(ctx, units, from, to))
	check("extended info", oneByOne(t, units, from, to, func(id string, from, to time.Time) func(func(trackunit.ExtendedReport, error) bool) {
		return reports.ExtendedInfo(ctx, id, from, to)
	}), got, err)
	got, err = keep(client.Alarms.LogOf(ctx, append([]string{""}, units...), from, to))
	check("alarm log", oneByOne(t, append([]string{""}, units...), from, to, func(id string, from, to time.Time) func(func(trackunit.AlarmLog, error) bool) {
		filter := trackunit.AlarmLogFilter{DateFrom: some(from), DateTo: some(to)}
		if id != "" {
			filter.UnitID = some(id)
		}
		return client.Alarms.Log(ctx, filter)
	}), got, err)
}

func TestSpansRefuse(t *testing.T) {
	client, service := trackunittest.New(t, trackunittest.WithUnits(3))
	to := service.Fleet().Now()
	from := to.AddDate(0, 0, -2)
	first := func(ids []string, opts ...trackunit.SpanOption) (trackunit.Cursor, error) {
		for row, err := range client.Reports.HistoryOf(t.Context(), ids, from, to, opts...) {
			return row.Cursor, err
		}
		return trackunit.Cursor{}, nil
	}
	units := service.Fleet().UnitIDs()
	_, err := first([]string{units[0], ""})
	assert.ErrorIs(t, err, trackunit.ErrNoID)
	_, err = first([]string{"999"})
	require.ErrorIs(t, err, trackunit.ErrUnitNotFound)
	assert.ErrorContains(t, err, `history of "999" from 2026-02-28T12:00:00Z to 2026-03-02T12:00:00Z: calling GetReportUnitHistory`)
	cursor, err := first(units)
	require.NoError(t, err)
	_, err = first(units[1:], trackunit.Resume(cursor))
	assert.ErrorContains(t, err, `the cursor is at "46208", which is not among those asked for`)
	for _, err := range client.Reports.TripsOf(t.Context(), units, from, to, trackunit.Resume(cursor)) {
		assert.ErrorContains(t, err, "the cursor is one of the report history")
	}
	_, err = keep(client.Reports.HistoryOf(t.Context(), units, to, from))
	assert.NoError(t, err, "no time, no rows")
	twice, err := keep(client.Reports.HistoryOf(t.Context(), append(units, units...), from, to))
	require.NoError(t, err)
	once, err := keep(client.Reports.HistoryOf(t.Context(), units, from, to))
	require.NoError(t, err)
	assert.Equal(t, once, twice)
}

func TestCursorText(t *testing.T) {
	var c trackunit.Cursor
	assert.True(t, c.IsZero())
	assert.Empty(t, c.String())
	assert.Equal(t, c, stored(t, c))
	const text = "history/a%2Fb%20c/2026-03-02T12:00:00.5Z/3"
	require.NoError(t, c.UnmarshalText([]byte(text)))
	assert.Equal(t, text, c.String())
	assert.False(t, stored(t, c).IsZero())
	for _, bad := range []string{"history", "a/b/c/d/e", "/1/2026-03-02T12:00:00Z/1", "h/%zz/2026-03-02T12:00:00Z/1", "h/1/noon/1", "h/1/2026-03-02T12:00:00Z/0"} {
		assert.ErrorContains(t, c.UnmarshalText([]byte(bad)), "the cursor", bad)
		assert.Equal(t, text, c.String(), "it stays what it was")
	}
}

// What is asked for ahead is bounded, also when the loop is slow; breaking off ends all of it.
func TestSpansLookAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := trackunittest.NewService(trackunittest.WithUnits(200))
		counted := &counting{next: service.Transport()}
		client, err := service.Client(trackunit.WithHTTPClient(&http.Client{Transport: counted}))
		require.NoError(t, err)
		to := service.Fleet().Now()
		units := service.Fleet().UnitIDs()
		for range client.Reports.HistoryOf(t.Context(), units, to.AddDate(0, 0, -1), to, trackunit.LookAhead(20)) {
			synctest.Wait()
			assert.EqualValues(t, 20, counted.requests.Load())
			break
		}
		service.Inject(trackunittest.Fault{Stall: true, Times: -1})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(500*time.Millisecond, cancel)
		_, err = keep(client.Reports.HistoryOf(ctx, units, to.AddDate(0, 0, -1), to))
		require.ErrorIs(t, err, context.Canceled)
		assert.EqualValues(t, 20+trackunit.DefaultLookAhead/4, counted.requests.Load(), "so many at a time")
	})
}

// A counting transport counts requests.
type counting struct {
	next     http.RoundTripper
	requests atomic.Int64
}

func (c *counting) RoundTrip(r *http.Request) (*http.Response, error) {
	c.requests.Add(1)
	return c.next.RoundTrip(r)
}

// An answer that is overdue is asked for again, while the first may still come; a service that is slow for all is not asked
// twice.
func TestSpansHedge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := trackunittest.NewService(trackunittest.WithUnits(3))
		service.Inject(trackunittest.Fault{Stall: true})
		client, err := service.Client()
		require.NoError(t, err)
		to := service.Fleet().Now()
		start := time.Now()
		rows, err := keep(client.Reports.HistoryOf(t.Context(), service.Fleet().UnitIDs(), to.AddDate(0, 0, -1), to))
		require.NoError(t, err)
		assert.NotEmpty(t, rows)
		assert.Equal(t, time.Second, time.Since(start))
	})
	synctest.Test(t, func(t *testing.T) {
		service := trackunittest.NewService(trackunittest.WithUnits(100))
		service.Inject(trackunittest.Fault{Times: -1, Delay: 5 * time.Second})
		counted := &counting{next: service.Transport()}
		client, err := service.Client(trackunit.WithHTTPClient(&http.Client{Transport: counted}))
		require.NoError(t, err)
		to := service.Fleet().Now()
		rows, err := keep(client.Reports.HistoryOf(t.Context(), service.Fleet().UnitIDs(), to.AddDate(0, 0, 1), to.AddDate(0, 0, 301), trackunit.LookAhead(16)))
		require.NoError(t, err)
		assert.Empty(t, rows)
		assert.Less(t, counted.requests.Load(), int64(1000+20), "of 1,000 windows those of the start alone are asked for twice")
	})
}

// Errors come behind all rows before them.
func TestSpansErrorInItsPlace(t *testing.T) {
	client, service := trackunittest.New(t, trackunittest.WithUnits(3))
	units := service.Fleet().UnitIDs()
	to := service.Fleet().Now()
	want, err := keep(client.Reports.HistoryOf(t.Context(), units[:2], to.AddDate(0, 0, -40), to))
	require.NoError(t, err)
	got, err := keep(client.Reports.HistoryOf(t.Context(), []string{units[0], units[1], "999", units[2]}, to.AddDate(0, 0, -40), to))
	require.ErrorIs(t, err, trackunit.ErrUnitNotFound)
	assert.Equal(t, want, got)
}

// The rows of an answer that broke off are not seen.
func TestSpansCutOff(t *testing.T) {
	service := trackunittest.NewService(trackunittest.WithUnits(1))
	service.Inject(trackunittest.Fault{CutAfter: 20_000})
	client, err := service.Client()
	require.NoError(t, err)
	to := service.Fleet().Now()
	rows, err := keep(client.Reports.HistoryOf(t.Context(), service.Fleet().UnitIDs(), to.AddDate(0, 0, -30), to))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.Empty(t, rows)
	assert.False(t, strings.Contains(err.Error(), service.Token()))
}
