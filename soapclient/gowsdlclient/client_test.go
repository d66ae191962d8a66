package gowsdlclient_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hooklift/gowsdl/soap"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/gowsdlclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
)

// units serves one unit under the id 46208, 100 under many, and two without an id.
type units struct {
	generated.UnimplementedISyncReplyServer
}

func (units) GetUnit(_ context.Context, req *generated.GetUnit) (*generated.GetUnitResponse, error) {
	switch req.ID.Or("all") {
	case "46208":
		return &generated.GetUnitResponse{List: []generated.Unit{excavator}}, nil
	case "many":
		return &generated.GetUnitResponse{List: slices.Repeat([]generated.Unit{excavator}, 100)}, nil
	case "all":
		return &generated.GetUnitResponse{List: []generated.Unit{excavator, {ID: xmlwire.Some("46209")}}}, nil
	}
	return &generated.GetUnitResponse{ResponseStatus: xmlwire.Some(generated.ResponseStatus{
		ErrorCode: xmlwire.Some("unitNotFound"), Message: xmlwire.Some("no such unit"),
	})}, nil
}

func (units) GetZone(context.Context, *generated.GetZone) (*generated.GetZoneResponse, error) {
	return nil, soapserver.Faultf(soapserver.Sender, "zones are out")
}

var excavator = generated.Unit{
	ID:        xmlwire.Some("46208"),
	Name:      xmlwire.Some("Gravemaskine <Å1>"),
	Km:        xmlwire.Some(0.0),
	Note:      xmlwire.Nil[string](),
	Location:  xmlwire.Some(generated.Location{Latitude: 56.0257383333333, Longitude: 12.5708883333333}),
	CreatedAt: time.Date(2011, 12, 14, 14, 43, 7, 457e6, xmlwire.NoZone),
}

// over returns a transport to what hc leads to.
func over(hc *http.Client, opts ...gowsdlclient.Option) *gowsdlclient.Client {
	client := soap.NewClient("http://classic.test/public/soap11", soap.WithHTTPClient(gowsdlclient.HTTPClient(hc)))
	return gowsdlclient.New(client, opts...)
}

func unitPort(opts ...gowsdlclient.Option) *generated.ISyncReplyClient {
	hc := memhttp.NewClient(generated.NewISyncReplyHandler(units{}))
	return generated.NewISyncReplyClient(over(hc, opts...))
}

func TestSuccess(t *testing.T) {
	var info soapclient.ResponseInfo
	resp, err := unitPort().GetUnit(t.Context(), &generated.GetUnit{ID: xmlwire.Some("46208")}, soapclient.WithResponse(&info))
	require.NoError(t, err)
	assert.Equal(t, []generated.Unit{excavator}, resp.List)
	assert.Equal(t, 200, info.Status)
	assert.Equal(t, "text/xml; charset=utf-8", info.Header.Get("Content-Type"))
}

func TestStream(t *testing.T) {
	var ids []string
	for unit, err := range unitPort().GetUnitStream(t.Context(), &generated.GetUnit{}) {
		require.NoError(t, err)
		ids = append(ids, unit.ID.Value())
	}
	assert.Equal(t, []string{"46208", "46209"}, ids)
	for unit, err := range unitPort().GetUnitStream(t.Context(), &generated.GetUnit{}) {
		require.NoError(t, err)
		assert.Equal(t, excavator, unit)
		break
	}
}

// A failure that the service reports inside of a success is there to be looked at, or an error by a check.
func TestStatus(t *testing.T) {
	req := &generated.GetUnit{ID: xmlwire.Some("7")}
	resp, err := unitPort().GetUnit(t.Context(), req)
	require.NoError(t, err)
	assert.Equal(t, "unitNotFound", resp.ResponseStatus.Value().ErrorCode.Value())

	port := unitPort(gowsdlclient.WithStatusCheck(check))
	_, err = port.GetUnit(t.Context(), req)
	assert.ErrorIs(t, err, errNotFound)
	assert.EqualError(t, err, "calling GetUnit at http://classic.test/public/soap11: unit not found")
	for _, err := range port.GetUnitStream(t.Context(), req) {
		assert.ErrorIs(t, err, errNotFound)
	}
}

var errNotFound = errors.New("unit not found")

func check(call *soapclient.Call, done bool) error {
	if call.Status != 200 {
		return errors.New("a check without a status")
	}
	if resp, ok := call.Resp.(*generated.GetUnitResponse); ok && done && resp.ResponseStatus.IsSet() {
		return errNotFound
	}
	return nil
}

func TestFault(t *testing.T) {
	_, err := unitPort().GetZone(t.Context(), &generated.GetZone{})
	var fault *soapclient.FaultError
	require.ErrorAs(t, err, &fault)
	assert.Equal(t, &soapclient.FaultError{
		Version: soapclient.SOAP11, Code: xmlwire.Name{Local: "s:Client"}, Reason: "zones are out",
		Reasons: []soapclient.FaultReason{{Text: "zones are out"}}, Status: 500,
	}, fault)
	assert.True(t, fault.Sender())
	assert.EqualError(t, err, "calling GetZone at http://classic.test/public/soap11: soap fault s:Client: zones are out")
}

// depots fails with a detail, and takes what is dropped.
type depots struct {
	parcels.UnimplementedServer
	dropped string
}

func (*depots) GetParcels(_ context.Context, req *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
	return nil, &soapserver.Fault{Reason: "no such depot", Actor: "urn:depots", Detail: []soapserver.Detail{
		{Name: detailName, Message: &parcels.NoSuchDepot{Depot: req.Depot.Value()}},
	}}
}

func (d *depots) Drop(_ context.Context, req *parcels.Drop) error {
	d.dropped = req.ID
	return nil
}

var detailName = xmlwire.Name{Space: parcels.Space, Local: "NoSuchDepot"}

func TestFaultDetail(t *testing.T) {
	port := parcels.NewClient(over(memhttp.NewClient(parcels.NewHandler(new(depots)))))
	_, err := port.GetParcels(t.Context(), &parcels.GetParcels{Depot: xmlwire.Some("Ærø <2>")})
	var fault *soapclient.FaultError
	require.ErrorAs(t, err, &fault)
	assert.Equal(t, "urn:depots", fault.Actor)
	var detail parcels.NoSuchDepot
	found, err := fault.DecodeDetail(detailName, &detail)
	require.NoError(t, err)
	assert.True(t, found)
	assert.Equal(t, "Ærø <2>", detail.Depot)
}

func TestOneWay(t *testing.T) {
	server := new(depots)
	port := parcels.NewClient(over(memhttp.NewClient(parcels.NewHandler(server))))
	require.NoError(t, port.Drop(t.Context(), &parcels.Drop{ID: "9"}))
	assert.Equal(t, "9", server.dropped)

	broken := memhttp.NewClient(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	assert.ErrorIs(t, parcels.NewClient(over(broken)).Drop(t.Context(), &parcels.Drop{ID: "9"}), io.EOF)
	refused := over(answering(401, "", ""))
	assert.ErrorIs(t, parcels.NewClient(refused).Drop(t.Context(), &parcels.Drop{ID: "9"}), soapclient.ErrUnauthorized)
}

func TestKeepAlive(t *testing.T) {
	var connections atomic.Int32
	handler := generated.NewISyncReplyHandler(units{})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
		_, _ = w.Write(bytes.Repeat([]byte("\n"), 8<<10)) // more than is read ahead
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	client := soap.NewClient(server.URL, soap.WithHTTPClient(gowsdlclient.HTTPClient(server.Client())))
	port := generated.NewISyncReplyClient(gowsdlclient.New(client))
	for range 3 {
		_, err := port.GetUnit(t.Context(), &generated.GetUnit{ID: xmlwire.Some("many")})
		require.NoError(t, err)
		_, err = port.GetZone(t.Context(), &generated.GetZone{})
		require.Error(t, err)
	}
	assert.EqualValues(t, 1, connections.Load())
}

// gowsdl's own client, without HTTPClient, carries the port too.
func TestWithoutHTTPClient(t *testing.T) {
	server := httptest.NewServer(generated.NewISyncReplyHandler(units{}))
	defer server.Close()
	port := generated.NewISyncReplyClient(gowsdlclient.New(soap.NewClient(server.URL)))
	resp, err := port.GetUnit(t.Context(), &generated.GetUnit{ID: xmlwire.Some("46208")})
	require.NoError(t, err)
	assert.Equal(t, []generated.Unit{excavator}, resp.List)

	_, err = port.GetZone(t.Context(), &generated.GetZone{})
	var fault *soapclient.FaultError
	require.ErrorAs(t, err, &fault)
	assert.Equal(t, 500, fault.Status)
	assert.Equal(t, "zones are out", fault.Reason)
}

// HTTPClient repairs faults for code that knows nothing of New.
func TestHTTPClientAlone(t *testing.T) {
	hc := memhttp.NewClient(generated.NewISyncReplyHandler(units{}))
	client := soap.NewClient("http://classic.test/", soap.WithHTTPClient(gowsdlclient.HTTPClient(hc)))
	type getZone struct {
		XMLName struct{} `xml:"http://schemas.servicestack.net/types GetZone"`
	}
	err := client.CallContext(t.Context(), "", &getZone{}, &struct{}{})
	var fault *soap.SOAPFault
	require.ErrorAs(t, err, &fault)
	assert.Equal(t, "zones are out", fault.String)
}

func TestUnsupported(t *testing.T) {
	for name, opt := range map[string]soapclient.CallOption{
		"endpoint":    soapclient.WithEndpoint("http://elsewhere.test/"),
		"header":      soapclient.WithHeader("X-Request-Id", "1"),
		"SOAP header": soapclient.WithSOAPHeader(soapclient.HeaderBlock{Message: &parcels.Ticket{}}),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := unitPort().GetUnit(t.Context(), &generated.GetUnit{}, opt)
			assert.ErrorIs(t, err, errors.ErrUnsupported)
			assert.ErrorContains(t, err, "over gowsdl: ")
		})
	}
	_, err := generated.NewISyncReplyClient(gowsdlclient.New(nil)).GetUnit(t.Context(), &generated.GetUnit{})
	assert.EqualError(t, err, "calling GetUnit: no gowsdl client to make the call with")
}

func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		silent := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
		})
		port := generated.NewISyncReplyClient(over(memhttp.NewClient(silent)))
		_, err := port.GetUnit(t.Context(), &generated.GetUnit{}, soapclient.WithTimeout(time.Minute))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		var unknown *soapclient.UnknownOutcomeError
		require.ErrorAs(t, err, &unknown)
	})
}

// A request that was not sent is no unknown outcome.
func TestNotSent(t *testing.T) {
	refused := errors.New("connection refused")
	hc := &http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) { return nil, refused })}
	_, err := generated.NewISyncReplyClient(over(hc)).UpdateUnit(t.Context(), &generated.UpdateUnit{})
	assert.ErrorIs(t, err, refused)
	assert.EqualError(t, err, "calling UpdateUnit at http://classic.test/public/soap11: connection refused")
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
