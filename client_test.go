package trackunit_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/soapclient"
)

// roundTripper is a function as a transport.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// answering returns an option that has every request answered with a body and HTTP 200.
func answering(body string, header ...string) trackunit.Option {
	return answeringStatus(200, body, header...)
}

func answeringStatus(status int, body string, header ...string) trackunit.Option {
	return trackunit.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		_, _ = io.Copy(io.Discard, r.Body)
		h := http.Header{"Content-Type": {"text/xml; charset=utf-8"}}
		for i := 0; i < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	})})
}

// envelope returns a SOAP 1.1 envelope.
func envelope(header, body string) string {
	return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"` +
		` xmlns="http://schemas.servicestack.net/types"><s:Header>` + header + `</s:Header><s:Body>` + body + `</s:Body></s:Envelope>`
}

const noUnits = `<GetUnitResponse><List/><ResponseStatus i:nil="true"/></GetUnitResponse>`

func newClient(t *testing.T, opts ...trackunit.Option) *trackunit.Client {
	t.Helper()
	client, err := newAtOnce("feedfacefeedfacefeedfacefeedface", opts...)
	require.NoError(t, err)
	return client
}

func TestNewRefuses(t *testing.T) {
	const secret = "5ecre75ecre75ecre75ecre75ecre75e"
	for name, c := range map[string]struct {
		token string
		opts  []trackunit.Option
		want  string
	}{
		"no token":             {"", nil, "the token is empty"},
		"line end":             {secret + "\n", nil, "the token holds a character that no token has, perhaps a line end"},
		"no UTF-8":             {secret + "\xff", nil, "the token holds a character that no token has, perhaps a line end"},
		"white space":          {" " + secret, nil, "the token begins or ends with white space"},
		"no URL":               {secret, []trackunit.Option{trackunit.WithEndpoint("http://[" + secret)}, "the endpoint is not a URL"},
		"no host":              {secret, []trackunit.Option{trackunit.WithEndpoint("public")}, `the endpoint has the scheme "": only http and https can be called`},
		"userinfo":             {secret, []trackunit.Option{trackunit.WithEndpoint("https://API:" + secret + "@x.example/public")}, "the endpoint has credentials in it: the token is given to New"},
		"query":                {secret, []trackunit.Option{trackunit.WithEndpoint("https://x.example/public?token=" + secret)}, "the endpoint has a query or a fragment: only the base of the service is wanted"},
		"option of soapclient": {secret, []trackunit.Option{trackunit.WithSOAP(soapclient.WithMaxResponseBytes(0))}, "a limit of 0 response bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			client, err := newAtOnce(c.token, c.opts...)
			assert.Nil(t, client)
			assert.EqualError(t, err, c.want)
		})
	}
}

func TestEndpoint(t *testing.T) {
	for name, c := range map[string]struct {
		opts []trackunit.Option
		want string
	}{
		"default":     {nil, "https://api.trackunit.com/public/soap11"},
		"SOAP 1.2":    {[]trackunit.Option{trackunit.WithSOAP12()}, "https://api.trackunit.com/public/soap12"},
		"last wins":   {[]trackunit.Option{trackunit.WithSOAP12(), trackunit.WithSOAP11()}, "https://api.trackunit.com/public/soap11"},
		"base":        {[]trackunit.Option{trackunit.WithEndpoint("http://127.0.0.1:80/public")}, "http://127.0.0.1:80/public/soap11"},
		"slash":       {[]trackunit.Option{trackunit.WithEndpoint("http://x.example/public/")}, "http://x.example/public/soap11"},
		"host alone":  {[]trackunit.Option{trackunit.WithEndpoint("http://x.example")}, "http://x.example/soap11"},
		"as in WSDLs": {[]trackunit.Option{trackunit.WithEndpoint("http://x.example/public/soap11"), trackunit.WithSOAP12()}, "http://x.example/public/soap12"},
		"token in URL": {
			[]trackunit.Option{trackunit.WithTokenInURL()},
			"https://api.trackunit.com/public/soap11?token=a%26b%2B%C3%B8+c%2Fd",
		},
	} {
		t.Run(name, func(t *testing.T) {
			const token = "a&b+ø c/d"
			var got *http.Request
			transport := roundTripper(func(r *http.Request) (*http.Response, error) {
				got = r
				return nil, errors.New("enough")
			})
			client, err := newAtOnce(token, append(c.opts, trackunit.WithHTTPClient(&http.Client{Transport: transport}))...)
			require.NoError(t, err)
			_, err = client.Units.Find(t.Context(), trackunit.UnitFilter{})
			require.Error(t, err)
			assert.Equal(t, c.want, got.URL.String())
			user, password, ok := got.BasicAuth()
			if got.URL.Query().Has("token") {
				assert.Equal(t, token, got.URL.Query().Get("token"))
				assert.False(t, ok)
			} else {
				assert.Equal(t, []string{"API", token}, []string{user, password})
			}
			assert.Equal(t, "trackunit client of "+strings.TrimSuffix(c.want, "?"+got.URL.RawQuery), client.String())
		})
	}
}

// TestTokenStaysIn looks for the token, in every spelling, in all that can be printed: clients, options, errors of every
// sort, traces, and what the service says.
func TestTokenStaysIn(t *testing.T) {
	const token = "s3cr3t&t0k3n+ø/="
	echo := "you sent " + token + " and " + url.QueryEscape(token)
	echoXML := strings.ReplaceAll(echo, "&", "&amp;")
	answers := map[string]trackunit.Option{
		"value":  answering(envelope("", noUnits)),
		"status": answering(envelope("", "<GetUnitResponse><ResponseStatus><ErrorCode>"+echoXML+"</ErrorCode><Message>"+echoXML+"</Message><StackTrace>"+echoXML+"</StackTrace><Errors><ResponseError><FieldName>"+echoXML+"</FieldName><Message>"+echoXML+"</Message></ResponseError></Errors></ResponseStatus></GetUnitResponse>")),
		"fault":  answeringStatus(500, envelope("", `<s:Fault><faultcode>s:Server</faultcode><faultstring>`+echoXML+`</faultstring></s:Fault>`)),
		"html":   answeringStatus(500, "<html><title>"+echoXML+"</title>"+echoXML, "Content-Type", "text/html", "X-Request-Id", echo),
		"text":   answeringStatus(502, echo, "Content-Type", "text/plain"),
		"redirect": answeringStatus(302, "", "Location", "https://login.example/?token="+url.QueryEscape(token)+
			"&back="+url.QueryEscape(echo)),
		"syntax":    answering(envelope("", "<GetUnitResponse><"+echo)),
		"element":   answering(envelope("", "<Other>"+echoXML+"</Other>")),
		"bad value": answering(envelope("", "<GetUnitResponse><List><Unit><Km>"+echoXML+"</Km></Unit></List></GetUnitResponse>")),
		"network": trackunit.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			return nil, &url.Error{Op: "Post", URL: r.URL.String(), Err: errors.New(echo)}
		})}),
		"timeout": trackunit.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("dialing %s: %w", r.URL, http.ErrHandlerTimeout)
		})}),
	}
	for name, answer := range answers {
		for _, login := range []trackunit.Option{trackunit.WithSOAP11(), trackunit.WithTokenInURL()} {
			t.Run(name, func(t *testing.T) {
				var out bytes.Buffer
				opts := []trackunit.Option{answer, login, trackunit.WithSOAP(soapclient.WithTrace(func(x *soapclient.Exchange) {
					printAll(&out, *x)
					fmt.Fprintf(&out, "%s\n%s\n", x.Request, x.Response)
				}))}
				client, err := newAtOnce(token, opts...)
				require.NoError(t, err)
				_, err = client.Units.Find(t.Context(), trackunit.UnitFilter{})
				_, streamErr := trackunit.Collect(client.Units.All(t.Context(), trackunit.UnitFilter{}))
				printAll(&out, client, *client, client.Units, client.Port(), opts)
				for _, v := range []any{client, *client, client.Units, client.Port(), opts} {
					fmt.Fprintf(&out, "%d\n%t\n", v, v) // nobody's way of printing them, and the one that looks deepest
				}
				for _, e := range []error{err, streamErr} {
					printErrors(&out, e)
				}
				for _, secret := range []string{"s3cr3t", "t0k3n", basicAuth(token)} {
					if i := strings.Index(out.String(), secret); i >= 0 {
						t.Errorf("it gets out: …%.100s", out.String()[max(0, i-100):])
					}
				}
			})
		}
	}
}

// printAll prints values in every way that programs and logs do.
func printAll(w io.Writer, values ...any) {
	logger := slog.New(slog.NewTextHandler(w, nil))
	for _, v := range values {
		fmt.Fprintf(w, "%v\n%+v\n%#v\n%s\n%q\n%x\n", v, v, v, v, v, v)
		logger.Info("value", "v", v)
		if text, err := json.Marshal(v); err == nil {
			fmt.Fprintf(w, "%s\n", text)
		}
	}
}

// printErrors prints an error and all that is under it.
func printErrors(w io.Writer, err error) {
	for ; err != nil; err = errors.Unwrap(err) {
		printAll(w, err)
		var statusErr *trackunit.StatusError
		if errors.As(err, &statusErr) {
			printAll(w, *statusErr)
		}
		var httpErr *soapclient.HTTPError
		if errors.As(err, &httpErr) {
			printAll(w, *httpErr)
		}
	}
}

func basicAuth(token string) string {
	r := http.Request{Header: make(http.Header)}
	r.SetBasicAuth("API", token)
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Basic ")
}

// TestConcurrent is for the race detector.
func TestConcurrent(t *testing.T) {
	client := newClient(t, answering(envelope("", noUnits)))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				_, err := client.Units.Find(t.Context(), trackunit.UnitFilter{})
				assert.NoError(t, err)
				_, err = trackunit.Collect(client.Units.All(t.Context(), trackunit.UnitFilter{}))
				assert.NoError(t, err)
				_ = client.String()
			}
		})
	}
	wg.Wait()
}

func TestCallOptions(t *testing.T) {
	client := newClient(t, answering(envelope("", noUnits), "X-Request-Id", "r-1"), trackunit.WithTimeout(time.Minute))
	var info soapclient.ResponseInfo
	units, err := client.Units.Find(t.Context(), trackunit.UnitFilter{}, soapclient.WithResponse(&info))
	require.NoError(t, err)
	assert.Empty(t, units)
	assert.Equal(t, 200, info.Status)
	assert.Equal(t, "r-1", info.Header.Get("X-Request-Id"))
}

// TestLostAnswers: an answer that is lost leaves the outcome of a write open, but not that of a read.
func TestLostAnswers(t *testing.T) {
	client := newClient(t, trackunit.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		_, _ = io.Copy(io.Discard, r.Body)
		return nil, io.ErrUnexpectedEOF
	})}))
	var unknown *soapclient.UnknownOutcomeError
	err := client.Zones.Delete(t.Context(), "1")
	require.ErrorAs(t, err, &unknown)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	_, err = client.Zones.Get(t.Context(), "1")
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.False(t, errors.As(err, &unknown))
}
