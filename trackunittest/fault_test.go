package trackunittest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapserver"
	"github.com/soapfirst/trackunit/trackunittest"
)

// Each fault must look to the client as it would coming from a network: in memory, and over one.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		fault trackunittest.Fault
		check func(t *testing.T, err error)
	}{
		"rate limit": {trackunittest.TooManyRequests(3 * time.Second), func(t *testing.T, err error) {
			assert.ErrorIs(t, err, trackunit.ErrRateLimited)
			var answer *soapclient.HTTPError
			require.ErrorAs(t, err, &answer)
			assert.Equal(t, "3", answer.Header.Get("Retry-After"))
		}},
		"401": {trackunittest.Unauthorized(), func(t *testing.T, err error) {
			assert.ErrorIs(t, err, trackunit.ErrUnauthorized)
		}},
		"X-Status 401": {trackunittest.UnauthorizedStatus(), func(t *testing.T, err error) {
			assert.ErrorIs(t, err, trackunit.ErrUnauthorized)
			var status *trackunit.StatusError
			require.ErrorAs(t, err, &status)
			assert.Equal(t, "Unauthorized", status.Code)
		}},
		"error page": {trackunittest.ErrorPage(502), func(t *testing.T, err error) {
			var answer *soapclient.HTTPError
			require.ErrorAs(t, err, &answer)
			assert.Equal(t, 502, answer.Status)
			assert.Contains(t, answer.Header.Get("Content-Type"), "text/html")
		}},
		"redirect": {trackunittest.LoginRedirect("https://login.example.com/"), func(t *testing.T, err error) {
			var answer *soapclient.HTTPError
			require.ErrorAs(t, err, &answer)
			assert.Equal(t, http.StatusFound, answer.Status)
		}},
		"documented code": {trackunittest.Fault{Code: "invalidParameter (To)", Message: "Too long", Field: "To"}, func(t *testing.T, err error) {
			assert.ErrorIs(t, err, trackunit.ErrInvalidParameter)
			var status *trackunit.StatusError
			require.ErrorAs(t, err, &status)
			assert.Equal(t, 400, status.HTTPStatus)
			assert.Equal(t, "To", status.FieldErrors[0].Field)
		}},
		"soap fault": {trackunittest.Fault{SOAP: soapserver.Faultf(soapserver.Sender, "who are you?")}, func(t *testing.T, err error) {
			var fault *soapclient.FaultError
			require.ErrorAs(t, err, &fault)
			assert.Contains(t, err.Error(), "who are you?")
		}},
		"empty 200": {trackunittest.Fault{Status: 200}, func(t *testing.T, err error) {
			assert.Error(t, err)
		}},
		"empty body": {trackunittest.Fault{EmptyBody: true}, func(t *testing.T, err error) {
			assert.Error(t, err)
		}},
		"cut off": {trackunittest.Fault{CutAfter: 500}, func(t *testing.T, err error) {
			assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
		}},
		"reset": {trackunittest.Fault{Reset: true}, func(t *testing.T, err error) {
			assert.Error(t, err)
			var status *trackunit.StatusError
			assert.False(t, errors.As(err, &status))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			server := trackunittest.NewServer(trackunittest.WithUnits(3))
			t.Cleanup(server.Close)
			over := map[string][]trackunit.Option{
				"memory, SOAP 1.1":  {trackunit.WithSOAP11()},
				"memory, SOAP 1.2":  {trackunit.WithSOAP12()},
				"network, SOAP 1.1": {trackunit.WithEndpoint(server.URL), trackunit.WithHTTPClient(&http.Client{Transport: new(http.Transport)})},
			}
			for name, opts := range over {
				t.Run(name, func(t *testing.T) {
					server.Inject(c.fault)
					client, err := server.Client(opts...)
					require.NoError(t, err)
					t.Cleanup(client.CloseIdleConnections)
					p := client.Port()
					_, err = p.GetUnit(t.Context(), &generated.GetUnit{})
					c.check(t, err)
					assert.Len(t, call(t, p.GetUnit, generated.GetUnit{}).List, 3, "it strikes once")
				})
			}
		})
	}
}

func TestFaultCounts(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(1))
	p := portOf(t, s)
	fails := func(n int) (which []int) {
		for i := range n {
			if _, err := p.GetZone(t.Context(), &generated.GetZone{}); err != nil {
				which = append(which, i)
			}
		}
		return which
	}
	broken := trackunittest.ErrorPage(503)
	assert.Empty(t, fails(2))
	s.Inject(broken)
	assert.Equal(t, []int{0}, fails(3))
	broken.Skip, broken.Times = 2, 3
	s.Inject(broken)
	assert.Equal(t, []int{2, 3, 4}, fails(7))

	broken = trackunittest.ErrorPage(503)
	broken.Op, broken.Times = "GetUnit", -1
	s.Inject(broken)
	assert.Empty(t, fails(3), "another operation")
	for range 5 {
		_, err := p.GetUnit(t.Context(), &generated.GetUnit{})
		assert.Error(t, err)
	}
	assert.Equal(t, 1, s.Faults())
	s.ClearFaults()
	assert.Zero(t, s.Faults())
	call(t, p.GetUnit, generated.GetUnit{})
}

// A write whose answer is lost was done all the same, and cutting an answer off comes after doing what was asked.
func TestLostAnswer(t *testing.T) {
	for name, fault := range map[string]trackunittest.Fault{
		"reset":      {Applied: true, Reset: true},
		"error page": {Applied: true, Status: 504},
		"cut off":    {CutAfter: 100},
	} {
		t.Run(name, func(t *testing.T) {
			s := trackunittest.NewService(trackunittest.WithUnits(1))
			zones := s.Fleet().Zones.Len()
			s.Inject(fault)
			_, err := portOf(t, s).CreateZone(t.Context(), &generated.CreateZone{Name: some("Z"), Polygon: some("POLYGON ((1 1, 1 2, 2 2, 1 1))")})
			assert.Error(t, err)
			assert.Equal(t, zones+1, s.Fleet().Zones.Len())
		})
	}
	s := trackunittest.NewService(trackunittest.WithUnits(1))
	zones := s.Fleet().Zones.Len()
	s.Inject(trackunittest.Fault{Reset: true})
	_, err := portOf(t, s).CreateZone(t.Context(), &generated.CreateZone{Name: some("Z"), Polygon: some("POLYGON ((1 1, 1 2, 2 2, 1 1))")})
	assert.ErrorIs(t, err, syscall.ECONNRESET)
	assert.Equal(t, zones, s.Fleet().Zones.Len(), "without Applied nothing was done")
}

// Closing a server ends the calls that it keeps waiting.
func TestCloseEndsStall(t *testing.T) {
	server := trackunittest.NewServer(trackunittest.WithUnits(1))
	client, err := server.Client(trackunit.WithEndpoint(server.URL), trackunit.WithHTTPClient(&http.Client{Transport: new(http.Transport)}))
	require.NoError(t, err)
	server.Inject(trackunittest.Fault{Stall: true})
	ended := make(chan error)
	go func() {
		_, err := client.Port().GetUnit(t.Context(), &generated.GetUnit{})
		ended <- err
	}()
	for server.Faults() > 0 { // until it strikes
		runtime.Gosched()
	}
	server.Close()
	assert.Error(t, <-ended)
	server.Close()
}

func TestStallAndDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := trackunittest.NewService(trackunittest.WithUnits(1))
		p := portOf(t, s)
		ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		defer cancel()
		start := time.Now()
		s.Inject(trackunittest.Fault{Stall: true})
		_, err := p.GetUnit(ctx, &generated.GetUnit{})
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 7*time.Second, time.Since(start))

		start = time.Now()
		s.Inject(trackunittest.Fault{Delay: 3 * time.Second})
		assert.Len(t, call(t, p.GetUnit, generated.GetUnit{}).List, 1)
		assert.Equal(t, 3*time.Second, time.Since(start))
	})
}
