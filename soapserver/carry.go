package soapserver

import (
	"context"
	"fmt"
	"net/http"

	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// Carry carries out a call of the operation with a name whose request did not come in SOAP, for servers that offer the same
// operations in other ways too. The interceptors of the Handler are around it. read fills in the request.
//
// The Exchange that it returns has the answer, or shows by its fields how far the call got before the error: without an
// Op there is no such operation, without a Req the request could not be read. Errors are those of read, of interceptors and
// of methods, and a *PanicError; the hook of WithErrorHook is not called. A panic with http.ErrAbortHandler goes on.
func (h *Handler) Carry(r *http.Request, op string, read func(op *soapclient.Operation, req xmlwire.Message) error) (*Exchange, error) {
	ex := &Exchange{HTTP: r, Header: make(http.Header), method: h.byName[op]}
	if ex.method == nil {
		return ex, fmt.Errorf("there is no operation %q", op)
	}
	ex.Op = ex.method.op
	return ex, h.recovered(func() error {
		req := ex.method.newReq()
		if err := read(ex.Op, req); err != nil {
			return err
		}
		ex.Req = req
		return h.endpoint(context.WithValue(r.Context(), exchangeKey{}, ex), ex)
	})
}
