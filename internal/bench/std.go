package main

import (
	"encoding/xml"
	"reflect"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// newStd returns a pointer to a struct that encoding/xml reads and writes as the generators do that build on it: plain
// fields, pointers for what may be absent, tags for the names. Its type is made from that of the generated row, so that
// the two cannot drift apart.
func newStd() any { return reflect.New(stdResponse).Interface() }

var stdResponse = reflect.StructOf([]reflect.StructField{
	{Name: "XMLName", Type: reflect.TypeFor[xml.Name](), Tag: `xml:"GetReportUnitHistoryResponse"`},
	{Name: "List", Type: reflect.SliceOf(stdType(reflect.TypeFor[generated.UnitHistory]())), Tag: `xml:"List>UnitHistory"`},
})

// stdType turns Opt[T] into *T, all the way down.
func stdType(t reflect.Type) reflect.Type {
	if t.Kind() != reflect.Struct || t.PkgPath() == "time" {
		return t
	}
	if t.NumField() == 2 && t.Field(1).Type.Name() == "optState" {
		return reflect.PointerTo(stdType(t.Field(0).Type))
	}
	names := wireNames(t)
	fields := make([]reflect.StructField, t.NumField())
	for i := range fields {
		f := t.Field(i)
		fields[i] = reflect.StructField{Name: f.Name, Type: stdType(f.Type), Tag: reflect.StructTag(`xml:"` + names[f.Name] + `"`)}
	}
	return reflect.StructOf(fields)
}

// wireNames returns the names of elements by those of fields.
func wireNames(t reflect.Type) map[string]string {
	names := make(map[string]string)
	for _, m := range reflect.New(t).Interface().(xmlwire.Message).XMLType().Members {
		names[m.Field] = m.Field
		if m.Name != "" {
			names[m.Field] = m.Name
		}
	}
	return names
}
