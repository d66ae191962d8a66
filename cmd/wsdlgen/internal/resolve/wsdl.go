package resolve

import (
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// serviceSymbol is not looked up: services of one name are merged.
const serviceSymbol = "service"

func (r *resolver) declareDefinitions(docs []*load.Definitions) {
	kinds := map[string]string{
		"message": messageSymbol, "portType": portTypeSymbol, "binding": bindingSymbol, "service": serviceSymbol,
	}
	for _, doc := range docs {
		r.collectPolicies(doc.Root)
		for _, n := range doc.Root.Elements() {
			if n.Name.Space != syntax.NamespaceWSDL {
				continue // policies and the like
			}
			kind, ok := kinds[n.Name.Local]
			if !ok {
				r.strayWSDL(doc.Root, n, "import", "types")
				continue
			}
			name, ok := r.definitionName(doc, n)
			if !ok {
				continue
			}
			d := &decl{symbol: symbol{kind, model.Name{Space: doc.Target, Local: name}}, node: n, target: doc.Target}
			if kind == serviceSymbol {
				r.decls = append(r.decls, d)
			} else {
				r.declare(d)
			}
		}
	}
}

// definitionName returns the name of a child of wsdl:definitions. A service without one, to which nothing refers, is
// called like the document.
func (r *resolver) definitionName(doc *load.Definitions, n *syntax.Node) (string, bool) {
	if n.Name.Local == "service" && n.Find("name") == nil {
		name := doc.Root.Attr("name")
		if !syntax.IsNCName(name) {
			name = "Service"
		}
		r.diags.Warnf(n.Pos, "give it a name attribute", "a service has no name, it is called %s", name)
		return name, true
	}
	return r.ownName(n)
}

// strayWSDL reports an element of WSDL that is none of those allowed, documentation aside.
func (r *resolver) strayWSDL(in, n *syntax.Node, allowed ...string) {
	if n.Name.Space != syntax.NamespaceWSDL || n.Name.Local == "documentation" {
		return
	}
	for _, a := range allowed {
		if n.Name.Local == a {
			return
		}
	}
	r.errorf(n.Pos, "move it to where WSDL allows it, or drop it", "wsdl:%s may not stand in wsdl:%s", n.Name.Local, in.Name.Local)
}

// resolveDefinitions links messages, port types, bindings and services, each after what it refers to.
func (r *resolver) resolveDefinitions() {
	r.each(messageSymbol, r.completeMessage)
	r.each(portTypeSymbol, r.completePortType)
	r.each(bindingSymbol, r.completeBinding)
	r.each(serviceSymbol, r.completeService)
	r.finishPortTypes()
}

func (r *resolver) each(kind string, do func(*decl)) {
	for _, d := range r.decls {
		if d.kind == kind {
			do(d)
		}
	}
}

// findIn returns the WSDL component that the attribute attr of n names, or nil after an error.
func (r *resolver) findIn(d *decl, kind string, n *syntax.Node, attr string) *decl {
	if n.Find(attr) == nil {
		r.errorf(n.Pos, "give it a "+attr+" attribute", "%s has no %s", n.Name.Local, attr)
		return nil
	}
	return r.find(d.refIn(kind, n, attr), n.Attr(attr))
}

func (r *resolver) completeMessage(d *decl) {
	m := &model.Message{Name: d.name, Doc: d.node.Doc(), Pos: d.node.Pos}
	d.message = m
	for _, n := range d.node.Elements() {
		if !n.Is(syntax.NamespaceWSDL, "part") {
			r.strayWSDL(d.node, n)
			continue
		}
		name, ok := r.ownName(n)
		if !ok {
			continue
		}
		if m.Part(name) != nil {
			r.errorf(n.Pos, "rename one of them", "message %s has two parts %s", d.name.Local, name)
			continue
		}
		if !r.spend(len(m.Parts), n.Pos) {
			return
		}
		part := &model.Part{Name: name, Doc: n.Doc(), Pos: n.Pos}
		m.Parts = append(m.Parts, part)
		r.partContent(d, part, n)
	}
}

func (r *resolver) partContent(d *decl, part *model.Part, n *syntax.Node) {
	switch element, typ := n.Find("element") != nil, n.Find("type") != nil; {
	case element && typ:
		r.errorf(n.AttrPos("type"), "keep one of the two", "part %s has an element and a type", part.Name)
	case element:
		r.partElement(d, part, n)
	case typ:
		r.partType(d, part, n)
	default:
		r.errorf(n.Pos, "give it one of the two", "part %s has neither an element nor a type", part.Name)
	}
}

// partElement reads the attribute element. Where it names a type of XML Schema, that is meant.
func (r *resolver) partElement(d *decl, part *model.Part, n *syntax.Node) {
	ref := d.refIn(elementSymbol, n, "element")
	name, ok := r.expand(ref, n.Attr("element"))
	if !ok {
		return
	}
	if t := model.LookupBuiltin(name.Local); t != nil && name.Space == syntax.NamespaceXSD && !r.has(elementSymbol, name) {
		r.diags.Warnf(ref.pos, "write type in place of element", "%s is a type and not an element", name)
		part.Type = t
		return
	}
	if e := r.named(ref, name); e != nil {
		part.Element = e.elem
	}
}

// partType reads the attribute type. Where it names an element, and no type is called so, that is meant.
func (r *resolver) partType(d *decl, part *model.Part, n *syntax.Node) {
	ref := d.refIn(typeSymbol, n, "type")
	name, ok := r.expand(ref, n.Attr("type"))
	if !ok {
		return
	}
	if e := r.symbols[symbol{elementSymbol, name}]; e != nil && !r.has(typeSymbol, name) {
		r.diags.Warnf(ref.pos, "write element in place of type", "%s is an element and not a type", name)
		part.Element = e.elem
		return
	}
	part.Type = r.findType(ref, n.Attr("type"))
}

func (r *resolver) completePortType(d *decl) {
	pt := &model.PortType{Name: d.name, Doc: d.node.Doc(), Pos: d.node.Pos}
	d.portType = pt
	r.out.PortTypes = append(r.out.PortTypes, pt)
	for _, n := range d.node.Elements() {
		if !n.Is(syntax.NamespaceWSDL, "operation") {
			r.strayWSDL(d.node, n)
			continue
		}
		name, ok := r.ownName(n)
		if !ok {
			continue
		}
		op := &model.Operation{Name: name, PortType: pt, Doc: n.Doc(), Pos: n.Pos}
		r.messages(d, op, n)
		pt.Operations = append(pt.Operations, op)
		key := operationKey{pt, name}
		r.operations[key] = append(r.operations[key], op)
	}
}

// messages reads what an operation sends, gets, and fails with.
func (r *resolver) messages(d *decl, op *model.Operation, n *syntax.Node) {
	for _, c := range n.Elements() {
		if c.Name.Space != syntax.NamespaceWSDL {
			continue
		}
		switch c.Name.Local {
		case "input":
			op.Input = r.body(d, c, op.Input)
		case "output":
			op.Output = r.body(d, c, op.Output)
		case "fault":
			if f := r.fault(d, c); f != nil {
				op.Faults = append(op.Faults, f)
			}
		default:
			r.strayWSDL(n, c)
		}
	}
	if op.Input == nil && op.Output == nil {
		r.errorf(n.Pos, "give it one of the two", "operation %s has neither input nor output", op.Name)
	}
}

// actionAttrs are where WS-Addressing puts the action of a message, in its editions.
var actionAttrs = []model.Name{
	{Space: "http://www.w3.org/2007/05/addressing/metadata", Local: "Action"},
	{Space: "http://www.w3.org/2006/05/addressing/wsdl", Local: "Action"},
	{Space: "http://www.w3.org/2005/08/addressing", Local: "Action"},
	{Space: "http://schemas.xmlsoap.org/ws/2004/08/addressing", Local: "Action"},
}

func (r *resolver) body(d *decl, n *syntax.Node, known *model.Body) *model.Body {
	if known != nil {
		r.errorf(n.Pos, "keep one of them", "the operation has two elements wsdl:%s", n.Name.Local)
		return known
	}
	b := &model.Body{Name: n.Attr("name"), Doc: n.Doc(), Pos: n.Pos, Message: &model.Message{Pos: n.Pos}}
	if m := r.findIn(d, messageSymbol, n, "message"); m != nil {
		b.Message = m.message
	}
	for _, a := range n.Attrs {
		for _, name := range actionAttrs {
			if a.Name == name && b.Action == "" {
				b.Action = strings.TrimSpace(a.Value)
			}
		}
	}
	return b
}

func (r *resolver) fault(d *decl, n *syntax.Node) *model.Fault {
	name, ok := n.Attr("name"), true
	if name == "" && n.Attr("message") != "" {
		_, name, _ = syntax.SplitQName(n.Attr("message"))
		r.diags.Warnf(n.Pos, "give it a name attribute", "a fault has no name, that of its message is taken")
	} else if name, ok = r.ownName(n); !ok {
		return nil
	}
	f := &model.Fault{Name: name, Doc: n.Doc(), Pos: n.Pos}
	m := r.findIn(d, messageSymbol, n, "message")
	if m == nil {
		return nil
	}
	f.Message = m.message
	switch parts := m.message.Parts; {
	case len(parts) != 1:
		r.errorf(n.AttrPos("message"), "a fault message has one part", "message %s of fault %s has %d parts",
			m.name.Local, name, len(parts))
	case parts[0].Element != nil:
		f.Element = parts[0].Element
	case parts[0].Type != nil:
		f.Element = r.namedLikePart(parts[0], "")
	}
	return f
}

// namedLikePart is the element for a part that has a type in place of an element. WSDL does not say what it is called in a
// fault, a header or a document-style body; services name it after the part.
func (r *resolver) namedLikePart(p *model.Part, space string) *model.Element {
	if e := r.partElements[p]; e != nil {
		return e
	}
	r.diags.Warnf(p.Pos, "give the part an element", "part %s has a type; its element is taken to be called like the part", p.Name)
	e := &model.Element{Name: model.Name{Space: space, Local: p.Name}, Type: p.Type, Doc: p.Doc, Pos: p.Pos}
	r.partElements[p] = e
	return e
}

func (r *resolver) completeService(d *decl) {
	s := r.service(d)
	for _, n := range d.node.Elements() {
		if !n.Is(syntax.NamespaceWSDL, "port") {
			r.strayWSDL(d.node, n)
			continue
		}
		name, ok := r.ownName(n)
		if !ok {
			continue
		}
		if b := r.findIn(d, bindingSymbol, n, "binding"); b != nil {
			if r.bindings[b] != nil {
				r.reportPolicies("port "+name, n)
			}
			r.port(s, &model.Port{Name: name, Service: s, Binding: r.bindings[b], Address: address(n), Doc: n.Doc(), Pos: n.Pos})
		}
	}
}

// service returns the service that d declares or, being a further document's view of it, adds to.
func (r *resolver) service(d *decl) *model.Service {
	if s := r.services[d.name]; s != nil {
		return s
	}
	s := &model.Service{Name: d.name, Doc: d.node.Doc(), Pos: d.node.Pos}
	r.services[d.name] = s
	r.out.Services = append(r.out.Services, s)
	return s
}

// port adds p to s. A port of a binding that is passed over is passed over too.
func (r *resolver) port(s *model.Service, p *model.Port) {
	if p.Binding == nil || !r.spend(len(s.Ports), p.Pos) {
		return
	}
	for _, known := range s.Ports {
		if known.Name != p.Name {
			continue
		}
		if known.Binding != p.Binding || known.Address != p.Address {
			r.errorf(p.Pos, "one name is to have one definition", "port %s of service %s is defined differently at %s",
				p.Name, s.Name.Local, known.Pos)
		}
		return
	}
	s.Ports = append(s.Ports, p)
}

// address returns the location that a port gives.
func address(port *syntax.Node) string {
	for _, n := range port.Elements() {
		if isSOAP(n, "address") {
			return n.Attr("location")
		}
	}
	return ""
}

// isSOAP reports whether n is an element of one of the SOAP bindings.
func isSOAP(n *syntax.Node, local string) bool {
	return n.Is(syntax.NamespaceSOAP11, local) || n.Is(syntax.NamespaceSOAP12, local)
}

func soapChild(n *syntax.Node, local string) *syntax.Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Elements() {
		if isSOAP(c, local) {
			return c
		}
	}
	return nil
}
