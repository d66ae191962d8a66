package trackunittest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
)

// This file is how ServiceStack, on which the service stands, speaks SOAP where it differs from what others do.

const nsTypes = "http://schemas.servicestack.net/types"

// nsAddressing is the one draft of WS-Addressing that ServiceStack knows.
const nsAddressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing"

// chooseOperation names the operation of a request: by the parameter action of its Content-Type, which must be in quotes,
// else by the header block Action of WS-Addressing, else by the element in the body. The header SOAPAction chooses nothing.
func chooseOperation(ex *soapserver.Exchange, root xmlwire.Name) string {
	if action, ok := quotedAction(ex.HTTP.Header.Get("Content-Type")); ok {
		return action[strings.LastIndexByte(action, '/')+1:]
	}
	if action, ok := addressingAction(ex); ok {
		return action
	}
	if root.Space == "" {
		return "" // ServiceStack cannot tell the name of such an element
	}
	return root.Local
}

// quotedAction returns the parameter action of a Content-Type if it is written in quotes.
func quotedAction(contentType string) (string, bool) {
	_, rest, ok := strings.Cut(contentType, `action="`)
	if !ok {
		return "", false
	}
	action, _, ok := strings.Cut(rest, `"`)
	return action, ok
}

func addressingAction(ex *soapserver.Exchange) (string, bool) {
	for i := range ex.HeaderBlocks {
		if b := &ex.HeaderBlocks[i]; b.Name == (xmlwire.Name{Space: nsAddressing, Local: "Action"}) {
			text, err := textOf(b.Raw)
			return text, err == nil
		}
	}
	return "", false
}

// textOf returns the character data of an element.
func textOf(raw xmlwire.Raw) (string, error) {
	r := xmlwire.NewReader(strings.NewReader(string(raw)), xmlwire.ReadOptions{})
	var s strings.Builder
	for {
		switch kind, err := r.Next(); {
		case err != nil:
			return "", err
		case kind == xmlwire.EOF:
			return strings.TrimSpace(s.String()), nil
		case kind == xmlwire.CharData:
			s.Write(r.Text())
		}
	}
}

// markAnswer adds to an answer what repeats the request: a Content-Type with an action, a header block Action.
func markAnswer(ex *soapserver.Exchange) {
	if contentType := ex.HTTP.Header.Get("Content-Type"); strings.Contains(contentType, `action="`) {
		ex.Header.Set("Content-Type", strings.ReplaceAll(contentType, ex.Op.Name+`"`, ex.Op.Name+`Response"`))
	} else if action, ok := addressingAction(ex); ok {
		ex.RespHeaders = append(ex.RespHeaders, soapclient.HeaderBlock{
			Raw: xmlwire.Raw(fmt.Sprintf(`<a:Action xmlns:a="%s">%sResponse</a:Action>`, nsAddressing, action)), MustUnderstand: true,
		})
	}
}

// intercept stands around every operation.
func (s *Service) intercept(next soapserver.Endpoint) soapserver.Endpoint {
	return func(ctx context.Context, ex *soapserver.Exchange) error {
		recorderOf(ctx).op = ex.Op.Name
		markAnswer(ex)
		if !s.authorized(ex.HTTP) {
			return &statusError{status: http.StatusUnauthorized, code: "Unauthorized", message: "Invalid token"}
		}
		if err := s.gate.pass(ctx); err != nil {
			return err
		}
		if fault, ok := s.injection.take(ex.Op.Name); ok {
			return fault.strike(ctx, ex, next)
		}
		return next(ctx, ex)
	}
}

// answerError turns an error into what ServiceStack makes of it. There is no SOAP fault: a request that can be understood,
// be it only as far as its operation, is answered with HTTP 200 and the usual response; any other with the HTML page of the
// web server.
func (s *Service) answerError(ex *soapserver.Exchange, err error) error {
	rec := recorderOf(ex.HTTP.Context())
	if ex.Op != nil {
		rec.op = ex.Op.Name
	}
	var injected *injectedError
	var plain *soapserver.PlainError
	if errors.As(err, &injected) {
		return injected.err
	} else if errors.As(err, &plain) {
		return err
	}
	status := s.statusOf(ex, err)
	if status == nil {
		return serverError()
	}
	rec.status = status
	resp := ex.NewResp()
	setStatus(resp, status.response())
	ex.Resp = resp
	ex.Header["X-Status"] = []string{strconv.Itoa(status.status)}
	ex.RespHeaders = append([]soapclient.HeaderBlock{{
		Raw: xmlwire.Raw(fmt.Sprintf(`<X-Status xmlns="%s">%d</X-Status>`, nsTypes, status.status)),
	}}, ex.RespHeaders...)
	return nil
}

// statusOf returns what the response says of an error, or nil if there can be no response.
func (s *Service) statusOf(ex *soapserver.Exchange, err error) *statusError {
	var status *statusError
	var panicked *soapserver.PanicError
	var syntax *xmlwire.SyntaxError
	var limit *xmlwire.LimitError
	switch {
	case errors.As(err, &status):
		return status
	case errors.As(err, &panicked):
		return panicStatus(panicked)
	case ex.Op == nil, errors.As(err, &syntax), errors.As(err, &limit):
		return nil
	case ex.Req == nil && s.config.oldErrors:
		return nil
	case ex.Req == nil:
		return &statusError{
			status: http.StatusBadRequest, code: "SerializationException",
			message: "DeserializeDataContract: Error converting type: " + ex.Op.Name,
		}
	}
	return &statusError{status: http.StatusInternalServerError, code: "Exception", message: err.Error()}
}

func panicStatus(err *soapserver.PanicError) *statusError {
	return &statusError{status: http.StatusInternalServerError, code: "Exception", message: fmt.Sprint(err.Value)}
}

// sendInjected answers with what a Fault wants sent as it stands, over REST. A SOAP fault is nothing there: what speaks of it
// is its text.
func sendInjected(w http.ResponseWriter, err error) bool {
	var injected *injectedError
	if !errors.As(err, &injected) {
		return false
	}
	var plain *soapserver.PlainError
	if !errors.As(injected.err, &plain) {
		http.Error(w, injected.err.Error(), http.StatusInternalServerError)
		return true
	}
	for key, values := range plain.Header {
		w.Header()[key] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(plain.Body)))
	w.WriteHeader(plain.Status)
	_, _ = w.Write(plain.Body)
	return true
}

// serverError is the page that ASP.NET answers with when it is left alone with an error.
func serverError() error {
	const page = "<!DOCTYPE html>\r\n<html>\r\n<head><title>Runtime Error</title></head>\r\n<body>\r\n" +
		"<h1>Server Error in '/public' Application.</h1>\r\n<h2><i>Runtime Error</i></h2>\r\n" +
		"<p>An application error occurred on the server.</p>\r\n</body>\r\n</html>\r\n"
	return &soapserver.PlainError{
		Status: http.StatusInternalServerError,
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		Body:   []byte(page),
	}
}
