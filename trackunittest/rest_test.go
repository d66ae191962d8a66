package trackunittest_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
	"github.com/soapfirst/trackunit/trackunittest"
)

// Which format an answer has is said by the callback, the query, the path, and the header Accept, in that order.
func TestFormats(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(1))
	const js, xml, html = "application/json; charset=utf-8", "application/xml", "text/html; charset=utf-8"
	for _, c := range []struct{ path, accept, want string }{
		{"/public/unit", "", js},
		{"/public/unit", "*/*", js},
		{"/public/unit", "application/xml", xml},
		{"/public/unit", "text/xml, */*", xml},
		{"/public/unit", "image/png", js},
		{"/public/unit", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", html},
		{"/public/unit.json", "application/xml", js},
		{"/public/unit.XML", "", xml},
		{"/public/UNIT/46208.html", "", html},
		{"/PUBLIC/GetUnit/46208", "", js},
		{"/public/unit.json?format=xml", "", xml},
		{"/public/unit?format=html", "application/json", html},
		{"/public/unit?format=nope", "application/xml", xml},
		{"/public/xml/reply/GetUnit", "application/json", xml},
		{"/public/json/reply/getunit", "", js},
		{"/public/json/reply/GetUnit?format=xml", "", xml},
		{"/public/unit.xml?callback=a.b$", "", "text/javascript"},
	} {
		header := http.Header{}
		if c.accept != "" {
			header.Set("Accept", c.accept)
		}
		w := send(s, http.MethodGet, c.path, "API", s.Token(), "", header)
		assert.Equal(t, 200, w.Code, c.path)
		assert.Equal(t, c.want, w.Header().Get("Content-Type"), c.path)
	}
	w := send(s, http.MethodPost, "/public/GetUnit", "API", s.Token(), `<GetUnit xmlns="http://schemas.servicestack.net/types"/>`,
		http.Header{"Content-Type": {"application/xml"}})
	assert.Equal(t, xml, w.Header().Get("Content-Type"), "as the request")

	for path, status := range map[string]int{
		"/public/unit?callback=alert(1)": 400, "/public/csv/reply/GetUnit": 404, "/public/unit/1/2": 404, "/public/unit.csv": 404,
		"/public/json/reply/GetUnits": 405, "/public/Zone/x.json": 404,
	} {
		assert.Equal(t, status, get(s, http.MethodGet, path, "API", s.Token()).Code, path)
	}
	assert.Equal(t, 404, get(s, http.MethodDelete, "/public/unit/46208", "API", s.Token()).Code, "no route for the verb")
}

// What is wrong with the form of a request is answered as ServiceStack does, and what it forgives is forgiven.
func TestRESTRequests(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(3))
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	js := http.Header{"Content-Type": {"application/json"}}
	xml := http.Header{"Content-Type": {"application/xml"}, "Accept": {"application/json"}}
	for _, c := range []struct {
		name, method, path, body string
		header                   http.Header
		status                   int
		want                     string
	}{
		{"number that is none", "GET", "/public/unit?radius=abc", "", nil, 400, `'abc' is an Invalid value for 'radius'`},
		{"number in JSON that is none", "POST", "/public/GetUnit", `{"radius":"abc"}`, js, 400, `'Radius' must be greater than 0`},
		{"date in JSON that is none", "POST", "/public/report/unithistory", `{"from":"soon"}`, js, 400, `SerializationException`},
		{"quoted number", "POST", "/public/GetUnit", `{"RADIUS":"40000"}`, js, 400, `'Radius' must be`},
		{"JSON that is none", "POST", "/public/GetUnit", `<a>`, js, 400, `SerializationException`},
		{"list in a text", "POST", "/public/Group", `{"name":"g","units":"46208,1"}`, js, 404, `unitNotFound`},
		{"list in a form", "POST", "/public/Group", `name=g&units=46208,2`, form, 404, `The unit with id '2'`},
		{"form that is none", "POST", "/public/Group", `%zz`, form, 400, `SerializationException`},
		{"XML that is none", "POST", "/public/Zone", `<x`, xml, 400, `SerializationException`},
		{"another element", "POST", "/public/Zone", `<CreateZone xmlns="urn:x"/>`, xml, 400, `SerializationException`},
		{"place that is none", "GET", "/public/unit?point=here", "", nil, 400, `'here' is an Invalid value for 'point'`},
		{"path over body", "PUT", "/public/Zone/none", `{"id":"6295"}`, js, 404, `The zone with id 'none'`},
		{"escaped path", "GET", "/public/unit/a%2Fb", "", nil, 404, `404`},
	} {
		w := send(s, c.method, c.path, "API", s.Token(), c.body, c.header)
		assert.Equal(t, c.status, w.Code, c.name)
		assert.Contains(t, w.Body.String(), c.want, c.name)
	}
}

// The two ways of refusing a login, over the two kinds of transport.
func TestRefusal(t *testing.T) {
	for _, transport := range []trackunit.Transport{trackunit.SOAP11, trackunit.SOAP12, trackunit.JSON, trackunit.XML} {
		for _, refusal := range []trackunittest.Refusal{trackunittest.RefuseClosed, trackunittest.RefuseInService} {
			s := trackunittest.NewService(trackunittest.WithUnits(0), trackunittest.WithRefusal(refusal))
			client, err := trackunit.New("wrong", trackunit.WithTransport(transport), trackunit.WithEndpoint("http://x.invalid/public"),
				trackunit.WithHTTPClient(&http.Client{Transport: s.Transport()}))
			require.NoError(t, err)
			_, err = client.Zones.List(t.Context())
			assert.ErrorIs(t, err, trackunit.ErrUnauthorized)
			var status *trackunit.StatusError
			var closed *soapclient.HTTPError
			if refusal == trackunittest.RefuseInService {
				require.ErrorAs(t, err, &status, transport)
				assert.Equal(t, &trackunit.StatusError{Code: "Unauthorized", Message: "Invalid token", HTTPStatus: 401}, status)
			} else {
				require.ErrorAs(t, err, &closed, transport)
				assert.Equal(t, 401, closed.Status)
			}
		}
	}
}

// Requests that cannot be read, in the two eras.
func TestOldErrors(t *testing.T) {
	bad := envelope(`<GetUnit xmlns="http://schemas.servicestack.net/types"><Radius>x</Radius></GetUnit>`)
	s := trackunittest.NewService(trackunittest.WithUnits(0))
	w := send(s, http.MethodPost, "/public/soap11", "API", s.Token(), bad, nil)
	assert.Equal(t, 200, w.Code)
	assert.Equal(t, "400", w.Header().Get("X-Status"))
	assert.Contains(t, w.Body.String(), "SerializationException")
	s = trackunittest.NewService(trackunittest.WithUnits(0), trackunittest.WithOldErrors())
	w = send(s, http.MethodPost, "/public/soap11", "API", s.Token(), bad, nil)
	assert.Equal(t, 500, w.Code)
	assert.Empty(t, w.Header().Get("X-Status"))
	assert.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
	w = send(s, http.MethodPost, "/public/soap11", "API", s.Token(), envelope(getZones), nil)
	assert.Equal(t, 200, w.Code)
}

// What a service was recorded to answer is what a fleet answers that has loaded it.
func TestLoad(t *testing.T) {
	recorded := func(target, body string) string {
		return "=== request\nGET " + target + " HTTP/1.1\nHost: x\n\n\n=== response\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n" + body
	}
	var zones generated.GetZoneResponse
	zones.List = []generated.Zone{{ID: xmlwire.Some("z1"), Name: xmlwire.Some("Øst")}}
	payload, err := xmlwire.AppendElement(nil, xmlwire.Name{Space: "http://schemas.servicestack.net/types", Local: "GetZoneResponse"}, &zones, xmlwire.WriteOptions{})
	require.NoError(t, err)
	files := fstest.MapFS{
		"1.txt": {Data: []byte(recorded("/public/unit/u1", `{"list":[{"id":"u1","serialNumber":"7","name":"A","createdAt":"2020-01-01T00:00:00.0000000Z"}]}`))},
		"2.txt": {Data: []byte(recorded("/public/report/unithistory?unitId=u1&from=2026-01-01&to=2026-01-02",
			`{"list":[{"time":"2026-01-01T08:00:00.0000000Z","event":6},{"time":"2026-01-01T09:00:00.0000000Z","event":2}]}`))},
		"3.txt": {Data: []byte(recorded("/public/report/unithistory?unitId=u1&from=2026-01-01&to=2026-01-02",
			`{"list":[{"time":"2026-01-01T09:00:00.0000000Z","event":2},{"time":"2026-01-01T10:00:00.0000000Z","event":2}]}`))},
		"4.txt": {Data: []byte("=== request\nPOST /public/soap11 HTTP/1.1\nHost: x\n\n\n=== response\nHTTP/1.1 200 OK\nContent-Type: text/xml\n\n" + envelope(string(payload)))},
		"5.txt": {Data: []byte(strings.Replace(recorded("/public/unit/u2", `{}`), "200 OK", "404 unitNotFound", 1))},
		"notes": {Data: []byte("no exchange")},
	}
	f := trackunittest.NewFleet(1, 0)
	answers, err := f.Load(files)
	require.NoError(t, err)
	assert.Equal(t, 4, answers)
	unit, ok := f.Unit("u1")
	assert.True(t, ok)
	assert.Equal(t, "A", unit.Name.Value())
	zone, ok := f.Zones.Get("z1")
	assert.True(t, ok)
	assert.Equal(t, "Øst", zone.Name.Value())

	client, err := trackunittest.NewService(trackunittest.WithFleet(f)).Client()
	require.NoError(t, err)
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	rows, err := trackunit.Collect(client.Reports.History(t.Context(), "u1", from, from.AddDate(0, 0, 1)))
	require.NoError(t, err)
	assert.Len(t, rows, 3, "the row that came twice counts once")

	for name, data := range map[string]string{"no.txt": "hello", "half.txt": "=== request\nGET / HTTP/1.1\n\n\n=== response\n"} {
		_, err := f.Load(fstest.MapFS{name: {Data: []byte(data)}})
		assert.ErrorContains(t, err, name)
	}
}

// The exchanges captured from a service can be loaded, and answer its requests.
func TestLoadCaptured(t *testing.T) {
	folder := filepath.Join(testenv.Folder(t, testenv.SOAPExchanges), "soap")
	f := trackunittest.NewFleet(1, 0)
	answers, err := f.Load(os.DirFS(folder))
	require.NoError(t, err)
	assert.Greater(t, answers, 30)
	unit, ok := f.Unit("46208")
	require.True(t, ok)
	assert.Equal(t, "Gravemaskine Å1", unit.Name.Value())
	answer := get(trackunittest.NewService(trackunittest.WithFleet(f)), http.MethodGet,
		"/public/report/unithistory.xml?unitId=46208&from=2026-01-01&to=2026-01-31", "API", trackunittest.DefaultToken)
	rows := strings.Count(answer.Body.String(), "<UnitHistory>")
	assert.GreaterOrEqual(t, rows, 1000)
}

// A fault of any kind strikes calls over REST too.
func TestFaultsOverREST(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(3))
	client, err := s.Client(trackunit.WithTransport(trackunit.JSON))
	require.NoError(t, err)
	s.Inject(trackunittest.Fault{SOAP: &soapserver.Fault{Reason: "no"}}, trackunittest.Fault{Code: "Oops", Message: "no", Field: "Id", Status: 418})
	_, err = client.Zones.List(t.Context())
	var page *soapclient.HTTPError
	require.ErrorAs(t, err, &page)
	assert.Equal(t, 500, page.Status)
	_, err = client.Zones.List(t.Context())
	var status *trackunit.StatusError
	require.ErrorAs(t, err, &status)
	assert.Equal(t, trackunit.StatusError{Code: "Oops", Message: "no", HTTPStatus: 418, FieldErrors: []trackunit.FieldError{{Field: "Id", Code: "Oops", Message: "no"}}}, *status)
}
