package soapclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"time"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A RetryPolicy says when a call that failed is made again. The zero RetryPolicy has the defaults.
//
// Only calls that are idempotent are (see Operation.Idempotent and WithIdempotent), and of those that stream only such
// whose caller has got no row yet. A call that is not idempotent is attempted once, whatever it ends with.
type RetryPolicy struct {
	// MaxAttempts is how often a call is attempted, the first time included. The default is 4; 1 is no retries.
	MaxAttempts int
	// BaseDelay and MaxDelay bound the waits between attempts: before the nth retry it is drawn between 0 and
	// BaseDelay·2ⁿ, but at most MaxDelay, so that callers who failed together don't come back together. The defaults are
	// 250 milliseconds and 10 seconds.
	BaseDelay, MaxDelay time.Duration
	// MaxRetryAfter is the longest Retry-After that is waited for; the wait is then that and a draw up to BaseDelay. A call
	// that is asked to wait longer ends. The default is one minute.
	MaxRetryAfter time.Duration
	// Budget is how many retries all calls of a Client have to start with, and at most; each retry takes one, and each call
	// that succeeds gives BudgetShare back. With an empty budget calls end with their first error. The defaults are 100 and
	// 0.2: one retry for five calls.
	Budget      int
	BudgetShare float64
	// Temporary reports whether an error is worth another attempt. Nil is the function Temporary.
	Temporary func(error) bool
}

func (p RetryPolicy) check() error {
	if p.MaxAttempts < 0 || p.BaseDelay < 0 || p.MaxDelay < 0 || p.MaxRetryAfter < 0 || p.Budget < 0 || p.BudgetShare < 0 {
		return errors.New("a negative number in the retry policy: 0 stands for the default")
	}
	return nil
}

func (p RetryPolicy) withDefaults() RetryPolicy {
	p.MaxAttempts = cmp.Or(p.MaxAttempts, 4)
	p.BaseDelay = cmp.Or(p.BaseDelay, 250*time.Millisecond)
	p.MaxDelay = cmp.Or(p.MaxDelay, 10*time.Second)
	p.MaxRetryAfter = cmp.Or(p.MaxRetryAfter, time.Minute)
	p.Budget = cmp.Or(p.Budget, 100)
	p.BudgetShare = cmp.Or(p.BudgetShare, 0.2)
	if p.Temporary == nil {
		p.Temporary = Temporary
	}
	return p
}

// WithRetry has calls that failed made again by a policy. Without it each call is attempted once. A later WithRetry takes
// the place of an earlier one.
//
// A call that failed more than once ends with a *RetryError around the last failure.
func WithRetry(p RetryPolicy) Option {
	return clientOption(func(c *config) error { c.retry = &p; return p.check() })
}

// A RetryError reports a call that was attempted more than once and failed each time.
type RetryError struct {
	Attempts int
	Err      error // of the last attempt
}

func (e *RetryError) Error() string {
	return fmt.Sprintf("%v (the last of %d attempts)", e.Err, e.Attempts)
}

// Unwrap returns Err.
func (e *RetryError) Unwrap() error { return e.Err }

// A retrier makes a call until it succeeds or the policy says that it is enough.
type retrier struct {
	RetryPolicy
	budget retryBudget
	next   RoundTripper
}

func retry(p *RetryPolicy, next RoundTripper) RoundTripper {
	if p == nil {
		return next
	}
	r := &retrier{RetryPolicy: p.withDefaults(), next: next}
	most := float64(r.Budget)
	r.budget = retryBudget{left: most, most: most, share: r.BudgetShare}
	return r
}

// RoundTrip implements RoundTripper.
func (r *retrier) RoundTrip(ctx context.Context, call *Call) error {
	restore := keep(call.Resp)
	for attempt := 1; ; attempt++ {
		err := r.next.RoundTrip(ctx, call)
		if err == nil {
			r.budget.earn()
			return nil
		}
		if err = r.pause(ctx, call, attempt, err); err == nil {
			restore()
			continue
		}
		if attempt > 1 {
			err = &RetryError{Attempts: attempt, Err: err}
		}
		return err
	}
}

// pause waits until it is time for another attempt. If there is to be none, it returns the error that the call ends with.
func (r *retrier) pause(ctx context.Context, call *Call, attempt int, err error) error {
	wait, again := r.delay(ctx, call, attempt, err)
	if !again {
		return err
	}
	if gaveUp := sleep(ctx, wait); gaveUp != nil {
		return fmt.Errorf("%w (%w)", gaveUp, err)
	}
	return nil
}

// delay returns how long to wait for the next attempt, and false if there is to be none.
func (r *retrier) delay(ctx context.Context, call *Call, attempt int, err error) (time.Duration, bool) {
	switch {
	case !call.Idempotent, attempt >= r.MaxAttempts, call.Rows != nil && call.Rows.Count() > 0:
		return 0, false
	case ctx.Err() != nil, !r.Temporary(err):
		return 0, false
	}
	wait := rand.N(r.backoff(attempt) + 1)
	if asked := retryAfter(call.Header); asked > r.MaxRetryAfter {
		return 0, false
	} else if asked > 0 {
		wait = asked + rand.N(r.BaseDelay+1)
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
		return 0, false // what is known now says more than that time ran out
	}
	return wait, r.budget.spend()
}

// backoff returns the longest wait before the nth retry.
func (r *retrier) backoff(n int) time.Duration {
	d := r.BaseDelay
	for ; n > 0 && d < r.MaxDelay; n-- {
		d *= 2
	}
	return min(d, r.MaxDelay)
}

// keep returns a function that makes a message what it is now: what an attempt has read of an answer must not be mixed
// with the answer of the next.
func keep(m xmlwire.Message) (restore func()) {
	v := reflect.ValueOf(m)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return func() {}
	}
	was := reflect.New(v.Type().Elem()).Elem()
	was.Set(v.Elem())
	return func() { v.Elem().Set(was) }
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
