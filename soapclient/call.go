package soapclient

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A RoundTripper makes one call. It fills the Resp and the answer fields of call and returns nil, or returns an error;
// after an error the answer fields hold what was learnt before it.
//
// It must be safe for concurrent use, must not change Op, Req or the request fields of a call, and must not use the call
// after it has returned.
type RoundTripper interface {
	RoundTrip(ctx context.Context, call *Call) error
}

// A RoundTripperFunc is a function as a RoundTripper.
type RoundTripperFunc func(ctx context.Context, call *Call) error

// RoundTrip calls f.
func (f RoundTripperFunc) RoundTrip(ctx context.Context, call *Call) error { return f(ctx, call) }

// An Interceptor wraps a RoundTripper in another that does something before or after it: logging, authentication,
// measuring, answering from a cache. It is called once when a Client is made. The call that the wrapped RoundTripper gets
// is its own to change: header fields and blocks may be added to it.
//
// If a call streams, rows have gone to the caller by the time that next returns, and a caller that breaks off makes next
// return an error that is xmlwire.ErrStopped.
type Interceptor func(next RoundTripper) RoundTripper

// A Call is one call of an operation: the request, the way it is to be made, and what came back.
type Call struct {
	Op *Operation
	// Req is the content of the request's body; nil only if Op.Input is the zero name.
	Req xmlwire.Message
	// Resp is what the content of the answer's body is decoded into. If it is nil, the answer is read and checked but
	// not kept.
	Resp xmlwire.Message
	// Rows, if set, takes the items of the list Op.List of the answer in place of Resp.
	Rows *xmlwire.Rows

	// ReqHeaders are the blocks of the request's SOAP header, ReqHeader are fields of its HTTP header. A field that is
	// given here takes the place of what the Client would send.
	ReqHeaders []HeaderBlock
	ReqHeader  http.Header
	// Endpoint is the URL to call; empty means that of the Client.
	Endpoint string
	// Timeout is that of each attempt; 0 means that of the Client, a negative one none. See WithTimeout.
	Timeout time.Duration
	// Idempotent says that the call may be made twice. A Client sets it if the operation is idempotent. See WithRetry.
	Idempotent bool

	// Status and Header are those of the answer's HTTP; Status is 0 as long as there is no answer.
	Status int
	Header http.Header
	// RespHeaders are the blocks of the answer's SOAP header.
	RespHeaders []xmlwire.Raw
	// Alternative is what the body held in place of Op.Output, if it is one of WithAlternative.
	Alternative xmlwire.Message

	info *ResponseInfo
}

// A HeaderBlock is one block of a SOAP header: the element Name with the content Message, or, if Message is nil, Raw.
type HeaderBlock struct {
	Name    xmlwire.Name
	Message xmlwire.Message
	Raw     xmlwire.Raw
	// MustUnderstand asks the server to refuse the request if it does not know the block.
	MustUnderstand bool
	// Role is the URI of the node that the block is for (the actor of SOAP 1.1); empty is the server itself.
	Role string
}

// fork returns a copy whose request side can be changed without the original noticing.
func (call *Call) fork() *Call {
	c := *call
	c.ReqHeaders = slices.Clip(c.ReqHeaders)
	c.ReqHeader = maps.Clone(c.ReqHeader)
	if c.ReqHeader == nil {
		c.ReqHeader = make(http.Header)
	}
	return &c
}

// clearAnswer makes the answer fields those of a call that was not made yet.
func (call *Call) clearAnswer() {
	call.Status, call.Header, call.RespHeaders, call.Alternative = 0, nil, nil, nil
}

// takeAnswer copies the answer fields of a fork.
func (call *Call) takeAnswer(fork *Call) {
	call.Status, call.Header, call.RespHeaders, call.Alternative = fork.Status, fork.Header, fork.RespHeaders, fork.Alternative
}

func soapBlocks(blocks []HeaderBlock) []soap.Block {
	out := make([]soap.Block, len(blocks))
	for i, b := range blocks {
		out[i] = soap.Block(b)
	}
	return out
}
