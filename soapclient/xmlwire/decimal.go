package xmlwire

import (
	"math"
	"math/bits"
	"strconv"
)

// maxPow5 is the largest power of five that fits 64 bits.
const maxPow5 = 27

var pow5 = func() (t [maxPow5 + 1]uint64) {
	t[0] = 1
	for i := 1; i <= maxPow5; i++ {
		t[i] = t[i-1] * 5
	}
	return t
}()

var pow10 = [23]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
	1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// decimalDouble returns the double nearest to mant times ten to the power of exp, which is at most maxPow5 either way; of
// two that are as near the even one.
//
// A mantissa below 2^53 and a power up to 22 are doubles themselves, so that one operation rounds right (Clinger 1990).
// Beyond that, 128 bits hold the product with a power of five exactly, and the quotient with what matters of its rest.
func decimalDouble(mant uint64, exp int) float64 {
	if mant < 1<<53 && exp >= -22 && exp <= 22 {
		if exp < 0 {
			return float64(mant) / pow10[-exp]
		}
		return float64(mant) * pow10[exp]
	}
	if mant == 0 {
		return 0
	}
	if exp >= 0 {
		hi, lo := bits.Mul64(mant, pow5[exp])
		if hi == 0 {
			return roundDouble(lo, false, exp)
		}
		n := bits.LeadingZeros64(hi)
		return roundDouble(hi<<n|lo>>(64-n), lo<<n != 0, exp+64-n)
	}
	divisor := pow5[-exp]
	m, d := bits.LeadingZeros64(mant), bits.LeadingZeros64(divisor)
	mant <<= m
	q, rest := bits.Div64(mant>>1, mant<<63, divisor<<d)
	return roundDouble(q, rest != 0, exp+d-m-63)
}

// double returns the double nearest to mant times ten to the power of exp, whatever that is.
func (r *Reader) double(mant uint64, exp int) float64 {
	if exp < -maxPow5 || exp > maxPow5 {
		return r.extremes.double(mant, exp)
	}
	return decimalDouble(mant, exp)
}

// extremes remember, by hash, what strconv made of numbers such as the smallest and the largest double: they take it up to a
// hundred times as long as others, and a service that sends one sends it in every row.
type extremes [64]struct {
	mant  uint64 // 0 if there is none
	exp   int
	value float64
}

func (x *extremes) double(mant uint64, exp int) float64 {
	if mant == 0 {
		return 0
	}
	e := &x[(mant+uint64(exp))*0x9e3779b97f4a7c15>>(64-6)]
	if e.mant != mant || e.exp != exp {
		var text [48]byte
		b := append(strconv.AppendUint(text[:0], mant, 10), 'E')
		e.value, _ = convert(strconv.AppendInt(b, int64(exp), 10), 64)
		e.mant, e.exp = mant, exp
	}
	return e.value
}

func signed(f float64, neg bool) float64 {
	if neg {
		return -f
	}
	return f
}

// roundDouble returns the double nearest to m times two to the power of exp. more says that m was cut off, at less than
// its last place.
func roundDouble(m uint64, more bool, exp int) float64 {
	n := bits.LeadingZeros64(m)
	m <<= n
	exp -= n
	const cut, half = 11, 1 << 10 // bits that a double has no room for
	rest := m & (1<<cut - 1)
	m >>= cut
	if rest > half || rest == half && (more || m&1 == 1) {
		m++ // to 2^53 at most, which carries into the exponent as it should
	}
	const bias = 1023 + 52
	return math.Float64frombits(m + uint64(exp+cut+bias-1)<<52)
}
