package soaptest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/soapfirst/trackunit/internal/canon"
	"github.com/soapfirst/trackunit/internal/redact"
	"github.com/soapfirst/trackunit/internal/soap"
)

// A content is the body of a request or an answer.
type content interface {
	// edit has each value replaced by what change returns for it. The path leads to the value, by local names.
	edit(m marks, change func(value string, marked bool) string)
	// bytes returns the content laid out to be read.
	bytes() []byte
	// node returns the content as a tree to compare, or nil if it has none.
	node() *canon.Node
}

// contentOf reads a body by what it looks like: services are lax about media types.
func contentOf(body []byte, header http.Header) content {
	switch trimmed := bytes.TrimLeft(body, "\ufeff \t\r\n"); {
	case len(trimmed) == 0:
		return noContent{}
	case trimmed[0] == '<':
		if c := newXMLContent(trimmed); c != nil {
			return c
		}
	case trimmed[0] == '{' || trimmed[0] == '[':
		if c := newJSONContent(trimmed); c != nil {
			return c
		}
	case strings.HasPrefix(header.Get("Content-Type"), "application/x-www-form-urlencoded"):
		if values, err := url.ParseQuery(string(trimmed)); err == nil && len(values) > 0 {
			return formContent(values)
		}
	}
	raw := rawContent(body)
	return &raw
}

// plain returns a body without its compression and, of XML, in UTF-8; the header is changed to fit. Of a compressed body that
// breaks off it returns what there is, and the error that ended it. What is compressed in a way that is not known is an error
// too: nobody could tell what is in it.
func plain(body []byte, header http.Header) ([]byte, error) {
	inflated, err := soap.Inflate(bytes.NewReader(body), header)
	if err != nil {
		return nil, err
	}
	body, err = io.ReadAll(inflated)
	header.Del("Content-Encoding")
	return inUTF8(body, header), err
}

// inUTF8 returns a body of XML in UTF-8, and any other as it is.
func inUTF8(body []byte, header http.Header) []byte {
	media := header.Get("Content-Type")
	if !strings.Contains(media, "xml") {
		return body
	}
	converted, err := soap.ToUTF8(bytes.NewReader(body), media)
	if err != nil {
		return body
	}
	text, err := io.ReadAll(converted)
	if err != nil || bytes.Equal(text, body) {
		return body
	}
	header.Set("Content-Type", charsetParam.ReplaceAllString(media, "charset=utf-8"))
	return declaredEncoding.ReplaceAll(text, []byte("${1}utf-8${2}"))
}

var (
	charsetParam     = regexp.MustCompile(`(?i)charset="?[^;"]*"?`)
	declaredEncoding = regexp.MustCompile(`^(<\?xml[^>]*encoding=["'])[^"']*(["'])`)
)

// xmlContent is a well-formed document.
type xmlContent struct{ doc *etree.Document }

func newXMLContent(body []byte) *xmlContent {
	if _, err := canon.Parse(body); err != nil {
		return nil
	}
	c := &xmlContent{etree.NewDocument()}
	c.doc.ReadSettings.PreserveCData = true
	if err := c.doc.ReadFromBytes(body); err != nil {
		return nil
	}
	return c
}

func (c *xmlContent) edit(m marks, change func(string, bool) string) {
	editElement(c.doc.Root(), nil, m, change)
}

func editElement(e *etree.Element, path []string, m marks, change func(string, bool) string) {
	path = append(path, e.Tag)
	for i := range e.Attr {
		a := &e.Attr[i]
		if a.Space != "xmlns" && a.FullKey() != "xmlns" && a.NamespaceURI() != nsXSI {
			a.Value = change(a.Value, m.covers(append(path, a.Key)))
		}
	}
	marked := m.covers(path)
	if len(e.ChildElements()) == 0 {
		if text := e.Text(); text != "" {
			if changed := change(text, marked); changed != text {
				e.SetText(changed)
			}
		}
		return
	}
	for _, t := range e.Child {
		switch t := t.(type) {
		case *etree.Element:
			editElement(t, path, m, change)
		case *etree.CharData:
			if strings.TrimSpace(t.Data) != "" {
				t.SetData(change(t.Data, marked))
			}
		}
	}
}

const nsXSI = "http://www.w3.org/2001/XMLSchema-instance"

func (c *xmlContent) bytes() []byte {
	canon.Layout(c.doc)
	text, err := canon.Write(c.doc)
	if err != nil {
		panic(err) // it is written to memory
	}
	return text
}

func (c *xmlContent) node() *canon.Node {
	n, err := canon.Parse(c.bytes())
	if err != nil {
		return nil
	}
	if isEnvelope(n) {
		n.Nodes = slices.DeleteFunc(n.Nodes, func(c *canon.Node) bool { return c.Local == "Header" && c.Space == n.Space })
	}
	return n
}

func isEnvelope(n *canon.Node) bool { return n.Local == "Envelope" && soap.VersionOf(n.Space) != 0 }

// formContent are the parameters of a form, or of a query.
type formContent url.Values

func (c formContent) edit(m marks, change func(string, bool) string) {
	m = m.short()
	for name, values := range c {
		for i, v := range values {
			values[i] = change(v, m.covers([]string{name}))
		}
	}
}

func (c formContent) bytes() []byte { return []byte(url.Values(c).Encode()) }

// node has the parameters in the order of their names.
func (c formContent) node() *canon.Node {
	n := &canon.Node{Local: "form"}
	for _, name := range sortedKeys(c) {
		for _, v := range c[name] {
			n.Nodes = append(n.Nodes, &canon.Node{Local: name, Text: v})
		}
	}
	return n
}

// rawContent is what is neither: a page, a document that breaks off, a file.
type rawContent []byte

// edit takes out what is marked as far as it can be found without understanding the text.
func (c *rawContent) edit(m marks, change func(string, bool) string) {
	text := (*redact.Scrubber)(nil).WithFields(m.names(), nil).Text(string(*c))
	*c = rawContent(change(text, false))
}

func (c *rawContent) bytes() []byte { return *c }

func (c *rawContent) node() *canon.Node { return &canon.Node{Local: "content", Text: string(*c)} }

// noContent is an empty body.
type noContent struct{}

func (noContent) edit(marks, func(string, bool) string) {}
func (noContent) bytes() []byte                         { return nil }
func (noContent) node() *canon.Node                     { return &canon.Node{Local: "content"} }

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// isNumber reports whether a value may stand in JSON without quotation marks.
func isNumber(value string) bool {
	var n json.Number
	return json.Unmarshal([]byte(value), &n) == nil && !strings.HasPrefix(value, `"`)
}
