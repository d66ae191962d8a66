package fetch

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var day = time.Date(2026, 11, 24, 23, 59, 0, 0, time.FixedZone("", -3600))

const plainWSDL = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" name="Plain"/>`

// A site answers with documents by path and query.
type site map[string]string

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	doc, ok := s[r.URL.RequestURI()]
	switch {
	case !ok:
		http.NotFound(w, r)
	case strings.HasPrefix(doc, "->"):
		w.Header().Set("Location", doc[2:])
		w.WriteHeader(http.StatusFound)
	default:
		io.WriteString(w, doc)
	}
}

func start(t *testing.T, h http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv.URL
}

// fetched gets URLs into a folder, as the command does, and returns what it prints.
func fetched(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	cfg, err := parseFlags(append(args, "-o", dir))
	require.NoError(t, err)
	cfg.Now = day
	var out strings.Builder
	err = run(t.Context(), cfg.Options, &out)
	return out.String(), err
}

func read(t *testing.T, elem ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elem...))
	require.NoError(t, err)
	return string(data)
}

func TestFetchTwice(t *testing.T) {
	s := site{"/public/soap11": read(t, "../../../../wsdl/soap11.wsdl"), "/public/soap12": read(t, "../../../../wsdl/soap12.wsdl")}
	base := start(t, s)
	dir := filepath.Join(t.TempDir(), "new")

	out, err := fetched(t, dir, base+"/public/soap11", base+"/public/soap12")
	require.NoError(t, err)
	assert.Regexp(t, `^soap11.wsdl: new, \d+ operations, \d+ types\nsoap12.wsdl: new, .*\n$`, out)
	assert.Equal(t, s["/public/soap11"], read(t, dir, "soap11.wsdl"), "a document without imports is kept to the byte")
	lock := read(t, dir, LockName)
	assert.Regexp(t, `(?m)^[0-9a-f]{64}  soap11\.wsdl  2026-11-25  `+base+`/public/soap11$`, lock)

	out, err = fetched(t, dir, base+"/public/soap11")
	require.NoError(t, err)
	assert.Equal(t, "soap11.wsdl: unchanged\n", out)
	assert.Equal(t, lock, read(t, dir, LockName), "the other file keeps its entry")

	s["/public/soap11"] = strings.Replace(s["/public/soap11"], "https://api.trackunit.com", "https://classic.example", 1)
	out, err = fetched(t, dir, base+"/public/soap11")
	require.NoError(t, err)
	assert.Contains(t, out, "soap11.wsdl: changed\n  ~ port SyncReply.BasicHttpBinding_ISyncReply: https://api.trackunit.com/public/soap11 → https://classic.example/public/soap11\n")
	assert.NotEqual(t, lock, read(t, dir, LockName))
}

func TestFetchImports(t *testing.T) {
	s := site{
		"/a/orders.svc?wsdl": `<?xml version="1.0" encoding="iso-8859-1"?>
<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema" name="ord` + "\xE9" + `">
  <w:import x:location="no reference" xmlns:x="urn:x" namespace="urn:a" location="../b/types.wsdl"/>
  <w:types><xs:schema>
    <xs:import namespace="urn:b" schemaLocation="?xsd=xsd0"/>
    <xs:import namespace="urn:c"/>
    <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>
    <xs:import namespace="urn:d" schemaLocation="file:///etc/passwd"/>
  </xs:schema></w:types>
</w:definitions>`,
		"/b/types.wsdl":          `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><import namespace="urn:o" location="../a/orders.svc?wsdl"/></definitions>`,
		"/a/orders.svc?xsd=xsd0": `<schema xmlns="http://www.w3.org/2001/XMLSchema"><include schemaLocation="common/types.xsd"/></schema>`,
		"/a/common/types.xsd":    `<schema xmlns="http://www.w3.org/2001/XMLSchema"><include schemaLocation="../../b/types.xsd"/></schema>`,
		"/b/types.xsd":           `<schema xmlns="http://www.w3.org/2001/XMLSchema"/>`,
	}
	dir := t.TempDir()
	out, err := fetched(t, dir, start(t, s)+"/a/orders.svc?wsdl")
	require.NoError(t, err)
	assert.Equal(t, `orders.wsdl: new, 0 operations, 0 types
types.wsdl: new, 0 operations, 0 types
xsd0.xsd: new, 0 operations, 0 types
types.xsd: new, 0 operations, 0 types
types-2.xsd: new, 0 operations, 0 types
note: orders.wsdl:7: not followed: http://www.w3.org/2001/xml.xsd is on another host: allow it with -allow-host www.w3.org
note: orders.wsdl:8: not followed: file:///etc/passwd is not an http or https URL
`, out)

	orders := read(t, dir, "orders.wsdl")
	assert.Contains(t, orders, `encoding="utf-8"`)
	assert.Contains(t, orders, "ordé")
	assert.Contains(t, orders, `x:location="no reference"`)
	assert.Contains(t, orders, ` location="types.wsdl"`)
	assert.Contains(t, orders, `schemaLocation="xsd0.xsd"`)
	assert.Contains(t, orders, `schemaLocation="http://www.w3.org/2001/xml.xsd"`)
	assert.Contains(t, read(t, dir, "types.wsdl"), `location="orders.wsdl"`)
	assert.Contains(t, read(t, dir, "xsd0.xsd"), `schemaLocation="types.xsd"`)
	assert.Contains(t, read(t, dir, "types.xsd"), `schemaLocation="types-2.xsd"`)
	assert.Equal(t, s["/b/types.xsd"], read(t, dir, "types-2.xsd"))
}

func TestFetchErrors(t *testing.T) {
	s := site{
		"/page":     "\n <!DOCTYPE html>\n<html><body>Log in</body></html>",
		"/xhtml":    `<html xmlns="http://www.w3.org/1999/xhtml"/>`,
		"/head":     `<?xml version="1.0"?><html/>`,
		"/json":     `{"error":"no"}`,
		"/empty":    ``,
		"/fault":    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>`,
		"/wsdl2":    `<description xmlns="http://www.w3.org/ns/wsdl"/>`,
		"/cut":      `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><types>`,
		"/dtd":      `<!DOCTYPE x [<!ENTITY a "b">]><definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>`,
		"/imports":  `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/">` + "\n" + `<import location="gone"/></definitions>`,
		"/login":    "->/page",
		"/loop":     "->/loop",
		"/away":     "->http://elsewhere.example/soap11",
		"/file":     "->file:///etc/passwd",
		"/bad":      "->http://[::1",
		"/plain":    plainWSDL,
		"/followed": "->/plain",
	}
	base := start(t, s)
	tests := map[string]string{
		"/page":    "/page: the answer is an HTML page and no WSDL: perhaps a login page",
		"/xhtml":   "HTML page",
		"/head":    "HTML page",
		"/json":    "the answer is no WSDL: /: offset 0",
		"/empty":   "the answer is no WSDL",
		"/fault":   `the answer is no WSDL: its root is "Envelope"`,
		"/wsdl2":   "WSDL 2.0",
		"/cut":     "the document ends inside",
		"/dtd":     "DOCTYPE",
		"/imports": "/gone, which " + base + "/imports imports in line 2: " + base + "/gone: HTTP status 404 Not Found",
		"/login":   base + "/page: the answer is an HTML page",
		"/loop":    "more than 5 redirects",
		"/away":    "the redirect is not followed: http://elsewhere.example/soap11 is on another host",
		"/file":    "not an http or https URL",
		"/bad":     "failed to parse Location header",
		"/gone":    "HTTP status 404 Not Found",
	}
	for path, want := range tests {
		t.Run(path[1:], func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dir")
			out, err := fetched(t, dir, base+"/plain", base+path)
			assert.ErrorContains(t, err, want)
			assert.Empty(t, out)
			assert.NoDirExists(t, dir, "nothing is written where one of the documents cannot be had")
		})
	}
	_, err := fetched(t, t.TempDir(), base+"/followed")
	assert.NoError(t, err)
}

func TestFetchTooLarge(t *testing.T) {
	base := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		blank := []byte(strings.Repeat(" ", 1<<20))
		for range maxBytes>>20 + 1 {
			if _, err := w.Write(blank); err != nil {
				return
			}
		}
	}))
	_, err := fetched(t, t.TempDir(), base+"/big")
	assert.ErrorContains(t, err, "/big: larger than 32 MiB")
}

func TestFetchTooMany(t *testing.T) {
	base := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<schema xmlns="http://www.w3.org/2001/XMLSchema"><include schemaLocation="%s1.xsd"/></schema>`, r.URL.Path)
	}))
	_, err := fetched(t, t.TempDir(), base+"/x")
	assert.ErrorContains(t, err, "more than 500 documents")
}

func TestFetchCredentials(t *testing.T) {
	const password, token = "pa$$ word/+", "tokentokentoken"
	elsewhere := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Empty(t, r.Header.Get("Authorization"), "the login goes to no other host")
		io.WriteString(w, `<schema xmlns="http://www.w3.org/2001/XMLSchema"/>`)
	}))
	accept := true
	base := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, pass, _ := r.BasicAuth()
		assert.Equal(t, "API", user)
		assert.Equal(t, password, pass)
		assert.Equal(t, token, r.URL.Query().Get("token"))
		if !accept {
			http.Redirect(w, r, "http://other.example/"+url.PathEscape(password)+"?t="+token, http.StatusFound)
			return
		}
		fmt.Fprintf(w, `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><types>
			<schema xmlns="http://www.w3.org/2001/XMLSchema"><import schemaLocation="%s/x.xsd?key=%s"/></schema></types></definitions>`, elsewhere, token)
	}))
	cfg, err := parseFlags([]string{base + "/s?token=" + token + "&wsdl", "-allow-host", strings.TrimPrefix(elsewhere, "http://")})
	require.NoError(t, err)
	cfg.Now, cfg.User, cfg.Password, cfg.Dir = day, "API", password, t.TempDir()

	var out strings.Builder
	require.NoError(t, run(t.Context(), cfg.Options, &out))
	all := out.String() + read(t, cfg.Dir, LockName)
	assert.NotContains(t, all, token)
	assert.Contains(t, all, "/s?token=REDACTED&wsdl")
	assert.Contains(t, all, "/x.xsd?key=REDACTED")

	accept = false
	err = run(t.Context(), cfg.Options, &out)
	require.ErrorContains(t, err, "/s?token=REDACTED&wsdl: the redirect is not followed: http://other.example/REDACTED?t=REDACTED is on another host")
	for _, secret := range []string{token, password, url.PathEscape(password), url.QueryEscape(password)} {
		assert.NotContains(t, err.Error(), secret)
	}

	cfg.Requests[0].URL, _ = url.Parse("http://127.0.0.1:1/s?token=" + token)
	err = run(t.Context(), cfg.Options, &out)
	require.Error(t, err)
	assert.NotContains(t, err.Error(), token)
}

func TestFetchLoginWanted(t *testing.T) {
	base := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	_, err := fetched(t, t.TempDir(), base)
	assert.ErrorContains(t, err, "401 Unauthorized: it may want a login, which is taken from WSDLGEN_USER")

	u, err := url.Parse(base)
	require.NoError(t, err)
	_, err = Fetch(t.Context(), Options{Requests: []Request{{URL: u}}, User: "u", Password: "secret"})
	assert.ErrorContains(t, err, "were not accepted")
}

// A document of a public host must not have us look into a private network, whatever the user allows by name, and
// whatever a name stands for by now.
func TestFetchPublicToPrivate(t *testing.T) {
	base := start(t, site{
		"/public":  "->http://intern.example/secret",
		"/mixed":   "->http://mixed.example/plain",
		"/address": "->http://10.0.0.7/secret",
		"/mapped":  "->http://[::ffff:10.0.0.7]/secret",
		"/secret":  plainWSDL,
		"/plain":   plainWSDL,
	})
	listener, err := netip.ParseAddrPort(strings.TrimPrefix(base, "http://"))
	require.NoError(t, err)
	hosts := map[string][]string{
		"classic.example": {"203.0.113.10"},
		"intern.example":  {"10.0.0.7", "fd00::7"},
		"mixed.example":   {"10.0.0.7", "203.0.113.11"},
	}
	var dialed []string
	fake := network{
		lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
			var addrs []netip.Addr
			for _, a := range hosts[host] {
				addrs = append(addrs, netip.MustParseAddr(a))
			}
			return addrs, nil
		},
		dial: func(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
			dialed = append(dialed, addr.Addr().String())
			return realDial(ctx, listener)
		},
		proxy: func(*http.Request) (*url.URL, error) { return nil, nil },
	}
	get := func(rawURL string) error {
		dialed = nil
		u, err := url.Parse(rawURL)
		require.NoError(t, err)
		_, err = Fetch(t.Context(), Options{Requests: []Request{{URL: u}}, network: fake,
			AllowHosts: []string{"intern.example", "mixed.example", "10.0.0.7", "::ffff:10.0.0.7"}})
		return err
	}
	assert.ErrorContains(t, get("http://classic.example/public"), "the host intern.example has a private address")
	assert.Equal(t, []string{"203.0.113.10"}, dialed)
	assert.ErrorContains(t, get("http://classic.example/address"), "private address")
	assert.ErrorContains(t, get("http://classic.example/mapped"), "private address")
	assert.Equal(t, []string{"203.0.113.10"}, dialed)
	assert.NoError(t, get("http://classic.example/mixed"))
	assert.Equal(t, []string{"203.0.113.10", "203.0.113.11"}, dialed)
	assert.NoError(t, get("http://intern.example/public"), "the user's own URL is trusted")
	assert.ErrorContains(t, get("http://nowhere.example/"), "has no address")
}

func TestFetchCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	base := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	u, err := url.Parse(base)
	require.NoError(t, err)
	_, err = Fetch(ctx, Options{Requests: []Request{{URL: u}}})
	assert.ErrorContains(t, err, "context canceled")
}
