package xmlwire

import (
	"reflect"
	"time"
	"unsafe"
)

// An Element is one element member of a type, for codecs that put the same structs into another format than XML: its line
// in the table, and the way to its place in a struct. Attributes and simple content are no Elements.
type Element struct{ f *field }

// Elements returns the element members of the type of m, in the order of the schema. What m holds does not matter; it may be
// a nil pointer. It panics if the table of m does not fit its struct.
func Elements(m Message) []Element {
	b := bindingOf(m)
	elements := make([]Element, len(b.elems))
	for i := range b.elems {
		elements[i] = Element{&b.elems[i]}
	}
	return elements
}

// Member returns the line in the table, which must not be changed.
func (e Element) Member() *Member { return e.f.Member }

// Name returns the local name on the wire.
func (e Element) Name() string { return e.f.local }

// IsList reports whether the member is a slice of values.
func (e Element) IsList() bool { return e.f.shape == inSlice }

// Type returns the Go type of one value: that in an Opt, of what a pointer points to, of an item of a slice.
func (e Element) Type() reflect.Type { return e.f.base }

// Get returns the value in m, which must be of the type that e is of: that of an Opt, what a pointer points to, or a whole
// slice. It reports false for a member that is absent or nil.
func (e Element) Get(m Message) (reflect.Value, bool) {
	p := e.place(m)
	switch e.f.shape {
	case inOpt:
		return e.valueAt(p), *(*optState)(unsafe.Add(p, e.f.state)) == optValue
	case inPointer:
		v := reflect.NewAt(e.f.goType, p).Elem()
		if v.IsNil() {
			return reflect.Zero(e.f.base), false
		}
		return v.Elem(), true
	case inSlice:
		v := reflect.NewAt(e.f.goType, p).Elem()
		return v, !v.IsNil()
	}
	return e.valueAt(p), true
}

// Set makes the member one that has a value, which is zero or, of a slice, empty, and returns it to be filled in.
func (e Element) Set(m Message) reflect.Value {
	p := e.place(m)
	v := reflect.NewAt(e.f.goType, p).Elem()
	v.SetZero()
	switch e.f.shape {
	case inOpt:
		*(*optState)(unsafe.Add(p, e.f.state)) = optValue
		return e.valueAt(p)
	case inPointer:
		v.Set(reflect.New(e.f.base))
		return v.Elem()
	case inSlice:
		v.Set(reflect.MakeSlice(e.f.goType, 0, 0))
	}
	return v
}

// SetNil makes an Opt nil, and any other member what its zero value is.
func (e Element) SetNil(m Message) {
	p := e.place(m)
	reflect.NewAt(e.f.goType, p).Elem().SetZero()
	if e.f.shape == inOpt {
		*(*optState)(unsafe.Add(p, e.f.state)) = optNil
	}
}

func (e Element) place(m Message) unsafe.Pointer {
	return unsafe.Add(reflect.ValueOf(m).UnsafePointer(), e.f.offset)
}

func (e Element) valueAt(p unsafe.Pointer) reflect.Value { return reflect.NewAt(e.f.base, p).Elem() }

// Field returns the name of the Go field whose items the Rows take.
func (rows *Rows) Field() string { return rows.field }

// Read hands over one item, which read fills in from its zero value. It returns the error of read, or ErrStopped.
func (rows *Rows) Read(read func(item reflect.Value) error) error {
	rows.clear()
	if err := read(reflect.NewAt(rows.typ, rows.item).Elem()); err != nil {
		return err
	}
	return rows.hand()
}

// ParseDateTime reads an xs:dateTime as members of kind DateTime are read: one without a zone is in NoZone, a date alone is
// its midnight.
func ParseDateTime(text string) (t time.Time, ok bool) {
	return parseDateTime([]byte(text))
}
