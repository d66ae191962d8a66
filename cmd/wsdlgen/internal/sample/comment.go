package sample

import (
	"fmt"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// occurrence says in words how often m may occur, unless it is once.
func occurrence(m *model.Member) []string {
	switch {
	case m.Repeated() && m.Max == model.Unbounded:
		return []string{fmt.Sprintf("%d or more", m.Min)}
	case m.Repeated():
		return []string{fmt.Sprintf("%d to %d", m.Min, m.Max)}
	case m.Optional() && m.Choice == 0:
		return []string{"optional"}
	}
	return nil
}

// valueComments says what a value may be, where the sample does not show it.
func valueComments(m *model.Member) []string {
	var out []string
	if m.Nillable {
		out = append(out, "may be nil")
	}
	if m.Default != nil {
		out = append(out, "default "+*m.Default)
	}
	if m.Type.Kind == model.EnumType && len(m.Type.Enum) > 1 {
		var values []string
		for _, v := range m.Type.Enum {
			values = append(values, v.Value)
		}
		out = append(out, "one of "+strings.Join(shorten(values), ", "))
	}
	return out
}

// shorten keeps a list readable.
func shorten(words []string) []string {
	const most = 12
	if len(words) > most {
		return append(words[:most:most], fmt.Sprintf("and %d more", len(words)-most))
	}
	return words
}

// choiceText lists the branches of a choice.
func choiceText(all [][]*model.Member) string {
	var out []string
	for _, branch := range all {
		var names []string
		for _, m := range branch {
			switch {
			case m.Name.Local != "":
				names = append(names, m.Name.Local)
			case m.Kind == model.WildcardMember:
				names = append(names, "any element")
			default:
				names = append(names, "a group")
			}
		}
		out = append(out, strings.Join(names, " with "))
	}
	return strings.Join(shorten(out), ", ")
}
