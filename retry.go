package trackunit

import (
	"errors"
	"net/http"

	"github.com/soapfirst/trackunit/soapclient"
)

// A RetryPolicy says when a call that failed is made again. See soapclient.RetryPolicy for its fields and their defaults.
type RetryPolicy = soapclient.RetryPolicy

// defaultAttempts lets a job of a hundred thousand calls pass where every twentieth request fails.
const defaultAttempts = 6

// WithRetry sets the policy by which calls that failed are made again. The default is 6 attempts and soapclient's defaults;
// RetryPolicy{MaxAttempts: 1} is no retries.
//
// Only calls that read (the operations Get…) are ever repeated. One that creates, updates or deletes is made once: if it
// ends with a *soapclient.UnknownOutcomeError, look whether it was done before you make it again.
//
// What policy.Temporary is given is worth another attempt by default if soapclient.Temporary says so, and if it is a
// StatusError with the HTTPStatus 429 or 500 and above.
func WithRetry(policy RetryPolicy) Option {
	if policy.MaxAttempts == 0 {
		policy.MaxAttempts = defaultAttempts
	}
	if policy.Temporary == nil {
		policy.Temporary = temporary
	}
	return WithSOAP(soapclient.WithRetry(policy))
}

func temporary(err error) bool {
	var status *StatusError
	if errors.As(err, &status) {
		return status.HTTPStatus == http.StatusTooManyRequests || status.HTTPStatus >= http.StatusInternalServerError
	}
	return soapclient.Temporary(err)
}
