package soapclient_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

const (
	env11 = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>`
	env12 = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>`
	end   = `</s:Body></s:Envelope>`
	none  = env11 + `<GetParcelsResponse xmlns="urn:parcels"><List/></GetParcelsResponse>` + end
)

// parcelsXML is an answer with n parcels.
func parcelsXML(n int) string {
	var b strings.Builder
	b.WriteString(env11 + `<GetParcelsResponse xmlns="urn:parcels"><List>`)
	for i := range n {
		fmt.Fprintf(&b, `<Parcel><Id>p%d</Id><Weight>%d</Weight></Parcel>`, i, i)
	}
	return b.String() + `</List></GetParcelsResponse>` + end
}

// answering returns an option that has requests answered by h, without a network.
func answering(h http.HandlerFunc) soapclient.Option {
	return soapclient.WithHTTPClient(memhttp.NewClient(h))
}

func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, s) }
}

func transport(f func(*http.Request) (*http.Response, error)) soapclient.Option {
	return soapclient.WithHTTPClient(&http.Client{Transport: transportFunc(f)})
}

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// response is what a transport gives back.
func response(status int, body io.Reader) *http.Response {
	return &http.Response{StatusCode: status, Header: make(http.Header), Body: io.NopCloser(body), ContentLength: -1}
}

func get(t testing.TB, b soapclient.Binding, opts ...soapclient.Option) (*parcels.GetParcelsResponse, error) {
	t.Helper()
	return newClient(t, b, opts...).GetParcels(t.Context(), &parcels.GetParcels{Depot: xmlwire.Some("Odense")})
}

func TestRequest(t *testing.T) {
	tests := []struct {
		binding soapclient.Binding
		answer  string
		header  http.Header
		body    string
	}{
		{
			parcels.Binding11, none,
			http.Header{
				"Content-Type": {"text/xml; charset=utf-8"}, "SOAPAction": {`"urn:parcels/GetParcels"`},
				"Accept": {"text/xml, */*;q=0.1"}, "Accept-Encoding": {"gzip"}, "User-Agent": {soapclient.DefaultUserAgent},
			},
			`<?xml version="1.0" encoding="utf-8"?>` + env11 + `<GetParcels xmlns="urn:parcels" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Depot>Odense</Depot></GetParcels>` + end,
		},
		{
			parcels.Binding12, none,
			http.Header{
				"Content-Type": {`application/soap+xml; charset=utf-8; action="urn:parcels/GetParcels"`},
				"Accept":       {"application/soap+xml, */*;q=0.1"}, "Accept-Encoding": {"gzip"}, "User-Agent": {soapclient.DefaultUserAgent},
			},
			`<?xml version="1.0" encoding="utf-8"?>` + env12 + `<GetParcels xmlns="urn:parcels" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Depot>Odense</Depot></GetParcels>` + end,
		},
	}
	for _, test := range tests {
		t.Run(test.binding.Version.String(), func(t *testing.T) {
			_, err := get(t, test.binding, transport(func(r *http.Request) (*http.Response, error) {
				assert.Equal(t, http.MethodPost, r.Method)
				assert.Equal(t, test.binding.Address, r.URL.String())
				assert.Equal(t, test.header, r.Header)
				body, err := io.ReadAll(r.Body)
				require.NoError(t, err)
				assert.Equal(t, test.body, string(body))
				assert.EqualValues(t, len(body), r.ContentLength)
				again, err := r.GetBody()
				require.NoError(t, err)
				body, err = io.ReadAll(again)
				require.NoError(t, err)
				assert.Equal(t, test.body, string(body), "net/http may have to send the body again")
				return response(200, strings.NewReader(test.answer)), nil
			}))
			require.NoError(t, err)
		})
	}
}

func TestOptionsOfClientAndCall(t *testing.T) {
	var got *http.Request
	var body string
	client := newClient(t, parcels.Binding11,
		answering(func(w http.ResponseWriter, r *http.Request) {
			got = r
			b, _ := io.ReadAll(r.Body)
			body = string(b)
			w.Header().Set("X-Answer", "yes")
			_, _ = io.WriteString(w, strings.Replace(none, "<s:Body>", `<s:Header><t xmlns="urn:t">1</t></s:Header><s:Body>`, 1))
		}),
		soapclient.WithEndpoint("http://other.test/a?b=c"),
		soapclient.WithBasicAuth("API", "hunter2"),
		soapclient.WithHeader("X-One", "client"), soapclient.WithHeader("X-Two", "client"),
		soapclient.WithUserAgent("tests"),
		soapclient.WithSOAPHeader(soapclient.HeaderBlock{Raw: `<c xmlns="urn:c"/>`}),
	)
	var info soapclient.ResponseInfo
	_, err := client.GetParcels(t.Context(), &parcels.GetParcels{},
		soapclient.WithHeader("x-two", "call"), soapclient.WithHeader("soapaction", `"mine"`), soapclient.WithHeader("Host", "host.test"),
		soapclient.WithSOAPHeader(soapclient.HeaderBlock{
			Name: xmlwire.Name{Space: parcels.Space, Local: "Ticket"}, Message: &parcels.Ticket{Number: "7"}, MustUnderstand: true,
		}),
		soapclient.WithResponse(&info))
	require.NoError(t, err)
	assert.Equal(t, "http://other.test/a?b=c", got.URL.String())
	assert.Equal(t, "host.test", got.Host)
	assert.Equal(t, "Basic QVBJOmh1bnRlcjI=", got.Header.Get("Authorization"))
	assert.Equal(t, []string{"client"}, got.Header["X-One"])
	assert.Equal(t, []string{"call"}, got.Header["X-Two"])
	assert.Equal(t, "mine", soap.Action(got.Header))
	assert.Equal(t, "tests", got.UserAgent())
	assert.Contains(t, body, `<s:Header><c xmlns="urn:c"/><Ticket s:mustUnderstand="1" xmlns="urn:parcels"><Number>7</Number></Ticket></s:Header>`)
	assert.Equal(t, 200, info.Status)
	assert.Equal(t, "yes", info.Header.Get("X-Answer"))
	require.Len(t, info.SOAPHeader, 1)
	assert.Equal(t, xmlwire.Name{Space: "urn:t", Local: "t"}, info.SOAPHeader[0].Name())

	_, err = client.GetParcels(t.Context(), &parcels.GetParcels{}, soapclient.WithEndpoint("http://third.test/"))
	require.NoError(t, err)
	assert.Equal(t, "http://third.test/", got.URL.String())
	assert.Equal(t, []string{"client"}, got.Header["X-Two"], "the options of one call do not stick")
	assert.NotContains(t, body, "Ticket")
}

func TestNewRefuses(t *testing.T) {
	const password = "hunter2"
	tests := []struct {
		name    string
		binding soapclient.Binding
		opt     soapclient.Option
		want    string
	}{
		{"no version", soapclient.Binding{Address: "http://x/"}, soapclient.WithUserAgent("x"), "names no version of SOAP"},
		{"no endpoint", soapclient.Binding{Version: soapclient.SOAP11}, soapclient.WithUserAgent("x"), "no endpoint"},
		{"scheme", parcels.Binding11, soapclient.WithEndpoint("file:///etc/passwd"), `scheme "file"`},
		{"no host", parcels.Binding11, soapclient.WithEndpoint("http:///x"), "no host"},
		{"no URL", parcels.Binding11, soapclient.WithEndpoint("http://u:" + password + "@x:y/"), "not a URL"},
		{"no bytes", parcels.Binding11, soapclient.WithMaxResponseBytes(0), "limit of 0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := soapclient.New(test.binding, test.opt)
			require.ErrorContains(t, err, test.want)
			assert.NotContains(t, err.Error(), password)
		})
	}
}

func TestEndpointOfCallIsChecked(t *testing.T) {
	_, err := newClient(t, parcels.Binding11).GetParcels(t.Context(), &parcels.GetParcels{}, soapclient.WithEndpoint("gopher://x/?token=hunter2-secret"))
	require.ErrorContains(t, err, `scheme "gopher"`)
	assert.NotContains(t, err.Error(), "hunter2")
}

func TestOneWay(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"202":            func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(202) },
		"204":            func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) },
		"empty 200":      text(""),
		"empty envelope": text(env11 + end),
		"envelope":       text(none),
	} {
		assert.NoError(t, newClient(t, parcels.Binding11, answering(answer)).Drop(t.Context(), &parcels.Drop{ID: "1"}), name)
	}
	var httpErr *soapclient.HTTPError
	err := newClient(t, parcels.Binding11, answering(text("<html/>"))).Drop(t.Context(), &parcels.Drop{ID: "1"})
	require.ErrorAs(t, err, &httpErr)
	err = newClient(t, parcels.Binding11, answering(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) })).Drop(t.Context(), &parcels.Drop{ID: "1"})
	require.ErrorAs(t, err, &httpErr)
	var fault *soapclient.FaultError
	err = newClient(t, parcels.Binding11, answering(text(env11+`<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault>`+end))).Drop(t.Context(), &parcels.Drop{ID: "1"})
	require.ErrorAs(t, err, &fault)
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.Bytes()
}

func TestGzip(t *testing.T) {
	zipped := gzipped(parcelsXML(3))
	send := func(b []byte) soapclient.Option {
		return answering(func(w http.ResponseWriter, r *http.Request) {
			assert.Equal(t, "gzip", r.Header.Get("Accept-Encoding"))
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(b)
		})
	}
	resp, err := get(t, parcels.Binding11, send(zipped))
	require.NoError(t, err)
	assert.Len(t, resp.List, 3)

	_, err = get(t, parcels.Binding11, send(zipped[:len(zipped)-1]))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF, "all of the document came, but not its checksum")

	var size *soapclient.SizeError
	bomb := gzipped(strings.SplitAfter(parcelsXML(0), "<List>")[0] + strings.Repeat(" ", 10<<20))
	_, err = get(t, parcels.Binding11, send(bomb), soapclient.WithMaxResponseBytes(1<<20))
	require.ErrorAs(t, err, &size)
	assert.EqualValues(t, 1<<20, size.Limit)
}

func TestMaxResponseBytes(t *testing.T) {
	doc := parcelsXML(3)
	_, err := get(t, parcels.Binding11, answering(text(doc)), soapclient.WithMaxResponseBytes(int64(len(doc))))
	require.NoError(t, err)
	_, err = get(t, parcels.Binding11, answering(text(doc)), soapclient.WithMaxResponseBytes(int64(len(doc))-1))
	require.ErrorContains(t, err, "longer than the limit")
}

func TestReadOptions(t *testing.T) {
	_, err := get(t, parcels.Binding11, answering(text(parcelsXML(3))),
		soapclient.WithReadOptions(xmlwire.ReadOptions{Limits: xmlwire.Limits{Items: 2}}))
	var limit *xmlwire.LimitError
	require.ErrorAs(t, err, &limit)
}

func TestWriteOptions(t *testing.T) {
	var body string
	client := newClient(t, parcels.Binding11, soapclient.WithWriteOptions(xmlwire.WriteOptions{AbsentAsNil: true}),
		answering(func(w http.ResponseWriter, r *http.Request) {
			b, _ := io.ReadAll(r.Body)
			body = string(b)
			_, _ = io.WriteString(w, none)
		}))
	_, err := client.GetParcels(t.Context(), &parcels.GetParcels{})
	require.NoError(t, err)
	assert.Contains(t, body, `nil="true"`)
}

func TestTimeout(t *testing.T) {
	stall := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	half := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, parcelsXML(3)[:250])
		<-r.Context().Done()
	}
	for name, handler := range map[string]http.HandlerFunc{"before the header": stall, "inside the body": half} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				_, err := get(t, parcels.Binding11, answering(handler), soapclient.WithTimeout(3*time.Second))
				require.ErrorIs(t, err, context.DeadlineExceeded)
				assert.ErrorContains(t, err, "no answer within 3s")
				assert.Equal(t, 3*time.Second, time.Since(start))
			})
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				_, err := get(t, parcels.Binding11, answering(handler))
				require.ErrorIs(t, err, context.DeadlineExceeded)
				assert.Equal(t, soapclient.DefaultTimeout, time.Since(start))
			})
			synctest.Test(t, func(t *testing.T) { // of the call
				start := time.Now()
				_, err := newClient(t, parcels.Binding11, answering(handler)).GetParcels(t.Context(), &parcels.GetParcels{}, soapclient.WithTimeout(time.Second))
				require.ErrorIs(t, err, context.DeadlineExceeded)
				assert.Equal(t, time.Second, time.Since(start))
			})
			synctest.Test(t, func(t *testing.T) { // of the http.Client
				start := time.Now()
				hc := memhttp.NewClient(handler)
				hc.Timeout = 2 * time.Second
				_, err := get(t, parcels.Binding11, soapclient.WithHTTPClient(hc))
				require.ErrorIs(t, err, context.DeadlineExceeded)
				assert.Equal(t, 2*time.Second, time.Since(start))
			})
			synctest.Test(t, func(t *testing.T) { // of the context
				ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
				defer cancel()
				_, err := newClient(t, parcels.Binding11, answering(handler), soapclient.WithTimeout(0)).GetParcels(ctx, &parcels.GetParcels{})
				require.ErrorIs(t, err, context.DeadlineExceeded)
			})
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				_, err := newClient(t, parcels.Binding11, answering(handler)).GetParcels(ctx, &parcels.GetParcels{})
				require.ErrorIs(t, err, context.Canceled)
				assert.NotErrorIs(t, err, context.DeadlineExceeded)
			})
		})
	}
}

// A context that is over before the call is made costs no request.
func TestCanceledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	client := newClient(t, parcels.Binding11, answering(text(none)))
	_, err := client.GetParcels(ctx, &parcels.GetParcels{})
	require.ErrorIs(t, err, context.Canceled)
}

func TestRedirectIsNotFollowed(t *testing.T) {
	requests := 0
	_, err := get(t, parcels.Binding11, answering(func(w http.ResponseWriter, r *http.Request) {
		requests++
		http.Redirect(w, r, "/elsewhere?token=hunter2", http.StatusTemporaryRedirect)
	}))
	require.ErrorIs(t, err, soapclient.ErrRedirect)
	var httpErr *soapclient.HTTPError
	require.ErrorAs(t, err, &httpErr)
	assert.Equal(t, "/elsewhere", httpErr.Location)
	assert.Equal(t, 1, requests)
}

func TestCookies(t *testing.T) {
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	hc := memhttp.NewClient(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("session"); err == nil {
			w.Header().Set("X-Session", c.Value)
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "42"})
		_, _ = io.WriteString(w, none)
	}))
	hc.Jar = jar
	client := newClient(t, parcels.Binding11, soapclient.WithHTTPClient(hc))
	var info soapclient.ResponseInfo
	for range 2 {
		_, err := client.GetParcels(t.Context(), &parcels.GetParcels{}, soapclient.WithResponse(&info))
		require.NoError(t, err)
	}
	assert.Equal(t, "42", info.Header.Get("X-Session"))
}

func TestInterceptorOrder(t *testing.T) {
	var order []string
	note := func(name string) soapclient.Interceptor {
		return func(next soapclient.RoundTripper) soapclient.RoundTripper {
			return soapclient.RoundTripperFunc(func(ctx context.Context, call *soapclient.Call) error {
				assert.Equal(t, "http://parcels.test/soap11", call.Endpoint)
				assert.Equal(t, soapclient.DefaultTimeout, call.Timeout)
				order = append(order, name)
				err := next.RoundTrip(ctx, call)
				assert.Equal(t, 200, call.Status)
				order = append(order, "/"+name)
				return err
			})
		}
	}
	check := func(_ *soapclient.Call, done bool) error {
		order = append(order, fmt.Sprint("check ", done))
		return nil
	}
	client := newClient(t, parcels.Binding11,
		soapclient.WithAttemptInterceptors(note("c")), soapclient.WithInterceptors(note("a")), soapclient.WithInterceptors(note("b")),
		soapclient.WithStatusCheck(check),
		answering(func(w http.ResponseWriter, r *http.Request) {
			order = append(order, "server")
			_, _ = io.WriteString(w, none)
		}))
	_, err := client.GetParcels(t.Context(), &parcels.GetParcels{})
	require.NoError(t, err)
	assert.Equal(t, "a b c server check false check true /c /b /a", strings.Join(order, " "))
}

// What an attempt interceptor adds to the call is not there in the next attempt, and never in the caller's call.
func TestAttemptsStartAfresh(t *testing.T) {
	var seen []string
	twice := func(next soapclient.RoundTripper) soapclient.RoundTripper {
		return soapclient.RoundTripperFunc(func(ctx context.Context, call *soapclient.Call) error {
			_ = next.RoundTrip(ctx, call)
			return next.RoundTrip(ctx, call)
		})
	}
	nonce := func(next soapclient.RoundTripper) soapclient.RoundTripper {
		return soapclient.RoundTripperFunc(func(ctx context.Context, call *soapclient.Call) error {
			call.ReqHeader.Add("X-Nonce", "n")
			call.ReqHeaders = append(call.ReqHeaders, soapclient.HeaderBlock{Raw: "<nonce/>"})
			return next.RoundTrip(ctx, call)
		})
	}
	c, err := soapclient.New(parcels.Binding11, soapclient.WithInterceptors(twice), soapclient.WithAttemptInterceptors(nonce),
		answering(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			seen = append(seen, fmt.Sprint(r.Header["X-Nonce"], strings.Count(string(body), "<nonce/>")))
			_, _ = io.WriteString(w, none)
		}))
	require.NoError(t, err)
	call := &soapclient.Call{Op: &parcels.OpGetParcels, Req: &parcels.GetParcels{}, Resp: &parcels.GetParcelsResponse{}}
	require.NoError(t, c.RoundTrip(t.Context(), call))
	assert.Equal(t, []string{"[n] 1", "[n] 1"}, seen)
	assert.Empty(t, call.ReqHeaders)
	assert.Empty(t, call.ReqHeader)
	assert.Equal(t, 200, call.Status)
}

// Errors of interceptors, and of RoundTrippers that are no Client, are OpErrors too.
func TestOpErrorAlways(t *testing.T) {
	cause := errors.New("no")
	refuse := soapclient.RoundTripperFunc(func(context.Context, *soapclient.Call) error { return cause })
	_, err := get(t, parcels.Binding11, soapclient.WithInterceptors(func(soapclient.RoundTripper) soapclient.RoundTripper { return refuse }))
	assertOpError(t, err, cause, "calling GetParcels at http://parcels.test/soap11: no")
	_, err = parcels.NewClient(refuse).GetParcels(t.Context(), nil)
	assertOpError(t, err, cause, "calling GetParcels: no")
	_, err = parcels.NewClient(nil).GetParcels(t.Context(), nil)
	require.ErrorContains(t, err, "no RoundTripper")
}

func assertOpError(t *testing.T, err, cause error, text string) {
	t.Helper()
	var opErr *soapclient.OpError
	require.ErrorAs(t, err, &opErr)
	assert.ErrorIs(t, err, cause)
	assert.EqualError(t, err, text)
}

func TestCallsThatMakeNoSense(t *testing.T) {
	c, err := soapclient.New(parcels.Binding11, answering(text(none)))
	require.NoError(t, err)
	assert.ErrorContains(t, c.RoundTrip(t.Context(), &soapclient.Call{}), "without an operation")
	assert.ErrorContains(t, c.RoundTrip(t.Context(), &soapclient.Call{Op: &parcels.OpGetParcels}), "without a request message")
	assert.ErrorContains(t, c.RoundTrip(t.Context(), &soapclient.Call{Op: &parcels.OpGetParcels, Req: &parcels.GetParcels{Depot: xmlwire.Some("\x00")}}), "GetParcels")
	assert.NoError(t, c.RoundTrip(t.Context(), &soapclient.Call{Op: &parcels.OpGetParcels, Req: &parcels.GetParcels{}}), "an answer need not be kept")
	for _, err := range soapclient.InvokeStream[parcels.Parcel](t.Context(), c, &parcels.OpSendParcel, &parcels.SendParcel{}, &parcels.SendParcelResponse{}) {
		assert.ErrorContains(t, err, "no single list")
	}
	bad := parcels.OpGetParcels
	bad.Action = "a\nb"
	assert.ErrorContains(t, c.RoundTrip(t.Context(), &soapclient.Call{Op: &bad, Req: &parcels.GetParcels{}}), "cannot")
}

type statusError struct{ code, text string }

func (e *statusError) Error() string { return e.code + " " + e.text }

// checkStatus looks for the failures of the parcels service: a header, then a part of the response.
func checkStatus(call *soapclient.Call, done bool) error {
	if done {
		var status xmlwire.Opt[parcels.Status]
		switch resp := call.Resp.(type) {
		case *parcels.GetParcelsResponse:
			status = resp.Status
		}
		if alt, ok := call.Alternative.(*parcels.ErrorResponse); ok {
			status = xmlwire.Some(alt.Status)
		}
		if s, ok := status.Get(); ok {
			return &statusError{s.Code, s.Message}
		}
		return nil
	}
	if x := call.Header.Get("X-Status"); x != "" {
		return &statusError{x, "by header"}
	}
	return nil
}

var errorResponse = soapclient.WithAlternative(xmlwire.Name{Space: parcels.Space, Local: "ErrorResponse"},
	func() xmlwire.Message { return new(parcels.ErrorResponse) })

func TestStatusCheck(t *testing.T) {
	const failed = `<Status><Code>noDepot</Code><Message>no such depot</Message></Status>`
	row := `<List><Parcel><Id>1</Id><Weight>1</Weight></Parcel></List>`
	tests := []struct {
		name, xStatus, body string
		want                string
		rows                int
	}{
		{"success", "", env11 + `<GetParcelsResponse xmlns="urn:parcels">` + row + `</GetParcelsResponse>` + end, "", 1},
		{"header and body", "404", env11 + `<GetParcelsResponse xmlns="urn:parcels">` + row + failed + `</GetParcelsResponse>` + end, "noDepot no such depot", 0},
		{"body alone", "", env11 + `<GetParcelsResponse xmlns="urn:parcels">` + row + failed + `</GetParcelsResponse>` + end, "noDepot no such depot", 1},
		{"header alone", "404", env11 + `<GetParcelsResponse xmlns="urn:parcels">` + row + `</GetParcelsResponse>` + end, "404 by header", 0},
		{"header and empty body", "404", env11 + end, "404 by header", 0},
		{"header and no content", "404", "", "404 by header", 0},
		{"header and damaged answer", "500", env11 + `<GetParcelsResponse`, "500 by header", 0},
		{"alternative", "", env11 + `<ErrorResponse xmlns="urn:parcels">` + failed + `</ErrorResponse>` + end, "noDepot no such depot", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			client := newClient(t, parcels.Binding11, soapclient.WithStatusCheck(checkStatus), errorResponse,
				answering(func(w http.ResponseWriter, r *http.Request) {
					if test.xStatus != "" {
						w.Header().Set("X-Status", test.xStatus)
					}
					_, _ = io.WriteString(w, test.body)
				}))
			_, err := client.GetParcels(t.Context(), &parcels.GetParcels{})
			rows := 0
			var streamErr error
			for _, err := range client.GetParcelsStream(t.Context(), &parcels.GetParcels{}) {
				if err != nil {
					streamErr = err
					continue
				}
				rows++
			}
			assert.Equal(t, test.rows, rows)
			if test.want == "" {
				require.NoError(t, err)
				require.NoError(t, streamErr)
				return
			}
			for _, err := range []error{err, streamErr} {
				var status *statusError
				require.ErrorAs(t, err, &status)
				assert.Equal(t, test.want, status.Error())
			}
		})
	}
}

// An answer that is another element is never a success, even if the check has no objection to it.
func TestAlternativeWithoutCheck(t *testing.T) {
	_, err := get(t, parcels.Binding11, errorResponse, answering(text(env11+`<ErrorResponse xmlns="urn:parcels"/>`+end)))
	var unexpected *soapclient.UnexpectedElementError
	require.ErrorAs(t, err, &unexpected)
	assert.Equal(t, "ErrorResponse", unexpected.Got.Local)
	assert.IsType(t, &parcels.ErrorResponse{}, unexpected.Alternative)
}

func TestFaultBeatsStatusCheck(t *testing.T) {
	_, err := get(t, parcels.Binding11, soapclient.WithStatusCheck(func(*soapclient.Call, bool) error { return errors.New("checked") }),
		answering(text(env11+`<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault>`+end)))
	var fault *soapclient.FaultError
	require.ErrorAs(t, err, &fault)
}

func TestUnknownOutcome(t *testing.T) {
	send := func(opts ...soapclient.Option) error {
		_, err := newClient(t, parcels.Binding11, opts...).SendParcel(t.Context(), &parcels.SendParcel{})
		return err
	}
	dialFailed := transport(func(*http.Request) (*http.Response, error) { return nil, errors.New("nobody there") })
	answerLost := transport(func(r *http.Request) (*http.Response, error) {
		_, _ = r.Body.Read(make([]byte, 1))
		return nil, &url.Error{Op: "Post", URL: "http://parcels.test/?token=hunter2", Err: io.EOF}
	})
	brokenOff := transport(func(*http.Request) (*http.Response, error) {
		return response(200, io.MultiReader(strings.NewReader(none[:50]), errReader{errors.New("reset")})), nil
	})
	var unknown *soapclient.UnknownOutcomeError

	assert.NotErrorAs(t, send(dialFailed), &unknown, "nothing was sent")
	err := send(answerLost)
	require.ErrorAs(t, err, &unknown)
	require.ErrorIs(t, err, io.EOF)
	assert.EqualError(t, err, "calling SendParcel at http://parcels.test/soap11: the request was sent but its answer was lost: EOF")
	require.ErrorAs(t, send(brokenOff), &unknown)
	require.ErrorAs(t, send(answering(text(none[:100]))), &unknown)

	idempotent := soapclient.WithIdempotent(func(op *soapclient.Operation) bool { return op.Name == "SendParcel" })
	err = send(answerLost, idempotent)
	assert.NotErrorAs(t, err, &unknown, "the call can simply be made again")
	require.ErrorIs(t, err, io.EOF)
	assert.NotErrorAs(t, send(answering(text("<html/>"))), &unknown, "an answer came, if a strange one")
	assert.NotErrorAs(t, send(answering(text(env11+"<a/>"+end))), &unknown)
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

func TestStrangeTransports(t *testing.T) {
	_, err := get(t, parcels.Binding11, transport(func(*http.Request) (*http.Response, error) { return nil, nil }))
	require.ErrorContains(t, err, "neither an answer nor an error")
}

func TestCloseIdleConnections(t *testing.T) {
	endpoint, connections := listen(t, text(none))
	c, err := soapclient.New(parcels.Binding11, endpoint)
	require.NoError(t, err)
	for range 2 {
		_, err := parcels.NewClient(c).GetParcels(t.Context(), &parcels.GetParcels{})
		require.NoError(t, err)
		c.CloseIdleConnections()
	}
	assert.EqualValues(t, 2, connections.Load())
}

func TestDamagedDetail(t *testing.T) {
	fault := &soapclient.FaultError{Detail: []xmlwire.Raw{`<NoSuchDepot xmlns="urn:parcels"><Depot><a/></Depot></NoSuchDepot>`}}
	ok, err := fault.DecodeDetail(xmlwire.Name{Space: parcels.Space, Local: "NoSuchDepot"}, new(parcels.NoSuchDepot))
	assert.True(t, ok)
	require.ErrorContains(t, err, "detail {urn:parcels}NoSuchDepot of the fault: ")
	ok, err = fault.DecodeDetail(xmlwire.Name{Space: parcels.Space, Local: "Other"}, new(parcels.NoSuchDepot))
	assert.False(t, ok)
	assert.NoError(t, err)
}
