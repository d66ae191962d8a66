package soapclient

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// The defaults of a Client.
const (
	DefaultTimeout          = 100 * time.Second
	DefaultMaxResponseBytes = 256 << 20
	DefaultUserAgent        = "soapclient/1 (Go)"
)

// An Option configures a Client. Where two options set the same thing, the later one wins.
type Option interface{ applyToClient(*config) error }

// A CallOption configures one call.
type CallOption interface{ applyToCall(*Call) }

// A CommonOption configures a Client, for all of its calls, or one call, for which it wins over that of the Client.
type CommonOption interface {
	Option
	CallOption
}

type config struct {
	httpClient   *http.Client
	endpoint     string
	timeout      time.Duration
	maxBytes     int64 // 0 if not set
	header       http.Header
	soapHeader   []HeaderBlock
	read         xmlwire.ReadOptions
	write        xmlwire.WriteOptions
	secrets      []string
	check        StatusCheck
	alternatives map[xmlwire.Name]func() xmlwire.Message
	idempotent   func(*Operation) bool
	trace        func(*Exchange)
	format       Format       // nil for SOAP
	retry        *RetryPolicy // nil for no retries
	limiter      Waiter       // nil for no limit
	perCall      []Interceptor
	perAttempt   []Interceptor
}

type clientOption func(*config) error

func (o clientOption) applyToClient(c *config) error { return o(c) }

type callOption func(*Call)

func (o callOption) applyToCall(call *Call) { o(call) }

type commonOption struct {
	clientOption
	callOption
}

// WithHTTPClient makes the Client send requests through hc: its transport, cookies and timeout are used. Redirects are
// never followed, whatever its CheckRedirect says: a redirected POST loses its body or its credentials, and an answer
// from elsewhere is not the answer.
//
// Without it, or if hc is nil, a Client has a transport of its own, which keeps connections alive, honours the proxy
// variables of the environment and gives up connecting after 10 seconds.
func WithHTTPClient(hc *http.Client) Option {
	return clientOption(func(c *config) error { c.httpClient = hc; return nil })
}

// WithEndpoint gives the URL to call, in place of the address in the binding. It must be absolute, http or https. Its
// userinfo, if any, is sent as basic authentication; userinfo and query never appear in errors and traces.
func WithEndpoint(endpoint string) CommonOption {
	return commonOption{
		func(c *config) error { c.endpoint = endpoint; return nil },
		func(call *Call) { call.Endpoint = endpoint },
	}
}

// WithBasicAuth authenticates each request. The password counts as a secret.
func WithBasicAuth(user, password string) Option {
	return clientOption(func(c *config) error {
		r := http.Request{Header: make(http.Header)}
		r.SetBasicAuth(user, password)
		c.header.Set("Authorization", r.Header.Get("Authorization"))
		c.secrets = append(c.secrets, password)
		return nil
	})
}

// WithTimeout bounds each attempt of a call: from sending the request to the last byte of the answer. If the call
// streams, so that the time of an attempt includes what the caller does with the rows, d bounds the wait for the answer to
// begin, and then each wait for more of it. The error is a context.DeadlineExceeded. A deadline of the context holds
// besides.
//
// The default is DefaultTimeout; a d that is not positive is no timeout.
func WithTimeout(d time.Duration) CommonOption {
	if d <= 0 {
		d = -1
	}
	return commonOption{
		func(c *config) error { c.timeout = d; return nil },
		func(call *Call) { call.Timeout = d },
	}
}

// WithMaxResponseBytes bounds the body of an answer, after decompression. A longer one is a *SizeError. By default
// answers are bounded by DefaultMaxResponseBytes, except those of calls that stream, which need no memory. A negative n is
// no limit.
func WithMaxResponseBytes(n int64) Option {
	return clientOption(func(c *config) error {
		if n == 0 {
			return errors.New("a limit of 0 response bytes")
		}
		c.maxBytes = n
		return nil
	})
}

// WithHeader sets a field of the HTTP header of requests, also one that is otherwise made: Content-Type, SOAPAction,
// Authorization, Accept-Encoding, Host. Given for a call, it takes the place of the same field of the Client.
func WithHeader(key, value string) CommonOption {
	return commonOption{
		func(c *config) error { setHeader(c.header, key, value); return nil },
		func(call *Call) {
			if call.ReqHeader == nil {
				call.ReqHeader = make(http.Header)
			}
			setHeader(call.ReqHeader, key, value)
		},
	}
}

// setHeader is Header.Set, but for the one header whose specification spells it otherwise than Go does.
func setHeader(h http.Header, key, value string) {
	if http.CanonicalHeaderKey(key) == "Soapaction" {
		h["SOAPAction"] = []string{value}
		return
	}
	h.Set(key, value)
}

// WithUserAgent sets the header field User-Agent; the default is DefaultUserAgent.
func WithUserAgent(s string) Option {
	return clientOption(func(c *config) error { c.header.Set("User-Agent", s); return nil })
}

// WithSOAPHeader adds a block to the SOAP header of requests. Blocks add up, those of the Client first.
func WithSOAPHeader(block HeaderBlock) CommonOption {
	return commonOption{
		func(c *config) error { c.soapHeader = append(c.soapHeader, block); return nil },
		func(call *Call) { call.ReqHeaders = append(slices.Clip(call.ReqHeaders), block) },
	}
}

// WithReadOptions adjusts how answers are decoded, and the limits on what is taken from a server. With Validate set, an answer
// that does not hold what the schema demands is an error.
func WithReadOptions(opts xmlwire.ReadOptions) Option {
	return clientOption(func(c *config) error { c.read = opts; return nil })
}

// WithWriteOptions adjusts how requests are encoded. With Validate set, a request that does not hold what the schema demands is
// an error and is not sent.
func WithWriteOptions(opts xmlwire.WriteOptions) Option {
	return clientOption(func(c *config) error { c.write = opts; return nil })
}

// WithSecrets names strings that must not get out: they are replaced by REDACTED in every error and trace, also where they
// stand escaped for a URL, XML, HTML or Go. Secrets add up. Empty strings are passed over.
//
// Known without it are the password of WithBasicAuth, and of an endpoint the userinfo and the values in its query of six
// characters and more.
func WithSecrets(secrets ...string) Option {
	return clientOption(func(c *config) error { c.secrets = append(c.secrets, secrets...); return nil })
}

// A StatusCheck looks into an answer for a failure that the service reports in a way of its own: a header, a part of a
// response that otherwise looks like success. It runs twice on each answer that is no fault: with done false, when the
// HTTP and SOAP headers of call are known and nothing of the body; with done true, when Resp or Alternative was read too.
//
// If the first run returns an error, no row of a stream is yielded, but the body is read all the same, so that the second
// run can return a better error. Otherwise the call ends with that of the first.
//
// An answer that cannot be read as far as the body is checked once, with done false, if its HTTP status says success;
// otherwise it is an *HTTPError.
type StatusCheck func(call *Call, done bool) error

// WithStatusCheck sets the check that every answer must pass. There is one; a later one takes its place.
func WithStatusCheck(check StatusCheck) Option {
	return clientOption(func(c *config) error { c.check = check; return nil })
}

// WithAlternative makes an element that services send in place of the one that the operation promises known by name: such
// a body is decoded into a message that makeNew returns and shown to the StatusCheck as Call.Alternative. It is never a
// success: if the check has no objection, the call ends with an *UnexpectedElementError.
func WithAlternative(name xmlwire.Name, makeNew func() xmlwire.Message) Option {
	return clientOption(func(c *config) error {
		if c.alternatives == nil {
			c.alternatives = make(map[xmlwire.Name]func() xmlwire.Message)
		}
		c.alternatives[name] = makeNew
		return nil
	})
}

// WithIdempotent says, for operations that do not say it themselves, which of them may be made twice: see
// Operation.Idempotent.
func WithIdempotent(is func(*Operation) bool) Option {
	return clientOption(func(c *config) error { c.idempotent = is; return nil })
}

// WithTrace has trace called after each attempt, with the XML that went each way. Secrets are redacted in it. It may be
// called by several goroutines at once.
func WithTrace(trace func(*Exchange)) Option {
	return clientOption(func(c *config) error { c.trace = trace; return nil })
}

// WithInterceptors wraps every call, once, however often it is attempted. Options add up, the first interceptor is the
// outermost:
//
//	WithInterceptors(A) + WithInterceptors(B, C) == WithInterceptors(A, B, C)
//
// Interceptors of both kinds, and what lies between them, form an onion around the exchange of messages:
//
//	     call                                          answer or error
//	      ↓                                                  ↑
//	┌─ WithInterceptors ── A B C ──── once a call ───────────────┐
//	│   WithRetry                                                │
//	│   WithLimiter                                              │
//	│ ┌─ WithAttemptInterceptors ── once an attempt ───────────┐ │
//	│ │ ┌─ WithStatusCheck ──────────────────────────────────┐ │ │
//	│ │ │   envelope                   envelope, fault       │ │ │
//	│ │ │   authentication             decompression         │ │ │
//	│ │ │   HTTP request    ────────   HTTP response         │ │ │
//	│ │ └────────────────────────────────────────────────────┘ │ │
//	│ └────────────────────────────────────────────────────────┘ │
//	└────────────────────────────────────────────────────────────┘
//
// Each interceptor gets a call that already has the header fields, header blocks, endpoint and timeout of the Client.
func WithInterceptors(interceptors ...Interceptor) Option {
	return clientOption(func(c *config) error { c.perCall = append(c.perCall, interceptors...); return nil })
}

// WithAttemptInterceptors wraps every attempt of a call: what must be new each time belongs here, such as a nonce or a
// signature. An attempt has a copy of the call, so that what an interceptor adds to it is gone in the next attempt. See
// WithInterceptors for the order.
func WithAttemptInterceptors(interceptors ...Interceptor) Option {
	return clientOption(func(c *config) error { c.perAttempt = append(c.perAttempt, interceptors...); return nil })
}

// WithResponse has info filled with what the answer said beside its body, also if the call fails. For a call that streams
// it is filled when the loop ends.
func WithResponse(info *ResponseInfo) CallOption {
	return callOption(func(call *Call) { call.info = info })
}

// parseEndpoint checks an endpoint. Its errors do not quote it.
func parseEndpoint(endpoint string) (*url.URL, error) {
	if endpoint == "" {
		return nil, errors.New("no endpoint: the binding has no address, and none was given")
	}
	u, err := url.Parse(endpoint)
	switch {
	case err != nil:
		return nil, errors.New("the endpoint is not a URL")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("the endpoint has the scheme %q: only http and https can be called", u.Scheme)
	case u.Host == "":
		return nil, errors.New("the endpoint has no host")
	}
	return u, nil
}
