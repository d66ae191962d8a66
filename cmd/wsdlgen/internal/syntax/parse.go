package syntax

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// Limits of what is read. They are far above what real documents need, and low enough that reading hostile ones is a
// matter of seconds and of some hundred megabytes.
const (
	MaxDepth = 200       // of nested elements
	MaxNodes = 2_000_000 // elements, attributes and pieces of text, in all documents together
)

// Parse reads the document called name, whose text is UTF-8. Its error is a *source.Error. budget is how many nodes and
// attributes may be made; Parse takes what it makes from it.
func Parse(name string, text []byte, budget *int) (*Node, error) {
	text = withoutDoctype(text)
	p := &parser{file: source.NewFile(name, text), text: text, budget: budget}
	if err := p.checkStart(); err != nil {
		return nil, err
	}
	p.r = xmlwire.NewReader(bytes.NewReader(text[p.base:]), xmlwire.ReadOptions{AnyNamespace: true, Limits: xmlwire.Limits{
		Depth: MaxDepth, Namespaces: 256,
	}})
	root, err := p.document()
	if err != nil {
		return nil, err
	}
	return root, nil
}

type parser struct {
	file *source.File
	text []byte
	base int // where the document starts in text
	r    *xmlwire.Reader

	budget *int

	// Character data since the last tag. The reader hands it out in pieces.
	data    []byte
	dataPos int64
}

// checkStart recognises what is not XML at all, and passes over white space before an XML declaration, which XML
// forbids and many a server sends.
func (p *parser) checkStart() error {
	rest := bytes.TrimLeft(p.text, xmlSpace)
	p.base = len(p.text) - len(rest)
	pos := p.file.Pos(p.base)
	switch {
	case len(rest) == 0:
		return &source.Error{Pos: source.Pos{File: p.file.Name()}, Msg: "the file is empty", Hint: "fetch the WSDL again"}
	case hasPrefixFold(rest, "<!doctype html"), hasPrefixFold(rest, "<html"):
		return &source.Error{Pos: pos, Msg: "this is an HTML page, not a WSDL or XML Schema document", Hint: fetchHint}
	case rest[0] != '<':
		return &source.Error{Pos: pos, Msg: "this is not an XML document", Hint: fetchHint}
	}
	return nil
}

const fetchHint = "save what the service answers to …?wsdl, not its help or login page"

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

func (p *parser) document() (*Node, error) {
	var root *Node
	var open []*Node
	for {
		kind, err := p.r.Next()
		if err != nil {
			return nil, p.failure(err)
		}
		if kind == xmlwire.CharData {
			p.charData()
			continue
		}
		if len(open) > 0 {
			p.flush(open[len(open)-1])
		}
		switch kind {
		case xmlwire.StartElement:
			n := p.element(open)
			if root == nil {
				root = n
			} else {
				top := open[len(open)-1]
				top.Children = append(top.Children, n)
			}
			open = append(open, n)
		case xmlwire.EndElement:
			open = open[:len(open)-1]
		case xmlwire.EOF:
			return root, nil
		}
		if *p.budget < 0 {
			return nil, &source.Error{Pos: p.pos(p.r.Offset()), Msg: fmt.Sprintf("there are more than %d elements and attributes", MaxNodes)}
		}
	}
}

// charData keeps text for flush.
func (p *parser) charData() {
	if len(p.data) == 0 {
		p.dataPos = p.r.Offset()
	}
	p.data = append(p.data, p.r.Text()...)
}

// flush makes a node inside n of the text read since the last tag. White space alone is dropped: no value in WSDL or
// XML Schema is made of it.
func (p *parser) flush(n *Node) {
	if len(bytes.Trim(p.data, xmlSpace)) > 0 {
		*p.budget--
		n.Children = append(n.Children, &Node{Text: string(p.data), Pos: p.pos(p.dataPos)})
	}
	p.data = p.data[:0]
}

func (p *parser) pos(offset int64) source.Pos { return p.file.Pos(p.base + int(offset)) }

// element makes the node of the start tag just read.
func (p *parser) element(open []*Node) *Node {
	*p.budget--
	start := p.r.Offset()
	name := p.r.Name()
	n := &Node{Name: model.Name{Space: currentXSD(name.Space), Local: name.Local}, Pos: p.pos(start)}
	if len(open) > 0 {
		n.Scope = open[len(open)-1].Scope
	}
	tag := p.text[p.base+int(start) : p.base+int(p.r.InputOffset())]
	places := attrPlaces(tag)
	if decls := p.declarations(places); len(decls) > 0 {
		n.Scope = &Scope{Outer: n.Scope, Decls: decls}
	}
	*p.budget -= len(places)
	places = slices.DeleteFunc(places, func(a attrPlace) bool { _, is := a.declares(); return is })
	for i, a := range p.r.Attrs() {
		n.Attrs = append(n.Attrs, Attr{Name: model.Name(a.Name), Value: a.Value, Pos: p.pos(start + int64(places[i].at))})
	}
	return n
}

// declarations returns the namespaces that a start tag declares. The reader has checked them and knows what is in
// scope; the tag only says which of that is declared here.
func (p *parser) declarations(places []attrPlace) []Decl {
	var decls []Decl
	for _, a := range places {
		if prefix, ok := a.declares(); ok {
			space, _ := p.r.Namespace(prefix)
			decls = append(decls, Decl{prefix, currentXSD(space)})
		}
	}
	return decls
}

// An attrPlace is where in a start tag an attribute stands, and its name as written.
type attrPlace struct {
	name string
	at   int
}

// declares returns the prefix that the attribute binds, if it is a namespace declaration.
func (a attrPlace) declares() (prefix string, ok bool) {
	if a.name == "xmlns" {
		return "", true
	}
	return strings.CutPrefix(a.name, "xmlns:")
}

// attrPlaces lists the attributes of a start tag that the reader has found well-formed.
func attrPlaces(tag []byte) []attrPlace {
	var places []attrPlace
	for at := 0; ; {
		eq := bytes.IndexByte(tag[at:], '=')
		if eq < 0 {
			return places
		}
		eq += at
		before := bytes.TrimRight(tag[at:eq], xmlSpace)
		nameAt := bytes.LastIndexAny(before, xmlSpace) + 1
		places = append(places, attrPlace{string(before[nameAt:]), at + nameAt})
		open := eq + 1 + bytes.IndexAny(tag[eq+1:], `"'`)
		at = open + 1 + bytes.IndexByte(tag[open+1:], tag[open]) + 1
	}
}

// failure gives an error of the reader its position.
func (p *parser) failure(err error) error {
	if syn, ok := errors.AsType[*xmlwire.SyntaxError](err); ok {
		pos := p.pos(syn.Offset)
		return &source.Error{Pos: pos, Msg: syn.Msg, Hint: "the document is not well-formed XML"}
	}
	if limit, ok := errors.AsType[*xmlwire.LimitError](err); ok {
		return &source.Error{Pos: p.pos(limit.Offset), Msg: fmt.Sprintf("the document exceeds the limit %s=%d", limit.Limit, limit.Max)}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return &source.Error{Pos: p.pos(int64(len(p.text))), Msg: "the document is cut off"}
	}
	return &source.Error{Pos: source.Pos{File: p.file.Name()}, Msg: err.Error()}
}
