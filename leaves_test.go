package trackunit_test

import (
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit"
)

// sameLeaves compares an element, read into a tree by somebody else, with the Go value that was decoded from it: every
// element must be in the value, and everything in the value must be in the element. It knows nothing of the tables that
// decoding goes by, only of Go's types and how the names of fields are made.
func sameLeaves(t *testing.T, e *etree.Element, v reflect.Value) {
	t.Helper()
	switch got := v.Interface().(type) {
	case time.Time:
		sameTime(t, e, got)
		return
	case optional:
		sameLeaves(t, e, reflect.ValueOf(got).MethodByName("Value").Call(nil)[0])
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		sameMembers(t, e, v)
	case reflect.Slice:
		sameItems(t, e, v)
	case reflect.String:
		assert.Equal(t, textOf(e), v.String(), e.GetPath())
	case reflect.Bool:
		text := strings.TrimSpace(textOf(e))
		assert.Equal(t, text == "true" || text == "1", v.Bool(), e.GetPath())
	case reflect.Int32:
		want, err := strconv.ParseInt(strings.TrimSpace(textOf(e)), 10, 32)
		assert.NoError(t, err, e.GetPath())
		assert.Equal(t, want, v.Int(), e.GetPath())
	case reflect.Float64:
		sameFloat(t, e, v.Float())
	default:
		t.Errorf("%s: there is no comparison for %s", e.GetPath(), v.Type())
	}
}

// optional is an xmlwire.Opt.
type optional interface {
	IsSet() bool
	IsNil() bool
	IsZero() bool
}

func sameMembers(t *testing.T, e *etree.Element, v reflect.Value) {
	t.Helper()
	children := make(map[string]*etree.Element)
	for _, c := range e.ChildElements() {
		assert.NotContains(t, children, c.Tag, "%s comes twice", c.GetPath())
		children[c.Tag] = c
	}
	for i := range v.NumField() {
		name := wireName(v.Type().Field(i))
		sameMember(t, e.GetPath()+"/"+name, children[name], v.Field(i))
		delete(children, name)
	}
	for _, c := range children {
		t.Errorf("%s is lost", c.GetPath())
	}
}

func sameMember(t *testing.T, path string, e *etree.Element, v reflect.Value) {
	t.Helper()
	opt, isOpt := v.Interface().(optional)
	switch {
	case e == nil && isOpt:
		assert.True(t, opt.IsZero(), "%s is set", path)
	case e == nil:
		assert.True(t, v.IsZero(), "%s is set", path)
	case isNil(e) && isOpt:
		assert.True(t, opt.IsNil(), "%s is not nil", path)
	case isNil(e):
		assert.True(t, v.Kind() == reflect.Slice && v.IsNil(), "%s is not nil", path)
	case isOpt && !opt.IsSet():
		t.Errorf("%s is lost", path)
	default:
		sameLeaves(t, e, v)
	}
}

func sameItems(t *testing.T, e *etree.Element, v reflect.Value) {
	t.Helper()
	items := e.ChildElements()
	assert.False(t, v.IsNil(), "%s is nil", e.GetPath())
	if assert.Equal(t, len(items), v.Len(), e.GetPath()) {
		for i, item := range items {
			sameLeaves(t, item, v.Index(i))
		}
	}
}

func sameFloat(t *testing.T, e *etree.Element, got float64) {
	t.Helper()
	want, err := strconv.ParseFloat(strings.TrimSpace(textOf(e)), 64)
	assert.NoError(t, err, e.GetPath())
	if !math.IsNaN(want) {
		assert.Equal(t, want, got, e.GetPath())
		assert.Equal(t, math.Signbit(want), math.Signbit(got), e.GetPath())
		return
	}
	assert.True(t, math.IsNaN(got), e.GetPath())
}

// sameTime also wants the zone to be as it was written, or none.
func sameTime(t *testing.T, e *etree.Element, got time.Time) {
	t.Helper()
	text := strings.TrimSpace(textOf(e))
	if want, err := time.Parse(time.RFC3339Nano, text); err == nil {
		_, wantOffset := want.Zone()
		_, gotOffset := got.Zone()
		assert.True(t, want.Equal(got), "%s: %s, want %s", e.GetPath(), got, text)
		assert.Equal(t, wantOffset, gotOffset, e.GetPath())
		assert.NotSame(t, trackunit.NoZone, got.Location(), e.GetPath())
		return
	}
	want, err := time.Parse("2006-01-02T15:04:05.999999999", text)
	assert.NoError(t, err, e.GetPath())
	assert.True(t, want.Equal(got), "%s: %s, want %s", e.GetPath(), got, text)
	if !want.IsZero() { // what .NET writes for "not set" is Go's zero time
		assert.Same(t, trackunit.NoZone, got.Location(), e.GetPath())
	}
}

// wireName returns the name that a field has on the wire: that in its JSON tag, or its own.
func wireName(f reflect.StructField) string {
	if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
		return name
	}
	return f.Name
}

func isNil(e *etree.Element) bool {
	for _, a := range e.Attr {
		if a.Key == "nil" && a.NamespaceURI() == "http://www.w3.org/2001/XMLSchema-instance" {
			v := strings.TrimSpace(a.Value)
			return v == "true" || v == "1"
		}
	}
	return false
}

// textOf returns the text of an element, or nothing for no element.
func textOf(e *etree.Element) string {
	if e == nil {
		return ""
	}
	var b strings.Builder
	for _, c := range e.Child {
		if text, ok := c.(*etree.CharData); ok {
			b.WriteString(text.Data)
		}
	}
	return b.String()
}
