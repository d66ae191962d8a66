// Package memhttp is HTTP without a network, for tests: a transport that calls a handler, and one that answers with
// bytes from a file. Both stream, honour contexts and break off as connections do, so that what works with them works with
// sockets; they work inside testing/synctest.
package memhttp

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
)

// NewClient returns a client whose requests go to h.
func NewClient(h http.Handler) *http.Client {
	return &http.Client{Transport: Transport{Handler: h}}
}

// A Transport answers requests by calling Handler in a goroutine of its own.
type Transport struct{ Handler http.Handler }

// RoundTrip implements http.RoundTripper. A handler that panics breaks the connection: before the header is out with
// io.EOF, after it with io.ErrUnexpectedEOF from the body.
func (t Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context())
	in := req.Clone(ctx)
	in.RequestURI = req.URL.RequestURI()
	in.RemoteAddr = "memory"
	if in.Host == "" {
		in.Host = req.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	pr, pw := io.Pipe()
	w := &writer{header: make(http.Header), pipe: pw, started: make(chan struct{})}
	go w.serve(t.Handler, in)
	stop := context.AfterFunc(ctx, func() { pw.CloseWithError(context.Cause(ctx)) })
	select {
	case <-w.started:
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil { // also where the handler answered at the same moment
		cancel(nil)
		return nil, err
	}
	if w.broken {
		stop()
		cancel(nil)
		return nil, io.EOF
	}
	resp := w.response(req)
	resp.Body = &body{Reader: pr, close: func() {
		stop()
		cancel(errClosed)
		pr.CloseWithError(errClosed)
	}}
	return resp, nil
}

var errClosed = errors.New("memhttp: the body was closed")

type body struct {
	io.Reader
	close func()
}

func (b *body) Close() error {
	b.close()
	return nil
}

// A writer is the http.ResponseWriter of one request.
type writer struct {
	header  http.Header
	pipe    *io.PipeWriter
	once    sync.Once
	started chan struct{} // closed once the fields below are set
	status  int
	sent    http.Header
	broken  bool
}

func (w *writer) serve(h http.Handler, req *http.Request) {
	defer func() {
		if recover() == nil {
			w.WriteHeader(http.StatusOK)
			_ = w.pipe.CloseWithError(context.Cause(req.Context())) // nil, the proper end, unless the client gave up
			return
		}
		w.once.Do(func() { w.broken = true; close(w.started) })
		_ = w.pipe.CloseWithError(io.ErrUnexpectedEOF)
	}()
	h.ServeHTTP(w, req)
	_ = req.Body.Close()
}

func (w *writer) Header() http.Header { return w.header }

func (w *writer) WriteHeader(status int) {
	w.once.Do(func() {
		w.status, w.sent = status, w.header.Clone()
		close(w.started)
	})
}

func (w *writer) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.pipe.Write(p)
}

// Flush implements http.Flusher. Nothing is held back here but the header.
func (w *writer) Flush() { w.WriteHeader(http.StatusOK) }

func (w *writer) response(req *http.Request) *http.Response {
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, ContentLength: -1, Request: req,
	}
}

// Replay is a transport that answers every request with the same bytes: a whole HTTP/1.1 response, as it was captured.
type Replay []byte

// RoundTrip implements http.RoundTripper. It reads the request's body, as a connection would.
func (b Replay) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		if _, err := io.Copy(io.Discard, req.Body); err != nil {
			return nil, err
		}
		_ = req.Body.Close()
	}
	return http.ReadResponse(bufio.NewReader(bytes.NewReader(b)), req)
}
