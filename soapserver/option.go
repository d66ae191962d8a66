package soapserver

import (
	"log/slog"
	"net/http"

	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// DefaultMaxRequestBytes bounds requests unless WithMaxRequestBytes says otherwise.
const DefaultMaxRequestBytes = 32 << 20

// An Option configures a Handler. Where two options set the same thing, the later one wins.
type Option func(*Handler)

// WithInterceptors wraps the call of every method. Options add up, the first interceptor is the outermost:
//
//	WithInterceptors(A) + WithInterceptors(B, C) == WithInterceptors(A, B, C)
//
// By then the request was read: what fails before is for WithErrorHook.
func WithInterceptors(interceptors ...Interceptor) Option {
	return func(h *Handler) { h.interceptors = append(h.interceptors, interceptors...) }
}

// WithErrorHook has hook called for every error, from requests that cannot be read as from methods, before it is
// answered. What it returns is answered in its place; if it returns nil, the Exchange is answered as a success with what the
// hook has put into it. If the error is a panic, it is a *PanicError.
func WithErrorHook(hook func(ex *Exchange, err error) error) Option {
	return func(h *Handler) { h.errorHook = hook }
}

// WithVersion makes the Handler answer requests of other versions with a VersionMismatch fault. By default both versions
// are understood.
func WithVersion(v soapclient.Version) Option {
	return func(h *Handler) { h.version = v }
}

// WithWSDL has GET and HEAD requests answered with the document that doc returns; an error of doc is a 500. By default they
// are answered with 405.
func WithWSDL(doc func(*http.Request) ([]byte, error)) Option {
	return func(h *Handler) { h.wsdl = doc }
}

// WithDispatch has choose name the operation of a request; root is the element in the body, or the zero name if there is
// none. If choose returns "", the usual rule holds: the operation whose Input is root. The element must be the Input of the
// operation that was chosen, or the request is refused.
func WithDispatch(choose func(ex *Exchange, root xmlwire.Name) string) Option {
	return func(h *Handler) { h.choose = choose }
}

// WithIgnoreAction has the action in the HTTP header not looked at. By default a request is refused if it names an action
// that belongs to another operation: intermediaries may have let it pass for what it says it is. No action, an empty one,
// and the bare name of the operation are fine in any case.
func WithIgnoreAction() Option {
	return func(h *Handler) { h.ignoreAction = true }
}

// WithUnderstood names header blocks that interceptors or methods take care of. A request with any other block that is
// marked mustUnderstand is refused.
func WithUnderstood(names ...xmlwire.Name) Option {
	return func(h *Handler) {
		for _, n := range names {
			h.understood[n] = true
		}
	}
}

// WithIgnoreMustUnderstand has requests accepted whatever their header blocks are marked with.
func WithIgnoreMustUnderstand() Option {
	return func(h *Handler) { h.ignoreMustUnderstand = true }
}

// WithMaxRequestBytes bounds the body of a request, after decompression; the default is DefaultMaxRequestBytes. A negative
// n is no limit.
func WithMaxRequestBytes(n int64) Option {
	return func(h *Handler) { h.maxBytes = n }
}

// WithReadOptions adjusts how requests are decoded, and the limits on what is taken from a client.
func WithReadOptions(opts xmlwire.ReadOptions) Option {
	return func(h *Handler) { h.read = opts }
}

// WithWriteOptions adjusts how answers are encoded.
func WithWriteOptions(opts xmlwire.WriteOptions) Option {
	return func(h *Handler) { h.write = opts }
}

// WithLogger sets where errors go that clients are not told, and panics; the default is slog.Default.
func WithLogger(logger *slog.Logger) Option {
	return func(h *Handler) { h.logger = logger }
}
