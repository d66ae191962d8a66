package soapclient_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// The secrets of the tests below: with everything in them that is escaped somewhere.
const (
	password = `p&ss "wörd"/%`
	token    = "0123456789abcdef"
)

// assertSilent checks that neither text holds a secret in any spelling.
func assertSilent(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		for _, secret := range []string{password, token} {
			for _, form := range []string{
				secret, url.QueryEscape(secret), url.PathEscape(secret), strings.ToLower(url.QueryEscape(secret)), html.EscapeString(secret),
				strings.Trim(fmt.Sprintf("%q", secret), `"`), base64.StdEncoding.EncodeToString([]byte("API:" + secret)),
			} {
				assert.NotContains(t, s, form)
			}
		}
	}
}

// everyText returns the text of every error in the chain, printed in every way.
func everyText(err error) []string {
	var texts []string
	for e := err; e != nil; e = errors.Unwrap(e) {
		texts = append(texts, e.Error(), fmt.Sprintf("%+v", e))
		switch e := e.(type) {
		case *soapclient.HTTPError:
			texts = append(texts, fmt.Sprintf("%+v", *e))
		case *soapclient.FaultError:
			texts = append(texts, fmt.Sprintf("%+v", *e))
		case *xmlwire.ValueError:
			texts = append(texts, fmt.Sprintf("%+v", *e))
		}
	}
	return texts
}

// A server that sends back what it got, and transports that quote the URL, cannot make a client tell its secrets.
func TestSecretsStayInside(t *testing.T) {
	echo := func(format string, escape func(string) string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			_, p, _ := r.BasicAuth()
			all := escape(p) + " " + escape(r.URL.Query().Get("token")) + " " + r.Header.Get("Authorization") + " " + r.URL.RawQuery
			w.Header().Set("Server", p)
			_, _ = io.WriteString(w, fmt.Sprintf(format, all))
		}
	}
	plain := func(s string) string { return s }
	tests := map[string]soapclient.Option{
		"text":    answering(echo("you sent %s", plain)),
		"html":    answering(echo("<html><title>%s</title>", html.EscapeString)),
		"json":    answering(echo(`{"sent": "%s"}`, func(s string) string { return strings.Trim(fmt.Sprintf("%q", s), `"`) })),
		"fault":   answering(echo(env11+`<s:Fault><faultcode>s:Client</faultcode><faultstring>%[1]s</faultstring><faultactor>%[1]s</faultactor><detail>%[1]s<a b="1">%[1]s</a></detail></s:Fault>`+end, html.EscapeString)),
		"value":   answering(echo(env11+`<GetParcelsResponse xmlns="urn:parcels"><List><Parcel><Weight>%s</Weight></Parcel></List></GetParcelsResponse>`+end, html.EscapeString)),
		"cut off": answering(echo(strings.Repeat(" ", 4090)+"you sent %s", plain)),
		"redirect": answering(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://API:"+url.PathEscape(password)+"@x/"+token+"?"+r.URL.RawQuery, http.StatusFound)
		}),
		"url.Error": transport(func(r *http.Request) (*http.Response, error) {
			return nil, &url.Error{Op: "Post", URL: r.URL.String(), Err: io.EOF}
		}),
		"wrapped url.Error": transport(func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("sending to %s: %w", r.URL, &url.Error{Op: "Post", URL: r.URL.String(), Err: io.EOF})
		}),
		"any error": transport(func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("cannot send %v: %w", r.Header, io.EOF)
		}),
	}
	for name, opt := range tests {
		t.Run(name, func(t *testing.T) {
			var traced string
			_, err := get(t, parcels.Binding11, opt, soapclient.WithBasicAuth("API", password),
				soapclient.WithEndpoint("http://parcels.test/soap11?token="+token),
				soapclient.WithTrace(func(e *soapclient.Exchange) { traced = fmt.Sprintf("%+v %s %s", *e, e.Request, e.Response) }))
			require.Error(t, err)
			assertSilent(t, everyText(err)...)
			assertSilent(t, traced)
			assert.Contains(t, err.Error(), "calling GetParcels at http://parcels.test/soap11: ")
			if strings.HasSuffix(name, "rror") {
				assert.ErrorIs(t, err, io.EOF, "what can be compared stays")
			}
		})
	}
}

// Credentials in the endpoint are sent, and are secrets.
func TestUserinfo(t *testing.T) {
	_, err := get(t, parcels.Binding11, soapclient.WithEndpoint("http://API:"+url.PathEscape(password)+"@parcels.test/"),
		answering(func(w http.ResponseWriter, r *http.Request) {
			user, p, ok := r.BasicAuth()
			assert.True(t, ok)
			assert.Equal(t, "API", user)
			assert.Equal(t, password, p)
			_, _ = io.WriteString(w, p+r.Header.Get("Authorization"))
		}))
	require.Error(t, err)
	assertSilent(t, everyText(err)...)
}

// A secret that stands where content is cut off is not told in part.
func TestSecretAtTheCut(t *testing.T) {
	long := strings.Repeat("0123456789", 30)
	for n := range 40 {
		var traced *soapclient.Exchange
		_, err := get(t, parcels.Binding11, soapclient.WithSecrets(long), answering(text("you sent "+strings.Repeat("x", n)+strings.Repeat(long, 5000))),
			soapclient.WithTrace(func(e *soapclient.Exchange) { traced = e }))
		var httpErr *soapclient.HTTPError
		require.ErrorAs(t, err, &httpErr)
		assert.NotContains(t, httpErr.Snippet, "0123")
		assert.Contains(t, httpErr.Snippet, "REDACTED")
		assert.NotContains(t, string(traced.Response), "0123")

		_, err = get(t, parcels.Binding11, soapclient.WithSecrets(long), answering(text("you sent "+strings.Repeat("x", n)+strings.Repeat(long, 5000))))
		require.ErrorAs(t, err, &httpErr)
		assert.NotContains(t, httpErr.Snippet, "0123")
	}
	_, err := get(t, parcels.Binding11, answering(text(strings.Repeat("x", 5000))))
	var httpErr *soapclient.HTTPError
	require.ErrorAs(t, err, &httpErr)
	assert.Len(t, httpErr.Snippet, 1024)
}

func TestTrace(t *testing.T) {
	var traces []*soapclient.Exchange
	client := newClient(t, parcels.Binding11, soapclient.WithBasicAuth("API", password), soapclient.WithSecrets("Odense"),
		soapclient.WithTrace(func(e *soapclient.Exchange) { traces = append(traces, e) }),
		answering(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Set-Cookie", "a=b")
			_, _ = w.Write(gzipped(parcelsXML(2)))
		}))
	_, err := client.GetParcels(t.Context(), &parcels.GetParcels{Depot: xmlwire.Some("Odense")})
	require.NoError(t, err)
	require.Len(t, traces, 1)
	e := traces[0]
	assert.Equal(t, "GetParcels", e.Op)
	assert.Equal(t, "http://parcels.test/soap11", e.Endpoint)
	assert.Equal(t, 200, e.Status)
	assert.Equal(t, []string{"REDACTED"}, e.RequestHeader["Authorization"])
	assert.Equal(t, []string{"REDACTED"}, e.Header["Set-Cookie"])
	assert.Contains(t, string(e.Request), "<Depot>REDACTED</Depot>")
	assert.Equal(t, parcelsXML(2), string(e.Response))
	assert.False(t, e.Truncated)
	assert.NoError(t, e.Err)

	for _, err := range client.GetParcelsStream(t.Context(), &parcels.GetParcels{}) {
		require.NoError(t, err)
		break
	}
	require.Len(t, traces, 2)
	assert.ErrorIs(t, traces[1].Err, xmlwire.ErrStopped)
	assert.NotEmpty(t, traces[1].Response)

	client = newClient(t, parcels.Binding11, soapclient.WithTrace(func(e *soapclient.Exchange) { traces = append(traces, e) }),
		answering(text(parcelsXML(50_000))))
	_, err = client.GetParcels(t.Context(), &parcels.GetParcels{})
	require.NoError(t, err)
	assert.Len(t, traces[2].Response, soapclient.MaxTraceBytes)
	assert.True(t, traces[2].Truncated)
}

// Printing a client, or the error of a call, shows no secret with any verb.
func TestPrinting(t *testing.T) {
	client, err := soapclient.New(parcels.Binding11, soapclient.WithBasicAuth("API", password),
		soapclient.WithEndpoint("https://API:"+url.QueryEscape(password)+"@service.invalid/parcels?token="+token),
		soapclient.WithSecrets(password), soapclient.WithHeader("X-Token", token))
	require.NoError(t, err)
	failed := client.RoundTrip(t.Context(), &soapclient.Call{Op: &soapclient.Operation{Name: "None"}})
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%t", "%d", "%x"} {
		assertSilent(t, fmt.Sprintf(verb, client), fmt.Sprintf(verb, []any{client}), fmt.Sprintf(verb, failed))
	}
	assert.Equal(t, "SOAP 1.1 client of https://service.invalid/parcels", fmt.Sprint(client))
}
