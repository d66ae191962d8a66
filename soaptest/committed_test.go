package soaptest_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soaptest"
	"github.com/soapfirst/trackunit/trackunittest"
)

// The recordings of flow that are kept, by transport. go test ./soaptest -run TestKeptRecordings -record makes them anew, of
// the simulator.
var kept = map[trackunit.Transport]string{
	trackunit.SOAP11: "testdata/recordings/soap11",
	trackunit.SOAP12: "testdata/recordings/soap12",
	trackunit.JSON:   "testdata/recordings/json",
	trackunit.XML:    "testdata/recordings/xml",
}

func TestKeptRecordings(t *testing.T) {
	for transport, folder := range kept {
		t.Run(transport.String(), func(t *testing.T) {
			service := trackunittest.NewService(trackunittest.WithUnits(2))
			rec := soaptest.NewRecorder(t, folder, soaptest.WithLive(service.Transport()), soaptest.WithRedacted(trackunittest.PersonalData()...))
			client, err := trackunit.New(service.Token(), trackunit.WithHTTPClient(rec.Client()), trackunit.WithTransport(transport))
			require.NoError(t, err)
			assert.NotEmpty(t, flow(t, client))
			assert.Empty(t, rec.Unused())
		})
		assertSilent(t, folder, trackunittest.DefaultToken, person, mail, mobile)
	}
}

// A simulator takes a recording over.
func TestSimulatorLoadsRecordings(t *testing.T) {
	for transport, folder := range kept {
		fleet := trackunittest.NewFleet(7, 0)
		answers, err := fleet.Load(os.DirFS(folder))
		require.NoError(t, err, transport)
		assert.Greater(t, answers, 3, transport)
		_, ok := fleet.Unit(trackunittest.NewService(trackunittest.WithUnits(2)).Fleet().UnitIDs()[0])
		assert.True(t, ok, transport)
	}
}

// The contract of tomorrow: one optional member more in a request, and one more in what an answer holds.
type newGetZone struct {
	ID     xmlwire.Opt[string]
	Layer  xmlwire.Opt[string]
	Limits xmlwire.Opt[generated.Location]
}

func (*newGetZone) XMLType() *xmlwire.Type { return &xmlNewGetZone }

var xmlNewGetZone = xmlwire.Type{Name: "GetZone", Space: nsTypes, Members: []xmlwire.Member{
	{Field: "ID", Name: "Id", Kind: xmlwire.String, Flags: xmlwire.Nillable},
	{Field: "Layer", Kind: xmlwire.String, Flags: xmlwire.Nillable},
	{Field: "Limits", Kind: xmlwire.Struct, Flags: xmlwire.Nillable},
}}

type newZone struct {
	Color, Icon, ID, Name, Note xmlwire.Opt[string]
	Height                      xmlwire.Opt[float64]
}

func (*newZone) XMLType() *xmlwire.Type { return &xmlNewZone }

var xmlNewZone = xmlwire.Type{Name: "Zone", Space: nsTypes, Members: []xmlwire.Member{
	{Field: "Color", Kind: xmlwire.String, Flags: xmlwire.Nillable},
	{Field: "Height", Kind: xmlwire.Float64, Flags: xmlwire.Nillable},
	{Field: "Icon", Kind: xmlwire.String, Flags: xmlwire.Nillable},
	{Field: "ID", Name: "Id", Kind: xmlwire.String, Flags: xmlwire.Nillable},
	{Field: "Name", Kind: xmlwire.String, Flags: xmlwire.Nillable},
	{Field: "Note", Kind: xmlwire.String, Flags: xmlwire.Nillable},
}}

type newGetZoneResponse struct{ List []newZone }

func (*newGetZoneResponse) XMLType() *xmlwire.Type { return &xmlNewGetZoneResponse }

var xmlNewGetZoneResponse = xmlwire.Type{Name: "GetZoneResponse", Space: nsTypes, Members: []xmlwire.Member{
	{Field: "List", Item: "Zone", Kind: xmlwire.Struct, Flags: xmlwire.Nillable},
}}

// makeZone makes the zone that flow makes, with the contract of today.
func makeZone(t *testing.T, rec *soaptest.Recorder, transport trackunit.Transport) (id string) {
	t.Helper()
	client, err := trackunit.New("token", trackunit.WithHTTPClient(rec.Client()), trackunit.WithTransport(transport))
	require.NoError(t, err)
	id, err = client.Zones.Create(context.Background(), yard)
	require.NoError(t, err)
	return id
}

const nsTypes = "http://schemas.servicestack.net/types"

// A recording outlives a WSDL that gets optional members: whether a client leaves them out or writes them as nil.
func TestRecordingOutlivesAnUpdateOfTheContract(t *testing.T) {
	op := &soapclient.Operation{
		Name: "GetZone", Action: nsTypes + "/GetZone",
		Input: xmlwire.Name{Space: nsTypes, Local: "GetZone"}, Output: xmlwire.Name{Space: nsTypes, Local: "GetZoneResponse"},
	}
	for transport, binding := range map[trackunit.Transport]soapclient.Binding{
		trackunit.SOAP11: generated.BasicHttpBindingISyncReply, trackunit.SOAP12: generated.WSHttpBindingISyncReply,
	} {
		for name, write := range map[string]xmlwire.WriteOptions{"left out": {}, "nil": {AbsentAsNil: true}} {
			t.Run(transport.String()+" "+name, func(t *testing.T) {
				rec := soaptest.NewRecorder(t, kept[transport], soaptest.WithMode(soaptest.Replaying))
				client, err := soapclient.New(binding, soapclient.WithHTTPClient(rec.Client()), soapclient.WithWriteOptions(write))
				require.NoError(t, err)
				get := func(req *newGetZone) (*newGetZoneResponse, error) {
					resp := new(newGetZoneResponse)
					return resp, client.RoundTrip(context.Background(), &soapclient.Call{Op: op, Req: req, Resp: resp})
				}
				zone := makeZone(t, rec, transport)
				resp, err := get(&newGetZone{ID: xmlwire.Some(zone)})
				require.NoError(t, err)
				require.Len(t, resp.List, 1)
				assert.Equal(t, xmlwire.Some("Yard"), resp.List[0].Name)
				assert.Equal(t, newZone{}.Color, resp.List[0].Color, "the recording does not know it")

				_, err = get(&newGetZone{ID: xmlwire.Some(zone), Layer: xmlwire.Some("all")})
				var noMatch *soaptest.NoMatchError
				require.True(t, errors.As(err, &noMatch), "%v", err)
				assert.Equal(t, []string{"/Envelope/Body/GetZone/Layer: not expected here"}, noMatch.Diffs)
			})
		}
	}
}
