package names

import (
	"cmp"
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// methods are the names of methods that generated structs have, which no field may have. Any change to this set
// changes the names of fields that users compile against.
var methods = []string{"XMLType", "MarshalXML", "UnmarshalXML"}

// planFields names the fields of a struct.
func (p *planner) planFields(s *shape.Struct) {
	scope := scope{}
	for _, name := range p.methodsOf(s) {
		scope[name] = holder{kind: "Method"}
	}
	fields := slices.Clone(s.Fields)
	slices.SortStableFunc(fields, func(a, b *shape.Field) int {
		return cmp.Compare(prominence[a.Role], prominence[b.Role])
	})
	for _, f := range fields {
		by := holder{f.Name.Space, kindWords[f.Role]}
		if name := p.pickRenamed(scope, by, p.renamedFields[f], p.decls[s]); name != "" {
			p.fields[f] = name
		}
	}
	for _, f := range fields {
		if p.fields[f] != "" {
			continue
		}
		p.fields[f] = scope.pick(holder{f.Name.Space, kindWords[f.Role]}, p.fieldNames(s, f, scope)...)
	}
}

// methodsOf returns the names of the methods of a struct.
func (p *planner) methodsOf(s *shape.Struct) []string {
	switch {
	case s.HasSecrets():
		return slices.Concat(methods, secretMethods)
	case p.holders[s]:
		return slices.Concat(methods, holderMethods)
	}
	return methods
}

// prominence orders the fields of a struct by who keeps a name that two of them want.
var prominence = map[shape.FieldRole]int{
	shape.Element:           1,
	shape.Attribute:         2,
	shape.Text:              3,
	shape.Kept:              3,
	shape.Sequence:          4,
	shape.Choice:            4,
	shape.Wildcard:          5,
	shape.WildcardAttribute: 6,
}

// kindWords qualify the name of a field by what it is.
var kindWords = map[shape.FieldRole]string{
	shape.Element:   "Element",
	shape.Attribute: "Attr",
}

// fieldNames returns what a field may be called, the best name first.
func (p *planner) fieldNames(s *shape.Struct, f *shape.Field, taken scope) []string {
	switch f.Role {
	case shape.Text:
		return []string{p.style.text(), p.style.text() + "Content"}
	case shape.Kept:
		return []string{"Raw"}
	case shape.Sequence:
		return []string{Exported(f.First) + "Group"}
	case shape.Choice:
		if f.Head != nil {
			head := Exported(f.Head.Name.Local)
			return []string{head, head + "Element"}
		}
		return []string{"Choice", Exported(f.First) + "Choice"}
	case shape.Wildcard:
		return []string{p.style.wildcard(), p.style.wildcard() + "Element"}
	case shape.WildcardAttribute:
		return []string{"AnyAttrs", "AnyAttributes"}
	}
	base := p.style.fieldName(f.Name.Local, f.Role == shape.Attribute)
	names := []string{base}
	rival := taken[base]
	if rival.space != f.Name.Space && f.Name.Space != "" && f.Name.Space != s.Space {
		names = append(names, p.qualifier(f.Name.Space)+base)
	}
	if kind := kindWords[f.Role]; rival.kind != kind {
		names = append(names, base+kind)
	}
	return names
}
