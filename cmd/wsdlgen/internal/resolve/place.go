package resolve

import (
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// A place is where a piece of schema stands: what an anonymous type found there is named after.
type place struct {
	d       *decl
	s       *schema
	path    []string
	owner   *model.Type    // the type around it, or nil
	element *model.Element // the global element around it, or nil
}

// under returns the place of what is called local at p.
func (p place) under(local string) place {
	p.path = append(slices.Clip(p.path), local)
	return p
}

// inside returns the place of what stands in the type t, which itself is at p.
func (p place) inside(t *model.Type) place {
	p.owner = t
	return p
}

// anonymous makes the type of an xs:simpleType or xs:complexType without name.
func (r *resolver) anonymous(p place, n *syntax.Node) *model.Type {
	t := &model.Type{
		Name: model.Name{Space: p.s.Target}, Path: p.path, Owner: p.owner, OwnerElement: p.element,
		Doc: n.Doc(), Pos: n.Pos, Schema: p.s.model, DataContract: p.s.model.DataContract,
	}
	if p.owner != nil {
		r.inner[p.owner] = append(r.inner[p.owner], t)
	} else {
		p.d.inner = append(p.d.inner, t)
	}
	if name := n.Find("name"); name != nil {
		r.diags.Warnf(name.Pos, "only types right under xs:schema have names", "the name of a type inside of another component is passed over")
	}
	return t
}

// inlineType returns the type that stands inside n, or nil if there is none. A complex one is filled in later. What is
// said about n is said about a type of its own that says nothing itself.
func (r *resolver) inlineType(p place, n *syntax.Node) *model.Type {
	if c := n.First(syntax.NamespaceXSD, "simpleType"); c != nil {
		t := r.inlineSimple(p, c)
		if t.Doc == "" {
			t.Doc = n.Doc()
		}
		return t
	}
	if c := n.First(syntax.NamespaceXSD, "complexType"); c != nil {
		t := r.anonymous(p, c)
		t.Kind = model.ComplexType
		if t.Doc == "" {
			t.Doc = n.Doc()
		}
		r.later = append(r.later, func() { r.complexType(t, p.inside(t), c) })
		return t
	}
	return nil
}
