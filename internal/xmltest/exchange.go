package xmltest

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/soapfirst/trackunit/internal/exchange"
)

// An Exchange is one HTTP request and its response, as captured: see package exchange.
type Exchange = exchange.Exchange

// ReadExchange reads one file. The test fails at once if it is not in the form of one.
func ReadExchange(tb testing.TB, file string) *Exchange {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	x, err := exchange.Parse(data)
	if err != nil {
		tb.Fatalf("%s: %v", file, err)
	}
	x.Name = strings.TrimSuffix(filepath.Base(file), ".txt")
	return x
}

// ReadExchanges reads the files that a pattern of package filepath matches, in the order of their names. The test fails
// at once if there are none.
func ReadExchanges(tb testing.TB, pattern string) []*Exchange {
	tb.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		tb.Fatalf("no file matches %s", pattern)
	}
	var exchanges []*Exchange
	for _, file := range files {
		exchanges = append(exchanges, ReadExchange(tb, file))
	}
	return exchanges
}

// Replay is an http.RoundTripper that answers requests with raw responses, in their order, and the last one ever
// after. It keeps the requests. It is safe for concurrent use.
type Replay struct {
	mu        sync.Mutex
	responses [][]byte
	requests  []Request
}

// A Request is what Replay was asked.
type Request struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte
}

// NewReplay returns a Replay of raw responses, such as the Response of an Exchange.
func NewReplay(responses ...[]byte) *Replay { return &Replay{responses: responses} }

// RoundTrip answers req with the next response. It ends with the error of the context of req where that is done, as a
// network does.
func (r *Replay) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	got := Request{Method: req.Method, URL: req.URL.String(), Header: req.Header.Clone()}
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		req.Body.Close()
		if err != nil {
			return nil, err
		}
		got.Body = body
	}
	raw, err := r.next(got)
	if err != nil {
		return nil, err
	}
	return http.ReadResponse(bufio.NewReader(bytes.NewReader(raw)), req)
}

func (r *Replay) next(got Request) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.responses) == 0 {
		return nil, fmt.Errorf("there is no response to replay")
	}
	r.requests = append(r.requests, got)
	raw := r.responses[0]
	if len(r.responses) > 1 {
		r.responses = r.responses[1:]
	}
	return raw, nil
}

// Requests returns what was asked so far.
func (r *Replay) Requests() []Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Request(nil), r.requests...)
}
