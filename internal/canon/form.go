package canon

import (
	"fmt"
	"strings"
)

// Form returns the canonical text of a document: one line an element, the namespace where it changes, attributes
// sorted. It is for people and for comparing. It looks like XML, but is none where attributes have a namespace other
// than xsi or xml, which is then written out in front of the name, and where text stands beside elements.
func Form(doc []byte) (string, error) {
	n, err := Parse(doc)
	if err != nil {
		return "", err
	}
	return n.String(), nil
}

// String returns the canonical text of n.
func (n *Node) String() string {
	var b strings.Builder
	n.write(&b, "", "")
	return b.String()
}

var (
	escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
	escapeAttr = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
)

func (n *Node) write(b *strings.Builder, indent, space string) {
	b.WriteString(indent)
	if n.Local == "" {
		b.WriteString("<#text>" + escapeText.Replace(n.Text) + "</#text>\n")
		return
	}
	b.WriteString("<" + n.Local)
	if n.Space != space {
		b.WriteString(` xmlns="` + escapeAttr.Replace(n.Space) + `"`)
	}
	for _, a := range n.Attrs {
		b.WriteString(" " + a.name() + `="` + escapeAttr.Replace(a.Value) + `"`)
	}
	switch {
	case len(n.Nodes) > 0:
		b.WriteString(">\n")
		for _, c := range n.Nodes {
			c.write(b, indent+"  ", n.Space)
		}
		b.WriteString(indent + "</" + n.Local + ">\n")
	case n.Text != "":
		b.WriteString(">" + escapeText.Replace(n.Text) + "</" + n.Local + ">\n")
	default:
		b.WriteString("/>\n")
	}
}

func (a Attr) name() string {
	switch a.Space {
	case "":
		return a.Local
	case nsXSI:
		return "xsi:" + a.Local
	case nsXML:
		return "xml:" + a.Local
	}
	return fmt.Sprintf("{%s}%s", a.Space, a.Local)
}
