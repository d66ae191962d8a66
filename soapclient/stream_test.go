package soapclient_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

const (
	streamHead = env11 + `<GetParcelsResponse xmlns="urn:parcels"><List>`
	streamRow  = `<Parcel><Id>p</Id><Weight>1</Weight></Parcel>`
	streamTail = `</List></GetParcelsResponse>` + end
)

// A row reaches the caller while the server has not yet made the next.
func TestStreamIsLive(t *testing.T) {
	seen := make(chan struct{})
	client := newClient(t, parcels.Binding11, answering(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, streamHead+streamRow)
		for range 3 {
			<-seen
			_, _ = io.WriteString(w, streamRow)
		}
		<-seen
		_, _ = io.WriteString(w, streamTail)
	}))
	rows := 0
	for p, err := range client.GetParcelsStream(t.Context(), &parcels.GetParcels{}) {
		require.NoError(t, err)
		assert.Equal(t, parcels.Parcel{ID: "p", Weight: 1}, p)
		rows++
		seen <- struct{}{}
	}
	assert.Equal(t, 4, rows)
}

// The sequence makes a call each time it is ranged over.
func TestStreamTwice(t *testing.T) {
	calls := 0
	client := newClient(t, parcels.Binding11, answering(func(w http.ResponseWriter, r *http.Request) {
		calls++
		_, _ = io.WriteString(w, parcelsXML(2))
	}))
	seq := client.GetParcelsStream(t.Context(), &parcels.GetParcels{})
	assert.Zero(t, calls)
	for range 2 {
		rows := 0
		for _, err := range seq {
			require.NoError(t, err)
			rows++
		}
		assert.Equal(t, 2, rows)
	}
	assert.Equal(t, 2, calls)
}

// Breaking off ends the request: the server's context is done, and the body is closed.
func TestStreamBreak(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		over := make(chan struct{})
		var inner error
		watch := func(next soapclient.RoundTripper) soapclient.RoundTripper {
			return soapclient.RoundTripperFunc(func(ctx context.Context, call *soapclient.Call) error {
				inner = next.RoundTrip(ctx, call)
				return inner
			})
		}
		client := newClient(t, parcels.Binding11, soapclient.WithInterceptors(watch), answering(func(w http.ResponseWriter, r *http.Request) {
			defer close(over)
			_, err := io.WriteString(w, streamHead)
			for err == nil {
				_, err = io.WriteString(w, streamRow)
			}
			<-r.Context().Done()
		}))
		for _, err := range client.GetParcelsStream(t.Context(), &parcels.GetParcels{}) {
			require.NoError(t, err)
			break
		}
		<-over
		assert.ErrorIs(t, inner, xmlwire.ErrStopped)
	})
}

// A panic in the loop leaves nothing behind.
func TestStreamPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, parcels.Binding11, answering(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, streamHead+streamRow)
			<-r.Context().Done()
		}))
		assert.PanicsWithValue(t, "oops", func() {
			for range client.GetParcelsStream(t.Context(), &parcels.GetParcels{}) {
				panic("oops")
			}
		})
	})
}

// The timeout of a stream counts the waits for the server, not the time that the caller takes.
func TestStreamTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, parcels.Binding11, soapclient.WithTimeout(3*time.Second), answering(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, streamHead)
			for range 5 {
				time.Sleep(2 * time.Second)
				_, _ = io.WriteString(w, streamRow)
			}
			<-r.Context().Done()
		}))
		rows := 0
		var last error
		for _, err := range client.GetParcelsStream(t.Context(), &parcels.GetParcels{}) {
			if last = err; err == nil {
				rows++
				time.Sleep(time.Minute)
			}
		}
		assert.Equal(t, 5, rows)
		require.ErrorIs(t, last, context.DeadlineExceeded)
		assert.ErrorContains(t, last, "no answer within 3s")
	})
}

func TestStreamCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		client := newClient(t, parcels.Binding11, answering(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, streamHead+streamRow)
			<-r.Context().Done()
		}))
		var last error
		for _, err := range client.GetParcelsStream(ctx, &parcels.GetParcels{}) {
			last = err
			cancel()
		}
		require.ErrorIs(t, last, context.Canceled)
	})
}

// What is behind the rows is decoded too, into the response.
func TestStreamRest(t *testing.T) {
	c, err := soapclient.New(parcels.Binding11, answering(text(streamHead+streamRow+`</List><Status><Code>c</Code><Message>m</Message></Status></GetParcelsResponse>`+end)))
	require.NoError(t, err)
	var resp parcels.GetParcelsResponse
	rows := 0
	for _, err := range soapclient.InvokeStream[parcels.Parcel](t.Context(), c, &parcels.OpGetParcels, &parcels.GetParcels{}, &resp) {
		require.NoError(t, err)
		rows++
	}
	assert.Equal(t, 1, rows)
	assert.Nil(t, resp.List)
	assert.Equal(t, parcels.Status{Code: "c", Message: "m"}, resp.Status.Value())
}

// An error comes last, once, and behind every row that came before it.
func TestStreamErrorComesLast(t *testing.T) {
	broken := errors.New("reset")
	client := newClient(t, parcels.Binding11, transport(func(*http.Request) (*http.Response, error) {
		return response(200, io.MultiReader(strings.NewReader(streamHead+streamRow+streamRow), errReader{broken})), nil
	}))
	var errs []error
	for p, err := range client.GetParcelsStream(t.Context(), &parcels.GetParcels{}) {
		errs = append(errs, err)
		if err != nil {
			assert.Zero(t, p)
		}
	}
	require.Len(t, errs, 3)
	assert.NoError(t, errs[0])
	assert.NoError(t, errs[1])
	assert.ErrorIs(t, errs[2], broken)
}
