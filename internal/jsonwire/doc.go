// Package jsonwire puts messages into JSON and takes them out of it, by the tables that xmlwire has of them, in the form
// that ServiceStack gives to the same classes: names in camel case, no members for what is null, dates in ISO 8601,
// dictionaries as objects, NaN and Infinity bare.
//
// What the form loses of a message:
//
//   - nil and absent are one: a member that is nil is left out and read as absent;
//   - as ServiceStack answers (AsServiceStack), numbers have 15 significant digits, -0 is 0, and dates without a zone
//     have a Z, so that they are read as UTC.
package jsonwire

import (
	"reflect"
	"strings"
	"sync"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A shape is what reading and writing know of one type of messages.
type shape struct {
	elements []xmlwire.Element
	names    []string       // as they are written, beside elements
	byName   map[string]int // by name in lower case
}

var shapes sync.Map // *xmlwire.Type → *shape

func shapeOf(m xmlwire.Message) *shape {
	if s, ok := shapes.Load(m.XMLType()); ok {
		return s.(*shape)
	}
	s := &shape{elements: xmlwire.Elements(m), byName: make(map[string]int)}
	for i, e := range s.elements {
		s.names = append(s.names, CamelCase(e.Name()))
		s.byName[strings.ToLower(e.Name())] = i
	}
	shapes.Store(m.XMLType(), s)
	return s
}

// find returns the element with a name, whose case does not matter.
func (s *shape) find(name []byte) (xmlwire.Element, bool) {
	i, ok := s.byName[string(name)]
	if !ok {
		if i, ok = s.byName[strings.ToLower(string(name))]; !ok {
			return xmlwire.Element{}, false
		}
	}
	return s.elements[i], true
}

// CamelCase turns the name of a member into the one that it has in JSON. Of capitals at the beginning all but the one that
// starts the next word become small: ADVoltageLimits is adVoltageLimits.
func CamelCase(name string) string {
	b := []byte(name)
	for i := range b {
		next := i+1 == len(b) || upper(b[i+1])
		if !upper(b[i]) || i > 0 && !next {
			break
		}
		b[i] += 'a' - 'A'
	}
	return string(b)
}

func upper(c byte) bool { return 'A' <= c && c <= 'Z' }

// messageAt returns the message that v, which can be addressed, holds.
func messageAt(v reflect.Value) xmlwire.Message { return v.Addr().Interface().(xmlwire.Message) }

// isDictionary reports whether the items of a list are what a data contract makes of a dictionary: pairs of Key and Value.
func isDictionary(e xmlwire.Element) bool {
	return e.IsList() && e.Member().Kind == xmlwire.Struct && strings.HasPrefix(e.Member().Item, "KeyValueOf")
}
