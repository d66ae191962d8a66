package trackunit_test

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/internal/xmltest"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// capturedREST are the rules for what a service on ServiceStack 5.0.2 answered over REST.
var capturedREST = []rule{
	{match: "*.invalidParameter.*", want: status, code: "invalidParameter", status: 400, is: []error{trackunit.ErrInvalidParameter}},
	{match: "CreateZone.truncated-json", want: status, code: "invalidParameter", status: 400, is: []error{trackunit.ErrInvalidParameter}, why: "what was cut off is missing"},
	{match: "CreateZone.xml-out-of-order", want: status, code: "invalidParameter", status: 400, is: []error{trackunit.ErrInvalidParameter}, why: "the name is overlooked"},
	{match: "*.zoneNotFound.*", want: status, code: "zoneNotFound", status: 404, is: notFound(trackunit.ErrZoneNotFound)},
	{match: "*.unitNotFound.*", want: status, code: "unitNotFound", status: 404, is: notFound(trackunit.ErrUnitNotFound)},
	{match: "*.ArgumentException.json", want: status, code: "ArgumentException", status: 400},
	{match: "*.bad-number.json", want: status, code: "SerializationException", status: 400},
	{match: "*.unhandled-exception.json", want: status, code: "Exception", status: 500},
	{match: "*.unhandled-exception-with-inner.json", want: status, code: "FormatException", status: 400},
	{match: "*.auth-none-thrown-*", want: status, code: "Unauthorized", status: 401, is: []error{trackunit.ErrUnauthorized}},
	{match: "unknown-operation.json-reply", want: status, code: "NotImplementedException", status: 405},
	{match: "*.auth-none-closed-401", want: httpError, status: 401, is: []error{trackunit.ErrUnauthorized}},
	{match: "unknown-path", want: httpError, status: 404, kind: soapclient.TextContent},
	{match: "GetUnit.jsonp", want: httpError, status: 200, kind: soapclient.TextContent, why: "a script is no JSON"},
	{match: "*", want: value},
}

// TestCapturedREST replays what the service sent over REST, whole and as a stream, and compares where the client sends the
// same call with where it was sent.
func TestCapturedREST(t *testing.T) {
	folder := testenv.Folder(t, testenv.SOAPExchanges)
	exchanges := xmltest.ReadExchanges(t, filepath.Join(folder, "rest", "*.txt"))
	require.Len(t, exchanges, 53)
	used := make(map[string]int)
	for _, x := range exchanges {
		t.Run(x.Name, func(t *testing.T) {
			r := restReplay{replay{Exchange: x, rule: capturedREST[matching(capturedREST, x.Name)]}}
			used[r.match]++
			r.run(t)
		})
	}
	for _, r := range capturedREST {
		assert.NotZero(t, used[r.match], "no exchange matches %s", r.match)
	}
}

type restReplay struct{ replay }

func (r restReplay) transport(t *testing.T) trackunit.Transport {
	resp, err := r.HTTPResponse(nil)
	require.NoError(t, err)
	if resp.Header.Get("Content-Type") == "application/xml" {
		return trackunit.XML
	}
	return trackunit.JSON
}

func (r restReplay) operation() string {
	op, _, ok := strings.Cut(r.Name, ".")
	if !ok || op == "unknown-operation" {
		return "GetUnit"
	}
	return op
}

func (r restReplay) run(t *testing.T) {
	answers := xmltest.NewReplay(r.Response)
	client, err := newAtOnce(r.token(), trackunit.WithTransport(r.transport(t)),
		trackunit.WithEndpoint("http://classic.example/public"), trackunit.WithHTTPClient(&http.Client{Transport: answers}))
	require.NoError(t, err)
	port := reflect.ValueOf(client.Port())
	req := newRequest(port, r.operation())
	r.fill(t, req)

	resp, err := call(port, r.operation(), req)
	r.check(t, resp, err)
	if stream := port.MethodByName(r.operation() + "Stream"); stream.IsValid() {
		rows, err := collect(stream, req)
		if err == nil {
			resp = withRows(resp, rows)
		}
		r.check(t, resp, err)
	}
	r.checkRequest(t, answers.Requests()[0])
}

// fill sets the request to what was captured, as far as path and query say it.
func (r restReplay) fill(t *testing.T, req reflect.Value) {
	target, err := url.Parse(r.Target)
	require.NoError(t, err)
	id := regexp.MustCompile(`(?i)^/public/(?:unit|zone)/([a-z0-9]+)`).FindStringSubmatch(target.Path)
	for _, e := range xmlwire.Elements(req.Interface().(xmlwire.Message)) {
		var text string
		for key := range target.Query() {
			if strings.EqualFold(key, e.Name()) {
				text = target.Query().Get(key)
			}
		}
		if e.Name() == "Id" && id != nil {
			text = id[1]
		}
		if text == "" || e.Type().Kind() == reflect.Struct && e.Member().Kind != xmlwire.DateTime {
			continue
		}
		switch v := e.Set(req.Interface().(xmlwire.Message)); {
		case e.Member().Kind == xmlwire.DateTime:
			at, ok := xmlwire.ParseDateTime(text)
			require.True(t, ok)
			v.Set(reflect.ValueOf(at))
		case v.Kind() == reflect.String:
			v.SetString(text)
		}
	}
}

// checkRequest compares where the client goes with where the captured request went, if that is a way which the client takes.
func (r restReplay) checkRequest(t *testing.T, sent xmltest.Request) {
	if _, kind, _ := strings.Cut(r.Name, "."); kind != "route-json" && kind != "route-json.46208" && kind != "route-xml.46208" &&
		kind != "unitNotFound.json" && kind != "unitNotFound.xml" && kind != "zoneNotFound.json" {
		return
	}
	at, err := url.Parse(sent.URL)
	require.NoError(t, err)
	captured, err := url.Parse(r.Target)
	require.NoError(t, err)
	assert.Equal(t, r.Method, sent.Method)
	assert.Equal(t, strings.ToLower(captured.Path), strings.ToLower(at.Path), "case does not matter to the service")
	assert.Equal(t, r.Header.Get("Accept"), sent.Header.Get("Accept"))
	assert.Equal(t, r.Header.Get("Authorization"), sent.Header.Get("Authorization"))
	assert.Equal(t, r.Header.Get("Content-Type"), sent.Header.Get("Content-Type"))
}

func (r restReplay) check(t *testing.T, resp reflect.Value, err error) {
	t.Helper()
	if r.want == httpError {
		r.replay.check(t, resp, err)
		return
	}
	answer, readErr := r.HTTPResponse(nil)
	require.NoError(t, readErr)
	body, readErr := io.ReadAll(answer.Body)
	require.NoError(t, readErr)
	if r.want == status {
		var e *trackunit.StatusError
		require.ErrorAs(t, err, &e)
		assert.Equal(t, r.code, e.Code)
		assert.Equal(t, r.rule.status, e.HTTPStatus)
		for _, sentinel := range sentinels {
			assert.Equal(t, slices.Contains(r.is, sentinel), errors.Is(err, sentinel), "errors.Is(%v, %v)", err, sentinel)
		}
		return
	}
	require.NoError(t, err)
	if r.transport(t) == trackunit.XML {
		d := etree.NewDocument()
		require.NoError(t, d.ReadFromBytes(body))
		sameLeaves(t, d.Root(), resp.Elem())
		return
	}
	text := regexp.MustCompile(`:(NaN|-?Infinity)`).ReplaceAllString(string(body), `:"$1"`)
	var tree any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	require.NoError(t, d.Decode(&tree))
	sameJSON(t, "", tree, resp.Elem())
}

// sameJSON compares what encoding/json has read with the Go value that was decoded from the same text: all that is in one
// must be in the other.
func sameJSON(t *testing.T, at string, tree any, v reflect.Value) {
	t.Helper()
	if opt, ok := v.Interface().(optional); ok {
		if tree == nil {
			assert.False(t, opt.IsSet(), at)
			return
		}
		require.True(t, opt.IsSet(), at)
		sameJSON(t, at, tree, reflect.ValueOf(v.Interface()).MethodByName("Value").Call(nil)[0])
		return
	}
	switch want := tree.(type) {
	case nil:
		assert.True(t, v.IsZero(), at)
	case map[string]any:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			sameJSON(t, at+"."+name, memberOf(want, name), v.Field(i))
		}
		assert.Empty(t, want, "%s: more members than the type has", at)
	case []any:
		require.NotNil(t, v.Interface(), at)
		require.Equal(t, len(want), v.Len(), at)
		for i := range want {
			sameJSON(t, at+"[]", want[i], v.Index(i))
		}
	case bool:
		assert.Equal(t, want, v.Bool(), at)
	case json.Number:
		if v.CanInt() {
			n, err := want.Int64()
			assert.NoError(t, err)
			assert.Equal(t, n, v.Int(), at)
			return
		}
		x, err := want.Float64()
		assert.NoError(t, err)
		assert.Equal(t, x, v.Float(), at)
	case string:
		sameText(t, at, want, v)
	}
}

func sameText(t *testing.T, at, want string, v reflect.Value) {
	t.Helper()
	switch got := v.Interface().(type) {
	case time.Time:
		parsed, err := time.Parse(time.RFC3339Nano, want)
		require.NoError(t, err, at)
		assert.True(t, parsed.Equal(got), "%s is %v, want %v", at, got, want)
	case float64:
		switch want {
		case "NaN":
			assert.True(t, math.IsNaN(got), at)
		case "Infinity":
			assert.True(t, math.IsInf(got, 1), at)
		case "-Infinity":
			assert.True(t, math.IsInf(got, -1), at)
		default:
			t.Errorf("%s: the text %q for a number", at, want)
		}
	default:
		assert.Equal(t, want, v.String(), at)
	}
}

// memberOf takes the member of a field out of an object.
func memberOf(object map[string]any, field string) any {
	for key, v := range object {
		if strings.EqualFold(key, field) {
			delete(object, key)
			return v
		}
	}
	return nil
}
