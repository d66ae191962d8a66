package trackunit

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/soapfirst/trackunit/soapclient"
)

// A StatusError is a failure that the service itself reports. It comes under a *soapclient.OpError, which names the
// operation.
type StatusError struct {
	// Code is the service's code, such as unitNotFound, or the name of an exception class on its side. It may be empty.
	Code string
	// Message is for people, and may be empty. Do not compare it: it changes with the version of the service.
	Message string
	// HTTPStatus is the status that the service would have answered with over REST. SOAP answers say 200 for everything, so
	// it comes from the header X-Status. It is 0 if nothing said it.
	HTTPStatus int
	// FieldErrors tell which parameters are at fault, if the service knows.
	FieldErrors []FieldError
	// Meta and StackTrace are what else the service said. It sends a stack trace only when it is being debugged.
	Meta       map[string]string
	StackTrace string
}

// A FieldError says what is wrong with one parameter.
type FieldError struct {
	Field, Code, Message string
	Meta                 map[string]string
}

func (e *StatusError) Error() string {
	var b strings.Builder
	switch message := oneLine(e.Message); {
	case e.Code != "" && message != "":
		b.WriteString(e.Code + ": " + message)
	case e.Code != "" || message != "":
		b.WriteString(e.Code + message)
	case len(e.FieldErrors) > 0:
		f := e.FieldErrors[0]
		b.WriteString(strings.Join(nonEmpty(f.Field, f.Code, oneLine(f.Message)), ": "))
	default:
		b.WriteString("the service failed and did not say why")
	}
	if e.HTTPStatus != 0 {
		fmt.Fprintf(&b, " (status %d)", e.HTTPStatus)
	}
	return b.String()
}

// Parameter returns the name of the parameter at fault: what Code has in brackets, as in "invalidParameter (To)", or else the
// field of the first of FieldErrors. It is empty if neither says.
func (e *StatusError) Parameter() string {
	if _, parameter := splitCode(e.Code); parameter != "" {
		return parameter
	}
	for _, f := range e.FieldErrors {
		if f.Field != "" {
			return f.Field
		}
	}
	return ""
}

// Is makes errors.Is work with the sentinels of this package.
func (e *StatusError) Is(target error) bool {
	code, _ := splitCode(e.Code)
	switch target {
	case ErrNotFound:
		return isNotFound(code) || e.HTTPStatus == http.StatusNotFound
	case ErrUnauthorized:
		return e.HTTPStatus == http.StatusUnauthorized || e.HTTPStatus == 0 && isUnauthorized(code)
	case ErrForbidden:
		return e.HTTPStatus == http.StatusForbidden
	case ErrRateLimited:
		return e.HTTPStatus == http.StatusTooManyRequests
	case soapclient.ErrUnavailable:
		return e.HTTPStatus == http.StatusServiceUnavailable
	}
	c, ok := target.(*codeError)
	return ok && strings.EqualFold(code, c.code)
}

// isUnauthorized knows the codes that ServiceStack itself has for it, for answers whose status was lost.
func isUnauthorized(code string) bool {
	return strings.HasPrefix(code, "Unauthorized") || code == "AuthenticationException"
}

// splitCode splits "invalidParameter (To)".
func splitCode(s string) (code, parameter string) {
	code, parameter, _ = strings.Cut(s, "(")
	return strings.TrimSpace(code), strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(parameter), ")"))
}

// oneLine returns s for an error text: one line of reasonable length.
func oneLine(s string) string {
	const most = 300
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + "…"
}

func nonEmpty(texts ...string) []string {
	kept := texts[:0]
	for _, s := range texts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}
