package resolve

import (
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// completeType fills in a named type. It reports false if the type is being filled in already, and so derives from
// itself; that is then an error.
func (r *resolver) completeType(d *decl) bool {
	switch d.state {
	case done:
		return true
	case inProgress:
		r.errorf(d.node.Pos, "break the circle", "type %s derives from itself", d.name)
		return false
	}
	if !r.enter(d) {
		return false
	}
	defer r.leave()
	d.state = inProgress
	p := place{d: d, s: d.schema, path: []string{d.name.Local}, owner: d.typ}
	if d.node.IsXSD("simpleType") {
		r.simpleType(d.typ, p, d.node)
	} else {
		r.complexType(d.typ, p, d.node)
	}
	if d.original != nil {
		r.absorb(d)
	}
	d.state = done
	return true
}

// simpleType fills in t from an xs:simpleType.
func (r *resolver) simpleType(t *model.Type, p place, n *syntax.Node) {
	t.Kind, t.Builtin = model.SimpleType, model.String
	var variety *syntax.Node
	for _, c := range n.Elements() {
		switch {
		case c.IsXSD("annotation"):
		case variety == nil && (c.IsXSD("restriction") || c.IsXSD("list") || c.IsXSD("union")):
			variety = c
		default:
			r.stray(n, c)
		}
	}
	if variety == nil {
		r.errorf(n.Pos, "give it one of them", "xs:simpleType holds none of restriction, list and union")
		return
	}
	switch variety.Name.Local {
	case "restriction":
		r.simpleRestriction(t, p, variety)
	case "list":
		r.list(t, p, variety)
	case "union":
		r.union(t, p, variety)
	}
}

func (r *resolver) simpleRestriction(t *model.Type, p place, n *syntax.Node) {
	base := r.simpleBase(p, n, "base")
	if base == nil || !r.derive(t, base, n) {
		return
	}
	t.Base, t.Derivation, t.Builtin = base, model.Restriction, base.Builtin
	r.facets(t, n)
	switch {
	case base.Kind == model.ListType:
		t.Kind, t.Item = model.ListType, base.Item
		r.enumToFacets(t)
	case base.Builtin.ItemType() != model.NotBuiltin:
		r.enumToFacets(t)
	case len(t.Enum) > 0:
		t.Kind = model.EnumType
	case base.Kind == model.EnumType, base.Kind == model.UnionType:
		t.Kind, t.Enum, t.Union = base.Kind, base.Enum, base.Union
	}
}

// enumToFacets makes facets of enumerated lists: an EnumType has values that are atomic.
func (r *resolver) enumToFacets(t *model.Type) {
	for _, v := range t.Enum {
		t.Facets = append(t.Facets, model.Facet{Name: "enumeration", Value: v.Value, Pos: v.Pos})
	}
	t.Enum = nil
}

// simpleBase returns the simple type that the attribute attr names or, if it is missing, the one that stands inside n.
// The result is filled in, and nil after an error.
func (r *resolver) simpleBase(p place, n *syntax.Node, attr string) *model.Type {
	inline := n.First(syntax.NamespaceXSD, "simpleType")
	if n.Find(attr) != nil {
		if inline != nil {
			r.errorf(inline.Pos, "keep one of the two", "xs:%s has both %s and xs:simpleType", n.Name.Local, attr)
		}
		if attr == "base" {
			return r.simpleOnly(r.baseIn(p, n), n, attr)
		}
		return r.simpleOnly(r.typeIn(p.s, n, attr), n, attr)
	}
	if inline == nil {
		r.errorf(n.Pos, "give it one of the two", "xs:%s has neither %s nor xs:simpleType", n.Name.Local, attr)
		return nil
	}
	return r.inlineSimple(p, inline)
}

// simpleOnly returns t, filled in, if it is a simple type.
func (r *resolver) simpleOnly(t *model.Type, n *syntax.Node, attr string) *model.Type {
	if !r.completed(t) || t.Builtin == model.AnyType { // reported, as anyType stands for what cannot be found
		return nil
	}
	if !t.IsSimple() {
		r.errorf(n.AttrPos(attr), "name a simple type", "%s is a complex type", t.Name)
		return nil
	}
	return t
}

func (r *resolver) inlineSimple(p place, n *syntax.Node) *model.Type {
	t := r.anonymous(p, n)
	r.simpleType(t, p.inside(t), n)
	return t
}

// facets reads the children of a restriction of simple content.
func (r *resolver) facets(t *model.Type, n *syntax.Node) {
	for _, c := range n.Elements() {
		if c.Name.Space != syntax.NamespaceXSD {
			r.stray(n, c)
			continue
		}
		switch c.Name.Local {
		case "enumeration":
			value := c.Raw("value")
			if value == nil {
				r.errorf(c.Pos, "give it a value attribute", "xs:enumeration has no value")
				continue
			}
			r.enumValue(t, model.EnumValue{Value: normalise(*value, t.Builtin), Doc: c.Doc(), Pos: c.Pos})
		case "pattern", "length", "minLength", "maxLength", "whiteSpace", "totalDigits", "fractionDigits",
			"minInclusive", "maxInclusive", "minExclusive", "maxExclusive":
			if value := c.Raw("value"); value != nil {
				t.Facets = append(t.Facets, model.Facet{Name: c.Name.Local, Value: *value, Pos: c.Pos})
			} else {
				r.errorf(c.Pos, "give it a value attribute", "xs:%s has no value", c.Name.Local)
			}
		case "annotation", "simpleType", "attribute", "attributeGroup", "anyAttribute": // read elsewhere
		default:
			r.stray(n, c)
		}
	}
}

// enumValue adds a value to an enumeration, unless it is there already.
func (r *resolver) enumValue(t *model.Type, v model.EnumValue) {
	if !r.spend(1, v.Pos) {
		return
	}
	t.Enum = append(t.Enum, v)
}

// normalise treats white space as values of type b have it.
func normalise(value string, b model.Builtin) string {
	switch b {
	case model.String, model.AnySimpleType:
		return value
	case model.NormalizedString:
		return strings.NewReplacer("\t", " ", "\n", " ", "\r", " ").Replace(value)
	}
	return strings.Join(strings.Fields(value), " ")
}

func (r *resolver) list(t *model.Type, p place, n *syntax.Node) {
	t.Kind, t.Builtin, t.Item = model.ListType, model.NotBuiltin, model.String.Type()
	item := r.simpleBase(p, n, "itemType")
	if item == nil {
		return
	}
	if _, nested := item.IsList(); nested {
		r.errorf(n.Pos, "the items of a list are single values", "a list of lists")
		return
	}
	t.Item = item
}

func (r *resolver) union(t *model.Type, p place, n *syntax.Node) {
	t.Kind, t.Builtin = model.UnionType, model.String
	for _, word := range strings.Fields(n.Attr("memberTypes")) {
		m := r.findType(p.s.refIn(typeSymbol, n, "memberTypes"), word)
		if m = r.simpleOnly(m, n, "memberTypes"); m != nil {
			t.Union = append(t.Union, m)
		}
	}
	for _, c := range n.All(syntax.NamespaceXSD, "simpleType") {
		t.Union = append(t.Union, r.inlineSimple(p, c))
	}
	if len(t.Union) == 0 && r.diags.Len() == 0 {
		r.errorf(n.Pos, "name some in memberTypes", "xs:union names no types")
	}
}
