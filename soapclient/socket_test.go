package soapclient_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/soapclient"
)

// listen starts a real server, for what only connections show, and counts those.
func listen(t *testing.T, h http.HandlerFunc) (endpoint soapclient.Option, connections *atomic.Int32) {
	t.Helper()
	connections = new(atomic.Int32)
	server := httptest.NewUnstartedServer(h)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	return soapclient.WithEndpoint(server.URL), connections
}

func TestKeepAlive(t *testing.T) {
	answers := map[string]http.HandlerFunc{
		"success": text(parcelsXML(1000)),
		"gzip": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(gzipped(parcelsXML(1000)))
		},
		"fault":      text(env11 + `<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault>` + end),
		"html":       func(w http.ResponseWriter, r *http.Request) { http.Error(w, strings.Repeat("<html>", 5000), 500) },
		"unexpected": text(env11 + `<a/>` + end),
		"redirect":   func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) },
		"empty":      func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(401) },
	}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			endpoint, connections := listen(t, answer)
			client := newClient(t, parcels.Binding11, endpoint)
			for range 5 {
				_, err := client.GetParcels(t.Context(), &parcels.GetParcels{})
				assert.Equal(t, name == "success" || name == "gzip", err == nil, "%v", err)
			}
			assert.EqualValues(t, 1, connections.Load())
		})
	}
}

// A stream that was read to its end gives its connection back, one that was broken off does not.
func TestKeepAliveOfStreams(t *testing.T) {
	endpoint, connections := listen(t, text(parcelsXML(100_000)))
	client := newClient(t, parcels.Binding11, endpoint)
	stream := func(most int) {
		rows := 0
		for _, err := range client.GetParcelsStream(t.Context(), &parcels.GetParcels{}) {
			require.NoError(t, err)
			if rows++; rows == most {
				break
			}
		}
	}
	stream(-1)
	stream(-1)
	assert.EqualValues(t, 1, connections.Load())
	stream(10)
	stream(-1)
	assert.EqualValues(t, 2, connections.Load())
}

// The server hangs up without an answer, or inside one.
func TestBrokenConnection(t *testing.T) {
	abort := func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }
	half := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(parcelsXML(100))))
		_, _ = io.WriteString(w, parcelsXML(100)[:2000])
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	var unknown *soapclient.UnknownOutcomeError

	endpoint, _ := listen(t, abort)
	_, err := get(t, parcels.Binding11, endpoint)
	require.ErrorAs(t, err, &unknown)
	require.ErrorIs(t, err, io.EOF)

	endpoint, _ = listen(t, half)
	_, err = get(t, parcels.Binding11, endpoint)
	require.ErrorAs(t, err, &unknown)
	assert.ErrorContains(t, err, "reading the answer")
}

func TestNobodyThere(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	require.NoError(t, listener.Close())
	_, err = get(t, parcels.Binding11, soapclient.WithEndpoint("http://"+address+"/?token="+token))
	var netErr net.Error
	require.ErrorAs(t, err, &netErr)
	var unknown *soapclient.UnknownOutcomeError
	assert.False(t, errors.As(err, &unknown))
	assertSilent(t, err.Error())
}

// One Client serves many goroutines.
func TestConcurrentCalls(t *testing.T) {
	endpoint, _ := listen(t, text(parcelsXML(20)))
	client := newClient(t, parcels.Binding11, endpoint)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for range 10 {
				resp, err := client.GetParcels(t.Context(), &parcels.GetParcels{}, soapclient.WithHeader("X-A", "b"))
				if assert.NoError(t, err) {
					assert.Len(t, resp.List, 20)
				}
			}
		})
	}
	wg.Wait()
}
