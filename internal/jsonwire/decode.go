package jsonwire

import (
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// ReadOptions say how strictly messages are read.
type ReadOptions struct {
	// Lenient reads as ServiceStack does: a document that is cut off is taken as far as it goes, numbers that are none are
	// zero, a list may be a text with commas. Without it all of these are errors.
	Lenient bool
}

// Decode reads the document that src holds into m, which it replaces, and the items of one list into rows, unless that is
// nil. Names are found whatever their case; members that m does not have are passed over; of a member that comes twice the
// last counts; a null is read as nil.
//
// Errors of a document are an *xmlwire.SyntaxError, *xmlwire.ValueError or *xmlwire.LimitError; with their paths they say
// which member it is, by its name in JSON.
func Decode(src io.Reader, m xmlwire.Message, rows *xmlwire.Rows, opts ReadOptions) error {
	d := decoder{newScanner(src), rows, opts}
	reflect.ValueOf(m).Elem().SetZero()
	err := d.message(m)
	if err == nil {
		err = d.end()
	}
	if opts.Lenient && errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

type decoder struct {
	*scanner
	rows *xmlwire.Rows // nil below the list that they take
	opts ReadOptions
}

func (d *decoder) message(m xmlwire.Message) error {
	s := shapeOf(m)
	return d.members(func(name []byte) error {
		e, ok := s.find(name)
		if !ok {
			return d.skip()
		}
		d.path = append(d.path, CamelCase(e.Name()))
		defer func() { d.path = d.path[:len(d.path)-1] }()
		if null, err := d.isNull(); null || err != nil {
			e.SetNil(m)
			return err
		}
		switch {
		case isDictionary(e):
			return d.dictionary(e.Set(m))
		case e.IsList() && d.rows != nil && d.rows.Field() == e.Member().Field:
			return d.streamed(e)
		case e.IsList():
			return d.list(e, e.Set(m))
		}
		return d.value(e.Member(), e.Set(m))
	})
}

func (d *decoder) streamed(e xmlwire.Element) error {
	rows := d.rows
	d.rows = nil
	defer func() { d.rows = rows }()
	return d.items(func() error {
		return rows.Read(func(item reflect.Value) error { return d.item(e.Member(), item) })
	})
}

func (d *decoder) list(e xmlwire.Element, list reflect.Value) error {
	if c, err := d.peek(); err != nil {
		return err
	} else if c == '"' && d.opts.Lenient && list.Type().Elem().Kind() == reflect.String {
		return d.listInText(list)
	}
	zero := reflect.Zero(list.Type().Elem())
	return d.items(func() error {
		list.Set(reflect.Append(list, zero))
		return d.item(e.Member(), list.Index(list.Len()-1))
	})
}

// listInText reads "a,b".
func (d *decoder) listInText(list reflect.Value) error {
	if err := d.readText(); err != nil {
		return err
	}
	SplitList(string(d.text), list)
	return nil
}

// SplitList appends the parts of a text such as "a,b" or "[a,b]" to a slice of strings.
func SplitList(text string, list reflect.Value) {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")
	if text == "" {
		return
	}
	for part := range strings.SplitSeq(text, ",") {
		list.Set(reflect.Append(list, reflect.ValueOf(part).Convert(list.Type().Elem())))
	}
}

// items reads an array, calling item in front of each item, with its number in the path.
func (d *decoder) items(item func() error) error {
	n, at := 0, len(d.path)-1
	name := d.path[at]
	defer func() { d.path[at] = name }()
	return d.each('[', func() error {
		n++
		d.path[at] = name + "[" + strconv.Itoa(n) + "]"
		return item()
	})
}

// item reads one item of a list. A null cannot be told from an empty item in Go.
func (d *decoder) item(m *xmlwire.Member, v reflect.Value) error {
	if null, err := d.isNull(); null && err == nil && !d.opts.Lenient {
		return d.mismatch("an item", "null")
	} else if null || err != nil {
		return err
	}
	return d.value(m, v)
}

func (d *decoder) dictionary(list reflect.Value) error {
	zero := reflect.Zero(list.Type().Elem())
	return d.members(func(name []byte) error {
		list.Set(reflect.Append(list, zero))
		pair := messageAt(list.Index(list.Len() - 1))
		elements := shapeOf(pair).elements
		if len(elements) != 2 {
			return fmt.Errorf("%s: pairs of %d parts", d.where(), len(elements))
		}
		elements[0].Set(pair).SetString(string(name))
		if null, err := d.isNull(); null || err != nil {
			elements[1].SetNil(pair)
			return err
		}
		return d.value(elements[1].Member(), elements[1].Set(pair))
	})
}

func (d *decoder) value(m *xmlwire.Member, v reflect.Value) error {
	c, err := d.peek()
	switch {
	case err != nil:
		return err
	case m.Kind == xmlwire.Struct && c == '{':
		return d.message(messageAt(v))
	case m.Kind == xmlwire.Struct:
		return d.mismatch("an object", string(rune(c)))
	case c == '{' || c == '[':
		return d.mismatch(wanted(m.Kind, v), string(rune(c)))
	case c == '"':
		err = d.readText()
	default:
		err = d.readLiteral()
	}
	if err != nil {
		return err
	}
	if !ParseScalar(m.Kind, v, string(d.text)) && !(d.opts.Lenient && m.Kind != xmlwire.DateTime) {
		return d.mismatch(wanted(m.Kind, v), string(d.text))
	}
	return nil
}

func (d *decoder) mismatch(want, got string) error {
	const most = 40
	if len(got) > most {
		got = strings.ToValidUTF8(got[:most], "") + "…"
	}
	return &xmlwire.ValueError{Path: d.where(), Offset: d.offset, Want: want, Got: got}
}

func wanted(kind xmlwire.Kind, v reflect.Value) string {
	switch {
	case kind == xmlwire.DateTime:
		return "a date (ISO 8601)"
	case v.Kind() == reflect.Bool:
		return "true or false"
	case v.CanFloat():
		return "a number"
	case v.CanInt() || v.CanUint():
		return "a whole number in range"
	}
	return "a text"
}

// ParseScalar sets v, of a kind, to what text says, and reports whether that is possible. Numbers may have been in quotes.
// 0 and 1 stand for false and true too.
func ParseScalar(kind xmlwire.Kind, v reflect.Value, text string) bool {
	switch {
	case kind == xmlwire.DateTime:
		t, ok := xmlwire.ParseDateTime(text)
		if ok {
			v.Set(reflect.ValueOf(t))
		}
		return ok
	case v.Kind() == reflect.String:
		v.SetString(text)
		return true
	case v.Kind() == reflect.Bool:
		return parseBool(v, text)
	case v.CanFloat():
		return parseFloat(v, text)
	case v.CanInt():
		n, err := strconv.ParseInt(text, 10, v.Type().Bits())
		if err == nil {
			v.SetInt(n)
		}
		return err == nil
	case v.CanUint():
		n, err := strconv.ParseUint(text, 10, v.Type().Bits())
		if err == nil {
			v.SetUint(n)
		}
		return err == nil
	}
	return false
}

func parseBool(v reflect.Value, text string) bool {
	switch strings.ToLower(text) {
	case "true", "1":
		v.SetBool(true)
	case "false", "0":
		v.SetBool(false)
	default:
		return false
	}
	return true
}

// parseFloat reads a number. strconv takes more than JSON and the CLR do: hexadecimal digits, underscores, "inf".
func parseFloat(v reflect.Value, text string) bool {
	switch text {
	case "NaN":
		v.SetFloat(math.NaN())
		return true
	case "Infinity", "INF":
		v.SetFloat(math.Inf(1))
		return true
	case "-Infinity", "-INF":
		v.SetFloat(math.Inf(-1))
		return true
	}
	if strings.ContainsFunc(text, func(c rune) bool { return !strings.ContainsRune("+-.0123456789eE", c) }) {
		return false
	}
	x, err := strconv.ParseFloat(text, v.Type().Bits())
	if err != nil {
		return false
	}
	v.SetFloat(x)
	return true
}
