package shape

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/xsdregexp"
)

// limitsOf returns the facets of a simple type and of all that it derives from; those of the items of a list are not among
// them. It is nil for other types.
func limitsOf(t *model.Type) []model.Facet {
	if t == nil || !t.IsSimple() {
		return nil
	}
	var all []model.Facet
	for ; t != nil; t = t.Base {
		all = limits(t.Facets, all...)
		switch t.Kind {
		case model.ListType, model.UnionType:
			return all
		case model.BuiltinType:
			return append(all, limitsOfBuiltin[t.Builtin]...)
		}
	}
	return all
}

// limitsOfBuiltin are those that Go has no type for.
var limitsOfBuiltin = map[model.Builtin][]model.Facet{
	model.PositiveInteger:    {{Name: "minInclusive", Value: "1"}},
	model.NonNegativeInteger: {{Name: "minInclusive", Value: "0"}},
	model.NegativeInteger:    {{Name: "maxInclusive", Value: "-1"}},
	model.NonPositiveInteger: {{Name: "maxInclusive", Value: "0"}},
}

// limits adds the facets of one step of a derivation to those of more derived types, in the form of tables. Patterns of one
// step are alternatives. One that Go cannot express is left out.
func limits(step []model.Facet, all ...model.Facet) []model.Facet {
	var patterns []string
	readable := true
	for _, f := range step {
		switch f.Name {
		case "whiteSpace":
		case "pattern":
			p, err := xsdregexp.Translate(f.Value)
			readable = readable && err == nil
			patterns = append(patterns, p)
		default:
			all = append(all, model.Facet{Name: f.Name, Value: strings.TrimSpace(f.Value)})
		}
	}
	if pattern := strings.Join(patterns, "|"); pattern != "" && readable {
		if _, err := regexp.Compile(pattern); err == nil {
			all = append(all, model.Facet{Name: "pattern", Value: pattern})
		}
	}
	return all
}

// occurrence returns how often a member may be there, as far as that is more than whether it must be.
func occurrence(m *model.Member) []model.Facet {
	if !m.Repeated() || m.Choice != 0 {
		return nil
	}
	var all []model.Facet
	if m.Min > 1 {
		all = append(all, model.Facet{Name: "minOccurs", Value: strconv.Itoa(m.Min)})
	}
	if m.Max != model.Unbounded {
		all = append(all, model.Facet{Name: "maxOccurs", Value: strconv.Itoa(m.Max)})
	}
	return all
}
