package soap

import (
	"fmt"
	"strings"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Fault is what a fault element says, in the terms of SOAP 1.2.
type Fault struct {
	Code     xmlwire.Name
	Subcodes []xmlwire.Name // the outermost first; SOAP 1.1 has none
	Reasons  []Reason
	Role     string // the faultactor of SOAP 1.1
	Node     string // SOAP 1.2
	// Detail holds the elements of the detail, Text the text that some stacks put there in place of elements.
	Detail []xmlwire.Raw
	Text   string
}

// A Reason is the text of a fault in one language. SOAP 1.1 says it in one, mostly without saying in which.
type Reason struct{ Lang, Text string }

const nsXML = "http://www.w3.org/XML/1998/namespace"

// Fault reads the fault in the body, to its end tag.
//
// Of what SOAP demands of a fault hardly anything holds everywhere, so this takes what it finds: children by their local
// names, in whatever namespace; those of SOAP 1.1 inside SOAP 1.2 and the reverse; codes with an undeclared prefix or none
// at all; text without a language.
func (e *Envelope) Fault() (*Fault, error) {
	f := new(Fault)
	for {
		more, err := e.nextElement()
		if err != nil || !more {
			return f, err
		}
		if err := e.faultChild(f); err != nil {
			return nil, err
		}
	}
}

func (e *Envelope) faultChild(f *Fault) (err error) {
	switch e.r.Name().Local {
	case "faultcode":
		f.Code, err = e.qname()
	case "faultstring":
		lang, _ := e.r.Attr(nsXML, "lang")
		var text string
		text, err = e.text()
		f.Reasons = append(f.Reasons, Reason{lang, text})
	case "faultactor", "Role":
		f.Role, err = e.text()
	case "Node":
		f.Node, err = e.text()
	case "detail", "Detail":
		err = e.detail(f)
	case "Code":
		err = e.code(&f.Code, f)
	case "Reason":
		err = e.reason(f)
	default:
		err = e.r.Skip()
	}
	return err
}

// code reads a Code or Subcode of SOAP 1.2: its Value into code, the Subcodes below it into f.
func (e *Envelope) code(code *xmlwire.Name, f *Fault) error {
	for {
		more, err := e.nextElement()
		if err != nil || !more {
			return err
		}
		switch e.r.Name().Local {
		case "Value":
			*code, err = e.qname()
		case "Subcode":
			at := len(f.Subcodes)
			f.Subcodes = append(f.Subcodes, xmlwire.Name{})
			var sub xmlwire.Name
			err = e.code(&sub, f)
			f.Subcodes[at] = sub
		default:
			err = e.r.Skip()
		}
		if err != nil {
			return err
		}
	}
}

func (e *Envelope) reason(f *Fault) error {
	for {
		more, err := e.nextElement()
		if err != nil || !more {
			return err
		}
		lang, _ := e.r.Attr(nsXML, "lang")
		text, err := e.text()
		if err != nil {
			return err
		}
		f.Reasons = append(f.Reasons, Reason{lang, text})
	}
}

func (e *Envelope) detail(f *Fault) error {
	var text strings.Builder
	for {
		kind, err := e.r.Next()
		switch {
		case err != nil:
			return err
		case kind == xmlwire.CharData:
			text.Write(e.r.Text())
		case kind == xmlwire.EndElement:
			f.Text = strings.TrimSpace(text.String())
			return nil
		case kind == xmlwire.StartElement:
			entry, err := e.r.Raw()
			if err != nil {
				return err
			}
			f.Detail = append(f.Detail, entry)
		}
	}
}

// text reads the character data of the element that is open, to its end tag; elements in it are passed over.
func (e *Envelope) text() (string, error) {
	var b strings.Builder
	for {
		kind, err := e.r.Next()
		switch {
		case err != nil:
			return "", err
		case kind == xmlwire.CharData:
			b.Write(e.r.Text())
		case kind == xmlwire.StartElement:
			if err := e.r.Skip(); err != nil {
				return "", err
			}
		case kind == xmlwire.EndElement:
			return strings.TrimSpace(b.String()), nil
		}
	}
}

// qname reads the element that is open as a qualified name. If that has no declared prefix, the name is the text as it
// stands.
func (e *Envelope) qname() (xmlwire.Name, error) {
	scope := e.r.Namespaces() // the element may declare the prefix itself
	text, err := e.text()
	if err != nil {
		return xmlwire.Name{}, err
	}
	prefix, local, ok := strings.Cut(text, ":")
	if !ok {
		prefix, local = "", text
	}
	for _, d := range scope {
		if d.Prefix == prefix {
			return xmlwire.Name{Space: d.Space, Local: local}, nil
		}
	}
	return xmlwire.Name{Local: text}, nil
}

// A Class is the part of a fault code that SOAP defines, and that means the same in both versions.
type Class uint8

const (
	Receiver            Class = iota // Server in SOAP 1.1
	Sender                           // Client in SOAP 1.1
	MustUnderstand                   // a header block was not understood
	VersionMismatch                  // the envelope is of another version
	DataEncodingUnknown              // SOAP 1.2 only; Client in SOAP 1.1
)

// Code returns the fault code of class c in version v.
func (c Class) Code(v Version) xmlwire.Name {
	local := "Receiver"
	switch {
	case c == MustUnderstand:
		local = "MustUnderstand"
	case c == VersionMismatch:
		local = "VersionMismatch"
	case c == DataEncodingUnknown && v == V12:
		local = "DataEncodingUnknown"
	case v == V12 && c == Sender:
		local = "Sender"
	case v == V11 && c == Receiver:
		local = "Server"
	case v == V11:
		local = "Client"
	}
	return v.name(local)
}

// AppendFault appends the fault element of version v. In SOAP 1.1, which has no subcodes, the first of them stands in
// place of the code, as the code may be any name. Of several reasons SOAP 1.1 keeps the first.
func AppendFault(dst []byte, v Version, f *Fault, detail []Block, opts xmlwire.WriteOptions) ([]byte, error) {
	w := faultWriter{dst: append(dst, "<s:Fault>"...), version: v, opts: opts}
	if v == V12 {
		w.fault12(f, detail)
	} else {
		w.fault11(f, detail)
	}
	return append(w.dst, "</s:Fault>"...), w.err
}

// A faultWriter appends the parts of a fault. Its error is that of the first part that failed.
type faultWriter struct {
	dst     []byte
	version Version
	opts    xmlwire.WriteOptions
	err     error
}

func (w *faultWriter) fault11(f *Fault, detail []Block) {
	code := f.Code
	if len(f.Subcodes) > 0 {
		code = f.Subcodes[0]
	}
	w.qname("faultcode", code)
	reason := Reason{}
	if len(f.Reasons) > 0 {
		reason = f.Reasons[0]
	}
	w.text("faultstring", reason.Lang, reason.Text)
	if f.Role != "" {
		w.text("faultactor", "", f.Role)
	}
	w.detail("detail", f.Text, detail)
}

func (w *faultWriter) fault12(f *Fault, detail []Block) {
	w.raw("<s:Code>")
	w.qname("s:Value", f.Code)
	for _, sub := range f.Subcodes {
		w.raw("<s:Subcode>")
		w.qname("s:Value", sub)
	}
	w.raw(strings.Repeat("</s:Subcode>", len(f.Subcodes)))
	w.raw("</s:Code><s:Reason>")
	reasons := f.Reasons
	if len(reasons) == 0 {
		reasons = []Reason{{}}
	}
	for _, r := range reasons {
		if r.Lang == "" {
			r.Lang = "en" // SOAP 1.2 demands a language
		}
		w.text("s:Text", r.Lang, r.Text)
	}
	w.raw("</s:Reason>")
	if f.Node != "" {
		w.text("s:Node", "", f.Node)
	}
	if f.Role != "" {
		w.text("s:Role", "", f.Role)
	}
	w.detail("s:Detail", f.Text, detail)
}

func (w *faultWriter) raw(s string) { w.dst = append(w.dst, s...) }

func (w *faultWriter) escaped(s string, appendEscaped func([]byte, string) ([]byte, error)) {
	dst, err := appendEscaped(w.dst, s)
	if err != nil {
		w.fail(err)
		return
	}
	w.dst = dst
}

func (w *faultWriter) fail(err error) {
	if w.err == nil {
		w.err = fmt.Errorf("writing a fault: %w", err)
	}
}

func (w *faultWriter) text(element, lang, text string) {
	w.raw("<" + element)
	if lang != "" {
		w.raw(` xml:lang="`)
		w.escaped(lang, xmlwire.AppendAttrValue)
		w.raw(`"`)
	}
	w.raw(">")
	w.escaped(text, xmlwire.AppendText)
	w.raw("</" + element + ">")
}

func (w *faultWriter) qname(element string, n xmlwire.Name) {
	w.raw("<" + element)
	p := prefix + ":"
	switch {
	case n.Space == "":
		p = ""
	case n.Space != w.version.Namespace():
		p = "q:"
		w.raw(` xmlns:q="`)
		w.escaped(n.Space, xmlwire.AppendAttrValue)
		w.raw(`"`)
	}
	w.raw(">" + p)
	w.escaped(n.Local, xmlwire.AppendText)
	w.raw("</" + element + ">")
}

func (w *faultWriter) detail(element, text string, detail []Block) {
	if text == "" && len(detail) == 0 {
		return
	}
	w.raw("<" + element + ">")
	w.escaped(text, xmlwire.AppendText)
	for i := range detail {
		dst, err := detail[i].Append(w.dst, w.opts)
		if err != nil {
			w.fail(fmt.Errorf("detail %s: %w", detail[i].name(), err))
			return
		}
		w.dst = dst
	}
	w.raw("</" + element + ">")
}
