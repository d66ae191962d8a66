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

// NewLimiter returns the Waiter that a Client has by default: it grants MaxRate requests a second, evenly and in the order
// in which they were asked for, so that no second has more. Clients in one process that share a token are to share one:
//
//	limiter := trackunit.NewLimiter()
//	a, err := trackunit.New(token, trackunit.WithLimiter(limiter))
//	b, err := trackunit.New(token, trackunit.WithLimiter(limiter), trackunit.WithTransport(trackunit.JSON))
//
// Package redislimit has one for several processes.
func NewLimiter() Waiter {
	return &limiter{limiter: rate.NewLimiter(rate.Every(grantWindow/MaxRate), 1), turn: make(chan struct{}, 1)}
}

// grantWindow is the time that holds MaxRate grants: a little more than a second, so that one of exactly a second never holds
// one more.
const grantWindow = time.Second + time.Millisecond

// A limiter is a rate.Limiter that counts grants when they are given. The limiter itself counts them when they are asked for:
// those of goroutines that wake late would come in the second of others, and those of goroutines that give up would be lost.
type limiter struct {
	limiter *rate.Limiter
	turn    chan struct{} // holds a token while one goroutine waits for the limiter; the others wait in order

	given [MaxRate]time.Time // the last grants: a ring
	next  int                // the oldest of them
}

// Wait implements Waiter.
func (l *limiter) Wait(ctx context.Context) error {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := l.limiter.Wait(ctx); ctx.Err() != nil {
		return ctx.Err()
	} else if err != nil { // it does not wait for a grant that would come too late
		return fmt.Errorf("the next grant comes after the deadline: %w", context.DeadlineExceeded)
	}
	if err := l.makeUp(ctx); err != nil {
		return err
	}
	l.given[l.next] = time.Now()
	l.next = (l.next + 1) % len(l.given)
	return nil
}

// makeUp waits if the limiter makes up for a grant that came late, as long as that would put too many into one second.
func (l *limiter) makeUp(ctx context.Context) error {
	timer := time.NewTimer(time.Until(l.given[l.next].Add(grantWindow)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// WithLimiter has each request, retries included, wait for a grant of w. The default is a NewLimiter of the Client's own; a
// nil w is no limit.
func WithLimiter(w Waiter) Option { return WithSOAP(soapclient.WithLimiter(w)) }
