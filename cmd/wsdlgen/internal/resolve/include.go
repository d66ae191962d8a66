package resolve

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// Include takes from c all operations but those that a pattern of include matches, unless there are none, and those that
// one of exclude matches, and then everything that the rest does not need. A pattern is the name of an operation, or
// that of a port type, a dot and the name of one; * stands for any characters and ? for one. A pattern that matches
// nothing is an error. This is done before anything is made of c, which nothing changes afterwards.
func Include(c *model.Contract, include, exclude []string) error {
	if len(include)+len(exclude) == 0 {
		return nil
	}
	in, err := newPatterns(c, include)
	if err != nil {
		return err
	}
	out, err := newPatterns(c, exclude)
	if err != nil {
		return err
	}
	kept := make(map[*model.Operation]bool)
	for _, pt := range c.PortTypes {
		for _, op := range pt.Operations {
			kept[op] = (len(in) == 0 || in.match(op)) && !out.match(op)
		}
	}
	keepOperations(c, kept)
	if len(c.PortTypes) == 0 {
		return fmt.Errorf("no operation is left of those that are included")
	}
	keepNeeded(c)
	return nil
}

type patterns []string

// newPatterns checks that each of list is a pattern, and matches something.
func newPatterns(c *model.Contract, list []string) (patterns, error) {
	for _, p := range list {
		if _, err := path.Match(p, ""); err != nil {
			return nil, fmt.Errorf("%q is no pattern of operations: %w", p, err)
		}
		one := patterns{p}
		found := false
		var all []string
		for _, pt := range c.PortTypes {
			for _, op := range pt.Operations {
				found = found || one.match(op)
				all = append(all, op.Name)
			}
		}
		if !found {
			return nil, fmt.Errorf("no operation is called %s (%s)", p, likely(p, all))
		}
	}
	return list, nil
}

func (ps patterns) match(op *model.Operation) bool {
	for _, p := range ps {
		for _, name := range []string{op.Name, op.PortType.Name.Local + "." + op.Name} {
			if ok, _ := path.Match(p, name); ok {
				return true
			}
		}
	}
	return false
}

// likely says which names there are, those first that have something in common with p.
func likely(p string, names []string) string {
	const most = 5
	_, last, found := strings.Cut(p, ".")
	if !found {
		last = p
	}
	want := strings.ToLower(strings.Trim(last, "*?"))
	alike := func(name string) bool {
		name = strings.ToLower(name)
		return want != "" && (strings.Contains(name, want) || strings.Contains(want, name))
	}
	slices.Sort(names)
	names = slices.Compact(names)
	slices.SortStableFunc(names, func(x, y string) int {
		switch {
		case alike(x) == alike(y):
			return 0
		case alike(x):
			return -1
		}
		return 1
	})
	if len(names) == 0 {
		return "there are no operations"
	}
	more := ""
	if len(names) > most {
		more = fmt.Sprintf(" and %d more; wsdlgen inspect lists them", len(names)-most)
		names = names[:most]
	}
	return "there is " + strings.Join(names, ", ") + more
}

// keepOperations drops all operations but kept, and the port types, bindings and ports that are then empty.
func keepOperations(c *model.Contract, kept map[*model.Operation]bool) {
	for _, pt := range c.PortTypes {
		pt.Operations = slices.DeleteFunc(pt.Operations, func(op *model.Operation) bool { return !kept[op] })
	}
	for _, b := range c.Bindings {
		b.Operations = slices.DeleteFunc(b.Operations, func(op *model.BindingOperation) bool { return !kept[op.Operation] })
	}
	c.PortTypes = slices.DeleteFunc(c.PortTypes, func(pt *model.PortType) bool { return len(pt.Operations) == 0 })
	c.Bindings = slices.DeleteFunc(c.Bindings, func(b *model.Binding) bool { return len(b.Operations) == 0 })
	for _, s := range c.Services {
		s.Ports = slices.DeleteFunc(s.Ports, func(p *model.Port) bool { return len(p.Binding.Operations) == 0 })
	}
	c.Services = slices.DeleteFunc(c.Services, func(s *model.Service) bool { return len(s.Ports) == 0 })
}

// keepNeeded drops the types, elements and schemas that no message needs.
func keepNeeded(c *model.Contract) {
	needed := reachable(messageTypes(c))
	unneeded := func(t *model.Type) bool { return !needed[t] }
	c.Types = slices.DeleteFunc(c.Types, unneeded)
	spaces := make(map[string]bool)
	for _, t := range c.Types {
		t.Used = true
		t.Derived = slices.DeleteFunc(t.Derived, unneeded)
		spaces[t.Name.Space] = true
	}
	messages := messageElements(c)
	c.Elements = slices.DeleteFunc(c.Elements, func(e *model.Element) bool { return !slices.Contains(messages, e) })
	for _, e := range c.Elements {
		spaces[e.Name.Space] = true
	}
	c.Schemas = slices.DeleteFunc(c.Schemas, func(s *model.Schema) bool { return !spaces[s.Space] })
}
