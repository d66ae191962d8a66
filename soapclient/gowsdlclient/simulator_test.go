package gowsdlclient_test

import (
	"testing"

	"github.com/hooklift/gowsdl/soap"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/gowsdlclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
	"github.com/soapfirst/trackunit/trackunittest"
)

// simulator starts a simulator and returns a port to it over gowsdl, with the token given.
func simulator(t *testing.T, token string) (*trackunittest.Server, *generated.ISyncReplyClient) {
	server := trackunittest.NewServer(trackunittest.WithUnits(20))
	t.Cleanup(server.Close)
	if token == "" {
		token = server.Token()
	}
	client := soap.NewClient(server.URL+"/soap11",
		soap.WithBasicAuth("API", token),
		soap.WithHTTPClient(gowsdlclient.HTTPClient(nil)))
	return server, generated.NewISyncReplyClient(gowsdlclient.New(client))
}

func TestSimulatorUnits(t *testing.T) {
	_, port := simulator(t, "")
	resp, err := port.GetUnit(t.Context(), &generated.GetUnit{})
	require.NoError(t, err)
	require.Len(t, resp.List, 20)
	unit := resp.List[7]
	one, err := port.GetUnit(t.Context(), &generated.GetUnit{ID: unit.ID})
	require.NoError(t, err)
	assert.Equal(t, []generated.Unit{unit}, one.List)

	n := 0
	for row, err := range port.GetUnitStream(t.Context(), &generated.GetUnit{}) {
		require.NoError(t, err)
		assert.Equal(t, resp.List[n], row)
		n++
	}
	assert.Equal(t, 20, n)
}

func TestSimulatorZone(t *testing.T) {
	_, port := simulator(t, "")
	const polygon = "POLYGON ((55.44 11.55, 55.44 11.56, 55.43 11.56, 55.44 11.55))"
	created, err := port.CreateZone(t.Context(), &generated.CreateZone{Name: xmlwire.Some("Grusgrav Sorø"), Polygon: xmlwire.Some(polygon)})
	require.NoError(t, err)
	require.True(t, created.ID.IsSet())
	got, err := port.GetZone(t.Context(), &generated.GetZone{ID: created.ID})
	require.NoError(t, err)
	require.Len(t, got.List, 1)
	assert.Equal(t, "Grusgrav Sorø", got.List[0].Name.Value())
	deleted, err := port.DeleteZone(t.Context(), &generated.DeleteZone{ID: created.ID})
	require.NoError(t, err)
	assert.False(t, deleted.ResponseStatus.IsSet())

	var info soapclient.ResponseInfo
	got, err = port.GetZone(t.Context(), &generated.GetZone{ID: created.ID}, soapclient.WithResponse(&info))
	require.NoError(t, err)
	assert.Equal(t, "zoneNotFound", got.ResponseStatus.Value().ErrorCode.Value())
	assert.Equal(t, "404", info.Header.Get("X-Status"))
}

func TestSimulatorFault(t *testing.T) {
	server, port := simulator(t, "")
	server.Inject(trackunittest.Fault{Op: "GetKey", SOAP: soapserver.Faultf(soapserver.Receiver, "out of order")})
	_, err := port.GetKey(t.Context(), &generated.GetKey{})
	var fault *soapclient.FaultError
	require.ErrorAs(t, err, &fault)
	assert.Equal(t, 500, fault.Status)
	assert.Equal(t, "out of order", fault.Reason)
}

func TestSimulatorBadToken(t *testing.T) {
	_, port := simulator(t, "ffffffffffffffffffffffffffffffff")
	_, err := port.GetUnit(t.Context(), &generated.GetUnit{})
	assert.ErrorIs(t, err, soapclient.ErrUnauthorized)
	assert.NotContains(t, err.Error(), "ffffffff")
}

// The change was made, but nobody hears of it.
func TestSimulatorLostAnswer(t *testing.T) {
	server, port := simulator(t, "")
	server.Inject(trackunittest.Fault{Op: "CreateCategory", Applied: true, Reset: true})
	_, err := port.CreateCategory(t.Context(), &generated.CreateCategory{Name: xmlwire.Some("Kraner")})
	var unknown *soapclient.UnknownOutcomeError
	require.ErrorAs(t, err, &unknown)
}
