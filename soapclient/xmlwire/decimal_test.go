package xmlwire

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// Each double that is read without strconv is what strconv reads, to the last bit.
func TestDecimalDouble(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	n := 2_000_000
	if testing.Short() {
		n /= 20
	}
	for range n {
		mant := rng.Uint64() >> rng.UintN(64)
		exp := rng.IntN(2*maxPow5+1) - maxPow5
		want := parsed(t, mant, exp)
		if got := decimalDouble(mant, exp); math.Float64bits(got) != math.Float64bits(want) {
			require.Equal(t, want, got, "%d × 10^%d", mant, exp)
		}
	}
}

// parsed is what strconv makes of mant times ten to the power of exp.
func parsed(t *testing.T, mant uint64, exp int) float64 {
	text := strconv.AppendInt(append(strconv.AppendUint(nil, mant, 10), 'e'), int64(exp), 10)
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		require.NoError(t, err)
	}
	return v
}

// Decimals that lie just between two doubles, or next to the middle, are where rounding goes wrong.
func TestDecimalDoubleBetween(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 50_000 {
		middle := (rng.Uint64()>>11 | 1<<52) << 1 // of 54 bits
		middle |= 1
		shift := rng.IntN(10)
		for _, mant := range []uint64{middle << shift, middle<<shift + 1, middle<<shift - 1} {
			for exp := -4; exp <= 4; exp++ {
				want := parsed(t, mant, exp)
				if got := decimalDouble(mant, exp); got != want {
					require.Equal(t, want, got, "%d × 10^%d", mant, exp)
				}
			}
		}
	}
}

// What quickScalar reads it reads as setScalar does.
func TestQuickScalar(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	r := NewReader(nil, ReadOptions{})
	check := func(text string) {
		buf := append([]byte(text), "</Km>"...)
		buf = append(buf, make([]byte, windowPad)...)
		r.buf = buf
		for _, kind := range []Kind{Bool, Int32, Int64, Float64, String, DateTime} {
			var quick, slow scalar
			f := &field{Member: &Member{Kind: kind}}
			pq, ps := quick.pointerFor(kind), slow.pointerFor(kind)
			start := unsafe.Pointer(unsafe.SliceData(buf))
			c := r.quickScalar(f, pq, start)
			if c == nil {
				continue
			}
			end := int(uintptr(c) - uintptr(start))
			if err := r.setScalar(f, ps, buf[:end]); err != nil || buf[end] != '<' || slow != quick {
				require.NoError(t, err, "%q as %v", text, kind)
				require.Equal(t, byte('<'), buf[end])
				require.Equal(t, slow, quick, "%q as %v", text, kind)
			}
		}
	}
	for _, text := range []string{"", "-", ".", "-.", "1.", ".5", "-0", "+1", "00012", "1E5", "1e5", "1E+05", "1E-27", "1E28", "1E",
		"true", "false", "truest", "1", "0", "2147483648", "-2147483649", "999999999999999999", "9999999999999999999",
		"18446744073709551616", "0.0000000000000000000000001", "1.7976931348623157E+308", "NaN", "INF", "a]b", "tab\there", "ünï",
		"2026-01-01T00:00:00Z", "2026-01-01T00:00:00.1234567Z", "2026-01-01T00:00:00.123456789Z", "2026-01-01T00:00:00.1234567891Z",
		"2026-01-01T00:00:00.Z", "2026-01-01T00:00:00", "2026-02-29T00:00:00Z", "2024-02-29T23:59:59Z", "2026-01-01T24:00:00Z",
		"2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00+00:00", "0001-01-01T00:00:00", "0001-01-01T00:00:00Z",
		"0000-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T00-00:00Z", "2026-01-01T00:00;00Z"} {
		check(text)
		for i := range text {
			for _, c := range []byte("09:/;TZ-.<") {
				check(text[:i] + string(c) + text[i+1:])
			}
		}
	}
	const letters = "0123456789.-E+e <]&\t\nx"
	for range 300_000 {
		text := make([]byte, rng.IntN(24))
		for i := range text {
			n := len(letters)
			if rng.IntN(4) > 0 {
				n = 11
			}
			text[i] = letters[rng.IntN(n)]
		}
		check(string(text))
	}
}

// A scalar has room for a value of any kind.
type scalar struct {
	number int64 // the widest of all but those below
	text   string
	time   time.Time
}

func (s *scalar) pointerFor(kind Kind) unsafe.Pointer {
	switch kind {
	case String:
		return unsafe.Pointer(&s.text)
	case DateTime:
		return unsafe.Pointer(&s.time)
	}
	return unsafe.Pointer(&s.number)
}

// Doubles are written as the shortest decimal that reads back, however it is found.
func TestAppendFloatIsShortest(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	check := func(v float64) {
		a := math.Abs(v)
		if a < 1e-5 || a >= 1e15 {
			return
		}
		if got, want := string(appendFloat(nil, v, 64)), strconv.FormatFloat(v, 'f', -1, 64); got != want {
			require.Equal(t, want, got)
		}
	}
	for range 500_000 {
		n := rng.Int64N(1e15) >> rng.UintN(50)
		check(float64(n) / pow10[rng.IntN(8)])
		check(-float64(n) / pow10[rng.IntN(8)])
		check(math.Float64frombits(rng.Uint64()))
		check(math.Nextafter(float64(n)/pow10[rng.IntN(8)], 0))
	}
}
