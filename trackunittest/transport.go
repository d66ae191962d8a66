package trackunittest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync"
	"syscall"
)

// Transport returns an http.RoundTripper that hands requests to s in memory, whatever host they are for. There is no
// network and no port in it, and tests in a bubble of testing/synctest can use it.
//
// Answers come as they are written. What a broken connection is over a network, it is here too: io.ErrUnexpectedEOF within
// an answer, a connection reset before one.
func (s *Service) Transport() http.RoundTripper { return transport{s} }

type transport struct{ handler http.Handler }

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(req.Context())
	reader, writer := io.Pipe()
	a := &answer{header: make(http.Header), body: writer, started: make(chan error, 1)}
	go a.serve(t.handler, incoming(ctx, req), req.Body)
	select {
	case err := <-a.started:
		if err != nil {
			cancel()
			return nil, err
		}
	case <-ctx.Done():
		reader.CloseWithError(ctx.Err()) // the handler may have started to write meanwhile
		cancel()
		return nil, ctx.Err()
	}
	stop := context.AfterFunc(ctx, func() { writer.CloseWithError(ctx.Err()) })
	return a.response(req, &answerBody{reader, func() { stop(); cancel() }}), nil
}

// incoming returns req as a server sees it.
func incoming(ctx context.Context, req *http.Request) *http.Request {
	in := req.Clone(ctx)
	if in.Host == "" {
		in.Host = req.URL.Host
	}
	in.RequestURI = req.URL.RequestURI()
	in.RemoteAddr = "127.0.0.1:1"
	in.Proto, in.ProtoMajor, in.ProtoMinor = "HTTP/1.1", 1, 1
	if in.Body == nil {
		in.Body = http.NoBody
	}
	return in
}

// An answer is the http.ResponseWriter of one request.
type answer struct {
	header  http.Header
	body    *io.PipeWriter
	once    sync.Once
	started chan error // gets one value: nil once the header is sent
	code    int
	sent    http.Header
}

// serve calls the handler and ends the answer.
func (a *answer) serve(h http.Handler, in *http.Request, body io.Closer) {
	defer func() {
		if body != nil {
			body.Close()
		}
		v := recover()
		if v == nil {
			a.WriteHeader(http.StatusOK)
			a.body.Close()
			return
		}
		a.start(0, syscall.ECONNRESET)
		a.body.CloseWithError(io.ErrUnexpectedEOF)
		if err, ok := v.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
			panic(v)
		}
	}()
	h.ServeHTTP(a, in)
}

func (a *answer) start(code int, err error) {
	a.once.Do(func() {
		a.code, a.sent = code, a.header.Clone()
		a.started <- err
	})
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(code int) { a.start(code, nil) }

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// Flush implements http.Flusher. There is nothing to do: a write is done when it is read.
func (a *answer) Flush() { a.WriteHeader(http.StatusOK) }

func (a *answer) response(req *http.Request, body io.ReadCloser) *http.Response {
	length, err := strconv.ParseInt(a.sent.Get("Content-Length"), 10, 64)
	if err != nil {
		length = -1
	}
	return &http.Response{
		Status: strconv.Itoa(a.code) + " " + http.StatusText(a.code), StatusCode: a.code,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.sent, Body: body, ContentLength: length, Request: req,
	}
}

// An answerBody tells the handler when the client is through with it.
type answerBody struct {
	*io.PipeReader
	done func()
}

func (b *answerBody) Close() error {
	b.done()
	return b.PipeReader.Close()
}
