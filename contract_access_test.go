package trackunit_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
)

// contractRetryAfter is when to come again, as the service says that is asked too often.
const contractRetryAfter = 2 * time.Second

// logins are calls with the token in either place, and with one that is not known.
func (s *contractService) logins(t *testing.T) {
	t.Run("token in the URL", func(t *testing.T) {
		client := s.dialed(t, s.token, trackunit.WithTokenInURL())
		req := contractAsk(t, s, "auth-token-in-query", generated.GetUnit{ID: s.records.unit.ID})
		resp, err := client.Port().GetUnit(t.Context(), &req)
		s.answered(t, err)
		require.NoError(t, err)
		assert.Len(t, resp.List, 1)
	})
	const unknown = "ffffffffffffffffffffffffffffffff"
	stranger := s.dialed(t, unknown)
	refused := func(t *testing.T, err error) {
		assert.ErrorIs(t, err, trackunit.ErrUnauthorized)
		assert.NotErrorIs(t, err, trackunit.ErrNotFound)
		assert.NotContains(t, err.Error(), unknown)
	}
	t.Run("unknown token", func(t *testing.T) {
		req := contractAsk(t, s, "auth-bad-token-closed-401", generated.GetUnit{ID: s.records.unit.ID})
		_, err := stranger.Port().GetUnit(t.Context(), &req)
		s.answered(t, err)
		refused(t, err)
	})
	if s.refuse == nil {
		return // one wrong login is enough for a service that may count them
	}
	port := reflect.ValueOf(stranger.Port())
	for _, op := range goldenOperations() {
		t.Run("unknown token, "+op, func(t *testing.T) {
			if s.readOnly && contractWrites(op) {
				t.Skip("it would change something")
			}
			_, err := call(port, op, newRequest(port, op))
			refused(t, err)
		})
	}
}

// tooMany are calls that the service has no time for.
func (s *contractService) tooMany(t *testing.T) {
	if s.refuse == nil {
		t.Skip("that is not to be had on demand")
	}
	port := reflect.ValueOf(s.client.Port())
	for _, op := range goldenOperations() {
		t.Run(op, func(t *testing.T) {
			if s.readOnly && contractWrites(op) {
				t.Skip("it would change something")
			}
			s.refuse(op)
			_, err := call(port, op, newRequest(port, op))
			assert.ErrorIs(t, err, trackunit.ErrRateLimited)
			var e *soapclient.HTTPError
			require.ErrorAs(t, err, &e)
			assert.Equal(t, contractRetryAfter, e.RetryAfter)
		})
	}
}
