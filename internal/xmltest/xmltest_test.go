package xmltest_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/internal/xmltest"
)

// A recorder is a testing.TB that counts failures instead of failing.
type recorder struct {
	testing.TB
	failures int
	log      strings.Builder
}

func (r *recorder) Helper() {}
func (r *recorder) Logf(f string, a ...any) {
	r.log.WriteString(f)
	for _, v := range a {
		r.log.WriteString(v.(string))
	}
}
func (r *recorder) Errorf(string, ...any) { r.failures++ }

func TestEqual(t *testing.T) {
	assert.True(t, xmltest.Equal(t, `<a xmlns="urn:x"><b/></a>`, []byte("<p:a xmlns:p='urn:x'>\n<p:b></p:b></p:a>")))

	r := &recorder{TB: t}
	assert.False(t, xmltest.Equal(r, `<a><b>1</b></a>`, `<a><b>2</b></a>`))
	assert.Equal(t, 1, r.failures)
	assert.Contains(t, r.log.String(), `/a/b: "2", want "1"`)
}

func TestPayload(t *testing.T) {
	const envelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
		<s:Header><x/></s:Header><s:Body xmlns="urn:x"><a><b i:nil="true"/></a></s:Body></s:Envelope>`
	want := `<a xmlns="urn:x" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><b i:nil="true"/></a>`
	xmltest.Equal(t, want, xmltest.Payload(t, envelope))
}

// The schemas of two namespaces refer to each other, and one namespace is split, with an import that is missing: what
// libxml2 wants help with.
const service = `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
	xmlns:a="urn:a" xmlns:b="urn:b" targetNamespace="urn:a"><w:types>
	<xs:schema targetNamespace="urn:a" elementFormDefault="qualified">
		<xs:import namespace="urn:b"/>
		<xs:element name="ask"><xs:complexType><xs:sequence>
			<xs:element name="id" type="a:id"/><xs:element name="b" type="b:t" minOccurs="0"/>
		</xs:sequence></xs:complexType></xs:element>
	</xs:schema>
	<xs:schema targetNamespace="urn:a"><xs:simpleType name="id"><xs:restriction base="xs:int"/></xs:simpleType></xs:schema>
	<xs:schema targetNamespace="urn:b" elementFormDefault="qualified">
		<xs:complexType name="t"><xs:sequence><xs:element name="id" type="a:id" nillable="true"/></xs:sequence></xs:complexType>
	</xs:schema></w:types></w:definitions>`

func TestValidate(t *testing.T) {
	assert.True(t, xmltest.Validate(t, service, `<ask xmlns="urn:a"><id>1</id><b><id xmlns="urn:b">2</id></b></ask>`))

	r := &recorder{TB: t}
	assert.False(t, xmltest.Validate(r, service, `<ask xmlns="urn:a"><id>one</id></ask>`))
	assert.Equal(t, 1, r.failures)
}

func TestSchemaCheck(t *testing.T) {
	testenv.NeedProgram(t, "xmllint")
	file := filepath.Join(t.TempDir(), "service.wsdl")
	writeFile(t, file, service)
	errs := xmltest.ReadSchema(t, file).Check(
		[]byte(`<ask xmlns="urn:a"><id>1</id></ask>`),
		[]byte(`<ask xmlns="urn:a"><b/></ask>`),
		[]byte(`<ask xmlns="urn:a" p:x="1"><id>1</id></ask>`),
		[]byte(`<ask xmlns="urn:a">`),
		[]byte(`<ask xmlns="urn:a"><id>2</id></ask>`),
	)
	assert.NoError(t, errs[0])
	assert.ErrorContains(t, errs[1], "This element is not expected")
	assert.ErrorContains(t, errs[2], "prefix p for x on ask is not defined")
	assert.ErrorContains(t, errs[3], "parser error")
	assert.NoError(t, errs[4])
}

func TestSchemaCheckSchemaAtFault(t *testing.T) {
	testenv.NeedProgram(t, "xmllint")
	file := filepath.Join(t.TempDir(), "broken.wsdl")
	writeFile(t, file, strings.ReplaceAll(service, `type="b:t"`, `type="b:nowhere"`))
	errs := xmltest.ReadSchema(t, file).Check([]byte(`<ask xmlns="urn:a"><id>1</id></ask>`))
	assert.ErrorContains(t, errs[0], "nowhere")
}

// All exchanges that carry a whole document agree with the WSDLs: the hand-written ones, so that nobody trusts
// payloads the service would not know, and the captured ones.
func TestExchangesAreValid(t *testing.T) {
	schema := xmltest.ReadSchema(t, "../../wsdl/soap11.wsdl")
	exchanges := xmltest.ReadExchanges(t, "../../testdata/exchanges/*.txt")
	var payloads [][]byte
	for _, x := range exchanges {
		if strings.HasSuffix(x.Name, ".html-500") {
			continue // its request is at fault
		}
		payloads = append(payloads, xmltest.Payload(t, x.Body))
		body, err := x.ResponseBody()
		switch {
		case strings.Contains(x.Name, ".cut-off"), strings.HasSuffix(x.Name, ".error-response"), len(body) == 0:
		case strings.Contains(string(body), "Fault>"), strings.Contains(string(body), "<html"):
		default:
			require.NoError(t, err, x.Name)
			payloads = append(payloads, xmltest.Payload(t, body))
		}
	}
	assert.True(t, schema.Valid(t, payloads...))
}

func TestReadExchange(t *testing.T) {
	x := xmltest.ReadExchange(t, "../../testdata/exchanges/GetUnit.11.unitNotFound.txt")
	assert.Equal(t, "GetUnit.11.unitNotFound", x.Name)
	assert.Equal(t, "POST", x.Method)
	assert.Equal(t, "/public/soap11", x.Target)
	assert.Equal(t, `"http://schemas.servicestack.net/types/GetUnit"`, x.Header.Get("SOAPAction"))
	assert.Contains(t, string(x.Body), "<Id>404</Id>")

	resp, err := x.HTTPResponse(nil)
	require.NoError(t, err)
	assert.Equal(t, "404", resp.Header.Get("X-Status"))
	body, err := x.ResponseBody()
	require.NoError(t, err)
	assert.Contains(t, string(body), "unitNotFound")

	_, err = xmltest.ReadExchange(t, "../../testdata/exchanges/GetUnit.12.cut-off-transfer.txt").ResponseBody()
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

// Every captured exchange can be read, and its request is one that Go's own reader understands.
func TestReadCapturedExchanges(t *testing.T) {
	dir := testenv.Folder(t, testenv.SOAPExchanges)
	for _, x := range xmltest.ReadExchanges(t, filepath.Join(dir, "soap", "*.txt")) {
		_, err := x.HTTPResponse(nil)
		assert.NoError(t, err, x.Name)
		if x.Method == http.MethodPost && !strings.HasSuffix(x.Name, ".empty-payload") {
			assert.NotEmpty(t, x.Body, x.Name)
		}
	}
}

func TestReplay(t *testing.T) {
	first := xmltest.ReadExchange(t, "../../testdata/exchanges/GetUnit.11.ok.txt")
	second := xmltest.ReadExchange(t, "../../testdata/exchanges/GetUnit.11.unauthorized-empty.txt")
	replay := xmltest.NewReplay(first.Response, second.Response)
	client := &http.Client{Transport: replay}

	for _, want := range []int{200, 401, 401} {
		resp, err := client.Post("http://classic.example/public/soap11", "text/xml", strings.NewReader("<x/>"))
		require.NoError(t, err)
		_, err = io.Copy(io.Discard, resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		assert.Equal(t, want, resp.StatusCode)
	}
	requests := replay.Requests()
	require.Len(t, requests, 3)
	assert.Equal(t, "<x/>", string(requests[0].Body))
	assert.Equal(t, "http://classic.example/public/soap11", requests[0].URL)
	assert.Equal(t, "text/xml", requests[0].Header.Get("Content-Type"))
}

func writeFile(t *testing.T, file, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
}
