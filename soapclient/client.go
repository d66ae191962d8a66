package soapclient

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/soapfirst/trackunit/internal/redact"
)

// A Client calls the operations of one binding over HTTP. It is safe for concurrent use; making one does no I/O.
type Client struct {
	config
	version   Version
	address   *url.URL // the endpoint
	transport http.RoundTripper
	secrets   *redact.Scrubber
	onion     RoundTripper // the interceptors, with exchange in the middle
}

// New returns a Client of a binding. It fails if an option, the SOAP version or the endpoint makes no sense.
func New(b Binding, opts ...Option) (*Client, error) {
	c := &Client{version: b.Version}
	c.config = config{endpoint: b.Address, timeout: DefaultTimeout, header: make(http.Header)}
	for _, opt := range opts {
		if err := opt.applyToClient(&c.config); err != nil {
			return nil, err
		}
	}
	if b.Version.Namespace() == "" {
		return nil, errors.New("the binding names no version of SOAP")
	}
	var err error
	if c.address, err = parseEndpoint(c.endpoint); err != nil {
		return nil, err
	}
	c.setTransport()
	c.setSecrets()
	c.onion = wrap(retry(c.retry, limit(c.limiter, c.attempt())), c.perCall)
	return c, nil
}

func (c *Client) setTransport() {
	if c.httpClient == nil {
		c.httpClient = &http.Client{Transport: newTransport()}
	}
	if c.transport = c.httpClient.Transport; c.transport == nil {
		c.transport = http.DefaultTransport // as net/http has it
	}
}

func (c *Client) setSecrets() {
	secrets := slices.Clone(c.config.secrets)
	r := http.Request{Header: c.header}
	if user, password, ok := r.BasicAuth(); ok {
		secrets = append(secrets, redact.BasicCredentials(user, password))
	}
	c.config.secrets = secrets
	c.secrets = redact.New(c.secretsFor(c.endpoint))
}

// secretsFor returns the secrets of the Client and those in endpoint.
func (c *Client) secretsFor(endpoint string) []string {
	secrets := slices.Clone(c.config.secrets)
	if u, err := parseEndpoint(endpoint); err == nil {
		secrets = append(secrets, redact.URLSecrets(u)...)
	}
	return secrets
}

// newTransport returns a transport for one host that many goroutines call. Its limits are on what shows that the other side
// is not there; how long an answer may take is up to WithTimeout.
func newTransport() *http.Transport {
	dialer := net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    10 * time.Second,
		ExpectContinueTimeout:  time.Second,
		IdleConnTimeout:        90 * time.Second,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    128,
		MaxResponseHeaderBytes: 256 << 10,
		DisableCompression:     true, // exchange does it, with a limit on what comes out
	}
}

func wrap(rt RoundTripper, interceptors []Interceptor) RoundTripper {
	for _, i := range slices.Backward(interceptors) {
		rt = i(rt)
	}
	return rt
}

// RoundTrip makes call. Its errors are *OpErrors.
func (c *Client) RoundTrip(ctx context.Context, call *Call) error {
	if call.Op == nil {
		return &OpError{Op: "nothing", Err: errors.New("a call without an operation")}
	}
	own := c.withDefaults(call)
	err := c.onion.RoundTrip(ctx, own)
	call.takeAnswer(own)
	if err == nil {
		return nil
	}
	return &OpError{Op: call.Op.Name, Endpoint: redact.DisplayURL(own.Endpoint), Err: err, scrub: c.scrubberFor(own.Endpoint).Text}
}

// withDefaults returns a copy of call in which what the call leaves open is as the Client has it.
func (c *Client) withDefaults(call *Call) *Call {
	own := call.fork()
	own.clearAnswer()
	for key, values := range c.header {
		if _, ok := own.ReqHeader[key]; !ok {
			own.ReqHeader[key] = slices.Clip(values)
		}
	}
	if len(c.soapHeader) > 0 {
		own.ReqHeaders = slices.Concat(c.soapHeader, call.ReqHeaders)
	}
	if own.Endpoint == "" {
		own.Endpoint = c.endpoint
	}
	if own.Timeout == 0 {
		own.Timeout = c.timeout
	}
	own.Idempotent = own.Idempotent || own.Op.Idempotent || c.idempotent != nil && c.idempotent(own.Op)
	return own
}

// addressOf returns the endpoint of a call, which may be changed.
func (c *Client) addressOf(call *Call) (*url.URL, error) {
	if call.Endpoint != c.endpoint {
		return parseEndpoint(call.Endpoint)
	}
	address := *c.address
	return &address, nil
}

// scrubberFor returns a scrubber that knows the secrets in endpoint too.
func (c *Client) scrubberFor(endpoint string) *redact.Scrubber {
	if endpoint == c.endpoint {
		return c.secrets
	}
	return redact.New(c.secretsFor(endpoint))
}

// attempt returns what makes one attempt. Interceptors have a copy of the call, so that the next attempt finds it as it was.
func (c *Client) attempt() RoundTripper {
	if len(c.perAttempt) == 0 {
		return RoundTripperFunc(func(ctx context.Context, call *Call) error {
			call.clearAnswer()
			return c.exchange(ctx, call)
		})
	}
	next := wrap(RoundTripperFunc(c.exchange), c.perAttempt)
	return RoundTripperFunc(func(ctx context.Context, call *Call) error {
		own := call.fork()
		own.clearAnswer()
		err := next.RoundTrip(ctx, own)
		call.takeAnswer(own)
		return err
	})
}

// Format prints the version and the endpoint, whatever the verb: header fields and options of a Client may hold secrets.
func (c *Client) Format(f fmt.State, _ rune) {
	speaks := c.version.String()
	if c.format != nil {
		speaks = c.format.Content().String()
	}
	fmt.Fprintf(f, "%s client of %s", speaks, redact.DisplayURL(c.endpoint))
}

// CloseIdleConnections closes the connections that are kept alive and not in use.
func (c *Client) CloseIdleConnections() { c.httpClient.CloseIdleConnections() }
