package xmlwire

import (
	"encoding/base64"
	"encoding/hex"
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
		return hex.AppendEncode(dst, *(*[]byte)(p)), nil
	}
	return appendCustom(dst, f, p, attr)
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
	format := byte('f')
	if a := math.Abs(v); a != 0 && (a < 1e-5 || a >= 1e15) {
		format = 'E'
	}
	return strconv.AppendFloat(dst, v, format, -1, bits)
}
