package xmlwire

import (
	"encoding/base64"
	"math"
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

// appendShort appends v if it is a decimal of at most 15 digits with few of them behind the point, as most measured values
// are. Decimals of that many digits and doubles are one to one, so what reads back as v is the shortest that does.
func appendShort(dst []byte, v float64) ([]byte, bool) {
	const places = 5
	for k := 1; k <= places; k++ {
		scaled := v * pow10[k]
		n := int64(scaled)
		if float64(n) != scaled || n <= -1e15 || n >= 1e15 {
			continue
		}
		if n == 0 || float64(n)/pow10[k] != v {
			return dst, false
		}
		for n%10 == 0 { // a smaller power gave no whole number, by a rounding
			n, k = n/10, k-1
		}
		if n < 0 {
			dst, n = append(dst, '-'), -n
		}
		unit := int64(pow10[k])
		dst = append(strconv.AppendInt(dst, n/unit, 10), '.')
		from := len(dst)
		dst = strconv.AppendInt(dst, n%unit+unit, 10) // with a 1 in front of the places
		copy(dst[from:], dst[from+1:])
		return dst[:len(dst)-1], true
	}
	return dst, false
}
