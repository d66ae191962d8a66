package resolve

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// rpcElement makes the element that an rpc operation puts around its parameters: named after the operation, in the
// namespace that the binding gives, with one unqualified child for each part. With it, an rpc operation is one of
// document style to everyone else.
func (r *resolver) rpcElement(dir *direction, parts []*model.Part) (*model.Element, bool) {
	op := dir.bound.Operation
	e := &model.Element{Name: model.Name{Local: op.Name}, Doc: op.Doc, Pos: dir.pos()}
	if dir.name == "output" {
		e.Name.Local += "Response"
	}
	if dir.soap != nil {
		e.Name.Space = dir.soap.Attr("namespace")
	}
	s := r.schemaOf(e.Name.Space, false)
	e.Type = &model.Type{Kind: model.ComplexType, Name: model.Name{Space: e.Name.Space}, Path: []string{e.Name.Local},
		OwnerElement: e, Doc: e.Doc, Pos: e.Pos, Schema: s}
	for _, p := range parts {
		if p.Type == nil {
			r.unsupported(p.Pos, "give the part a type", "part %s of an rpc message has an element", p.Name)
			return nil, false
		}
		e.Type.Members = append(e.Type.Members, &model.Member{Kind: model.ElementMember, Min: 1, Max: 1,
			Name: model.Name{Local: p.Name}, Type: p.Type, Doc: p.Doc, Pos: p.Pos})
	}
	if len(op.Bindings) == 1 {
		r.rpcTypes = append(r.rpcTypes, e.Type)
	}
	return e, true
}
