package trackunit_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/trackunittest"
)

func Example() {
	ctx := context.Background()
	simulator := trackunittest.NewServer(trackunittest.WithUnits(3))
	defer simulator.Close()

	client, err := trackunit.New(simulator.Token(), trackunit.WithEndpoint(simulator.URL))
	if err != nil {
		log.Fatal(err)
	}
	units, err := client.Units.Find(ctx, trackunit.UnitFilter{})
	if err != nil {
		log.Fatal(err)
	}
	for _, unit := range units {
		fmt.Println(unit.ID.Or("?"), unit.Name.Or("unnamed"), unit.Km.Or(0))
	}
	// Output:
	// 46208 Gravemaskine 202 6438.8
	// 46211 Radlader 517 9800.1
	// 46215 Elverk 492 0
}

// TestReadmeExample holds the example in the README to the one above, which runs: but for the client, which in the README
// is one of the service, they are the same.
func TestReadmeExample(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	_, code, ok := strings.Cut(string(readme), "```go\n")
	require.True(t, ok, "README.md has no example in Go")
	code, _, _ = strings.Cut(code, "```")
	code = strings.Replace(code, `trackunit.New(os.Getenv("TRACKUNIT_TOKEN"))`,
		"trackunit.New(simulator.Token(), trackunit.WithEndpoint(simulator.URL))", 1)

	source, err := os.ReadFile("example_test.go")
	require.NoError(t, err)
	var want strings.Builder
	for line := range strings.Lines(code) {
		want.WriteString("\t" + line)
	}
	assert.Contains(t, string(source), want.String())
}

// Most failures are worth telling apart by what they mean, and a few by what they say.
func Example_errors() {
	client, _ := trackunittest.NewService().Client()

	_, err := client.Units.Get(context.Background(), "404")
	fmt.Println(errors.Is(err, trackunit.ErrUnitNotFound), errors.Is(err, trackunit.ErrNotFound))

	var status *trackunit.StatusError
	if errors.As(err, &status) {
		fmt.Println(status.Code, status.HTTPStatus)
	}
	// Output:
	// true true
	// unitNotFound 404
}

// Rows can be used while they arrive, and a sequence may be left at any time.
func ExampleReports_History() {
	client, _ := trackunittest.NewService().Client()
	from := time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC)

	messages := 0
	for row, err := range client.Reports.History(context.Background(), "46208", from, from.AddDate(0, 0, 1)) {
		if err != nil {
			log.Fatal(err)
		}
		if messages++; messages == 1 {
			fmt.Println(row.Time.Format(time.DateOnly), trackunit.EventName(row.Event))
		}
	}
	fmt.Println(messages, "messages")
	// Output:
	// 2026-03-01 timed transmit
	// 24 messages
}

func ExampleZones_Create() {
	client, _ := trackunittest.NewService().Client()
	ctx := context.Background()

	polygon, err := trackunit.FormatPolygon([]trackunit.Location{
		{Latitude: 55.65, Longitude: 12.45}, {Latitude: 55.65, Longitude: 12.55}, {Latitude: 55.70, Longitude: 12.50},
	})
	if err != nil {
		log.Fatal(err)
	}
	id, err := client.Zones.Create(ctx, trackunit.CreateZone{
		Name:    trackunit.Some("Yard"),
		Polygon: trackunit.Some(polygon),
	})
	if err != nil {
		log.Fatal(err)
	}
	zone, err := client.Zones.Get(ctx, id)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(zone.Name, zone.Note, zone.Polygon)
	// Output: Yard nil POLYGON ((55.65 12.45, 55.65 12.55, 55.7 12.5, 55.65 12.45))
}

func ExampleSpans() {
	from := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	for from, to := range trackunit.Spans(from, from.AddDate(0, 0, 70)) {
		fmt.Println(from.Format(time.DateOnly), to.Format(time.DateOnly))
	}
	// Output:
	// 2026-01-01 2026-02-01
	// 2026-02-01 2026-03-04
	// 2026-03-04 2026-03-12
}
