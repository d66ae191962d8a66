package xmlwire

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	bits64 "math/bits"
	"reflect"
	"strconv"
	"time"
	"unsafe"
)

// appendScalar appends the escaped text of the value of field f at p; attr says that it stands in an attribute.
func appendScalar(dst []byte, f *field, p unsafe.Pointer, attr bool) ([]byte, error) {
	switch f.Kind {
	case String, NormalizedString, Token:
		return appendEscaped(dst, *(*string)(p), attr)
	case Bool:
		return strconv.AppendBool(dst, *(*bool)(p)), nil
	case Int8:
		return strconv.AppendInt(dst, int64(*(*int8)(p)), 10), nil
	case Int16:
		return strconv.AppendInt(dst, int64(*(*int16)(p)), 10), nil
	case Int32:
		return strconv.AppendInt(dst, int64(*(*int32)(p)), 10), nil
	case Int64:
		return strconv.AppendInt(dst, *(*int64)(p), 10), nil
	case Uint8:
		return strconv.AppendUint(dst, uint64(*(*uint8)(p)), 10), nil
	case Uint16:
		return strconv.AppendUint(dst, uint64(*(*uint16)(p)), 10), nil
	case Uint32:
		return strconv.AppendUint(dst, uint64(*(*uint32)(p)), 10), nil
	case Uint64:
		return strconv.AppendUint(dst, *(*uint64)(p), 10), nil
	case Float32:
		return appendFloat(dst, float64(*(*float32)(p)), 32), nil
	case Float64:
		return appendFloat(dst, *(*float64)(p), 64), nil
	case DateTime:
		return appendDateTime(dst, *(*time.Time)(p))
	case Base64:
		return base64.StdEncoding.AppendEncode(dst, *(*[]byte)(p)), nil
	case Hex:
		return appendHex(dst, *(*[]byte)(p)), nil
	}
	return appendCustom(dst, f, p, attr)
}

// appendHex appends b in capital letters, which is the canonical form of xs:hexBinary.
func appendHex(dst, b []byte) []byte {
	const digits = "0123456789ABCDEF"
	for _, c := range b {
		dst = append(dst, digits[c>>4], digits[c&15])
	}
	return dst
}

// appendCustom escapes what a TextValue writes.
func appendCustom(dst []byte, f *field, p unsafe.Pointer, attr bool) ([]byte, error) {
	text, err := reflect.NewAt(f.base, p).Interface().(TextValue).AppendXML(nil)
	if err != nil {
		return dst, err
	}
	return appendEscaped(dst, string(text), attr)
}

// appendFloat appends the shortest decimal that reads back as v. Between 1e-5 and 1e15 it is written without an
// exponent, as .NET does.
func appendFloat(dst []byte, v float64, bits int) []byte {
	switch {
	case math.IsNaN(v):
		return append(dst, "NaN"...)
	case math.IsInf(v, 1):
		return append(dst, "INF"...)
	case math.IsInf(v, -1):
		return append(dst, "-INF"...)
	}
	if i := int64(v); float64(i) == v && i > -1e15 && i < 1e15 && (i != 0 || !math.Signbit(v)) {
		return strconv.AppendInt(dst, i, 10)
	}
	if bits == 64 {
		if out, ok := appendShort(dst, v); ok {
			return out
		}
	}
	format := byte('f')
	if a := math.Abs(v); a != 0 && (a < 1e-5 || a >= 1e15) {
		format = 'E'
	}
	return strconv.AppendFloat(dst, v, format, -1, bits)
}

// appendShort appends v if it is a decimal of at most 14 digits with few of them behind the point, as most measured values are.
// Decimals of that many digits and doubles are one to one, so what reads back as v is the shortest that does.
func appendShort(dst []byte, v float64) ([]byte, bool) {
	const places, scale = 8, 1e8
	a := math.Abs(v)
	n := uint64(a*scale + 0.5)
	if !(a >= 1e-5 && a < 1e6) || float64(n)/scale != a {
		return dst, false
	}
	dst = withRoom(dst, 1+8+1+places)
	if v < 0 {
		dst = append(dst, '-')
	}
	dst = append(appendWhole(dst, n/scale), '.')
	fraction := eightText(n % scale)
	dst = binary.LittleEndian.AppendUint64(dst, fraction|'0'*ones)
	return dst[:len(dst)-bits64.LeadingZeros64(fraction)/8], true
}

// appendWhole appends n, which is below 10^8, to dst, which has room for eight bytes.
func appendWhole(dst []byte, n uint64) []byte {
	text := eightText(n)
	blank := bits64.TrailingZeros64(text|1<<63) / 8 // zeros in front, but for the last digit
	at := len(dst)
	binary.LittleEndian.PutUint64(dst[at:at+8], (text|'0'*ones)>>(8*blank))
	return dst[:at+8-blank]
}

// eightText returns the eight decimal digits of n, which is below 10^8, the first in the lowest byte.
func eightText(n uint64) uint64 {
	n = n/1e4 | n%1e4<<32                     // two numbers of four digits,
	q := n * 10486 >> 20 & 0x0000007f0000007f // by a hundred,
	n = q | (n-q*100)<<16                     // four of two,
	q = n * 103 >> 10 & 0x000f000f000f000f    // and by ten
	return q | (n-q*10)<<8
}
