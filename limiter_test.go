package trackunit_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/trackunittest"
)

// A counter notes when a Waiter granted. Nobody else gets a grant before it is noted.
type counter struct {
	trackunit.Waiter
	turn   chan struct{}
	grants []time.Time
}

func count(w trackunit.Waiter) *counter { return &counter{Waiter: w, turn: make(chan struct{}, 1)} }

func (c *counter) Wait(ctx context.Context) error {
	c.turn <- struct{}{} // and no mutex, on which goroutines in a bubble must not wait for time to pass
	defer func() { <-c.turn }()
	if err := c.Waiter.Wait(ctx); err != nil {
		return err
	}
	c.grants = append(c.grants, time.Now())
	return nil
}

// most returns how many grants a second held at most, its ends included.
func (c *counter) most() int {
	slices.SortFunc(c.grants, time.Time.Compare)
	most, first := 0, 0
	for last, at := range c.grants {
		for at.Sub(c.grants[first]) > time.Second {
			first++
		}
		most = max(most, last-first+1)
	}
	return most
}

// The default limiter is shared by all goroutines and counts retries.
func TestLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const calls, failing = 1000, 100
		service := trackunittest.NewService()
		fault := trackunittest.ErrorPage(503)
		fault.Times = failing
		service.Inject(fault)
		c := count(trackunit.NewLimiter())
		client, err := service.Client(trackunit.WithLimiter(c), trackunit.WithRetry(trackunit.RetryPolicy{}))
		require.NoError(t, err)

		start := time.Now()
		var wg sync.WaitGroup
		for range calls {
			wg.Go(func() {
				_, err := client.Zones.List(t.Context())
				assert.NoError(t, err)
			})
		}
		wg.Wait()
		assert.Len(t, c.grants, calls+failing)
		assert.LessOrEqual(t, c.most(), trackunit.MaxRate)
		rate := float64(len(c.grants)) / time.Since(start).Seconds()
		assert.Greater(t, rate, 0.95*trackunit.MaxRate)
	})
}

// New has the limiter and the retries without being asked.
func TestDefaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := trackunittest.NewService()
		service.Inject(trackunittest.ErrorPage(503), trackunittest.Fault{Reset: true})
		client, err := trackunit.New(service.Token(), trackunit.WithEndpoint("http://simulator.invalid/public"),
			trackunit.WithHTTPClient(&http.Client{Transport: service.Transport()}))
		require.NoError(t, err)
		start := time.Now()
		for range 101 {
			_, err := client.Zones.List(t.Context())
			require.NoError(t, err)
		}
		assert.GreaterOrEqual(t, time.Since(start), 2*time.Second)
		assert.Zero(t, service.Faults())
	})
}

// A deadline that comes before the next grant ends a call at once.
func TestLimiterAndDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limiter := trackunit.NewLimiter()
		require.NoError(t, limiter.Wait(t.Context()))
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		require.ErrorIs(t, limiter.Wait(ctx), context.DeadlineExceeded)
		canceled, cancel := context.WithCancel(t.Context())
		cancel()
		require.ErrorIs(t, limiter.Wait(canceled), context.Canceled)
	})
}

func TestRetries(t *testing.T) {
	fault := func(f trackunittest.Fault) trackunittest.Fault { f.Times = 3; return f }
	for name, test := range map[string]struct {
		fault trackunittest.Fault
		again bool
	}{
		"429":                {trackunittest.TooManyRequests(time.Second), true},
		"429 of the service": {trackunittest.Fault{Status: 429, Code: "TooManyRequests"}, true},
		"500":                {trackunittest.ErrorPage(500), true},
		"500 of the service": {trackunittest.Fault{Status: 500, Code: "SqlException"}, true},
		"reset":              {trackunittest.Fault{Reset: true}, true},
		"cut off":            {trackunittest.Fault{CutAfter: 200}, true},
		"stall":              {trackunittest.Fault{Stall: true}, true},
		"401":                {trackunittest.Unauthorized(), false},
		"404 of the service": {trackunittest.Fault{Status: 404, Code: "unitNotFound"}, false},
		"400 of the service": {trackunittest.Fault{Status: 400, Code: "invalidParameter"}, false},
	} {
		for _, transport := range []trackunit.Transport{trackunit.SOAP11, trackunit.SOAP12, trackunit.JSON, trackunit.XML} {
			t.Run(name+"/"+transport.String(), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					service := trackunittest.NewService(trackunittest.WithUnits(3))
					service.Inject(fault(test.fault))
					client, err := service.Client(trackunit.WithTransport(transport), trackunit.WithRetry(trackunit.RetryPolicy{}))
					require.NoError(t, err)
					units, err := client.Units.Find(t.Context(), trackunit.UnitFilter{})
					if test.again {
						require.NoError(t, err)
						assert.Len(t, units, 3)
						assert.Zero(t, service.Faults())
						return
					}
					require.Error(t, err)
					left := 0
					for service.Faults() > 0 {
						_, _ = client.Units.Find(t.Context(), trackunit.UnitFilter{})
						left++
					}
					assert.Equal(t, 2, left, "one attempt was made")
				})
			})
		}
	}
}

// A record whose creation was answered by nobody is there once, and the error says that it may be.
func TestCreatesAreNotRepeated(t *testing.T) {
	for name, fault := range map[string]trackunittest.Fault{
		"reset": {Applied: true, Reset: true}, "stall": {Applied: true, Stall: true}, "cut off": {CutAfter: 100},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				service := trackunittest.NewService()
				service.Inject(fault)
				client, err := service.Client(trackunit.WithRetry(trackunit.RetryPolicy{}))
				require.NoError(t, err)
				before := service.Fleet().Groups.Len()
				_, err = client.Groups.Create(t.Context(), trackunit.CreateGroup{Name: some("Cranes")})
				var unknown *soapclient.UnknownOutcomeError
				require.ErrorAs(t, err, &unknown)
				assert.Equal(t, before+1, service.Fleet().Groups.Len())
			})
		})
	}
	t.Run("429", func(t *testing.T) {
		service := trackunittest.NewService()
		service.Inject(trackunittest.TooManyRequests(time.Second))
		client, err := service.Client(trackunit.WithRetry(trackunit.RetryPolicy{}))
		require.NoError(t, err)
		_, err = client.Groups.Create(t.Context(), trackunit.CreateGroup{Name: some("Cranes")})
		require.ErrorIs(t, err, trackunit.ErrRateLimited)
		var unknown *soapclient.UnknownOutcomeError
		assert.False(t, errors.As(err, &unknown), "it was refused")
	})
}
