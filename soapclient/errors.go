package soapclient

import (
	"errors"
	"fmt"
	"strings"

	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// What errors.Is finds in an *HTTPError or *FaultError by the HTTP status that it came with.
var (
	ErrUnauthorized = errors.New("unauthorized")    // 401, or a login page or a redirect to one
	ErrForbidden    = errors.New("forbidden")       // 403
	ErrNotFound     = errors.New("not found")       // 404
	ErrRateLimited  = errors.New("rate limited")    // 429
	ErrUnavailable  = errors.New("unavailable")     // 502, 503, 504
	ErrRedirect     = errors.New("redirect")        // 3xx
	ErrTooLarge     = errors.New("request too big") // 413
)

func statusIs(status int, target error) bool {
	switch target {
	case ErrUnauthorized:
		return status == 401
	case ErrForbidden:
		return status == 403
	case ErrNotFound:
		return status == 404
	case ErrRateLimited:
		return status == 429
	case ErrUnavailable:
		return status == 502 || status == 503 || status == 504
	case ErrRedirect:
		return status/100 == 3
	case ErrTooLarge:
		return status == 413
	}
	return false
}

// An OpError is the outermost error of every call.
type OpError struct {
	Op       string // the name of the operation
	Endpoint string // the URL without userinfo and query; empty if the call got to no Client
	Err      error

	scrub func(string) string // takes secrets out; a function, since package fmt does not look into those
}

func (e *OpError) Error() string {
	var b strings.Builder
	b.WriteString("calling ")
	b.WriteString(e.Op)
	if e.Endpoint != "" {
		b.WriteString(" at " + e.Endpoint)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	if e.scrub == nil {
		return b.String()
	}
	return e.scrub(b.String())
}

// Unwrap returns Err.
func (e *OpError) Unwrap() error { return e.Err }

// An UnknownOutcomeError reports that a request went out, at least in part, and that no complete answer came back: the
// server may have done what it was asked, or not. Only calls that are not idempotent (see Operation.Idempotent) end
// with it, since making the others again does no harm.
//
// An *HTTPError with status 502 or 504 leaves the outcome as open: there the answer was lost between gateway and server.
type UnknownOutcomeError struct{ Err error }

func (e *UnknownOutcomeError) Error() string {
	return "the request was sent but its answer was lost: " + e.Err.Error()
}

// Unwrap returns how the answer was lost.
func (e *UnknownOutcomeError) Unwrap() error { return e.Err }

// An UnexpectedElementError reports an answer that is SOAP, but whose body does not hold the element that the operation
// promises.
type UnexpectedElementError struct {
	Want xmlwire.Name
	Got  xmlwire.Name // the zero Name if the body is empty
	// Alternative is the content, if Got is one of WithAlternative.
	Alternative xmlwire.Message
}

func (e *UnexpectedElementError) Error() string {
	if e.Got.Local == "" {
		return fmt.Sprintf("the body of the answer is empty where %s should be", e.Want)
	}
	return fmt.Sprintf("the body of the answer holds %s where %s should be", e.Got, e.Want)
}

// A SizeError reports an answer that is longer than WithMaxResponseBytes allows. It has the field Limit.
type SizeError = soap.SizeError

// An EncodingError reports an answer in an unknown character set or content coding, or one that is damaged. It has
// the fields Msg and Err.
type EncodingError = soap.EncodingError

// A StructureError reports an answer whose XML is well-formed, but whose parts are not those of a SOAP envelope: no body,
// two elements in the body, text between elements. It has the fields Path and Msg.
type StructureError = soap.StructureError
