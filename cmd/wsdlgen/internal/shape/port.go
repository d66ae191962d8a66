package shape

import (
	"cmp"
	"maps"
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// declarePorts declares the port types that can be called over SOAP, and where. Operations that no SOAP binding carries
// are left out, unless nothing has a binding: a contract may leave that to others.
func (b *builder) declarePorts() {
	c := b.pkg.Contract
	abstract := len(c.Bindings) == 0
	for _, pt := range c.PortTypes {
		port := &Port{PortType: pt}
		for _, op := range pt.Operations {
			if op.Input == nil || len(op.Bindings) == 0 && !abstract {
				port.Left = append(port.Left, op)
				continue
			}
			port.Operations = append(port.Operations, b.operation(op))
		}
		if len(port.Operations) > 0 {
			b.pkg.Ports = append(b.pkg.Ports, port)
		}
	}
	b.declareEndpoints()
}

func (b *builder) declareEndpoints() {
	c := b.pkg.Contract
	served := map[*model.Binding]bool{}
	for _, service := range c.Services {
		for _, port := range service.Ports {
			if port.Binding == nil {
				continue
			}
			served[port.Binding] = true
			b.pkg.Endpoints = append(b.pkg.Endpoints, &Endpoint{Binding: port.Binding, Port: port})
		}
	}
	for _, binding := range c.Bindings {
		if !served[binding] {
			b.pkg.Endpoints = append(b.pkg.Endpoints, &Endpoint{Binding: binding})
		}
	}
}

func (b *builder) operation(op *model.Operation) *Operation {
	o := &Operation{Operation: op, Action: action(op), In: op.Input.Element}
	o.Request = b.message(op, op.Input, false)
	o.Encoded = op.Input.Encoded
	if op.Output != nil {
		o.Out = op.Output.Element
		o.Encoded = o.Encoded || op.Output.Encoded
		o.Response = b.message(op, op.Output, true)
	}
	for _, f := range op.Faults {
		if block := b.block(f.Element); block != nil {
			block.Fault = true
		}
	}
	for _, h := range op.Input.Headers {
		if block := b.block(h.Element); block != nil {
			block.Request = true
		}
	}
	if op.Output != nil {
		for _, h := range op.Output.Headers {
			if block := b.block(h.Element); block != nil {
				block.Response = true
			}
		}
	}
	return o
}

// action returns the SOAP action: the first that a binding gives. Bindings of one operation that differ in it are rare,
// and the services that have them accept either.
func action(op *model.Operation) string {
	for _, bound := range op.Bindings {
		if bound.Action != "" {
			return bound.Action
		}
	}
	return ""
}

func (b *builder) message(op *model.Operation, body *model.Body, response bool) *Struct {
	if body.Content != nil {
		return b.structOf(body.Content)
	}
	if body.Element == nil {
		return b.add(&Struct{Role: Empty, Operation: op, Response: response})
	}
	return b.root(body.Element)
}

// block returns what is declared for a header block or the detail of a fault, each element once. It is nil for one of an
// abstract type, which is always of another type.
func (b *builder) block(el *model.Element) *Block {
	if el == nil || el.Type.Abstract {
		return nil
	}
	message := b.root(el)
	for _, known := range b.pkg.Blocks {
		if known.Element.Name == el.Name && known.Message == message {
			return known
		}
	}
	block := &Block{Element: el, Message: message}
	b.pkg.Blocks = append(b.pkg.Blocks, block)
	return block
}

// root returns the struct for an element that stands alone: a message, a header block or the detail of a fault.
func (b *builder) root(el *model.Element) *Struct {
	if el.Type.Kind == model.ComplexType && el.Type.Builtin != model.AnyType {
		return b.structOf(el.Type)
	}
	if s := b.contents[el]; s != nil {
		return s
	}
	s := b.add(&Struct{Role: Content, Element: el, Space: el.Name.Space, RootElement: el.Name.Local, Doc: el.Doc})
	b.contents[el] = s
	return s
}

// findLists finds the responses that can be streamed: those with exactly one list, if that is one of structs.
func (b *builder) findLists() {
	for _, port := range b.pkg.Ports {
		for _, op := range port.Operations {
			if op.Response != nil && op.Out != nil && !op.Encoded { // others are read whole
				op.List = onlyList(op.Response)
			}
		}
	}
}

func onlyList(s *Struct) *Field {
	var list *Field
	for _, f := range s.Fields {
		if f.Form != Slice || f.IsAttr() {
			continue
		}
		if list != nil {
			return nil
		}
		list = f
	}
	if list == nil || list.Value.Kind != "Struct" {
		return nil
	}
	return list
}

// mentions calls see with the namespaces that the table of s speaks of, some of them several times.
func (s *Struct) mentions(see func(space string)) {
	see(s.Space)
	if s.ArrayOf != nil {
		see(s.ArrayOf.Space)
	}
	for _, f := range s.Fields {
		see(f.Name.Space)
		for _, name := range []*model.Name{f.Item, f.ArrayOf, f.TypeName} {
			if name != nil {
				see(name.Space)
			}
		}
	}
}

// collectSpaces lists the namespaces in the order that Package.Spaces promises.
func (b *builder) collectSpaces() {
	rank := map[string]int{}
	see := func(space string, r int) {
		if old, seen := rank[space]; space != "" && (!seen || r < old) {
			rank[space] = r
		}
	}
	for _, port := range b.pkg.Ports {
		see(port.PortType.Name.Space, 0)
		for _, op := range port.Operations {
			for _, el := range []*model.Element{op.In, op.Out} {
				if el != nil {
					see(el.Name.Space, 1)
				}
			}
		}
	}
	for _, s := range b.pkg.Structs {
		s.mentions(func(space string) { see(space, 2) })
	}
	for _, block := range b.pkg.Blocks {
		see(block.Element.Name.Space, 2)
	}
	for _, e := range b.pkg.Enums {
		see(e.Type.Name.Space, 2)
	}
	b.pkg.Spaces = slices.SortedFunc(maps.Keys(rank), func(x, y string) int {
		return cmp.Or(cmp.Compare(rank[x], rank[y]), cmp.Compare(x, y))
	})
}
