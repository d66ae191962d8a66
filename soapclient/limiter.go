package soapclient

import (
	"context"
	"fmt"
)

// A Waiter lets requests through at some rate: Wait returns nil when one more may be sent, or an error when ctx ends before
// that. A *rate.Limiter of golang.org/x/time/rate is one. It must be safe for concurrent use.
type Waiter interface {
	Wait(ctx context.Context) error
}

// WithLimiter has each attempt of a call wait for one grant of w before it is made. The time of WithTimeout begins behind
// that wait. If Wait fails, the call ends with its error and nothing was sent. A nil w is no limit, which is the default.
//
// Clients that are to share a limit are given the same w.
func WithLimiter(w Waiter) Option {
	return clientOption(func(c *config) error { c.limiter = w; return nil })
}

// limit makes next wait for a grant.
func limit(w Waiter, next RoundTripper) RoundTripper {
	if w == nil {
		return next
	}
	return RoundTripperFunc(func(ctx context.Context, call *Call) error {
		if err := w.Wait(ctx); err != nil {
			return fmt.Errorf("waiting for the rate limit: %w", err)
		}
		return next.RoundTrip(ctx, call)
	})
}
