package shape

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// fillStructs gives every struct its fields, including those that filling declares.
func (b *builder) fillStructs() {
	for ; b.filled < len(b.pkg.Structs); b.filled++ {
		s := b.pkg.Structs[b.filled]
		switch s.Role {
		case Complex:
			b.fillComplex(s)
		case Content:
			b.fillContent(s)
		case Group, Alternative:
			for _, m := range b.members[s] {
				b.refuseNested(m)
				s.Fields = append(s.Fields, b.member(m, s, s, false))
			}
		case Unknown:
			s.Fields = []*Field{{Role: Kept, Value: raw}}
		}
	}
}

func (b *builder) fillComplex(s *Struct) {
	t := s.Type
	if t.SOAPArray {
		s.ArrayOf = arrayItemName(t)
	}
	if t.Text != nil {
		s.Fields = append(s.Fields, b.text(t))
	}
	for i, m := range t.Members {
		home := declaring(t, i)
		for _, m := range b.untangle(m) {
			s.Fields = append(s.Fields, b.member(m, s, b.owner(home), b.opts.dataContract(home)))
		}
	}
	for _, a := range t.Attributes {
		s.Fields = append(s.Fields, b.attribute(a))
	}
	if t.AnyAttribute != nil {
		s.Fields = append(s.Fields, anyAttributes())
	}
}

// declaring returns the type among t and its bases that declares t.Members[i]. What a choice or a sequence brings along
// is declared once, with that type, and shared by the types derived from it.
func declaring(t *model.Type, i int) *model.Type {
	for t.Base != nil && i < t.Inherited && t.Base.Kind == model.ComplexType && t.Base.Builtin != model.AnyType {
		t = t.Base
	}
	return t
}

func (b *builder) owner(t *model.Type) *Struct {
	if t.ArrayItem() != nil && b.types[t] == nil {
		return nil // no struct of its own; it has a single element, which declares nothing
	}
	return b.structOf(t)
}

// fillContent fills a message whose element is of a simple type, or of any type.
func (b *builder) fillContent(s *Struct) {
	el := s.Element
	if el.Type.Builtin == model.AnyType {
		s.Fields = []*Field{
			{Role: Wildcard, Form: Slice, Value: raw},
			anyAttributes(),
		}
		return
	}
	f := &Field{Role: Text, Required: true}
	b.scalar(f, el.Type, false, false)
	s.Fields = []*Field{f}
}

func anyAttributes() *Field {
	return &Field{Role: WildcardAttribute, Form: Slice, Value: Value{Kind: "AnyAttr", Basic: "RawAttr", Package: xmlwire}}
}

func (b *builder) text(t *model.Type) *Field {
	f := &Field{Role: Text, Required: true, Notes: facets(t.Facets), Facets: limits(t.Facets, limitsOf(t.Text)...)}
	b.scalar(f, t.Text, false, false)
	return f
}

func (b *builder) attribute(a *model.Attribute) *Field {
	f := &Field{Role: Attribute, Name: a.Name, Required: a.Required, Doc: a.Doc, Pos: a.Pos}
	f.Notes = append(facets(a.Type.Facets), defaults(a.Default, a.Fixed)...)
	f.Facets = limitsOf(a.Type)
	b.scalar(f, a.Type, !a.Required, false)
	return f
}

// member returns the field of s for m. owner is the struct that declares what the member may bring along; dataContract
// says whether the member follows .NET's rules for value types.
func (b *builder) member(m *model.Member, s, owner *Struct, dataContract bool) *Field {
	if owner == nil {
		owner = s
	}
	f := &Field{Doc: m.Doc, Required: m.Min > 0, Choice: m.Choice, Branch: m.Branch, Pos: m.Pos}
	if m.Choice != 0 {
		f.Required = m.ChoiceRequired
	}
	switch m.Kind {
	case model.ElementMember:
		b.element(f, m, dataContract)
	case model.WildcardMember:
		f.Role, f.Value = Wildcard, raw
		f.Form = form(m.Repeated(), m.Optional())
	case model.TextMember:
		f.Role, f.Value, f.Required = Text, Value{Kind: "String", Basic: "string"}, false
	case model.GroupMember:
		f.Role, f.First = Sequence, first(m)
		f.Value = Value{Kind: "Group", Struct: b.groupOf(m, owner)}
		f.Form = form(m.Repeated(), m.Optional())
	case model.ChoiceMember:
		i := b.choiceOf(m, owner)
		f.Role, f.First, f.Head = Choice, first(m), m.Head
		f.Value = Value{Kind: "Choice", Interface: i}
		f.Alts = i.Members
		f.Form = form(m.Repeated(), false) // a nil interface is absent
	}
	return f
}

func form(repeated, optional bool) Form {
	switch {
	case repeated:
		return Slice
	case optional:
		return Optional
	}
	return Plain
}

func (b *builder) element(f *Field, m *model.Member, dataContract bool) {
	f.Role, f.Name, f.Nillable = Element, m.Name, m.Nillable
	f.Notes = append(facets(m.Type.Facets), defaults(m.Default, m.Fixed)...)
	if item := m.Type.ArrayItem(); item != nil && !b.opts.KeepWrappers && !m.Repeated() && unwraps(item) {
		f.Form, f.Item, f.ItemNillable = Slice, &item.Name, item.Nillable
		if m.Type.SOAPArray {
			f.ArrayOf = arrayItemName(m.Type)
		}
		f.Facets = append(limitsOf(item.Type), occurrence(item)...)
		b.value(f, item.Type)
		return
	}
	f.Facets = append(limitsOf(m.Type), occurrence(m)...)
	f.Form = form(m.Repeated(), m.Optional() || m.Nillable)
	optional := f.Form == Optional
	if m.Type.IsSimple() {
		b.scalar(f, m.Type, optional, m.Repeated())
	} else {
		b.value(f, m.Type)
	}
	switch {
	case !optional:
	case f.Value.Interface != nil && !m.Nillable:
		f.Form = Plain // a nil interface is absent
	case dataContract && !m.Nillable && m.Choice == 0 && f.Form == Optional && zeroIsValid(f.Value):
		f.Form = Plain
	}
}

// unwraps reports whether an array of this item can be a slice: a list inside a list has no such form.
func unwraps(item *model.Member) bool {
	_, isList := item.Type.IsList()
	return !isList && item.Kind == model.ElementMember
}

// zeroIsValid reports whether Go's zero value is the one that the CLR writes for a value type that was never set. That
// of an enumeration or a GUID is a string here, and the empty one would be no value of the type.
func zeroIsValid(v Value) bool { return v.Basic != "string" && v.Enum == nil }

// value sets the Go type of a value of any type.
func (b *builder) value(f *Field, t *model.Type) {
	switch {
	case t.Builtin == model.AnyType:
		f.Value = raw
	case t.IsSimple():
		b.simple(f, t)
		b.setTypeName(f, t)
	case isPoly(t):
		i := b.polyOf(t)
		f.Value = Value{Kind: "Poly", Interface: i}
		f.Alts = i.Members
		f.Abstract = t.Abstract
	default:
		f.Value = Value{Kind: "Struct", Struct: b.structOf(t)}
	}
}

// scalar sets the Go type and form of a value of simple type. A list that itself repeats is kept as a slice of its
// texts: a table has no lists of lists.
func (b *builder) scalar(f *Field, t *model.Type, optional, repeated bool) {
	f.Form = form(repeated, optional)
	item, isList := t.IsList()
	switch {
	case isList && !repeated:
		f.Form, f.List = Slice, true
		b.simple(f, item)
	case isList:
		f.Value = Value{Kind: "Token", Basic: "string"}
	default:
		b.simple(f, t)
		b.setTypeName(f, t)
	}
}

func (b *builder) simple(f *Field, t *model.Type) {
	if t.Kind == model.UnionType {
		f.Value = Value{Kind: "String", Basic: "string"}
		return
	}
	f.Value = builtins[t.Builtin]
	if f.Value.Kind == "" { // a list of lists, which XML Schema forbids
		f.Value = Value{Kind: "Token", Basic: "string"}
	}
	if f.Value.Kind == "String" {
		f.Value.Kind = whiteSpace(t)
	}
	for each := t; each != nil && each.Kind != model.BuiltinType; each = each.Base {
		if each.Kind != model.EnumType {
			continue
		}
		if e := b.enumOf(each); e != nil {
			f.Value.Enum, f.Value.Basic = e, ""
		}
		return
	}
}

// whiteSpace returns the Kind for a string type with a whiteSpace facet somewhere down its derivation.
func whiteSpace(t *model.Type) string {
	for ; t != nil; t = t.Base {
		for _, facet := range t.Facets {
			if facet.Name != "whiteSpace" {
				continue
			}
			switch facet.Value {
			case "collapse":
				return "Token"
			case "replace":
				return "NormalizedString"
			}
			return "String"
		}
	}
	return "String"
}

// maxFacet bounds what a comment says of a facet: some patterns fill a page.
const maxFacet = 80

// facets returns the limits of a type as words for a comment.
func facets(list []model.Facet) []string {
	var out []string
	for _, f := range list {
		if f.Name == "whiteSpace" || len(f.Value) > maxFacet {
			continue
		}
		out = append(out, strings.Join([]string{f.Name, f.Value}, " "))
	}
	return out
}

func defaults(def, fixed *string) []string {
	switch {
	case fixed != nil:
		return []string{fmt.Sprintf("always %q", *fixed)}
	case def != nil:
		return []string{fmt.Sprintf("default %q", *def)}
	}
	return nil
}

func fits(value, basic string) bool {
	bits := map[string]int{"int8": 8, "int16": 16, "int32": 32, "int64": 64, "uint8": 8, "uint16": 16, "uint32": 32, "uint64": 64}[basic]
	if strings.HasPrefix(basic, "u") {
		_, err := strconv.ParseUint(value, 10, bits)
		return err == nil
	}
	_, err := strconv.ParseInt(value, 10, bits)
	return err == nil
}
