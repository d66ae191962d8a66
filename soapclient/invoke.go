package soapclient

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A ResponseInfo is what WithResponse keeps of an answer beside its body.
type ResponseInfo struct {
	Status     int           // of HTTP; 0 if there was no answer
	Header     http.Header   // of HTTP
	SOAPHeader []xmlwire.Raw // the blocks of the SOAP header
}

// DecodeHeader returns the first block called name in the SOAP header of an answer, as generated code does for those that
// an operation declares. It is nil if there is none.
func DecodeHeader[P message[T], T any](info *ResponseInfo, name xmlwire.Name) (P, error) {
	for _, raw := range info.SOAPHeader {
		if raw.Name() != name {
			continue
		}
		header := P(new(T))
		if err := raw.Decode(header); err != nil {
			return nil, fmt.Errorf("header block %s: %w", name, err)
		}
		return header, nil
	}
	return nil, nil
}

// Invoke calls op: it sends req and decodes the answer into resp. Generated methods are Invoke with the types filled in.
// Its errors are *OpErrors.
func Invoke(ctx context.Context, rt RoundTripper, op *Operation, req, resp xmlwire.Message, opts ...CallOption) error {
	return newCall(op, req, resp, opts).make(ctx, rt)
}

// InvokeStream calls op and yields the items of the list op.List of its answer, each as soon as it is read, in constant
// memory however long the list is. Items share no memory and may be kept. Everything else of the answer is decoded into
// resp, which is complete when the loop has ended of itself.
//
// An error comes as the last element, beside a zero T, also when items came before it: only a loop that ends without an
// error has seen the whole list. Breaking off the loop closes the connection. The call is made when the sequence is ranged
// over, again each time, and decoding runs in the goroutine of the loop.
func InvokeStream[T any](ctx context.Context, rt RoundTripper, op *Operation, req, resp xmlwire.Message, opts ...CallOption) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		call := newCall(op, req, resp, opts)
		stopped := false
		call.Rows = xmlwire.NewRows(op.List, func(row T) bool {
			stopped = !yield(row, nil)
			return !stopped
		})
		if err := call.make(ctx, rt); err != nil && !stopped {
			var zero T
			yield(zero, err)
		}
	}
}

func newCall(op *Operation, req, resp xmlwire.Message, opts []CallOption) *Call {
	call := &Call{Op: op, Req: req, Resp: resp}
	for _, opt := range opts {
		opt.applyToCall(call)
	}
	return call
}

// make makes the call and sees to the promises that hold whatever RoundTripper it is made with.
func (call *Call) make(ctx context.Context, rt RoundTripper) error {
	if call.Rows != nil && call.Op.List == "" {
		return &OpError{Op: call.Op.Name, Err: errors.New("the answer has no single list to stream")}
	}
	if rt == nil {
		return &OpError{Op: call.Op.Name, Err: fmt.Errorf("no RoundTripper to make the call with")}
	}
	err := rt.RoundTrip(ctx, call)
	if call.info != nil {
		*call.info = ResponseInfo{Status: call.Status, Header: call.Header, SOAPHeader: call.RespHeaders}
	}
	var opErr *OpError
	if err != nil && !errors.As(err, &opErr) {
		err = &OpError{Op: call.Op.Name, Err: err}
	}
	return err
}
