package fetch

import (
	"bytes"
	"flag"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the expectations in testdata anew")

// Each folder of testdata/changes is a case: an old WSDL, a new one, and what is printed of the difference.
func TestReport(t *testing.T) {
	cases, err := filepath.Glob("testdata/changes/*")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, dir := range cases {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			var out bytes.Buffer
			report(&out, "fleet.wsdl", []byte(read(t, dir, "old.wsdl")), []byte(read(t, dir, "new.wsdl")))
			want := filepath.Join(dir, "want.txt")
			if *update {
				require.NoError(t, os.WriteFile(want, out.Bytes(), 0o644))
			}
			assert.Equal(t, read(t, want), out.String())
		})
	}
}

func TestReportOfNonsense(t *testing.T) {
	var out bytes.Buffer
	report(&out, "a.wsdl", []byte("<nonsense"), []byte(plainWSDL))
	assert.Equal(t, "a.wsdl: replaces a file that was no WSDL, 0 operations, 0 types\n", out.String())
}

func TestRedact(t *testing.T) {
	tests := map[string]string{
		"https://u:p@a.example/x?wsdl":            "https://a.example/x?wsdl",
		"https://a.example/x?WSDL=1&token=abc#f":  "https://a.example/x?WSDL=1&token=REDACTED",
		"https://a.example/x?abcdef":              "https://a.example/x?REDACTED",
		"https://a.example/x?xsd=xsd0&a=1&a=2":    "https://a.example/x?xsd=xsd0&a=REDACTED&a=REDACTED",
		"https://a.example/x?%77sdl&%zz&wsdl=%zz": "https://a.example/x?%77sdl&REDACTED&wsdl=%zz",
	}
	for in, want := range tests {
		u, err := url.Parse(in)
		require.NoError(t, err)
		assert.Equal(t, want, redact(u))
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		url  string
		kind kind
		want string
	}{
		{"https://a.example/public/soap11", kindWSDL, "soap11.wsdl"},
		{"https://a.example/Orders.svc?singleWsdl", kindWSDL, "Orders.wsdl"},
		{"https://a.example/orders.svc?wsdl=1", kindWSDL, "orders-2.wsdl"},
		{"https://a.example/orders.svc?xsd=xsd0", kindSchema, "xsd0.xsd"},
		{"https://a.example/orders.svc?xsd=../types/common.xsd", kindSchema, "common.xsd"},
		{"https://a.example/v1.2/Orders.V2", kindWSDL, "Orders.V2.wsdl"},
		{"https://a.example/", kindWSDL, "a.example.wsdl"},
		{"https://a.example/..%2f..%2fetc%2fpasswd", kindSchema, "passwd.xsd"},
		{"https://a.example/a%20b%00c", kindWSDL, "a-b-c.wsdl"},
	}
	n := newNames()
	for _, test := range tests {
		u, err := url.Parse(test.url)
		require.NoError(t, err)
		assert.Equal(t, test.want, n.choose(u, test.kind), test.url)
	}
}

func TestParseFlags(t *testing.T) {
	cfg, err := parseFlags([]string{"-o", "dir", "a.wsdl=https://a.example/x?wsdl=2", "-allow-host", "b.example", "http://c.example"})
	require.NoError(t, err)
	assert.Equal(t, "dir", cfg.Dir)
	assert.Equal(t, []string{"b.example"}, cfg.AllowHosts)
	require.Len(t, cfg.Requests, 2)
	assert.Equal(t, "a.wsdl", cfg.Requests[0].Name)
	assert.Equal(t, "https://a.example/x?wsdl=2", cfg.Requests[0].URL.String())
	assert.Empty(t, cfg.Requests[1].Name)

	tests := map[string][]string{
		"no URL is given":                 {"-o", "dir"},
		"not an http or https URL":        {"ftp://a.example/"},
		"cannot be the name of a file":    {"..=https://a.example/"},
		"contains a login":                {"https://u:secret@a.example/"},
		"is taken":                        {"a=https://a.example/", "A=https://b.example/"},
		"flag provided but not defined":   {"-x"},
		`the name "wsdl.lock" is taken`:   {"wsdl.lock=https://a.example/"},
		"an argument is not an http or h": {"https://a.example/%zz?token=secret"},
	}
	for want, args := range tests {
		_, err := parseFlags(args)
		assert.ErrorContains(t, err, want)
		assert.NotContains(t, err.Error(), "secret")
	}
}

func TestRun(t *testing.T) {
	var out, errs bytes.Buffer
	assert.Equal(t, 0, Run([]string{"-h"}, &out, &errs))
	assert.Contains(t, out.String(), "Usage: wsdlgen fetch")
	assert.Equal(t, 2, Run(nil, &out, &errs))
	assert.Equal(t, 1, Run([]string{"http://127.0.0.1:1/"}, &out, &errs))

	base := start(t, site{"/a": plainWSDL})
	out.Reset()
	assert.Equal(t, 0, Run([]string{base + "/a", "-o", t.TempDir()}, &out, &errs))
	assert.Equal(t, "a.wsdl: new, 0 operations, 0 types\n", out.String())
}

func TestIsPublic(t *testing.T) {
	for _, a := range []string{"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
		"224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fd00::1", "64:ff9b::a00:1", "2002:a00:1::"} {
		assert.False(t, isPublic(netip.MustParseAddr(a)), a)
	}
	for _, a := range []string{"1.1.1.1", "203.0.113.1", "2606:4700::1"} {
		assert.True(t, isPublic(netip.MustParseAddr(a)), a)
	}
}

func TestSameHost(t *testing.T) {
	tests := []struct {
		a, b string
		same bool
	}{
		{"http://a.example/x", "http://A.example:80/y", true},
		{"http://a.example/x", "https://a.example/x", true},
		{"https://a.example/x", "http://a.example/x", false},
		{"http://a.example:8080/x", "https://a.example/x", false},
		{"http://a.example/x", "http://a.example:6379/x", false},
		{"http://a.example/x", "http://b.a.example/x", false},
	}
	for _, test := range tests {
		a, _ := url.Parse(test.a)
		b, _ := url.Parse(test.b)
		assert.Equal(t, test.same, sameHost(a, b), "%s %s", test.a, test.b)
	}
}

func TestUTF16(t *testing.T) {
	for _, doc := range [][]byte{
		{0xFE, 0xFF, 0, '<', 0, 'a'}, {0xFF, 0xFE, '<', 0, 'a', 0}, {0, '<', 0, 'a'}, {'<', 0, 'a', 0},
		[]byte("<a"), []byte("\uFEFF \r\n<a"),
	} {
		text, err := toUTF8(doc)
		require.NoError(t, err)
		assert.Equal(t, "<a", string(text))
	}
}
