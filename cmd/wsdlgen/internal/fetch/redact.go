package fetch

import (
	"net/url"
	"strings"
)

// harmless reports whether a parameter of a URL is one of those that ask for a description, whose values may be shown.
// Any other may be a token.
func harmless(key string) bool {
	switch strings.ToLower(key) {
	case "wsdl", "singlewsdl", "wsdl2", "xsd", "schema", "part", "disco":
		return true
	}
	return false
}

// redact returns u without its secrets: for messages, and for the lock.
func redact(u *url.URL) string {
	shown := *u
	shown.User = nil
	shown.Fragment, shown.RawFragment = "", ""
	if u.RawQuery != "" {
		parts := strings.Split(u.RawQuery, "&")
		for i, part := range parts {
			key, _, valued := strings.Cut(part, "=")
			plain, err := url.QueryUnescape(key)
			switch {
			case err == nil && harmless(plain):
			case valued:
				parts[i] = key + "=REDACTED"
			default:
				parts[i] = "REDACTED"
			}
		}
		shown.RawQuery = strings.Join(parts, "&")
	}
	return shown.String()
}
