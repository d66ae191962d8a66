package memhttp_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/memhttp"
)

func do(t *testing.T, ctx context.Context, h http.HandlerFunc) (*http.Response, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://host.test/path?q", strings.NewReader("question"))
	require.NoError(t, err)
	return memhttp.NewClient(h).Do(req)
}

func TestTransport(t *testing.T) {
	resp, err := do(t, t.Context(), func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/path?q", r.RequestURI)
		assert.Equal(t, "host.test", r.Host)
		question, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		w.Header().Set("A", "b")
		w.WriteHeader(201)
		w.Header().Set("A", "too late")
		_, _ = w.Write(question)
	})
	require.NoError(t, err)
	assert.Equal(t, 201, resp.StatusCode)
	assert.Equal(t, "b", resp.Header.Get("A"))
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, "question", string(body))
	require.NoError(t, resp.Body.Close())
}

func TestHandlerThatWritesNothing(t *testing.T) {
	resp, err := do(t, t.Context(), func(http.ResponseWriter, *http.Request) {})
	require.NoError(t, err)
	assert.Equal(t, 200, resp.StatusCode)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Empty(t, body)
}

func TestPanics(t *testing.T) {
	_, err := do(t, t.Context(), func(http.ResponseWriter, *http.Request) { panic("early") })
	require.ErrorIs(t, err, io.EOF)
	resp, err := do(t, t.Context(), func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "half")
		panic("late")
	})
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.Equal(t, "half", string(body))
}

// Handlers end when the client gives up or closes the body.
func TestGivingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		_, err := do(t, ctx, func(w http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		})
		require.ErrorIs(t, err, context.Canceled)
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		resp, err := do(t, ctx, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "half")
			<-r.Context().Done()
		})
		require.NoError(t, err)
		cancel()
		_, err = io.ReadAll(resp.Body)
		require.ErrorIs(t, err, context.Canceled)
	})
	synctest.Test(t, func(t *testing.T) {
		resp, err := do(t, t.Context(), func(w http.ResponseWriter, r *http.Request) {
			for err := error(nil); err == nil; {
				_, err = io.WriteString(w, "more")
			}
			<-r.Context().Done()
		})
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
	})
}

func TestReplay(t *testing.T) {
	client := &http.Client{Transport: memhttp.Replay("HTTP/1.1 418 Teapot\r\nContent-Length: 3\r\n\r\ntea")}
	for range 2 {
		resp, err := client.Post("http://host.test/", "text/plain", strings.NewReader("coffee"))
		require.NoError(t, err)
		assert.Equal(t, 418, resp.StatusCode)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		assert.Equal(t, "tea", string(body))
	}
}
