package trackunit

import (
	"context"
	"sync"
	"time"
)

// A hedge makes a call once more while the first waits for an answer that is overdue, and takes the answer that comes first:
// rows come in order, so that one connection on which nothing happens would hold all others up until it times out. What
// counts as overdue follows from how long calls take, so that a service that is slow for all is not called twice as often.
type hedge struct {
	mu   sync.Mutex
	mean time.Duration // of calls that succeeded, the latest count most
}

const (
	hedgeLeast = time.Second // no answer is overdue before
	hedgeMost  = 4           // calls at a time, the first included
)

// overdue returns how long to wait before a call is made once more.
func (h *hedge) overdue() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return max(hedgeLeast, 2*h.mean)
}

func (h *hedge) took(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.mean == 0 {
		h.mean = d
	}
	h.mean += (d - h.mean) / 32
}

// hedged makes a call, which must be safe to repeat, as often as h finds right.
func hedged[Out any](ctx context.Context, h *hedge, call func(context.Context) (Out, error)) (Out, error) {
	ctx, cancel := context.WithCancel(ctx)
	var calls sync.WaitGroup
	defer calls.Wait()
	defer cancel()
	answers := make(chan result[Out], hedgeMost)
	begin := func() {
		calls.Go(func() {
			start := time.Now()
			out, err := call(ctx)
			if err == nil {
				h.took(time.Since(start))
			}
			answers <- result[Out]{out, err}
		})
	}
	begin()
	wait := h.overdue()
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for begun, failed := 1, 0; ; {
		select {
		case r := <-answers:
			if r.err != nil {
				failed++
			}
			if r.err == nil || failed == begun {
				return r.out, r.err
			}
		case <-timer.C:
			begin()
			if begun++; begun < hedgeMost {
				wait *= 2
				timer.Reset(wait)
			}
		}
	}
}
