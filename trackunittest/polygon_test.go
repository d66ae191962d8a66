package trackunittest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
)

func at(lat, lon float64) generated.Location {
	return generated.Location{Latitude: lat, Longitude: lon}
}

func TestPolygonContains(t *testing.T) {
	const frame = " polygon (( 0 0, 0 10,10 10,10 0,0 0 ) , (4 4, 4 6, 6 6, 6 4, 4 4)) "
	p, err := parsePolygon(frame)
	require.NoError(t, err)
	require.Len(t, p, 2)
	for l, want := range map[generated.Location]bool{
		at(1, 1): true, at(9.9, 5): true, at(5, 5): false, at(5, 3.9): true, at(5, 6.1): true,
		at(11, 5): false, at(5, -0.1): false, at(5, 10.1): false, at(-1, -1): false,
	} {
		assert.Equal(t, want, p.contains(l), "%v", l)
	}

	// Latitude comes first: a strip along a meridian is high and narrow.
	strip, err := parsePolygon("POLYGON ((50 9, 60 9, 60 9.5, 50 9.5, 50 9))")
	require.NoError(t, err)
	assert.True(t, strip.contains(at(59, 9.2)))
	assert.False(t, strip.contains(at(9.2, 59)))

	// So is a form that is not convex.
	arrow, err := parsePolygon("POLYGON ((0 0, 10 5, 0 10, 4 5, 0 0))")
	require.NoError(t, err)
	assert.True(t, arrow.contains(at(5, 5)))
	assert.False(t, arrow.contains(at(1, 5)))
	var none polygon
	assert.False(t, none.contains(at(0, 0)))
}

func TestPolygonErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "POLYGON",
		"POINT (1 1)":                      "POLYGON",
		"POLYGON":                          "parentheses",
		"POLYGON ()":                       "no ring",
		"POLYGON (1 1, 1 2, 2 2, 1 1)":     "parentheses",
		"POLYGON ((1 1, 1 2, 2 2, 1 1)":    "parentheses",
		"POLYGON ((1 1, 1 2, 2 2))":        "closed",
		"POLYGON ((1 1, 1 2, 1 1))":        "closed",
		"POLYGON ((1 1, 1 2, 2, 1 1))":     "two numbers",
		"POLYGON ((1 1, 1 2, 2 2 2, 1 1))": "two numbers",
		"POLYGON ((1 1, 1 x, 2 2, 1 1))":   "on earth",
		"POLYGON ((1 1, 1 NaN, 2 2, 1 1))": "on earth",
		"POLYGON ((1 1, 1 181, 2 2, 1 1))": "on earth",
		"POLYGON ((1 1, 1 2, 2 2, 1 1) (1 1, 1 2, 2 2, 1 1))": "comma",
	} {
		_, err := parsePolygon(text)
		assert.ErrorContains(t, err, want, text)
	}
}

// What can be read is written in a form that reads as the same.
func FuzzPolygon(f *testing.F) {
	f.Add("POLYGON ((55.1 12.1, 55.2 12.1, 55.2 12.2, 55.1 12.1))")
	f.Add("polygon((0 0,0 9,9 9,0 0),(1e-3 2,3 4,-5 6,1e-3 2))")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parsePolygon(text)
		if err != nil {
			return
		}
		again, err := parsePolygon(p.wkt())
		require.NoError(t, err)
		require.Equal(t, p, again)
		p.contains(p[0][0])
	})
}
