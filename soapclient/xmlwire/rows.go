package xmlwire

import (
	"errors"
	"reflect"
	"unsafe"
)

// ErrStopped is what DecodeRows returns when the receiver of the rows asked for no more. The document was not read
// to its end.
var ErrStopped = errors.New("stopped by the receiver of the rows")

// Rows takes the items of one list of a message one by one, as they are read, in place of the list in the struct.
// It is used for one DecodeRows at a time.
type Rows struct {
	field string
	typ   reflect.Type
	item  unsafe.Pointer // *T, of the item being read
	clear func()
	yield func() bool
	count int
}

// NewRows returns Rows that hand each item of the list in the named Go field to yield, by value: an item stays valid
// and shares no memory with the next. If yield returns false, reading stops with ErrStopped. T is the type of the
// field's items.
func NewRows[T any](field string, yield func(T) bool) *Rows {
	item := new(T)
	return &Rows{
		field: field,
		typ:   reflect.TypeFor[T](),
		item:  unsafe.Pointer(item),
		clear: func() { var zero T; *item = zero },
		yield: func() bool { return yield(*item) },
	}
}

// Count returns how many rows were handed over.
func (rows *Rows) Count() int { return rows.count }

// next makes room for an item of the list in f.
func (rows *Rows) next(f *field) error {
	if rows.typ != f.goType.Elem() {
		return errors.New("xmlwire: rows of " + rows.typ.String() + " for a list of " + f.goType.Elem().String())
	}
	rows.clear()
	return nil
}

// hand gives the item that was read to the receiver.
func (rows *Rows) hand() error {
	rows.count++
	if !rows.yield() {
		return ErrStopped
	}
	return nil
}
