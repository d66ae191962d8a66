package trackunittest_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/xmltest"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/trackunittest"
)

func TestWSDL(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(0))
	for path, address := range map[string]string{
		"/public/soap11":      "http://fleet.example:8080/public/soap11",
		"/public/soap12":      "http://fleet.example:8080/public/soap12",
		"/public/Soap12?wsdl": "http://fleet.example:8080/public/soap12",
		"/PUBLIC/SOAP11/wsdl": "http://fleet.example:8080/public/soap11",
	} {
		t.Run(path, func(t *testing.T) {
			w := get(s, http.MethodGet, "http://fleet.example:8080"+path, "", "")
			assert.Equal(t, 200, w.Code, "no login is needed")
			assert.Equal(t, "text/xml; charset=utf-8", w.Header().Get("Content-Type"))
			assert.Contains(t, w.Body.String(), `:address location="`+address+`"`)
			assert.NotContains(t, w.Body.String(), "api.trackunit.com")
		})
	}
	file, err := os.ReadFile("../wsdl/soap12.wsdl")
	require.NoError(t, err)
	got := get(s, http.MethodGet, "https://api.trackunit.com/public/soap12", "", "").Body.String()
	assert.Equal(t, string(file), got, "at home it is the document itself")
}

func get(h http.Handler, method, url, user, password string) *httptest.ResponseRecorder {
	return send(h, method, url, user, password, "", nil)
}

func send(h http.Handler, method, url, user, password, body string, header http.Header) *httptest.ResponseRecorder {
	req := httptest.NewRequest(method, url, strings.NewReader(body))
	for key, values := range header {
		req.Header[key] = values
	}
	if user != "" {
		req.SetBasicAuth(user, password)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}

// envelope wraps a payload, for SOAP 1.1.
func envelope(payload string) string {
	return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` + payload + `</s:Body></s:Envelope>`
}

const getZones = `<GetZone xmlns="http://schemas.servicestack.net/types"/>`

func TestLogin(t *testing.T) {
	const token = "feedfacefeedfacefeedfacefeedface"
	s := trackunittest.NewService(trackunittest.WithUnits(0), trackunittest.WithToken(token))
	assert.Equal(t, token, s.Token())
	for name, c := range map[string]struct {
		path, user, password string
		status               int
	}{
		"basic":           {"soap11", "API", token, 200},
		"in the URL":      {"soap11?token=" + token, "", "", 200},
		"both":            {"soap11?token=" + token, "API", "wrong", 401},
		"none":            {"soap11", "", "", 401},
		"wrong token":     {"soap11", "API", "wrong", 401},
		"wrong user":      {"soap11", "api", token, 401},
		"wrong in URL":    {"soap11?token=wrong", "", "", 401},
		"empty in URL":    {"soap11?token=", "", "", 401},
		"none, SOAP 1.2":  {"soap12", "", "", 401},
		"default's token": {"soap11", "API", trackunittest.DefaultToken, 401},
	} {
		t.Run(name, func(t *testing.T) {
			w := send(s, http.MethodPost, "/public/"+c.path, c.user, c.password, envelope(getZones), nil)
			assert.Equal(t, c.status, w.Code)
			if c.status == 401 {
				assert.Empty(t, w.Body.String())
				assert.Equal(t, `Basic realm="Trackunit API"`, w.Header().Get("WWW-Authenticate"))
			}
		})
	}
}

// What is no call gets an HTML page, and what is none of the service's paths a text.
func TestNoSOAP(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(0))
	for name, body := range map[string]string{
		"nothing":           "",
		"text":              "hello",
		"no operation":      envelope(`<NoSuchOperation xmlns="http://schemas.servicestack.net/types"/>`),
		"empty body":        envelope(""),
		"no namespace":      envelope("<GetZone/>"),
		"junk behind":       envelope(getZones) + "<x/>",
		"cut off":           envelope(getZones)[:120],
		"cut off value":     `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetZone xmlns="http://schemas.servicestack.net/types"><Id>1`,
		"another version":   strings.Replace(envelope(getZones), "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope", 1),
		"another envelope":  strings.Replace(envelope(getZones), "http://schemas.xmlsoap.org/soap/envelope/", "urn:x", 1),
		"document type":     "<!DOCTYPE x>" + envelope(getZones),
		"undeclared prefix": envelope("<q:GetZone/>"),
	} {
		t.Run(name, func(t *testing.T) {
			w := send(s, http.MethodPost, "/public/soap11", "API", s.Token(), body, nil)
			assert.Equal(t, 500, w.Code)
			assert.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
			assert.Contains(t, w.Body.String(), "<html>")
		})
	}
	for _, path := range []string{"/", "/publicity", "/public/soap13", "/private/soap11", "/public/soap11/x"} {
		assert.Equal(t, 404, get(s, http.MethodGet, path, "", "").Code, path)
	}
	w := send(s, http.MethodPut, "/public/soap11", "API", s.Token(), envelope(getZones), nil)
	assert.Equal(t, 200, w.Code, "any method but GET is a call")
}

// What can be read as a call, but not as its request, is answered with the response of the call.
func TestSerializationException(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(0))
	const types = `xmlns="http://schemas.servicestack.net/types"`
	for name, payload := range map[string]string{
		"number":    `<GetUnit ` + types + `><Radius>1,5</Radius></GetUnit>`,
		"empty":     `<GetUnit ` + types + `><Radius/></GetUnit>`,
		"namespace": `<GetUnit xmlns="http://example.com/"/>`,
		"nil":       `<GetUnit ` + types + `><Point><Latitude i:nil="true" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"/></Point></GetUnit>`,
	} {
		t.Run(name, func(t *testing.T) {
			w := send(s, http.MethodPost, "/public/soap11", "API", s.Token(), envelope(payload), nil)
			assert.Equal(t, 200, w.Code)
			assert.Equal(t, []string{"400"}, w.Header()["X-Status"])
			assert.Contains(t, w.Body.String(), "<GetUnitResponse")
			assert.Contains(t, w.Body.String(), "<ErrorCode>SerializationException</ErrorCode>")
		})
	}
}

// Members out of order are dropped without a word, and so is what the service does not know.
func TestOutOfOrder(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(2))
	w := send(s, http.MethodPost, "/public/soap11", "API", s.Token(), envelope(
		`<UpdateUnit xmlns="http://schemas.servicestack.net/types"><Bogus/><Id>46208</Id><Name>A</Name><Note>N</Note><Input1Name>late</Input1Name></UpdateUnit>`), nil)
	require.NotContains(t, w.Body.String(), "ErrorCode")
	u, _ := s.Fleet().Unit(someUnit)
	assert.Equal(t, some("A"), u.Name)
	assert.Equal(t, some("N"), u.Note)
	assert.Equal(t, some("Strømudtag"), u.Input1Name)
}

// A question is a request of one operation, without its envelope.
type question struct{ name, payload string }

// questions are requests of all that can be asked.
func questions() (list []question) {
	ask := func(name, members string) {
		list = append(list, question{name, fmt.Sprintf(`<%s xmlns="http://schemas.servicestack.net/types">%s</%[1]s>`, name, members)})
	}
	for _, noun := range []string{"Unit", "Category", "Client", "Contact", "Group", "Key", "Point", "Zone", "Alarm", "ActiveAlarm", "AlarmLog"} {
		ask("Get"+noun, "")
	}
	const span = "<From>2026-02-01T00:00:00Z</From>%s<To>2026-02-14T00:00:00Z</To>"
	for _, id := range []string{"46208", "46211", "46215", "46290"} {
		ask("GetReportUnitHistory", fmt.Sprintf(span, "")+"<UnitId>"+id+"</UnitId>")
		ask("GetReportUnitExtendedInfo", fmt.Sprintf(span, "<Id>"+id+"</Id>"))
		ask("GetReportUnitActiveFaults", fmt.Sprintf(span, "<Id>"+id+"</Id>"))
		ask("GetUnitExtendedInfo", "<Id>"+id+"</Id>")
		ask("GetReportTrip", "<DateFrom>2026-02-01T00:00:00Z</DateFrom><DateTo>2026-02-14T00:00:00Z</DateTo><UnitId>"+id+"</UnitId>")
	}
	ask("GetReportKeyHistory", fmt.Sprintf(span, "<KeyId>11457</KeyId>"))
	ask("GetReportUnitSummary", "<Date>2026-02-03</Date>")
	ask("GetUnit", "<Id>999</Id>")
	ask("UpdateUnit", "")
	return list
}

func answer(t *testing.T, s *trackunittest.Service, path string, q question) []byte {
	t.Helper()
	body := envelope(q.payload)
	if path == "/public/soap12" {
		body = strings.Replace(body, "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope", 1)
	}
	w := send(s, http.MethodPost, path, "API", s.Token(), body, nil)
	require.Equal(t, 200, w.Code, "%s: %s", q.name, w.Body)
	return w.Body.Bytes()
}

// Same seed, same bytes: whatever is asked in whatever order.
func TestSameSeedSameBytes(t *testing.T) {
	answers := func(seed uint64, path string, backwards bool) map[question]string {
		s := trackunittest.NewService(trackunittest.WithSeed(seed), trackunittest.WithUnits(40))
		list := questions()
		if backwards {
			slices.Reverse(list)
		}
		got := make(map[question]string)
		for _, q := range list {
			got[q] = string(answer(t, s, path, q))
		}
		return got
	}
	for _, path := range []string{"/public/soap11", "/public/soap12"} {
		assert.Equal(t, answers(1, path, false), answers(1, path, true))
	}
	first := questions()[0]
	assert.NotEqual(t, answers(1, "/public/soap11", false)[first], answers(2, "/public/soap11", false)[first])
}

// Every answer is what the WSDL says it is.
func TestAnswersAreValid(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(40))
	schema := xmltest.ReadSchema(t, "../wsdl/soap11.wsdl")
	var payloads [][]byte
	for _, q := range questions() {
		payloads = append(payloads, xmltest.Payload(t, answer(t, s, "/public/soap11", q)))
	}
	schema.Valid(t, payloads...)
}

func TestLog(t *testing.T) {
	var log strings.Builder
	s := trackunittest.NewService(trackunittest.WithUnits(1), trackunittest.WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
	p := portOf(t, s, trackunit.WithTokenInURL())
	call(t, p.GetUnit, generated.GetUnit{})
	_, err := p.GetZone(t.Context(), &generated.GetZone{ID: some(noID)})
	assert.Error(t, err)
	s.Inject(trackunittest.Fault{Reset: true})
	_, err = p.GetUnit(t.Context(), &generated.GetUnit{})
	assert.Error(t, err)
	get(s, http.MethodGet, "/public/soap12", "", "")
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	require.Len(t, lines, 4, log.String())
	assert.Regexp(t, `method=POST path=/public/soap11 op=GetUnit http=200 bytes=\d+ took=\S+$`, lines[0])
	assert.Regexp(t, `op=GetZone http=200 bytes=\d+ took=\S+ x-status=404 error=zoneNotFound$`, lines[1])
	assert.Regexp(t, `op=GetUnit http=0 bytes=0`, lines[2])
	assert.Regexp(t, `method=GET path=/public/soap12 op="" http=200`, lines[3])
	assert.NotContains(t, log.String(), s.Token())
}

func TestGzip(t *testing.T) {
	for name, opts := range map[string][]trackunittest.Option{"off": nil, "on": {trackunittest.WithGzip()}} {
		t.Run(name, func(t *testing.T) {
			s := trackunittest.NewService(append(opts, trackunittest.WithUnits(3))...)
			w := send(s, http.MethodPost, "/public/soap11", "API", s.Token(), envelope(getZones), http.Header{"Accept-Encoding": {"gzip"}})
			var body io.Reader = w.Body
			if opts != nil {
				assert.Equal(t, "gzip", w.Header().Get("Content-Encoding"))
				z, err := gzip.NewReader(w.Body)
				require.NoError(t, err)
				body = z
			}
			data, err := io.ReadAll(body)
			require.NoError(t, err)
			assert.True(t, bytes.HasSuffix(data, []byte("</s:Envelope>")))
			assert.Len(t, call(t, portOf(t, s).GetUnit, generated.GetUnit{}).List, 3)
		})
	}
}

// Everybody may call, look and change at once.
func TestConcurrent(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(50))
	p := portOf(t, s)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 5 {
				id := call(t, p.CreateGroup, generated.CreateGroup{Name: some("G"), Units: []string{someUnit}}).ID
				call(t, p.UpdateGroup, generated.UpdateGroup{ID: id, AddUnits: []string{otherUnit}})
				call(t, p.GetGroup, generated.GetGroup{UnitID: some(someUnit)})
				call(t, p.UpdateUnit, generated.UpdateUnit{ID: some(someUnit), Name: some(fmt.Sprint(i))})
				call(t, p.GetUnit, generated.GetUnit{GroupID: id})
				call(t, p.DeleteGroup, generated.DeleteGroup{ID: id})
				s.Fleet().SetUnit(generated.Unit{ID: some("7"), Name: some("own")})
				s.Fleet().Groups.All()
				s.Inject(trackunittest.Fault{Op: "GetPoint", EmptyBody: true})
				_, err := p.GetPoint(t.Context(), &generated.GetPoint{})
				assert.Error(t, err)
			}
		})
	}
	wg.Wait()
	assert.Len(t, s.Fleet().UnitIDs(), 51)
}

// A hundred thousand units cost nearly nothing until they are asked about.
func TestManyUnits(t *testing.T) {
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	s := trackunittest.NewService(trackunittest.WithUnits(100_000))
	after := heap()
	assert.Less(t, int64(after)-int64(before), int64(50<<20))
	p := portOf(t, s)
	ids := s.Fleet().UnitIDs()
	last := call(t, p.GetUnit, generated.GetUnit{ID: some(ids[len(ids)-1])}).List
	require.Len(t, last, 1)
	assert.Equal(t, last, call(t, p.GetUnit, generated.GetUnit{SerialNumber: last[0].SerialNumber}).List)
}

func BenchmarkManyUnits(b *testing.B) {
	for b.Loop() {
		trackunittest.NewFleet(1, 100_000)
	}
}

// All of the fleet streams through a client that keeps nothing.
func TestStream(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(200))
	n := 0
	for _, err := range portOf(t, s).GetUnitStream(t.Context(), &generated.GetUnit{}) {
		require.NoError(t, err)
		if n++; n == 100 {
			break
		}
	}
	assert.Equal(t, 100, n)
	var info soapclient.ResponseInfo
	_, err := portOf(t, s).GetUnit(t.Context(), &generated.GetUnit{}, soapclient.WithResponse(&info))
	require.NoError(t, err)
	assert.Equal(t, 200, info.Status)
	assert.Empty(t, info.Header.Get("X-Status"))
}
