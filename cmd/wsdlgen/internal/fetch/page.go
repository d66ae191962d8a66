package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/beevik/etree"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

const (
	nsWSDL  = "http://schemas.xmlsoap.org/wsdl/"
	nsWSDL2 = "http://www.w3.org/ns/wsdl"
	nsXSD   = "http://www.w3.org/2001/XMLSchema"
)

// A kind is what a document is.
type kind uint8

const (
	kindWSDL kind = iota + 1
	kindSchema
)

func (k kind) ext() string {
	if k == kindSchema {
		return ".xsd"
	}
	return ".wsdl"
}

func (k kind) String() string {
	if k == kindSchema {
		return "XML Schema"
	}
	return "WSDL"
}

// A page is a document as it came, found to be a WSDL or a schema.
type page struct {
	data []byte // as it came
	text []byte // the same in UTF-8
	kind kind
	refs []reference // in the order of the document
}

// A reference is an import or include with a location.
type reference struct {
	location string
	line     int
	want     kind
}

// readPage checks that data is a document of the kind that is wanted; where a WSDL imports, a schema will do.
func readPage(data []byte, want kind) (*page, error) {
	if looksLikeHTML(data) {
		return nil, fmt.Errorf("the answer is an HTML page and no %v: perhaps a login page, or one that links to it", want)
	}
	text, err := toUTF8(data)
	if err != nil {
		return nil, err
	}
	p := &page{data: data, text: text}
	if err := p.scan(); err != nil {
		return nil, err
	}
	if want == kindSchema && p.kind == kindWSDL {
		return nil, errors.New("the answer is a WSDL and no XML Schema")
	}
	return p, nil
}

// looksLikeHTML recognises a page by how it starts. Most are no XML.
func looksLikeHTML(data []byte) bool {
	start := strings.ToLower(string(bytes.TrimLeft(data[:min(len(data), 512)], " \t\r\n\uFEFF")))
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

// scan reads the document to its end, so that what is kept is well-formed, and collects its references.
func (p *page) scan() error {
	limits := xmlwire.Limits{Bytes: maxBytes, TextBytes: maxBytes, Namespaces: 8192}
	r := xmlwire.NewReader(bytes.NewReader(p.text), xmlwire.ReadOptions{AnyNamespace: true, Limits: limits})
	line, counted := 1, int64(0)
	for {
		tok, err := r.Next()
		if err != nil {
			return fmt.Errorf("the answer is no WSDL: %w", err)
		}
		switch tok {
		case xmlwire.EOF:
			return nil
		case xmlwire.StartElement:
			if r.Depth() == 1 {
				if err := p.setKind(r.Name()); err != nil {
					return err
				}
			}
			attr, want := locationOf(r.Name())
			if location, ok := r.Attr("", attr); ok && attr != "" {
				line += bytes.Count(p.text[counted:r.Offset()], []byte("\n"))
				counted = r.Offset()
				p.refs = append(p.refs, reference{location, line, want})
			}
		}
	}
}

func (p *page) setKind(root xmlwire.Name) error {
	switch root {
	case xmlwire.Name{Space: nsWSDL, Local: "definitions"}:
		p.kind = kindWSDL
	case xmlwire.Name{Space: nsXSD, Local: "schema"}:
		p.kind = kindSchema
	case xmlwire.Name{Space: nsWSDL2, Local: "description"}:
		return errors.New("the answer is WSDL 2.0, which wsdlgen does not read: services that have it mostly publish WSDL 1.1 too")
	default:
		if strings.EqualFold(root.Local, "html") {
			return errors.New("the answer is an HTML page and no WSDL")
		}
		return fmt.Errorf("the answer is no WSDL: its root is %q in the namespace %q", root.Local, root.Space)
	}
	return nil
}

// locationOf returns the attribute of an element that refers to another document, and what that is; "" for elements
// that don't refer to any.
func locationOf(name xmlwire.Name) (attr string, want kind) {
	switch {
	case name.Space == nsWSDL && name.Local == "import":
		return "location", kindWSDL
	case name.Space != nsXSD:
	case name.Local == "import", name.Local == "include", name.Local == "redefine":
		return "schemaLocation", kindSchema
	}
	return "", 0
}

// relink returns the document with the locations of its references replaced by links, but for empty ones. Where none
// changes the document stays as it came, to the byte; else it is written anew, in UTF-8.
func (p *page) relink(links []string) ([]byte, error) {
	changed := false
	for i, link := range links {
		changed = changed || link != "" && link != p.refs[i].location
	}
	if !changed {
		return p.data, nil
	}
	d := etree.NewDocument()
	d.ReadSettings.PreserveCData = true
	d.ReadSettings.CharsetReader = passThrough
	d.WriteSettings.CanonicalText = true
	d.WriteSettings.CanonicalAttrVal = true
	if err := d.ReadFromBytes(p.text); err != nil {
		return nil, err
	}
	for _, t := range d.Child {
		if pi, ok := t.(*etree.ProcInst); ok && pi.Target == "xml" {
			pi.Inst = `version="1.0" encoding="utf-8"`
		}
	}
	replaceLocations(d.Root(), func(a *etree.Attr) {
		if links[0] != "" {
			a.Value = links[0]
		}
		links = links[1:]
	})
	return d.WriteToBytes()
}

// replaceLocations calls replace for each reference, in the order of the document.
func replaceLocations(e *etree.Element, replace func(*etree.Attr)) {
	if attr, _ := locationOf(xmlwire.Name{Space: e.NamespaceURI(), Local: e.Tag}); attr != "" {
		for i := range e.Attr {
			if a := &e.Attr[i]; a.Space == "" && a.Key == attr {
				replace(a)
			}
		}
	}
	for _, c := range e.ChildElements() {
		replaceLocations(c, replace)
	}
}

var encodingDecl = regexp.MustCompile(`^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

// toUTF8 converts what the generator can read, without the white space that some servers send ahead.
func toUTF8(data []byte) ([]byte, error) {
	var enc encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}), bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		enc = unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(data, []byte{0, '<'}):
		enc = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case bytes.HasPrefix(data, []byte{'<', 0}):
		enc = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	default:
		data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), " \t\r\n")
		if m := encodingDecl.FindSubmatch(data[:min(len(data), 1024)]); m != nil {
			switch strings.ToLower(string(m[1])) {
			case "iso-8859-1", "latin1":
				enc = charmap.ISO8859_1
			case "windows-1252", "cp1252":
				enc = charmap.Windows1252
			}
		}
	}
	if enc == nil {
		return data, nil
	}
	return enc.NewDecoder().Bytes(data)
}

// passThrough stands in for a converter: the text is UTF-8 by now, whatever its declaration says.
func passThrough(_ string, text io.Reader) (io.Reader, error) { return text, nil }
