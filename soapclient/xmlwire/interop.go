package xmlwire

import (
	"bytes"
	"encoding/xml"
	"reflect"
	"strconv"
)

// MarshalXML writes m through an encoding/xml encoder. Generated types call it from their method of the same name, so
// that they work inside other structs and with other SOAP clients. Their namespaces, order and nil come out right there
// too, since encoding/xml is handed finished text.
//
// encoding/xml names an element after the Go type where nothing else tells; in that case the name of the schema is
// taken.
func MarshalXML(e *xml.Encoder, start xml.StartElement, m Message) error {
	t := m.XMLType()
	goName := reflect.TypeOf(m).Elem().Name()
	if start.Name.Space == "" && start.Name.Local == goName {
		start.Name = xml.Name{Space: t.Space, Local: t.elementName(goName)}
	}
	text, err := AppendElement(nil, Name(start.Name), m, WriteOptions{})
	if err != nil {
		return err
	}
	r := borrow(text, ReadOptions{})
	defer r.giveBack()
	if _, err := r.Next(); err != nil {
		return err
	}
	begin, end := int(r.InputOffset()), bytes.LastIndex(text, []byte("</"))
	if end < begin { // an empty-element tag
		end = begin
	}
	start.Attr = append(start.Attr, r.stdAttrs()...)
	if space, _ := r.Namespace(""); space == "" {
		// Children in no namespace stand below: encoding/xml must not declare a default namespace here, and one
		// that it declared around must end.
		f := &r.stack[0]
		start.Name = xml.Name{Local: string(r.names[f.name:f.nameEnd])}
		start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "xmlns"}})
	}
	return e.EncodeElement(struct {
		Inner []byte `xml:",innerxml"`
	}{text[begin:end]}, start)
}

func (t *Type) elementName(goName string) string {
	switch {
	case t.Element != "":
		return t.Element
	case t.Name != "":
		return t.Name
	}
	return goName
}

// stdAttrs returns the attributes and prefix declarations of the start tag read last in a form that encoding/xml writes
// as they are: it does not touch names without a namespace. The default namespace it declares itself.
func (r *Reader) stdAttrs() (attrs []xml.Attr) {
	for _, d := range r.Namespaces() {
		if d.Prefix != "" {
			attrs = append(attrs, xml.Attr{Name: xml.Name{Local: "xmlns:" + d.Prefix}, Value: d.Space})
		}
	}
	for i := range r.attrs {
		a := &r.attrs[i]
		local := string(a.local)
		if len(a.prefix) > 0 {
			local = string(a.prefix) + ":" + local
		}
		attrs = append(attrs, xml.Attr{Name: xml.Name{Local: local}, Value: string(r.attrValue(a))})
	}
	return attrs
}

// UnmarshalXML reads m through an encoding/xml decoder. Prefixes in values, such as in xsi:type, are understood if they
// are declared on the element or below: what is declared around it encoding/xml does not tell.
func UnmarshalXML(d *xml.Decoder, start xml.StartElement, m Message) error {
	var w rewriter
	w.start(start)
	for depth := 1; depth > 0; {
		tok, err := d.Token()
		if err != nil {
			return err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			depth++
			w.start(tok)
		case xml.EndElement:
			depth--
			w.b = append(append(append(w.b, '<', '/'), elementName(tok.Name)...), '>')
		case xml.CharData:
			if w.b, err = AppendText(w.b, string(tok)); err != nil {
				return err
			}
		}
	}
	return Unmarshal(w.b, m, ReadOptions{AnyNamespace: true, Limits: Limits{Depth: maxStdDepth, TextBytes: -1, Attributes: -1}})
}

// maxStdDepth is the depth that encoding/xml itself allows.
const maxStdDepth = 10_000

// A rewriter turns the tokens of encoding/xml, which hold namespaces in place of prefixes, back into text. Declarations
// are kept for the sake of prefixes in values; names get prefixes of their own, _q for elements and _a1, _a2 …
// for attributes, declared on the spot.
type rewriter struct{ b []byte }

const stdPrefix = "_q:"

func elementName(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return stdPrefix + name.Local
}

func (w *rewriter) start(el xml.StartElement) {
	w.b = append(append(w.b, '<'), elementName(el.Name)...)
	if el.Name.Space != "" {
		w.attr("xmlns:_q", el.Name.Space)
	}
	for i, a := range el.Attr {
		switch {
		case a.Name.Space == "xmlns":
			w.attr("xmlns:"+a.Name.Local, a.Value)
		case a.Name.Space == "":
			w.attr(a.Name.Local, a.Value)
		case a.Name.Space == nsXML || a.Name.Space == "xml":
			w.attr("xml:"+a.Name.Local, a.Value)
		default:
			prefix := "_a" + strconv.Itoa(i)
			w.attr("xmlns:"+prefix, a.Name.Space)
			w.attr(prefix+":"+a.Name.Local, a.Value)
		}
	}
	w.b = append(w.b, '>')
}

func (w *rewriter) attr(name, value string) {
	w.b = append(append(append(w.b, ' '), name...), '=', '"')
	w.b, _ = AppendAttrValue(w.b, value) // encoding/xml has checked the characters
	w.b = append(w.b, '"')
}
