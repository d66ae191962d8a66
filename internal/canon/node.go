// Package canon brings XML documents into one form, so that two that say the same are the same text.
//
// Which prefixes stand for which namespaces, where they are declared, the order of attributes, comments and the white
// space between elements say nothing to a SOAP stack and are left out. The order of elements, text, xsi:nil and the
// type that xsi:type names are kept. Most callers want Form; tests want package xmltest, which is built on it.
package canon

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

const (
	nsXML     = "http://www.w3.org/XML/1998/namespace"
	nsXSI     = "http://www.w3.org/2001/XMLSchema-instance"
	nsSOAP11  = "http://schemas.xmlsoap.org/soap/envelope/"
	nsSOAP12  = "http://www.w3.org/2003/05/soap-envelope"
	nsSOAPEnc = "http://schemas.xmlsoap.org/soap/encoding/"
)

// maxDepth bounds the documents that are read. It is far above what any SOAP message needs.
const maxDepth = 1000

// A Node is an element, or a piece of text beside elements, whose Local is then empty.
type Node struct {
	Space, Local string
	Attrs        []Attr // sorted by namespace and name, without declarations
	Nodes        []*Node
	Text         string // of a text node, or of an element that holds nothing else
}

// An Attr is an attribute. A Value that is a qualified name is written {namespace}local.
type Attr struct{ Space, Local, Value string }

// Parse reads a document. It must be in UTF-8 and well-formed, and every prefix must be declared.
func Parse(doc []byte) (*Node, error) {
	if err := wellFormed(doc); err != nil {
		return nil, err
	}
	d := etree.NewDocument()
	d.ReadSettings = etree.ReadSettings{PreserveDuplicateAttrs: true, MaxDepth: maxDepth}
	if err := d.ReadFromBytes(doc); err != nil {
		return nil, err
	}
	return build(d.Root(), scope{"xml": nsXML, "": ""}, false)
}

// wellFormed checks what a tree does not: that tags match, and that there is one root and no text outside of it. The
// check of etree itself takes a line end after the root for an error.
func wellFormed(doc []byte) error {
	d := xml.NewDecoder(bytes.NewReader(doc))
	depth, roots := 0, 0
	for {
		tok, err := d.Token()
		if err == io.EOF && roots == 1 {
			return nil
		}
		if err == io.EOF {
			return fmt.Errorf("the document has %d root elements", roots)
		}
		if err != nil {
			return err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && len(bytes.Trim(tok, " \t\r\n\uFEFF")) > 0 {
				return fmt.Errorf("text outside of the root element")
			}
		}
	}
}

// A scope binds prefixes to namespaces.
type scope map[string]string

// open returns the scope inside of e. It is a copy where e declares something.
func (s scope) open(e *etree.Element) scope {
	inner, copied := s, false
	for _, a := range e.Attr {
		prefix, ok := declared(a)
		if !ok {
			continue
		}
		if !copied {
			inner, copied = make(scope, len(s)+1), true
			for k, v := range s {
				inner[k] = v
			}
		}
		inner[prefix] = a.Value
	}
	return inner
}

// declared returns the prefix that a declares, if it is a namespace declaration.
func declared(a etree.Attr) (prefix string, ok bool) {
	switch {
	case a.Space == "xmlns":
		return a.Key, true
	case a.Space == "" && a.Key == "xmlns":
		return "", true
	}
	return "", false
}

// resolve returns the qualified name q as {namespace}local. Names in no namespace have no braces.
func (s scope) resolve(q string) (string, error) {
	prefix, local, ok := strings.Cut(strings.TrimSpace(q), ":")
	if !ok {
		prefix, local = "", prefix
	}
	space, ok := s[prefix]
	if !ok {
		return "", fmt.Errorf("the prefix of %q is not declared", q)
	}
	if space == "" {
		return local, nil
	}
	return "{" + space + "}" + local, nil
}

func build(e *etree.Element, outer scope, preserve bool) (*Node, error) {
	in := outer.open(e)
	space, ok := in[e.Space]
	if !ok {
		return nil, fmt.Errorf("the prefix of the element %s is not declared", e.FullTag())
	}
	n := &Node{Space: space, Local: e.Tag}
	if err := n.setAttrs(e, in); err != nil {
		return nil, err
	}
	switch n.attr(nsXML, "space") {
	case "preserve":
		preserve = true
	case "default":
		preserve = false
	}
	if err := n.setContent(e, in, preserve); err != nil {
		return nil, err
	}
	return n, nil
}

func (n *Node) attr(space, local string) string {
	for _, a := range n.Attrs {
		if a.Space == space && a.Local == local {
			return a.Value
		}
	}
	return ""
}

func (n *Node) setAttrs(e *etree.Element, in scope) error {
	for _, a := range e.Attr {
		if _, ok := declared(a); ok {
			continue
		}
		space := "" // the default namespace is not that of attributes
		if a.Space != "" {
			var ok bool
			if space, ok = in[a.Space]; !ok {
				return fmt.Errorf("the prefix of the attribute %s is not declared", a.FullKey())
			}
		}
		value, err := attrValue(space, a.Key, a.Value, in)
		if err != nil {
			return err
		}
		n.Attrs = append(n.Attrs, Attr{space, a.Key, value})
	}
	slices.SortFunc(n.Attrs, func(a, b Attr) int {
		return cmp.Or(cmp.Compare(a.Space, b.Space), cmp.Compare(a.Local, b.Local))
	})
	for i := 1; i < len(n.Attrs); i++ {
		if a, b := n.Attrs[i-1], n.Attrs[i]; a.Space == b.Space && a.Local == b.Local {
			return fmt.Errorf("the element %s has the attribute %s twice", e.FullTag(), a.Local)
		}
	}
	return nil
}

// attrValue brings the values whose meaning is known into one form; of others it knows nothing.
func attrValue(space, local, value string, in scope) (string, error) {
	switch {
	case space == nsXSI && local == "type":
		return in.resolve(value)
	case space == nsXSI && local == "nil":
		switch strings.TrimSpace(value) {
		case "1", "true":
			return "true", nil
		case "0", "false":
			return "false", nil
		}
	case space == nsSOAPEnc && local == "arrayType":
		// A qualified name with sizes behind it: xsd:string[2].
		if i := strings.IndexByte(value, '['); i >= 0 {
			name, err := in.resolve(value[:i])
			return name + value[i:], err
		}
	}
	return value, nil
}

// setContent takes over the text and the elements. Text that is only white space counts where it is all there is in
// an element, since it is then a value, and beside other text; between elements it is layout.
func (n *Node) setContent(e *etree.Element, in scope, preserve bool) error {
	var text strings.Builder
	elements, mixed := false, preserve
	for _, t := range e.Child {
		switch t := t.(type) {
		case *etree.CharData:
			mixed = mixed || strings.Trim(t.Data, " \t\r\n") != ""
			text.WriteString(t.Data)
		case *etree.Element:
			elements = true
		}
	}
	if !elements {
		n.Text = text.String()
		return n.resolveText(in)
	}
	text.Reset()
	flush := func() {
		if mixed && text.Len() > 0 {
			n.Nodes = append(n.Nodes, &Node{Text: text.String()})
		}
		text.Reset()
	}
	for _, t := range e.Child {
		switch t := t.(type) {
		case *etree.CharData:
			text.WriteString(t.Data)
		case *etree.Element:
			flush()
			child, err := build(t, in, preserve)
			if err != nil {
				return err
			}
			n.Nodes = append(n.Nodes, child)
		}
	}
	flush()
	return nil
}

// resolveText resolves the codes of SOAP faults, which are qualified names in text.
func (n *Node) resolveText(in scope) error {
	code := n.Local == "faultcode" && (n.Space == "" || n.Space == nsSOAP11) || n.Local == "Value" && n.Space == nsSOAP12
	if !code || n.Text == "" {
		return nil
	}
	var err error
	n.Text, err = in.resolve(n.Text)
	return err
}
