package resolve

import (
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// completeBinding reads a SOAP binding. Others are passed over with a warning.
func (r *resolver) completeBinding(d *decl) {
	soap := soapChild(d.node, "binding")
	if soap == nil {
		r.diags.Warnf(d.node.Pos, "", "binding %s is not for SOAP and is passed over", d.name.Local)
		return
	}
	pt := r.findIn(d, portTypeSymbol, d.node, "type")
	if pt == nil {
		return
	}
	b := &model.Binding{Name: d.name, PortType: pt.portType, Version: model.SOAP11, Transport: soap.Attr("transport"),
		Doc: d.node.Doc(), Pos: d.node.Pos}
	if soap.Name.Space == syntax.NamespaceSOAP12 {
		b.Version = model.SOAP12
	}
	style := r.style(soap, model.Document)
	for _, n := range d.node.Elements() {
		switch {
		case n.Is(syntax.NamespaceWSDL, "operation"):
			if op := r.bindOperation(d, b, n, style); op != nil {
				b.Operations = append(b.Operations, op)
			}
		default:
			r.strayWSDL(d.node, n)
		}
	}
	r.bindings[d], r.bound[b.PortType] = b, true
	r.out.Bindings = append(r.out.Bindings, b)
}

// style reads the style attribute of n, which may be nil.
func (r *resolver) style(n *syntax.Node, byDefault model.Style) model.Style {
	if n == nil {
		return byDefault
	}
	switch s := n.Attr("style"); s {
	case "document":
		return model.Document
	case "rpc":
		return model.RPC
	case "":
	default:
		r.errorf(n.AttrPos("style"), "write document or rpc", "style %s is not known", syntax.Quote(s))
	}
	return byDefault
}

func (r *resolver) bindOperation(d *decl, b *model.Binding, n *syntax.Node, style model.Style) *model.BindingOperation {
	name, ok := r.ownName(n)
	if !ok {
		return nil
	}
	op := r.operation(b, name, n)
	if op == nil {
		return nil
	}
	soap := soapChild(n, "operation")
	bound := &model.BindingOperation{Operation: op, Binding: b, ActionRequired: true, Doc: n.Doc(), Pos: n.Pos}
	bound.Style = r.style(soap, style)
	if soap != nil {
		bound.Action = soap.Attr("soapAction")
		if soap.Find("soapActionRequired") != nil {
			bound.ActionRequired = r.flag(soap, "soapActionRequired")
		}
	}
	if len(op.Bindings) > 0 && op.Style != bound.Style {
		r.unsupported(n.Pos, "generate from one of them", "operation %s is %s in this binding and %s in binding %s",
			name, bound.Style, op.Style, op.Bindings[0].Binding.Name.Local)
		return nil
	}
	op.Style = bound.Style
	op.Bindings = append(op.Bindings, bound)
	for _, c := range n.Elements() {
		r.strayWSDL(n, c, "input", "output", "fault")
	}
	r.bindBody(d, bound, n, "input", op.Input)
	r.bindBody(d, bound, n, "output", op.Output)
	for _, f := range n.All(syntax.NamespaceWSDL, "fault") {
		r.literal(soapChild(f, "fault"), "fault")
	}
	return bound
}

// operation returns the operation that n binds. Overloaded ones, which have one name, are told apart by the name of
// their input or, where that does not tell, by their order.
func (r *resolver) operation(b *model.Binding, name string, n *syntax.Node) *model.Operation {
	found := r.operations[operationKey{b.PortType, name}]
	var rest []*model.Operation // those that b does not have yet
	for _, op := range found {
		if last := len(op.Bindings) - 1; last < 0 || op.Bindings[last].Binding != b {
			rest = append(rest, op)
		}
	}
	switch {
	case len(found) == 0:
		r.errorf(n.Pos, "", "port type %s has no operation %s", b.PortType.Name.Local, name)
		return nil
	case len(rest) == 0:
		r.errorf(n.Pos, "drop one of them", "binding %s has operation %s twice", b.Name.Local, name)
		return nil
	case !r.spend(len(found)-1, n.Pos):
		return nil
	}
	if in := n.First(syntax.NamespaceWSDL, "input"); in != nil && len(found) > 1 {
		for _, op := range rest {
			if op.Input != nil && op.Input.Name != "" && op.Input.Name == in.Attr("name") {
				return op
			}
		}
	}
	return rest[0]
}

// A direction is the input or output of an operation in one binding.
type direction struct {
	bound   *model.BindingOperation
	name    string       // input or output
	node    *syntax.Node // of the binding; that of the operation if it says nothing
	soap    *syntax.Node // the soap:body, or nil
	body    *model.Body
	headers []*model.Header
}

// pos is where the binding speaks of the body.
func (dir *direction) pos() source.Pos {
	if dir.soap != nil {
		return dir.soap.Pos
	}
	return dir.node.Pos
}

// bindBody settles what the body of one direction of the operation n holds.
func (r *resolver) bindBody(d *decl, bound *model.BindingOperation, n *syntax.Node, name string, body *model.Body) {
	dir := &direction{bound: bound, name: name, body: body, node: n.First(syntax.NamespaceWSDL, name)}
	if body == nil {
		if dir.node != nil {
			r.errorf(dir.node.Pos, "", "operation %s has no %s", bound.Operation.Name, name)
		}
		return
	}
	if dir.node == nil {
		dir.node = n
	}
	if multi := dir.node.First(syntax.NamespaceMIME, "multipartRelated"); multi != nil {
		r.unsupported(multi.Pos, "", "a message in several MIME parts")
		return
	}
	dir.soap = soapChild(dir.node, "body")
	if !r.literal(dir.soap, "body") {
		return
	}
	dir.headers = r.headers(d, dir.node)
	r.addHeaders(dir)
	element, ok := r.bodyElement(dir)
	if !ok {
		return
	}
	if first := bound.Operation.Bindings[0]; first == bound {
		body.Element = element
	} else if !sameElement(body.Element, element) {
		r.unsupported(dir.pos(), "generate from one of them", "the %s of operation %s has another body than in binding %s",
			name, bound.Operation.Name, first.Binding.Name.Local)
	}
}

// addHeaders adds the headers of one binding to those of others.
func (r *resolver) addHeaders(dir *direction) {
	for _, h := range dir.headers {
		if !r.spend(len(dir.body.Headers)+len(dir.body.Message.Parts), h.Pos) {
			return
		}
		if !slices.ContainsFunc(dir.body.Headers, func(known *model.Header) bool { return known.Part == h.Part }) {
			dir.body.Headers = append(dir.body.Headers, h)
		}
	}
}

// sameElement reports whether two bindings mean the same element. Those made for rpc operations are made anew for each.
func sameElement(a, b *model.Element) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a == b || a.Name == b.Name && a.Type.OwnerElement == a && b.Type.OwnerElement == b
}

// literal reports whether n, a soap:body, header or fault, is literal. It may be nil.
func (r *resolver) literal(n *syntax.Node, what string) bool {
	if n == nil {
		return true
	}
	switch use := n.Attr("use"); use {
	case "", "literal":
		return true
	case "encoded":
		r.unsupported(n.AttrPos("use"), "literal messages only", "an encoded %s", what)
	default:
		r.errorf(n.AttrPos("use"), "write literal", "use %s is not known", syntax.Quote(use))
	}
	return false
}

func (r *resolver) headers(d *decl, io *syntax.Node) []*model.Header {
	var all []*model.Header
	for _, n := range io.Elements() {
		if !isSOAP(n, "header") || !r.literal(n, "header") {
			continue
		}
		m := r.findIn(d, messageSymbol, n, "message")
		if m == nil {
			continue
		}
		part := m.message.Part(n.Attr("part"))
		switch {
		case part == nil:
			r.errorf(n.AttrPos("part"), "", "message %s has no part %s", m.name.Local, syntax.Quote(n.Attr("part")))
		case part.Element == nil:
			r.unsupported(n.AttrPos("part"), "give the part an element", "part %s of a header has a type", part.Name)
		default:
			all = append(all, &model.Header{Message: m.message, Part: part, Element: part.Element, Pos: n.Pos})
		}
	}
	return all
}

// bodyElement returns the one element that stands in the body, nil if the body is empty. It reports false after an
// error.
func (r *resolver) bodyElement(dir *direction) (*model.Element, bool) {
	parts, ok := r.bodyParts(dir.soap, dir.body.Message, dir.headers)
	if !ok {
		return nil, false
	}
	if dir.bound.Style == model.RPC {
		return r.rpcElement(dir, parts)
	}
	switch {
	case len(parts) == 0:
		return nil, true
	case len(parts) > 1:
		r.unsupported(dir.pos(), "name one with the parts attribute", "the body of message %s has %d parts",
			dir.body.Message.Name.Local, len(parts))
		return nil, false
	case parts[0].Element == nil:
		r.unsupported(parts[0].Pos, "give the part an element", "part %s of a document-style body has a type", parts[0].Name)
		return nil, false
	}
	return parts[0].Element, true
}

// bodyParts returns the parts of a message that stand in the body: those that the binding lists or, if it lists none,
// those that are not headers.
func (r *resolver) bodyParts(soap *syntax.Node, m *model.Message, headers []*model.Header) ([]*model.Part, bool) {
	if soap != nil && soap.Find("parts") != nil {
		var parts []*model.Part
		for _, name := range strings.Fields(soap.Attr("parts")) {
			p := m.Part(name)
			if p == nil && len(m.Parts) == 1 {
				p = m.Parts[0]
				r.diags.Warnf(soap.AttrPos("parts"), "", "message %s has no part %s, its only part %s is taken",
					m.Name.Local, syntax.Quote(name), p.Name)
			}
			if p == nil {
				r.errorf(soap.AttrPos("parts"), "", "message %s has no part %s", m.Name.Local, syntax.Quote(name))
				return nil, false
			}
			parts = append(parts, p)
		}
		return parts, true
	}
	var parts []*model.Part
	for _, p := range m.Parts {
		if !slices.ContainsFunc(headers, func(h *model.Header) bool { return h.Part == p }) {
			parts = append(parts, p)
		}
	}
	return parts, true
}

// finishPortTypes settles the bodies of operations that no binding settles. It drops port types that no SOAP binding
// speaks where others are spoken, and operations of which nobody can tell how they are sent.
func (r *resolver) finishPortTypes() {
	var kept []*model.PortType
	for _, pt := range r.out.PortTypes {
		if !r.bound[pt] && len(r.out.Bindings) > 0 {
			r.diags.Warnf(pt.Pos, "", "port type %s has no SOAP binding and is passed over", pt.Name.Local)
			continue
		}
		kept = append(kept, pt)
		pt.Operations = slices.DeleteFunc(pt.Operations, func(op *model.Operation) bool {
			if len(op.Bindings) > 0 || unboundBody(op.Input) && unboundBody(op.Output) {
				return false
			}
			r.diags.Warnf(op.Pos, "add it to a binding", "no binding says how operation %s is sent, and it is passed over", op.Name)
			return true
		})
	}
	r.out.PortTypes = kept
}

// unboundBody settles the body of an operation without binding where its message leaves no doubt: one element, or
// nothing. It reports whether that is so.
func unboundBody(body *model.Body) bool {
	switch {
	case body == nil || len(body.Message.Parts) == 0:
		return true
	case len(body.Message.Parts) > 1 || body.Message.Parts[0].Element == nil:
		return false
	}
	body.Element = body.Message.Parts[0].Element
	return true
}
