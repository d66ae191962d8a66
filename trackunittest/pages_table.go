package trackunittest

import (
	"reflect"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/internal/jsonwire"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// tableOf returns a member of an answer as a table. Columns are the members that any of the rows has.
func tableOf(e xmlwire.Element, v reflect.Value) reportTable {
	t := reportTable{Title: e.Name(), List: e.IsList()}
	if e.Member().Kind != xmlwire.Struct {
		t.Columns = []string{e.Name()}
		for _, text := range textsOf(e, v) {
			t.Rows = append(t.Rows, []string{text})
		}
		return t
	}
	rows := messagesOf(e, v)
	if len(rows) == 0 {
		return t
	}
	elements := slices.DeleteFunc(xmlwire.Elements(rows[0]), func(e xmlwire.Element) bool {
		return !slices.ContainsFunc(rows, func(m xmlwire.Message) bool { _, ok := e.Get(m); return ok })
	})
	slices.SortStableFunc(elements, func(a, b xmlwire.Element) int { return place(a) - place(b) })
	t.Columns = camelNames(elements)
	for _, m := range rows {
		cells := make([]string, len(elements))
		for i, e := range elements {
			cells[i] = cellOf(e, m)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// place puts what tells rows apart first, and what does not fit into a narrow column last.
func place(e xmlwire.Element) int {
	switch {
	case e.Name() == "Id":
		return 0
	case e.Name() == "Name":
		return 1
	case e.IsList() || e.Member().Kind == xmlwire.Struct:
		return 3
	}
	return 2
}

// messagesOf returns the structures in a member: the items of a list, or the one that it is.
func messagesOf(e xmlwire.Element, v reflect.Value) []xmlwire.Message {
	if !e.IsList() {
		return []xmlwire.Message{v.Addr().Interface().(xmlwire.Message)}
	}
	list := make([]xmlwire.Message, v.Len())
	for i := range list {
		list[i] = v.Index(i).Addr().Interface().(xmlwire.Message)
	}
	return list
}

func textsOf(e xmlwire.Element, v reflect.Value) []string {
	if !e.IsList() {
		return []string{scalarText(e, v)}
	}
	list := make([]string, v.Len())
	for i := range list {
		list[i] = scalarText(e, v.Index(i))
	}
	return list
}

func scalarText(e xmlwire.Element, v reflect.Value) string {
	text, err := jsonwire.FormatScalar(e.Member().Kind, v)
	if err != nil {
		return "?"
	}
	return text
}

// cellOf returns what a cell says of a member: its value, the values of a list, the members of a structure.
func cellOf(e xmlwire.Element, m xmlwire.Message) string {
	v, ok := e.Get(m)
	if !ok {
		return ""
	}
	if e.Member().Kind != xmlwire.Struct {
		return strings.Join(textsOf(e, v), ", ")
	}
	var items []string
	for _, inner := range messagesOf(e, v) {
		var parts []string
		for _, part := range xmlwire.Elements(inner) {
			if text := cellOf(part, inner); text != "" {
				parts = append(parts, jsonwire.CamelCase(part.Name())+" "+text)
			}
		}
		items = append(items, strings.Join(parts, ", "))
	}
	return strings.Join(items, "; ")
}
