package xmlwire

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"math"
	"reflect"
	"strconv"
	"time"
	"unsafe"
)

// A wantError says what a scalar should have been. The caller adds where, and what it was.
type wantError string

func (e wantError) Error() string { return "expected " + string(e) }

// setScalar sets the value of field f at p from text. It keeps no reference to text.
func (r *Reader) setScalar(f *field, p unsafe.Pointer, text []byte) error {
	switch f.Kind {
	case String:
		*(*string)(p) = r.intern(text)
		return nil
	case NormalizedString:
		*(*string)(p) = r.intern(replaceSpace(text))
		return nil
	case Token:
		*(*string)(p) = r.intern(collapse(text))
		return nil
	}
	text = trimSpace(text)
	ok := true
	switch f.Kind {
	case Float64:
		*(*float64)(p), ok = r.parseDouble(text)
	case Float32:
		*(*float32)(p), ok = parseFloat(text)
	case Bool:
		*(*bool)(p), ok = parseBool(text)
	case Int32:
		*(*int32)(p), ok = parseInt[int32](text, math.MinInt32, math.MaxInt32)
	case Int64:
		*(*int64)(p), ok = parseInt[int64](text, math.MinInt64, math.MaxInt64)
	case Int16:
		*(*int16)(p), ok = parseInt[int16](text, math.MinInt16, math.MaxInt16)
	case Int8:
		*(*int8)(p), ok = parseInt[int8](text, math.MinInt8, math.MaxInt8)
	case Uint64:
		*(*uint64)(p), ok = parseUint[uint64](text, math.MaxUint64)
	case Uint32:
		*(*uint32)(p), ok = parseUint[uint32](text, math.MaxUint32)
	case Uint16:
		*(*uint16)(p), ok = parseUint[uint16](text, math.MaxUint16)
	case Uint8:
		*(*uint8)(p), ok = parseUint[uint8](text, math.MaxUint8)
	case DateTime:
		*(*time.Time)(p), ok = r.dateTime(text)
	case Base64:
		*(*[]byte)(p), ok = parseBase64(text)
	case Hex:
		*(*[]byte)(p), ok = parseHex(text)
	case QName:
		name, err := r.qname(string(text))
		*(*Name)(p) = name
		return err
	case Custom:
		return reflect.NewAt(f.base, p).Interface().(TextValue).ParseXML(text)
	}
	if !ok {
		return wantError(kindWants[f.Kind])
	}
	return nil
}

var kindWants = map[Kind]string{
	Bool: "true, false, 1 or 0 (xs:boolean)", Int8: "a whole number from -128 to 127 (xs:byte)",
	Int16: "a whole number from -32768 to 32767 (xs:short)", Int32: "a whole number of 32 bits (xs:int)",
	Int64: "a whole number of 64 bits (xs:long)", Uint8: "a whole number from 0 to 255 (xs:unsignedByte)",
	Uint16: "a whole number from 0 to 65535 (xs:unsignedShort)", Uint32: "a whole number of 32 bits, not negative (xs:unsignedInt)",
	Uint64: "a whole number of 64 bits, not negative (xs:unsignedLong)", Float32: "a number (xs:float)",
	Float64: "a number (xs:double)", DateTime: "a date and time such as 2020-01-02T03:04:05Z (xs:dateTime)",
	Base64: "base64 data (xs:base64Binary)", Hex: "pairs of hexadecimal digits (xs:hexBinary)",
}

// replaceSpace and collapse normalise white space as xs:normalizedString and xs:token have it. They leave b as it is.
func replaceSpace(b []byte) []byte {
	var out []byte
	for i, c := range b {
		if c != ' ' && class[c]&space != 0 {
			if out == nil {
				out = bytes.Clone(b)
			}
			out[i] = ' '
		}
	}
	if out != nil {
		return out
	}
	return b
}

func collapse(b []byte) []byte {
	b = trimSpace(b)
	for i, c := range b {
		if class[c]&space != 0 && (c != ' ' || class[b[i+1]]&space != 0) {
			out := bytes.Clone(b[:i])
			gap := false
			for _, c := range b[i:] {
				if class[c]&space != 0 {
					gap = true
					continue
				}
				if gap {
					out = append(out, ' ')
					gap = false
				}
				out = append(out, c)
			}
			return out
		}
	}
	return b
}

func parseBool(b []byte) (v, ok bool) {
	switch string(b) {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	return false, false
}

func parseInt[T int8 | int16 | int32 | int64](b []byte, least, most int64) (T, bool) {
	neg := false
	d := b
	if len(d) > 0 && (d[0] == '-' || d[0] == '+') {
		neg = d[0] == '-'
		d = d[1:]
	}
	if len(d) == 0 || len(d) > 18 {
		return parseLongInt[T](b, d, least, most)
	}
	var v int64
	for _, c := range d {
		if c -= '0'; c > 9 {
			return 0, false
		}
		v = v*10 + int64(c)
	}
	if neg {
		v = -v
	}
	return T(v), v >= least && v <= most
}

// parseLongInt takes what may not fit 64 bits or has many leading zeros.
func parseLongInt[T int8 | int16 | int32 | int64](b, digits []byte, least, most int64) (T, bool) {
	if !allDigits(digits) {
		return 0, false
	}
	v, err := strconv.ParseInt(string(b), 10, 64)
	return T(v), err == nil && v >= least && v <= most
}

func parseUint[T uint8 | uint16 | uint32 | uint64](b []byte, most uint64) (T, bool) {
	if len(b) > 0 && b[0] == '+' {
		b = b[1:]
	} else if len(b) > 1 && b[0] == '-' && allZeros(b[1:]) { // -0 is a lexical form of 0
		b = b[1:]
	}
	if !allDigits(b) {
		return 0, false
	}
	v, err := strconv.ParseUint(string(b), 10, 64)
	return T(v), err == nil && v <= most
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return len(b) > 0
}

func allZeros(b []byte) bool {
	for _, c := range b {
		if c != '0' {
			return false
		}
	}
	return len(b) > 0
}

// parseDouble reads an xs:double. What has more digits than a mantissa goes to strconv.
func (r *Reader) parseDouble(b []byte) (float64, bool) {
	mant, exp, neg, ok := scanDecimal(b)
	switch {
	case !ok:
		return specialDouble(b, 64)
	case mant == math.MaxUint64:
		return convert(b, 64)
	}
	return signed(r.double(mant, exp), neg), true
}

func parseFloat(b []byte) (float32, bool) {
	if _, _, _, ok := scanDecimal(b); !ok {
		f, ok := specialDouble(b, 32)
		return float32(f), ok
	}
	f, ok := convert(b, 32)
	return float32(f), ok
}

// scanDecimal reads [+-]digits[.digits][e[+-]digits]. When the digits are too many for 64 bits it returns a mantissa
// beyond the exact range, which sends the caller to strconv.
func scanDecimal(b []byte) (mant uint64, exp int, neg, ok bool) {
	i := 0
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		neg = b[0] == '-'
		i = 1
	}
	digits, fraction := 0, -1
	for ; i < len(b); i++ {
		if c := b[i] - '0'; c <= 9 {
			mant = mant*10 + uint64(c)
			digits++
			continue
		}
		if b[i] != '.' || fraction >= 0 {
			break
		}
		fraction = digits
	}
	if digits == 0 {
		return 0, 0, false, false
	}
	if fraction >= 0 {
		exp = fraction - digits
	}
	if digits > 19 {
		mant = math.MaxUint64
	}
	if i == len(b) {
		return mant, exp, neg, true
	}
	if b[i] != 'e' && b[i] != 'E' {
		return 0, 0, false, false
	}
	e, ok := parseInt[int32](b[i+1:], -9999, 9999)
	if !ok {
		if d := b[i+1:]; len(d) > 1 && allDigits(d[1:]) && (d[0] == '+' || d[0] == '-' || d[0]-'0' <= 9) {
			return math.MaxUint64, 0, neg, true // an absurd exponent: strconv says what it is worth
		}
		return 0, 0, false, false
	}
	return mant, exp + int(e), neg, true
}

// convert lets strconv read text that scanDecimal found to be a decimal number. Too large a number is infinite, as IEEE
// 754 and .NET have it; it is no error.
func convert(b []byte, bits int) (float64, bool) {
	f, err := strconv.ParseFloat(string(b), bits)
	return f, err == nil || math.IsInf(f, 0)
}

func specialDouble(b []byte, bits int) (float64, bool) {
	switch string(b) {
	case "INF", "+INF":
		return math.Inf(1), true
	case "-INF":
		return math.Inf(-1), true
	case "NaN":
		return math.NaN(), true
	}
	return 0, false
}

func parseBase64(b []byte) ([]byte, bool) {
	packed := make([]byte, 0, len(b))
	for _, c := range b {
		if class[c]&space == 0 {
			packed = append(packed, c)
		}
	}
	n, err := base64.StdEncoding.Decode(packed, packed)
	return packed[:n], err == nil
}

func parseHex(b []byte) ([]byte, bool) {
	out := make([]byte, hex.DecodedLen(len(b)))
	_, err := hex.Decode(out, b)
	return out, err == nil
}
