package trackunittest

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/soapfirst/trackunit/soapserver"
)

// A Rate bounds how often a Service is called.
type Rate struct {
	// PerSecond is how many calls within any second are answered at once; more are delayed until that holds.
	PerSecond int
	// MaxDelay and MaxQueue bound the delays: a call that would be delayed for longer, or that finds so many waiting, is
	// answered with HTTP 429.
	MaxDelay time.Duration
	MaxQueue int
}

// DocumentedRate is that of the real service (https://dev.trackunit.com/docs/trackunit-api).
var DocumentedRate = Rate{PerSecond: 50, MaxDelay: 3 * time.Second, MaxQueue: 200}

// WithRate has the Service keep to a rate. By default, and for a PerSecond of 0, it answers at once. Calls that a Fault strikes
// count; those without a valid token don't. The time is that of the machine, or of a bubble of testing/synctest.
func WithRate(r Rate) Option { return func(c *config) { c.rate = r } }

// A gate lets calls through at a rate.
type gate struct {
	Rate
	mu      sync.Mutex
	passed  []time.Time // when the last PerSecond calls passed, or will: a ring
	next    int         // the oldest of them
	waiting int
}

func newGate(r Rate) *gate { return &gate{Rate: r, passed: make([]time.Time, max(0, r.PerSecond))} }

// pass waits until a call may be answered.
func (g *gate) pass(ctx context.Context) error {
	delay, ok := g.enter(time.Now())
	if !ok {
		return &injectedError{&soapserver.PlainError{Status: http.StatusTooManyRequests}}
	}
	if delay == 0 {
		return nil
	}
	defer g.leave()
	if wait(ctx, delay) != nil {
		panic(http.ErrAbortHandler) // nobody is left to answer
	}
	return nil
}

// enter returns for how long a call that comes now is delayed, and false if it is refused. One that is delayed has to leave.
func (g *gate) enter(now time.Time) (time.Duration, bool) {
	if len(g.passed) == 0 {
		return 0, true
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	at := later(now, g.passed[g.next].Add(time.Second))
	delay := at.Sub(now)
	if delay > g.MaxDelay || delay > 0 && g.waiting >= g.MaxQueue {
		return 0, false
	}
	g.passed[g.next] = at
	g.next = (g.next + 1) % len(g.passed)
	if delay > 0 {
		g.waiting++
	}
	return delay, true
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting--
}
