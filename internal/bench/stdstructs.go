package main

import (
	"encoding/xml"
	"reflect"
	"time"

	"github.com/hooklift/gowsdl/soap"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A structStyle is how structs for encoding/xml are made. Their types are made from those of the generated ones, so that
// the two cannot drift apart.
type structStyle struct {
	pointers bool // for what may be absent; else plain values, which are left out when they are zero
	time     reflect.Type
}

var (
	// pointerStructs are as careful programs have them.
	pointerStructs = structStyle{true, reflect.TypeFor[time.Time]()}
	// plainStructs are as quick ones have them: what is nil reads as zero, and times as text.
	plainStructs = structStyle{false, reflect.TypeFor[string]()}
	// gowsdlStructs are as gowsdl generates them.
	gowsdlStructs = structStyle{true, reflect.TypeFor[soap.XSDDateTime]()}
)

// like returns a pointer to a new struct for the element that m is in the service's messages.
func (s structStyle) like(m xmlwire.Message) any { return reflect.New(s.message(m)).Interface() }

// message makes a type that names its element and its namespace.
func (s structStyle) message(m xmlwire.Message) reflect.Type {
	t := m.XMLType()
	name := reflect.StructField{
		Name: "XMLName", Type: reflect.TypeFor[xml.Name](), Tag: reflect.StructTag(`xml:"` + t.Space + " " + t.Name + `"`),
	}
	return reflect.StructOf(append([]reflect.StructField{name}, s.fields(reflect.TypeOf(m).Elem())...))
}

// typ is the counterpart of t: Opt[T] becomes *T or T, all the way down.
func (s structStyle) typ(t reflect.Type) reflect.Type {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return s.time
	case t.Kind() == reflect.Slice:
		return reflect.SliceOf(s.typ(t.Elem()))
	case isOpt(t) && s.pointers:
		return reflect.PointerTo(s.typ(t.Field(0).Type))
	case isOpt(t):
		return s.typ(t.Field(0).Type)
	case reflect.PointerTo(t).Implements(reflect.TypeFor[xmlwire.Message]()):
		return reflect.StructOf(s.fields(t))
	}
	return t
}

func (s structStyle) fields(t reflect.Type) []reflect.StructField {
	tags := s.tags(t)
	fields := make([]reflect.StructField, t.NumField())
	for i := range fields {
		f := t.Field(i)
		fields[i] = reflect.StructField{Name: f.Name, Type: s.typ(f.Type), Tag: tags[f.Name]}
	}
	return fields
}

func isOpt(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.NumField() == 2 && t.Field(1).Type.Name() == "optState"
}

// tags returns the tags for encoding/xml, by the names of fields.
func (s structStyle) tags(t reflect.Type) map[string]reflect.StructTag {
	tags := make(map[string]reflect.StructTag)
	for _, m := range reflect.New(t).Interface().(xmlwire.Message).XMLType().Members {
		tag := m.Field
		if m.Name != "" {
			tag = m.Name
		}
		if m.Item != "" {
			tag += ">" + m.Item
		}
		tags[m.Field] = reflect.StructTag(`xml:"` + tag + `,omitempty"`)
	}
	return tags
}
