package gowsdlclient

import (
	"encoding/base64"
	"errors"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// requestSecrets returns what in a request is nobody's business. Short values of a query are hardly secrets, and
// replacing them would spoil texts.
func requestSecrets(req *http.Request) []string {
	const shortest = 6
	var secrets []string
	if user, password, ok := req.BasicAuth(); ok {
		secrets = append(secrets, password, base64.StdEncoding.EncodeToString([]byte(user+":"+password)))
	} else if auth := req.Header.Get("Authorization"); auth != "" {
		_, credentials, _ := strings.Cut(auth, " ")
		secrets = append(secrets, credentials)
	}
	if u := req.URL.User; u != nil {
		password, ok := u.Password()
		if !ok {
			secrets = append(secrets, u.Username()) // alone it is a token
		}
		secrets = append(secrets, password)
	}
	for _, values := range req.URL.Query() {
		for _, v := range values {
			if len(v) >= shortest {
				secrets = append(secrets, v)
			}
		}
	}
	return secrets
}

// displayURL returns a URL without userinfo, query and fragment.
func displayURL(u *url.URL) string {
	short := *u
	short.User, short.RawQuery, short.ForceQuery, short.Fragment, short.RawFragment = nil, "", false, "", ""
	return short.String()
}

// A scrubber replaces secrets in texts.
type scrubber struct{ forms []string } // every spelling of every secret, the longest first

func (ex *exchange) scrubber(secrets []string) *scrubber {
	s := new(scrubber)
	for _, secret := range slices.Concat(secrets, ex.secrets) {
		if secret != "" {
			s.forms = append(s.forms, spellings(secret)...)
		}
	}
	slices.SortFunc(s.forms, func(a, b string) int { return len(b) - len(a) })
	return s
}

// spellings returns a secret as it stands in a URL, XML, HTML, Go and base64 besides as it is.
func spellings(s string) []string {
	quoted := strconv.Quote(s)
	forms := []string{
		s, url.QueryEscape(s), url.PathEscape(s), html.EscapeString(s), quoted[1 : len(quoted)-1],
		base64.StdEncoding.EncodeToString([]byte(s)),
	}
	if b, err := xmlwire.AppendText(nil, s); err == nil {
		forms = append(forms, string(b))
	}
	return forms
}

func (s *scrubber) text(t string) string {
	for _, form := range s.forms {
		t = strings.ReplaceAll(t, form, "REDACTED")
	}
	return t
}

// cut returns without secrets a text that was cut off at its end, where a part of a secret may stand.
func (s *scrubber) cut(t string) string {
	longest := 0
	for _, form := range s.forms {
		for n := min(len(form)-1, len(t)); n > longest; n-- {
			if strings.HasSuffix(t, form[:n]) {
				longest = n
			}
		}
	}
	return s.text(t[:len(t)-longest])
}

// error returns err, or if its text holds a secret, an error without.
func (s *scrubber) error(err error) error {
	if text := err.Error(); s.text(text) != text {
		return &scrubbedError{text: s.text(text), cause: err}
	}
	return err
}

// A scrubbedError stands for an error whose text holds a secret: it can be compared but not unwrapped.
type scrubbedError struct {
	text  string
	cause error
}

func (e *scrubbedError) Error() string        { return e.text }
func (e *scrubbedError) Is(target error) bool { return errors.Is(e.cause, target) }
