package soapclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// A patience ends an attempt that takes too long, by its context.
type patience struct {
	parent, ctx context.Context
	cancel      context.CancelCauseFunc
	timer       *time.Timer // nil if there is no limit
	limit       time.Duration
}

func newPatience(ctx context.Context, limit time.Duration) *patience {
	p := &patience{parent: ctx, limit: limit}
	p.ctx, p.cancel = context.WithCancelCause(ctx)
	if limit > 0 {
		p.timer = time.AfterFunc(limit, func() { p.cancel(errOutOfPatience) })
	}
	return p
}

var errOutOfPatience = errors.New("timeout")

// pause stops the time, resume starts it from the beginning.
func (p *patience) pause() {
	if p.timer != nil {
		p.timer.Stop()
	}
}

func (p *patience) resume() {
	if p.timer != nil {
		p.timer.Reset(p.limit)
	}
}

// end ends the attempt: a connection that is still in use is closed.
func (p *patience) end() {
	p.pause()
	p.cancel(context.Canceled)
}

// explain says by what context an attempt ended, if err, which ended it, comes from one: transports have their own ways
// to say so.
func (p *patience) explain(err error) error {
	switch parent := p.parent.Err(); {
	case parent != nil && !errors.Is(err, parent):
		return fmt.Errorf("%w (%w)", parent, err)
	case parent != nil:
		return err
	case context.Cause(p.ctx) == errOutOfPatience:
		return fmt.Errorf("no answer within %v: %w", p.limit, context.DeadlineExceeded)
	}
	return err
}

// A patientReader has the time run only while it reads.
type patientReader struct {
	io.Reader
	patience *patience
}

func (r *patientReader) Read(p []byte) (int, error) {
	r.patience.resume()
	defer r.patience.pause()
	return r.Reader.Read(p)
}
