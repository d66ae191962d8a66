package canon

import (
	"strings"

	"github.com/beevik/etree"
)

// Indent returns doc laid out to be read: elements within elements stand on lines of their own. What the document says
// stays the same, and so do its prefixes, comments and the order of attributes. It must be one that Parse takes.
func Indent(doc []byte) ([]byte, error) {
	if err := wellFormed(doc); err != nil {
		return nil, err
	}
	d := etree.NewDocument()
	d.ReadSettings = etree.ReadSettings{PreserveDuplicateAttrs: true, PreserveCData: true, MaxDepth: maxDepth}
	if err := d.ReadFromBytes(doc); err != nil {
		return nil, err
	}
	Layout(d)
	return Write(d)
}

// Write returns the text of d, in which a carriage return, and a tab or a line end within an attribute, are references, lest
// a reader take them for something else.
func Write(d *etree.Document) ([]byte, error) {
	d.WriteSettings.CanonicalText, d.WriteSettings.CanonicalAttrVal = true, true
	return d.WriteToBytes()
}

// Layout is Indent for a document that is already a tree.
func Layout(d *etree.Document) {
	var parts []etree.Token
	for _, t := range d.Child {
		if c, ok := t.(*etree.CharData); !ok || !c.IsWhitespace() {
			parts = append(parts, t)
		}
	}
	for len(d.Child) > 0 {
		d.RemoveChildAt(0)
	}
	for _, t := range parts {
		d.AddChild(t)
		d.CreateText("\n")
	}
	if root := d.Root(); root != nil {
		layout(root, "\n", false)
	}
}

// layout indents what is in e, whose own line begins with start.
func layout(e *etree.Element, start string, preserve bool) {
	switch e.SelectAttrValue("xml:space", "") {
	case "preserve":
		preserve = true
	case "default":
		preserve = false
	}
	nested, text := false, preserve
	for _, t := range e.Child {
		switch t := t.(type) {
		case *etree.CharData:
			text = text || strings.Trim(t.Data, " \t\r\n") != ""
		case *etree.Element:
			nested = true
		}
	}
	inner := start + "  "
	for _, c := range e.ChildElements() {
		layout(c, inner, preserve)
	}
	if text || !nested {
		return
	}
	for i := len(e.Child) - 1; i >= 0; i-- {
		if _, ok := e.Child[i].(*etree.CharData); ok {
			e.RemoveChildAt(i)
		}
	}
	for i := len(e.Child) - 1; i >= 0; i-- {
		e.InsertChildAt(i, etree.NewText(inner))
	}
	e.CreateText(start)
}
