package split_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"net/http/httptest"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/split"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/split/common"
	tracing "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/split/context"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// service keeps what it was sent, and answers with values of all packages.
type service struct{ placed *split.Place }

func (s *service) Place(_ context.Context, req *split.Place) (*split.Placed, error) {
	s.placed = req
	if req.To.Street == "" {
		return nil, split.NewRefusedFault("no street", &common.Refused{Why: "nowhere"})
	}
	return &split.Placed{At: append(req.Others, req.To)}, nil
}

func (s *service) Get(_ context.Context, req *common.Get) (*common.Address, error) {
	return &common.Address{ID: xmlwire.Some(req.ID), Street: req.Trace.Step[0]}, nil
}

type transport struct{ handler http.Handler }

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	t.handler.ServeHTTP(rec, req)
	return rec.Result(), nil
}

func newClient(t *testing.T) (*split.OrdersClient, *service) {
	t.Helper()
	s := new(service)
	c, err := soapclient.New(split.OrdersSoap, soapclient.WithHTTPClient(&http.Client{Transport: transport{split.NewOrdersHandler(s)}}))
	require.NoError(t, err)
	return split.NewOrdersClient(c), s
}

func order() *split.Place {
	return &split.Place{
		To:     common.Address{ID: xmlwire.Some[int32](7), Street: "Hovedgaden"},
		From:   xmlwire.Some(split.Address{Note: "the yard"}),
		Pay:    &common.Card{Cents: 100, Number: "4711"},
		Kind:   xmlwire.Some(common.KindFast),
		Others: []common.Address{{Street: "Bagvej"}},
		Shape:  xmlwire.Some(common.Shape{Choice: []common.ShapeChoice{&common.ShapeChoiceA{A: 1}, &common.ShapeChoiceB{B: "b"}}}),
		Extra:  &common.GiftElement{Gift: "ribbon"},
		Trace:  xmlwire.Some(tracing.Trace{Level: 2, Step: []string{"one", "two"}}),
	}
}

// TestValuesOfAllPackagesTravel sends values of three packages over HTTP and gets some back.
func TestValuesOfAllPackagesTravel(t *testing.T) {
	client, s := newClient(t)
	resp, err := client.Place(t.Context(), order(), split.WithTicketHeader(&common.Ticket{Code: "c"}))
	require.NoError(t, err)
	assert.Equal(t, order(), s.placed)
	assert.Equal(t, &split.Placed{At: []common.Address{{Street: "Bagvej"}, order().To}}, resp)

	got, err := client.Get(t.Context(), &common.Get{ID: 3, Trace: tracing.Trace{Step: []string{"here"}}})
	require.NoError(t, err)
	assert.Equal(t, &common.Address{ID: xmlwire.Some[int32](3), Street: "here"}, got)
}

func TestStreamOfTypeOfAnotherPackage(t *testing.T) {
	client, _ := newClient(t)
	var streets []string
	for at, err := range client.PlaceStream(t.Context(), order()) {
		require.NoError(t, err)
		streets = append(streets, at.Street)
	}
	assert.Equal(t, []string{"Bagvej", "Hovedgaden"}, streets)
}

func TestFaultOfTypeOfAnotherPackage(t *testing.T) {
	client, _ := newClient(t)
	wrong := order()
	wrong.To.Street = ""
	_, err := client.Place(t.Context(), wrong)
	assert.Equal(t, &common.Refused{Why: "nowhere"}, split.RefusedFaultDetail(err))
}

// TestTables checks every table against its struct.
func TestTables(t *testing.T) {
	assert.NoError(t, xmlwire.Check(new(split.Place), new(split.Placed), new(common.Get), new(common.Card), new(common.Ticket), new(tracing.Trace)))
}
