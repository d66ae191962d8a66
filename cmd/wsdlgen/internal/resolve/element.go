package resolve

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// substitutions links global elements with those they may stand in for.
func (r *resolver) substitutions() {
	for _, d := range r.decls {
		if d.kind != elementSymbol || d.node.Find("substitutionGroup") == nil {
			continue
		}
		ref := d.schema.refIn(elementSymbol, d.node, "substitutionGroup")
		if head := r.find(ref, d.node.Attr("substitutionGroup")); head != nil {
			d.head = head
			head.followers = append(head.followers, d)
		}
	}
	for _, d := range r.decls {
		if d.elem != nil {
			d.elem.Abstract = r.flag(d.node, "abstract")
		}
	}
	for _, d := range r.decls {
		if len(d.followers) > 0 {
			r.substitutes(d)
		}
	}
}

// substitutes collects the elements that may stand in for that of d, through others too.
func (r *resolver) substitutes(d *decl) {
	seen := map[*decl]bool{d: true}
	var add func(*decl)
	add = func(head *decl) {
		for _, f := range head.followers {
			if !r.spend(1, f.node.Pos) {
				return
			}
			if seen[f] {
				if f == d {
					r.errorf(f.node.AttrPos("substitutionGroup"), "break the circle", "element %s substitutes itself", d.name)
				}
				continue
			}
			seen[f] = true
			if !f.elem.Abstract {
				d.elem.Substitutes = append(d.elem.Substitutes, f.elem)
			}
			add(f)
		}
	}
	add(d)
}

// completeElement fills in a global element.
func (r *resolver) completeElement(d *decl) {
	if d.state != untouched || !r.enter(d) {
		return
	}
	defer r.leave()
	d.state = inProgress
	p := place{d: d, s: d.schema, path: []string{d.name.Local}, element: d.elem}
	d.elem.Type = r.elementType(p, d.node)
	if d.elem.Type == nil && d.head != nil {
		r.completeElement(d.head) // a circle of heads is an error already
		d.elem.Type = d.head.elem.Type
	}
	if d.elem.Type == nil {
		d.elem.Type = model.AnyType.Type()
	}
	d.elem.Nillable = r.flag(d.node, "nillable")
	d.elem.Default, d.elem.Fixed = r.values(d.node)
	d.elem.Block = d.schema.block(d.node)
	d.state = done
}

// elementType returns the type that an xs:element names or holds, or nil.
func (r *resolver) elementType(p place, n *syntax.Node) *model.Type {
	for _, c := range n.Elements() {
		if c.Name.Space != syntax.NamespaceXSD {
			r.stray(n, c)
			continue
		}
		switch c.Name.Local {
		case "annotation", "unique", "key", "keyref": // what must be unique does not change the wire
		case "simpleType", "complexType":
			if n.Find("type") != nil {
				r.errorf(c.Pos, "keep one of the two", "xs:element has a type attribute and an xs:%s", c.Name.Local)
			}
		default:
			r.stray(n, c)
		}
	}
	if n.Find("type") != nil {
		return r.typeIn(p.s, n, "type")
	}
	return r.inlineType(p, n)
}

// element reads an xs:element inside of a type.
func (r *resolver) element(p place, n *syntax.Node) *particle {
	least, most := r.occurs(n)
	if n.Find("ref") != nil {
		return r.elementRef(p, n, least, most)
	}
	local, ok := r.ownName(n)
	if !ok {
		return nil
	}
	m := &model.Member{Kind: model.ElementMember, Name: model.Name{Local: local}, Doc: n.Doc(), Pos: n.Pos}
	if r.qualified(n, "form", p.s.elementQualified) {
		m.Name.Space = p.s.Target
	}
	if most == 0 {
		return nil // not to occur at all: what its type is does not matter
	}
	if m.Type = r.elementType(p.under(local), n); m.Type == nil {
		m.Type = model.AnyType.Type()
	}
	m.Nillable = r.flag(n, "nillable")
	m.Default, m.Fixed = r.values(n)
	m.Block = p.s.block(n)
	return &particle{kind: leafParticle, min: least, max: most, leaf: m, pos: n.Pos}
}

// elementRef reads an xs:element that refers to a global one, or to those that may stand in for it.
func (r *resolver) elementRef(p place, n *syntax.Node, least, most int) *particle {
	ref := p.s.refIn(elementSymbol, n, "ref")
	name, ok := r.expand(ref, n.Attr("ref"))
	if !ok {
		return nil
	}
	if name == xsdSchema {
		return r.dataSet(n, least, most)
	}
	d := r.named(ref, name)
	if d == nil || most == 0 {
		return nil
	}
	r.completeElement(d)
	leaf := &particle{kind: leafParticle, min: least, max: most, pos: n.Pos}
	switch e := d.elem; {
	case len(e.Substitutes) > 0:
		leaf.leaf = r.substitution(d, n)
	case e.Abstract && least == 0:
		r.diags.Warnf(n.Pos, "", "element %s is abstract and nothing substitutes it, so it is left out", name)
		return nil
	case e.Abstract:
		r.errorf(n.Pos, "a schema that substitutes it is missing", "element %s is abstract and nothing substitutes it", name)
		return nil
	default:
		leaf.leaf = refTo(e, n.Pos)
	}
	if doc := n.Doc(); doc != "" {
		leaf.leaf.Doc = doc
	}
	return leaf
}

// refTo returns a member that stands for a global element.
func refTo(e *model.Element, pos source.Pos) *model.Member {
	return &model.Member{Kind: model.ElementMember, Min: 1, Max: 1, Name: e.Name, Type: e.Type, Nillable: e.Nillable,
		Default: e.Default, Fixed: e.Fixed, Block: e.Block, Ref: e, Doc: e.Doc, Pos: pos}
}

// substitution returns a choice of the elements that may stand where that of d is referred to.
func (r *resolver) substitution(d *decl, n *syntax.Node) *model.Member {
	m := &model.Member{Kind: model.ChoiceMember, Head: d.elem, Doc: d.elem.Doc, Pos: n.Pos}
	all := d.elem.Substitutes
	if !d.elem.Abstract {
		all = append([]*model.Element{d.elem}, all...)
	}
	if !r.spend(len(all), n.Pos) {
		return m
	}
	for _, e := range all {
		r.completeElement(r.symbols[symbol{elementSymbol, e.Name}])
		m.Alternatives = append(m.Alternatives, &model.Alternative{Members: []*model.Member{refTo(e, n.Pos)}, Pos: n.Pos})
	}
	return m
}

// xsdSchema is what ASMX services refer to where a DataSet brings its schema along.
var xsdSchema = model.Name{Space: syntax.NamespaceXSD, Local: "schema"}

// dataSet stands for the xs:schema that a DataSet brings along: an element of any content.
func (r *resolver) dataSet(n *syntax.Node, least, most int) *particle {
	return &particle{kind: leafParticle, min: least, max: most, pos: n.Pos, leaf: &model.Member{
		Kind: model.ElementMember, Name: xsdSchema, Type: model.AnyType.Type(), Doc: n.Doc(), Pos: n.Pos,
	}}
}
