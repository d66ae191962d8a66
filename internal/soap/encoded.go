package soap

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// Limits of encoded messages. One value may be referred to from many places, and stands in each of them once the
// references are resolved: without a limit a short message could become a very long one.
const (
	MaxResolvedBytes = 64 << 20
	MaxResolvedDepth = 256
)

// Namespaces of SOAP encoding.
const (
	encoding11 = "http://schemas.xmlsoap.org/soap/encoding/"
	encoding12 = "http://www.w3.org/2003/05/soap-encoding"
)

// Encoding returns the SOAP encoding that goes with v.
func (v Version) Encoding() xmlwire.Encoding {
	if v == V12 {
		return xmlwire.Encoded12
	}
	return xmlwire.Encoded11
}

// Whole reads what is left of the body, from the start tag of its first element on, and returns it inside of one element,
// to be decoded as the content of a message.
func (e *Envelope) Whole() ([]byte, error) {
	out := []byte("<body>")
	for more := e.Content != Empty; more; {
		raw, err := e.r.Raw()
		if err != nil {
			return nil, err
		}
		out = append(out, raw...)
		if more, err = e.nextElement(); err != nil {
			return nil, err
		}
	}
	e.read = true
	return append(out, "</body>"...), nil
}

// Resolved reads what is left of a body in SOAP encoding, from the start tag of its first element on, and returns that
// element with every reference in it replaced by what it refers to.
//
// Values that are referred to may stand anywhere in the body: behind the first element, as most stacks put them, or where
// they are met first. A value that refers to itself has no such form and is an error.
func (e *Envelope) Resolved() ([]byte, error) {
	whole, err := e.Whole()
	if err != nil {
		return nil, err
	}
	body, err := readTree(whole)
	if err != nil {
		return nil, err
	}
	g := &graph{byID: make(map[string]*node), open: make(map[*node]bool)}
	g.index(body)
	first := body.kids[0]
	for _, kid := range body.kids { // a serialization root, where the message says which it is
		if root, ok := kid.attr(encoding11, "root"); ok && root == "1" {
			first = kid
			break
		}
	}
	if err := g.write(first, first.name, scope{"": ""}, 0); err != nil {
		return nil, err
	}
	return g.out, nil
}

// A node is an element of a body in SOAP encoding. One with text has no name.
type node struct {
	name  xmlwire.Name
	attrs []xmlwire.RawAttr
	scope []xmlwire.NamespaceDecl
	kids  []*node
	text  string
}

func (n *node) attr(space, local string) (string, bool) {
	for _, a := range n.attrs {
		if a.Name.Space == space && a.Name.Local == local {
			return a.Value, true
		}
	}
	return "", false
}

// reference returns the id that n refers to, in the way of either version.
func (n *node) reference() (id string, ok bool) {
	if href, found := n.attr("", "href"); found {
		id, ok = strings.CutPrefix(href, "#")
		return id, ok // another URI is that of an attachment
	}
	return n.attr(encoding12, "ref")
}

func (n *node) id() (string, bool) {
	if id, ok := n.attr("", "id"); ok {
		return id, true
	}
	return n.attr(encoding12, "id")
}

func readTree(doc []byte) (*node, error) {
	r := xmlwire.NewReader(strings.NewReader(string(doc)), xmlwire.ReadOptions{AnyNamespace: true})
	var root *node
	var open []*node
	for {
		kind, err := r.Next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case xmlwire.StartElement:
			n := &node{name: r.Name(), attrs: slices.Clone(r.Attrs()), scope: slices.Clone(r.Namespaces())}
			if len(open) > 0 {
				top := open[len(open)-1]
				top.kids = append(top.kids, n)
			} else {
				root = n
			}
			open = append(open, n)
		case xmlwire.CharData:
			top := open[len(open)-1]
			top.kids = append(top.kids, &node{text: string(r.Text())})
		case xmlwire.EndElement:
			open = open[:len(open)-1]
		case xmlwire.EOF:
			root.kids = slices.DeleteFunc(root.kids, func(n *node) bool { return n.name.Local == "" })
			return root, nil
		}
	}
}

// A graph is the values of a body, and what was written of them.
type graph struct {
	byID map[string]*node
	open map[*node]bool // the values that are being written
	out  []byte
}

func (g *graph) index(n *node) {
	for _, kid := range n.kids {
		if id, ok := kid.id(); ok && g.byID[id] == nil {
			g.byID[id] = kid
		}
		g.index(kid)
	}
}

// A ReferenceError reports a body in SOAP encoding whose references cannot be resolved.
type ReferenceError struct{ Msg string }

func (e *ReferenceError) Error() string { return "the encoded body cannot be read: " + e.Msg }

// write writes the value n, or what n refers to, as an element called name. outer is what is declared around it.
func (g *graph) write(n *node, name xmlwire.Name, outer scope, depth int) error {
	n, err := g.follow(n)
	switch {
	case err != nil:
		return err
	case g.open[n]:
		id, _ := n.id()
		return &ReferenceError{fmt.Sprintf("the value with the id %q contains itself", id)}
	case depth > MaxResolvedDepth:
		return &ReferenceError{fmt.Sprintf("values lie more than %d deep in one another", MaxResolvedDepth)}
	}
	g.open[n] = true
	defer delete(g.open, n)
	tag, inner := g.start(n, name, outer)
	for _, kid := range n.kids {
		switch {
		case len(g.out) > MaxResolvedBytes:
			return &ReferenceError{fmt.Sprintf("it has more than %d MiB once its references are resolved", MaxResolvedBytes>>20)}
		case kid.name.Local == "":
			g.out, err = xmlwire.AppendText(g.out, kid.text)
		default:
			err = g.write(kid, kid.name, inner, depth+1)
		}
		if err != nil {
			return err
		}
	}
	g.out = append(append(append(g.out, "</"...), tag...), '>')
	return nil
}

// follow returns the value that n is, or refers to.
func (g *graph) follow(n *node) (*node, error) {
	for range MaxResolvedDepth {
		id, ok := n.reference()
		if !ok {
			return n, nil
		}
		if n = g.byID[id]; n == nil {
			return nil, &ReferenceError{fmt.Sprintf("nothing has the id %q", id)}
		}
	}
	return nil, &ReferenceError{"references lead to references without end"}
}

// A scope is the namespaces that are declared at some place, by prefix.
type scope map[string]string

// prefix returns a prefix for space, other than that of the default namespace.
func (s scope) prefix(space string) string {
	found := ""
	for prefix, bound := range s {
		if bound == space && prefix != "" && (found == "" || prefix < found) {
			found = prefix
		}
	}
	return found
}

// start writes the start tag of n under the name that it has where it is referred to. Values may hold prefixes, so all
// that was in scope where n was read is declared, if it is not already.
func (g *graph) start(n *node, name xmlwire.Name, outer scope) (tag string, inner scope) {
	want := scope{"": ""}
	for _, d := range n.scope {
		want[d.Prefix] = d.Space
	}
	prefix := ""
	if name.Space != want[""] {
		switch prefix = want.prefix(name.Space); {
		case name.Space == "":
			want[""] = ""
		case prefix == "":
			for i := 0; prefix == "" || want[prefix] != ""; i++ {
				prefix = fmt.Sprintf("n%d", i)
			}
			want[prefix] = name.Space
		}
	}
	tag = name.Local
	if prefix != "" {
		tag = prefix + ":" + tag
	}
	g.out = append(append(g.out, '<'), tag...)
	inner = maps.Clone(outer)
	for _, p := range slices.Sorted(maps.Keys(want)) {
		if outer[p] == want[p] {
			continue
		}
		inner[p] = want[p]
		attr := "xmlns"
		if p != "" {
			attr += ":" + p
		}
		g.attr(attr, want[p])
	}
	for _, a := range n.attrs {
		if !referring(a.Name) {
			g.attr(attrName(a.Name, want), a.Value)
		}
	}
	g.out = append(g.out, '>')
	return tag, inner
}

func (g *graph) attr(name, value string) {
	g.out = append(append(append(g.out, ' '), name...), `="`...)
	g.out, _ = xmlwire.AppendAttrValue(g.out, value) // it was read from a document
	g.out = append(g.out, '"')
}

func attrName(name xmlwire.Name, in scope) string {
	switch name.Space {
	case "":
		return name.Local
	case "http://www.w3.org/XML/1998/namespace":
		return "xml:" + name.Local
	}
	return in.prefix(name.Space) + ":" + name.Local
}

// referring reports whether an attribute has done its service once references are resolved.
func referring(name xmlwire.Name) bool {
	switch name {
	case xmlwire.Name{Local: "id"}, xmlwire.Name{Local: "href"}, xmlwire.Name{Space: encoding11, Local: "root"},
		xmlwire.Name{Space: encoding12, Local: "id"}, xmlwire.Name{Space: encoding12, Local: "ref"}:
		return true
	}
	return false
}
