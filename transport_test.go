package trackunit_test

import (
	"context"
	"math"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest"
)

var allTransports = []trackunit.Transport{trackunit.SOAP11, trackunit.SOAP12, trackunit.JSON, trackunit.XML}

// transportsService returns a simulator that knows all that transports find hard to carry.
func transportsService(t *testing.T) *trackunittest.Service {
	s := trackunittest.NewService(trackunittest.WithUnits(40))
	f := s.Fleet()
	require.True(t, f.Trigger(f.Alarms.All()[0].ID.Value(), f.UnitIDs()[0], f.Now().Add(-time.Hour)))
	odd, _ := f.Unit(f.UnitIDs()[1])
	odd.ID = some("odd-1")
	odd.Name = some("<&>\"' \t\n æøå 中文 🚜 \\ \u2028 end")
	odd.Note = some("")
	odd.DisplayName = some("  spaces  ")
	odd.PhoneNumber = xmlwire.Nil[string]()
	odd.Location = some(generated.Location{Latitude: math.Copysign(0, -1), Longitude: 1.0 / 3})
	odd.Altitude, odd.Km = some(math.MaxFloat64), some(math.SmallestNonzeroFloat64)
	odd.Run1, odd.Run2, odd.Run3 = some(1e15), some(0.1+0.2), some(9007199254740993.0)
	odd.AnalogInput1, odd.AnalogInput2 = some(1e-5), some(123456789012345680.0)
	odd.CreatedAt = time.Date(2020, 2, 29, 23, 59, 59, 123456700, trackunit.NoZone)
	odd.MessageTime = some(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	f.SetUnit(odd)
	infinite, _ := f.Unit(f.UnitIDs()[2])
	infinite.ID, infinite.CreatedAt = some("odd-2"), time.Time{}
	infinite.Speed, infinite.Temperature1 = some(math.Inf(1)), some(math.Inf(-1))
	f.SetUnit(infinite)
	f.SetHistory("odd-1", []generated.UnitHistory{
		{Time: time.Date(2026, 1, 1, 0, 0, 0, 0, trackunit.NoZone), Km: some(2.0 / 3), Location: some(generated.Location{})},
		{Time: time.Date(2026, 1, 1, 1, 0, 0, 100, time.UTC), Km: xmlwire.Nil[float64]()},
	})
	f.Groups.Put(generated.Group{ID: some("odd-3"), Name: some("empty"), Units: []string{}})
	f.Groups.Put(generated.Group{ID: some("odd-4"), Name: some("none")})
	return s
}

// transportsCalls are calls of every operation that succeed, in an order in which they can be made.
func transportsCalls(f *trackunittest.Fleet) []any {
	unit, day := f.UnitIDs()[0], 24*time.Hour
	to := f.Now()
	from := to.Add(-day)
	key := f.Keys.All()[0].ID
	polygon := some("POLYGON ((57.473227623291542 15.510871410369873, 57.4 15.5, 57.4 15.6, 57.473227623291542 15.510871410369873))")
	place := some(generated.Location{Latitude: 55.123456789012344, Longitude: -12})
	return []any{
		&generated.GetUnit{}, &generated.GetUnit{ID: some("odd-1")}, &generated.GetUnit{ID: some("odd-2")},
		&generated.GetUnit{SerialNumber: some("223120")}, &generated.GetUnit{Point: place, Radius: some(20000.5)},
		&generated.GetUnit{ReferenceNumber: some("a b&c=d+%/?#")},
		&generated.UpdateUnit{ID: some(unit), Name: some("Ny & gammel"), PreKm: some(0.1 + 0.2)},
		&generated.GetUnit{ID: some(unit)},
		&generated.GetUnitExtendedInfo{ID: some(unit)},
		&generated.GetReportUnitExtendedInfo{ID: some(unit), From: some(from), To: some(to)},
		&generated.GetReportUnitActiveFaults{ID: some(unit), From: some(from.Add(-30 * day)), To: some(to)},
		&generated.GetReportUnitHistory{UnitID: some(unit), From: some(from), To: some(to)},
		&generated.GetReportUnitHistory{UnitID: some("odd-1"), From: some(time.Date(2026, 1, 1, 0, 0, 0, 0, trackunit.NoZone)), To: some(from.Add(-45 * day))},
		&generated.GetReportKeyHistory{KeyID: key, From: some(from.Add(-29 * day)), To: some(to)},
		&generated.GetReportUnitSummary{Date: some(from)}, &generated.GetReportUnitSummary{Date: some(from), UnitID: some(unit)},
		&generated.GetReportTrip{UnitID: some(unit), DateFrom: some(from.Add(-9 * day)), DateTo: some(to)},
		&generated.GetActiveAlarm{},
		&generated.GetAlarmLog{UnitID: some(unit), DateFrom: some(from), DateTo: some(to)},
		&generated.CreateAlarm{
			Name: some("Fast"), Type: some(trackunit.AlarmByTemperature), Units: []string{unit}, Weekdays: []string{"Monday", "Friday"},
			TemperatureLimits: some(generated.TemperatureAlarmLimits{}), SmsRecipients: []string{}, Enabled: some(false),
		},
		&generated.GetAlarm{}, &generated.UpdateAlarm{ID: some("900001"), Name: some("Slow"), AddUnits: []string{f.UnitIDs()[1]}},
		&generated.GetAlarm{ID: some("900001")}, &generated.DeleteAlarm{ID: some("900001")},
		&generated.CreateCategory{Name: some("  C  ")}, &generated.GetCategory{}, &generated.UpdateCategory{ID: some("900002"), Name: some("<c/>")},
		&generated.GetCategory{ID: some("900002")}, &generated.DeleteCategory{ID: some("900002")},
		&generated.CreateClient{Name: some("Kunde"), Note: some(""), Address: some(generated.Address{City: some("Ærø")})},
		&generated.GetClient{}, &generated.UpdateClient{ID: some("900003"), Note: some("line 1\nline 2")},
		&generated.GetClient{ID: some("900003")},
		&generated.CreateContact{Name: some("Q"), ClientID: some("900003"), Mobile: some("+45 1")},
		&generated.GetContact{}, &generated.UpdateContact{ID: some("900004"), Email: some("q@example.com")},
		&generated.GetContact{ID: some("900004")}, &generated.DeleteContact{ID: some("900004")}, &generated.DeleteClient{ID: some("900003")},
		&generated.CreateGroup{Name: some("G"), Units: []string{unit, "odd-1"}}, &generated.GetGroup{},
		&generated.UpdateGroup{ID: some("900005"), RemoveUnits: []string{"odd-1"}},
		&generated.GetGroup{ID: some("900005")}, &generated.DeleteGroup{ID: some("900005")},
		&generated.CreateKey{Name: some("K"), SerialNumber: some("00ff"), ExpirationDate: some(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))},
		&generated.GetKey{}, &generated.UpdateKey{ID: some("900006"), IsAdmin: some(true)},
		&generated.GetKey{ID: some("900006")}, &generated.DeleteKey{ID: some("900006")},
		&generated.CreatePoint{Name: some("P"), Location: some(generated.Location{Latitude: 55.25, Longitude: -12})}, &generated.GetPoint{},
		&generated.UpdatePoint{ID: some("900007"), Name: some("P 2")},
		&generated.GetPoint{ID: some("900007")}, &generated.DeletePoint{ID: some("900007")},
		&generated.CreateZone{Name: some("Z"), Polygon: polygon}, &generated.GetZone{}, &generated.UpdateZone{ID: some("900008"), Note: some("24x24/x.png")},
		&generated.GetZone{ID: some("900008")}, &generated.DeleteZone{ID: some("900008")},
	}
}

// TestTransportsAgree: each operation answers the same Go values over the four transports, after what loss says that JSON
// loses, read whole and as a stream.
func TestTransportsAgree(t *testing.T) {
	answers := make(map[trackunit.Transport][]any)
	var calls []any
	for _, transport := range allTransports {
		s := transportsService(t)
		client, err := s.Client(trackunit.WithTransport(transport))
		require.NoError(t, err)
		calls = transportsCalls(s.Fleet())
		port := reflect.ValueOf(client.Port())
		for _, req := range calls {
			op := reflect.TypeOf(req).Elem().Name()
			resp, err := call(port, op, reflect.ValueOf(req))
			require.NoError(t, err, "%v %s %+v", transport, op, req)
			answers[transport] = append(answers[transport], resp.Interface())
			if stream := port.MethodByName(op + "Stream"); stream.IsValid() {
				rows, err := collect(stream, reflect.ValueOf(req))
				require.NoError(t, err)
				require.Equal(t, resp.Interface(), withRows(resp, rows).Interface(), "%v %s streams something else", transport, op)
			}
		}
	}
	called, lost := make(map[string]int), new(loss)
	for i, req := range calls {
		op := reflect.TypeOf(req).Elem().Name()
		called[op]++
		want := answers[trackunit.SOAP11][i]
		same(t, want, answers[trackunit.SOAP12][i], "%s over SOAP 1.2", op)
		same(t, want, answers[trackunit.XML][i], "%s over XML", op)
		same(t, lost.of(want), answers[trackunit.JSON][i], "%s over JSON", op)
	}
	assert.Len(t, called, 43)
	for _, op := range goldenOperations() {
		assert.NotZero(t, called[op], op)
	}
	for name, n := range map[string]int{"nils": lost.nils, "digits": lost.digits, "zeros": lost.zeros, "zones": lost.zones} {
		assert.NotZero(t, n, "no answer shows what JSON does to %s", name)
	}
	t.Logf("%d calls of %d operations; lost by JSON: %+v", len(calls), len(called), *lost)
}

// same compares two messages bit by bit: also the sign of zero, and the location of times.
func same(t *testing.T, want, got any, format string, args ...any) {
	t.Helper()
	w, g := bits(reflect.ValueOf(want)), bits(reflect.ValueOf(got))
	if !assert.ObjectsAreEqual(w, g) {
		assert.Equal(t, w, g, append([]any{format}, args...)...)
	}
}

// bits returns a message as a tree in which the states of members, the bits of numbers and the zones of times can be compared.
func bits(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case time.Time:
		name, offset := x.Zone()
		return []any{x.UnixNano(), x.Unix(), name, offset}
	case float64:
		if math.IsNaN(x) {
			return "NaN"
		}
		return math.Float64bits(x)
	case optional:
		state := map[bool]string{true: "nil", false: "absent"}[x.IsNil()]
		if x.IsSet() {
			return bits(reflect.ValueOf(x).MethodByName("Value").Call(nil)[0])
		}
		return state
	}
	switch v.Kind() {
	case reflect.Pointer:
		return bits(v.Elem())
	case reflect.Struct:
		members := make(map[string]any)
		for i := range v.NumField() {
			members[v.Type().Field(i).Name] = bits(v.Field(i))
		}
		return members
	case reflect.Slice:
		if v.IsNil() {
			return "no list"
		}
		items := make([]any, v.Len())
		for i := range items {
			items[i] = bits(v.Index(i))
		}
		return items
	}
	return v.Interface()
}

// TestBadInputs: what the service refuses comes as the same error over the four transports, in all its parts.
func TestBadInputs(t *testing.T) {
	to := trackunittest.DefaultNow
	from := to.Add(-time.Hour)
	future := to.AddDate(1, 0, 0)
	unit, gone := some("46208"), some("999")
	open := some("POLYGON ((1 1, 1 2, 2 2, 2 1))")
	history := func(id trackunit.Opt[string], from, to time.Time) any {
		return &generated.GetReportUnitHistory{UnitID: id, From: some(from), To: some(to)}
	}
	cases := []struct {
		name      string
		req       any
		code      string
		parameter string
		is        error
	}{
		{"span reversed", history(unit, to, from), "invalidParameter", "To", trackunit.ErrInvalidParameter},
		{"span too long", history(unit, to.AddDate(0, 0, -32), to), "invalidParameter", "To", trackunit.ErrInvalidParameter},
		{"empty unit", history(some(""), from, to), "invalidParameter", "UnitId", trackunit.ErrInvalidParameter},
		{"no unit", history(trackunit.Opt[string]{}, from, to), "invalidParameter", "UnitId", trackunit.ErrInvalidParameter},
		{"unknown unit", history(gone, from, to), "unitNotFound", "", trackunit.ErrUnitNotFound},
		{"odd unit", history(some("../zone?x=1&y=ø#%00"), from, to), "unitNotFound", "", trackunit.ErrUnitNotFound},
		{"future dates", history(unit, future, future.Add(time.Hour)), "", "", nil},
		{"future dates, reversed", history(unit, future.Add(time.Hour), future), "invalidParameter", "To", trackunit.ErrInvalidParameter},
		{"radius 0", &generated.GetUnit{Radius: some(0.0)}, "invalidParameter", "Radius", trackunit.ErrInvalidParameter},
		{"radius 40000", &generated.GetUnit{Radius: some(40000.0)}, "invalidParameter", "Radius", trackunit.ErrInvalidParameter},
		{"radius NaN", &generated.GetUnit{Radius: some(math.NaN())}, "invalidParameter", "Radius", trackunit.ErrInvalidParameter},
		{"point off the earth", &generated.GetUnit{Point: some(generated.Location{Latitude: 91})}, "invalidParameter", "Point", trackunit.ErrInvalidParameter},
		{"unknown unit by id", &generated.GetUnit{ID: gone}, "unitNotFound", "", trackunit.ErrUnitNotFound},
		{"empty id", &generated.GetUnit{ID: some("")}, "unitNotFound", "", trackunit.ErrUnitNotFound},
		{"id that is a path", &generated.GetUnit{ID: some("a/b")}, "unitNotFound", "", trackunit.ErrUnitNotFound},
		{"id with a suffix", &generated.GetUnit{ID: some("1.json")}, "unitNotFound", "", trackunit.ErrUnitNotFound},
		{"id of dots", &generated.GetUnit{ID: some("..")}, "unitNotFound", "", trackunit.ErrUnitNotFound},
		{"unknown category", &generated.GetUnit{CategoryID: gone}, "categoryNotFound", "", trackunit.ErrCategoryNotFound},
		{"polygon not closed", &generated.CreateZone{Name: some("x"), Polygon: open}, "invalidParameter", "Polygon", trackunit.ErrInvalidParameter},
		{"polygon that is none", &generated.CreateZone{Name: some("x"), Polygon: some("<b>&\"")}, "invalidParameter", "Polygon", trackunit.ErrInvalidParameter},
		{"no polygon", &generated.CreateZone{Name: some("x")}, "invalidParameter", "Polygon", trackunit.ErrInvalidParameter},
		{"unknown alarm type", &generated.CreateAlarm{Name: some("x"), Type: some("Nope")}, "invalidParameter", "Type", trackunit.ErrInvalidParameter},
		{"zone to change without id", &generated.UpdateZone{Name: some("x")}, "invalidParameter", "Id", trackunit.ErrInvalidParameter},
		{"zone to change that is not there", &generated.UpdateZone{ID: gone, Name: some("x")}, "zoneNotFound", "", trackunit.ErrZoneNotFound},
		{"zone to delete without id", &generated.DeleteZone{}, "invalidParameter", "Id", trackunit.ErrInvalidParameter},
		{"zone to delete with an empty id", &generated.DeleteZone{ID: some("")}, "invalidParameter", "Id", trackunit.ErrInvalidParameter},
		{"zone to delete that is not there", &generated.DeleteZone{ID: gone}, "zoneNotFound", "", trackunit.ErrZoneNotFound},
		{"group of an unknown unit", &generated.CreateGroup{Name: some("g"), Units: []string{"46208", "a,b"}}, "unitNotFound", "", trackunit.ErrUnitNotFound},
		{"trips of nothing", &generated.GetReportTrip{DateFrom: some(from), DateTo: some(to)}, "invalidParameter", "UnitId", trackunit.ErrInvalidParameter},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var first *trackunit.StatusError
			for _, transport := range allTransports {
				client, err := trackunittest.NewService(trackunittest.WithUnits(20)).Client(trackunit.WithTransport(transport))
				require.NoError(t, err)
				_, err = call(reflect.ValueOf(client.Port()), reflect.TypeOf(c.req).Elem().Name(), reflect.ValueOf(c.req))
				if c.code == "" {
					require.NoError(t, err, transport)
					continue
				}
				var e *trackunit.StatusError
				require.ErrorAs(t, err, &e, "%v", transport)
				assert.ErrorIs(t, err, c.is)
				assert.Equal(t, c.code, e.Code)
				assert.Equal(t, c.parameter, e.Parameter())
				if first == nil {
					first = e
				}
				assert.Equal(t, first, e, "%v", transport)
			}
		})
	}
}

// TestFailures: what goes wrong around the service comes as the same kind of error over the four transports.
func TestFailures(t *testing.T) {
	cases := map[string]struct {
		fault trackunittest.Fault
		is    error
		kind  soapclient.ContentKind
		code  int
	}{
		"429":              {trackunittest.TooManyRequests(time.Second), trackunit.ErrRateLimited, soapclient.EmptyContent, 429},
		"401":              {trackunittest.Unauthorized(), trackunit.ErrUnauthorized, soapclient.EmptyContent, 401},
		"500 page":         {trackunittest.ErrorPage(500), nil, soapclient.HTMLContent, 500},
		"503 page":         {trackunittest.ErrorPage(503), soapclient.ErrUnavailable, soapclient.HTMLContent, 503},
		"page under 200":   {trackunittest.Fault{Status: 200, Body: "<html><title>hi</title></html>"}, nil, soapclient.HTMLContent, 200},
		"redirect":         {trackunittest.LoginRedirect("/login"), trackunit.ErrUnauthorized, soapclient.LoginRedirect, 302},
		"text under 200":   {trackunittest.Fault{Status: 200, Header: http.Header{"Content-Type": {"text/plain"}}, Body: "ok"}, nil, soapclient.TextContent, 200},
		"nothing":          {trackunittest.Fault{Status: 200}, nil, soapclient.EmptyContent, 200},
		"status of itself": {trackunittest.UnauthorizedStatus(), trackunit.ErrUnauthorized, 0, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			for _, transport := range allTransports {
				s := trackunittest.NewService(trackunittest.WithUnits(3))
				client, err := s.Client(trackunit.WithTransport(transport))
				require.NoError(t, err)
				s.Inject(c.fault)
				_, err = client.Zones.List(context.Background())
				if c.is != nil {
					assert.ErrorIs(t, err, c.is, transport)
				}
				if c.code == 0 {
					var e *trackunit.StatusError
					require.ErrorAs(t, err, &e, transport)
					assert.Equal(t, &trackunit.StatusError{Code: "Unauthorized", Message: "Invalid token", HTTPStatus: 401}, e)
					continue
				}
				var e *soapclient.HTTPError
				require.ErrorAs(t, err, &e, "%v", transport)
				assert.Equal(t, c.kind, e.Kind, "%v", transport)
				assert.Equal(t, c.code, e.Status, "%v", transport)
			}
		})
	}
}

// TestBrokenOffAnswers: an answer that breaks off is an error, and one to a change leaves open what became of it.
func TestBrokenOffAnswers(t *testing.T) {
	for _, transport := range allTransports {
		for name, fault := range map[string]trackunittest.Fault{"reset": {Applied: true, Reset: true}, "cut off": {CutAfter: 20}} {
			t.Run(transport.String()+", "+name, func(t *testing.T) {
				s := trackunittest.NewService(trackunittest.WithUnits(3))
				client, err := s.Client(trackunit.WithTransport(transport))
				require.NoError(t, err)
				zone, err := client.Zones.Create(t.Context(), trackunit.CreateZone{Name: some("a"), Polygon: some("POLYGON ((1 1, 1 2, 2 2, 1 1))")})
				require.NoError(t, err)

				s.Inject(fault)
				_, err = client.Zones.List(t.Context())
				var unknown *soapclient.UnknownOutcomeError
				require.Error(t, err)
				assert.NotErrorAs(t, err, &unknown, "nothing was to be changed")

				fault.Op = "DeleteZone"
				fault.CutAfter = min(fault.CutAfter, 1)
				s.Inject(fault)
				err = client.Zones.Delete(t.Context(), zone)
				assert.ErrorAs(t, err, &unknown)
				assert.Zero(t, s.Faults())
			})
		}
	}
}

// TestTransportOption: a transport that there is not is refused.
func TestTransportOption(t *testing.T) {
	for _, transport := range []trackunit.Transport{0, 5, 255} {
		_, err := newAtOnce("x", trackunit.WithTransport(transport))
		assert.ErrorContains(t, err, "there is no transport")
	}
	assert.Equal(t, "JSON", trackunit.JSON.String())
	assert.Equal(t, "Transport(9)", trackunit.Transport(9).String())
}
