// Package syntax holds WSDL and XML Schema documents as they are written.
//
// A document is a tree of Node: names and attributes with their positions, children in order, text, and the namespace
// scope that a QName in a value is read in. Nothing is interpreted and nothing is lost but comments, processing
// instructions and white space between elements. Parse makes the tree; the methods of Node read the kinds of value
// that XML Schema uses.
package syntax

import (
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// Namespaces of the documents that are read.
const (
	NamespaceWSDL   = "http://schemas.xmlsoap.org/wsdl/"
	NamespaceWSDL20 = "http://www.w3.org/ns/wsdl"
	NamespaceSOAP11 = "http://schemas.xmlsoap.org/wsdl/soap/"
	NamespaceSOAP12 = "http://schemas.xmlsoap.org/wsdl/soap12/"
	NamespaceHTTP   = "http://schemas.xmlsoap.org/wsdl/http/"

	NamespaceSOAP11Enc = "http://schemas.xmlsoap.org/soap/encoding/"
	NamespaceSOAP12Enc = "http://www.w3.org/2003/05/soap-encoding"
	NamespaceMIME      = "http://schemas.xmlsoap.org/wsdl/mime/"
	NamespaceXSD       = model.NamespaceXSD
	NamespaceXML       = "http://www.w3.org/XML/1998/namespace"
)

// currentXSD is what Parse takes a namespace for: that of XML Schema for those that its drafts had. What WSDLs of that time
// say in them means the same, but for the names of a few types.
func currentXSD(space string) string {
	switch space {
	case "http://www.w3.org/1999/XMLSchema", "http://www.w3.org/2000/10/XMLSchema":
		return NamespaceXSD
	}
	return space
}

// A Node is an element, or a piece of text: then it has a Text and no Name.
type Node struct {
	Name     model.Name
	Attrs    []Attr
	Children []*Node
	Text     string
	Pos      source.Pos
	Scope    *Scope // the namespaces in scope; nil if none were declared
}

// An Attr is an attribute. Namespace declarations are in Scope and not among the attributes.
type Attr struct {
	Name  model.Name
	Value string
	Pos   source.Pos
}

// A Scope holds the namespace declarations of one element, and through Outer those around it. A nil Scope is one
// without declarations.
type Scope struct {
	Outer *Scope
	Decls []Decl
}

// A Decl binds a prefix, "" for the default namespace, to a namespace.
type Decl struct{ Prefix, Space string }

// Lookup returns the namespace of prefix. The empty prefix is always bound, if only to no namespace.
func (s *Scope) Lookup(prefix string) (space string, ok bool) {
	for ; s != nil; s = s.Outer {
		for _, d := range s.Decls {
			if d.Prefix == prefix {
				return d.Space, true
			}
		}
	}
	if prefix == "xml" {
		return NamespaceXML, true
	}
	return "", prefix == ""
}

// IsText reports whether n is a piece of text.
func (n *Node) IsText() bool { return n.Name.Local == "" }

// Is reports whether n is an element of that name.
func (n *Node) Is(space, local string) bool {
	return n.Name.Local == local && n.Name.Space == space
}

// IsXSD reports whether n is an element of XML Schema called local.
func (n *Node) IsXSD(local string) bool { return n.Is(NamespaceXSD, local) }

// Elements returns the children that are elements.
func (n *Node) Elements() []*Node {
	var all []*Node
	for _, c := range n.Children {
		if !c.IsText() {
			all = append(all, c)
		}
	}
	return all
}

// All returns the children of that name.
func (n *Node) All(space, local string) []*Node {
	var all []*Node
	for _, c := range n.Children {
		if c.Is(space, local) {
			all = append(all, c)
		}
	}
	return all
}

// First returns the first child of that name, or nil.
func (n *Node) First(space, local string) *Node {
	for _, c := range n.Children {
		if c.Is(space, local) {
			return c
		}
	}
	return nil
}

// Find returns the attribute called local in no namespace, or nil.
func (n *Node) Find(local string) *Attr {
	for i := range n.Attrs {
		if n.Attrs[i].Name == (model.Name{Local: local}) {
			return &n.Attrs[i]
		}
	}
	return nil
}

// Attr returns the value of the attribute called local in no namespace, or "". White space around it is dropped, as
// it is for all types of value that WSDL and XML Schema give their attributes but string.
func (n *Node) Attr(local string) string {
	if a := n.Find(local); a != nil {
		return strings.Trim(a.Value, xmlSpace)
	}
	return ""
}

// Raw returns the value of the attribute called local with its white space, or nil.
func (n *Node) Raw(local string) *string {
	if a := n.Find(local); a != nil {
		v := a.Value
		return &v
	}
	return nil
}

// AttrPos returns the position of the attribute called local, that of n if there is none.
func (n *Node) AttrPos(local string) source.Pos {
	if a := n.Find(local); a != nil {
		return a.Pos
	}
	return n.Pos
}

// xmlSpace is the white space of XML.
const xmlSpace = " \t\r\n"

// Doc returns the documentation of n: the text of its xs:annotation/xs:documentation and wsdl:documentation children,
// mark-up dropped, pieces separated by an empty line. xs:appinfo is passed over.
func (n *Node) Doc() string {
	var pieces []string
	add := func(d *Node) {
		if s := tidy(d.content()); s != "" {
			pieces = append(pieces, s)
		}
	}
	for _, c := range n.Children {
		switch {
		case c.IsXSD("annotation"):
			for _, d := range c.All(NamespaceXSD, "documentation") {
				add(d)
			}
		case c.Is(NamespaceWSDL, "documentation"):
			add(c)
		}
	}
	return strings.Join(pieces, "\n\n")
}

// content returns all text inside n.
func (n *Node) content() string {
	var b strings.Builder
	var walk func(*Node)
	walk = func(n *Node) {
		b.WriteString(n.Text)
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// tidy removes the indentation that text has because of where it stands in its document, and empty lines around it.
func tidy(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
