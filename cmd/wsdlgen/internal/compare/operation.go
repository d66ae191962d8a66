package compare

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

func (c *comparison) portTypes(old, new *model.Contract) {
	name := func(pt *model.PortType) model.Name { return pt.Name }
	both, removed, added := matched(old.PortTypes, new.PortTypes, name)
	for _, pt := range removed {
		c.add(BreaksWire, pt.Name.Local, pt.Pos, none, "the port type is gone")
	}
	for _, pt := range added {
		c.add(Compatible, pt.Name.Local, none, pt.Pos, "a new port type")
	}
	for _, pair := range both {
		c.operations(pair[0], pair[1])
	}
}

// An overload tells operations of one name apart.
type overload struct{ name, input string }

func (c *comparison) operations(old, new *model.PortType) {
	both, removed, added := matched(old.Operations, new.Operations, func(op *model.Operation) overload {
		o := overload{name: op.Name}
		if op.Input != nil {
			o.input = op.Input.Name
		}
		return o
	})
	for _, op := range removed {
		c.add(BreaksWire, op.Name, op.Pos, none, "the operation is gone")
	}
	for _, op := range added {
		c.add(Compatible, op.Name, none, op.Pos, "a new operation")
	}
	for _, pair := range both {
		c.operation(pair[0], pair[1])
	}
}

func (c *comparison) operation(old, new *model.Operation) {
	if old.Style != new.Style {
		c.add(BreaksWire, old.Name, old.Pos, new.Pos, "the style was %v and is %v", old.Style, new.Style)
	}
	c.body(old, new, "request", request, old.Input, new.Input)
	c.body(old, new, "answer", response, old.Output, new.Output)
	both, removed, added := matched(old.Faults, new.Faults, func(f *model.Fault) string { return f.Name })
	for _, f := range removed {
		c.add(BreaksGo, old.Name, f.Pos, none, "the fault %s is not declared any more", f.Name)
	}
	for _, f := range added {
		c.add(Compatible, old.Name, none, f.Pos, "a new fault %s", f.Name)
	}
	for _, pair := range both {
		c.root(old.Name, "fault "+pair[0].Name, response, pair[0].Element, pair[1].Element, pair[0].Pos, pair[1].Pos)
	}
	if old.Doc != new.Doc {
		c.add(Compatible, old.Name, old.Pos, new.Pos, "its documentation has changed")
	}
}

// body compares what is sent one way.
func (c *comparison) body(oldOp, newOp *model.Operation, what string, dir direction, old, new *model.Body) {
	where := oldOp.Name
	switch {
	case old == nil && new == nil:
		return
	case old == nil:
		c.add(BreaksWire, where, oldOp.Pos, new.Pos, "there was no %s, and is one", what)
		return
	case new == nil:
		c.add(BreaksWire, where, old.Pos, newOp.Pos, "there is no %s any more", what)
		return
	}
	if old.Encoded != new.Encoded {
		c.add(BreaksWire, where, old.Pos, new.Pos, "the %s is %s now", what, map[bool]string{true: "encoded", false: "literal"}[new.Encoded])
	}
	if old.Action != new.Action {
		c.add(BreaksWire, where, old.Pos, new.Pos, "the WS-Addressing action of the %s was %q and is %q", what, old.Action, new.Action)
	}
	c.root(where, what, dir, old.Element, new.Element, old.Pos, new.Pos)
	if old.Content != nil && new.Content != nil {
		c.types(where, dir, old.Content, new.Content)
	} else if (old.Content == nil) != (new.Content == nil) {
		c.add(BreaksWire, where, old.Pos, new.Pos, "the parts of the %s stand differently in the body", what)
	}
	c.headers(where, what, dir, old, new)
}

// root compares the elements of a message.
func (c *comparison) root(where, what string, dir direction, old, new *model.Element, oldPos, newPos source.Pos) {
	switch {
	case old == nil && new == nil:
	case old == nil:
		c.add(BreaksWire, where, oldPos, newPos, "the %s was empty and is %s", what, new.Name)
	case new == nil:
		c.add(BreaksWire, where, oldPos, newPos, "the %s was %s and is empty", what, old.Name)
	case old.Name != new.Name:
		c.add(BreaksWire, where, oldPos, newPos, "the %s was %s and is %s", what, old.Name, new.Name)
	default:
		c.types(old.Name.Local, dir, old.Type, new.Type)
	}
}

func (c *comparison) headers(where, what string, dir direction, old, new *model.Body) {
	name := func(h *model.Header) model.Name { return h.Element.Name }
	both, removed, added := matched(old.Headers, new.Headers, name)
	for _, h := range removed {
		c.add(BreaksGo, where, h.Pos, none, "the header %s of the %s is not declared any more", name(h), what)
	}
	for _, h := range added {
		effect := Compatible
		if dir == request {
			effect = BreaksWire // WSDL cannot say that a header may be left out
		}
		c.add(effect, where, none, h.Pos, "a new header %s of the %s", name(h), what)
	}
	for _, pair := range both {
		c.types(name(pair[0]).Local, dir, pair[0].Element.Type, pair[1].Element.Type)
	}
}

func (c *comparison) bindings(old, new *model.Contract) {
	both, removed, added := matched(old.Bindings, new.Bindings, func(b *model.Binding) model.Name { return b.Name })
	for _, b := range removed {
		c.add(BreaksWire, b.Name.Local, b.Pos, none, "the binding to %v is gone", b.Version)
	}
	for _, b := range added {
		c.add(Compatible, b.Name.Local, none, b.Pos, "a new binding to %v", b.Version)
	}
	for _, pair := range both {
		o, n := pair[0], pair[1]
		if o.Version != n.Version {
			c.add(BreaksWire, o.Name.Local, o.Pos, n.Pos, "it was to %v and is to %v", o.Version, n.Version)
		}
		if o.Transport != n.Transport {
			c.add(BreaksWire, o.Name.Local, o.Pos, n.Pos, "the transport was %s and is %s", o.Transport, n.Transport)
		}
		if o.PortType.Name != n.PortType.Name {
			c.add(BreaksWire, o.Name.Local, o.Pos, n.Pos, "it was of %s and is of %s", o.PortType.Name, n.PortType.Name)
		}
		ops, gone, more := matched(o.Operations, n.Operations, func(op *model.BindingOperation) string { return op.Operation.Name })
		for _, op := range gone {
			c.add(BreaksWire, op.Operation.Name, op.Pos, n.Pos, "binding %s does not have it any more", o.Name.Local)
		}
		for _, op := range more {
			c.add(Compatible, op.Operation.Name, o.Pos, op.Pos, "binding %s has it now", o.Name.Local)
		}
		for _, pair := range ops {
			if was, is := pair[0], pair[1]; was.Action != is.Action {
				c.add(BreaksWire, was.Operation.Name, was.Pos, is.Pos, "the SOAP action was %q and is %q", was.Action, is.Action)
			}
		}
	}
}

func (c *comparison) services(old, new *model.Contract) {
	type port struct {
		*model.Port
		service string
	}
	ports := func(contract *model.Contract) (all []port) {
		for _, s := range contract.Services {
			for _, p := range s.Ports {
				all = append(all, port{p, s.Name.Local})
			}
		}
		return all
	}
	both, removed, added := matched(ports(old), ports(new), func(p port) string { return p.service + "." + p.Name })
	for _, p := range removed {
		c.add(BreaksWire, p.service+"."+p.Name, p.Pos, none, "the port at %s is gone", p.Address)
	}
	for _, p := range added {
		c.add(Compatible, p.service+"."+p.Name, none, p.Pos, "a new port at %s", p.Address)
	}
	for _, pair := range both {
		if o, n := pair[0], pair[1]; o.Address != n.Address {
			c.add(BreaksWire, o.service+"."+o.Name, o.Pos, n.Pos, "the address was %s and is %s", o.Address, n.Address)
		}
	}
}
