package soapclient

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/soapfirst/trackunit/internal/redact"
)

// An HTTPError is an answer that is no SOAP: from something between here and the service, or from a server that has
// failed before its SOAP stack got hold of the request.
type HTTPError struct {
	Status int
	Kind   ContentKind // what came in place of SOAP
	// Header holds those fields of the answer that help to understand it: Content-Type, Date, Location, Retry-After,
	// Server, Via, WWW-Authenticate, X-Status and ids of the request.
	Header http.Header
	// Location is where a redirect leads, without userinfo and query.
	Location string
	// RetryAfter is how long the server asks to wait, or 0.
	RetryAfter time.Duration
	// Snippet is the beginning of the content, at most 1 KiB.
	Snippet string
	// Err says why content could not be read or is no SOAP, where there is more to say than Kind does; else it is nil.
	Err error
}

// A ContentKind says what came in place of SOAP.
type ContentKind uint8

const (
	EmptyContent     ContentKind = iota // nothing
	HTMLContent                         // an HTML page, such as the error page of a web server
	LoginPage                           // an HTML page that asks for a password
	LoginRedirect                       // a redirect to what looks like a login
	Redirect                            // any other redirect
	TextContent                         // plain text, such as a stack trace
	JSONContent                         // JSON
	XMLContent                          // XML that is no SOAP envelope
	DamagedContent                      // something under an HTTP status of failure that cannot be read; Err says why
	MultipartContent                    // a MIME multipart message
	SOAPContent                         // a SOAP answer that is no fault, under an HTTP status of failure
	OtherContent                        // anything else
)

var contentKinds = [...]string{
	EmptyContent: "no content", HTMLContent: "an HTML page", LoginPage: "a login page", LoginRedirect: "a redirect to a login, which is not followed",
	Redirect: "a redirect, which is not followed", TextContent: "plain text", JSONContent: "JSON", XMLContent: "XML that is not SOAP",
	DamagedContent:   "an answer that cannot be read",
	MultipartContent: "a multipart message", SOAPContent: "a SOAP answer", OtherContent: "unknown content",
}

func (k ContentKind) String() string {
	if int(k) < len(contentKinds) {
		return contentKinds[k]
	}
	return contentKinds[OtherContent]
}

func (e *HTTPError) Error() string {
	var b strings.Builder
	b.WriteString("http " + strconv.Itoa(e.Status))
	if text := http.StatusText(e.Status); text != "" && e.Status/100 != 2 {
		b.WriteString(" " + strings.ToLower(text))
	}
	fmt.Fprintf(&b, " with %v", e.Kind)
	if s := e.summary(); s != "" {
		b.WriteString(": " + s)
	}
	if e.RetryAfter > 0 {
		fmt.Fprintf(&b, " (retry after %v)", e.RetryAfter)
	}
	return b.String()
}

// Unwrap returns Err.
func (e *HTTPError) Unwrap() error { return e.Err }

// Is makes errors.Is(err, ErrUnauthorized) and the like work. A login page and a redirect to one are unauthorized,
// whatever their status.
func (e *HTTPError) Is(target error) bool {
	if target == ErrUnauthorized && (e.Kind == LoginPage || e.Kind == LoginRedirect) {
		return true
	}
	return statusIs(e.Status, target)
}

var htmlTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// summary returns what says most of the answer.
func (e *HTTPError) summary() string {
	if e.Err != nil {
		return e.Err.Error()
	}
	switch e.Kind {
	case Redirect, LoginRedirect:
		return e.Location
	case HTMLContent, LoginPage:
		if m := htmlTitle.FindStringSubmatch(e.Snippet); m != nil {
			return oneLine(html.UnescapeString(m[1]))
		}
		return ""
	case TextContent, JSONContent, XMLContent:
		line, _, _ := strings.Cut(strings.TrimSpace(e.Snippet), "\n")
		return oneLine(line)
	}
	return ""
}

// helpfulHeaders are the fields that HTTPError.Header keeps.
var helpfulHeaders = []string{
	"Content-Type", "Date", "Location", "Retry-After", "Server", "Via", "Www-Authenticate", "X-Status", "X-Request-Id",
	"X-Correlation-Id", "Request-Id", "X-Powered-By",
}

const maxSnippet = 1 << 10

// newHTTPError describes an answer; head is the beginning of its content.
func newHTTPError(status int, header http.Header, kind ContentKind, head *recorder, secrets *redact.Scrubber) *HTTPError {
	e := &HTTPError{Status: status, Kind: kind, Header: make(http.Header)}
	for _, key := range helpfulHeaders {
		if values := header.Values(key); len(values) > 0 {
			e.Header[key] = values
		}
	}
	e.Header = secrets.Header(e.Header)
	e.Location = e.Header.Get("Location")
	e.RetryAfter = retryAfter(header)
	if head != nil {
		e.Snippet = snippet(head, secrets)
	}
	return e
}

func snippet(head *recorder, secrets *redact.Scrubber) string {
	s := secrets.Cut(string(head.head), head.full())
	return strings.ToValidUTF8(s[:min(len(s), maxSnippet)], "")
}

// retryAfter reads the two forms of Retry-After. A date counts from the date of the answer, as the clocks of client and
// server may differ.
func retryAfter(h http.Header) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(at.Sub(now), 0)
}

var (
	htmlStart   = regexp.MustCompile(`(?i)^(<!doctype html|<html|<head|<body|<!--)`)
	loginSigns  = regexp.MustCompile(`(?i)type\s*=\s*["']?password|<title[^>]*>[^<]*(log[ -]?in|sign[ -]?in|log[ -]?on)`)
	loginInPath = regexp.MustCompile(`(?i)(^|[/._-])(log[-_]?[io]n|sign[-_]?in|sso|oauth2?|saml2?|adfs|authorize|auth)([/._-]|$)`)
)

// classify tells what content is by its beginning and, where that leaves it open, by its Content-Type.
func classify(head, contentType string) ContentKind {
	head = strings.TrimLeft(head, " \t\r\n\uFEFF")
	if strings.HasPrefix(head, "<?xml") { // XHTML
		_, rest, _ := strings.Cut(head, "?>")
		if rest = strings.TrimLeft(rest, " \t\r\n"); htmlStart.MatchString(rest) {
			head = rest
		}
	}
	mediaType, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	mediaType = strings.TrimSpace(mediaType)
	switch {
	case strings.HasPrefix(mediaType, "multipart/"):
		return MultipartContent
	case head == "":
		return EmptyContent
	case htmlStart.MatchString(head) || head[0] == '<' && mediaType == "text/html":
		if loginSigns.MatchString(head) {
			return LoginPage
		}
		return HTMLContent
	case head[0] == '<':
		return XMLContent
	case head[0] == '{' || head[0] == '[' || strings.HasSuffix(mediaType, "json"):
		return JSONContent
	case strings.HasPrefix(mediaType, "text/") || mediaType == "" || mediaType == "application/soap+xml" || mediaType == "application/xml":
		return TextContent
	}
	return OtherContent
}

func redirectKind(location string) ContentKind {
	if u, err := url.Parse(location); err == nil && (loginInPath.MatchString(u.Path) || strings.HasPrefix(u.Host, "login.")) {
		return LoginRedirect
	}
	return Redirect
}
