package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/beevik/etree"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// attachPayloads gives the cases the recorded messages that belong to them. xml-payloads/index.csv in the corpus says in
// its columns file and cases which do. A message whose body element none of its cases declares is passed over: that it was
// recorded with that very document is not known.
func attachPayloads(cases []*testCase, cfg config) error {
	folder := filepath.Join(cfg.corpus, "xml-payloads")
	t, err := readTable(filepath.Join(folder, "index.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	byName := map[string]*testCase{}
	for _, c := range cases {
		byName[c.name] = c
	}
	dir := filepath.Join(cfg.work, "payloads")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for i, row := range t.rows {
		file := t.field(row, "file")
		for _, name := range strings.Fields(t.field(row, "cases")) {
			c := byName[name]
			if c == nil || c.reached() <= stageCompile {
				continue
			}
			out := filepath.Join(dir, fmt.Sprintf("%04d.xml", i))
			if err := c.attach(filepath.Join(folder, file), out, file); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	return nil
}

// attach adds a recorded envelope to the messages of c, if c declares the element in its body. That element is written to
// out as a document of its own.
func (c *testCase) attach(envelope, out, name string) error {
	doc := etree.NewDocument()
	if err := doc.ReadFromFile(envelope); err != nil {
		return nil // some were recorded because they are broken
	}
	root := bodyElement(doc)
	if root == nil {
		return nil
	}
	el := c.elementCalled(model.Name{Space: root.NamespaceURI(), Local: root.Tag})
	if el == nil {
		return nil
	}
	alone := root.Copy()
	for outer := root.Parent(); outer != nil; outer = outer.Parent() {
		for _, a := range outer.Attr {
			declares := a.Space == "xmlns" || a.Space == "" && a.Key == "xmlns"
			if declares && alone.SelectAttr(a.FullKey()) == nil {
				alone.CreateAttr(a.FullKey(), a.Value)
			}
		}
	}
	single := etree.NewDocumentWithRoot(alone)
	if err := single.WriteToFile(out); err != nil {
		return err
	}
	c.recorded = append(c.recorded, &message{operation: name, part: "recorded", element: el, goType: newGoTypes(c).of(el), file: out})
	return nil
}

// bodyElement returns the element in the body of an envelope, or nil if there is none or a fault.
func bodyElement(doc *etree.Document) *etree.Element {
	root := doc.Root()
	if root == nil || root.Tag != "Envelope" {
		return nil
	}
	for _, e := range root.ChildElements() {
		if e.Tag != "Body" || len(e.ChildElements()) != 1 {
			continue
		}
		if first := e.ChildElements()[0]; first.Tag != "Fault" {
			return first
		}
	}
	return nil
}

// elementCalled returns the message element of that name.
func (c *testCase) elementCalled(name model.Name) *model.Element {
	for _, port := range c.shape.Ports {
		for _, op := range port.Operations {
			for _, el := range []*model.Element{op.In, op.Out} {
				if el != nil && el.Name == name && newGoTypes(c).of(el) != "" {
					return el
				}
			}
		}
	}
	return nil
}
