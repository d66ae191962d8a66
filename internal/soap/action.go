package soap

import (
	"fmt"
	"mime"
	"net/http"
	"strings"
)

// SetContentType sets the headers that say what a request is and what it asks for: Content-Type, and the header
// SOAPAction in SOAP 1.1 or the parameter action in SOAP 1.2. An empty action is written in SOAP 1.1, which demands the
// header, and left out in SOAP 1.2.
//
// The parameter is always in quotes: there are servers that look for it in quotes only.
func SetContentType(h http.Header, v Version, action string) error {
	quoted, err := quote(action)
	if err != nil {
		return err
	}
	contentType := v.MediaType() + "; charset=utf-8"
	if v == V11 {
		h["SOAPAction"] = []string{quoted} // spelt as the specification spells it
	} else if action != "" {
		contentType += "; action=" + quoted
	}
	h.Set("Content-Type", contentType)
	return nil
}

var (
	quoter   = strings.NewReplacer(`"`, `\"`, `\`, `\\`)
	unquoter = strings.NewReplacer(`\"`, `"`, `\\`, `\`)
)

// quote returns s as a quoted-string of HTTP.
func quote(s string) (string, error) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7F {
			return "", fmt.Errorf("the action %q holds a character that an HTTP header cannot", s)
		}
	}
	if strings.ContainsAny(s, `"\`) {
		s = quoter.Replace(s)
	}
	return `"` + s + `"`, nil
}

// Action returns the action that the headers of a request name, from the parameter of Content-Type or the header
// SOAPAction, or "".
func Action(h http.Header) string {
	if _, params, err := mime.ParseMediaType(h.Get("Content-Type")); err == nil && params["action"] != "" {
		return params["action"]
	}
	for key, values := range h { // SetContentType does not write the canonical form
		if strings.EqualFold(key, "SOAPAction") && len(values) > 0 {
			action := strings.TrimSpace(values[0])
			if n := len(action); n >= 2 && action[0] == '"' && action[n-1] == '"' {
				action = unquoter.Replace(action[1 : n-1])
			}
			return action
		}
	}
	return ""
}
