package soapclient_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A script answers requests one by one, the last step over and over, and notes when each came.
type script struct {
	mu    sync.Mutex
	steps []http.HandlerFunc
	times []time.Time
}

func play(steps ...http.HandlerFunc) *script { return &script{steps: steps} }

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	step := s.steps[min(len(s.times), len(s.steps)-1)]
	s.times = append(s.times, time.Now())
	s.mu.Unlock()
	step(w, r)
}

// seen returns when requests came.
func (s *script) seen() []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.times)
}

// waits returns the times between requests.
func (s *script) waits() []time.Duration {
	var waits []time.Duration
	times := s.seen()
	for i := 1; i < len(times); i++ {
		waits = append(waits, times[i].Sub(times[i-1]))
	}
	return waits
}

func (s *script) option() soapclient.Option { return answering(s.ServeHTTP) }

// status answers with a status and pairs of header fields.
func status(code int, fields ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(fields); i += 2 {
			w.Header().Set(fields[i], fields[i+1])
		}
		w.WriteHeader(code)
	}
}

func reset(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	panic(http.ErrAbortHandler)
}

func stall(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// cutOff breaks off within the list.
func cutOff(w http.ResponseWriter, _ *http.Request) {
	s := parcelsXML(3)
	_, _ = io.WriteString(w, s[:strings.Index(s, "p2")])
	panic(http.ErrAbortHandler)
}

// fault answers with a fault of SOAP 1.1.
func fault(code string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(500)
		_, _ = io.WriteString(w, env11+`<s:Fault><faultcode>s:`+code+`</faultcode><faultstring>no</faultstring></s:Fault>`+end)
	}
}

func always(*soapclient.Operation) bool { return true }

// idempotent is a client of s whose calls may be repeated.
func idempotent(t *testing.T, s *script, opts ...soapclient.Option) *parcels.Client {
	opts = append([]soapclient.Option{s.option(), soapclient.WithIdempotent(always), soapclient.WithTimeout(3 * time.Second)}, opts...)
	return newClient(t, parcels.Binding11, opts...)
}

func TestRetryOutcomes(t *testing.T) {
	tests := map[string]struct {
		first http.HandlerFunc
		again bool
	}{
		"reset":            {reset, true},
		"cut off":          {cutOff, true},
		"stall":            {stall, true},
		"429":              {status(429), true},
		"500":              {status(500), true},
		"502":              {status(502), true},
		"503":              {status(503), true},
		"504":              {status(504), true},
		"server fault":     {fault("Server"), true},
		"server subfault":  {fault("Server.Busy"), true},
		"400":              {status(400), false},
		"401":              {status(401), false},
		"404":              {status(404), false},
		"501":              {status(501), false},
		"redirect":         {status(302, "Location", "/login"), false},
		"client fault":     {fault("Client"), false},
		"fault of its own": {fault("Custom"), false},
		"malformed":        {text(env11 + "<a></b>"), false},
		"another answer":   {text(env11 + "<a/>" + end), false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := play(test.first, text(parcelsXML(3)))
				resp, err := idempotent(t, s, soapclient.WithRetry(soapclient.RetryPolicy{})).GetParcels(t.Context(), &parcels.GetParcels{})
				if !test.again {
					assert.Error(t, err)
					assert.Len(t, s.seen(), 1)
					var gaveUp *soapclient.RetryError
					assert.NotErrorAs(t, err, &gaveUp, "it was attempted once")
					return
				}
				require.NoError(t, err)
				assert.Len(t, s.seen(), 2)
				assert.Len(t, resp.List, 3, "nothing is left of the first answer")
			})
		})
	}
}

// Without WithRetry there is one attempt.
func TestNoRetryByDefault(t *testing.T) {
	s := play(status(503))
	_, err := idempotent(t, s).GetParcels(t.Context(), &parcels.GetParcels{})
	require.ErrorIs(t, err, soapclient.ErrUnavailable)
	assert.Len(t, s.seen(), 1)
}

// What is not idempotent is attempted once, and the error says whether it may have been done.
func TestRetryNeverRepeatsWrites(t *testing.T) {
	for name, test := range map[string]struct {
		step    http.HandlerFunc
		unknown bool
	}{
		"reset": {reset, true}, "stall": {stall, true}, "429": {status(429, "Retry-After", "1"), false}, "503": {status(503), false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := play(test.step)
				client := newClient(t, parcels.Binding11, s.option(), soapclient.WithTimeout(time.Second), soapclient.WithRetry(soapclient.RetryPolicy{}))
				_, err := client.SendParcel(t.Context(), &parcels.SendParcel{})
				require.Error(t, err)
				assert.Len(t, s.seen(), 1)
				var unknown *soapclient.UnknownOutcomeError
				assert.Equal(t, test.unknown, errors.As(err, &unknown), "%v", err)
			})
		})
	}
}

// Waits are drawn from ever longer times, up to MaxDelay.
func TestRetryBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := play(status(503))
		client := idempotent(t, s, soapclient.WithRetry(soapclient.RetryPolicy{
			MaxAttempts: 60, BaseDelay: time.Second, MaxDelay: 10 * time.Second,
		}))
		_, err := client.GetParcels(t.Context(), &parcels.GetParcels{})
		require.ErrorIs(t, err, soapclient.ErrUnavailable)
		var gaveUp *soapclient.RetryError
		require.ErrorAs(t, err, &gaveUp)
		assert.Equal(t, 60, gaveUp.Attempts)
		assert.ErrorContains(t, err, "(the last of 60 attempts)")
		require.Len(t, s.seen(), 60)
		sum, distinct := time.Duration(0), make(map[time.Duration]bool)
		for i, wait := range s.waits() {
			sum, distinct[wait] = sum+wait, true
			assert.LessOrEqual(t, wait, min(2*time.Second<<min(i, 10), 10*time.Second), "wait %d", i)
		}
		assert.Greater(t, len(distinct), 50, "waits are drawn")
		assert.InDelta(t, 5*56, sum.Seconds(), 100, "half of the longest on average")
	})
}

func TestRetryAfter(t *testing.T) {
	date := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		fields []string
		waits  time.Duration // 0: the call ends
	}{
		"seconds":  {[]string{"Retry-After", "7"}, 7 * time.Second},
		"date":     {[]string{"Retry-After", date.Add(9 * time.Second).Format(http.TimeFormat), "Date", date.Format(http.TimeFormat)}, 9 * time.Second},
		"too long": {[]string{"Retry-After", "61"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := play(status(429, test.fields...), text(none))
				_, err := idempotent(t, s, soapclient.WithRetry(soapclient.RetryPolicy{})).GetParcels(t.Context(), &parcels.GetParcels{})
				if test.waits == 0 {
					require.ErrorIs(t, err, soapclient.ErrRateLimited)
					assert.Len(t, s.seen(), 1)
					return
				}
				require.NoError(t, err)
				require.Len(t, s.seen(), 2)
				assert.GreaterOrEqual(t, s.waits()[0], test.waits)
				assert.LessOrEqual(t, s.waits()[0], test.waits+250*time.Millisecond)
			})
		})
	}
}

// A service that fails for everybody gets little more than one request a call, and normal retries once it works again.
func TestRetryBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const calls = 1000
		healthy := false
		s := play(func(w http.ResponseWriter, r *http.Request) {
			if !healthy {
				w.WriteHeader(503)
				return
			}
			text(none)(w, r)
		})
		client := idempotent(t, s, soapclient.WithRetry(soapclient.RetryPolicy{Budget: 50, BudgetShare: 0.125}))
		call := func() error {
			_, err := client.GetParcels(t.Context(), &parcels.GetParcels{})
			return err
		}
		for range calls {
			require.Error(t, call())
		}
		assert.Len(t, s.seen(), calls+50)

		healthy = true
		for range 80 {
			require.NoError(t, call())
		}
		healthy, s.times = false, nil // nothing is under way
		for range 100 {
			require.Error(t, call())
		}
		assert.Len(t, s.seen(), 100+10, "an eighth of the calls that succeeded")
	})
}

// A call is not kept until a deadline that would pass while it waits, and a wait ends with its context.
func TestRetryAndContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := play(status(429, "Retry-After", "30"))
		client := idempotent(t, s, soapclient.WithRetry(soapclient.RetryPolicy{}))
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		_, err := client.GetParcels(ctx, &parcels.GetParcels{})
		require.ErrorIs(t, err, soapclient.ErrRateLimited)
		assert.Zero(t, time.Since(start))

		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		_, err = client.GetParcels(ctx, &parcels.GetParcels{})
		require.ErrorIs(t, err, soapclient.ErrRateLimited)
		assert.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, 5*time.Second, time.Since(start))
		assert.Len(t, s.seen(), 2)
	})
}

// A stream is retried as long as its caller has seen nothing of it.
func TestRetryOfStreams(t *testing.T) {
	rows := func(t *testing.T, client *parcels.Client) (n int, err error) {
		for _, err := range client.GetParcelsStream(t.Context(), &parcels.GetParcels{}) {
			if err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}
	synctest.Test(t, func(t *testing.T) {
		s := play(status(500), reset, text(parcelsXML(3)))
		n, err := rows(t, idempotent(t, s, soapclient.WithRetry(soapclient.RetryPolicy{})))
		require.NoError(t, err)
		assert.Equal(t, 3, n)
	})
	synctest.Test(t, func(t *testing.T) {
		s := play(cutOff, text(parcelsXML(3)))
		n, err := rows(t, idempotent(t, s, soapclient.WithRetry(soapclient.RetryPolicy{})))
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		assert.Equal(t, 2, n)
		assert.Len(t, s.seen(), 1)
	})
}

func TestTemporary(t *testing.T) {
	refused := &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"no dial":     {errors.New("dial tcp: connection refused"), true},
		"certificate": {refused, false},
	} {
		_, err := get(t, parcels.Binding11, transport(func(*http.Request) (*http.Response, error) { return nil, test.err }))
		require.ErrorIs(t, err, test.err)
		assert.Equal(t, test.want, soapclient.Temporary(err), name)
	}
	assert.False(t, soapclient.Temporary(nil))
	assert.False(t, soapclient.Temporary(fmt.Errorf("reading: %w", context.Canceled)))
	assert.False(t, soapclient.Temporary(&xmlwire.ValueError{}))
	assert.True(t, soapclient.Temporary(&soapclient.FaultError{Code: xmlwire.Name{Local: "Receiver"}}))
	assert.True(t, soapclient.Temporary(&soapclient.FaultError{Code: xmlwire.Name{Local: "Sender"}, Status: 503}))
}

func TestRetryPolicyIsChecked(t *testing.T) {
	_, err := soapclient.New(parcels.Binding11, soapclient.WithRetry(soapclient.RetryPolicy{MaxAttempts: -1}))
	assert.ErrorContains(t, err, "negative")
}

// A turnstile lets one request through every second.
type turnstile struct {
	mu     sync.Mutex
	grants int
	err    error
}

func (w *turnstile) Wait(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return w.err
	}
	w.grants++
	select {
	case <-time.After(time.Second):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Each attempt has a grant of its own, and its timeout begins behind it.
func TestLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := new(turnstile)
		s := play(status(500), reset, text(none))
		client := idempotent(t, s, soapclient.WithRetry(soapclient.RetryPolicy{}), soapclient.WithLimiter(w), soapclient.WithTimeout(time.Millisecond))
		start := time.Now()
		_, err := client.GetParcels(t.Context(), &parcels.GetParcels{})
		require.NoError(t, err)
		assert.Equal(t, 3, w.grants)
		assert.GreaterOrEqual(t, time.Since(start), 3*time.Second)

		w.err = errors.New("the limiter is gone")
		_, err = client.SendParcel(t.Context(), &parcels.SendParcel{})
		require.ErrorIs(t, err, w.err)
		assert.ErrorContains(t, err, "waiting for the rate limit: the limiter is gone")
		var unknown *soapclient.UnknownOutcomeError
		assert.NotErrorAs(t, err, &unknown)
		assert.Len(t, s.seen(), 3, "nothing is sent without a grant")
	})
}
