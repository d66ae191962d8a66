package soaptest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/soapfirst/trackunit/soapclient"
)

// A Mode is what a Recorder does.
type Mode uint8

const (
	Replaying Mode = iota // answer from the recording, without a network
	Recording             // ask the service, and write the recording anew
)

// A Recorder is an http.RoundTripper that records exchanges with a service into a folder, and replays them. See the comment
// of the package for what a recording holds and how requests are found in it. It is safe for concurrent use.
type Recorder struct {
	folder string
	config config

	mu       sync.Mutex
	marks    marks
	taken    []*taken    // while recording
	recorded []*recorded // while replaying
	book     *ledger     // of the placeholders in recorded, once they were looked for with marks
}

// An Option configures a Recorder. Those that take names add up; of others the last one wins.
type Option func(*config)

type config struct {
	mode   Mode
	live   http.RoundTripper
	marks  marks
	any    marks
	repeat bool
}

// WithMode says what the Recorder does. The default is Recording if the test is run with -record, and else Replaying.
func WithMode(m Mode) Option { return func(c *config) { c.mode = m } }

// WithLive says what requests go through while they are recorded. The default is http.DefaultTransport.
func WithLive(rt http.RoundTripper) Option { return func(c *config) { c.live = rt } }

// WithRedacted has values replaced by placeholders before anything is written. A name is that of an element, an attribute, a
// member of a JSON object or a parameter of a query, without a namespace; what is within it counts too. "Contact/Name" is
// Name directly in Contact. JSON and queries do not tell types, so that there every Name is taken for it. Upper and lower case
// are the same.
//
// trackunittest.PersonalData is a list for the Classic API. Passwords and tokens need no mark.
func WithRedacted(names ...string) Option {
	return func(c *config) { c.marks = append(c.marks, newMarks(names)...) }
}

// WithAnyValue has values not compared: of times and identifiers, for example, that a test makes anew each time. Names are as
// with WithRedacted. That a value is there at all still counts.
func WithAnyValue(names ...string) Option {
	return func(c *config) { c.any = append(c.any, newMarks(names)...) }
}

// WithRepeat gives the last answer to a request again when it is asked for more often than it was recorded. By default that is
// an error, as a test that made a change twice would otherwise pass.
func WithRepeat() Option { return func(c *config) { c.repeat = true } }

// NewRecorder returns a Recorder of a folder, which is named from that of the test: testdata/recordings/zones, say. A folder
// belongs to one test. If there is no recording to replay, or it can't be read, the test fails at once.
//
// A recording is written when the test is over, and only if it has not failed: it takes the place of the one before.
func NewRecorder(tb testing.TB, folder string, opts ...Option) *Recorder {
	tb.Helper()
	c := config{live: http.DefaultTransport, marks: defaultMarks()}
	if isSet(recordFlag) {
		c.mode = Recording
	}
	for _, opt := range opts {
		opt(&c)
	}
	r := &Recorder{folder: folder, config: c, marks: c.marks}
	if c.mode == Recording {
		tb.Cleanup(func() { r.finish(tb) })
		return r
	}
	var err error
	if r.recorded, err = readRecording(folder); err != nil {
		tb.Fatalf("nothing can be replayed: %v", err)
	}
	return r
}

func (r *Recorder) finish(tb testing.TB) {
	tb.Helper()
	if tb.Failed() {
		tb.Logf("the test has failed: %s stays as it is", r.folder)
		return
	}
	if err := r.save(); err != nil {
		tb.Errorf("the recording cannot be written: %v", err)
	}
}

// Mode returns what r does: a test may be content with less while it replays.
func (r *Recorder) Mode() Mode { return r.config.mode }

// Client returns an http.Client whose requests go through r.
func (r *Recorder) Client() *http.Client { return &http.Client{Transport: r} }

// Interceptor returns an interceptor for the soapclient.Client whose requests go through r. It marks what the operations
// that are called call secret: the secrets of wsdlgen.toml.
func (r *Recorder) Interceptor() soapclient.Interceptor {
	return func(next soapclient.RoundTripper) soapclient.RoundTripper {
		return soapclient.RoundTripperFunc(func(ctx context.Context, call *soapclient.Call) error {
			r.mark(call.Op.Secrets)
			return next.RoundTrip(ctx, call)
		})
	}
}

// mark adds marks, each of them once.
func (r *Recorder) mark(names []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, name := range names {
		if !r.marks.covers([]string{name}) {
			r.marks, r.book = append(slices.Clip(r.marks), mark{name}), nil
		}
	}
}

// Unused returns the names of recorded exchanges that no request has asked for yet: a test that wants to have made all the
// calls that it made when it was recorded wants it to be empty.
func (r *Recorder) Unused() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var names []string
	for _, x := range r.recorded {
		if !x.used {
			names = append(names, x.Name)
		}
	}
	return names
}

// RoundTrip implements http.RoundTripper. While r replays, a request that was not recorded is a *NoMatchError. While it
// records, answers are read to their end before they are returned, also where the caller would read only some of one.
func (r *Recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	body, err := readBody(req)
	if err != nil {
		return nil, err
	}
	if r.config.mode == Recording {
		return r.record(req, body)
	}
	return r.replay(req, body)
}

func readBody(req *http.Request) ([]byte, error) {
	if req.Body == nil {
		return nil, nil
	}
	defer req.Body.Close()
	return io.ReadAll(req.Body)
}

// record makes a request, and keeps it with its answer. What fails without an answer is not kept.
func (r *Recorder) record(req *http.Request, body []byte) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.Header.Del("Accept-Encoding") // the transport compresses by itself, or the answer can be read at once
	if req.Body != nil {
		out.ContentLength = int64(len(body))
		out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		out.Body, _ = out.GetBody()
	}
	resp, err := r.config.live.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	t := newTaken(req, body, resp, answer, err)
	resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(answer), failing{err}))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.taken = append(r.taken, t)
	return resp, nil
}

// failing is a reader with nothing but the error that ended another, or the end.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return 0, io.EOF
}
