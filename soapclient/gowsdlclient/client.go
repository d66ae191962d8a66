package gowsdlclient

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"github.com/hooklift/gowsdl/soap"

	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Client is a soapclient.RoundTripper over a client of gowsdl. It is safe for concurrent use as long as nobody changes
// the headers or attachments of that. The zero Client is of no use: see New.
type Client struct {
	soap    *soap.Client
	check   soapclient.StatusCheck
	secrets []string
}

var _ soapclient.RoundTripper = (*Client)(nil)

// An Option configures a Client.
type Option func(*Client)

// WithStatusCheck sets the check that every answer must pass that is no fault: see soapclient.StatusCheck. Both of its
// runs come after the answer was read, and before the first row of a stream.
func WithStatusCheck(check soapclient.StatusCheck) Option {
	return func(c *Client) { c.check = check }
}

// WithSecrets names strings that must not get out: they are replaced by REDACTED in every error. Secrets add up. If the
// client of gowsdl was made with HTTPClient, those that go over the wire are known without it: the password of basic
// authentication, the userinfo of the URL, and values in its query of six characters and more.
func WithSecrets(secrets ...string) Option {
	return func(c *Client) { c.secrets = append(c.secrets, secrets...) }
}

// New returns a Client that makes calls through client. A nil client makes every call fail.
func New(client *soap.Client, opts ...Option) *Client {
	c := &Client{soap: client}
	for _, opt := range opts {
		opt(c)
	}
	return c
}

// RoundTrip makes call. Its errors are *soapclient.OpErrors.
func (c *Client) RoundTrip(ctx context.Context, call *soapclient.Call) error {
	if call.Op == nil {
		return &soapclient.OpError{Op: "nothing", Err: errors.New("a call without an operation")}
	}
	call.Status, call.Header, call.RespHeaders, call.Alternative = 0, nil, nil, nil
	if err := c.refuse(call); err != nil {
		return &soapclient.OpError{Op: call.Op.Name, Err: err}
	}
	ex := new(exchange)
	err := c.call(ctx, call, ex)
	if err == nil {
		return nil
	}
	secrets := ex.scrubber(c.secrets)
	return &soapclient.OpError{Op: call.Op.Name, Endpoint: secrets.Text(ex.endpoint), Err: secrets.Err(err)}
}

// refuse returns an error for what a client of gowsdl cannot do.
func (c *Client) refuse(call *soapclient.Call) error {
	switch {
	case c.soap == nil:
		return errors.New("no gowsdl client to make the call with")
	case call.Req == nil && call.Op.Input.Local != "":
		return errors.New("a call without a request message")
	case call.Rows != nil && call.Resp == nil:
		return errors.New("a stream needs a response message for what is not in the list")
	case call.Endpoint != "":
		return unsupported("an endpoint for one call: that of the gowsdl client holds for all")
	case len(call.ReqHeader) > 0:
		return unsupported("header fields for one call: give them to the gowsdl client with soap.WithHTTPHeaders")
	case len(call.ReqHeaders) > 0:
		return unsupported("SOAP header blocks for one call: give them to the gowsdl client with its method AddHeader")
	}
	return nil
}

func unsupported(what string) error {
	return fmt.Errorf("%w over gowsdl: %s", errors.ErrUnsupported, what)
}

func (c *Client) call(ctx context.Context, call *soapclient.Call, ex *exchange) error {
	if call.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, call.Timeout)
		defer cancel()
	}
	body := &body{op: call.Op, resp: call.Resp, keep: call.Rows != nil}
	fault := new(faultDetail)
	var attachments []soap.MIMEMultipartAttachment // gowsdl dereferences the pointer to it when an answer has some
	err := c.soap.CallContextWithAttachmentsAndFaultDetail(context.WithValue(ctx, exchangeKey{}, ex),
		`"`+call.Op.Action+`"`, request(call), body, fault, &attachments)
	if err == io.EOF && ex.empty() && body.mayBeEmpty() {
		err = nil // what gowsdl makes of a 202, or of any success without content
	}
	call.Status, call.Header = ex.status, ex.header
	if err != nil {
		return c.failure(ctx, call, ex, fault, err)
	}
	return c.finish(call, ex, body)
}

// finish is what is left to do when gowsdl reports success.
func (c *Client) finish(call *soapclient.Call, ex *exchange, body *body) error {
	early := c.checked(call, false)
	if err := body.expected(); err != nil {
		return cmp.Or(early, err)
	}
	if err := cmp.Or(c.checked(call, true), early); err != nil {
		return err
	}
	switch {
	case ex.failed():
		return httpError(ex.status, ex.header, ex.head, ex.more, ex.scrubber(c.secrets))
	case call.Rows == nil:
		return nil
	}
	r := xmlwire.NewReader(bytes.NewReader(body.text), noLimits)
	if _, err := r.Next(); err != nil {
		return err
	}
	return r.DecodeRows(call.Resp, call.Rows)
}

func (c *Client) checked(call *soapclient.Call, done bool) error {
	if c.check == nil {
		return nil
	}
	return c.check(call, done)
}

// request returns what gowsdl is to encode as the content of the body.
func request(call *soapclient.Call) any {
	if call.Req == nil {
		return nil
	}
	return element{call.Op.Input, call.Req}
}

// An element is a message under the name that the operation gives it; encoding/xml would name it after a field of gowsdl.
type element struct {
	name xmlwire.Name
	xmlwire.Message
}

// MarshalXML implements xml.Marshaler.
func (e element) MarshalXML(enc *xml.Encoder, _ xml.StartElement) error {
	return xmlwire.MarshalXML(enc, xml.StartElement{Name: xml.Name(e.name)}, e.Message)
}

// A body takes what the body of an answer holds.
type body struct {
	op   *soapclient.Operation
	resp xmlwire.Message
	keep bool
	got  xmlwire.Name
	text []byte // the element, if it is to be kept
}

// UnmarshalXML implements xml.Unmarshaler.
func (b *body) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	b.got = xmlwire.Name(start.Name)
	switch {
	case b.got != b.op.Output || b.resp == nil:
		return d.Skip()
	case !b.keep:
		return xmlwire.UnmarshalXML(d, start, b.resp)
	}
	var whole anyContent
	err := xmlwire.UnmarshalXML(d, start, &whole)
	if err != nil {
		return err
	}
	if b.text, err = xmlwire.AppendElement(nil, b.got, &whole, xmlwire.WriteOptions{}); err != nil {
		return err
	}
	return xmlwire.Unmarshal(b.text, b.resp, noLimits)
}

// noLimits has what gowsdl took taken here too.
var noLimits = xmlwire.ReadOptions{Limits: xmlwire.Limits{
	Depth: -1, Attributes: -1, Namespaces: -1, NameBytes: -1, TextBytes: -1,
}}

func (b *body) mayBeEmpty() bool { return b.op.OneWay || b.op.Output.Local == "" }

// expected returns an error if the body did not hold what the operation promises.
func (b *body) expected() error {
	if b.got == b.op.Output || b.op.OneWay || b.got.Local == "" && b.mayBeEmpty() {
		return nil
	}
	return &soapclient.UnexpectedElementError{Want: b.op.Output, Got: b.got}
}
