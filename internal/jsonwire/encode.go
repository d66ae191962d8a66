package jsonwire

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// WriteOptions say how messages are written. The zero WriteOptions lose as little as JSON can.
type WriteOptions struct {
	// AsServiceStack writes what a ServiceStack does: see the package.
	AsServiceStack bool
}

// Append appends m to dst. It fails if m has a member that has no form here.
func Append(dst []byte, m xmlwire.Message, opts WriteOptions) ([]byte, error) {
	w := writer{dst, opts}
	err := w.message(m)
	return w.dst, err
}

type writer struct {
	dst  []byte
	opts WriteOptions
}

func (w *writer) message(m xmlwire.Message) error {
	s := shapeOf(m)
	w.dst = append(w.dst, '{')
	first := true
	for i, e := range s.elements {
		v, ok := e.Get(m)
		if !ok {
			continue
		}
		if !first {
			w.dst = append(w.dst, ',')
		}
		first = false
		w.dst = append(AppendString(w.dst, s.names[i]), ':')
		if err := w.member(e, v); err != nil {
			return fmt.Errorf("%s: %w", e.Name(), err)
		}
	}
	w.dst = append(w.dst, '}')
	return nil
}

func (w *writer) member(e xmlwire.Element, v reflect.Value) error {
	switch {
	case isDictionary(e):
		return w.dictionary(v)
	case e.IsList():
		return w.list(e, v)
	}
	return w.value(e.Member().Kind, v)
}

func (w *writer) list(e xmlwire.Element, v reflect.Value) error {
	w.dst = append(w.dst, '[')
	for i := range v.Len() {
		if i > 0 {
			w.dst = append(w.dst, ',')
		}
		if err := w.value(e.Member().Kind, v.Index(i)); err != nil {
			return err
		}
	}
	w.dst = append(w.dst, ']')
	return nil
}

// dictionary writes pairs as an object. A key or value that is not set is an empty text.
func (w *writer) dictionary(v reflect.Value) error {
	w.dst = append(w.dst, '{')
	for i := range v.Len() {
		if i > 0 {
			w.dst = append(w.dst, ',')
		}
		pair := messageAt(v.Index(i))
		elements := shapeOf(pair).elements
		for k, e := range elements {
			text, _ := e.Get(pair)
			w.dst = AppendString(w.dst, text.String())
			if k == 0 {
				w.dst = append(w.dst, ':')
			}
		}
	}
	w.dst = append(w.dst, '}')
	return nil
}

func (w *writer) value(kind xmlwire.Kind, v reflect.Value) error {
	if kind == xmlwire.Struct {
		if v.CanAddr() {
			return w.message(messageAt(v))
		}
		return fmt.Errorf("a value of type %v cannot be reached", v.Type())
	}
	text, quoted, err := w.scalar(kind, v)
	if err != nil {
		return err
	}
	if quoted {
		w.dst = AppendString(w.dst, text)
	} else {
		w.dst = append(w.dst, text...)
	}
	return nil
}

// FormatScalar returns a value of a kind as it stands in JSON, without quotes, which is how it stands in a query too.
func FormatScalar(kind xmlwire.Kind, v reflect.Value) (string, error) {
	text, _, err := (&writer{}).scalar(kind, v)
	return text, err
}

func (w *writer) scalar(kind xmlwire.Kind, v reflect.Value) (text string, quoted bool, err error) {
	switch {
	case kind == xmlwire.DateTime:
		return w.dateTime(v.Interface().(time.Time)), true, nil
	case v.Kind() == reflect.String:
		return v.String(), true, nil
	case v.Kind() == reflect.Bool:
		return strconv.FormatBool(v.Bool()), false, nil
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10), false, nil
	case v.CanUint():
		return strconv.FormatUint(v.Uint(), 10), false, nil
	case v.CanFloat():
		return w.float(v.Float()), false, nil
	}
	return "", false, fmt.Errorf("a value of type %v has no form in JSON", v.Type())
}

// dateTime writes seven digits of the second, as many as the CLR counts.
func (w *writer) dateTime(t time.Time) string {
	const clock = "2006-01-02T15:04:05.0000000"
	loc := t.Location()
	switch {
	case loc == xmlwire.NoZone && !w.opts.AsServiceStack:
		return t.Format(clock)
	case loc == time.UTC, loc == xmlwire.NoZone:
		return t.Format(clock + "Z")
	}
	return t.Format(clock + "-07:00")
}

func (w *writer) float(x float64) string {
	digits, most := -1, 15
	switch {
	case math.IsNaN(x):
		return "NaN"
	case math.IsInf(x, 1):
		return "Infinity"
	case math.IsInf(x, -1):
		return "-Infinity"
	case x == 0 && w.opts.AsServiceStack:
		return "0"
	case w.opts.AsServiceStack && math.Abs(x) != math.MaxFloat64: // which .NET takes care not to round up to what it cannot read
		digits = most - 1
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'E', digits, 64), "E")
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	n, _ := strconv.Atoi(exponent)
	if n < -4 || n >= most {
		return fmt.Sprintf("%sE%+03d", mantissa, n)
	}
	return strconv.FormatFloat(x, 'f', max(0, len(strings.TrimLeft(strings.Replace(mantissa, ".", "", 1), "-"))-1-n), 64)
}

// AppendString appends s as a JSON string. What is no UTF-8 becomes the character that stands for it.
func AppendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', byte(c))
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c < ' ' || c == 0x7f || c == '\u2028' || c == '\u2029': // the last two end lines in scripts
			dst = append(dst, '\\', 'u', hex[c>>12&15], hex[c>>8&15], hex[c>>4&15], hex[c&15])
		default:
			dst = utf8.AppendRune(dst, c)
		}
	}
	return append(dst, '"')
}
