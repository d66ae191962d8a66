package resolve

import (
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// markUsed sets Used on the types that operations need.
func markUsed(c *model.Contract) {
	for t := range reachable(messageTypes(c)) {
		t.Used = true
	}
}

// dropUnneeded removes from the Contract what well-known schemas declare and nothing else refers to. own says which
// schemas are not well-known.
func dropUnneeded(c *model.Contract, own map[*model.Schema]bool) {
	seeds := messageTypes(c)
	for _, t := range c.Types {
		if own[t.Schema] {
			seeds = append(seeds, t)
		}
	}
	needed := reachable(seeds)
	unneeded := func(t *model.Type) bool { return !own[t.Schema] && !needed[t] }
	c.Types = slices.DeleteFunc(c.Types, unneeded)
	for _, t := range c.Types {
		t.Derived = slices.DeleteFunc(t.Derived, unneeded)
	}
	kept := make(map[string]bool)
	for _, t := range c.Types {
		kept[t.Name.Space] = true
	}
	messages := messageElements(c)
	c.Elements = slices.DeleteFunc(c.Elements, func(e *model.Element) bool {
		s := slices.IndexFunc(c.Schemas, func(s *model.Schema) bool { return s.Space == e.Name.Space })
		return s >= 0 && !own[c.Schemas[s]] && !slices.Contains(messages, e)
	})
	for _, e := range c.Elements {
		kept[e.Name.Space] = true
	}
	c.Schemas = slices.DeleteFunc(c.Schemas, func(s *model.Schema) bool { return !own[s] && !kept[s.Space] })
}

// messageTypes returns the types of what messages are made of.
func messageTypes(c *model.Contract) []*model.Type {
	var all []*model.Type
	for _, pt := range c.PortTypes {
		for _, op := range pt.Operations {
			for _, body := range []*model.Body{op.Input, op.Output} {
				if body != nil && body.Content != nil {
					all = append(all, body.Content)
				}
			}
		}
	}
	for _, e := range messageElements(c) {
		all = append(all, e.Type)
		for _, s := range e.Substitutes {
			all = append(all, s.Type)
		}
	}
	return all
}

// reachable returns the types among seeds that are not built in, and all that those need or may stand in their place.
func reachable(seeds []*model.Type) map[*model.Type]bool {
	seen := make(map[*model.Type]bool)
	var todo []*model.Type
	visit := func(t *model.Type) {
		if t != nil && t.Kind != model.BuiltinType && !seen[t] {
			seen[t] = true
			todo = append(todo, t)
		}
	}
	for _, t := range seeds {
		visit(t)
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
	return seen
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
