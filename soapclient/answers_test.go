package soapclient_test

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

var update = flag.Bool("update", false, "write the .want files of testdata")

const secret = "hunter2-secret"

// TestAnswers has a client read answers of many servers. Each .http file in testdata/answers is one, as it came over the
// wire; the .want file beside it says what the client makes of it. Both a buffered and a streaming call are made, and
// every byte of them is compared.
func TestAnswers(t *testing.T) {
	files, err := filepath.Glob("testdata/answers/*.http")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".http")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			require.NoError(t, err)
			binding := parcels.Binding11
			if strings.Contains(name, "12") {
				binding = parcels.Binding12
			}
			client := newClient(t, binding, soapclient.WithHTTPClient(&http.Client{Transport: memhttp.Replay(raw)}), soapclient.WithSecrets(secret))
			got := describeCall(t, client)
			assert.NotContains(t, got, secret)
			wantFile := strings.TrimSuffix(file, ".http") + ".want"
			if *update {
				require.NoError(t, os.WriteFile(wantFile, []byte(got), 0o666))
				return
			}
			want, err := os.ReadFile(wantFile)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}

func newClient(t testing.TB, b soapclient.Binding, opts ...soapclient.Option) *parcels.Client {
	t.Helper()
	c, err := soapclient.New(b, opts...)
	require.NoError(t, err)
	return parcels.NewClient(c)
}

// describeCall makes the call both ways and says what came of it.
func describeCall(t *testing.T, client *parcels.Client) string {
	var b strings.Builder
	var info soapclient.ResponseInfo
	resp, err := client.GetParcels(t.Context(), &parcels.GetParcels{}, soapclient.WithResponse(&info))
	fmt.Fprintf(&b, "status %d\n", info.Status)
	for _, block := range info.SOAPHeader {
		fmt.Fprintf(&b, "header %s\n", block)
	}
	if resp != nil {
		for _, p := range resp.List {
			fmt.Fprintf(&b, "parcel %+v\n", p)
		}
	}
	if err != nil {
		describeError(&b, err)
	}
	var rows []parcels.Parcel
	var streamErr error
	for p, err := range client.GetParcelsStream(t.Context(), &parcels.GetParcels{}) {
		if err != nil {
			streamErr = err
			break
		}
		rows = append(rows, p)
	}
	assert.Equal(t, fmt.Sprint(err), fmt.Sprint(streamErr), "a stream must end with the same error")
	if err != nil && len(rows) > 0 {
		fmt.Fprintf(&b, "rows before it %+v\n", rows)
	} else if resp != nil {
		assert.Equal(t, resp.List, rows)
	}
	return b.String()
}

var sentinels = map[string]error{
	"ErrUnauthorized": soapclient.ErrUnauthorized, "ErrForbidden": soapclient.ErrForbidden, "ErrNotFound": soapclient.ErrNotFound,
	"ErrRateLimited": soapclient.ErrRateLimited, "ErrUnavailable": soapclient.ErrUnavailable, "ErrRedirect": soapclient.ErrRedirect,
	"io.ErrUnexpectedEOF": io.ErrUnexpectedEOF,
}

func describeError(b *strings.Builder, err error) {
	fmt.Fprintf(b, "error %v\n", err)
	var types []string
	for e := err; e != nil; e = errors.Unwrap(e) {
		types = append(types, fmt.Sprintf("%T", e))
	}
	fmt.Fprintf(b, "types %s\n", strings.Join(types, " > "))
	for _, name := range []string{"ErrUnauthorized", "ErrForbidden", "ErrNotFound", "ErrRateLimited", "ErrUnavailable", "ErrRedirect", "io.ErrUnexpectedEOF"} {
		if errors.Is(err, sentinels[name]) {
			fmt.Fprintf(b, "is %s\n", name)
		}
	}
	var fault *soapclient.FaultError
	if errors.As(err, &fault) {
		describeFault(b, fault)
	}
	var httpErr *soapclient.HTTPError
	if errors.As(err, &httpErr) {
		fmt.Fprintf(b, "kind %v\nsnippet %q\n", httpErr.Kind, httpErr.Snippet)
		for _, key := range []string{"Www-Authenticate", "Server", "Set-Cookie", "Location"} {
			if v := httpErr.Header.Get(key); v != "" {
				fmt.Fprintf(b, "field %s: %s\n", key, v)
			}
		}
	}
}

func describeFault(b *strings.Builder, f *soapclient.FaultError) {
	fmt.Fprintf(b, "fault %v code %v subcodes %v sender %v\n", f.Version, f.Code, f.Subcodes, f.Sender())
	fmt.Fprintf(b, "reasons %+v actor %q detail text %q\n", f.Reasons, f.Actor, f.DetailText)
	for _, d := range f.Detail {
		fmt.Fprintf(b, "detail %s\n", d)
	}
	var d parcels.NoSuchDepot
	if ok, err := f.DecodeDetail(xmlwire.Name{Space: parcels.Space, Local: "NoSuchDepot"}, &d); ok {
		fmt.Fprintf(b, "decoded detail %+v %v\n", d, err)
	}
}
