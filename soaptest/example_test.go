package soaptest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soaptest"
	"github.com/soapfirst/trackunit/trackunittest"
)

// What a program sends is held to a file.
func ExampleGolden() {
	TestCreateZone := func(t *testing.T) {
		zone := &generated.CreateZone{Name: trackunit.Some("Depot")}
		soaptest.Golden(t, "testdata/create-zone.xml", zone)
	}
	_ = TestCreateZone // go test -update writes the file
}

// An answer that is written by hand is read, and nothing in it is passed over.
func ExampleDecode() {
	TestZones := func(t *testing.T) {
		var answer generated.GetZoneResponse
		if soaptest.Decode(t, "testdata/zones.xml", &answer) {
			fmt.Println(len(answer.List))
		}
	}
	_ = TestZones
}

func ExampleValidate() {
	TestZoneIsValid := func(t *testing.T) {
		soaptest.Validate(t, `<CreateZone xmlns="http://schemas.servicestack.net/types"/>`, "wsdl/soap11.wsdl")
	}
	_ = TestZoneIsValid // is skipped where there is no xmllint
}

func ExampleDiff() {
	diffs, err := soaptest.Diff(
		`<z:Zone xmlns:z="urn:zones"><z:Name>Depot</z:Name><z:Note/></z:Zone>`,
		`<Zone xmlns="urn:zones">
			<Name>Yard</Name>
		</Zone>`)
	fmt.Println(err)
	for _, d := range diffs {
		fmt.Println(d)
	}
	// Output:
	// <nil>
	// /Zone/Name: "Yard", want "Depot"
	// /Zone/Note: missing here
}

// go test -record asks the service; without it the test is answered from the folder.
func ExampleRecorder() {
	TestZones := func(t *testing.T) {
		rec := soaptest.NewRecorder(t, "testdata/recordings/zones", soaptest.WithRedacted(trackunittest.PersonalData()...))
		client, err := trackunit.New("the token", trackunit.WithHTTPClient(rec.Client()))
		if err != nil {
			t.Fatal(err)
		}
		zones, err := client.Zones.List(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Log(len(zones), rec.Unused())
	}
	_ = TestZones
}
