package rest

import (
	"fmt"
	"io"
	"net/url"

	"github.com/soapfirst/trackunit/internal/jsonwire"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// The media types of the two formats. That of XML has no charset, as the service has it.
const (
	MediaJSON = "application/json"
	MediaXML  = "application/xml"
)

// JSON is the format of calls in JSON.
type JSON struct{}

// Request implements soapclient.Format.
func (JSON) Request(call *soapclient.Call, endpoint *url.URL) (*soapclient.FormatRequest, error) {
	return makeRequest(call, endpoint, MediaJSON, func(dst []byte, _ *soapclient.Operation, m xmlwire.Message) ([]byte, error) {
		return jsonwire.Append(dst, m, jsonwire.WriteOptions{})
	})
}

// Answer implements soapclient.Format.
func (JSON) Answer(call *soapclient.Call, src io.Reader, rows bool) error {
	var to *xmlwire.Rows
	if rows {
		to = call.Rows
	}
	if call.Resp == nil {
		return fmt.Errorf("a call without a response message")
	}
	return jsonwire.Decode(src, call.Resp, to, jsonwire.ReadOptions{})
}

// Content implements soapclient.Format.
func (JSON) Content() soapclient.ContentKind { return soapclient.JSONContent }

// XML is the format of calls in XML without an envelope.
type XML struct {
	// Alternatives make messages for root elements that may stand in place of the answer.
	Alternatives map[xmlwire.Name]func() xmlwire.Message
}

// Request implements soapclient.Format.
func (XML) Request(call *soapclient.Call, endpoint *url.URL) (*soapclient.FormatRequest, error) {
	return makeRequest(call, endpoint, MediaXML, AppendXML)
}

// AppendXML appends a document that holds a message as the element that op takes.
func AppendXML(dst []byte, op *soapclient.Operation, m xmlwire.Message) ([]byte, error) {
	dst = append(dst, `<?xml version="1.0" encoding="utf-8"?>`...)
	return xmlwire.AppendElement(dst, op.Input, m, xmlwire.WriteOptions{})
}

// Answer implements soapclient.Format.
func (x XML) Answer(call *soapclient.Call, src io.Reader, rows bool) error {
	r := xmlwire.NewReader(src, xmlwire.ReadOptions{})
	if _, err := r.Next(); err != nil {
		return err
	}
	switch {
	case call.Resp == nil:
		return fmt.Errorf("a call without a response message")
	case r.Name() != call.Op.Output:
		return x.otherRoot(call, r)
	}
	var to *xmlwire.Rows
	if rows {
		to = call.Rows
	}
	if err := r.DecodeRows(call.Resp, to); err != nil {
		return err
	}
	return r.ReadEOF()
}

// otherRoot reads a document that is no answer to the call to its end, to tell one that is whole from one that is not.
func (x XML) otherRoot(call *soapclient.Call, r *xmlwire.Reader) error {
	name, read := r.Name(), r.Skip
	if makeNew, ok := x.Alternatives[name]; ok {
		call.Alternative = makeNew()
		read = func() error { return r.Decode(call.Alternative) }
	}
	if err := read(); err != nil {
		return err
	}
	if err := r.ReadEOF(); err != nil {
		return err
	}
	return &soapclient.UnexpectedElementError{Want: call.Op.Output, Got: name, Alternative: call.Alternative}
}

// Content implements soapclient.Format.
func (XML) Content() soapclient.ContentKind { return soapclient.XMLContent }
