package trackunittest

import (
	"net/http"
	"testing"

	"github.com/soapfirst/trackunit"
)

// New returns a client of a simulated service that lives as long as the test, and the service, for a test to look at, to
// change and to break. Nothing of it touches the network.
//
//	client, service := trackunittest.New(t)
//	service.Inject(trackunittest.TooManyRequests(time.Second))
//
// The client speaks SOAP 1.1; Service.Client makes others.
func New(tb testing.TB, opts ...Option) (*trackunit.Client, *Service) {
	tb.Helper()
	s := NewService(opts...)
	client, err := s.Client()
	if err != nil {
		tb.Fatal(err)
	}
	return client, s
}

// Client returns a client of s, in memory, with the token of s. It has no limiter, so that tests don't wait for one, and
// makes no retries, so that each Fault is seen. The options come after those that make it so: give
// trackunit.WithLimiter(trackunit.NewLimiter()) and trackunit.WithRetry(trackunit.RetryPolicy{}) for what a client of the
// real service has.
func (s *Service) Client(opts ...trackunit.Option) (*trackunit.Client, error) {
	own := []trackunit.Option{
		trackunit.WithEndpoint("http://simulator.invalid" + BasePath),
		trackunit.WithHTTPClient(&http.Client{Transport: s.Transport()}),
		trackunit.WithLimiter(nil),
		trackunit.WithRetry(trackunit.RetryPolicy{MaxAttempts: 1}),
	}
	return trackunit.New(s.Token(), append(own, opts...)...)
}
