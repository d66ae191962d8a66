package soapserver

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A FaultCode says whom a fault blames, in the terms of SOAP 1.2.
type FaultCode uint8

const (
	Receiver            = FaultCode(soap.Receiver)            // the server; Server in SOAP 1.1
	Sender              = FaultCode(soap.Sender)              // the request; Client in SOAP 1.1
	MustUnderstand      = FaultCode(soap.MustUnderstand)      // a header block
	VersionMismatch     = FaultCode(soap.VersionMismatch)     // the version of the envelope
	DataEncodingUnknown = FaultCode(soap.DataEncodingUnknown) // the encoding style; Client in SOAP 1.1
)

// A Fault is an error that is sent to the client as a SOAP fault. The zero Fault blames the server and says nothing.
type Fault struct {
	Code FaultCode
	// Subcodes tell more, the most special last. SOAP 1.1 has none: there the first stands in place of the code.
	Subcodes []xmlwire.Name
	Reason   string
	Lang     string // of Reason; empty means English
	Actor    string // the URI of who failed; may be empty
	Detail   []Detail
	// HTTPStatus is the HTTP status; 0 means what the specifications say: 500, and in SOAP 1.2 for a Sender 400.
	HTTPStatus int
	// Err is the cause. It goes to the logger, not to the client.
	Err error
}

// A Detail is one element in the detail of a fault: Message under Name or, if Message is nil, Raw.
type Detail struct {
	Name    xmlwire.Name
	Message xmlwire.Message
	Raw     xmlwire.Raw
}

// Faultf returns a Fault with a formatted reason.
func Faultf(code FaultCode, format string, args ...any) *Fault {
	return &Fault{Code: code, Reason: fmt.Sprintf(format, args...)}
}

func (f *Fault) Error() string {
	s := "soap fault " + soap.Class(f.Code).Code(soap.V12).Local + ": " + f.Reason
	if f.Err != nil && !strings.HasSuffix(s, f.Err.Error()) {
		s += ": " + f.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

func (f *Fault) status(v soapclient.Version) int {
	switch {
	case f.HTTPStatus != 0:
		return f.HTTPStatus
	case v == soapclient.SOAP12 && f.Code == Sender:
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

func (f *Fault) append(dst []byte, v soapclient.Version, opts xmlwire.WriteOptions) ([]byte, error) {
	out := soap.Fault{
		Code: soap.Class(f.Code).Code(v), Subcodes: f.Subcodes, Role: f.Actor,
		Reasons: []soap.Reason{{Lang: f.Lang, Text: f.Reason}},
	}
	detail := make([]soap.Block, len(f.Detail))
	for i, d := range f.Detail {
		detail[i] = soap.Block{Name: d.Name, Message: d.Message, Raw: d.Raw}
	}
	return soap.AppendFault(dst, v, &out, detail, opts)
}

// A PlainError is an error that is answered with HTTP alone: an empty 401, the HTML page of a web server.
type PlainError struct {
	Status int
	Header http.Header // may be nil
	Body   []byte      // may be nil
}

func (e *PlainError) Error() string { return fmt.Sprintf("http %d without soap", e.Status) }

// ErrNotImplemented is what errors.Is finds in the error of Unimplemented.
var ErrNotImplemented = errors.New("not implemented")

// Unimplemented returns the error of an operation that a server does not implement: a Fault that says so.
func Unimplemented(op *soapclient.Operation) error {
	return &Fault{Reason: "the operation " + op.Name + " is not implemented", Err: ErrNotImplemented}
}
