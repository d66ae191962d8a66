package xmlwire

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// A RawAttr is an attribute that no table describes, kept as it came.
type RawAttr struct {
	Name  Name
	Value string
}

// A Raw is one element kept as bytes: the element with all that is in it, as it stood, and with the namespace
// declarations that it needs of those around it added to its start tag. So it means the same wherever it is written.
//
// The zero Raw is no element: it is not written. A Raw may be made from a string; writing checks that it is one
// well-formed element.
type Raw string

// Name returns the name of the element, or the zero Name if raw is empty or malformed.
func (raw Raw) Name() Name {
	r := borrow([]byte(raw), ReadOptions{})
	defer r.giveBack()
	if kind, err := r.Next(); err != nil || kind != StartElement {
		return Name{}
	}
	return r.Name()
}

// Text returns the character data of the element, that of its children included.
func (raw Raw) Text() (string, error) {
	var b strings.Builder
	r := borrow([]byte(raw), ReadOptions{})
	defer r.giveBack()
	for {
		switch kind, err := r.Next(); {
		case err != nil:
			return "", err
		case kind == CharData:
			b.Write(r.Text())
		case kind == EOF:
			return b.String(), nil
		}
	}
}

// Decode reads the element into m, as Unmarshal does.
func (raw Raw) Decode(m Message) error {
	return Unmarshal([]byte(raw), m, ReadOptions{})
}

// check reports whether raw is one well-formed element and nothing else.
func (raw Raw) check() error {
	if !strings.HasPrefix(string(raw), "<") || strings.HasPrefix(string(raw), "<?") || strings.HasPrefix(string(raw), "<!") {
		return errors.New("a raw element must start with its start tag")
	}
	r := borrow([]byte(raw), ReadOptions{AnyNamespace: true, Limits: Limits{TextBytes: -1}})
	defer r.giveBack()
	for {
		switch kind, err := r.Next(); {
		case err != nil:
			return fmt.Errorf("a raw element is malformed: %w", err)
		case kind == EOF && r.InputOffset() != int64(len(raw)):
			return errors.New("a raw element has something behind its end tag")
		case kind == EOF:
			return nil
		}
	}
}

// Raw reads the element whose start tag was read last and returns it with its namespace scope.
func (r *Reader) Raw() (Raw, error) {
	if r.err != nil {
		return "", r.err
	}
	scope := r.Namespaces()
	own := r.ns[r.stack[len(r.stack)-1].ns:]
	declared := make([]string, 0, 4)
	for _, d := range own {
		declared = append(declared, d.prefix)
	}
	nameLen := r.stack[len(r.stack)-1].nameEnd - r.stack[len(r.stack)-1].name
	outer := r.mark
	if outer < 0 {
		r.mark = int(r.start - r.base)
	}
	from := r.start
	err := r.Skip()
	data := r.buf[from-r.base : r.pos]
	if outer < 0 {
		r.mark = -1
	}
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.Grow(len(data) + 64)
	b.Write(data[:1+nameLen])
	writeScope(&b, scope, declared, data)
	b.Write(data[1+nameLen:])
	return Raw(b.String()), nil
}

// writeScope writes the declarations of scope that data may need and does not make itself. A prefix that is not
// followed by a colon anywhere in data is used neither in a name nor in a value. The default namespace is always
// written: unprefixed names must not fall to another one.
func writeScope(b *strings.Builder, scope []NamespaceDecl, declared []string, data []byte) {
	hasDefault := false
	for _, p := range declared {
		hasDefault = hasDefault || p == ""
	}
	def := ""
next:
	for _, d := range scope {
		if d.Prefix == "" {
			def = d.Space
			continue
		}
		for _, p := range declared {
			if p == d.Prefix {
				continue next
			}
		}
		if mayUse(data, d.Prefix) {
			fmt.Fprintf(b, ` xmlns:%s="%s"`, d.Prefix, escapeAttr(d.Space))
		}
	}
	if !hasDefault {
		fmt.Fprintf(b, ` xmlns="%s"`, escapeAttr(def))
	}
}

// mayUse reports whether prefix and a colon stand in data, and not at the end of a longer word.
func mayUse(data []byte, prefix string) bool {
	word := []byte(prefix + ":")
	for from := 0; ; {
		i := bytes.Index(data[from:], word)
		if i < 0 {
			return false
		}
		if at := from + i; at == 0 || class[data[at-1]]&nameChar == 0 {
			return true
		}
		from += i + 1
	}
}

func escapeAttr(s string) string {
	b, err := AppendAttrValue(nil, s)
	if err != nil {
		return "" // cannot be: the value was read from a document
	}
	return string(b)
}
