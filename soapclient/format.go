package soapclient

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"

	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Format is another way than SOAP to put the calls of a service on the wire: for services that offer the same operations
// as JSON or XML under URLs of their own. It must be safe for concurrent use.
//
// All else of a Client stays what it is: interceptors, timeouts, header fields, the check of the status, limits, traces,
// secrets, and the kinds of errors. Blocks of SOAP headers are not sent, and answers have none.
type Format interface {
	// Request returns the HTTP request for a call; endpoint is that of the call, and must not be changed.
	Request(call *Call, endpoint *url.URL) (*FormatRequest, error)
	// Answer reads the content of an answer, of whatever status, into call.Resp; if rows is true, the items of its list go
	// to call.Rows. Its errors are those of src and such as xmlwire has of documents: what is no document of the format at
	// all, an HTML page for example, is then reported as an HTTPError.
	Answer(call *Call, src io.Reader, rows bool) error
	// Content returns what an answer in the format is taken for: JSONContent or XMLContent.
	Content() ContentKind
}

// A FormatRequest is the HTTP request that a Format makes of a call. Fields of Header yield to those that the call has.
type FormatRequest struct {
	Method string
	URL    *url.URL
	Header http.Header
	Body   []byte // nil for a request without a body
}

// WithFormat puts calls on the wire in another format than SOAP. What the endpoint means is then for the format to say; the
// SOAP version of the binding means nothing.
func WithFormat(f Format) Option {
	return clientOption(func(c *config) error { c.format = f; return nil })
}

// formatRequest returns the request for a call in SOAP or in what takes its place.
func (c *Client) formatRequest(call *Call, endpoint *url.URL) (*FormatRequest, error) {
	if c.format != nil {
		return c.format.Request(call, endpoint)
	}
	envelope, err := c.encode(call)
	if err != nil {
		return nil, err
	}
	h := make(http.Header, 8)
	if err := soap.SetContentType(h, c.version, call.Op.Action); err != nil {
		return nil, err
	}
	h.Set("Accept", c.version.MediaType()+", */*;q=0.1")
	return &FormatRequest{Method: http.MethodPost, URL: endpoint, Header: h, Body: envelope}, nil
}

// neverSent reports whether a request without a body, of which nothing else tells, did not reach the server.
func neverSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// readFormat reads an answer in a format.
func (a *answer) readFormat() error {
	early := a.check(false)
	err := a.client.format.Answer(a.call, a.text, early == nil && a.success())
	var unexpected *UnexpectedElementError
	switch {
	case err == nil, errors.As(err, &unexpected):
		a.whole = err == nil
	case errors.Is(err, xmlwire.ErrStopped):
		return err
	case !a.success() && soap.IsMalformed(err):
		return a.notFormat(err)
	case soap.IsMalformed(err):
		return a.prefer(early, a.notFormat(err))
	default:
		return a.prefer(early, a.unreadable(err))
	}
	if late := a.check(true); late != nil {
		return late
	}
	switch {
	case early != nil:
		return early
	case !a.success() || err != nil && a.call.Alternative == nil:
		return a.otherContent(err)
	}
	return err
}

// otherContent says what an answer is that can be read and is not what the call asks for.
func (a *answer) otherContent(err error) error {
	a.text.fill()
	kind := classify(string(a.text.head), a.resp.Header.Get("Content-Type"))
	if kind == a.client.format.Content() && a.success() {
		return err
	}
	return a.httpError(kind)
}

// notFormat says what an answer is that is not in the format, or that is broken.
func (a *answer) notFormat(err error) error {
	a.text.fill()
	kind := classify(string(a.text.head), a.resp.Header.Get("Content-Type"))
	if kind == a.client.format.Content() {
		return a.unreadable(err)
	}
	return a.httpError(kind)
}
