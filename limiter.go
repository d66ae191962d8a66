package trackunit

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/time/rate"

	"github.com/soapfirst/trackunit/soapclient"
)

// MaxRate is how many requests a second the service answers at once, by token (https://dev.trackunit.com/docs/trackunit-api).
const MaxRate = 50

// A Waiter lets requests through at some rate; a *rate.Limiter of golang.org/x/time/rate is one. See soapclient.Waiter.
type Waiter = soapclient.Waiter

// NewLimiter returns the Waiter that a Client has by default: it grants MaxRate requests a second, less two percent, evenly and in
// the order in which they were asked for, so that no second has more. Clients in one process that share a token are to share one:
//
//	limiter := trackunit.NewLimiter()
//	a, err := trackunit.New(token, trackunit.WithLimiter(limiter))
//	b, err := trackunit.New(token, trackunit.WithLimiter(limiter), trackunit.WithTransport(trackunit.JSON))
//
// Package redislimit has one for several processes.
func NewLimiter() Waiter {
	return &limiter{limiter: rate.NewLimiter(rate.Every(grantInterval), 1), turn: make(chan struct{}, 1)}
}

// grantInterval is two percent longer than a MaxRate of a second. After a grant that came late the next may come at once,
// to make up for it, and the second of the late one must not hold more than the others for that: that one, the next, and 48.
const grantInterval = time.Second / MaxRate * 1021 / 1000

// A limiter is a rate.Limiter that counts grants when they are given. The limiter itself counts them when they are asked for:
// those of goroutines that wake late could then come in the second of others. And it says in the usual way when a
// deadline is too near.
type limiter struct {
	limiter *rate.Limiter
	turn    chan struct{} // holds a token while one goroutine waits for the limiter; the others wait in order
}

// Wait implements Waiter.
func (l *limiter) Wait(ctx context.Context) error {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	err := l.limiter.Wait(ctx)
	if err == nil || ctx.Err() != nil {
		return err
	}
	// It does not wait for a grant that would come too late.
	return fmt.Errorf("the next grant comes after the deadline: %w", context.DeadlineExceeded)
}

// WithLimiter has each request, retries included, wait for a grant of w. The default is a NewLimiter of the Client's own; a
// nil w is no limit.
func WithLimiter(w Waiter) Option { return WithSOAP(soapclient.WithLimiter(w)) }
