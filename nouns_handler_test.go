package trackunit_test

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
)

// A server answers every operation with the response that it is given, and keeps the requests.
type server struct {
	mu       sync.Mutex
	requests []any
	// respond fills the response of an operation.
	respond func(op string, resp reflect.Value)
}

func (s *server) client(t *testing.T, opts ...trackunit.Option) *trackunit.Client {
	handler := generated.NewISyncReplyHandler(generated.UnimplementedISyncReplyServer{},
		soapserver.WithInterceptors(func(soapserver.Endpoint) soapserver.Endpoint {
			return func(_ context.Context, ex *soapserver.Exchange) error {
				s.mu.Lock()
				defer s.mu.Unlock()
				s.requests = append(s.requests, ex.Req)
				ex.Resp = ex.NewResp()
				s.respond(ex.Op.Name, reflect.ValueOf(ex.Resp).Elem())
				return nil
			}
		}))
	return newClient(t, append(opts, trackunit.WithHTTPClient(memhttp.NewClient(handler)))...)
}

// last returns the last request and forgets all.
func (s *server) last(t *testing.T) any {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	require.NotEmpty(t, s.requests)
	last := s.requests[len(s.requests)-1]
	s.requests = nil
	return last
}

// itemsOf makes the list of a response n items long.
func itemsOf(resp reflect.Value, n int) {
	for i := range resp.NumField() {
		if list := resp.Field(i); list.Kind() == reflect.Slice {
			list.Set(reflect.MakeSlice(list.Type(), n, n))
		}
	}
	if id := resp.FieldByName("ID"); id.IsValid() {
		id.Set(reflect.ValueOf(trackunit.Some("new")))
	}
}

var (
	from = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	to   = from.AddDate(0, 0, 7)
)

// requestFor returns a request of an operation that has in it what its method of a noun takes.
func requestFor(port reflect.Value, op string) any {
	req := newRequest(port, op).Elem()
	for _, name := range []string{"ID", "UnitID", "KeyID"} {
		if f := req.FieldByName(name); f.IsValid() && !(op == "GetReportTrip" && name == "KeyID") && op != "GetGroup" {
			f.Set(reflect.ValueOf(trackunit.Some("7")))
		}
	}
	for name, at := range map[string]time.Time{"From": from, "To": to, "DateFrom": from, "DateTo": to} {
		if f := req.FieldByName(name); f.IsValid() {
			f.Set(reflect.ValueOf(trackunit.Some(at)))
		}
	}
	if f := req.FieldByName("Date"); f.IsValid() {
		f.Set(reflect.ValueOf(trackunit.Some(from)))
	}
	return req.Addr().Interface()
}

// TestNouns calls every operation by the method of its noun, in both versions of SOAP.
func TestNouns(t *testing.T) {
	require.Len(t, nounCalls, 43)
	for _, version := range []trackunit.Option{trackunit.WithSOAP11(), trackunit.WithSOAP12()} {
		s := &server{respond: func(_ string, resp reflect.Value) { itemsOf(resp, 1) }}
		client := s.client(t, version)
		for op, call := range nounCalls {
			t.Run(op, func(t *testing.T) {
				req := requestFor(reflect.ValueOf(client.Port()), op)
				got := call(t.Context(), client, req)
				require.NoError(t, got.err)
				sent := s.last(t)
				if op == "GetReportUnitSummary" {
					at, _ := sent.(*generated.GetReportUnitSummary).Date.Get()
					assert.Same(t, xmlwire.NoZone, at.Location())
					sent.(*generated.GetReportUnitSummary).Date = trackunit.Some(at.UTC())
				}
				assert.Equal(t, req, sent)
				switch {
				case got.list != nil:
					assert.Equal(t, 1, reflect.ValueOf(got.list).Len())
				case op[:6] == "Create":
					assert.Equal(t, "new", got.id)
				}
			})
		}
	}
}

// gets are the methods that get one item.
var gets = map[string]struct {
	get  func(context.Context, *trackunit.Client, string) error
	none error
}{
	"Unit": {func(ctx context.Context, c *trackunit.Client, id string) error {
		_, err := c.Units.Get(ctx, id)
		return err
	}, trackunit.ErrUnitNotFound},
	"Alarm": {func(ctx context.Context, c *trackunit.Client, id string) error {
		_, err := c.Alarms.Get(ctx, id)
		return err
	}, trackunit.ErrAlarmNotFound},
	"Category": {func(ctx context.Context, c *trackunit.Client, id string) error {
		_, err := c.Categories.Get(ctx, id)
		return err
	}, trackunit.ErrCategoryNotFound},
	"Client": {func(ctx context.Context, c *trackunit.Client, id string) error {
		_, err := c.Clients.Get(ctx, id)
		return err
	}, trackunit.ErrClientNotFound},
	"Contact": {func(ctx context.Context, c *trackunit.Client, id string) error {
		_, err := c.Contacts.Get(ctx, id)
		return err
	}, trackunit.ErrContactNotFound},
	"Group": {func(ctx context.Context, c *trackunit.Client, id string) error {
		_, err := c.Groups.Get(ctx, id)
		return err
	}, trackunit.ErrGroupNotFound},
	"Key": {func(ctx context.Context, c *trackunit.Client, id string) error {
		_, err := c.Keys.Get(ctx, id)
		return err
	}, trackunit.ErrKeyNotFound},
	"Point": {func(ctx context.Context, c *trackunit.Client, id string) error {
		_, err := c.Points.Get(ctx, id)
		return err
	}, trackunit.ErrPointNotFound},
	"Zone": {func(ctx context.Context, c *trackunit.Client, id string) error {
		_, err := c.Zones.Get(ctx, id)
		return err
	}, trackunit.ErrZoneNotFound},
}

func TestGet(t *testing.T) {
	for name, c := range gets {
		t.Run(name, func(t *testing.T) {
			items := 1
			s := &server{respond: func(_ string, resp reflect.Value) { itemsOf(resp, items) }}
			client := s.client(t)
			require.NoError(t, c.get(t.Context(), client, "7"))
			assert.Equal(t, trackunit.Some("7"), reflect.ValueOf(s.last(t)).Elem().FieldByName("ID").Interface())

			items = 0
			err := c.get(t.Context(), client, "7")
			assert.ErrorIs(t, err, c.none)
			assert.ErrorIs(t, err, trackunit.ErrNotFound)

			items = 2
			err = c.get(t.Context(), client, "7")
			assert.EqualError(t, err, "calling Get"+name+": the answer holds 2 items where one was asked for")
		})
	}
}

// TestNoID: an empty id never gets out, since the service would answer with everything.
func TestNoID(t *testing.T) {
	s := &server{respond: func(op string, _ reflect.Value) { t.Errorf("%s went out", op) }}
	client := s.client(t)
	takesNone := map[string]bool{
		"GetUnit": true, "GetActiveAlarm": true, "GetAlarmLog": true, "GetReportUnitSummary": true,
		"CreateAlarm": true, "CreateCategory": true, "CreateClient": true, "CreateContact": true, "CreateGroup": true,
		"CreateKey": true, "CreatePoint": true, "CreateZone": true,
	}
	for op, call := range nounCalls {
		if takesNone[op] || op[:3] == "Get" && op[:6] != "GetRep" && op != "GetUnitExtendedInfo" {
			continue // lists
		}
		err := call(t.Context(), client, newRequest(reflect.ValueOf(client.Port()), op).Interface()).err
		assert.ErrorIs(t, err, trackunit.ErrNoID, op)
		assert.EqualError(t, err, "calling "+op+": no id was given")
	}
	for name, c := range gets {
		assert.ErrorIs(t, c.get(t.Context(), client, ""), trackunit.ErrNoID, name)
	}
	_, err := client.Contacts.ListByClient(t.Context(), "")
	assert.ErrorIs(t, err, trackunit.ErrNoID)
	_, err = client.Groups.ListByUnit(t.Context(), "")
	assert.ErrorIs(t, err, trackunit.ErrNoID)
	_, err = trackunit.Collect(client.Reports.TripsByKey(t.Context(), "", from, to))
	assert.ErrorIs(t, err, trackunit.ErrNoID)
}

func TestOtherWaysToAsk(t *testing.T) {
	s := &server{respond: func(_ string, resp reflect.Value) { itemsOf(resp, 3) }}
	client := s.client(t)

	contacts, err := client.Contacts.ListByClient(t.Context(), "7")
	require.NoError(t, err)
	assert.Len(t, contacts, 3)
	assert.Equal(t, &generated.GetContact{ClientID: trackunit.Some("7")}, s.last(t))

	groups, err := client.Groups.ListByUnit(t.Context(), "7")
	require.NoError(t, err)
	assert.Len(t, groups, 3)
	assert.Equal(t, &generated.GetGroup{UnitID: trackunit.Some("7")}, s.last(t))

	trips, err := trackunit.Collect(client.Reports.TripsByKey(t.Context(), "8", from, to))
	require.NoError(t, err)
	assert.Len(t, trips, 3)
	assert.Equal(t, &generated.GetReportTrip{KeyID: trackunit.Some("8"), DateFrom: trackunit.Some(from), DateTo: trackunit.Some(to)}, s.last(t))

	units, err := trackunit.Collect(client.Units.All(t.Context(), trackunit.UnitFilter{ZoneID: trackunit.Some("9")}))
	require.NoError(t, err)
	assert.Len(t, units, 3)
	assert.Equal(t, &generated.GetUnit{ZoneID: trackunit.Some("9")}, s.last(t))
}

// TestParametersInUTC: whatever zone the caller is in, the service gets UTC, or a day as the caller sees it.
func TestParametersInUTC(t *testing.T) {
	s := &server{respond: func(_ string, resp reflect.Value) { itemsOf(resp, 0) }}
	client := s.client(t)
	copenhagen := time.FixedZone("CEST", 2*60*60)
	late := time.Date(2026, 6, 30, 1, 30, 0, 0, copenhagen)
	utc := trackunit.Some(time.Date(2026, 6, 29, 23, 30, 0, 0, time.UTC))

	_, err := trackunit.Collect(client.Reports.History(t.Context(), "7", late, late))
	require.NoError(t, err)
	assert.Equal(t, &generated.GetReportUnitHistory{UnitID: trackunit.Some("7"), From: utc, To: utc}, s.last(t))

	filter := trackunit.AlarmLogFilter{DateFrom: trackunit.Some(late), DateTo: trackunit.Some(late)}
	_, err = trackunit.Collect(client.Alarms.Log(t.Context(), filter))
	require.NoError(t, err)
	assert.Equal(t, &generated.GetAlarmLog{DateFrom: utc, DateTo: utc}, s.last(t))

	_, err = trackunit.Collect(client.Reports.Summary(t.Context(), "", late))
	require.NoError(t, err)
	day := time.Date(2026, 6, 30, 0, 0, 0, 0, trackunit.NoZone)
	assert.Equal(t, &generated.GetReportUnitSummary{Date: trackunit.Some(day)}, s.last(t))
}

// TestBreakingOff: a caller may leave a sequence, and range over it again.
func TestBreakingOff(t *testing.T) {
	s := &server{respond: func(_ string, resp reflect.Value) { itemsOf(resp, 1000) }}
	history := s.client(t).Reports.History(t.Context(), "7", from, to)
	for range 2 {
		n := 0
		for _, err := range history {
			require.NoError(t, err)
			if n++; n == 3 {
				break
			}
		}
		assert.Equal(t, 3, n)
	}
	all, err := trackunit.Collect(history)
	require.NoError(t, err)
	assert.Len(t, all, 1000)
}

func TestCollectKeepsWhatCame(t *testing.T) {
	broken := errors.New("broken")
	rows, err := trackunit.Collect(func(yield func(int, error) bool) {
		_ = yield(1, nil) && yield(2, nil) && yield(0, broken)
	})
	assert.Equal(t, []int{1, 2}, rows)
	assert.Equal(t, broken, err)
}
