package soapserver

import (
	"context"
	"net/http"

	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// An Exchange is one request and its answer. Fields are set from top to bottom as the request is understood; a hook that
// gets an Exchange after a failure finds those below the failure zero.
type Exchange struct {
	HTTP    *http.Request
	Action  string // what the HTTP header names, or ""
	Version soapclient.Version
	// HeaderBlocks are the blocks of the request's SOAP header.
	HeaderBlocks []HeaderBlock
	Op           *soapclient.Operation
	Req          xmlwire.Message

	// Resp is the content of the answer's body; nil is an empty body.
	Resp xmlwire.Message
	// RespHeaders are the blocks of the answer's SOAP header. They are sent with a fault too.
	RespHeaders []soapclient.HeaderBlock
	// Header is the HTTP header of the answer. Its Content-Type, if set, takes the place of that of the SOAP version.
	Header http.Header
	// Status is the HTTP status of the answer; 0 means 200, or for a fault what the fault says.
	Status int

	method *Method
}

// A HeaderBlock is one block of the SOAP header of a request.
type HeaderBlock struct {
	Name           xmlwire.Name
	Raw            xmlwire.Raw
	MustUnderstand bool
	Role           string // or actor
}

// NewResp returns a new response message of the operation, or nil if there is no operation or it has none.
func (ex *Exchange) NewResp() xmlwire.Message {
	if ex.method == nil || ex.method.newResp == nil {
		return nil
	}
	return ex.method.newResp()
}

// An Endpoint carries out an Exchange whose request was read: it sets Resp, or returns an error.
type Endpoint func(ctx context.Context, ex *Exchange) error

// An Interceptor wraps an Endpoint in another that does something before or after it, or in its place.
type Interceptor func(next Endpoint) Endpoint

type exchangeKey struct{}

// FromContext returns the Exchange that a method is called for, or nil if ctx does not come from a Handler.
func FromContext(ctx context.Context) *Exchange {
	ex, _ := ctx.Value(exchangeKey{}).(*Exchange)
	return ex
}

// forUs reports whether a header block is for the server itself, which is the last node on the way of the request.
func (b *HeaderBlock) forUs() bool {
	switch b.Role {
	case "", "http://schemas.xmlsoap.org/soap/actor/next", soap.Namespace12 + "/role/next", soap.Namespace12 + "/role/ultimateReceiver":
		return true
	}
	return false
}
