package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/soapfirst/trackunit/soapclient"
)

// A tracer prints exchanges for people. It is safe for concurrent use.
type tracer struct {
	w      io.Writer
	indent string
	whole  bool // do not abridge lists
	mu     sync.Mutex
}

// shownHeaders are the fields of HTTP headers that tell something about SOAP.
var shownHeaders = []string{"Content-Type", "SOAPAction", "Authorization", "X-Status", "Location", "WWW-Authenticate", "Retry-After"}

func (t *tracer) trace(x *soapclient.Exchange) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b bytes.Buffer
	fmt.Fprintf(&b, "> POST %s\n", x.Endpoint)
	t.message(&b, "> ", x.RequestHeader, x.Request)
	if x.Status == 0 {
		fmt.Fprintf(&b, "< no answer\n")
	} else {
		fmt.Fprintf(&b, "< HTTP %d %s\n", x.Status, http.StatusText(x.Status))
		t.message(&b, "< ", x.Header, x.Response)
	}
	if x.Truncated {
		b.WriteString("  (longer than what is kept of an exchange)\n")
	}
	for line := range strings.Lines(b.String()) {
		fmt.Fprint(t.w, t.indent, strings.TrimRight(line, "\n"), "\n")
	}
	fmt.Fprintln(t.w)
}

func (t *tracer) message(b *bytes.Buffer, mark string, header http.Header, body []byte) {
	for _, key := range shownHeaders {
		for k, values := range header {
			if strings.EqualFold(k, key) {
				fmt.Fprintf(b, "%s%s: %s\n", mark, key, printable(strings.Join(values, ", ")))
			}
		}
	}
	for line := range strings.Lines(prettyXML(body, !t.whole)) {
		b.WriteString("  " + line)
	}
}

// shown is how many elements of the same name in a row an abridged document shows.
const shown = 1

// prettyXML returns a document with one element a line, otherwise as it is: prefixes and declarations are kept. Abridged, of
// elements of the same name in a row only the first are shown. What is no XML, or from the place on where it is none, is
// returned as it is.
func prettyXML(doc []byte, abridged bool) string {
	p := printer{d: xml.NewDecoder(bytes.NewReader(doc)), abridged: abridged, levels: []level{{}}}
	p.d.Strict = false
	for {
		begin := p.d.InputOffset()
		token, err := p.d.RawToken()
		if err == io.EOF {
			p.flush()
			return p.b.String()
		}
		if err != nil {
			p.flush()
			if p.skipping == 0 {
				p.line(printable(string(doc[begin:])))
			}
			return p.b.String()
		}
		p.token(token, string(doc[begin:p.d.InputOffset()]))
	}
}

// A printer prints XML token by token.
type printer struct {
	d        *xml.Decoder
	b        strings.Builder
	abridged bool
	levels   []level // of the elements that are open, and the document
	skipping int     // depth below the element that is left out
	open     string  // a start tag that was not printed yet
	text     string  // what came behind it
}

// A level tells which children of an element came last.
type level struct {
	name string // of the last child
	run  int    // how many of that name came in a row
}

func (p *printer) token(token xml.Token, raw string) {
	switch token := token.(type) {
	case xml.StartElement:
		p.start(token.Name.Space+":"+token.Name.Local, raw)
	case xml.EndElement:
		p.end(raw)
	case xml.CharData:
		switch text := printable(raw); {
		case p.skipping > 0 || text == "":
		case p.open != "":
			p.text += text
		default:
			p.line(text)
		}
	default:
		if p.skipping == 0 {
			p.flush()
			p.line(printable(raw))
		}
	}
}

func (p *printer) start(name, raw string) {
	if p.skipping > 0 {
		p.skipping++
		return
	}
	p.flush()
	parent := &p.levels[len(p.levels)-1]
	if parent.name != name {
		p.leftOut()
		*parent = level{name: name}
	}
	if parent.run++; p.abridged && parent.run > shown {
		p.skipping = 1
		return
	}
	p.open = printable(raw)
	p.levels = append(p.levels, level{})
}

// end closes an element. The decoder makes an end out of <a/> too, which has no text of its own.
func (p *printer) end(raw string) {
	if p.skipping > 0 {
		p.skipping--
		return
	}
	if p.open != "" {
		p.levels = p.levels[:len(p.levels)-1]
		p.line(p.open + p.text + printable(raw))
		p.open, p.text = "", ""
		return
	}
	p.leftOut()
	if len(p.levels) > 1 {
		p.levels = p.levels[:len(p.levels)-1]
	}
	p.line(printable(raw))
}

// flush prints a start tag that turned out to have elements in it.
func (p *printer) flush() {
	if p.open == "" {
		return
	}
	open := p.open + p.text
	p.open, p.text = "", ""
	inside := p.levels
	p.levels = p.levels[:len(p.levels)-1]
	p.line(open)
	p.levels = inside
}

// leftOut says how many elements were not shown.
func (p *printer) leftOut() {
	last := &p.levels[len(p.levels)-1]
	if more := last.run - shown; p.abridged && more > 0 {
		p.line(fmt.Sprintf("<!-- and %d more -->", more))
	}
	last.run = 0
}

func (p *printer) line(s string) {
	const deepest = 40 // no wider than a screen, however deep a document is
	p.b.WriteString(strings.Repeat("  ", min(len(p.levels)-1, deepest)) + s + "\n")
}
