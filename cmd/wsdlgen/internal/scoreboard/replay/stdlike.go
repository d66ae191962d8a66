package replay

import (
	"cmp"
	"encoding/xml"
	"errors"
	"reflect"
	"strings"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// stdLike returns a function that makes structs for encoding/xml of the shape that m has: pointers where a member may be
// missing, slices where it repeats, and the members of choices side by side. encoding/xml knows no xsi:type; where a derived
// type may stand it gets the members of all.
func stdLike(m xmlwire.Message) (func() any, error) {
	b := stdBuilder{open: map[*xmlwire.Type]bool{}}
	typ := b.structOf(m)
	if typ == nil {
		return nil, errors.New("there is no such struct for encoding/xml")
	}
	return func() any { return reflect.New(typ).Interface() }, nil
}

type stdBuilder struct{ open map[*xmlwire.Type]bool }

// structOf makes the counterpart of a struct; nil for one that contains itself, of which reflection can make none.
func (b *stdBuilder) structOf(m xmlwire.Message) reflect.Type {
	t := m.XMLType()
	if b.open[t] {
		return nil
	}
	b.open[t] = true
	defer delete(b.open, t)
	var fields []reflect.StructField
	b.add(&fields, map[string]bool{}, m, false)
	return reflect.StructOf(fields)
}

// add adds the fields for the members of m; repeated says that they stand in something that repeats.
func (b *stdBuilder) add(fields *[]reflect.StructField, seen map[string]bool, m xmlwire.Message, repeated bool) {
	goType := reflect.TypeOf(m).Elem()
	for _, member := range m.XMLType().Members {
		f, ok := goType.FieldByName(member.Field)
		if !ok {
			continue
		}
		many := f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() != reflect.Uint8 && member.Flags&xmlwire.List == 0
		switch member.Kind {
		case xmlwire.Choice, xmlwire.Group:
			for _, alt := range alternatives(member, f.Type) {
				b.add(fields, seen, alt, repeated || many)
			}
			continue
		case xmlwire.AnyAttr:
			b.wild(fields, seen, "Attrs", ",any,attr", reflect.TypeFor[[]xml.Attr]())
			continue
		case xmlwire.AnyElement:
			b.wild(fields, seen, "Any", cmp.Or(member.Name, ",any"), reflect.TypeFor[[]stdRaw]())
			continue
		}
		tag := member.Name
		if tag == "" {
			tag = member.Field
		}
		switch {
		case member.Flags&xmlwire.Text != 0:
			tag = ",chardata"
		case member.Flags&xmlwire.Attr != 0:
			tag += ",attr"
		case member.Item != "":
			tag += ">" + member.Item
		}
		if seen[tag] {
			continue
		}
		typ := b.value(member, f.Type)
		if typ == nil {
			continue
		}
		seen[tag] = true
		if many || repeated {
			typ = reflect.SliceOf(typ)
		} else if isOpt(f.Type) {
			typ = reflect.PointerTo(typ)
		}
		name := "F" + strings.Map(func(r rune) rune {
			if r < 128 && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
				return r
			}
			return '_'
		}, tag)
		for seen["go:"+name] {
			name += "_"
		}
		seen["go:"+name] = true
		*fields = append(*fields, reflect.StructField{Name: name, Type: typ, Tag: reflect.StructTag(`xml:"` + tag + `"`)})
	}
}

// A stdRaw is an element that is kept as it is.
type stdRaw struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Inner   []byte     `xml:",innerxml"`
}

// wild adds the field for what is kept as it is.
func (b *stdBuilder) wild(fields *[]reflect.StructField, seen map[string]bool, name, tag string, typ reflect.Type) {
	for seen["go:"+name] {
		name += "_"
	}
	if !seen[tag] {
		seen[tag], seen["go:"+name] = true, true
		*fields = append(*fields, reflect.StructField{Name: name, Type: typ, Tag: reflect.StructTag(`xml:"` + tag + `"`)})
	}
}

// alternatives returns the structs whose members stand where a choice or group does.
func alternatives(member xmlwire.Member, t reflect.Type) []xmlwire.Message {
	if member.Kind == xmlwire.Choice {
		return member.Alts
	}
	if m, ok := reflect.New(elem(t)).Interface().(xmlwire.Message); ok {
		return []xmlwire.Message{m}
	}
	return nil
}

// elem takes slices, pointers and Opts off a type.
func elem(t reflect.Type) reflect.Type {
	for {
		switch {
		case t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8 || t.Kind() == reflect.Pointer:
			t = t.Elem()
		case isOpt(t):
			t = t.Field(0).Type
		default:
			return t
		}
	}
}

func isOpt(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.NumField() == 2 && t.Field(1).Type.Name() == "optState"
}

func (b *stdBuilder) value(member xmlwire.Member, t reflect.Type) reflect.Type {
	t = elem(t)
	switch member.Kind {
	case xmlwire.Struct:
		return b.structOf(reflect.New(t).Interface().(xmlwire.Message))
	case xmlwire.Poly:
		var fields []reflect.StructField
		seen := map[string]bool{}
		for _, alt := range member.Alts {
			if typ := alt.XMLType(); !typ.Unknown && !b.open[typ] {
				b.open[typ] = true
				b.add(&fields, seen, alt, false)
				delete(b.open, typ)
			}
		}
		return reflect.StructOf(fields)
	case xmlwire.DateTime, xmlwire.Custom, xmlwire.QName, xmlwire.Base64, xmlwire.Hex:
		return reflect.TypeFor[string]()
	}
	if member.Flags&xmlwire.List != 0 {
		return reflect.TypeFor[string]()
	}
	return t
}
