package resolve

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"

// markUsed sets Used on the types that operations need.
func markUsed(c *model.Contract) {
	var todo []*model.Type
	visit := func(t *model.Type) {
		if t != nil && t.Kind != model.BuiltinType && !t.Used {
			t.Used = true
			todo = append(todo, t)
		}
	}
	for _, e := range messageElements(c) {
		visit(e.Type)
		for _, s := range e.Substitutes {
			visit(s.Type)
		}
	}
	for len(todo) > 0 {
		t := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		visit(t.Base)
		visit(t.Text)
		visit(t.Item)
		for _, d := range t.Derived {
			visit(d)
		}
		for _, u := range t.Union {
			visit(u)
		}
		for _, a := range t.Attributes {
			visit(a.Type)
		}
		for _, m := range membersLeaves(t.Members) {
			visit(m.Type)
		}
	}
}

// messageElements returns the elements that messages are made of.
func messageElements(c *model.Contract) []*model.Element {
	var all []*model.Element
	add := func(e *model.Element) {
		if e != nil {
			all = append(all, e)
		}
	}
	for _, pt := range c.PortTypes {
		for _, op := range pt.Operations {
			for _, body := range []*model.Body{op.Input, op.Output} {
				if body == nil {
					continue
				}
				add(body.Element)
				for _, h := range body.Headers {
					add(h.Element)
				}
			}
			for _, f := range op.Faults {
				add(f.Element)
			}
		}
	}
	return all
}
