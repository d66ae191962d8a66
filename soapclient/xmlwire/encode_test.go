package xmlwire

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A reading is what a device measured.
type reading struct {
	Name  string
	Speed Opt[float64]
	On    Opt[bool]
	Count int32
}

var readingType = Type{Name: "Reading", Space: "urn:r", Members: []Member{
	{Field: "Name", Kind: String}, {Field: "Speed", Kind: Float64, Flags: Nillable}, {Field: "On", Kind: Bool, Flags: Nillable}, {Field: "Count", Kind: Int32},
}}

func (*reading) XMLType() *Type { return &readingType }

func TestWritingAllocatesNothing(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector empties pools")
	}
	m := &reading{"a", Some(12.5), Nil[bool](), 4711}
	buf := make([]byte, 0, 1024)
	allocs := testing.AllocsPerRun(100, func() {
		var err error
		if buf, err = AppendElement(buf[:0], Name{"urn:r", "Reading"}, m, WriteOptions{}); err != nil {
			t.Error(err)
		}
	})
	assert.Zero(t, allocs)
}

// Doubles come from a memory of recent ones when they can; it must never mix them up.
func TestRememberedDoubles(t *testing.T) {
	var w doubleWriter
	buf := make([]byte, 0, 2*memberRoom)
	values := []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, 0.1, -0.1, 1e15, 1e16, 55.123456789012344}
	for i := range 5000 {
		values = append(values, float64(i)/7)
	}
	for i := range 1000 {
		values = append(values, -0.5, float64(i%7)*1e-5, float64(i)) // which repeat again
	}
	for range 3 {
		for _, v := range values {
			got := w.append(buf, v)
			require.Equal(t, string(appendFloat(nil, v, 64)), string(got))
		}
	}
}

// However little room a buffer has, what is written is the same.
func TestWritingIntoShortBuffers(t *testing.T) {
	m := &reading{"a", Some(-math.MaxFloat64), Some(true), math.MinInt32}
	name := Name{"urn:r", "Reading"}
	want, err := AppendElement(nil, name, m, WriteOptions{})
	require.NoError(t, err)
	for room := range 2 * len(want) {
		got, err := AppendElement(append(make([]byte, 0, room+2), "ab"...), name, m, WriteOptions{})
		require.NoError(t, err)
		require.Equal(t, "ab"+string(want), string(got))
	}
}
