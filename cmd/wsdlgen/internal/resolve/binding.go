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
	soap := r.soapBinding(d)
	if soap == nil {
		r.diags.Warnf(d.node.Pos, "", "binding %s is not for SOAP and is passed over", d.name.Local)
		return
	}
	pt := r.boundPortType(d)
	if pt == nil {
		return
	}
	r.reportPolicies("binding "+d.name.Local, d.node)
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
	if len(b.Operations) == 0 && len(d.node.All(syntax.NamespaceWSDL, "operation")) > 0 {
		return // all of them in another form than elsewhere, or after an error
	}
	r.bindings[d], r.bound[b.PortType] = b, true
	r.out.Bindings = append(r.out.Bindings, b)
}

// soapBinding returns what says that a binding is for SOAP, and how: the element soap:binding, or where that is left out the
// first soap:operation, which stands in no other binding. It is nil if nothing does.
func (r *resolver) soapBinding(d *decl) *syntax.Node {
	if soap := soapChild(d.node, "binding"); soap != nil {
		return soap
	}
	for _, n := range d.node.All(syntax.NamespaceWSDL, "operation") {
		if soap := soapChild(n, "operation"); soap != nil {
			r.diags.Warnf(d.node.Pos, "add a soap:binding", "binding %s does not say that it is for SOAP, but its operations do", d.name.Local)
			return soap
		}
	}
	return nil
}

// boundPortType returns the port type of a binding. One that names none can only mean the only one there is.
func (r *resolver) boundPortType(d *decl) *decl {
	if d.node.Find("type") == nil {
		var all []*decl
		r.each(portTypeSymbol, func(pt *decl) { all = append(all, pt) })
		if len(all) == 1 {
			r.diags.Warnf(d.node.Pos, "give it a type attribute", "binding %s names no port type, %s is taken", d.name.Local, all[0].name)
			return all[0]
		}
	}
	return r.findIn(d, portTypeSymbol, d.node, "type")
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
	case "literal", "encoded": // what use says
		r.diags.Warnf(n.AttrPos("style"), "write document or rpc", "style %s is not known, %s is taken", syntax.Quote(s), byDefault)
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
		r.otherForm(bound, n.Pos)
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
		r.encoded(soapChild(f, "fault"))
	}
	if op.Bindings[len(op.Bindings)-1] != bound {
		return nil
	}
	return bound
}

// otherForm passes over an operation in a binding that puts it otherwise on the wire than the first one does: there is
// one form for each operation.
func (r *resolver) otherForm(bound *model.BindingOperation, pos source.Pos) {
	op := bound.Operation
	r.diags.Warnf(pos, "generate from a document without the other binding to have this one",
		"operation %s has another form here than in binding %s and is passed over", op.Name, op.Bindings[0].Binding.Name.Local)
	op.Bindings = slices.DeleteFunc(op.Bindings, func(b *model.BindingOperation) bool { return b == bound })
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
		r.errorf(n.Pos, "declare it in the port type, or drop it here", "port type %s has no operation %s", b.PortType.Name.Local, name)
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
	root    *syntax.Node // what holds the soap:body and its headers
	headers []*model.Header
	// attached are the parts that travel beside the envelope.
	attached map[string]bool
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
			r.errorf(dir.node.Pos, "drop it here, or declare it in the port type", "operation %s has no %s", bound.Operation.Name, name)
		}
		return
	}
	if dir.node == nil {
		dir.node = n
	}
	dir.readMIME(r)
	encoded, ok := r.encoded(dir.soap)
	if !ok {
		return
	}
	dir.headers = r.headers(d, dir.root)
	r.addHeaders(dir)
	form := *body
	form.Encoded = encoded
	if !r.bodyForm(dir, &form) {
		return
	}
	switch first := bound.Operation.Bindings[0]; {
	case first == bound:
		body.Element, body.Content, body.Encoded = form.Element, form.Content, form.Encoded
	case !sameForm(body, &form):
		r.otherForm(bound, dir.pos())
	}
}

// readMIME finds the soap:body, which may stand in a part of a multipart message. The other parts travel beside the
// envelope; they are not generated.
func (dir *direction) readMIME(r *resolver) {
	dir.root = dir.node
	multi := dir.node.First(syntax.NamespaceMIME, "multipartRelated")
	if multi == nil {
		dir.soap = soapChild(dir.node, "body")
		return
	}
	dir.attached = make(map[string]bool)
	for _, part := range multi.All(syntax.NamespaceMIME, "part") {
		if soap := soapChild(part, "body"); soap != nil && dir.soap == nil {
			dir.soap, dir.root = soap, part
			continue
		}
		for _, c := range part.Elements() {
			if name := c.Attr("part"); name != "" && !isSOAP(c, "header") {
				dir.attached[name] = true
			}
		}
	}
	r.diags.Warnf(multi.Pos, "only what stands in the body is generated", "the %s of operation %s has attachments, which are left to the caller",
		dir.name, dir.bound.Operation.Name)
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

// sameForm reports whether two bindings put a message on the wire in the same way. Types made for bodies are made
// anew for each.
func sameForm(a, b *model.Body) bool {
	if a.Encoded != b.Encoded || !sameMade(a.Content, b.Content) {
		return false
	}
	if a.Element == b.Element {
		return true
	}
	return a.Element != nil && b.Element != nil && a.Element.Name == b.Element.Name && sameMade(a.Element.Type, b.Element.Type)
}

func sameMade(a, b *model.Type) bool {
	if a == b {
		return true
	}
	return a != nil && b != nil && a.IsAnonymous() && b.IsAnonymous() &&
		slices.EqualFunc(a.Members, b.Members, func(x, y *model.Member) bool { return x.Name == y.Name && x.Type == y.Type })
}

// encoded reports whether n, a soap:body, header or fault, is in SOAP encoding. It may be nil. After an error ok is
// false.
func (r *resolver) encoded(n *syntax.Node) (encoded, ok bool) {
	if n == nil {
		return false, true
	}
	switch use := n.Attr("use"); use {
	case "", "literal":
		return false, true
	case "encoded":
		return true, true
	default:
		r.errorf(n.AttrPos("use"), "write literal or encoded", "use %s is not known", syntax.Quote(use))
	}
	return false, false
}

func (r *resolver) headers(d *decl, io *syntax.Node) []*model.Header {
	var all []*model.Header
	for _, n := range io.Elements() {
		if !isSOAP(n, "header") {
			continue
		}
		if _, ok := r.encoded(n); !ok {
			continue
		}
		m := r.findIn(d, messageSymbol, n, "message")
		if m == nil {
			continue
		}
		part := m.message.Part(n.Attr("part"))
		switch {
		case part == nil:
			r.errorf(n.AttrPos("part"), "name one that it has", "message %s has no part %s", m.name.Local, syntax.Quote(n.Attr("part")))
		case part.Element != nil:
			all = append(all, &model.Header{Message: m.message, Part: part, Element: part.Element, Pos: n.Pos})
		case part.Type != nil:
			all = append(all, &model.Header{Message: m.message, Part: part, Element: r.namedLikePart(part, n.Attr("namespace")), Pos: n.Pos})
		}
	}
	return all
}

// bodyForm settles what stands in the body. It reports false after an error.
func (r *resolver) bodyForm(dir *direction, body *model.Body) bool {
	parts, ok := r.bodyParts(dir)
	if !ok {
		return false
	}
	for _, p := range parts {
		if p.Element == nil && p.Type == nil {
			return false // and reported
		}
	}
	switch {
	case dir.bound.Style == model.RPC:
		body.Element = r.rpcElement(dir, parts)
	case len(parts) == 1 && parts[0].Element != nil && varies(parts[0].Element):
		body.Content = r.bodyType(dir, model.Name{Space: body.Message.Name.Space, Local: body.Message.Name.Local}, parts)
	case len(parts) == 1 && parts[0].Element != nil:
		body.Element = parts[0].Element
	case len(parts) == 1 && holdsAnything(parts[0].Type):
		body.Content = parts[0].Type
	case len(parts) == 1:
		namespace := ""
		if dir.soap != nil {
			namespace = dir.soap.Attr("namespace")
		}
		body.Element = r.namedLikePart(parts[0], namespace)
	case len(parts) > 1:
		body.Content = r.bodyType(dir, model.Name{Space: body.Message.Name.Space, Local: body.Message.Name.Local}, parts)
	}
	return true
}

// varies reports whether another element, or one of another type, always stands in place of e.
func varies(e *model.Element) bool {
	return e.Abstract && len(e.Substitutes) > 0 || e.Type != nil && e.Type.Abstract
}

// holdsAnything reports whether the content of t is any element and nothing else. That is how .NET describes a message
// that the service reads for itself.
func holdsAnything(t *model.Type) bool {
	return t.Kind == model.ComplexType && len(t.Members) == 1 && t.Members[0].Kind == model.WildcardMember && !t.Mixed
}

// bodyParts returns the parts of a message that stand in the body: those that the binding lists or, if it lists none,
// those that are not headers.
func (r *resolver) bodyParts(dir *direction) ([]*model.Part, bool) {
	soap, m := dir.soap, dir.body.Message
	if soap != nil && soap.Find("parts") != nil {
		return r.listedParts(soap, m)
	}
	var parts []*model.Part
	for _, p := range m.Parts {
		isHeader := slices.ContainsFunc(dir.headers, func(h *model.Header) bool { return h.Part == p })
		if !isHeader && !dir.attached[p.Name] {
			parts = append(parts, p)
		}
	}
	return parts, true
}

func (r *resolver) listedParts(soap *syntax.Node, m *model.Message) ([]*model.Part, bool) {
	var parts []*model.Part
	for _, name := range strings.Fields(soap.Attr("parts")) {
		p := m.Part(name)
		if p == nil && len(m.Parts) == 1 {
			p = m.Parts[0]
			r.diags.Warnf(soap.AttrPos("parts"), "", "message %s has no part %s, its only part %s is taken",
				m.Name.Local, syntax.Quote(name), p.Name)
		}
		if p == nil {
			r.errorf(soap.AttrPos("parts"), "name one that it has", "message %s has no part %s", m.Name.Local, syntax.Quote(name))
			return nil, false
		}
		parts = append(parts, p)
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
