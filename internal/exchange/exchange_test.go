package exchange_test

import (
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/exchange"
)

const captured = "=== request\nPOST /soap?x=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n<a/>" +
	"\n=== response\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<b/>"

const readable = `=== request
POST /soap HTTP/1.1
Host: a

<a>
  <b/>
</a>

=== response
HTTP/1.1 404 Not Found
X-Status: 404

<c/>
`

func TestParse(t *testing.T) {
	x, err := exchange.Parse([]byte(captured))
	require.NoError(t, err)
	assert.Equal(t, "POST", x.Method)
	assert.Equal(t, "/soap?x=1", x.Target)
	assert.Equal(t, "<a/>", string(x.Body))
	body, err := x.ResponseBody()
	require.NoError(t, err)
	assert.Equal(t, "<b/>", string(body))
	assert.Equal(t, captured, string(x.Format()))
}

func TestBodiesWithoutLengthGoToTheEnd(t *testing.T) {
	x, err := exchange.Parse([]byte(readable))
	require.NoError(t, err)
	assert.Equal(t, "<a>\n  <b/>\n</a>\n", string(x.Body))
	resp, err := x.HTTPResponse(nil)
	require.NoError(t, err)
	assert.Equal(t, 404, resp.StatusCode)
	assert.Equal(t, "404", resp.Header.Get("X-Status"))
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, "<c/>\n", string(body))
	assert.Equal(t, readable, string(x.Format()))
	req, err := x.HTTPRequest()
	require.NoError(t, err)
	assert.EqualValues(t, len(x.Body), req.ContentLength)
}

func TestCutOffResponse(t *testing.T) {
	x, err := exchange.Parse([]byte("=== request\nGET / HTTP/1.1\nHost: a\n\n\n=== response\nHTTP/1.1 200 OK\nContent-Length: 9\n\nabc"))
	require.NoError(t, err)
	assert.Empty(t, x.Body)
	body, err := x.ResponseBody()
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.Equal(t, "abc", string(body))
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "does not start with",
		"=== request\nGET / HTTP/1.1\n\n":      "has no",
		"=== request\nGET\n\n\n=== response\n": "the request: malformed",
		"=== request\nGET / HTTP/1.1\nContent-Length: 9\n\nabc\n=== response\n": "the body of the request: unexpected EOF",
	} {
		_, err := exchange.Parse([]byte(text))
		assert.ErrorContains(t, err, want)
	}
}
