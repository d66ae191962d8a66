package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A client gets documents on behalf of one request of the user, whose host it does not leave.
type client struct {
	origin *url.URL
	allow  []string
	user   string
	pass   string
	http   *http.Client
}

func newClient(opts Options, origin *url.URL) *client {
	g := newGuard(opts.network, origin.Hostname())
	return &client{
		origin: origin, allow: opts.AllowHosts, user: opts.User, pass: opts.Password,
		http: &http.Client{
			Transport: g.transport(),
			// Redirects are followed in get, which looks at where they lead.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

func (c *client) close() { c.http.CloseIdleConnections() }

// get returns the body at u, and where it was in the end.
func (c *client) get(ctx context.Context, u *url.URL) ([]byte, *url.URL, error) {
	for range maxRedirects + 1 {
		body, next, err := c.once(ctx, u)
		if err != nil || next == nil {
			return body, u, err
		}
		u = next
	}
	return nil, u, fmt.Errorf("more than %d redirects", maxRedirects)
}

// once sends one request. It returns the body, or the URL that the server sends us to.
func (c *client) once(ctx context.Context, u *url.URL) (body []byte, next *url.URL, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, errors.New("the URL cannot be used")
	}
	req.Header.Set("Accept", "application/wsdl+xml, text/xml, application/xml;q=0.9, */*;q=0.5")
	req.Header.Set("User-Agent", "wsdlgen")
	if c.user != "" && sameHost(c.origin, u) {
		req.SetBasicAuth(c.user, c.pass)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		var wrapped *url.Error // it holds the URL, tokens and all
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return nil, nil, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusOK:
		body, err = readBounded(resp.Body)
		return body, nil, err
	case resp.StatusCode >= 300 && resp.StatusCode < 400 && resp.Header.Get("Location") != "":
		next, err = c.resolve(u, resp.Header.Get("Location"))
		if err != nil {
			return nil, nil, fmt.Errorf("the redirect is not followed: %w", err)
		}
		return nil, next, nil
	}
	return nil, nil, c.statusError(resp.StatusCode)
}

func readBounded(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err == nil && len(body) > maxBytes {
		err = fmt.Errorf("larger than %d MiB", maxBytes>>20)
	}
	return body, err
}

func (c *client) statusError(status int) error {
	text := fmt.Sprintf("HTTP status %d %s", status, http.StatusText(status))
	switch {
	case status != http.StatusUnauthorized && status != http.StatusForbidden:
	case c.user == "":
		text += ": it may want a login, which is taken from " + envUser + " and " + envPassword
	default:
		text += ": the user and password in " + envUser + " and " + envPassword + " were not accepted"
	}
	return errors.New(text)
}

// resolve returns the URL that location leads to from base, if we may go there.
func (c *client) resolve(base *url.URL, location string) (*url.URL, error) {
	ref, err := url.Parse(strings.TrimSpace(location))
	if err != nil {
		return nil, errors.New("the location is not a URL")
	}
	u := base.ResolveReference(ref)
	switch {
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, fmt.Errorf("%s is not an http or https URL", redact(u))
	case base.Scheme == "https" && u.Scheme == "http":
		return nil, fmt.Errorf("%s would not be encrypted any more", redact(u))
	case !sameHost(c.origin, u) && !c.allowed(u):
		return nil, fmt.Errorf("%s is on another host: allow it with -allow-host %s", redact(u), u.Host)
	}
	u.User = nil
	return u, nil
}

// sameHost reports whether b is on the host and port of a. The step from http to https on their usual ports counts as
// the same.
func sameHost(a, b *url.URL) bool {
	if !strings.EqualFold(a.Hostname(), b.Hostname()) {
		return false
	}
	return port(a) == port(b) || a.Scheme == "http" && port(a) == "80" && b.Scheme == "https" && port(b) == "443"
}

func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// allowed reports whether the user allows the host of u. A host without a port is allowed on the usual ones.
func (c *client) allowed(u *url.URL) bool {
	return slices.ContainsFunc(c.allow, func(host string) bool {
		if _, _, err := net.SplitHostPort(host); err == nil {
			return strings.EqualFold(host, net.JoinHostPort(u.Hostname(), port(u)))
		}
		return strings.EqualFold(host, u.Hostname()) && (port(u) == "80" || port(u) == "443")
	})
}
