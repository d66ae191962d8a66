package trackunit_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/internal/xmltest"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// An outcome is what a captured answer must come to.
type outcome string

const (
	value     outcome = "value"      // the Go value, with nothing lost
	status    outcome = "status"     // a StatusError
	httpError outcome = "http error" // an HTTPError
	fault     outcome = "fault"      // a FaultError
	cutOff    outcome = "cut off"    // an error that is io.ErrUnexpectedEOF
	empty     outcome = "empty"      // an UnexpectedElementError, as the body is empty
)

// A rule says what the exchanges whose names match come to. The first rule that matches counts.
type rule struct {
	match  string // pattern of package path, for Operation.version.case
	want   outcome
	code   string                 // of a StatusError
	status int                    // of a StatusError, HTTPError or FaultError
	kind   soapclient.ContentKind // of an HTTPError
	is     []error                // all sentinels that match
	why    string                 // where it does not speak for itself
}

// captured are the rules for the exchanges captured from a service on ServiceStack 5.0.2.
var captured = []rule{
	// What goes well, and what the service takes although the request has something odd.
	{match: "*.ok", want: value},
	{match: "*.ok-one-unit", want: value},
	{match: "*.all", want: value},
	{match: "*.by-client", want: value},
	{match: "*.point-radius", want: value},
	{match: "*.after-create", want: value},
	{match: "*.after-update", want: value},
	{match: "*.empty-list", want: value, why: "an empty list is not nil"},
	{match: "*.big-1000-rows", want: value},
	{match: "*.nulls", want: value},
	{match: "*.nan-inf", want: value},
	{match: "*.odd-values", want: value},
	{match: "*.nil-members", want: value},
	{match: "*.nil-1", want: value},
	{match: "*.empty-string-member", want: value},
	{match: "*.no-zone-dates", want: value, why: "rows have times without zone then"},
	{match: "*.date-only", want: value},
	{match: "*.offset-dates", want: value},
	{match: "*.server-tz-copenhagen", want: value},
	{match: "*.server-tz-copenhagen-offset-dates", want: value, why: "rows have the offset of the server then"},
	{match: "*.prefixed", want: value},
	{match: "*.bom", want: value},
	{match: "*.unknown-member", want: value},
	{match: "*.duplicate-member", want: value},
	{match: "*.out-of-order", want: value},
	{match: "*.array-items-in-wrong-namespace", want: value, why: "the service drops the items and says that all is well"},
	{match: "*.after-wrong-namespace-items", want: value},
	{match: "*.unknown-header-mustunderstand", want: value},
	{match: "*.upper-case-path", want: value},
	{match: "*.other-content-type", want: value},
	{match: "*.*-soapaction", want: value},
	{match: "*.wsa2004-action", want: value, why: "the answer has an Action header that must be understood, which is no reason to fail"},
	{match: "*.action-*", want: value, why: "HttpListener does not look at the action"},
	{match: "*.auth-token-in-query", want: value},

	// What the service refuses.
	{match: "*.unitNotFound", want: status, code: "unitNotFound", status: 404, is: notFound(trackunit.ErrUnitNotFound)},
	{match: "*.clientNotFound", want: status, code: "clientNotFound", status: 404, is: notFound(trackunit.ErrClientNotFound)},
	{match: "*.categoryNotFound", want: status, code: "categoryNotFound", status: 404, is: notFound(trackunit.ErrCategoryNotFound)},
	{match: "*.groupNotFound", want: status, code: "groupNotFound", status: 404, is: notFound(trackunit.ErrGroupNotFound)},
	{match: "*.zoneNotFound", want: status, code: "zoneNotFound", status: 404, is: notFound(trackunit.ErrZoneNotFound)},
	{match: "*.pointNotFound", want: status, code: "pointNotFound", status: 404, is: notFound(trackunit.ErrPointNotFound)},
	{match: "*.alarmNotFound", want: status, code: "alarmNotFound", status: 404, is: notFound(trackunit.ErrAlarmNotFound)},
	{match: "*.contactNotFound", want: status, code: "contactNotFound", status: 404, is: notFound(trackunit.ErrContactNotFound)},
	{match: "*.keyNotFound", want: status, code: "keyNotFound", status: 404, is: notFound(trackunit.ErrKeyNotFound)},
	{match: "CreateContact.*.failure", want: status, code: "clientNotFound", status: 404, is: notFound(trackunit.ErrClientNotFound)},
	{match: "CreateGroup.*.failure", want: status, code: "unitNotFound", status: 404, is: notFound(trackunit.ErrUnitNotFound)},
	{match: "*.failure", want: status, code: "invalidParameter", status: 400, is: []error{trackunit.ErrInvalidParameter}},
	{match: "*.missing-name", want: status, code: "invalidParameter", status: 400, is: []error{trackunit.ErrInvalidParameter}},
	{match: "*.invalidParameter-*", want: status, code: "invalidParameter", status: 400, is: []error{trackunit.ErrInvalidParameter}},
	{match: "*.to-before-from", want: status, code: "invalidParameter", status: 400, is: []error{trackunit.ErrInvalidParameter}},
	{match: "*.missing-*", want: status, code: "ArgumentNullException", status: 400, why: "the name of an exception class is a code too"},
	{match: "*.out-of-order-id-dropped", want: status, code: "ArgumentNullException", status: 400, why: "the service overlooks the id"},
	{match: "*.ArgumentException", want: status, code: "ArgumentException", status: 400},
	{match: "*.unhandled-exception", want: status, code: "Exception", status: 500},
	{match: "*.unhandled-exception-with-inner", want: status, code: "FormatException", status: 400},
	{match: "*.auth-none-thrown-in-service-401", want: status, code: "Unauthorized", status: 401, is: []error{trackunit.ErrUnauthorized}},

	// What does not get as far as the service.
	{match: "*.auth-*-closed-401", want: httpError, status: 401, is: []error{trackunit.ErrUnauthorized}},
	{match: "*.auth-none-thrown-in-filter-401", want: httpError, status: 500, why: "this version loses the 401"},
	{match: "*.bad-*", want: httpError, status: 500, why: "this version cannot say that a value is bad"},
	{match: "*.dtd", want: httpError, status: 500},
	{match: "*.empty-body", want: httpError, status: 500},
	{match: "*.empty-double", want: httpError, status: 500},
	{match: "*.empty-payload", want: httpError, status: 500},
	{match: "*.malformed", want: httpError, status: 500},
	{match: "*.nil-on-value-type", want: httpError, status: 500},
	{match: "*.no-namespace", want: httpError, status: 500},
	{match: "*.not-xml", want: httpError, status: 500},
	{match: "*.unknown-operation", want: httpError, status: 500},
	{match: "*.wrong-namespace", want: httpError, status: 500},
	{match: "*.wrong-version-envelope", want: httpError, status: 500},
	{match: "_wsdl.*.get-without-login", want: httpError, status: 200, kind: soapclient.XMLContent, why: "a WSDL answers no call"},

	// What breaks under HTTP 200.
	{match: "*.control-char", want: cutOff, why: "XML cannot hold the text, and the answer ends there"},
	{match: "*.lone-surrogate", want: cutOff},
	{match: "*.null-result", want: empty},
}

// selected are the rules for the hand-written exchanges in testdata.
var selected = []rule{
	{match: "*.ok", want: value},
	{match: "*.empty-list", want: value},
	{match: "*.nil-forms", want: value},
	{match: "*.odd-values", want: value},
	{match: "*.unitNotFound", want: status, code: "unitNotFound", status: 404, is: notFound(trackunit.ErrUnitNotFound)},
	{match: "*.invalidParameter", want: status, code: "invalidParameter (Polygon)", status: 400, is: []error{trackunit.ErrInvalidParameter}},
	{match: "*.error-response", want: status, code: "NullReferenceException", status: 500},
	{match: "*.unauthorized-empty", want: httpError, status: 401, is: []error{trackunit.ErrUnauthorized}},
	{match: "*.too-many-requests", want: httpError, status: 429, is: []error{trackunit.ErrRateLimited}},
	{match: "*.login-redirect", want: httpError, status: 302, kind: soapclient.LoginRedirect, is: []error{trackunit.ErrUnauthorized}},
	{match: "*.html-500", want: httpError, status: 500, kind: soapclient.HTMLContent},
	{match: "*.11.fault", want: fault, status: 500},
	{match: "*.12.fault", want: fault, status: 400},
	{match: "*.cut-off-document", want: cutOff},
	{match: "*.cut-off-transfer", want: cutOff},
}

func notFound(err error) []error { return []error{err, trackunit.ErrNotFound} }

// sentinels are all errors that errors.Is can be asked for.
var sentinels = []error{
	trackunit.ErrNotFound, trackunit.ErrUnitNotFound, trackunit.ErrClientNotFound, trackunit.ErrCategoryNotFound,
	trackunit.ErrGroupNotFound, trackunit.ErrZoneNotFound, trackunit.ErrPointNotFound, trackunit.ErrAlarmNotFound,
	trackunit.ErrContactNotFound, trackunit.ErrKeyNotFound, trackunit.ErrInvalidParameter, trackunit.ErrUnauthorized,
	trackunit.ErrForbidden, trackunit.ErrRateLimited, trackunit.ErrNoID,
}

func TestSelectedExchanges(t *testing.T) {
	testExchanges(t, "testdata/exchanges/*.txt", selected)
}

// TestCapturedExchanges replays what a service on a real ServiceStack sent.
func TestCapturedExchanges(t *testing.T) {
	folder := testenv.Folder(t, testenv.SOAPExchanges)
	testExchanges(t, filepath.Join(folder, "soap", "*.txt"), captured)
}

func testExchanges(t *testing.T, pattern string, rules []rule) {
	used := make([]bool, len(rules))
	counts := make(map[outcome]int)
	var requests [][]byte
	for _, x := range xmltest.ReadExchanges(t, pattern) {
		t.Run(x.Name, func(t *testing.T) {
			i := matching(rules, x.Name)
			require.GreaterOrEqual(t, i, 0, "no rule says what this exchange comes to")
			used[i] = true
			counts[rules[i].want]++
			r := replay{Exchange: x, rule: rules[i]}
			r.run(t)
			if strings.HasSuffix(x.Name, ".ok") {
				requests = append(requests, r.compareRequest(t)...)
			}
		})
	}
	for i, r := range rules {
		assert.True(t, used[i], "no exchange matches %s", r.match)
	}
	t.Logf("%v, %d requests compared", counts, len(requests))
	t.Run("requests are valid", func(t *testing.T) {
		xmltest.ReadSchema(t, "wsdl/soap11.wsdl").Valid(t, requests...)
	})
}

func matching(rules []rule, name string) int {
	for i, r := range rules {
		if ok, err := path.Match(r.match, name); ok && err == nil {
			return i
		}
	}
	return -1
}

// A replay is one exchange played to the client.
type replay struct {
	*xmltest.Exchange
	rule
}

// operation returns the name of the operation, or that of another where the captured one does not exist.
func (r replay) operation() string {
	op, _, _ := strings.Cut(r.Name, ".")
	if op == "NoSuchOperation" || op == "_wsdl" || op == "unknown-path" {
		return "GetUnit"
	}
	return op
}

// client returns a client that gets the captured response, as often as it asks.
func (r replay) client(t *testing.T) (*trackunit.Client, *xmltest.Replay) {
	transport := xmltest.NewReplay(r.Response)
	opts := []trackunit.Option{
		trackunit.WithEndpoint("http://classic.example/public"),
		trackunit.WithHTTPClient(&http.Client{Transport: transport}),
	}
	if strings.Contains(r.Name, ".12.") {
		opts = append(opts, trackunit.WithSOAP12())
	}
	if r.tokenInURL() {
		opts = append(opts, trackunit.WithTokenInURL())
	}
	client, err := newAtOnce(r.token(), opts...)
	require.NoError(t, err)
	return client, transport
}

func (r replay) run(t *testing.T) {
	client, transport := r.client(t)
	port := reflect.ValueOf(client.Port())
	req := newRequest(port, r.operation())

	resp, err := call(port, r.operation(), req)
	r.check(t, resp, err)
	if stream := port.MethodByName(r.operation() + "Stream"); stream.IsValid() {
		rows, err := collect(stream, req)
		if err == nil {
			resp = withRows(resp, rows)
		}
		r.check(t, resp, err)
	}
	for _, sent := range transport.Requests() {
		r.checkLogin(t, sent)
	}
}

// checkLogin compares how we log in with how it was captured.
func (r replay) checkLogin(t *testing.T, sent xmltest.Request) {
	t.Helper()
	switch captured := r.Header.Get("Authorization"); {
	case captured != "":
		assert.Equal(t, captured, sent.Header.Get("Authorization"))
	case r.tokenInURL():
		assert.Equal(t, "http://classic.example"+r.Target, sent.URL)
		assert.Empty(t, sent.Header.Get("Authorization"))
	}
}

func (r replay) tokenInURL() bool { return strings.Contains(r.Target, "?token=") }

// token returns the token of the captured request.
func (r replay) token() string {
	request := http.Request{Header: r.Header}
	if _, password, ok := request.BasicAuth(); ok {
		return password
	}
	return "0123456789abcdef0123456789abcdef"
}

// check compares what the client made of the answer with what it must be.
func (r replay) check(t *testing.T, resp reflect.Value, err error) {
	t.Helper()
	if r.want == value {
		require.NoError(t, err)
		body, readErr := r.ResponseBody()
		require.NoError(t, readErr)
		sameLeaves(t, payload(t, body), resp.Elem())
		return
	}
	require.Error(t, err)
	assert.NotContains(t, err.Error(), r.token())
	var opErr *soapclient.OpError
	require.ErrorAs(t, err, &opErr)
	assert.Equal(t, r.operation(), opErr.Op)
	for _, sentinel := range sentinels {
		assert.Equal(t, slices.Contains(r.is, sentinel), errors.Is(err, sentinel), "errors.Is(%v, %v)", err, sentinel)
	}
	switch r.want {
	case status:
		r.checkStatus(t, err)
	case httpError:
		var httpErr *soapclient.HTTPError
		require.ErrorAs(t, err, &httpErr)
		assert.Equal(t, r.rule.status, httpErr.Status)
		assert.Equal(t, r.kind, httpErr.Kind)
	case fault:
		var faultErr *soapclient.FaultError
		require.ErrorAs(t, err, &faultErr)
		assert.Equal(t, r.rule.status, faultErr.Status)
	case cutOff:
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	case empty:
		var unexpected *soapclient.UnexpectedElementError
		require.ErrorAs(t, err, &unexpected)
		assert.Empty(t, unexpected.Got)
	}
}

// checkStatus compares the StatusError with the ResponseStatus that was captured.
func (r replay) checkStatus(t *testing.T, err error) {
	t.Helper()
	var e *trackunit.StatusError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, r.code, e.Code)
	assert.Equal(t, r.rule.status, e.HTTPStatus)

	body, readErr := r.ResponseBody()
	require.NoError(t, readErr)
	want := payload(t, body).SelectElement("ResponseStatus")
	require.NotNil(t, want)
	assert.Equal(t, textOf(want.SelectElement("Message")), e.Message)
	assert.Equal(t, textOf(want.SelectElement("StackTrace")), e.StackTrace)
	fields := want.FindElements("Errors/ResponseError")
	require.Len(t, e.FieldErrors, len(fields))
	for i, f := range fields {
		assert.Equal(t, trackunit.FieldError{
			Code:    textOf(f.SelectElement("ErrorCode")),
			Field:   textOf(f.SelectElement("FieldName")),
			Message: textOf(f.SelectElement("Message")),
			Meta:    metaOf(f),
		}, e.FieldErrors[i])
	}
}

func metaOf(e *etree.Element) map[string]string {
	var meta map[string]string
	for _, pair := range e.FindElements("Meta/KeyValueOfstringstring") {
		if meta == nil {
			meta = make(map[string]string)
		}
		meta[textOf(pair.SelectElement("Key"))] = textOf(pair.SelectElement("Value"))
	}
	return meta
}

// compareRequest makes the captured call by the port and by the method of the noun, and requires that both send what was
// captured. It returns what was sent.
func (r replay) compareRequest(t *testing.T) [][]byte {
	client, transport := r.client(t)
	port := reflect.ValueOf(client.Port())
	captured := xmltest.Payload(t, r.Body)
	req := newRequest(port, r.operation())
	require.NoError(t, xmlwire.Unmarshal(captured, req.Interface().(xmlwire.Message), xmlwire.ReadOptions{}))

	_, err := call(port, r.operation(), req)
	require.NoError(t, err)
	require.NoError(t, nounCalls[r.operation()](context.Background(), client, req.Interface()).err)

	var sent [][]byte
	for _, request := range transport.Requests() {
		sent = append(sent, xmltest.Payload(t, request.Body))
		xmltest.Equal(t, asSent(captured), sent[len(sent)-1])
	}
	require.Len(t, sent, 2)
	return sent
}

// asSent returns a captured request as we write it. The Python that made the requests wrote some values in other words.
func asSent(request []byte) string {
	return strings.NewReplacer(
		">2013-08-20<", ">2013-08-20T00:00:00<", // a day is a dateTime to us, at midnight
		">1e-05<", ">0.00001<",
		">1000000000000000.0<", ">1E+15<",
		">-0.0<", ">-0<",
	).Replace(string(request))
}

// newRequest returns a pointer to a zero request of an operation.
func newRequest(port reflect.Value, op string) reflect.Value {
	method := port.MethodByName(op)
	if !method.IsValid() {
		panic("no operation " + op)
	}
	return reflect.New(method.Type().In(1).Elem())
}

// call calls an operation of the port by its name.
func call(port reflect.Value, op string, req reflect.Value) (reflect.Value, error) {
	out := port.MethodByName(op).Call([]reflect.Value{reflect.ValueOf(context.Background()), req})
	err, _ := out[1].Interface().(error)
	return out[0], err
}

// collect ranges over the stream that a method of the port returns.
func collect(stream, req reflect.Value) (rows []reflect.Value, err error) {
	seq := stream.Call([]reflect.Value{reflect.ValueOf(context.Background()), req})[0]
	for row, e := range seq.Seq2() {
		if err, _ := e.Interface().(error); err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// withRows returns a copy of a response whose list is made of rows.
func withRows(resp reflect.Value, rows []reflect.Value) reflect.Value {
	clone := reflect.New(resp.Type().Elem())
	clone.Elem().Set(resp.Elem())
	for i := range clone.Elem().NumField() {
		if list := clone.Elem().Field(i); list.Kind() == reflect.Slice && !list.IsNil() {
			list.Set(reflect.Append(reflect.MakeSlice(list.Type(), 0, len(rows)), rows...))
		}
	}
	return clone
}

// payload returns the element in the body of an envelope.
func payload(t *testing.T, envelope []byte) *etree.Element {
	t.Helper()
	d := etree.NewDocument()
	require.NoError(t, d.ReadFromBytes(envelope))
	e := d.FindElement("/Envelope/Body/*")
	require.NotNil(t, e, "no payload in %s", envelope)
	return e
}
