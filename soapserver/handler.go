package soapserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Handler serves the operations of a port. It is safe for concurrent use.
type Handler struct {
	byInput      map[xmlwire.Name][]*Method
	byName       map[string]*Method
	bare         []*Method // whose messages have several elements in the body
	interceptors []Interceptor
	endpoint     Endpoint // the interceptors around the method
	errorHook    func(*Exchange, error) error
	choose       func(*Exchange, xmlwire.Name) string
	wsdl         func(*http.Request) ([]byte, error)
	logger       *slog.Logger

	version              soapclient.Version // 0 for both
	understood           map[xmlwire.Name]bool
	ignoreMustUnderstand bool
	ignoreAction         bool
	maxBytes             int64
	read                 xmlwire.ReadOptions
	write                xmlwire.WriteOptions
}

// New returns a Handler of methods. Of methods with the same Input the action of a request chooses one, or else the first
// is taken.
func New(methods []Method, opts ...Option) *Handler {
	h := &Handler{
		byInput: make(map[xmlwire.Name][]*Method), byName: make(map[string]*Method),
		understood: make(map[xmlwire.Name]bool), maxBytes: DefaultMaxRequestBytes,
	}
	for _, m := range methods {
		h.byInput[m.op.Input] = append(h.byInput[m.op.Input], &m)
		h.byName[m.op.Name] = &m
		if m.bare() {
			h.bare = append(h.bare, &m)
		}
	}
	for _, opt := range opts {
		opt(h)
	}
	for _, m := range methods { // what a service calls its own namespace it will take
		h.read.AnyNamespace = h.read.AnyNamespace || !xmlwire.IsURI(m.op.Input.Space)
	}
	if h.logger == nil {
		h.logger = slog.Default()
	}
	h.endpoint = callMethod
	for _, i := range slices.Backward(h.interceptors) {
		h.endpoint = i(h.endpoint)
	}
	return h
}

func callMethod(ctx context.Context, ex *Exchange) error {
	resp, err := ex.method.call(ctx, ex.Req)
	if err == nil {
		ex.Resp = resp
	}
	return err
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodPost:
		h.servePost(w, r)
	case h.wsdl != nil && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		h.serveWSDL(w, r)
	default:
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "SOAP requests are POST requests", http.StatusMethodNotAllowed)
	}
}

func (h *Handler) serveWSDL(w http.ResponseWriter, r *http.Request) {
	doc, err := h.wsdl(r)
	if err != nil {
		h.logger.ErrorContext(r.Context(), "making the WSDL failed", "err", err)
		http.Error(w, "the WSDL is not available", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(doc)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(doc)
	}
}

func (h *Handler) servePost(w http.ResponseWriter, r *http.Request) {
	ex := &Exchange{HTTP: r, Action: soap.Action(r.Header), Header: make(http.Header)}
	err := h.recovered(func() error { return h.carryOut(ex) })
	if err != nil && h.errorHook != nil {
		err = h.recovered(func() error { return h.errorHook(ex, err) })
	}
	if err == nil {
		err = h.answer(w, ex)
	}
	if err != nil {
		h.answerError(w, ex, err)
	}
}

// A PanicError is the error of a method or interceptor that panicked.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// recovered calls f. http.ErrAbortHandler goes on: it is how handlers break the connection.
func (h *Handler) recovered(f func() error) (err error) {
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			panic(v)
		default:
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return f()
}

// carryOut reads the request and calls its method.
func (h *Handler) carryOut(ex *Exchange) error {
	if err := h.readRequest(ex); err != nil {
		return err
	}
	ctx := context.WithValue(ex.HTTP.Context(), exchangeKey{}, ex)
	return h.endpoint(ctx, ex)
}

// dispatch finds the method for a request whose body holds root.
func (h *Handler) dispatch(ex *Exchange, root xmlwire.Name) error {
	ex.method = h.find(ex, root)
	if ex.method == nil {
		if root.Local == "" {
			return Faultf(Sender, "the body of the request is empty")
		}
		return Faultf(Sender, "there is no operation for the element %s", root)
	}
	ex.Op = ex.method.op
	if ex.Op.Input != root && !ex.method.bare() {
		return Faultf(Sender, "the body of the request holds %s where %s should be", root, ex.Op.Input)
	}
	if !h.ignoreAction && !h.actionFits(ex) {
		return Faultf(Sender, "the action %q is not that of the operation %s", ex.Action, ex.Op.Name)
	}
	return nil
}

func (h *Handler) find(ex *Exchange, root xmlwire.Name) *Method {
	if h.choose != nil {
		if name := h.choose(ex, root); name != "" {
			return h.byName[name]
		}
	}
	candidates := h.byInput[root]
	for _, m := range candidates {
		if m.op.Action == ex.Action {
			return m
		}
	}
	if len(candidates) > 0 {
		return candidates[0]
	}
	return h.findBare(ex, root)
}

// findBare finds the method for a request whose body starts with root and is not that alone: by the action, or else the
// first whose messages may hold such an element.
func (h *Handler) findBare(ex *Exchange, root xmlwire.Name) *Method {
	for _, m := range h.bare {
		if ex.Action != "" && m.op.Action == ex.Action {
			return m
		}
	}
	for _, m := range h.bare {
		if m.mayStartWith(root) {
			return m
		}
	}
	return nil
}

func (h *Handler) actionFits(ex *Exchange) bool {
	switch ex.Action {
	case "", ex.Op.Action, ex.Op.Name:
		return true
	}
	return false
}

// answer sends the success of ex. An error means that nothing was sent.
func (h *Handler) answer(w http.ResponseWriter, ex *Exchange) error {
	if ex.Op != nil && ex.Op.OneWay && ex.Resp == nil && len(ex.RespHeaders) == 0 {
		send(w, ex, cmp.Or(ex.Status, http.StatusAccepted), nil)
		return nil
	}
	message, err := h.envelope(ex, func(dst []byte) ([]byte, error) {
		if ex.Resp == nil {
			return dst, nil
		}
		b, write := soap.Block{Message: ex.Resp}, h.write
		if ex.Op != nil {
			b.Name = ex.Op.Output
			if ex.Op.Encoded {
				write.Encoding = h.answerVersion(ex).Encoding()
			}
		}
		return b.Append(dst, write)
	})
	if err != nil {
		return fmt.Errorf("encoding the answer: %w", err)
	}
	send(w, ex, cmp.Or(ex.Status, http.StatusOK), message)
	return nil
}

// answerError sends err, and logs what the client is not told of it.
func (h *Handler) answerError(w http.ResponseWriter, ex *Exchange, err error) {
	var plain *PlainError
	if errors.As(err, &plain) {
		sendPlain(w, plain)
		return
	}
	fault := h.faultFor(ex, err)
	status := cmp.Or(ex.Status, fault.status(h.answerVersion(ex)))
	message, err := h.envelope(ex, func(dst []byte) ([]byte, error) { return fault.append(dst, h.answerVersion(ex), h.write) })
	if err != nil { // a detail or a header block has no XML form
		h.logger.ErrorContext(ex.HTTP.Context(), "encoding a SOAP fault failed", "err", err)
		ex.RespHeaders = nil
		message, _ = h.envelope(ex, func(dst []byte) ([]byte, error) {
			return internalError.append(dst, h.answerVersion(ex), h.write)
		})
	}
	send(w, ex, status, message)
}

var internalError = &Fault{Reason: "the server failed to carry out the request"}

// faultFor returns the fault to send for err.
func (h *Handler) faultFor(ex *Exchange, err error) *Fault {
	var fault *Fault
	var panicked *PanicError
	ctx, op := ex.HTTP.Context(), ""
	if ex.Op != nil {
		op = ex.Op.Name
	}
	switch {
	case errors.As(err, &fault):
		h.logger.DebugContext(ctx, "answering with a SOAP fault", "op", op, "err", err)
		return fault
	case errors.As(err, &panicked):
		h.logger.ErrorContext(ctx, "a SOAP method panicked", "op", op, "panic", panicked.Value, "stack", string(panicked.Stack))
	default:
		h.logger.ErrorContext(ctx, "a SOAP call failed", "op", op, "err", err)
	}
	return internalError
}

func (h *Handler) envelope(ex *Exchange, body func([]byte) ([]byte, error)) ([]byte, error) {
	header := make([]soap.Block, len(ex.RespHeaders))
	for i, b := range ex.RespHeaders {
		header[i] = soap.Block(b)
	}
	v := h.answerVersion(ex)
	if ex.Header.Get("Content-Type") == "" {
		ex.Header.Set("Content-Type", v.MediaType()+"; charset=utf-8")
	}
	return soap.AppendEnvelope(nil, v, header, h.write, body)
}

// answerVersion returns the version to answer in, also for requests that do not say theirs.
func (h *Handler) answerVersion(ex *Exchange) soapclient.Version {
	switch {
	case h.version != 0:
		return h.version
	case ex.Version != 0:
		return ex.Version
	case strings.HasPrefix(ex.HTTP.Header.Get("Content-Type"), soap.V12.MediaType()):
		return soap.V12
	}
	return soap.V11
}

func send(w http.ResponseWriter, ex *Exchange, status int, message []byte) {
	for key, values := range ex.Header {
		w.Header()[key] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(message)))
	w.WriteHeader(status)
	_, _ = w.Write(message) // an error is the client's having gone
}

func sendPlain(w http.ResponseWriter, e *PlainError) {
	for key, values := range e.Header {
		w.Header()[key] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(e.Body)))
	w.WriteHeader(e.Status)
	_, _ = w.Write(e.Body)
}
