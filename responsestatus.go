package trackunit

import (
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// How the service fails. It is made with ServiceStack, whose SOAP side does not send faults. An operation that fails is
// answered with HTTP 200 and its ordinary response element, in which the list or id is nil and ResponseStatus is filled. The
// status that REST would have had comes as X-Status, twice: in the HTTP header and as a block of the SOAP header. A
// response type without ResponseStatus loses the reason, so that X-Status alone tells; one that cannot be made gives the
// element ErrorResponse, which no WSDL mentions. A token that is refused is answered in one of these ways or with a real 401
// and nothing in it, and a request that ServiceStack cannot read, depending on its version, with an HTML page and a 500.
// So an answer is a failure if ResponseStatus says anything or X-Status is 400 or more, whatever its HTTP status is.

const nsTypes = "http://schemas.servicestack.net/types"

var (
	errorResponseName = xmlwire.Name{Space: nsTypes, Local: "ErrorResponse"}
	xStatusName       = xmlwire.Name{Space: nsTypes, Local: "X-Status"}
)

// An errorResponse is what ServiceStack sends in place of a response type that it cannot use.
type errorResponse struct {
	ResponseStatus Opt[generated.ResponseStatus]
}

func newErrorResponse() xmlwire.Message { return new(errorResponse) }

// XMLType returns the table of the type, written by hand since no WSDL has it.
func (*errorResponse) XMLType() *xmlwire.Type { return &xmlErrorResponse }

var xmlErrorResponse = xmlwire.Type{
	Name: "ErrorResponse", Space: nsTypes,
	Members: []xmlwire.Member{{Field: "ResponseStatus", Kind: xmlwire.Struct, Flags: xmlwire.Nillable}},
}

// StatusCheck returns the check that makes StatusErrors, for those who call the generated port over a transport of their own,
// such as gowsdlclient; a Client has it already. The token is taken out of what the service says, in case it repeats it.
func StatusCheck(token string) soapclient.StatusCheck {
	redact := strings.NewReplacer(token, "REDACTED", url.QueryEscape(token), "REDACTED").Replace
	return func(call *soapclient.Call, done bool) error {
		status, said := xStatus(call), generated.ResponseStatus{}
		if done {
			said = responseStatus(call)
		}
		if status < 400 && !tellsFailure(said) {
			return nil
		}
		e := &StatusError{HTTPStatus: status}
		e.fill(said, redact)
		if e.HTTPStatus < 400 {
			e.HTTPStatus = httpFailure(call.Status)
		}
		return e
	}
}

// tellsFailure reports whether s says that something failed.
func tellsFailure(s generated.ResponseStatus) bool {
	return s.ErrorCode.Value() != "" || s.Message.Value() != "" || len(s.Errors) > 0
}

// fill takes over what s says.
func (e *StatusError) fill(s generated.ResponseStatus, redact func(string) string) {
	e.Code = redact(s.ErrorCode.Value())
	e.Message = redact(s.Message.Value())
	e.StackTrace = redact(s.StackTrace.Value())
	e.Meta = metaOf(s.Meta, redact)
	for _, f := range s.Errors {
		e.FieldErrors = append(e.FieldErrors, FieldError{
			Field: redact(f.FieldName.Value()), Code: redact(f.ErrorCode.Value()), Message: redact(f.Message.Value()),
			Meta: metaOf(f.Meta, redact),
		})
	}
}

func metaOf(pairs []generated.KeyValueOfstringstring, redact func(string) string) map[string]string {
	if len(pairs) == 0 {
		return nil
	}
	m := make(map[string]string, len(pairs))
	for _, p := range pairs {
		m[p.Key.Value()] = redact(p.Value.Value())
	}
	return m
}

// xStatus returns what the answer gives as X-Status, or 0. Of two that differ the one that is a failure counts.
func xStatus(call *soapclient.Call) int {
	status := atoi(call.Header.Get("X-Status"))
	for _, block := range call.RespHeaders {
		if status >= 400 {
			break
		}
		if block.Name() != xStatusName {
			continue
		}
		if text, err := block.Text(); err == nil {
			status = max(status, atoi(text))
		}
	}
	return status
}

// atoi returns 0 for what is no status.
func atoi(s string) int {
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 100 || n > 999 {
		return 0
	}
	return n
}

func httpFailure(status int) int {
	if status < 400 {
		return 0
	}
	return status
}

// responseStatus returns the ResponseStatus of the answer. Reflection finds it, once a call: every response has the member,
// but generated types have no methods to ask for it.
func responseStatus(call *soapclient.Call) generated.ResponseStatus {
	message := call.Resp
	if call.Alternative != nil {
		message = call.Alternative
	}
	v := reflect.ValueOf(message)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return generated.ResponseStatus{}
	}
	field := v.Elem().FieldByName("ResponseStatus")
	if !field.IsValid() {
		return generated.ResponseStatus{}
	}
	status, _ := field.Interface().(Opt[generated.ResponseStatus])
	return status.Value()
}
