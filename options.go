package trackunit

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/soapfirst/trackunit/soapclient"
)

// DefaultEndpoint is the base of the service's endpoints.
//
// The address in the WSDL is not used: the service makes it up from the request for the WSDL, and behind a proxy it may
// come out as http, over which a token must not go.
const DefaultEndpoint = "https://api.trackunit.com/public"

// An Option configures a Client. Where two options set the same thing, the later one wins.
type Option func(*config)

// A CallOption configures one call: soapclient.WithTimeout, WithHeader, WithEndpoint, WithResponse and so on. The last
// parameter of every method takes them.
type CallOption = soapclient.CallOption

type config struct {
	base       string
	transport  Transport
	tokenInURL bool
	soap       []soapclient.Option
}

// WithEndpoint calls the service at another base than DefaultEndpoint: a simulator, a proxy. The paths soap11 and soap12 and
// those of REST are below it; a base that ends in one of the former, as addresses in WSDLs do, is taken without. It must be
// an absolute URL, http or https, without credentials and query. Over http the token is readable on the way: that is for
// loopback addresses.
func WithEndpoint(base string) Option { return func(c *config) { c.base = base } }

// WithTokenInURL sends the token as the parameter token of the URL in place of basic authentication (user API, the token as
// password). The service takes both (https://dev.trackunit.com/docs/trackunit-api). URLs tend to end up in the logs of
// proxies: prefer the default.
func WithTokenInURL() Option { return func(c *config) { c.tokenInURL = true } }

// WithHTTPClient sends requests through hc. See soapclient.WithHTTPClient.
func WithHTTPClient(hc *http.Client) Option { return WithSOAP(soapclient.WithHTTPClient(hc)) }

// WithTimeout bounds each attempt of a call; the default is soapclient.DefaultTimeout. See soapclient.WithTimeout for what
// that means when rows are yielded while they arrive.
func WithTimeout(d time.Duration) Option { return WithSOAP(soapclient.WithTimeout(d)) }

// WithSOAP passes options to the soapclient.Client underneath: interceptors, traces, limits, header fields. They come after
// those of this package, so soapclient.WithStatusCheck takes the place of what makes StatusErrors, and
// soapclient.WithEndpoint that of WithEndpoint. Options add up.
func WithSOAP(opts ...soapclient.Option) Option {
	return func(c *config) { c.soap = append(c.soap, opts...) }
}

// dial makes the soapclient.Client. It also returns the endpoint for people to read.
func (c *config) dial(token string) (client *soapclient.Client, endpoint string, err error) {
	if err := c.transport.check(); err != nil {
		return nil, "", err
	}
	u, err := c.url()
	if err != nil {
		return nil, "", err
	}
	endpoint = u.String()
	opts := []soapclient.Option{
		soapclient.WithSecrets(token),
		soapclient.WithStatusCheck(StatusCheck(token)),
		soapclient.WithAlternative(errorResponseName, newErrorResponse),
		soapclient.WithIdempotent(readsOnly),
	}
	if c.tokenInURL {
		u.RawQuery = url.Values{"token": {token}}.Encode()
	} else {
		opts = append(opts, soapclient.WithBasicAuth("API", token))
	}
	opts = append(opts, soapclient.WithEndpoint(u.String()))
	opts = append(opts, c.transport.options()...)
	client, err = soapclient.New(c.transport.binding(), append(opts, c.soap...)...)
	return client, endpoint, err
}

// url returns the URL to call, without the token. Its errors do not quote the base, in which a secret may stand.
func (c *config) url() (*url.URL, error) {
	u, err := url.Parse(c.base)
	switch {
	case err != nil:
		return nil, errors.New("the endpoint is not a URL")
	case u.User != nil:
		return nil, errors.New("the endpoint has credentials in it: the token is given to New")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, errors.New("the endpoint has a query or a fragment: only the base of the service is wanted")
	}
	u.Path = strings.TrimRight(u.Path, "/")
	for _, path := range soapPaths {
		u.Path = strings.TrimSuffix(u.Path, "/"+path)
	}
	u.RawPath = ""
	if path, ok := soapPaths[c.transport]; ok {
		u = u.JoinPath(path)
	}
	return u, nil
}

// readsOnly tells which operations change nothing. Updates and deletions are not among them: made twice, the second
// can fail, and what it undoes may be somebody else's.
func readsOnly(op *soapclient.Operation) bool { return strings.HasPrefix(op.Name, "Get") }

func checkToken(token string) error {
	switch {
	case token == "":
		return errors.New("the token is empty")
	case strings.IndexFunc(token, unicode.IsControl) >= 0 || !utf8.ValidString(token):
		return errors.New("the token holds a character that no token has, perhaps a line end")
	case strings.TrimSpace(token) != token:
		return errors.New("the token begins or ends with white space")
	}
	return nil
}
