package trackunittest

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// A Server is a Service that listens on a loopback address, for clients that want a URL.
type Server struct {
	*Service
	// URL is the base of the endpoints, without a slash at its end: http://127.0.0.1:port/public.
	URL string

	http   *http.Server
	served chan struct{} // closed when the server has ended
	once   sync.Once
}

// NewServer starts a Server, which the caller has to Close. Like httptest.NewServer it panics if no port can be had.
func NewServer(opts ...Option) *Server {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic("trackunittest: no port to listen on: " + err.Error())
	}
	return Serve(l, opts...)
}

// Serve starts a Server on a listener, which then belongs to it.
func Serve(l net.Listener, opts ...Option) *Server {
	s := &Server{Service: NewService(opts...), served: make(chan struct{})}
	s.URL = "http://" + l.Addr().String() + BasePath
	s.http = &http.Server{Handler: s.Service, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		defer close(s.served)
		_ = s.http.Serve(l) // it ends with ErrServerClosed
	}()
	return s
}

// Close ends the server and breaks its connections, also those on which a Fault stalls. It may be called more than once.
func (s *Server) Close() {
	s.once.Do(func() { _ = s.http.Close() })
	<-s.served
}

// Shutdown ends the server when the calls that it is busy with are answered, or when ctx is done, whose error it then
// returns.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	s.Close()
	return err
}
