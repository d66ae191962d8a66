package xmlwire

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// An Enumeration is a type whose values the schema lists. Generated enumerations are such.
type Enumeration interface {
	// XMLValues returns the values as they stand on the wire.
	XMLValues() []string
}

// Validate checks m, and all that it holds, by what the schema says beyond Go types: members that must be there, how often a
// member may occur, choices, the values of enumerations and the facets of simple types (see Member.Facets). The error joins a
// *ValueError for each thing that is wrong, with its path; it is nil if nothing is.
//
// Plain values are always there, so that a missing one is known only while reading: see ReadOptions.Validate. Elements that are
// kept as Raw are not looked into.
func Validate(m Message) error {
	v := reflect.ValueOf(m)
	if v.IsNil() {
		return errors.New("xmlwire: validating a nil message")
	}
	b := bindingOf(m)
	var errs []error
	c := checker{deep: true, report: func(e *ValueError) { errs = append(errs, e) }}
	name := b.typ.Element
	if name == "" {
		name = b.typ.Name
	}
	c.structAt(b, v.UnsafePointer(), "/"+name)
	return errors.Join(errs...)
}

// A checker checks values that are in memory.
type checker struct {
	deep   bool // also what stands in elements further down
	report func(*ValueError)
}

func (c *checker) say(path, want, got string) {
	c.report(&ValueError{Path: path, Offset: -1, Want: want, Got: got})
}

// structAt checks the members of the struct at p.
func (c *checker) structAt(b *binding, p unsafe.Pointer, path string) {
	for i := range b.choices {
		err := b.checkChoice(&b.choices[i], p)
		if ve, ok := err.(*ValueError); ok {
			ve.Path = path + ve.Path
			c.report(ve)
		}
	}
	for i := range b.attrs {
		c.member(&b.attrs[i], p, path+"/@"+b.attrs[i].local)
	}
	if b.text != nil {
		c.member(b.text, p, path)
	}
	for i := range b.elems {
		f := &b.elems[i]
		name := path
		if f.named() {
			name += "/" + f.local
		}
		c.member(f, p, name)
	}
}

// member checks one field of the struct at p.
func (c *checker) member(f *field, p unsafe.Pointer, path string) {
	slot := unsafe.Add(p, f.offset)
	switch {
	case f.Flags&List != 0:
		c.list(f, slot, path)
	case f.shape == inSlice:
		c.items(f, slot, path)
	default:
		value, ok := valueIn(f, f.shape, slot)
		if ok && f.shape == plain && (f.Kind == Poly || f.Kind == Choice) {
			ok = !reflect.NewAt(f.base, slot).Elem().IsNil()
		}
		null := f.shape == inOpt && *(*optState)(unsafe.Add(slot, f.state)) == optNil
		switch {
		case ok:
			c.value(f, value, path)
		case null && f.Flags&Nillable == 0:
			c.say(path, "a value", "nil")
		case !null && f.Flags&Required != 0 && f.Member.Choice == 0 && f.Flags&Nillable == 0:
			c.say(path, "a value, the member being required", "nothing")
		}
	}
}

// list checks a white-space separated list: its length, and each item.
func (c *checker) list(f *field, slot unsafe.Pointer, path string) {
	h := (*sliceHeader)(slot)
	if h.data == nil {
		if f.Flags&Required != 0 && f.Member.Choice == 0 && f.Flags&Nillable == 0 {
			c.say(path, "a value, the member being required", "nothing")
		}
		return
	}
	for _, facet := range f.Facets {
		if want, ok := facet.allowsLength(h.len, "items"); !ok {
			c.say(path, want, strconv.Itoa(h.len))
		}
	}
	for i := range h.len {
		if p, ok := valueIn(f, f.item, unsafe.Add(h.data, uintptr(i)*f.size)); ok {
			c.enumeration(f, p, path)
		}
	}
}

// items checks a member that repeats: how often it is there, and each item.
func (c *checker) items(f *field, slot unsafe.Pointer, path string) {
	h := (*sliceHeader)(slot)
	if f.Item != "" {
		if h.data == nil {
			if f.Flags&Required != 0 && f.Member.Choice == 0 && f.Flags&Nillable == 0 {
				c.say(path, "a value, the member being required", "nothing")
			}
			return
		}
		path += "/" + f.itemLocal
	} else if h.len == 0 && f.Flags&Required != 0 && f.Member.Choice == 0 {
		c.say(path, "at least one", "nothing")
		return
	}
	for _, facet := range f.Facets {
		if want, ok := facet.allowsOccurs(h.len); !ok && (h.len > 0 || f.Flags&Required != 0 || f.Item != "") {
			c.say(path, want, strconv.Itoa(h.len))
		}
	}
	for i := range h.len {
		at := path
		if i > 0 {
			at += "[" + strconv.Itoa(i+1) + "]"
		}
		if p, ok := valueIn(f, f.item, unsafe.Add(h.data, uintptr(i)*f.size)); ok {
			c.value(f, p, at)
		}
	}
}

// value checks one value, which is there.
func (c *checker) value(f *field, p unsafe.Pointer, path string) {
	switch f.Kind {
	case Struct, Group:
		if c.deep || f.Kind == Group {
			c.structAt(f.sub, p, path)
		}
	case Poly, Choice:
		if !c.deep && f.Kind == Poly || reflect.NewAt(f.base, p).Elem().IsNil() {
			return
		}
		if alt, at, err := f.alternative(p); err == nil && !alt.typ.Unknown {
			c.structAt(alt, at, path)
		}
	case AnyElement, AnyAttr, QName:
	default:
		if !c.enumeration(f, p, path) {
			return
		}
		if len(f.Facets) > 0 {
			c.facets(f, p, path)
		}
	}
}

// enumeration checks that a value is one of those that the schema lists, if it lists any.
func (c *checker) enumeration(f *field, p unsafe.Pointer, path string) bool {
	if !f.base.Implements(enumerationType) {
		return true
	}
	values := reflect.NewAt(f.base, p).Elem().Interface().(Enumeration).XMLValues()
	text, err := lexical(f, p)
	if err == nil && slices.Contains(values, text) {
		return true
	}
	c.say(path, "one of "+shortList(values), text)
	return false
}

var enumerationType = reflect.TypeFor[Enumeration]()

// shortList returns the first of values, for a text.
func shortList(values []string) string {
	const most = 8
	if len(values) > most {
		return strings.Join(values[:most], ", ") + fmt.Sprintf(" and %d more", len(values)-most)
	}
	return strings.Join(values, ", ")
}

func (c *checker) facets(f *field, p unsafe.Pointer, path string) {
	text, err := lexical(f, p)
	if err != nil {
		c.report(&ValueError{Path: path, Offset: -1, Want: "a value that XML can carry", Err: err})
		return
	}
	for _, facet := range f.Facets {
		var want string
		ok := true
		switch {
		case facet.isOccurs():
		case facet.isLength() && (f.Kind == Base64 || f.Kind == Hex):
			want, ok = facet.allowsLength(len(*(*[]byte)(p)), "bytes")
		case facet.isLength():
			want, ok = facet.allowsLength(utf8.RuneCountInString(text), "characters")
		default:
			want, ok = facet.allows(text)
		}
		if !ok {
			c.say(path, want, text)
		}
	}
}

// lexical returns the text of a scalar as it is before it is escaped.
func lexical(f *field, p unsafe.Pointer) (string, error) {
	switch f.Kind {
	case String, NormalizedString, Token:
		return *(*string)(p), nil
	case Custom:
		text, err := reflect.NewAt(f.base, p).Interface().(TextValue).AppendXML(nil)
		return string(text), err
	}
	text, err := appendScalar(nil, f, p, false)
	return string(text), err
}
