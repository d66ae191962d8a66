package trackunit_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
)

func TestFormatPolygon(t *testing.T) {
	triangle := []trackunit.Location{{Latitude: 55.1, Longitude: 12.1}, {Latitude: 55.2, Longitude: 12.1}, {Latitude: -0.0000001, Longitude: -180}}
	const want = "POLYGON ((55.1 12.1, 55.2 12.1, -0.0000001 -180, 55.1 12.1))"
	for name, border := range map[string][]trackunit.Location{
		"open":   triangle,
		"closed": append(triangle[:3:3], triangle[0]),
	} {
		got, err := trackunit.FormatPolygon(border)
		require.NoError(t, err, name)
		assert.Equal(t, want, got, name)
	}
	border, err := trackunit.ParsePolygon(want)
	require.NoError(t, err)
	assert.Equal(t, triangle, border)

	for _, wrong := range []trackunit.Location{{Latitude: 90.1}, {Longitude: -180.1}, {Latitude: math.NaN()}, {Longitude: math.Inf(1)}} {
		_, err := trackunit.FormatPolygon(append(triangle[:3:3], wrong))
		assert.ErrorContains(t, err, "point 4 of the polygon is not on the globe")
	}
	_, err = trackunit.FormatPolygon(append(triangle[:2:2], triangle[0]))
	assert.EqualError(t, err, "a polygon of 2 points: it takes three")
	_, err = trackunit.FormatPolygon(nil)
	assert.EqualError(t, err, "a polygon of 0 points: it takes three")
}

func TestParsePolygon(t *testing.T) {
	for wkt, want := range map[string]string{
		"polygon((1 2,3 4,5 6,1 2))":                 "",
		" POLYGON  ( ( 1  2 , 3 4,\n5 6 ) ) ":        "",
		"POLYGON ((1e0 2, 3 4, 5 6))":                "",
		"":                                           "not a WKT polygon",
		"POINT (1 2)":                                "not a WKT polygon",
		"POLYGON EMPTY":                              "not a WKT polygon",
		"POLYGON ((1 2, 3 4, 5 6)":                   "the polygon has no ring of points in its brackets",
		"POLYGON ((1 2, 3 4, 5 6":                    "the brackets of the polygon are not closed",
		"POLYGON (1 2, 3 4, 5 6)":                    "the polygon has no ring of points in its brackets",
		"POLYGON ((1 2, 3 4, 5 6), (1 2, 3 4, 5 6))": "the polygon has holes, which a zone cannot have",
		"POLYGON (())":                               "point 1 of the polygon is not two numbers",
		"POLYGON ((1 2, 3 4 5, 6 7))":                "point 2 of the polygon is not two numbers",
		"POLYGON ((1 2, 3 x, 6 7))":                  "point 2 of the polygon is not two numbers",
		"POLYGON ((1 2, 3 4, 1 2))":                  "a polygon of 2 points: it takes three",
		"POLYGON ((1 2, 3 4, 12 99, 99 12))":         "point 4 of the polygon is not on the globe: 99 12",
		"POLYGON ((1 2, 3 4, NaN 5))":                "point 3 of the polygon is not on the globe: NaN 5",
	} {
		border, err := trackunit.ParsePolygon(wkt)
		if want != "" {
			assert.EqualError(t, err, want, wkt)
			continue
		}
		require.NoError(t, err, wkt)
		assert.Equal(t, []trackunit.Location{{Latitude: 1, Longitude: 2}, {Latitude: 3, Longitude: 4}, {Latitude: 5, Longitude: 6}}, border, wkt)
	}
}

// FuzzParsePolygon: what can be read can be written, and reads the same again.
func FuzzParsePolygon(f *testing.F) {
	f.Add("POLYGON ((55.1 12.1, 55.2 12.1, 55.2 12.2, 55.1 12.1))")
	f.Add("polygon((1 2,3 4,5 6),(1 2,3 4,5 6))")
	f.Add("POLYGON ((1e-9 -0, 90 180, 0x1p-2 1_0, 1 2))")
	f.Fuzz(func(t *testing.T, wkt string) {
		border, err := trackunit.ParsePolygon(wkt)
		if err != nil {
			return
		}
		text, err := trackunit.FormatPolygon(border)
		require.NoError(t, err)
		again, err := trackunit.ParsePolygon(text)
		require.NoError(t, err)
		assert.Equal(t, border, again)
	})
}
