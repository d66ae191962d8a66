package trackunit_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/xmltest"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
)

// Each file of testdata/payloads holds cases of one operation. Of a case, a success or a failure, these are written by
// hand:
//
//	case/request.json    the Go value of the request
//	case/response.json   the Go value of the response
//
// and these are made by -update, and checked without it:
//
//	case/request.xml     the request in the body of the envelope
//	case/response.xml    the response there
//	case/soap11          the HTTP exchange around them in SOAP 1.1
//	case/soap12          the same in SOAP 1.2
//	case/error           what a trackunit.Client makes of a failure
//
// XML is indented to be read: see goldenIndent. Without the indentation it is what goes over the wire, byte by byte.

const goldenFolder = "testdata/payloads"

var updateGolden = flag.Bool("update", false, "write what goes over the wire into testdata/payloads")

// A goldenCase is one case of a file: its sections by the last part of their names.
type goldenCase struct {
	op, name string
	section  map[string]string
}

// The sections of a case in the order in which they are written.
var goldenSections = []string{"request.json", "request.xml", "response.json", "response.xml", "soap11", "soap12", "error"}

var goldenVersions = []struct {
	section string
	binding soapclient.Binding
}{
	{"soap11", generated.BasicHttpBindingISyncReply},
	{"soap12", generated.WSHttpBindingISyncReply},
}

// TestPayloads holds the XML of every operation to what is written down.
func TestPayloads(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(goldenFolder, "*"))
	require.NoError(t, err)
	var payloads [][]byte
	var operations []string
	for _, file := range files {
		op, ok := strings.CutSuffix(filepath.Base(file), ".txtar")
		require.True(t, ok, "%s is no case", file)
		operations = append(operations, op)
		t.Run(op, func(t *testing.T) {
			payloads = append(payloads, goldenFile(t, file, op)...)
		})
	}
	assert.Equal(t, goldenOperations(), operations, "one file an operation, and none beside")
	for _, wsdl := range []string{"wsdl/soap11.wsdl", "wsdl/soap12.wsdl"} {
		t.Run("valid by "+wsdl, func(t *testing.T) { xmltest.ReadSchema(t, wsdl).Valid(t, payloads...) })
	}
}

func goldenOperations() []string {
	var names []string
	port := reflect.TypeFor[generated.ISyncReplyServer]()
	for i := range port.NumMethod() {
		names = append(names, port.Method(i).Name)
	}
	return names
}

// goldenFile tests the cases of a file and returns their payloads.
func goldenFile(t *testing.T, file, op string) (payloads [][]byte) {
	archive, err := txtar.ParseFile(file)
	require.NoError(t, err)
	cases := readGolden(t, archive, op)
	if *updateGolden {
		for _, c := range cases {
			c.update(t)
		}
		writeGolden(t, file, archive.Comment, cases)
	}
	successes, failures := 0, 0
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.test(t) })
		payloads = append(payloads, goldenWire(c.section["request.xml"]), goldenWire(c.section["response.xml"]))
		if c.status(c.message(t, "response.json")) == 0 {
			successes++
		} else {
			failures++
		}
	}
	assert.NotZero(t, successes, "no case is a success")
	assert.NotZero(t, failures, "no case is a failure")
	return payloads
}

// readGolden reads the cases of an archive. What is written by hand must be there, also for -update, and nothing may be
// there that is not known.
func readGolden(t *testing.T, archive *txtar.Archive, op string) []*goldenCase {
	var cases []*goldenCase
	for _, f := range archive.Files {
		name, section, ok := strings.Cut(f.Name, "/")
		require.True(t, ok && slices.Contains(goldenSections, section), "the section %s is not known", f.Name)
		i := slices.IndexFunc(cases, func(c *goldenCase) bool { return c.name == name })
		if i < 0 {
			i = len(cases)
			cases = append(cases, &goldenCase{op: op, name: name, section: make(map[string]string)})
		}
		require.NotContains(t, cases[i].section, section, "case %s", name)
		cases[i].section[section] = string(f.Data)
	}
	for _, c := range cases {
		require.Contains(t, c.section, "request.json", "case %s", c.name)
		require.Contains(t, c.section, "response.json", "case %s", c.name)
	}
	return cases
}

func writeGolden(t *testing.T, file string, comment []byte, cases []*goldenCase) {
	archive := &txtar.Archive{Comment: comment}
	for _, c := range cases {
		for _, section := range goldenSections {
			if text, ok := c.section[section]; ok {
				archive.Files = append(archive.Files, txtar.File{Name: c.name + "/" + section, Data: []byte(text)})
			}
		}
	}
	require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o644))
}

// message returns the value of request.json or response.json.
func (c *goldenCase) message(t *testing.T, section string) xmlwire.Message {
	t.Helper()
	method, ok := reflect.TypeFor[generated.ISyncReplyServer]().MethodByName(c.op)
	require.True(t, ok, "there is no operation %s", c.op)
	typ := method.Type.In(1)
	if section == "response.json" {
		typ = method.Type.Out(0)
	}
	m := reflect.New(typ.Elem()).Interface().(xmlwire.Message)
	require.NoError(t, readGoldenValue(c.section[section], m), "case %s: %s", c.name, section)
	return m
}

// status returns the X-Status of a response, or 0 for a success. What the service says with which code is known of
// unitNotFound and its like only.
func (c *goldenCase) status(resp xmlwire.Message) int {
	status := reflect.ValueOf(resp).Elem().FieldByName("ResponseStatus").Interface().(trackunit.Opt[generated.ResponseStatus])
	switch code := status.Value().ErrorCode.Value(); {
	case !status.IsSet():
		return 0
	case strings.HasSuffix(code, "NotFound"):
		return http.StatusNotFound
	case code == "Unauthorized":
		return http.StatusUnauthorized
	}
	return http.StatusBadRequest
}

// update makes the sections that are made.
func (c *goldenCase) update(t *testing.T) {
	maps.DeleteFunc(c.section, func(name, _ string) bool { return !strings.HasSuffix(name, ".json") })
	resp := c.message(t, "response.json")
	for _, version := range goldenVersions {
		x := new(goldenExchange)
		service := &goldenService{resp: resp, status: c.status(resp)}
		x.serve = service.handler()
		_, err := goldenCall(t, c.op, version.binding, x, c.message(t, "request.json"))
		require.NoError(t, err)
		for name, wire := range map[string][]byte{"request.xml": x.request.body, "response.xml": x.response.body} {
			payload := goldenIndent(goldenPayload(t, wire))
			if other, ok := c.section[name]; ok {
				require.Equal(t, other, payload, "the versions of SOAP carry the same")
			}
			c.section[name] = payload
		}
		c.section[version.section] = x.text(t)
	}
	if _, err := c.sdk(t, c.exchange(t, "soap11")); err != nil {
		c.section["error"] = goldenError(err)
	}
}

// test checks the client and the server, each against the file.
func (c *goldenCase) test(t *testing.T) {
	for _, version := range goldenVersions {
		t.Run(version.section, func(t *testing.T) {
			c.testClient(t, version.section, version.binding)
			c.testServer(t, version.section)
			c.testSDK(t, version.section)
		})
	}
}

// testClient has the client make the call, and plays the response to it.
func (c *goldenCase) testClient(t *testing.T, version string, binding soapclient.Binding) {
	x := c.exchange(t, version)
	req := c.message(t, "request.json")
	resp, err := goldenCall(t, c.op, binding, x, req)
	require.NoError(t, err)
	assert.Equal(t, goldenValue(c.message(t, "response.json"), true), goldenValue(resp, true), "what the client read")
	c.compare(t, version, x)
}

// testServer plays the request to the server.
func (c *goldenCase) testServer(t *testing.T, version string) {
	x := c.exchange(t, version)
	resp := c.message(t, "response.json")
	service := &goldenService{resp: resp, status: c.status(resp)}
	x.response = x.ask(service.handler(), x.request)
	assert.Equal(t, goldenValue(c.message(t, "request.json"), false), goldenValue(service.req, false), "what the server read")
	c.compare(t, version, x)
}

// testSDK has a trackunit.Client make the call.
func (c *goldenCase) testSDK(t *testing.T, version string) {
	x := c.exchange(t, version)
	resp, err := c.sdk(t, x)
	c.compare(t, version, x)
	if want, ok := c.section["error"]; ok {
		require.Error(t, err)
		assert.Equal(t, want, goldenError(err))
		return
	}
	require.NoError(t, err)
	assert.Equal(t, goldenValue(c.message(t, "response.json"), true), goldenValue(resp, true))
}

func (c *goldenCase) sdk(t *testing.T, x *goldenExchange) (xmlwire.Message, error) {
	opts := []trackunit.Option{trackunit.WithHTTPClient(&http.Client{Transport: x})}
	if strings.HasSuffix(x.request.target, "soap12") {
		opts = append(opts, trackunit.WithSOAP12())
	}
	client, err := newAtOnce("0123456789abcdef0123456789abcdef", opts...)
	require.NoError(t, err)
	return goldenInvoke(client.Port(), c.op, c.message(t, "request.json"))
}

// goldenError returns what a StatusError says.
func goldenError(err error) string {
	var op *soapclient.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	return err.Error() + "\n"
}

// compare compares what went over the wire with the file: what it says, and then how that is written.
func (c *goldenCase) compare(t *testing.T, version string, x *goldenExchange) {
	t.Helper()
	for name, wire := range map[string][]byte{"request.xml": x.request.body, "response.xml": x.response.body} {
		payload := goldenPayload(t, wire)
		if xmltest.Equal(t, goldenWire(c.section[name]), payload, name) {
			assert.Equal(t, c.section[name], goldenIndent(payload), "%s: the same, but written otherwise", name)
			assert.Equal(t, string(payload), string(goldenWire(c.section[name])), "%s: the indentation hides text", name)
		}
	}
	assert.Equal(t, c.section[version], x.text(t))
}

// exchange returns the exchange that the file describes.
func (c *goldenCase) exchange(t *testing.T, version string) *goldenExchange {
	t.Helper()
	request, response, ok := strings.Cut(c.section[version], goldenBetween)
	require.True(t, ok, "case %s: %s is no exchange: make it with -update", c.name, version)
	x := &goldenExchange{
		request:  parseGoldenMessage(t, request, c.section["request.xml"]),
		response: parseGoldenMessage(t, response, c.section["response.xml"]),
	}
	method, target, _ := strings.Cut(x.request.target, " ")
	require.Equal(t, http.MethodPost, method)
	x.request.target = target
	return x
}

// A goldenService answers every request with the same response, as the service does.
type goldenService struct {
	resp   xmlwire.Message
	status int // X-Status, or 0
	req    xmlwire.Message
}

func (s *goldenService) handler() http.Handler {
	return generated.NewISyncReplyHandler(generated.UnimplementedISyncReplyServer{},
		soapserver.WithWriteOptions(xmlwire.WriteOptions{AbsentAsNil: true}),
		soapserver.WithInterceptors(func(soapserver.Endpoint) soapserver.Endpoint { return s.answer }))
}

func (s *goldenService) answer(_ context.Context, ex *soapserver.Exchange) error {
	s.req, ex.Resp = ex.Req, s.resp
	if s.status != 0 {
		ex.Header.Set("X-Status", fmt.Sprint(s.status))
		ex.RespHeaders = []soapclient.HeaderBlock{{
			Raw: xmlwire.Raw(fmt.Sprintf(`<X-Status xmlns="http://schemas.servicestack.net/types">%d</X-Status>`, s.status)),
		}}
	}
	return nil
}

// goldenCall makes a call with a generated port.
func goldenCall(t *testing.T, op string, binding soapclient.Binding, x *goldenExchange, req xmlwire.Message) (xmlwire.Message, error) {
	t.Helper()
	client, err := soapclient.New(binding, soapclient.WithHTTPClient(&http.Client{Transport: x}))
	require.NoError(t, err)
	return goldenInvoke(generated.NewISyncReplyClient(client), op, req)
}

func goldenInvoke(port *generated.ISyncReplyClient, op string, req xmlwire.Message) (xmlwire.Message, error) {
	out := reflect.ValueOf(port).MethodByName(op).Call([]reflect.Value{reflect.ValueOf(context.Background()), reflect.ValueOf(req)})
	err, _ := out[1].Interface().(error)
	return out[0].Interface().(xmlwire.Message), err
}

// A goldenExchange is a transport that keeps the request and answers with the response, or with that of serve.
type goldenExchange struct {
	request, response goldenMessage
	serve             http.Handler
}

// A goldenMessage is an HTTP request or response, as far as it is written down.
type goldenMessage struct {
	target string // the path of a request, the status of a response
	header http.Header
	body   []byte
}

const goldenBetween = "\n----\n\n"

func (x *goldenExchange) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	x.request = goldenMessage{target: req.URL.Path, header: req.Header, body: body}
	if x.serve != nil {
		x.response = x.ask(x.serve, x.request)
	}
	var status int
	if _, err := fmt.Sscan(x.response.target, &status); err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: status, Header: x.response.header, Body: io.NopCloser(bytes.NewReader(x.response.body)),
		ContentLength: int64(len(x.response.body)), Request: req,
	}, nil
}

// ask returns what a handler answers.
func (x *goldenExchange) ask(h http.Handler, m goldenMessage) goldenMessage {
	req := httptest.NewRequest(http.MethodPost, m.target, bytes.NewReader(m.body))
	req.Header = m.header
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return goldenMessage{target: fmt.Sprint(w.Code), header: w.Header(), body: w.Body.Bytes()}
}

func (x *goldenExchange) text(t *testing.T) string {
	t.Helper()
	return "POST " + x.request.text(t, "{request.xml}", "Content-Type", "SOAPAction") + goldenBetween +
		x.response.text(t, "{response.xml}", "Content-Type", "X-Status")
}

// text returns a message with its payload left out and of its header the fields that matter.
func (m goldenMessage) text(t *testing.T, payload string, fields ...string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(m.target + "\n")
	for _, key := range fields {
		if values := m.header[key]; len(values) > 0 { // SOAPAction is not spelt as Go has it
			b.WriteString(key + ": " + values[0] + "\n")
		}
	}
	envelope := bytes.Replace(m.body, goldenPayload(t, m.body), []byte(payload), 1)
	b.WriteString("\n" + goldenIndent(envelope))
	return b.String()
}

func parseGoldenMessage(t *testing.T, text, payload string) goldenMessage {
	t.Helper()
	head, envelope, ok := strings.Cut(text, "\n\n")
	require.True(t, ok)
	lines := strings.Split(head, "\n")
	m := goldenMessage{target: lines[0], header: make(http.Header)}
	for _, line := range lines[1:] {
		key, value, ok := strings.Cut(line, ": ")
		require.True(t, ok, line)
		m.header[key] = []string{value}
	}
	from, to := strings.Index(envelope, "{"), strings.Index(envelope, "}")
	require.Less(t, from, to)
	m.body = slices.Concat(goldenWire(envelope[:from]), goldenWire(payload), goldenWire(envelope[to+1:]))
	return m
}

// goldenPayload returns the content of the body of an envelope as it stands there.
func goldenPayload(t *testing.T, envelope []byte) []byte {
	t.Helper()
	_, rest, ok := bytes.Cut(envelope, []byte("<s:Body>"))
	require.True(t, ok, "%s", envelope)
	content, _, ok := bytes.Cut(rest, []byte("</s:Body>"))
	require.True(t, ok, "%s", envelope)
	return content
}
