package soapclient

import (
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/soapfirst/trackunit/internal/redact"
)

// MaxTraceBytes is how much of each body an Exchange holds.
const MaxTraceBytes = 1 << 20

// An Exchange is what went over the wire in one attempt of a call, for people to read: secrets are replaced by REDACTED,
// compression and character sets are taken off.
type Exchange struct {
	Op       string
	Endpoint string // the URL without userinfo and query
	Start    time.Time
	Duration time.Duration // to the end of the answer

	RequestHeader http.Header
	Request       []byte
	Status        int // 0 if there was no answer
	Header        http.Header
	// Response is the answer as far as it was read: if a stream was broken off, what was read ahead included.
	Response []byte
	// Truncated says that Request or Response was longer than MaxTraceBytes.
	Truncated bool
	Err       error // how the attempt ended
}

// A tracer collects an Exchange. A nil one collects nothing.
type tracer struct {
	hook     func(*Exchange)
	secrets  *redact.Scrubber
	exchange Exchange
	response *recorder
}

func (c *Client) newTracer(call *Call, endpoint *url.URL, secrets *redact.Scrubber) *tracer {
	if c.trace == nil {
		return nil
	}
	shown := redact.DisplayURL(endpoint.String())
	return &tracer{hook: c.trace, secrets: secrets, exchange: Exchange{Op: call.Op.Name, Endpoint: shown, Start: time.Now()}}
}

func (t *tracer) request(h http.Header, body []byte) {
	if t == nil {
		return
	}
	t.exchange.RequestHeader = t.secrets.Header(h)
	t.exchange.Truncated = len(body) > MaxTraceBytes
	t.exchange.Request = []byte(t.secrets.Cut(string(body[:min(len(body), MaxTraceBytes)]), t.exchange.Truncated))
}

func (t *tracer) answer(resp *http.Response) {
	if t == nil {
		return
	}
	t.exchange.Status, t.exchange.Header = resp.StatusCode, t.secrets.Header(resp.Header)
}

func (t *tracer) finish(err error) {
	if t == nil {
		return
	}
	if t.response != nil {
		t.exchange.Truncated = t.exchange.Truncated || t.response.more
		t.exchange.Response = []byte(t.secrets.Cut(string(t.response.head), t.response.full()))
	}
	t.exchange.Err = t.secrets.Err(err)
	t.exchange.Duration = time.Since(t.exchange.Start)
	t.hook(&t.exchange)
}

// A recorder keeps the beginning of what is read through it.
type recorder struct {
	src  io.Reader
	keep int
	head []byte
	more bool // there was more than keep
	size int  // of all that src holds, as far as that is known
}

// Len tells a reader of long lists how much room they need. The size is what the server said, and no more than a guess.
func (r *recorder) Len() int { return r.size }

func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.src.Read(p)
	k := min(n, r.keep-len(r.head))
	r.head = append(r.head, p[:k]...)
	r.more = r.more || k < n
	return n, err
}

// full reports whether the beginning may end inside something.
func (r *recorder) full() bool { return len(r.head) >= r.keep }

// fill reads on until the beginning is complete. An error ends it as the end does: what comes is for an error text.
func (r *recorder) fill() {
	var p [512]byte
	for len(r.head) < r.keep {
		if _, err := r.Read(p[:]); err != nil {
			return
		}
	}
}
