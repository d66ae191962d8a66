package gowsdlclient

import (
	"net/http"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/internal/redact"
)

// requestSecrets returns what in a request is nobody's business.
func requestSecrets(req *http.Request) []string {
	secrets := redact.URLSecrets(req.URL)
	if user, password, ok := req.BasicAuth(); ok {
		return append(secrets, password, redact.BasicCredentials(user, password))
	}
	if _, credentials, ok := strings.Cut(req.Header.Get("Authorization"), " "); ok {
		secrets = append(secrets, credentials)
	}
	return secrets
}

// scrubber knows the secrets of the request beside those that are given.
func (ex *exchange) scrubber(secrets []string) *redact.Scrubber {
	return redact.New(slices.Concat(secrets, ex.secrets))
}
