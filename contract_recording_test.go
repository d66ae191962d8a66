package trackunit_test

import (
	"errors"
	"io"
	"net/http"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/canon"
	"github.com/soapfirst/trackunit/internal/xmltest"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A contractRecording answers with the bytes that a service once sent, to requests that say what it was then asked. It is
// an http.RoundTripper.
//
// A request that changes something, and one for what was changed, is answered in the order of the changes and then no more;
// all others are answered as often as they come.
type contractRecording struct {
	mark    string
	mu      sync.Mutex
	byName  map[string]*xmltest.Exchange // by Operation.version.case
	answers map[string][]*xmltest.Exchange
	used    map[string]bool
	missing []string // steps of the suite that were not captured
}

var errNotCaptured = errors.New("the answer was not captured")

// contractCaptured are the captured exchanges that the suite has a step for. The others, odd ways to ask, are tested by
// TestCapturedExchanges.
var contractCaptured = []string{
	"ok", "ok-one-unit", "all", "by-client", "point-radius", "empty-list", "after-create", "after-update",
	"*NotFound", "failure", "missing-*", "invalidParameter-*", "to-before-from", "auth-token-in-query", "auth-bad-token-closed-401",
}

// contractOddities are the captured answers that do not keep to the contract, since the service was made up.
var contractOddities = map[string]string{
	"GetReportUnitActiveFaults ok": "the made-up service has the same faults for any time",
}

func readContractRecording(t *testing.T, folder, kind, mark string) *contractRecording {
	r := &contractRecording{
		mark: mark, byName: make(map[string]*xmltest.Exchange), answers: make(map[string][]*xmltest.Exchange), used: make(map[string]bool),
	}
	exchanges := xmltest.ReadExchanges(t, filepath.Join(folder, kind, "*"+mark+"*.txt"))
	slices.SortStableFunc(exchanges, func(a, b *xmltest.Exchange) int { return r.turn(a) - r.turn(b) })
	for _, x := range exchanges {
		op, name, ok := strings.Cut(x.Name, mark)
		if !ok || strings.HasPrefix(op, "_") || !contractHasStep(name) {
			continue
		}
		r.byName[x.Name] = x
		key := contractKey(x.Method, x.Target, x.Header, asSent(x.Body))
		r.answers[key] = append(r.answers[key], x)
	}
	return r
}

func contractHasStep(name string) bool {
	return slices.ContainsFunc(contractCaptured, func(pattern string) bool {
		ok, err := path.Match(pattern, name)
		return ok && err == nil
	})
}

// turn returns when it was the turn of an exchange, among those that ask the same.
func (r *contractRecording) turn(x *xmltest.Exchange) int {
	_, name, _ := strings.Cut(x.Name, r.mark)
	if i := slices.Index([]string{"ok", "after-create", "after-update"}, name); i >= 0 {
		return i
	}
	return 3
}

// contractKey says what a request asks, of what, and as whom. Of a body in XML it is what that says which counts.
func contractKey(method, target string, header http.Header, body string) string {
	if form, err := canon.Form([]byte(body)); err == nil {
		body = form
	}
	return strings.Join([]string{method, target, header.Get("Authorization"), body}, "\n")
}

// RoundTrip implements http.RoundTripper.
func (r *contractRecording) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	x := r.next(contractKey(req.Method, req.URL.RequestURI(), req.Header, string(body)))
	if x == nil {
		return nil, errNotCaptured
	}
	return x.HTTPResponse(req)
}

func (r *contractRecording) next(key string) *xmltest.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	answers := r.answers[key]
	if len(answers) == 0 {
		return nil
	}
	x := answers[0]
	r.used[x.Name] = true
	op, name, _ := strings.Cut(x.Name, r.mark)
	if strings.HasPrefix(name, "after-") || contractWrites(op) && name == "ok" {
		r.answers[key] = answers[1:]
	}
	return x
}

// request reads the captured request of an operation into req, if there is one with that name.
func (r *contractRecording) request(t *testing.T, op, name string, req xmlwire.Message) {
	t.Helper()
	if x := r.byName[op+r.mark+name]; x != nil {
		require.NoError(t, xmlwire.Unmarshal(xmltest.Payload(t, x.Body), req, xmlwire.ReadOptions{}))
	}
}

// oddity returns why what was captured does not keep to the contract.
func (r *contractRecording) oddity(op, name string) string {
	if r == nil {
		return ""
	}
	return contractOddities[op+" "+name]
}

// without skips a step for want of a captured answer.
func (r *contractRecording) without(t *testing.T) {
	t.Helper()
	names := strings.SplitN(t.Name(), "/", 3) // the test, the transport and the step
	r.missing = append(r.missing, names[len(names)-1])
	t.Skip(errNotCaptured)
}

// report wants all that was captured to have been asked for, and lists what was not captured.
func (r *contractRecording) report(t *testing.T) {
	for name := range r.byName {
		assert.True(t, r.used[name], "no step of the suite asks for %s", name)
	}
	t.Logf("%d captured answers hold; %d steps were not captured:\n%s", len(r.used), len(r.missing), strings.Join(r.missing, "\n"))
}
