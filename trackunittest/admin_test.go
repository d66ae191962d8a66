package trackunittest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/trackunittest"
)

func TestAdmin(t *testing.T) {
	const token = "drive-me"
	s := trackunittest.NewService(trackunittest.WithUnits(3), trackunittest.WithAdmin(token))
	bearer := http.Header{"Authorization": {"Bearer " + token}}
	client, err := s.Client()
	require.NoError(t, err)
	now := s.Fleet().Now()

	for _, c := range []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"nothing yet", "GET", "/admin/faults", "", 200, `{"left":0}`},
		{"one", "POST", "/admin/faults", `{"op":"GetZone","status":429,"header":{"Retry-After":["7"]}}`, 200, `{"left":1}`},
		{"a list", "POST", "/admin/faults", `[{"reset":true,"times":2},{"code":"Oops","delay":"1ms"}]`, 200, `{"left":3}`},
		{"misspelt", "POST", "/admin/faults", `{"opp":"GetZone"}`, 400, `{"error":"reading the request: json: unknown field \"opp\""}`},
		{"unknown operation", "POST", "/admin/faults", `{"op":"GetZones"}`, 400, `{"error":"fault 1: there is no operation \"GetZones\""}`},
		{"bad delay", "POST", "/admin/faults", `{"delay":"soon"}`, 400, `{"error":"fault 1: the delay \"soon\" is no length of time: write it as 1.5s"}`},
		{"bad status", "POST", "/admin/faults", `{"status":99}`, 400, `{"error":"fault 1: the status 99 is none that an answer can have"}`},
		{"half", "POST", "/admin/faults", `{"op":`, 400, `{"error":"reading the request: unexpected EOF"}`},
		{"the time", "GET", "/admin/now", "", 200, `{"now":"2026-03-02T12:00:00Z"}`},
		{"an hour on", "PUT", "/admin/now", `{"advance":"1h"}`, 200, `{"now":"2026-03-02T13:00:00Z"}`},
		{"another time", "PUT", "/admin/now", `{"now":"2026-03-02T12:00:00Z"}`, 200, `{"now":"2026-03-02T12:00:00Z"}`},
		{"both", "PUT", "/admin/now", `{"now":"2026-03-02T12:00:00Z","advance":"1h"}`, 400, `{"error":"give either now or advance"}`},
		{"elsewhere", "GET", "/admin/units", "", 404, `{"error":"there is nothing to do by this method and path"}`},
	} {
		w := send(s, c.method, c.path, "", "", c.body, bearer)
		assert.Equal(t, c.status, w.Code, c.name)
		assert.JSONEq(t, c.want, w.Body.String(), c.name)
	}
	assert.Equal(t, now, s.Fleet().Now())
	_, err = client.Zones.List(t.Context())
	assert.ErrorIs(t, err, trackunit.ErrRateLimited)
	assert.Equal(t, 2, s.Faults())
	assert.JSONEq(t, `{"left":0}`, send(s, "DELETE", "/admin/faults", "", "", "", bearer).Body.String())
	_, err = client.Zones.List(t.Context())
	assert.NoError(t, err)
}

// The endpoint is off unless a token was given, and shut without it; the token of the service is not that one.
func TestAdminIsShut(t *testing.T) {
	off := trackunittest.NewService(trackunittest.WithUnits(0))
	assert.Equal(t, 404, send(off, "GET", "/admin/now", "", "", "", http.Header{"Authorization": {"Bearer "}}).Code)
	on := trackunittest.NewService(trackunittest.WithUnits(0), trackunittest.WithAdmin("drive-me"))
	for name, header := range map[string]http.Header{
		"none": nil, "wrong": {"Authorization": {"Bearer drive-you"}}, "empty": {"Authorization": {"Bearer "}},
		"of the service": {"Authorization": {"Bearer " + on.Token()}}, "another scheme": {"Authorization": {"drive-me"}},
	} {
		w := send(on, "PUT", "/admin/now", "", "", `{"advance":"1h"}`, header)
		assert.Equal(t, 401, w.Code, name)
		assert.NotContains(t, w.Body.String(), "drive-me")
	}
	assert.Equal(t, trackunittest.DefaultNow, on.Fleet().Now())
}
