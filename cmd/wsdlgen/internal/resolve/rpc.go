package resolve

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// rpcElement makes the element that an rpc operation puts around its parameters: named after the operation, in the
// namespace that the binding gives, with one unqualified child for each part. With it, an rpc operation is one of
// document style to everyone else.
func (r *resolver) rpcElement(dir *direction, parts []*model.Part) *model.Element {
	op := dir.bound.Operation
	e := &model.Element{Name: model.Name{Local: op.Name}, Doc: op.Doc, Pos: dir.pos()}
	if dir.name == "output" {
		e.Name.Local += "Response"
	}
	if dir.soap != nil {
		e.Name.Space = dir.soap.Attr("namespace")
	}
	e.Type = r.bodyType(dir, e.Name, parts)
	e.Type.OwnerElement = e
	return e
}

// bodyType makes the type of what stands around the parts of a message.
func (r *resolver) bodyType(dir *direction, name model.Name, parts []*model.Part) *model.Type {
	t := &model.Type{Kind: model.ComplexType, Name: model.Name{Space: name.Space}, Path: []string{name.Local},
		Doc: dir.bound.Operation.Doc, Pos: dir.pos(), Schema: r.schemaOf(name.Space, false)}
	for _, p := range parts {
		t.Members = append(t.Members, r.partMember(dir, p))
	}
	if len(dir.bound.Operation.Bindings) == 1 {
		r.madeTypes = append(r.madeTypes, t)
	}
	return t
}

// partMember returns what stands on the wire for a part: its element, or one called like the part.
func (r *resolver) partMember(dir *direction, p *model.Part) *model.Member {
	if p.Element != nil {
		if dir.bound.Style == model.RPC {
			r.diags.Warnf(p.Pos, "give the part a type", "part %s of an rpc message has an element, which is taken as the parameter", p.Name)
		}
		return r.elementMember(p)
	}
	return &model.Member{Kind: model.ElementMember, Min: 1, Max: 1, Name: model.Name{Local: p.Name}, Type: p.Type,
		Doc: p.Doc, Pos: p.Pos}
}

// elementMember returns the member for a part that has an element.
func (r *resolver) elementMember(p *model.Part) *model.Member {
	d := r.symbols[symbol{elementSymbol, p.Element.Name}]
	if len(p.Element.Substitutes) == 0 || d == nil {
		return refTo(p.Element, p.Pos)
	}
	m := r.substitution(d, d.node)
	m.Min, m.Max, m.Pos = 1, 1, p.Pos
	return m
}
