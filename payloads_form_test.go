package trackunit_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// goldenIndent indents XML that stands on one line, without a change of its text: an element that holds elements has them
// on lines of their own.
func goldenIndent(wire []byte) string {
	var b strings.Builder
	depth := 0
	opened := false // the tag before was a start tag, and nothing came after it
	for i, tag := range goldenTags.FindAllIndex(wire, -1) {
		text := string(wire[tag[0]:tag[1]])
		end := strings.HasPrefix(text, "</")
		if end {
			depth--
		}
		if i > 0 && wire[tag[0]-1] == '>' && !(opened && end) {
			b.WriteString("\n" + strings.Repeat("  ", depth))
		}
		opened = !end && !strings.HasSuffix(text, "/>") && !strings.HasPrefix(text, "<?")
		if opened {
			depth++
		}
		next := len(wire)
		if more := goldenTags.FindIndex(wire[tag[1]:]); more != nil {
			next = tag[1] + more[0]
		}
		b.Write(wire[tag[0]:next])
	}
	return b.String() + "\n"
}

// No attribute has a > in it: our writer makes a reference of it.
var goldenTags = regexp.MustCompile(`<[^>]*>`)

var goldenIndentation = regexp.MustCompile(`>\n *<`)

// goldenWire takes indentation out.
func goldenWire(text string) []byte {
	return []byte(goldenIndentation.ReplaceAllString(strings.TrimSuffix(text, "\n"), "><"))
}

func TestGoldenIndent(t *testing.T) {
	const wire = `<?xml version="1.0"?><a x="1"><b></b><c /><d><e>1 &gt; 0` + "\n" + `</e></d></a>`
	text := goldenIndent([]byte(wire))
	assert.Equal(t, `<?xml version="1.0"?>
<a x="1">
  <b></b>
  <c />
  <d>
    <e>1 &gt; 0
</e>
  </d>
</a>
`, text)
	assert.Equal(t, wire, string(goldenWire(text)))
}

// The Go values stand in the files as JSON, the JSON that encoding/json makes of the generated types but for what that
// cannot say:
//
//   - a time in xmlwire.NoZone is written without a zone, and so is the zero time;
//   - numbers that JSON does not have are the strings "NaN", "INF" and "-INF".
//
// A member that is left out is absent, null is nil. Responses are written by the service's rule that nothing is absent:
// there, a member may also be left out in place of null.

// goldenValue returns the text of a message. If all is set, absent members are shown as null.
func goldenValue(m xmlwire.Message, all bool) string {
	w := goldenWriter{all: all}
	w.value(reflect.ValueOf(m).Elem())
	var b bytes.Buffer
	if err := json.Indent(&b, w.b.Bytes(), "", "  "); err != nil {
		panic(err)
	}
	return b.String() + "\n"
}

type goldenWriter struct {
	b   bytes.Buffer
	all bool
}

func (w *goldenWriter) value(v reflect.Value) {
	switch x := v.Interface().(type) {
	case time.Time:
		w.json(goldenTime(x))
		return
	case float64:
		w.float(x)
		return
	case interface{ IsSet() bool }:
		if !x.IsSet() {
			w.b.WriteString("null")
			return
		}
		w.value(v.MethodByName("Value").Call(nil)[0])
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		w.object(v)
	case reflect.Slice:
		w.array(v)
	default:
		w.json(v.Interface())
	}
}

func (w *goldenWriter) object(v reflect.Value) {
	w.b.WriteByte('{')
	first := true
	for i := range v.NumField() {
		field := v.Field(i)
		if !w.all && goldenAbsent(field) {
			continue
		}
		if !first {
			w.b.WriteByte(',')
		}
		first = false
		w.json(goldenName(v.Type().Field(i)))
		w.b.WriteByte(':')
		w.value(field)
	}
	w.b.WriteByte('}')
}

func (w *goldenWriter) array(v reflect.Value) {
	if v.IsNil() {
		w.b.WriteString("null")
		return
	}
	w.b.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			w.b.WriteByte(',')
		}
		w.value(v.Index(i))
	}
	w.b.WriteByte(']')
}

func (w *goldenWriter) float(f float64) {
	switch {
	case math.IsNaN(f):
		w.json("NaN")
	case math.IsInf(f, 0):
		w.json(strings.TrimPrefix(strings.ToUpper(fmt.Sprint(f)), "+"))
	default:
		w.json(f)
	}
}

func (w *goldenWriter) json(v any) {
	e := json.NewEncoder(&w.b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
}

func goldenName(f reflect.StructField) string {
	if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
		return name
	}
	return f.Name
}

func goldenAbsent(v reflect.Value) bool {
	if opt, ok := v.Interface().(interface{ IsZero() bool }); ok && v.Type() != reflect.TypeFor[time.Time]() {
		return opt.IsZero()
	}
	return v.Kind() == reflect.Slice && v.IsNil()
}

const goldenNoZone = "2006-01-02T15:04:05.999999999"

func goldenTime(at time.Time) string {
	if at.IsZero() || at.Location() == xmlwire.NoZone {
		return at.Format(goldenNoZone)
	}
	return at.Format(time.RFC3339Nano)
}

func parseGoldenTime(s string) (time.Time, error) {
	if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return at, nil
	}
	at, err := time.ParseInLocation(goldenNoZone, s, xmlwire.NoZone)
	if at.IsZero() {
		return time.Time{}, err
	}
	return at, err
}

// readGoldenValue reads a text into m. A text that says anything but what was read, such as a member that there is not,
// is an error.
func readGoldenValue(text string, m xmlwire.Message) error {
	if err := readGoldenJSON([]byte(text), reflect.ValueOf(m).Elem()); err != nil {
		return err
	}
	var want, got any
	if err := errors.Join(json.Unmarshal([]byte(text), &want), json.Unmarshal([]byte(goldenValue(m, false)), &got)); err != nil {
		return err
	}
	withoutNulls(want)
	withoutNulls(got)
	if !reflect.DeepEqual(want, got) {
		return fmt.Errorf("the text says more than was understood, which is %s", goldenValue(m, false))
	}
	return nil
}

// withoutNulls takes nulls out, which a nil slice is not written as.
func withoutNulls(v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			if member == nil {
				delete(v, key)
			}
			withoutNulls(member)
		}
	case []any:
		for _, item := range v {
			withoutNulls(item)
		}
	}
}

func readGoldenJSON(data json.RawMessage, v reflect.Value) error {
	null := string(data) == "null"
	switch p := v.Addr().Interface().(type) {
	case *time.Time:
		return readGoldenText(data, p, parseGoldenTime)
	case *float64:
		return readGoldenText(data, p, parseGoldenFloat)
	case *trackunit.Opt[time.Time]:
		return readGoldenOpt(data, p, parseGoldenTime)
	case *trackunit.Opt[float64]:
		return readGoldenOpt(data, p, parseGoldenFloat)
	case json.Unmarshaler:
		return p.UnmarshalJSON(data)
	}
	switch {
	case v.Kind() == reflect.Slice && null:
		return nil
	case v.Kind() == reflect.Slice:
		var items []json.RawMessage
		if err := json.Unmarshal(data, &items); err != nil {
			return err
		}
		v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
		for i, item := range items {
			if err := readGoldenJSON(item, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	case v.Kind() == reflect.Struct:
		return readGoldenObject(data, v)
	}
	return json.Unmarshal(data, v.Addr().Interface())
}

func readGoldenObject(data json.RawMessage, v reflect.Value) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	for i := range v.NumField() {
		name := goldenName(v.Type().Field(i))
		member, ok := members[name]
		if !ok {
			continue
		}
		if err := readGoldenJSON(member, v.Field(i)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// readGoldenText reads a string by means of parse, and anything else as encoding/json does.
func readGoldenText[T any](data json.RawMessage, p *T, parse func(string) (T, error)) (err error) {
	var text string
	if json.Unmarshal(data, &text) != nil {
		return json.Unmarshal(data, p)
	}
	*p, err = parse(text)
	return err
}

func readGoldenOpt[T any](data json.RawMessage, p *trackunit.Opt[T], parse func(string) (T, error)) error {
	if string(data) == "null" {
		*p = trackunit.Nil[T]()
		return nil
	}
	var v T
	err := readGoldenText(data, &v, parse)
	*p = trackunit.Some(v)
	return err
}

func parseGoldenFloat(s string) (float64, error) {
	switch s {
	case "NaN":
		return math.NaN(), nil
	case "INF":
		return math.Inf(1), nil
	case "-INF":
		return math.Inf(-1), nil
	}
	return 0, fmt.Errorf("%q is no number", s)
}
