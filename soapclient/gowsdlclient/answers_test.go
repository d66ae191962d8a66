package gowsdlclient_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/hooklift/gowsdl/soap"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/gowsdlclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

const envelope11 = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>%s</s:Body></s:Envelope>`

// answering returns a client that gets the same answer to every request.
func answering(status int, contentType, content string, header ...string) *http.Client {
	return &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		_, _ = io.Copy(io.Discard, r.Body)
		h := make(http.Header)
		if contentType != "" {
			h.Set("Content-Type", contentType)
		}
		for i := 0; i < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(content)), Request: r}, nil
	})}
}

func TestAnswers(t *testing.T) {
	const types = `xmlns="http://schemas.servicestack.net/types"`
	tests := []struct {
		name        string
		status      int
		contentType string
		content     string
		header      []string
		err         string // behind the name of the operation; empty for success
		is          error
	}{
		{name: "success", status: 200, contentType: "text/xml", content: fmt.Sprintf(envelope11, `<UpdateUnitResponse `+types+`/>`)},
		{name: "no content type", status: 200, content: fmt.Sprintf(envelope11, `<UpdateUnitResponse `+types+`/>`)},
		{name: "attachments in the envelope", status: 200, contentType: "text/xml",
			content: strings.Replace(fmt.Sprintf(envelope11, `<UpdateUnitResponse `+types+`/>`), "</s:Envelope>", "<attachments/></s:Envelope>", 1)},
		{name: "empty 401", status: 401, err: "http 401 unauthorized with no content", is: soapclient.ErrUnauthorized},
		{name: "rate limit", status: 429, contentType: "text/plain", content: "slow down", header: []string{"Retry-After", "3"},
			err: "http 429 too many requests with plain text: slow down (retry after 3s)", is: soapclient.ErrRateLimited},
		{name: "error page", status: 500, contentType: "text/html", content: "<html><title>Server Error</title></html>",
			err: "http 500 internal server error with an HTML page: Server Error"},
		{name: "page under 200", status: 200, contentType: "text/html", content: "<!DOCTYPE html><html><title>Welcome</title></html>",
			err: "http 200 with an HTML page: Welcome"},
		{name: "JSON", status: 200, contentType: "application/json", content: `{"list":[]}`, err: `http 200 with JSON: {"list":[]}`},
		{name: "nothing under 200", status: 200, contentType: "text/xml", err: "http 200 with no content"},
		{name: "redirect", status: 302, header: []string{"Location", "https://user:pw@elsewhere.test/x?token=abc"},
			err: "http 302 found with a redirect, which is not followed: https://elsewhere.test/x", is: soapclient.ErrRedirect},
		{name: "SOAP 1.2", status: 200, contentType: "application/soap+xml",
			content: strings.ReplaceAll(fmt.Sprintf(envelope11, ""), "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"),
			err:     "http 200 with XML that is not SOAP: it is SOAP 1.2, which gowsdl does not understand"},
		{name: "fault under 200", status: 200, contentType: "text/xml",
			content: fmt.Sprintf(envelope11, `<s:Fault><faultcode>Server</faultcode><faultstring>broken</faultstring><detail>at line 3 <x/></detail></s:Fault>`),
			err:     "soap fault Server: broken"},
		{name: "success under 500", status: 500, contentType: "text/xml", content: fmt.Sprintf(envelope11, `<UpdateUnitResponse `+types+`/>`),
			err: "http 500 internal server error with a SOAP answer"},
		{name: "redirect with SOAP", status: 307, contentType: "text/xml", content: fmt.Sprintf(envelope11, `<UpdateUnitResponse `+types+`/>`),
			header: []string{"Location", "/elsewhere"}, err: "http 307 temporary redirect with a redirect, which is not followed: /elsewhere"},
		{name: "another character set", status: 200, contentType: "text/xml", content: `<?xml version="1.0" encoding="ISO-8859-1"?>` + fmt.Sprintf(envelope11, `<UpdateUnitResponse `+types+`/>`),
			err: `xml: encoding "ISO-8859-1" declared but Decoder.CharsetReader is nil`},
		{name: "another element", status: 200, contentType: "text/xml", content: fmt.Sprintf(envelope11, `<Other/>`),
			err: "the body of the answer holds Other where {http://schemas.servicestack.net/types}UpdateUnitResponse should be"},
		{name: "an empty body", status: 200, contentType: "text/xml", content: fmt.Sprintf(envelope11, ``),
			err: "the body of the answer is empty where {http://schemas.servicestack.net/types}UpdateUnitResponse should be"},
		{name: "cut off", status: 200, contentType: "text/xml", content: fmt.Sprintf(envelope11, `<UpdateUnitResponse `+types+`/>`)[:150],
			err: "the request was sent but its answer was lost: reading the answer: unexpected EOF", is: io.ErrUnexpectedEOF},
		{name: "malformed", status: 200, contentType: "text/xml", content: fmt.Sprintf(envelope11, `<UpdateUnitResponse `+types+`></a>`),
			err: "/: offset 0: line 1 of the answer: element <UpdateUnitResponse> closed by </a>"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			port := generated.NewISyncReplyClient(over(answering(test.status, test.contentType, test.content, test.header...)))
			_, err := port.UpdateUnit(t.Context(), &generated.UpdateUnit{ID: xmlwire.Some("1")})
			if test.err == "" {
				require.NoError(t, err)
				return
			}
			assert.EqualError(t, err, "calling UpdateUnit at http://classic.test/public/soap11: "+test.err)
			if test.is != nil {
				assert.ErrorIs(t, err, test.is)
			}
		})
	}
}

func TestDetailText(t *testing.T) {
	content := fmt.Sprintf(envelope11, `<s:Fault><faultcode>Server</faultcode><detail>at line 3 <x a="1">y</x></detail></s:Fault>`)
	_, err := generated.NewISyncReplyClient(over(answering(500, "text/xml", content))).GetUnit(t.Context(), &generated.GetUnit{})
	var fault *soapclient.FaultError
	require.ErrorAs(t, err, &fault)
	assert.Equal(t, "at line 3", fault.DetailText)
	require.Len(t, fault.Detail, 1)
	assert.Equal(t, xmlwire.Name{Local: "x"}, fault.Detail[0].Name())
}

func TestValueError(t *testing.T) {
	content := fmt.Sprintf(envelope11, `<GetUnitResponse xmlns="http://schemas.servicestack.net/types"><List><Unit><Km>far</Km></Unit></List></GetUnitResponse>`)
	_, err := generated.NewISyncReplyClient(over(answering(200, "text/xml", content))).GetUnit(t.Context(), &generated.GetUnit{})
	var value *xmlwire.ValueError
	require.ErrorAs(t, err, &value)
	assert.Equal(t, "far", value.Got)
}

// No way of failing gives away what the request was authorised with.
func TestSecrets(t *testing.T) {
	const token = "0123<567&9abcdef"
	const url = "http://user:" + "p%3Css%26word@classic.test/public/soap11?token=0123%3C567%269abcdef"
	escaped := strings.NewReplacer("<", "&lt;", "&", "&amp;").Replace(token)
	clients := map[string]*http.Client{
		"HTTP error": answering(403, "text/plain", "not for "+token+" p<ss&word"),
		"redirect":   answering(302, "", "", "Location", "/login/"+token),
		"fault":      answering(500, "text/xml", fmt.Sprintf(envelope11, `<s:Fault><faultcode>`+escaped+`</faultcode><faultstring>bad `+escaped+`</faultstring><detail><a>`+escaped+`</a></detail></s:Fault>`)),
		"value":      answering(200, "text/xml", fmt.Sprintf(envelope11, `<GetUnitResponse xmlns="http://schemas.servicestack.net/types"><List><Unit><Km>`+escaped+`</Km></Unit></List></GetUnitResponse>`)),
		"not sent":   {Transport: roundTripper(func(*http.Request) (*http.Response, error) { return nil, errors.New("no way to " + token) })},
	}
	for name, hc := range clients {
		t.Run(name, func(t *testing.T) {
			client := soap.NewClient(url, soap.WithBasicAuth("API", "other-secret"), soap.WithHTTPClient(gowsdlclient.HTTPClient(hc)))
			_, err := generated.NewISyncReplyClient(gowsdlclient.New(client)).GetUnit(t.Context(), &generated.GetUnit{})
			require.Error(t, err)
			text := fmt.Sprintf("%v %+v", err, errors.Unwrap(err))
			var fault *soapclient.FaultError
			if errors.As(err, &fault) {
				text += fmt.Sprintf("%+v", *fault)
			}
			var httpErr *soapclient.HTTPError
			if errors.As(err, &httpErr) {
				text += fmt.Sprintf("%+v", *httpErr)
			}
			for _, secret := range []string{token, "0123&lt;567", "0123%3C567", "p<ss&word", "0123<567"} {
				assert.NotContains(t, text, secret)
			}
		})
	}
}

// What is kept of an answer may end in the middle of a secret.
func TestCutSecret(t *testing.T) {
	secret := strings.Repeat("0123456789", 60)
	hc := answering(500, "text/plain", strings.Repeat(secret+" ", 10))
	_, err := generated.NewISyncReplyClient(over(hc, gowsdlclient.WithSecrets(secret))).GetUnit(t.Context(), &generated.GetUnit{})
	var httpErr *soapclient.HTTPError
	require.ErrorAs(t, err, &httpErr)
	assert.NotContains(t, httpErr.Snippet, "0123")
}

func TestGivenSecrets(t *testing.T) {
	client := soap.NewClient("http://classic.test/%zz?token=hush-hush")
	_, err := generated.NewISyncReplyClient(gowsdlclient.New(client)).GetUnit(t.Context(), &generated.GetUnit{})
	assert.EqualError(t, err, "calling GetUnit: the endpoint of the gowsdl client is not a URL")

	hc := answering(500, "text/plain", "hush-hush, said the server")
	_, err = generated.NewISyncReplyClient(over(hc, gowsdlclient.WithSecrets("hush-hush"))).GetUnit(t.Context(), &generated.GetUnit{})
	assert.EqualError(t, err, "calling GetUnit at http://classic.test/public/soap11: http 500 internal server error with plain text: REDACTED, said the server")
}
