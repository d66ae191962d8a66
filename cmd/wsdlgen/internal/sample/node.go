package sample

import (
	"fmt"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

const (
	spaceXSI = "http://www.w3.org/2001/XMLSchema-instance"
	spaceXML = "http://www.w3.org/XML/1998/namespace"
)

// A Node is an element, or, without a Name, a piece of text beside elements.
type Node struct {
	Name     model.Name
	Attrs    []Attr
	Value    Value // of an element without children, and of a piece of text
	Children []*Node
	Mixed    bool // white space between children would be content
	Comments []string
}

// An Attr is an attribute.
type Attr struct {
	Name  model.Name
	Value Value
}

// A Value is text or a qualified name, which is written with a prefix.
type Value struct {
	Text string
	Name *model.Name

	missing bool
}

func (v Value) isMissing() bool { return v.missing }

// HasName reports whether n holds a qualified name in a text or in an attribute other than xsi:type.
func (n *Node) HasName() bool {
	if n.Value.Name != nil {
		return true
	}
	for _, a := range n.Attrs {
		if a.Value.Name != nil && a.Name.Space != spaceXSI {
			return true
		}
	}
	for _, c := range n.Children {
		if c.HasName() {
			return true
		}
	}
	return false
}

// XML writes n as a document, indented, with all namespaces declared at the root. preferred gives prefixes to namespaces
// that should have a certain one; it may be nil.
func (n *Node) XML(preferred map[string]string) []byte {
	w := &writer{prefixes: map[string]string{spaceXML: "xml", "": ""}, preferred: preferred}
	w.collect(n)
	w.element(n, "", true)
	w.b.WriteByte('\n')
	return []byte(w.b.String())
}

type writer struct {
	b         strings.Builder
	prefixes  map[string]string
	preferred map[string]string
	order     []string
	numbered  int
}

// collect finds the namespaces and their prefixes, in the order in which they come.
func (w *writer) collect(n *Node) {
	w.declare(n.Name.Space)
	for _, a := range n.Attrs {
		w.declare(a.Name.Space)
		if a.Value.Name != nil {
			w.declare(a.Value.Name.Space)
		}
	}
	if n.Value.Name != nil {
		w.declare(n.Value.Name.Space)
	}
	for _, c := range n.Children {
		w.collect(c)
	}
}

func (w *writer) declare(space string) {
	if _, ok := w.prefixes[space]; ok {
		return
	}
	prefix, ok := w.preferred[space]
	switch {
	case ok:
	case space == spaceXSI:
		prefix = "xsi"
	case space == model.NamespaceXSD:
		prefix = "xs"
	default:
		w.numbered++
		prefix = fmt.Sprintf("n%d", w.numbered)
	}
	w.prefixes[space] = prefix
	w.order = append(w.order, space)
}

func (w *writer) name(n model.Name) string {
	if p := w.prefixes[n.Space]; p != "" {
		return p + ":" + n.Local
	}
	return n.Local
}

var (
	escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	escapeAttr = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
)

func (w *writer) text(v Value) string {
	if v.Name != nil {
		return w.name(*v.Name)
	}
	return v.Text
}

func (w *writer) element(n *Node, indent string, root bool) {
	if len(n.Comments) > 0 && !root {
		fmt.Fprintf(&w.b, "<!-- %s -->%s", harmless(strings.Join(n.Comments, "; ")), indent)
	}
	w.b.WriteString("<" + w.name(n.Name))
	if root {
		for _, space := range w.order {
			fmt.Fprintf(&w.b, ` xmlns:%s="%s"`, w.prefixes[space], escapeAttr.Replace(space))
		}
	}
	for _, a := range n.Attrs {
		fmt.Fprintf(&w.b, ` %s="%s"`, w.name(a.Name), escapeAttr.Replace(w.text(a.Value)))
	}
	if len(n.Children) == 0 {
		if text := w.text(n.Value); text != "" {
			w.b.WriteString(">" + escapeText.Replace(text) + "</" + w.name(n.Name) + ">")
		} else {
			w.b.WriteString("/>")
		}
		return
	}
	w.b.WriteByte('>')
	inner := ""
	if !n.Mixed {
		if indent == "" {
			indent = "\n"
		}
		inner = indent + "  "
	}
	for _, c := range n.Children {
		w.b.WriteString(inner)
		if c.Name.Local == "" {
			w.b.WriteString(escapeText.Replace(w.text(c.Value)))
			continue
		}
		w.element(c, inner, false)
	}
	if !n.Mixed {
		w.b.WriteString(indent)
	}
	w.b.WriteString("</" + w.name(n.Name) + ">")
}

// harmless keeps text from ending a comment.
func harmless(text string) string { return strings.ReplaceAll(text, "--", "- -") }
