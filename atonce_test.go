package trackunit_test

import "github.com/soapfirst/trackunit"

// newAtOnce is trackunit.New without what costs time: calls wait for no limiter, and are attempted once.
func newAtOnce(token string, opts ...trackunit.Option) (*trackunit.Client, error) {
	own := []trackunit.Option{trackunit.WithLimiter(nil), trackunit.WithRetry(trackunit.RetryPolicy{MaxAttempts: 1})}
	return trackunit.New(token, append(own, opts...)...)
}
