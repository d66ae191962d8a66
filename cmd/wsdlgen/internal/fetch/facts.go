package fetch

import (
	"fmt"
	"strings"

	"github.com/beevik/etree"
)

// A fact is one thing that a document states, and that a program which uses the service may depend on.
type fact struct {
	what  string // "operation", "type", "member" …
	name  string // such as Unit.Km
	owner string // key of the fact that this one goes down with; may be empty
	value string // what is stated, for comparing and for showing
}

func (f fact) key() string { return f.what + " " + f.name }

// facts are those of a document, in its order, and each once.
type facts struct {
	list  []fact
	index map[string]int
}

// factsOf reads a WSDL or schema.
func factsOf(text []byte) (*facts, error) {
	d := etree.NewDocument()
	d.ReadSettings.CharsetReader = passThrough
	if err := d.ReadFromBytes(text); err != nil {
		return nil, err
	}
	c := &collector{facts: &facts{index: make(map[string]int)}}
	if root := d.Root(); root != nil {
		c.home = root.SelectAttrValue("targetNamespace", "")
		c.document(root)
	}
	return c.facts, nil
}

func (f *facts) get(key string) (fact, bool) {
	i, ok := f.index[key]
	if !ok {
		return fact{}, false
	}
	return f.list[i], true
}

func (f *facts) add(x fact) {
	if i, ok := f.index[x.key()]; ok {
		f.list[i].value += " and " + x.value // stated twice: two choices of one name, say
		return
	}
	f.index[x.key()] = len(f.list)
	f.list = append(f.list, x)
}

// count returns how many facts say what.
func (f *facts) count(what string) int {
	n := 0
	for _, x := range f.list {
		if x.what == what {
			n++
		}
	}
	return n
}

// A collector walks a document.
type collector struct {
	*facts
	home  string // the namespace that names are in unless they show another
	order []string
}

func (c *collector) document(root *etree.Element) {
	if root.NamespaceURI() == nsXSD {
		c.schema(root)
		return
	}
	for _, types := range children(root, nsWSDL, "types") {
		for _, schema := range children(types, nsXSD, "schema") {
			c.schema(schema)
		}
	}
	messages := make(map[string]string)
	for _, m := range children(root, nsWSDL, "message") {
		messages[c.named(c.home, m)] = c.parts(m)
	}
	for _, port := range children(root, nsWSDL, "portType") {
		for _, op := range children(port, nsWSDL, "operation") {
			c.operation(port, op, messages)
		}
	}
	for _, binding := range children(root, nsWSDL, "binding") {
		c.binding(binding)
	}
	for _, service := range children(root, nsWSDL, "service") {
		for _, port := range children(service, nsWSDL, "port") {
			c.add(fact{what: "port", name: service.SelectAttrValue("name", "") + "." + port.SelectAttrValue("name", ""),
				value: extension(port, "address").SelectAttrValue("location", "no address")})
		}
	}
}

func (c *collector) parts(message *etree.Element) string {
	var parts []string
	for _, p := range children(message, nsWSDL, "part") {
		if q := p.SelectAttrValue("element", ""); q != "" {
			parts = append(parts, c.ref(p, q))
			continue
		}
		parts = append(parts, p.SelectAttrValue("name", "")+" "+c.ref(p, p.SelectAttrValue("type", "")))
	}
	return strings.Join(parts, ", ")
}

// operation states what goes in and out. Messages have no facts of their own: a new name for the same parts changes
// nothing.
func (c *collector) operation(port, op *etree.Element, messages map[string]string) {
	var flow []string
	for _, dir := range op.ChildElements() {
		if m := dir.SelectAttrValue("message", ""); m != "" && dir.NamespaceURI() == nsWSDL {
			flow = append(flow, dir.Tag+" "+messages[c.ref(dir, m)])
		}
	}
	c.add(fact{what: "operation", name: name(port) + "." + name(op), value: strings.Join(flow, "; ")})
}

func (c *collector) binding(b *etree.Element) {
	protocol := extension(b, "binding")
	c.add(fact{what: "binding", name: name(b), value: strings.Join([]string{
		c.ref(b, b.SelectAttrValue("type", "")), protocol.NamespaceURI(),
		protocol.SelectAttrValue("transport", ""), protocol.SelectAttrValue("style", "document")}, " ")})
	port := b.SelectAttrValue("type", "")
	port = port[strings.IndexByte(port, ':')+1:]
	for _, op := range children(b, nsWSDL, "operation") {
		value := fmt.Sprintf("%q", extension(op, "operation").SelectAttrValue("soapAction", ""))
		for _, body := range op.FindElements(".//body") {
			if use := body.SelectAttrValue("use", "literal"); !strings.HasSuffix(value, use) {
				value += " " + use
			}
		}
		c.add(fact{what: "action", name: name(b) + "." + name(op), value: value, owner: "operation " + port + "." + name(op)})
	}
}

// schema states the global components and what is in them.
func (c *collector) schema(s *etree.Element) {
	target := s.SelectAttrValue("targetNamespace", "")
	for _, e := range s.ChildElements() {
		if e.NamespaceURI() != nsXSD || e.SelectAttr("name") == nil {
			continue
		}
		full := c.named(target, e)
		switch e.Tag {
		case "complexType", "simpleType", "group", "attributeGroup":
			c.component("type", full, "", e, c.derivation(e))
		case "element", "attribute":
			// Serializers declare an element for each type, of the same name: those come and go together.
			value, owner := c.particle(e), ""
			if value == full || strings.HasPrefix(value, full+",") {
				owner = "type " + full
			}
			c.component(e.Tag, full, owner, e, value)
		}
	}
}

// component states something that has members, and these.
func (c *collector) component(what, full, owner string, e *etree.Element, value string) {
	outer := c.order
	c.order = nil
	at := len(c.list)
	c.add(fact{what: what, name: full, owner: owner, value: value})
	c.members(full, what+" "+full, e)
	if len(c.order) > 1 && at < len(c.list) {
		c.add(fact{what: "order", name: full, owner: what + " " + full, value: strings.Join(c.order, " ")})
	}
	c.order = outer
}

// members states the particles and attributes below e, down to the anonymous types of its members.
func (c *collector) members(full, owner string, e *etree.Element) {
	for _, m := range e.ChildElements() {
		if m.NamespaceURI() != nsXSD {
			continue
		}
		switch m.Tag {
		case "annotation":
		case "element", "attribute", "any", "anyAttribute", "group", "attributeGroup":
			member := full + "." + c.memberName(m)
			c.order = append(c.order, c.memberName(m))
			c.component("member", member, owner, m, c.particle(m))
		default:
			c.members(full, owner, m)
		}
	}
}

func (c *collector) memberName(m *etree.Element) string {
	n := m.Tag
	if v := m.SelectAttrValue("name", ""); v != "" {
		n = v
	} else if v := m.SelectAttrValue("ref", ""); v != "" {
		n = c.ref(m, v)
	}
	if m.Tag == "attribute" {
		n = "@" + n
	}
	return n
}

// particle states the type of an element or attribute, and what else bears on the wire.
func (c *collector) particle(m *etree.Element) string {
	var value []string
	switch t, r := m.SelectAttrValue("type", ""), m.SelectAttrValue("ref", ""); {
	case t != "":
		value = append(value, c.ref(m, t))
	case r != "":
		value = append(value, "ref "+c.ref(m, r))
	default:
		value = append(value, "its own type"+c.inner(m))
	}
	least, most := m.SelectAttrValue("minOccurs", "1"), m.SelectAttrValue("maxOccurs", "1")
	switch {
	case least == "0" && most == "1":
		value = append(value, "optional")
	case least != "1" || most != "1":
		value = append(value, least+".."+strings.Replace(most, "unbounded", "*", 1))
	}
	if v := m.SelectAttrValue("nillable", "false"); v == "true" || v == "1" {
		value = append(value, "nillable")
	}
	for _, key := range []string{"use", "default", "fixed", "form", "abstract", "substitutionGroup", "namespace", "processContents"} {
		if v := m.SelectAttrValue(key, ""); v != "" {
			value = append(value, key+" "+v)
		}
	}
	if p := m.Parent(); p != nil && p.Tag == "choice" {
		value = append(value, "one of a choice")
	}
	return strings.Join(value, ", ")
}

// inner states the derivation of an anonymous type, if it has any.
func (c *collector) inner(m *etree.Element) string {
	for _, t := range m.ChildElements() {
		if d := c.derivation(t); t.NamespaceURI() == nsXSD && d != "" {
			return " (" + d + ")"
		}
	}
	return ""
}

// derivation states what a type is made from: its base, the facets, the values of an enumeration.
func (c *collector) derivation(t *etree.Element) string {
	var value []string
	if t.SelectAttrValue("abstract", "") == "true" {
		value = append(value, "abstract")
	}
	for _, e := range t.ChildElements() {
		switch e.Tag {
		case "complexContent", "simpleContent":
			value = append(value, c.derivation(e))
		case "extension", "restriction":
			value = append(value, e.Tag+" of "+c.ref(e, e.SelectAttrValue("base", "")))
			for _, facet := range e.ChildElements() {
				if v := facet.SelectAttr("value"); v != nil {
					value = append(value, facet.Tag+" "+v.Value)
				}
			}
		case "list":
			value = append(value, "list of "+c.ref(e, e.SelectAttrValue("itemType", "")))
		case "union":
			for _, m := range strings.Fields(e.SelectAttrValue("memberTypes", "")) {
				value = append(value, "union with "+c.ref(e, m))
			}
		}
	}
	return strings.Join(value, ", ")
}

// ref returns the name that a QName at e stands for, as named does.
func (c *collector) ref(e *etree.Element, q string) string {
	prefix, local, ok := strings.Cut(q, ":")
	if !ok {
		prefix, local = "", q
	}
	return c.show(space(e, prefix), local)
}

// named returns the name of a component of the namespace target.
func (c *collector) named(target string, e *etree.Element) string { return c.show(target, name(e)) }

// show leaves out the namespace of the document, and writes that of XML Schema short.
func (c *collector) show(space, local string) string {
	switch space {
	case c.home, "":
		return local
	case nsXSD:
		return "xs:" + local
	}
	return "{" + space + "}" + local
}

// space returns the namespace that a prefix is bound to at e. A prefix that is not declared stands for itself: it is
// not up to the report to complain.
func space(e *etree.Element, prefix string) string {
	attr := "xmlns"
	if prefix != "" {
		attr = "xmlns:" + prefix
	}
	for ; e != nil; e = e.Parent() {
		for _, a := range e.Attr {
			if a.FullKey() == attr {
				return a.Value
			}
		}
	}
	return prefix
}

func name(e *etree.Element) string { return e.SelectAttrValue("name", "") }

func children(e *etree.Element, space, local string) []*etree.Element {
	var found []*etree.Element
	for _, c := range e.ChildElements() {
		if c.Tag == local && c.NamespaceURI() == space {
			found = append(found, c)
		}
	}
	return found
}

// extension returns the child that a protocol, such as SOAP, adds to an element of WSDL; an empty element if there is
// none.
func extension(e *etree.Element, local string) *etree.Element {
	for _, c := range e.ChildElements() {
		if c.Tag == local && c.NamespaceURI() != nsWSDL {
			return c
		}
	}
	return etree.NewElement(local)
}
