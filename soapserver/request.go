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

// readRequest reads the request of ex and finds its method.
func (h *Handler) readRequest(ex *Exchange) error {
	plain, err := soap.Inflate(ex.HTTP.Body, ex.HTTP.Header)
	if err != nil {
		return requestFault(err)
	}
	text, err := soap.ToUTF8(soap.Limit(plain, h.maxBytes), ex.HTTP.Header.Get("Content-Type"))
	if err != nil {
		return requestFault(err)
	}
	r := soap.NewReader(text, h.read)
	defer soap.Release(r)
	env, err := soap.Open(r)
	if err != nil {
		return requestFault(err)
	}
	ex.Version = env.Version
	if h.version != 0 && h.version != env.Version {
		return Faultf(VersionMismatch, "this endpoint speaks %v, the request is %v", h.version, env.Version)
	}
	for _, b := range env.Header {
		ex.HeaderBlocks = append(ex.HeaderBlocks, HeaderBlock(b))
	}
	if err := h.checkUnderstood(ex); err != nil {
		return err
	}
	if err := h.readBody(ex, env, r); err != nil {
		return err
	}
	if err := env.End(); err != nil {
		return requestFault(err)
	}
	return nil
}

func (h *Handler) readBody(ex *Exchange, env *soap.Envelope, r *xmlwire.Reader) error {
	if env.Content == soap.AFault {
		return Faultf(Sender, "the request is a fault")
	}
	if err := h.dispatch(ex, env.Name); err != nil {
		return err
	}
	req := ex.method.newReq()
	if env.Content == soap.Payload {
		if err := h.decode(ex.Op, req, env, r); err != nil {
			return requestFault(err)
		}
	}
	ex.Req = req
	return nil
}

// decode reads the body into req. One that is encoded, or that holds several elements, is read whole first.
func (h *Handler) decode(op *soapclient.Operation, req xmlwire.Message, env *soap.Envelope, r *xmlwire.Reader) error {
	read := env.Whole
	switch {
	case op.Encoded:
		read = env.Resolved
	case op.Input.Local != "":
		return r.Decode(req)
	}
	text, err := read()
	if err != nil {
		return err
	}
	opts := h.read
	opts.NilAsZero = opts.NilAsZero || op.Encoded
	return xmlwire.Unmarshal(text, req, opts)
}

// checkUnderstood refuses a request with a block that must be understood and is not. In SOAP 1.2 the answer names such
// blocks in its header.
func (h *Handler) checkUnderstood(ex *Exchange) error {
	if h.ignoreMustUnderstand {
		return nil
	}
	var unknown []string
	for i := range ex.HeaderBlocks {
		b := &ex.HeaderBlocks[i]
		if !b.MustUnderstand || !b.forUs() || h.understood[b.Name] {
			continue
		}
		unknown = append(unknown, b.Name.String())
		if ex.Version == soap.V12 {
			ex.RespHeaders = append(ex.RespHeaders, soapclient.HeaderBlock{Raw: notUnderstood(b.Name)})
		}
	}
	if unknown == nil {
		return nil
	}
	return Faultf(MustUnderstand, "not understood: the header %s", strings.Join(unknown, ", "))
}

func notUnderstood(n xmlwire.Name) xmlwire.Raw {
	space, err := xmlwire.AppendAttrValue(nil, n.Space)
	if err != nil {
		return "" // cannot be: it was read from a document
	}
	return xmlwire.Raw(fmt.Sprintf(`<n:NotUnderstood xmlns:n="%s" qname="q:%s" xmlns:q="%s"/>`, soap.Namespace12, n.Local, space))
}

// requestFault returns the fault for a request that cannot be read. Its reason tells the client about its own bytes.
func requestFault(err error) error {
	var size *soap.SizeError
	var encoding *soap.EncodingError
	var root *soap.NotEnvelopeError
	f := &Fault{Code: Sender, Reason: "the request cannot be read: " + err.Error(), Err: err}
	switch {
	case errors.As(err, &size):
		f.HTTPStatus = http.StatusRequestEntityTooLarge
	case errors.As(err, &encoding):
		f.HTTPStatus = http.StatusUnsupportedMediaType
	case errors.As(err, &root) && root.Root.Local == "Envelope":
		f.Code = VersionMismatch
	case !soap.IsMalformed(err): // the connection broke: nobody reads what is answered
		f.Reason = "the request cannot be read"
	}
	return f
}
