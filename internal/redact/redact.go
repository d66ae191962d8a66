// Package redact takes secrets out of what people get to see: errors, traces, snippets of answers.
package redact

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

// Mark stands where a secret was.
const Mark = "REDACTED"

// A Scrubber replaces secrets in texts, in every spelling that they may have there. A nil one replaces nothing. It is safe
// for concurrent use.
type Scrubber struct {
	secrets  []string
	forms    []string // every spelling of every secret, the longest first
	fields   []string // local names of elements and attributes whose values are secret
	replacer *strings.Replacer
}

// New returns a Scrubber of secrets; empty ones are none. It may return nil.
func New(secrets []string) *Scrubber {
	seen := make(map[string]bool)
	var forms []string
	for _, s := range secrets {
		for _, form := range spellings(s) {
			if form != "" && !seen[form] {
				seen[form] = true
				forms = append(forms, form)
			}
		}
	}
	if len(forms) == 0 {
		return nil
	}
	// A Replacer prefers what it was told first: the longest, lest a part of a secret stay behind.
	slices.SortStableFunc(forms, func(a, b string) int { return len(b) - len(a) })
	pairs := make([]string, 0, 2*len(forms))
	for _, form := range forms {
		pairs = append(pairs, form, Mark)
	}
	return &Scrubber{secrets: secrets, forms: forms, replacer: strings.NewReplacer(pairs...)}
}

// spellings returns s as it stands in a URL, XML, HTML, Go and base64 besides as it is.
func spellings(s string) []string {
	if s == "" {
		return nil
	}
	query, path := url.QueryEscape(s), url.PathEscape(s)
	quoted := strconv.Quote(s)
	forms := []string{
		s, query, path, lowerEscapes(query), lowerEscapes(path), html.EscapeString(s),
		quoted[1 : len(quoted)-1], base64.StdEncoding.EncodeToString([]byte(s)),
	}
	for _, escape := range []func([]byte, string) ([]byte, error){xmlwire.AppendText, xmlwire.AppendAttrValue} {
		if b, err := escape(nil, s); err == nil {
			forms = append(forms, string(b))
		}
	}
	return forms
}

// lowerEscapes writes the hexadecimal digits of percent escapes in lower case, as some servers echo them.
func lowerEscapes(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], strings.ToLower(s[i+1:i+3]))
		}
	}
	return string(b)
}

// URLSecrets returns what in a URL is nobody's business. Short values of a query are hardly
// secrets, and replacing them would spoil texts.
func URLSecrets(u *url.URL) []string {
	const shortest = 6
	var secrets []string
	if u.User != nil {
		password, ok := u.User.Password()
		if !ok {
			secrets = append(secrets, u.User.Username()) // alone it is a token
		}
		secrets = append(secrets, password, BasicCredentials(u.User.Username(), password))
	}
	for _, values := range u.Query() {
		for _, v := range values {
			if len(v) >= shortest {
				secrets = append(secrets, v)
			}
		}
	}
	return secrets
}

// BasicCredentials returns what basic authentication makes of a user and a password.
func BasicCredentials(user, password string) string {
	return base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
}

// Text returns s without secrets.
func (s *Scrubber) Text(t string) string {
	if s == nil {
		return t
	}
	if len(s.fields) > 0 {
		t = replaceFields(t, s.fields)
	}
	return s.replacer.Replace(t)
}

// Cut returns t without secrets. If t was cut off, a part of a secret may stand at its end, and goes too.
func (s *Scrubber) Cut(t string, cutOff bool) string {
	t = s.Text(t)
	if s == nil || !cutOff {
		return t
	}
	longest := 0
	for _, form := range s.forms {
		for n := min(len(form)-1, len(t)); n > longest; n-- {
			if strings.HasSuffix(t, form[:n]) {
				longest = n
				break
			}
		}
	}
	return t[:len(t)-longest]
}

// Err returns err without secrets. Errors of this module are changed in place: they are new. The causes of others
// are hidden if they would tell.
func (s *Scrubber) Err(err error) error {
	var urlErr *url.Error
	if errors.As(err, &urlErr) {
		err = urlErr.Err // the rest is the URL
	}
	if s == nil || err == nil {
		return err
	}
	var syntax *xmlwire.SyntaxError
	var value *xmlwire.ValueError
	switch {
	case errors.As(err, &syntax):
		syntax.Msg, syntax.Path = s.Text(syntax.Msg), s.Text(syntax.Path)
	case errors.As(err, &value):
		if isField(value.Path[strings.LastIndexByte(value.Path, '/')+1:], s.fields) {
			value.Got = Mark
		}
		value.Got, value.Path = s.Text(value.Got), s.Text(value.Path)
	}
	if text := err.Error(); s.Text(text) != text {
		return &scrubbedError{text: s.Text(text), cause: err}
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

// Timeout makes it a net.Error as far as its cause is one.
func (e *scrubbedError) Timeout() bool {
	t, ok := e.cause.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// secretHeaders are Mark whole.
var secretHeaders = []string{"Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "Api-Key", "X-Auth-Token"}

// SecretHeaders returns the names of header fields that are secret as a whole.
func SecretHeaders() []string { return slices.Clone(secretHeaders) }

// Header returns a copy of h without secrets.
func (s *Scrubber) Header(h http.Header) http.Header {
	out := make(http.Header, len(h))
	for key, values := range h {
		for _, v := range values {
			if slices.ContainsFunc(secretHeaders, func(k string) bool { return strings.EqualFold(k, key) }) {
				v = Mark
			}
			if strings.EqualFold(key, "Location") {
				v = DisplayURL(v)
			}
			out[key] = append(out[key], s.Text(v))
		}
	}
	return out
}

// DisplayURL returns a URL without userinfo, query and fragment.
func DisplayURL(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return "an unreadable URL"
	}
	u.User, u.RawQuery, u.ForceQuery, u.Fragment, u.RawFragment = nil, "", false, "", ""
	return u.String()
}
