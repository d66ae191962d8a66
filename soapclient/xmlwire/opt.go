package xmlwire

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// An Opt is a member that may be missing. It is in one of three states, which XML can tell apart and Go pointers
// cannot: absent (the element is not there), nil (it is there with xsi:nil="true") or a value.
//
// The zero Opt is absent. An Opt holds its value in place, without allocation, and can be compared with == where T can.
type Opt[T any] struct {
	value T
	state optState
}

type optState uint8

const (
	optAbsent optState = iota
	optNil
	optValue
)

// Some returns an Opt that holds v.
func Some[T any](v T) Opt[T] { return Opt[T]{value: v, state: optValue} }

// Nil returns an Opt that is written as an element with xsi:nil="true".
func Nil[T any]() Opt[T] { return Opt[T]{state: optNil} }

// FromPtr returns Some(*p), or an absent Opt if p is nil.
func FromPtr[T any](p *T) Opt[T] {
	if p == nil {
		return Opt[T]{}
	}
	return Some(*p)
}

// Get returns the value and whether there is one.
func (o Opt[T]) Get() (v T, ok bool) { return o.value, o.state == optValue }

// Or returns the value, or def if there is none.
func (o Opt[T]) Or(def T) T {
	if o.state == optValue {
		return o.value
	}
	return def
}

// Value returns the value, or the zero value of T if there is none.
func (o Opt[T]) Value() T { return o.value }

// Ptr returns a pointer to a copy of the value, or nil if there is none.
func (o Opt[T]) Ptr() *T {
	if o.state != optValue {
		return nil
	}
	return &o.value
}

// IsSet reports whether o holds a value.
func (o Opt[T]) IsSet() bool { return o.state == optValue }

// IsNil reports whether o is an explicit nil.
func (o Opt[T]) IsNil() bool { return o.state == optNil }

// IsZero reports whether o is absent. The omitzero option of encoding/json uses it.
func (o Opt[T]) IsZero() bool { return o.state == optAbsent }

// Format prints the value with the verb and the flags given, so that a value that hides something hides it here too; what
// is nil or absent is "nil" or "absent". For %#v it is what one would write in Go.
func (o Opt[T]) Format(f fmt.State, verb rune) { formatOpt(f, verb, o.state, o.value) }

// String returns the value as fmt prints it, "nil" or "absent".
func (o Opt[T]) String() string { return optText(o.state, o.value) }

// MarshalJSON writes the value, or null if there is none. Give the field the option omitzero to leave out absent ones.
func (o Opt[T]) MarshalJSON() ([]byte, error) { return marshalOpt(o.state, o.value) }

// UnmarshalJSON reads a value, or nil from null.
func (o *Opt[T]) UnmarshalJSON(data []byte) (err error) {
	var v T
	state, err := unmarshalOpt(data, &v)
	if err == nil {
		*o = Opt[T]{v, state}
	}
	return err
}

// What follows is no method of Opt, since those are compiled for each T: a WSDL has hundreds.

func formatOpt(f fmt.State, verb rune, state optState, value any) {
	switch goSyntax := verb == 'v' && f.Flag('#'); {
	case state == optValue && goSyntax:
		fmt.Fprintf(f, "xmlwire.Some(%#v)", value)
	case state == optValue:
		fmt.Fprintf(f, fmt.FormatString(f, verb), value)
	case goSyntax:
		fmt.Fprintf(f, map[optState]string{optNil: "xmlwire.Nil[%T]()", optAbsent: "xmlwire.Opt[%T]{}"}[state], value)
	default:
		fmt.Fprint(f, optText(state, value))
	}
}

func optText(state optState, value any) string {
	switch state {
	case optValue:
		return fmt.Sprint(value)
	case optNil:
		return "nil"
	}
	return "absent"
}

func marshalOpt(state optState, value any) ([]byte, error) {
	if state != optValue {
		return []byte("null"), nil
	}
	return json.Marshal(value)
}

func unmarshalOpt(data []byte, p any) (optState, error) {
	if bytes.Equal(data, []byte("null")) {
		return optNil, nil
	}
	return optValue, json.Unmarshal(data, p)
}
