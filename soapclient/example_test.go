package soapclient_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// The examples call a service in memory; a program leaves inMemory out.
func inMemory(h http.HandlerFunc) soapclient.Option {
	return soapclient.WithHTTPClient(memhttp.NewClient(h))
}

func Example() {
	client, err := soapclient.New(parcels.Binding11,
		soapclient.WithBasicAuth("me", "sesame"),
		soapclient.WithTimeout(20*time.Second),
		inMemory(text(parcelsXML(2))))
	if err != nil {
		fmt.Println(err)
		return
	}
	port := parcels.NewClient(client) // generated
	answer, err := port.GetParcels(context.Background(), &parcels.GetParcels{Depot: xmlwire.Some("Odense")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range answer.List {
		fmt.Println(p.ID, p.Weight)
	}
	// Output:
	// p0 0
	// p1 1
}

// Rows come as they are read, in constant memory; an error comes last.
func ExampleInvokeStream() {
	client, err := soapclient.New(parcels.Binding11, inMemory(text(parcelsXML(10_000))))
	if err != nil {
		fmt.Println(err)
		return
	}
	total := 0.0
	for p, err := range parcels.NewClient(client).GetParcelsStream(context.Background(), &parcels.GetParcels{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		total += p.Weight
	}
	fmt.Printf("%.0f\n", total)
	// Output: 49995000
}

// Errors tell who is speaking.
func ExampleOpError() {
	client, err := soapclient.New(parcels.Binding11, inMemory(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "3")
		http.Error(w, "slow down", http.StatusTooManyRequests)
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = parcels.NewClient(client).GetParcels(context.Background(), &parcels.GetParcels{})
	fmt.Println(err)
	var httpErr *soapclient.HTTPError
	if errors.As(err, &httpErr) && errors.Is(err, soapclient.ErrRateLimited) {
		fmt.Println("again in", httpErr.RetryAfter)
	}
	// Output:
	// calling GetParcels at http://parcels.test/soap11: http 429 too many requests with plain text: slow down (retry after 3s)
	// again in 3s
}

// An interceptor wraps calls: here it measures them.
func ExampleWithInterceptors() {
	measure := func(next soapclient.RoundTripper) soapclient.RoundTripper {
		return soapclient.RoundTripperFunc(func(ctx context.Context, call *soapclient.Call) error {
			start := time.Now()
			err := next.RoundTrip(ctx, call)
			fmt.Println(call.Op.Name, call.Status, time.Since(start) < time.Minute)
			return err
		})
	}
	client, err := soapclient.New(parcels.Binding11, soapclient.WithInterceptors(measure), inMemory(text(parcelsXML(1))))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = parcels.NewClient(client).GetParcels(context.Background(), &parcels.GetParcels{})
	fmt.Println(err)
	// Output:
	// GetParcels 200 true
	// <nil>
}
