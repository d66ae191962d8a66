package soapclient

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
)

// A brokenError is a failure of the connection: before an answer, or within one. It reads as its cause.
type brokenError struct{ error }

// Unwrap returns the cause.
func (e brokenError) Unwrap() error { return e.error }

// Temporary reports whether a call that ended with err may succeed if it is simply made again, without a word on whether
// it may be made again: see Operation.Idempotent. It is so for
//
//   - connections that cannot be made or break, also within an answer, unless the certificate of the server is refused;
//   - attempts that took longer than WithTimeout;
//   - answers with the status 408, 425, 429, 500, 502, 503 or 504 that are no faults;
//   - faults that blame the server: Server of SOAP 1.1 ("the message may succeed at a later point in time", section 4.4.1),
//     Receiver of SOAP 1.2, and all that come with the status 429 or 503.
//
// It is not so for a context that was cancelled, and for all else.
func Temporary(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	var fault *FaultError
	var answer *HTTPError
	var broken brokenError
	var refused *tls.CertificateVerificationError
	switch {
	case errors.As(err, &fault):
		return fault.temporary()
	case errors.As(err, &answer):
		return temporaryStatus(answer.Status)
	case errors.As(err, &refused):
		return false
	case errors.As(err, &broken):
		return true
	}
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, io.ErrUnexpectedEOF)
}

func temporaryStatus(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

func (e *FaultError) temporary() bool {
	if e.Status == http.StatusTooManyRequests || e.Status == http.StatusServiceUnavailable {
		return true
	}
	class := e.class()
	return class == "Server" || class == "Receiver"
}
