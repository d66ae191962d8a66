package soapclient

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/soapfirst/trackunit/internal/redact"
	"github.com/soapfirst/trackunit/internal/soap"
)

// exchange is the middle of the onion: one request, one answer.
func (c *Client) exchange(ctx context.Context, call *Call) (err error) {
	endpoint, err := c.addressOf(call)
	if err != nil {
		return err
	}
	secrets := c.scrubberFor(call.Endpoint).WithFields(call.Op.Secrets, nil)
	message, err := c.formatRequest(call, endpoint)
	if err != nil {
		return secrets.Err(err)
	}
	secrets = secrets.WithFields(call.Op.Secrets, message.Body)
	patience := newPatience(ctx, c.timeoutOf(call))
	defer patience.end()
	req, sent := c.newRequest(patience.ctx, call, message)
	trace := c.newTracer(call, req.URL, secrets)
	trace.request(req.Header, message.Body)
	defer func() { trace.finish(err) }()

	resp, err := c.send(req)
	if err != nil {
		err = brokenError{patience.explain(secrets.Err(err))}
		if sent.Load() || message.Body == nil && !neverSent(err) {
			err = unknownOutcome(call, err)
		}
		return err
	}
	trace.answer(resp)
	call.Status, call.Header = resp.StatusCode, resp.Header
	a := &answer{client: c, call: call, resp: resp, secrets: secrets, patience: patience, trace: trace}
	defer a.close()
	err = a.read()
	if a.lost {
		err = unknownOutcome(call, brokenError{err})
	}
	return err
}

func unknownOutcome(call *Call, err error) error {
	if call.Idempotent {
		return err
	}
	return &UnknownOutcomeError{Err: err}
}

// timeoutOf returns the timeout of an attempt, to which that of the http.Client counts too.
func (c *Client) timeoutOf(call *Call) time.Duration {
	if t := c.httpClient.Timeout; t > 0 && (call.Timeout <= 0 || t < call.Timeout) {
		return t
	}
	return call.Timeout
}

// usualRequest is how long requests mostly are at most, in bytes.
const usualRequest = 512

func (c *Client) encode(call *Call) ([]byte, error) {
	var header []soap.Block
	if len(call.ReqHeaders) > 0 {
		header = soapBlocks(call.ReqHeaders)
	}
	return soap.AppendEnvelope(make([]byte, 0, usualRequest), c.version, header, c.write, func(dst []byte) ([]byte, error) {
		payload, write := soap.Block{Name: call.Op.Input, Message: call.Req}, c.write
		if call.Op.Encoded {
			write.Encoding = c.version.Encoding()
		}
		switch {
		case call.Req != nil:
			return payload.Append(dst, write)
		case call.Op.Input.Local != "":
			return dst, errors.New("a call without a request message")
		}
		return dst, nil
	})
}

// newRequest makes the HTTP request. sent tells later whether the transport began to send it: see sentBody.
func (c *Client) newRequest(ctx context.Context, call *Call, message *FormatRequest) (*http.Request, *atomic.Bool) {
	endpoint, h := message.URL, message.Header
	h.Set("Accept-Encoding", soap.AcceptEncoding)
	h.Set("User-Agent", DefaultUserAgent)
	if endpoint.User != nil {
		password, _ := endpoint.User.Password()
		h.Set("Authorization", "Basic "+redact.BasicCredentials(endpoint.User.Username(), password))
	}
	for key, values := range call.ReqHeader {
		if key == "Soapaction" {
			key = "SOAPAction" // one field, not two
		}
		h[key] = values
	}
	sent := new(atomic.Bool)
	body := func() (io.ReadCloser, error) {
		return &sentBody{Reader: bytes.NewReader(message.Body), sent: sent}, nil
	}
	if _, ok := c.transport.(*http.Transport); ok {
		body = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(message.Body)), nil }
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }})
	}
	req := &http.Request{
		Method: message.Method, URL: endpoint, Host: h.Get("Host"), Header: h,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	h.Del("Host")
	if message.Body != nil {
		req.ContentLength, req.GetBody = int64(len(message.Body)), body
		req.Body, _ = body()
	}
	if jar := c.httpClient.Jar; jar != nil {
		for _, cookie := range jar.Cookies(endpoint) {
			req.AddCookie(cookie)
		}
	}
	return req.WithContext(ctx), sent
}

// A sentBody is a body that tells whether it was asked for.
//
// That is how a request that may have reached the server is told from one that did not: transports read the body once they
// have a connection, and send it with or behind the header. It holds for every http.RoundTripper, also those that do not
// report to net/http/httptrace. An *http.Transport does, and is asked that way: of bodies that it does not know it sends the
// header in a packet of its own, which for short calls is a quarter of the cost.
type sentBody struct {
	*bytes.Reader
	sent *atomic.Bool
}

func (b *sentBody) Read(p []byte) (int, error) {
	b.sent.Store(true)
	return b.Reader.Read(p)
}

// WriteTo is what transports prefer.
func (b *sentBody) WriteTo(w io.Writer) (int64, error) {
	b.sent.Store(true)
	return b.Reader.WriteTo(w)
}

func (b *sentBody) Close() error { return nil }

// send sends req without what http.Client.Do does beside it: following redirects, and putting the URL into errors.
func (c *Client) send(req *http.Request) (*http.Response, error) {
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if resp == nil || resp.Body == nil {
		return nil, errors.New("the HTTP transport gave neither an answer nor an error")
	}
	if jar := c.httpClient.Jar; jar != nil {
		if cookies := resp.Cookies(); len(cookies) > 0 {
			jar.SetCookies(req.URL, cookies)
		}
	}
	return resp, nil
}
