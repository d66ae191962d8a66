package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/sample"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// A message is a sample of what an operation sends, and what became of it.
type message struct {
	operation string
	part      string // request, response, header or fault
	element   *model.Element
	goType    string
	sample    sample.Sample
	file      string // where it is written
	hasName   bool

	verdict string // why it is not valid; empty if it is
	failed  bool   // somewhere
}

// where says which sample of the case m is.
func (m *message) where() string {
	return fmt.Sprintf("%s %s %s", m.operation, m.part, m.sample.Name)
}

func (c *testCase) failMessage(m *message, s stage, cause string) {
	m.failed = true
	c.fail(s, m.where(), "%s", cause)
}

// sampleAll makes the samples of all cases that compile and writes them below dir.
func sampleAll(cases []*testCase, dir string) error {
	return parallel(cases, func(c *testCase) error {
		if c.reached() <= stageCompile || c.unfit {
			return nil
		}
		c.makeSamples()
		folder := filepath.Join(dir, "samples", c.pkg)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return err
		}
		for i, m := range c.samples {
			m.file = filepath.Join(folder, fmt.Sprintf("%05d.xml", i))
			if err := os.WriteFile(m.file, m.sample.Root.XML(nil), 0o666); err != nil {
				return err
			}
		}
		return nil
	})
}

// makeSamples makes the samples of each element that is a message, a header or a detail, once, however many operations
// share it.
func (c *testCase) makeSamples() {
	var (
		gen    = sample.New(c.contract)
		seen   = map[*model.Element]bool{}
		global = map[*model.Element]bool{}
		types  = newGoTypes(c)
	)
	for _, el := range c.contract.Elements {
		global[el] = true
	}
	add := func(op, part string, el *model.Element) {
		goType := types.of(el)
		if el == nil || seen[el] || goType == "" {
			return
		}
		seen[el] = true
		root := el.Name
		if !global[el] {
			root = wrapperName(len(seen))
		}
		for _, s := range gen.All(el) {
			s.Root.Name = root
			c.samples = append(c.samples, &message{operation: op, part: part, element: el, goType: goType, sample: s, hasName: s.Root.HasName()})
		}
	}
	for _, port := range c.shape.Ports {
		for _, op := range port.Operations {
			name := op.Operation.Name
			add(name, "request", op.In)
			add(name, "response", op.Out)
			for _, f := range op.Operation.Faults {
				add(name, "fault", f.Element)
			}
			for _, body := range []*model.Body{op.Operation.Input, op.Operation.Output} {
				if body == nil {
					continue
				}
				for _, h := range body.Headers {
					add(name, "header", h.Element)
				}
			}
		}
	}
}

// spaceWrapper is the namespace of elements that no schema declares: those around the parameters of rpc operations. For
// the judges they are renamed into it, where nothing can clash.
const spaceWrapper = "urn:scoreboard:wrapper"

func wrapperName(n int) model.Name {
	return model.Name{Space: spaceWrapper, Local: fmt.Sprintf("w%d", n)}
}

// goTypes finds the Go type of an element.
type goTypes struct {
	c         *testCase
	byType    map[*model.Type]*shape.Struct
	byElement map[*model.Element]*shape.Struct
}

func newGoTypes(c *testCase) *goTypes {
	g := &goTypes{c, map[*model.Type]*shape.Struct{}, map[*model.Element]*shape.Struct{}}
	for _, s := range c.shape.Structs {
		switch s.Role {
		case shape.Complex:
			g.byType[s.Type] = s
		case shape.Content:
			g.byElement[s.Element] = s
		}
	}
	return g
}

// of returns the name of the type, empty if there is none.
func (g *goTypes) of(el *model.Element) string {
	if el == nil {
		return ""
	}
	s := g.byElement[el]
	if s == nil {
		s = g.byType[el.Type]
	}
	if s == nil {
		return ""
	}
	return g.c.plan.Struct(s)
}

// wrappers returns the elements of the samples that no schema declares, by the name that the samples give them.
func (c *testCase) wrappers() map[string]*model.Element {
	out := map[string]*model.Element{}
	for _, m := range c.samples {
		if m.sample.Root.Name.Space == spaceWrapper {
			out[m.sample.Root.Name.Local] = m.element
		}
	}
	return out
}

// sortedKeys returns the keys of m in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
