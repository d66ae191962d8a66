package trackunittest

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/soapfirst/trackunit/internal/rest"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
)

// This file is how ServiceStack offers the operations beside SOAP: which request calls what, and how it is read.

// A restCall is a request that is a call over REST.
type restCall struct {
	op     string // empty if there is no operation of that name
	name   string // as the request spells it
	values url.Values
	format format
}

// maxForm bounds the body of a request, as soapserver.DefaultMaxRequestBytes does over SOAP.
const maxForm = soapserver.DefaultMaxRequestBytes

// restCallOf tells which call a request is, by its path below the base. It is nil if there is nothing at the path.
func restCallOf(r *http.Request, path string) *restCall {
	call := &restCall{values: make(url.Values)}
	if parts := strings.Split(strings.Trim(path, "/"), "/"); len(parts) == 3 && strings.EqualFold(parts[1], "reply") {
		call.format = formatNamed(parts[0])
		if call.format == "" {
			return nil
		}
		call.name = parts[2]
		call.op = operationNamed(call.name)
	} else if route, id, suffix, ok := findRoute(r.Method, path); ok {
		call.op, call.name, call.format = route.Op, route.Op, suffix
		if route.Member != "" {
			call.values.Set(route.Member, id)
		}
	} else {
		return nil
	}
	call.format = chooseFormat(r, call.format)
	return call
}

// findRoute finds a route for a path as it stands, or without the suffix for a format.
func findRoute(verb, path string) (route rest.Route, id string, suffix format, ok bool) {
	if verb == http.MethodHead {
		verb = http.MethodGet
	}
	if dot := strings.LastIndexByte(path, '.'); dot >= 0 {
		if suffix = formatNamed(path[dot+1:]); suffix != "" {
			route, id, _, ok = rest.Find(verb, path[:dot])
			return route, id, suffix, ok
		}
	}
	route, id, _, ok = rest.Find(verb, path)
	return route, id, "", ok
}

// operationNamed returns the name of an operation in its own spelling; case does not matter to the service.
func operationNamed(name string) string {
	for _, op := range rest.Operations() {
		if strings.EqualFold(op, name) {
			return op
		}
	}
	return ""
}

// serveREST carries out a call.
func (s *Service) serveREST(w http.ResponseWriter, r *http.Request, call *restCall) {
	if callback := r.URL.Query().Get("callback"); callback != "" && !isScriptName(callback) {
		http.Error(w, "the callback is no name of a function", http.StatusBadRequest)
		return
	}
	if call.op == "" {
		call.answerError(w, r, nil, &statusError{
			status: http.StatusMethodNotAllowed, code: "NotImplementedException", early: true,
			message: "The operation '" + call.name + "' does not exist for this service",
		})
		return
	}
	ex, err := s.soap11.Carry(r, call.op, func(op *soapclient.Operation, req xmlwire.Message) error {
		return call.read(r, op, req)
	})
	if err != nil {
		call.answerError(w, r, ex, err)
		return
	}
	call.answer(w, r, ex)
}

// read fills in the request: from the body, then from the query, then from the path.
func (call *restCall) read(r *http.Request, op *soapclient.Operation, req xmlwire.Message) error {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxForm))
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(body)) > 0 && r.Method != http.MethodGet && r.Method != http.MethodHead {
		if err := readBody(r, op, req, body); err != nil {
			return err
		}
	}
	query := r.URL.Query()
	for _, key := range []string{"format", "callback", "token"} { // they are not for the operation
		query.Del(key)
	}
	if err := rest.Bind(req, query); err != nil {
		return err
	}
	return rest.Bind(req, call.values)
}

func readBody(r *http.Request, op *soapclient.Operation, req xmlwire.Message, body []byte) error {
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case media == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return &rest.BindError{Field: "form", Value: "the body"}
		}
		return rest.Bind(req, form)
	case strings.HasSuffix(media, "xml"):
		return rest.BindXML(op, req, bytes.NewReader(body))
	}
	return rest.BindJSON(req, bytes.NewReader(body))
}

// restStatus returns what REST answers to an error; ex may be nil.
func restStatus(ex *soapserver.Exchange, err error) *statusError {
	var status *statusError
	var panicked *soapserver.PanicError
	var bind *rest.BindError
	switch {
	case errors.As(err, &status):
		return status
	case errors.As(err, &bind):
		return &statusError{
			status: http.StatusBadRequest, code: "SerializationException", message: "Unable to bind to request '" + ex.Op.Name + "'",
			field: bind.Field, fieldMessage: bind.Error(),
		}
	case errors.As(err, &panicked):
		return panicStatus(panicked)
	case ex != nil && ex.Req == nil:
		return &statusError{
			status: http.StatusBadRequest, code: "SerializationException", message: "Unable to bind to request '" + ex.Op.Name + "'",
		}
	}
	return &statusError{status: http.StatusInternalServerError, code: "Exception", message: err.Error()}
}
