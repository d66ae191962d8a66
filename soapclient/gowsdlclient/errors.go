package gowsdlclient

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/hooklift/gowsdl/soap"

	"github.com/soapfirst/trackunit/internal/redact"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// failure puts an error of gowsdl in the terms of package soapclient.
func (c *Client) failure(ctx context.Context, call *soapclient.Call, ex *exchange, detail *faultDetail, err error) error {
	var fault *soap.SOAPFault
	var status *soap.HTTPError
	secrets := ex.scrubber(c.secrets)
	switch {
	case errors.As(err, &fault):
		return faultError(fault, detail, ex.status, secrets)
	case errors.As(err, &status):
		if fault := faultIn(status.ResponseBody, detail); fault != nil {
			return faultError(fault, detail, status.StatusCode, secrets)
		}
		return httpError(status.StatusCode, ex.header, status.ResponseBody, false, secrets)
	case ex.status != 0 && !isEnvelope(ex.head) && ctx.Err() == nil:
		return httpError(ex.status, ex.header, ex.head, ex.more, secrets)
	}
	err, lost := explain(ctx, err)
	if lost && (ex.sent.Load() || !ex.seen) && !call.Idempotent && !call.Op.Idempotent {
		return &soapclient.UnknownOutcomeError{Err: err}
	}
	return err
}

// faultIn returns the fault that is the content of an HTTPError, or nil. That is how faults come without HTTPClient.
func faultIn(content []byte, detail *faultDetail) *soap.SOAPFault {
	envelope := &soap.SOAPEnvelopeResponse{Body: soap.SOAPBodyResponse{
		Content: new(struct{}),
		Fault:   &soap.SOAPFault{Detail: detail},
	}}
	if xml.Unmarshal(content, envelope) != nil {
		return nil
	}
	fault, _ := envelope.Body.ErrorFromFault().(*soap.SOAPFault)
	return fault
}

// explain returns what lies behind an error of gowsdl, and whether an answer was lost with it: if not, the answer came
// and is not what it should be, or nothing was to be sent.
func explain(ctx context.Context, err error) (why error, lost bool) {
	var inURL *url.Error
	switch {
	case errors.As(err, &inURL) && inURL.Op == "parse":
		return errors.New("the endpoint of the gowsdl client is not a URL"), false
	case inURL != nil:
		return inURL.Err, true // the rest is the URL
	}
	var (
		syntax    *xml.SyntaxError
		wrong     xml.UnmarshalError
		value     *xmlwire.ValueError
		malformed *xmlwire.SyntaxError
		limit     *xmlwire.LimitError
	)
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("reading the answer: %w", ctx.Err()), true
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"), err == io.EOF:
		return fmt.Errorf("reading the answer: %w", io.ErrUnexpectedEOF), true
	case errors.As(err, &syntax):
		return &xmlwire.SyntaxError{Msg: fmt.Sprintf("line %d of the answer: %s", syntax.Line, syntax.Msg)}, false
	case errors.As(err, &wrong), errors.As(err, &value), errors.As(err, &malformed), errors.As(err, &limit), complains(err):
		return err, false
	}
	return fmt.Errorf("reading the answer: %w", err), true
}

// complains reports whether err is one of those that encoding/xml and mime have no types for: about a character set,
// about a Content-Type.
func complains(err error) bool {
	return strings.HasPrefix(err.Error(), "xml: ") || strings.HasPrefix(err.Error(), "mime: ")
}

func faultError(f *soap.SOAPFault, detail *faultDetail, status int, secrets *redact.Scrubber) error {
	e := &soapclient.FaultError{
		Version: soapclient.SOAP11,
		Code:    xmlwire.Name{Local: secrets.Text(strings.TrimSpace(f.Code))},
		Reason:  secrets.Text(strings.TrimSpace(f.String)),
		Actor:   secrets.Text(strings.TrimSpace(f.Actor)),
		Status:  status,
	}
	e.Reasons = []soapclient.FaultReason{{Text: e.Reason}}
	for _, raw := range detail.Elements {
		e.Detail = append(e.Detail, xmlwire.Raw(secrets.Text(string(raw))))
	}
	e.DetailText = secrets.Text(strings.TrimSpace(detail.text()))
	return e
}

// helpfulHeaders are the fields that an *soapclient.HTTPError keeps.
var helpfulHeaders = []string{
	"Content-Type", "Date", "Location", "Retry-After", "Server", "Via", "Www-Authenticate", "X-Status", "X-Request-Id",
}

func httpError(status int, header http.Header, content []byte, more bool, secrets *redact.Scrubber) error {
	const maxSnippet = 1 << 10
	e := &soapclient.HTTPError{Status: status, Kind: kindOf(status, header, content), Header: make(http.Header)}
	for _, key := range helpfulHeaders {
		for _, v := range header.Values(key) {
			e.Header.Add(key, secrets.Text(v))
		}
	}
	if location := header.Get("Location"); location != "" {
		e.Location = "an unreadable URL"
		if u, err := url.Parse(location); err == nil {
			e.Location = secrets.Text(redact.DisplayURL(u.String()))
		}
		e.Header.Set("Location", e.Location)
	}
	if seconds, err := strconv.ParseUint(header.Get("Retry-After"), 10, 31); err == nil {
		e.RetryAfter = time.Duration(seconds) * time.Second
	}
	text := secrets.Text(string(content))
	if more || len(content) > maxHead {
		text = secrets.Cut(string(content[:min(len(content), maxHead)]), true)
	}
	if e.Kind == soapclient.XMLContent && rootOf(content).Space == soapclient.SOAP12.Namespace() {
		e.Err = errors.New("it is SOAP 1.2, which gowsdl does not understand")
	}
	e.Snippet = strings.ToValidUTF8(text[:min(len(text), maxSnippet)], "")
	return e
}

// kindOf tells what came in place of SOAP, by its beginning and, where that leaves it open, by its Content-Type.
func kindOf(status int, header http.Header, content []byte) soapclient.ContentKind {
	head := strings.ToLower(strings.TrimSpace(string(content[:min(len(content), maxHead)])))
	media, _, _ := strings.Cut(strings.ToLower(header.Get("Content-Type")), ";")
	switch {
	case status/100 == 3:
		return soapclient.Redirect
	case head == "":
		return soapclient.EmptyContent
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"), head[0] == '<' && media == "text/html":
		return soapclient.HTMLContent
	case isEnvelope(content):
		return soapclient.SOAPContent
	case head[0] == '<':
		return soapclient.XMLContent
	case head[0] == '{' || head[0] == '[' || strings.HasSuffix(media, "json"):
		return soapclient.JSONContent
	case media == "" || strings.HasPrefix(media, "text/"):
		return soapclient.TextContent
	}
	return soapclient.OtherContent
}
