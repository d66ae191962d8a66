package soapserver_test

import (
	"context"
	"fmt"

	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
)

// A service implements a generated interface; what it does not implement is answered with a fault.
type service struct{ parcels.UnimplementedServer }

func (service) GetParcels(_ context.Context, req *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
	if req.Depot.Value() == "Atlantis" {
		return nil, soapserver.Faultf(soapserver.Sender, "there is no depot %s", req.Depot)
	}
	return &parcels.GetParcelsResponse{List: []parcels.Parcel{{ID: "p1", Weight: 2.5}}}, nil
}

func Example() {
	handler := parcels.NewHandler(service{})

	// In a program: http.Handle("/parcels", handler). Here a client calls it without a network.
	client, err := soapclient.New(parcels.Binding12, soapclient.WithHTTPClient(memhttp.NewClient(handler)))
	if err != nil {
		fmt.Println(err)
		return
	}
	port := parcels.NewClient(client)
	answer, err := port.GetParcels(context.Background(), &parcels.GetParcels{})
	fmt.Println(answer.List[0].ID, err)
	_, err = port.GetParcels(context.Background(), &parcels.GetParcels{Depot: xmlwire.Some("Atlantis")})
	fmt.Println(err)
	// Output:
	// p1 <nil>
	// calling GetParcels at http://parcels.test/soap12: soap fault Sender: there is no depot Atlantis
}

// An interceptor sees the request before the method, and may answer in its place.
func ExampleWithInterceptors() {
	authenticate := func(next soapserver.Endpoint) soapserver.Endpoint {
		return func(ctx context.Context, ex *soapserver.Exchange) error {
			if _, password, _ := ex.HTTP.BasicAuth(); password != "sesame" {
				return &soapserver.PlainError{Status: 401}
			}
			return next(ctx, ex)
		}
	}
	handler := parcels.NewHandler(service{}, soapserver.WithInterceptors(authenticate))

	for _, password := range []string{"guess", "sesame"} {
		client, err := soapclient.New(parcels.Binding11, soapclient.WithHTTPClient(memhttp.NewClient(handler)), soapclient.WithBasicAuth("me", password))
		if err != nil {
			fmt.Println(err)
			return
		}
		_, err = parcels.NewClient(client).GetParcels(context.Background(), &parcels.GetParcels{})
		fmt.Println(err)
	}
	// Output:
	// calling GetParcels at http://parcels.test/soap11: http 401 unauthorized with no content
	// <nil>
}
