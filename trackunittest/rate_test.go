package trackunittest_test

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/trackunittest"
)

// burst makes n calls at once and returns how long those took that were answered, shortest first, and how many were refused.
func burst(t *testing.T, client *trackunit.Client, n int) (took []time.Duration, refused int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	start := time.Now()
	for range n {
		wg.Go(func() {
			_, err := client.Zones.List(t.Context())
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				assert.ErrorIs(t, err, trackunit.ErrRateLimited)
				assert.Zero(t, time.Since(start), "refused at once")
				refused++
				return
			}
			took = append(took, time.Since(start))
		})
	}
	wg.Wait()
	slices.Sort(took)
	return took, refused
}

func TestRate(t *testing.T) {
	for name, transport := range map[string]trackunit.Option{"SOAP": trackunit.WithSOAP11(), "REST": trackunit.WithTransport(trackunit.JSON)} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := trackunittest.NewService(trackunittest.WithRate(trackunittest.DocumentedRate))
				client, err := s.Client(transport)
				require.NoError(t, err)
				took, refused := burst(t, client, 300)
				require.Len(t, took, 200, "50 at once, and 50 a second for 3 seconds")
				assert.Equal(t, 100, refused)
				for i, d := range took {
					assert.Equal(t, time.Duration(i/50)*time.Second, d)
				}
				time.Sleep(time.Second)
				took, refused = burst(t, client, 50)
				assert.Zero(t, refused)
				assert.Zero(t, took[49])
			})
		})
	}
}

// The queue is short before the delay is long.
func TestRateQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := trackunittest.NewService(trackunittest.WithRate(trackunittest.Rate{PerSecond: 10, MaxDelay: time.Hour, MaxQueue: 25}))
		client, err := s.Client()
		require.NoError(t, err)
		took, refused := burst(t, client, 100)
		assert.Equal(t, 65, refused)
		require.Len(t, took, 35)
		assert.Equal(t, 3*time.Second, took[34])
	})
}

// A Fault with Every strikes again and again, with so many calls from one to the next.
func TestEvery(t *testing.T) {
	client, s := trackunittest.New(t)
	s.Inject(trackunittest.Fault{Status: 500, Skip: 2, Every: 3, Times: 2})
	var failed []int
	for i := range 12 {
		if _, err := client.Zones.List(t.Context()); err != nil {
			failed = append(failed, i)
		}
	}
	assert.Equal(t, []int{2, 5}, failed)
}
