package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"

	"github.com/beevik/etree"
)

// A variant is a way to write the same answer differently.
type variant struct {
	name    string
	rewrite func(doc []byte) ([]byte, error)
}

// plain has the numbers written without exponents, and other numbers in place of INF and NaN: the one variant with
// other values. The captured ones were chosen to hurt.
var plain = variant{"plain", func(doc []byte) ([]byte, error) { return plainNumbers(doc), nil }}

// tight is how most writers but .NET's end an empty element.
var tight = variant{"tight", func(doc []byte) ([]byte, error) {
	return bytes.ReplaceAll(doc, []byte(`" />`), []byte(`"/>`)), nil
}}

// variants are the other ways to say what the payload says.
var variants = []variant{
	tight,
	{"prefixed", onTree(prefixed)},
	{"indented", onTree(func(root *etree.Element) {
		root.IndentWithSettings(&etree.IndentSettings{Spaces: 2, PreserveLeafWhitespace: true})
	})},
	{"omitted", onTree(omitted)},
	{"shuffled", onTree(shuffled)},
	{"attributes", onTree(withAttributes)},
	{"declared", onTree(declared)},
	{"comments", withComments},
	{"entities", withEntities},
}

// in returns p as v writes it.
func (v variant) in(p *payload) (*payload, error) {
	doc, err := v.rewrite(p.doc)
	if err != nil {
		return nil, fmt.Errorf("%s of %s: %w", v.name, p.name, err)
	}
	return &payload{"history-" + v.name + "-" + size(p.rows), p.rows, doc}, nil
}

var hardNumber = regexp.MustCompile(`>(?:(-?[0-9.]+)E[+-]?[0-9]+|NaN|-?INF)<`)

func plainNumbers(doc []byte) []byte {
	return hardNumber.ReplaceAllFunc(doc, func(m []byte) []byte {
		if mantissa := hardNumber.FindSubmatch(m)[1]; len(mantissa) > 0 {
			return fmt.Appendf(nil, ">%s<", mantissa)
		}
		return []byte(">99.5<")
	})
}

// onTree makes a rewriting of an edit of the document's tree.
func onTree(edit func(root *etree.Element)) func([]byte) ([]byte, error) {
	return func(doc []byte) ([]byte, error) {
		tree := etree.NewDocument()
		if err := tree.ReadFromBytes(doc); err != nil {
			return nil, err
		}
		edit(tree.Root())
		var b bytes.Buffer
		_, err := tree.WriteTo(&b)
		return bytes.ReplaceAll(b.Bytes(), []byte(`"/>`), []byte(`" />`)), err
	}
}

// each calls f for e and all elements in it.
func each(e *etree.Element, f func(*etree.Element)) {
	f(e)
	for _, child := range e.ChildElements() {
		each(child, f)
	}
}

// prefixed gives every element a prefix, as zeep, gSOAP and Axis write them.
func prefixed(root *etree.Element) {
	root.CreateAttr("xmlns:d4p1", root.NamespaceURI())
	root.RemoveAttr("xmlns")
	each(root, func(e *etree.Element) { e.Space = "d4p1" })
}

// omitted leaves nil members out.
func omitted(root *etree.Element) {
	each(root, func(e *etree.Element) {
		for _, child := range e.ChildElements() {
			if child.SelectAttr("i:nil") != nil {
				e.RemoveChild(child)
			}
		}
	})
}

// shuffled puts the members of each row in an order of its own.
func shuffled(root *etree.Element) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, row := range root.SelectElement("List").ChildElements() {
		members := row.ChildElements()
		rng.Shuffle(len(members), func(i, k int) { members[i], members[k] = members[k], members[i] })
		for _, m := range members {
			row.AddChild(m) // moves it to the end
		}
	}
}

// withAttributes gives every element an attribute that means nothing.
func withAttributes(root *etree.Element) {
	root.CreateAttr("xmlns:z", "http://schemas.microsoft.com/2003/10/Serialization/")
	n := 0
	each(root, func(e *etree.Element) {
		n++
		e.CreateAttr("z:Id", fmt.Sprintf("i%d", n))
	})
}

// declared has every element declare the namespaces of its names, as .NET's XmlSerializer does for xsi:nil and others for all.
func declared(root *etree.Element) {
	space := root.NamespaceURI()
	each(root, func(e *etree.Element) {
		if null := e.RemoveAttr("i:nil"); null != nil {
			e.CreateAttr("p3:nil", null.Value)
			e.CreateAttr("xmlns:p3", "http://www.w3.org/2001/XMLSchema-instance")
			return
		}
		e.CreateAttr("xmlns", space)
	})
}

var seam = regexp.MustCompile(`(/>|</\w+>)<`)

// withComments writes a comment behind every element.
func withComments(doc []byte) ([]byte, error) {
	return seam.ReplaceAll(doc, []byte("$1<!-- sent by the unit --><")), nil
}

var textMember = regexp.MustCompile(`<(City|Country|StreetAddress|ZipCode|KeyId)>([^<]*)</`)

// withEntities writes texts as character references and as CDATA sections, by turns, and a comment into each row.
func withEntities(doc []byte) ([]byte, error) {
	n := 0
	doc = textMember.ReplaceAllFunc(doc, func(m []byte) []byte {
		part := textMember.FindSubmatch(m)
		name, text := part[1], []rune(string(part[2]))
		n++
		if len(text) == 0 || n%2 == 0 {
			return fmt.Appendf(nil, "<%s><![CDATA[%s]]></", name, part[2])
		}
		return fmt.Appendf(nil, "<%s>&#x%X;%s</", name, text[0], string(text[1:]))
	})
	return bytes.ReplaceAll(doc, []byte("<UnitHistory>"), []byte("<UnitHistory><!-- sent by the unit -->")), nil
}
