package trackunit_test

import (
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
)

// contractRecords are records that the calls are about. A service may have none of a kind, except units.
type contractRecords struct {
	unit     trackunit.Unit // the first that has a place, or else the first
	others   []string       // ids of two more, if there are
	from, to time.Time      // the day up to its last message
	client   string         // of the unit, or else the first; and so on
	category string
	group    trackunit.Group
	contact  string
	zone     trackunit.Zone
	point    string
	key      string
}

// discover asks the service what there is.
func (s *contractService) discover(t *testing.T) contractRecords {
	p := s.client.Port()
	units := contractAll(t, p.GetUnit, func(r *generated.GetUnitResponse) []generated.Unit { return r.List })
	require.NotEmpty(t, units, "a service without units cannot be tested")
	r := contractRecords{unit: units[0]}
	if i := slices.IndexFunc(units, func(u trackunit.Unit) bool { return u.Location.IsSet() && u.MessageTime.IsSet() }); i > 0 {
		r.unit = units[i]
	}
	for _, u := range units {
		if u.ID != r.unit.ID && len(r.others) < 2 {
			r.others = append(r.others, u.ID.Value())
		}
	}
	r.to = r.unit.MessageTime.Or(r.unit.CreatedAt.Add(24 * time.Hour)).UTC().Add(time.Second)
	r.from = r.to.Add(-24 * time.Hour)

	first := func(own trackunit.Opt[string], list any) string {
		rows := reflect.ValueOf(list)
		if id, ok := own.Get(); ok || rows.Len() == 0 {
			return id
		}
		return rows.Index(0).FieldByName("ID").Interface().(trackunit.Opt[string]).Value()
	}
	r.client = first(r.unit.ClientID, contractAll(t, p.GetClient, func(r *generated.GetClientResponse) []generated.Client { return r.List }))
	r.category = first(r.unit.CategoryID, contractAll(t, p.GetCategory, func(r *generated.GetCategoryResponse) []generated.Category { return r.List }))
	r.contact = first(trackunit.Opt[string]{}, contractAll(t, p.GetContact, func(r *generated.GetContactResponse) []generated.Contact { return r.List }))
	r.point = first(trackunit.Opt[string]{}, contractAll(t, p.GetPoint, func(r *generated.GetPointResponse) []generated.Point { return r.List }))
	r.key = first(trackunit.Opt[string]{}, contractAll(t, p.GetKey, func(r *generated.GetKeyResponse) []generated.Key { return r.List }))
	for _, g := range contractAll(t, p.GetGroup, func(r *generated.GetGroupResponse) []generated.Group { return r.List }) {
		if !r.group.ID.IsSet() || len(r.group.Units) == 0 {
			r.group = g
		}
	}
	for _, z := range contractAll(t, p.GetZone, func(r *generated.GetZoneResponse) []generated.Zone { return r.List }) {
		if border, err := trackunit.ParsePolygon(z.Polygon.Value()); !r.zone.ID.IsSet() ||
			err == nil && contractInside(border, r.unit.Location.Value()) {
			r.zone = z
		}
	}
	return r
}

// contractAll returns all records of a kind.
func contractAll[Req, Resp, T any](t *testing.T, op contractOp[Req, Resp], list func(*Resp) []T) []T {
	t.Helper()
	resp, err := op(t.Context(), new(Req))
	require.NoError(t, err)
	return list(resp)
}

// units are the calls about units.
func (s *contractService) units(t *testing.T) {
	p, r := s.client.Port(), s.records
	unit := r.unit.ID.Value()
	find := func(name string, req generated.GetUnit, holds func(req generated.GetUnit, u generated.Unit) bool, has bool) {
		contractSucceeds(t, s, name, p.GetUnit, req, func(t *testing.T, req generated.GetUnit, resp *generated.GetUnitResponse) {
			ids := make(map[string]bool)
			for _, u := range resp.List {
				assert.NotEmpty(t, u.ID.Value())
				assert.NotEmpty(t, u.SerialNumber.Value())
				assert.False(t, ids[u.ID.Value()], "the unit %s comes twice", u.ID)
				ids[u.ID.Value()] = true
				assert.True(t, holds(req, u), "the unit %s does not pass %+v", u.ID, req)
			}
			if has && s.steady && s.recording == nil {
				assert.True(t, ids[unit], "%v does not have the unit %s", ids, unit)
			}
		})
	}
	whatever := func(generated.GetUnit, generated.Unit) bool { return true }
	find("all", generated.GetUnit{}, whatever, true)
	find("ok", generated.GetUnit{ID: some(unit)}, func(req generated.GetUnit, u generated.Unit) bool { return u.ID == req.ID }, true)
	find("by-serial", generated.GetUnit{SerialNumber: r.unit.SerialNumber},
		func(req generated.GetUnit, u generated.Unit) bool { return u.SerialNumber == req.SerialNumber }, true)
	find("empty-list", generated.GetUnit{SerialNumber: some("no unit has this number")},
		func(generated.GetUnit, generated.Unit) bool { return false }, false)
	find("by-reference", generated.GetUnit{ReferenceNumber: some(r.unit.ReferenceNumber.Or("none"))},
		func(req generated.GetUnit, u generated.Unit) bool { return u.ReferenceNumber == req.ReferenceNumber }, r.unit.ReferenceNumber.IsSet())
	if r.client != "" {
		find("by-client", generated.GetUnit{ClientID: some(r.client)},
			func(req generated.GetUnit, u generated.Unit) bool { return u.ClientID == req.ClientID }, r.unit.ClientID.IsSet())
	}
	if r.category != "" {
		find("by-category", generated.GetUnit{CategoryID: some(r.category)},
			func(req generated.GetUnit, u generated.Unit) bool { return u.CategoryID == req.CategoryID }, r.unit.CategoryID.IsSet())
	}
	if r.group.ID.IsSet() {
		find("by-group", generated.GetUnit{GroupID: r.group.ID},
			func(_ generated.GetUnit, u generated.Unit) bool { return slices.Contains(r.group.Units, u.ID.Value()) },
			slices.Contains(r.group.Units, unit))
	}
	if border, err := trackunit.ParsePolygon(r.zone.Polygon.Value()); err == nil {
		find("by-zone", generated.GetUnit{ZoneID: r.zone.ID},
			func(_ generated.GetUnit, u generated.Unit) bool { return contractInside(border, u.Location.Value()) },
			contractInside(border, r.unit.Location.Value()))
	}
	if r.point != "" {
		find("by-point", generated.GetUnit{PointID: some(r.point), Radius: some(39_999.0)}, whatever, false)
	}
	near := func(req generated.GetUnit, u generated.Unit) bool {
		return contractDistance(req.Point.Value(), u.Location.Value()) <= req.Radius.Or(1)*1.01
	}
	find("point-radius", generated.GetUnit{Point: some(r.unit.Location.Value()), Radius: some(1.5)}, near, r.unit.Location.IsSet())
	find("point", generated.GetUnit{Point: some(r.unit.Location.Value())}, near, r.unit.Location.IsSet())
	find("two filters", generated.GetUnit{Point: some(r.unit.Location.Value()), SerialNumber: r.unit.SerialNumber},
		func(req generated.GetUnit, u generated.Unit) bool {
			return near(req, u) && u.SerialNumber == req.SerialNumber
		},
		r.unit.Location.IsSet())

	gone := some(s.missing)
	contractMisses(t, s, "unitNotFound", p.GetUnit, generated.GetUnit{ID: gone}, trackunit.ErrUnitNotFound)
	contractMisses(t, s, "categoryNotFound", p.GetUnit, generated.GetUnit{CategoryID: gone}, trackunit.ErrCategoryNotFound)
	contractMisses(t, s, "clientNotFound", p.GetUnit, generated.GetUnit{ClientID: gone}, trackunit.ErrClientNotFound)
	contractMisses(t, s, "groupNotFound", p.GetUnit, generated.GetUnit{GroupID: gone}, trackunit.ErrGroupNotFound)
	contractMisses(t, s, "zoneNotFound", p.GetUnit, generated.GetUnit{ZoneID: gone}, trackunit.ErrZoneNotFound)
	contractMisses(t, s, "pointNotFound", p.GetUnit, generated.GetUnit{PointID: gone}, trackunit.ErrPointNotFound)
	for name, radius := range map[string]float64{"radius-zero": 0, "radius-negative": -1, "radius-too-large": 40_000} {
		contractRefuses(t, s, name, p.GetUnit, generated.GetUnit{Point: some(r.unit.Location.Value()), Radius: some(radius)}, "Radius")
	}

	t.Run("UpdateUnit ok", s.updateUnit)
	contractMisses(t, s, "unitNotFound", p.UpdateUnit, generated.UpdateUnit{ID: gone}, trackunit.ErrUnitNotFound)
	contractMisses(t, s, "clientNotFound", p.UpdateUnit, generated.UpdateUnit{ID: some(unit), ClientID: gone}, trackunit.ErrClientNotFound)
	contractMisses(t, s, "categoryNotFound", p.UpdateUnit, generated.UpdateUnit{ID: some(unit), CategoryID: gone}, trackunit.ErrCategoryNotFound)

	contractSucceeds(t, s, "ok", p.GetUnitExtendedInfo, generated.GetUnitExtendedInfo{ID: some(unit)},
		func(t *testing.T, _ generated.GetUnitExtendedInfo, resp *generated.GetUnitExtendedInfoResponse) {
			for _, v := range resp.Result {
				assert.NotEmpty(t, v.Name.Value())
				assert.True(t, v.Value.IsSet())
				assert.False(t, v.Time.IsZero())
			}
		})
	contractMisses(t, s, "unitNotFound", p.GetUnitExtendedInfo, generated.GetUnitExtendedInfo{ID: gone}, trackunit.ErrUnitNotFound)
}

// updateUnit changes a unit and changes it back.
func (s *contractService) updateUnit(t *testing.T) {
	id := s.records.unit.ID
	update := contractAsk(t, s, "ok", generated.UpdateUnit{
		ID: id, Name: some("Contract <&> æøå"), Note: some(""), PreKm: some(1.5), Input1Name: some("PTO"),
	})
	before := s.records.unit
	err := s.client.Units.Update(t.Context(), update)
	s.answered(t, err)
	require.NoError(t, err)
	t.Run("got", func(t *testing.T) {
		if s.recording != nil {
			s.recording.without(t)
		}
		after, err := s.client.Units.Get(t.Context(), id.Value())
		require.NoError(t, err)
		assertApplied(t, before, update, after, "DisplayName")
		require.NoError(t, s.client.Units.Update(t.Context(), generated.UpdateUnit{
			ID: id, Name: before.Name, Note: some(before.Note.Value()), PreKm: some(before.PreKm.Value()), Input1Name: some(before.Input1Name.Value()),
		}))
		again, err := s.client.Units.Get(t.Context(), id.Value())
		require.NoError(t, err)
		assert.Equal(t, before.Name, again.Name)
	})
}

// reports are the calls about what happened over a time.
func (s *contractService) reports(t *testing.T) {
	p, r := s.client.Port(), s.records
	unit, key, gone := r.unit.ID, some(r.key), some(s.missing)
	from, to, late := some(r.from), some(r.to), some(r.from.Add(trackunit.MaxSpan+time.Second))

	contractSucceeds(t, s, "ok", p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: unit, From: from, To: to},
		func(t *testing.T, req generated.GetReportUnitHistory, resp *generated.GetReportUnitHistoryResponse) {
			for _, row := range resp.List {
				assertWithin(t, row.Time, req.From, req.To)
				assert.NotEmpty(t, trackunit.EventName(row.Event))
			}
		})
	contractSucceeds(t, s, "empty-list", p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: unit, From: from, To: from},
		func(t *testing.T, req generated.GetReportUnitHistory, resp *generated.GetReportUnitHistoryResponse) {
			for _, row := range resp.List {
				assertWithin(t, row.Time, req.From, req.To)
			}
		})
	contractSucceeds(t, s, "longest", p.GetReportUnitHistory,
		generated.GetReportUnitHistory{UnitID: unit, From: some(r.to.Add(-trackunit.MaxSpan)), To: to},
		func(t *testing.T, req generated.GetReportUnitHistory, resp *generated.GetReportUnitHistoryResponse) {
			for _, row := range resp.List {
				assertWithin(t, row.Time, req.From, req.To)
			}
		})
	contractMisses(t, s, "unitNotFound", p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: gone, From: from, To: to}, trackunit.ErrUnitNotFound)
	contractSpan(t, s, "invalidParameter-to", p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: unit, From: from, To: late}, "To")
	contractRefuses(t, s, "to-before-from", p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: unit, From: to, To: from}, "To")
	contractRefuses(t, s, "missing-from", p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: unit, To: to}, "From")
	contractRefuses(t, s, "missing-to", p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: unit, From: from}, "To")

	if r.key != "" {
		contractSucceeds(t, s, "ok", p.GetReportKeyHistory,
			generated.GetReportKeyHistory{KeyID: key, From: some(r.to.Add(-trackunit.MaxSpan)), To: to},
			func(t *testing.T, req generated.GetReportKeyHistory, resp *generated.GetReportKeyHistoryResponse) {
				for _, row := range resp.List {
					assertWithin(t, row.Time, req.From, req.To)
					assert.NotEmpty(t, row.UnitID.Value())
				}
			})
	}
	contractMisses(t, s, "keyNotFound", p.GetReportKeyHistory, generated.GetReportKeyHistory{KeyID: gone, From: from, To: to}, trackunit.ErrKeyNotFound)
	contractSpan(t, s, "invalidParameter-to", p.GetReportKeyHistory, generated.GetReportKeyHistory{KeyID: some(r.key), From: from, To: late}, "To")

	day := func(t *testing.T, req generated.GetReportUnitSummary, resp *generated.GetReportUnitSummaryResponse) {
		ids := make(map[string]bool)
		for _, row := range resp.List {
			assert.False(t, ids[row.UnitID.Value()], "the unit %s comes twice", row.UnitID)
			ids[row.UnitID.Value()] = true
			if req.UnitID.IsSet() {
				assert.Equal(t, req.UnitID, row.UnitID)
			}
		}
	}
	// The method of the noun asks about a day without a zone, whatever zone it is given.
	date := some(time.Date(r.from.Year(), r.from.Month(), r.from.Day(), 0, 0, 0, 0, trackunit.NoZone))
	contractSucceeds(t, s, "ok", p.GetReportUnitSummary, generated.GetReportUnitSummary{Date: date}, day)
	contractSucceeds(t, s, "ok-one-unit", p.GetReportUnitSummary, generated.GetReportUnitSummary{Date: date, UnitID: unit}, day)
	contractMisses(t, s, "unitNotFound", p.GetReportUnitSummary, generated.GetReportUnitSummary{Date: date, UnitID: gone}, trackunit.ErrUnitNotFound)
	contractRefuses(t, s, "missing-date", p.GetReportUnitSummary, generated.GetReportUnitSummary{UnitID: unit}, "Date")

	trips := func(t *testing.T, req generated.GetReportTrip, resp *generated.GetReportTripResponse) {
		for _, trip := range resp.List {
			assert.NotEmpty(t, trip.UnitID.Value())
			if req.UnitID.IsSet() {
				assert.Equal(t, req.UnitID, trip.UnitID)
			}
			if req.KeyID.IsSet() {
				assert.Equal(t, req.KeyID, trip.KeyID)
			}
			if trip.Finished {
				assert.False(t, trip.StopTime.Before(trip.StartTime), "a trip ends before it starts")
				assert.GreaterOrEqual(t, trip.StopKm, trip.StartKm)
				assert.GreaterOrEqual(t, trip.StopRun1, trip.StartRun1)
			}
		}
	}
	month := some(r.to.Add(-trackunit.MaxSpan))
	contractSucceeds(t, s, "ok", p.GetReportTrip, generated.GetReportTrip{UnitID: unit, DateFrom: month, DateTo: to}, trips)
	if r.key != "" {
		contractSucceeds(t, s, "by-key", p.GetReportTrip, generated.GetReportTrip{KeyID: key, DateFrom: month, DateTo: to}, trips)
	}
	contractMisses(t, s, "unitNotFound", p.GetReportTrip, generated.GetReportTrip{UnitID: gone, DateFrom: from, DateTo: to}, trackunit.ErrUnitNotFound)
	contractMisses(t, s, "keyNotFound", p.GetReportTrip, generated.GetReportTrip{KeyID: gone, DateFrom: from, DateTo: to}, trackunit.ErrKeyNotFound)
	contractSpan(t, s, "invalidParameter-dateto", p.GetReportTrip, generated.GetReportTrip{UnitID: unit, DateFrom: from, DateTo: late}, "DateTo")
	contractRefuses(t, s, "invalidParameter-unit-or-key", p.GetReportTrip, generated.GetReportTrip{DateFrom: from, DateTo: to}, "UnitId")

	contractSucceeds(t, s, "ok", p.GetReportUnitActiveFaults, generated.GetReportUnitActiveFaults{ID: unit, From: month, To: to},
		func(t *testing.T, req generated.GetReportUnitActiveFaults, resp *generated.GetReportUnitActiveFaultsResponse) {
			for _, fault := range resp.List {
				assertWithin(t, fault.Time, req.From, req.To)
				assert.True(t, fault.Spn >= 0 && fault.Spn < 1<<19, "SPN %d has more than 19 bits", fault.Spn)
			}
		})
	contractMisses(t, s, "unitNotFound", p.GetReportUnitActiveFaults, generated.GetReportUnitActiveFaults{ID: gone, From: from, To: to}, trackunit.ErrUnitNotFound)
	contractSpan(t, s, "invalidParameter-to", p.GetReportUnitActiveFaults, generated.GetReportUnitActiveFaults{ID: unit, From: from, To: late}, "To")
	contractRefuses(t, s, "missing-from-to", p.GetReportUnitActiveFaults, generated.GetReportUnitActiveFaults{ID: unit}, "From")

	contractSucceeds(t, s, "ok", p.GetReportUnitExtendedInfo, generated.GetReportUnitExtendedInfo{ID: unit, From: from, To: to},
		func(t *testing.T, req generated.GetReportUnitExtendedInfo, resp *generated.GetReportUnitExtendedInfoResponse) {
			for _, v := range resp.List {
				assertWithin(t, v.Time, req.From, req.To)
				assert.NotEmpty(t, v.Name.Value())
			}
		})
	contractMisses(t, s, "unitNotFound", p.GetReportUnitExtendedInfo, generated.GetReportUnitExtendedInfo{ID: gone, From: from, To: to}, trackunit.ErrUnitNotFound)
	contractSpan(t, s, "invalidParameter-to", p.GetReportUnitExtendedInfo, generated.GetReportUnitExtendedInfo{ID: unit, From: from, To: late}, "To")
	contractRefuses(t, s, "missing-to", p.GetReportUnitExtendedInfo, generated.GetReportUnitExtendedInfo{ID: unit, From: from}, "To")
}

// alarms are the calls about what alarms did.
func (s *contractService) alarms(t *testing.T) {
	p, r := s.client.Port(), s.records
	contractSucceeds(t, s, "ok", p.GetActiveAlarm, generated.GetActiveAlarm{},
		func(t *testing.T, _ generated.GetActiveAlarm, resp *generated.GetActiveAlarmResponse) {
			for _, a := range resp.List {
				assert.NotEmpty(t, a.AlarmID.Value())
				assert.NotEmpty(t, a.UnitID.Value())
			}
		})
	log := func(t *testing.T, req generated.GetAlarmLog, resp *generated.GetAlarmLogResponse) {
		for _, a := range resp.List {
			assert.NotEmpty(t, a.AlarmID.Value())
			assert.NotEmpty(t, a.UnitID.Value())
			assertWithin(t, a.TriggeredAt, req.DateFrom, req.DateTo)
			if req.UnitID.IsSet() {
				assert.Equal(t, req.UnitID, a.UnitID)
			}
		}
	}
	month := some(r.to.Add(-trackunit.MaxSpan))
	contractSucceeds(t, s, "ok", p.GetAlarmLog, generated.GetAlarmLog{}, log)
	contractSucceeds(t, s, "of a month", p.GetAlarmLog, generated.GetAlarmLog{DateFrom: month, DateTo: some(r.to)}, log)
	contractSucceeds(t, s, "of a unit", p.GetAlarmLog, generated.GetAlarmLog{UnitID: r.unit.ID, DateFrom: month, DateTo: some(r.to)}, log)
	contractMisses(t, s, "unitNotFound", p.GetAlarmLog, generated.GetAlarmLog{UnitID: some(s.missing)}, trackunit.ErrUnitNotFound)
	contractSpan(t, s, "invalidParameter-dateto", p.GetAlarmLog,
		generated.GetAlarmLog{DateFrom: some(r.from), DateTo: some(r.from.Add(trackunit.MaxSpan + time.Second))}, "DateTo")
}

// assertWithin holds a time to what was asked about. Whether both ends are in is not documented, so both may be.
func assertWithin(t *testing.T, at time.Time, from, to trackunit.Opt[time.Time]) {
	t.Helper()
	if first, ok := from.Get(); ok {
		assert.False(t, at.Before(first), "%v is before %v", at, first)
	}
	if last, ok := to.Get(); ok {
		assert.False(t, at.After(last), "%v is after %v", at, last)
	}
}

// contractInside tells whether a place is within a border, by the angles under which it sees the sides.
func contractInside(border []trackunit.Location, at trackunit.Location) bool {
	turn := 0.0
	for i, a := range border {
		b := border[(i+1)%len(border)]
		angle := math.Atan2(b.Latitude-at.Latitude, b.Longitude-at.Longitude) - math.Atan2(a.Latitude-at.Latitude, a.Longitude-at.Longitude)
		turn += math.Remainder(angle, 2*math.Pi)
	}
	return math.Abs(turn) > math.Pi
}

// contractDistance returns how far two places are apart, in kilometres, on a ball.
func contractDistance(a, b trackunit.Location) float64 {
	const radius, degree = 6371.0, math.Pi / 180
	x := math.Sin((b.Latitude - a.Latitude) * degree / 2)
	y := math.Sin((b.Longitude - a.Longitude) * degree / 2)
	return 2 * radius * math.Asin(math.Sqrt(x*x+math.Cos(a.Latitude*degree)*math.Cos(b.Latitude*degree)*y*y))
}

func some[T any](v T) trackunit.Opt[T] { return trackunit.Some(v) }
