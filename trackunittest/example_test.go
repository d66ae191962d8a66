package trackunittest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest"
)

// In a test, New gives all of this in one line: client, service := trackunittest.New(t).
func Example() {
	service := trackunittest.NewService(trackunittest.WithUnits(20))
	client, err := service.Client()
	if err != nil {
		fmt.Println(err)
		return
	}
	unit, err := client.Units.Get(context.Background(), "46208")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(unit.VehicleType, unit.Address.Value().City)
	// Output: Machine Helsingør
}

// A Server has a URL for clients that do not live in the test's process, or not in Go.
func ExampleNewServer() {
	server := trackunittest.NewServer(trackunittest.WithUnits(20), trackunittest.WithSeed(7))
	defer server.Close()

	client, err := trackunit.New(server.Token(), trackunit.WithEndpoint(server.URL), trackunit.WithSOAP12())
	if err != nil {
		fmt.Println(err)
		return
	}
	units, err := client.Units.Find(context.Background(), trackunit.UnitFilter{})
	fmt.Println(len(units), err)
	// Output: 20 <nil>
}

// A Service serves any client that takes an http.RoundTripper, without a network.
func ExampleService_Transport() {
	service := trackunittest.NewService()
	client := &http.Client{Transport: service.Transport()}
	resp, err := client.Get("http://any.example/public/soap12")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	fmt.Println(resp.StatusCode, resp.Header.Get("Content-Type"))
	// Output: 200 text/xml; charset=utf-8
}

// The second call is told to come again later; all others go through.
func ExampleService_Inject() {
	service := trackunittest.NewService()
	busy := trackunittest.TooManyRequests(2 * time.Second)
	busy.Op, busy.Skip = "GetZone", 1
	service.Inject(busy)

	client, err := service.Client()
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 3 {
		_, err := client.Zones.List(context.Background())
		fmt.Println(errors.Is(err, trackunit.ErrRateLimited))
	}
	// Output:
	// false
	// true
	// false
}

// A test puts in what it wants to read.
func ExampleFleet_SetUnit() {
	fleet := trackunittest.NewFleet(1, 0)
	id := fleet.SetUnit(generated.Unit{Name: xmlwire.Some("Crane 7"), SerialNumber: xmlwire.Some("1007")})
	fleet.SetHistory(id, []generated.UnitHistory{
		{Time: trackunittest.DefaultNow.Add(-time.Hour), Event: 6, Km: xmlwire.Some(12.5)},
	})
	client, err := trackunittest.NewService(trackunittest.WithFleet(fleet)).Client()
	if err != nil {
		fmt.Println(err)
		return
	}
	for row, err := range client.Reports.History(context.Background(), id, trackunittest.DefaultNow.AddDate(0, 0, -1), trackunittest.DefaultNow) {
		fmt.Println(row.Time.Format(time.DateTime), row.Km, err)
	}
	// Output: 2026-03-02 11:00:00 12.5 <nil>
}
