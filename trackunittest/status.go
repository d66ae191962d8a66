package trackunittest

import (
	"cmp"
	"fmt"
	"net/http"
	"reflect"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A statusError is how the service says that it did not do what it was asked: under HTTP 200, with the usual response and
// its ResponseStatus filled.
type statusError struct {
	status  int // for X-Status
	code    string
	field   string // the member of the request at fault; may be empty
	message string

	fieldMessage string // what is said of the field; empty for message
	early        bool   // it is from before there was a request, so that there is no list of errors, not even an empty one
}

func (e *statusError) Error() string { return e.code + ": " + e.message }

// notFound is the documented error of units, clients, categories, groups, zones and points. That alarms, contacts and keys
// have one of the same form is inferred.
func notFound(noun, id string) error {
	return &statusError{
		status: http.StatusNotFound, code: noun + "NotFound",
		message: fmt.Sprintf("The %s with id '%s' does not exist", noun, id),
	}
}

// invalid is the error for a request that cannot be carried out as it stands. It is documented for time spans that are too
// long; that it comes for all else that is wrong with a request, with the member's name beside it, is inferred.
func invalid(field, format string, args ...any) error {
	return &statusError{
		status: http.StatusBadRequest, code: "invalidParameter", field: field, message: fmt.Sprintf(format, args...),
	}
}

// response returns what goes into the response.
func (e *statusError) response() generated.ResponseStatus {
	s := generated.ResponseStatus{
		ErrorCode: xmlwire.Some(e.code),
		Message:   xmlwire.Some(e.message),
	}
	if !e.early {
		s.Errors = []generated.ResponseError{}
	}
	if e.field != "" {
		s.Errors = append(s.Errors, generated.ResponseError{
			ErrorCode: s.ErrorCode, FieldName: xmlwire.Some(e.field), Message: xmlwire.Some(cmp.Or(e.fieldMessage, e.message)),
		})
	}
	return s
}

// An errorResponse is what ServiceStack answers with where it knows no response to put a status into.
type errorResponse struct {
	ResponseStatus xmlwire.Opt[generated.ResponseStatus]
}

// XMLType returns the table of the type, written by hand since no WSDL has it.
func (*errorResponse) XMLType() *xmlwire.Type { return &xmlErrorResponse }

var xmlErrorResponse = xmlwire.Type{
	Name: "ErrorResponse", Space: nsTypes,
	Members: []xmlwire.Member{{Field: "ResponseStatus", Kind: xmlwire.Struct, Flags: xmlwire.Nillable}},
}

// setStatus sets the field ResponseStatus, which every response has.
func setStatus(resp xmlwire.Message, s generated.ResponseStatus) {
	reflect.ValueOf(resp).Elem().FieldByName("ResponseStatus").Set(reflect.ValueOf(xmlwire.Some(s)))
}
