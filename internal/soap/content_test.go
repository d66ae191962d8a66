package soap_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/soap"
)

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

func inflate(src io.Reader, coding string) (string, error) {
	return readAll(soap.Inflate(src, http.Header{"Content-Encoding": {coding}}))
}

func TestInflate(t *testing.T) {
	for _, test := range []struct{ coding, in string }{
		{"", "hello"}, {"identity", "hello"}, {"gzip", gzipped("hello")}, {"X-GZIP", gzipped("hello")},
		{" gzip ", gzipped("hel") + gzipped("lo")}, {"deflate", deflated("hello")},
	} {
		got, err := inflate(iotest.OneByteReader(strings.NewReader(test.in)), test.coding)
		require.NoError(t, err, test.coding)
		assert.Equal(t, "hello", got, test.coding)
	}
	got, err := inflate(strings.NewReader(""), "gzip")
	require.NoError(t, err)
	assert.Empty(t, got, "an empty body is empty whatever the header says")
}

func TestInflateRefuses(t *testing.T) {
	damaged := []byte(gzipped("hello"))
	damaged[len(damaged)-5] ^= 1 // in the checksum
	for _, test := range []struct{ name, coding, in, want string }{
		{"unknown", "br", "x", `the content coding "br" is not known`},
		{"twice", "gzip, gzip", "x", `the content coding "gzip, gzip" is not known`},
		{"not gzip", "gzip", "<a/>", "damaged gzip content"},
		{"checksum", "gzip", string(damaged), "damaged gzip content"},
		{"not deflate", "deflate", "<a/>", "damaged deflate content"},
	} {
		_, err := inflate(strings.NewReader(test.in), test.coding)
		var encoding *soap.EncodingError
		require.ErrorAs(t, err, &encoding, test.name)
		assert.ErrorContains(t, err, test.want, test.name)
	}
	whole := gzipped(strings.Repeat("hello", 100))
	for n := 1; n < len(whole); n++ {
		_, err := inflate(strings.NewReader(whole[:n]), "gzip")
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF, "%d bytes", n)
	}
}

// A connection that breaks is not taken for a damaged stream.
func TestInflateSourceError(t *testing.T) {
	broken := errors.New("broken")
	whole := gzipped(strings.Repeat("hello", 100))
	for n := range len(whole) {
		_, err := inflate(io.MultiReader(strings.NewReader(whole[:n]), iotest.ErrReader(broken)), "gzip")
		require.ErrorIs(t, err, broken, "%d bytes", n)
		var encoding *soap.EncodingError
		assert.NotErrorAs(t, err, &encoding)
	}
}

func TestLimit(t *testing.T) {
	for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.DataErrReader} {
		got, err := io.ReadAll(soap.Limit(wrap(strings.NewReader("hello")), 5))
		require.NoError(t, err)
		assert.Equal(t, "hello", string(got))

		got, err = io.ReadAll(soap.Limit(wrap(strings.NewReader("hello")), 4))
		assert.Equal(t, &soap.SizeError{Limit: 4}, err)
		assert.Equal(t, "hell", string(got))

		_, err = io.ReadAll(soap.Limit(wrap(strings.NewReader("hello")), -1))
		assert.NoError(t, err)
	}
}

func TestContentType(t *testing.T) {
	h := make(http.Header)
	require.NoError(t, soap.SetContentType(h, soap.V11, `urn:a "b" \c`))
	assert.Equal(t, http.Header{"Content-Type": {"text/xml; charset=utf-8"}, "SOAPAction": {`"urn:a \"b\" \\c"`}}, h)
	assert.Equal(t, `urn:a "b" \c`, soap.Action(h))

	h = make(http.Header)
	require.NoError(t, soap.SetContentType(h, soap.V11, ""))
	assert.Equal(t, http.Header{"Content-Type": {"text/xml; charset=utf-8"}, "SOAPAction": {`""`}}, h)
	assert.Empty(t, soap.Action(h))

	h = make(http.Header)
	require.NoError(t, soap.SetContentType(h, soap.V12, "urn:a"))
	assert.Equal(t, `application/soap+xml; charset=utf-8; action="urn:a"`, h.Get("Content-Type"))
	assert.NotContains(t, h, "SOAPAction")
	assert.Equal(t, "urn:a", soap.Action(h))

	h = make(http.Header)
	require.NoError(t, soap.SetContentType(h, soap.V12, ""))
	assert.Equal(t, "application/soap+xml; charset=utf-8", h.Get("Content-Type"))

	assert.Error(t, soap.SetContentType(h, soap.V11, "urn:a\r\nX: y"))
	assert.Equal(t, "urn:bare", soap.Action(http.Header{"Soapaction": {" urn:bare "}}))
}
