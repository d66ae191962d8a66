package xmlwire

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unsafe"
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
	top := &r.stack[len(r.stack)-1]
	hasDefault := r.outerScope(top.ns)
	nameLen := top.nameEnd - top.name
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
	b := append(r.raw[:0], data[:1+nameLen]...)
	b = appendScope(b, r.outer, hasDefault, data)
	b = append(b, data[1+nameLen:]...)
	if cap(b) <= windowSize {
		r.raw = b
	}
	return Raw(b), nil
}

// outerScope puts into r.outer what is in scope at the last start tag by the declarations around it, of which there are n, and
// that it does not make itself. It reports whether the tag declares the default namespace.
func (r *Reader) outerScope(n int) (hasDefault bool) {
	r.outer = r.outer[:0]
	for i := n - 1; i >= 0; i-- {
		d := r.ns[i]
		same := func(other nsDecl) bool { return other.prefix == d.prefix }
		if d.prefix != "xml" && !slices.ContainsFunc(r.ns[i+1:], same) {
			r.outer = append(r.outer, d)
		}
	}
	return slices.ContainsFunc(r.ns[n:], func(d nsDecl) bool { return d.prefix == "" })
}

// appendScope appends the declarations of scope that data may need. A prefix that is not followed by a colon anywhere in data
// is used neither in a name nor in a value. The default namespace is always written, if data does not declare it: unprefixed
// names must not fall to another one.
func appendScope(b []byte, scope []nsDecl, hasDefault bool, data []byte) []byte {
	def := ""
	for _, d := range slices.Backward(scope) {
		switch {
		case d.prefix == "":
			def = d.space
		case mayUse(data, d.prefix):
			b = append(append(b, " xmlns:"...), d.prefix...)
			b = appendNamespace(b, d.space)
		}
	}
	if !hasDefault {
		b = appendNamespace(append(b, " xmlns"...), def)
	}
	return b
}

// appendNamespace appends ="space". What was read from a document can be written.
func appendNamespace(b []byte, space string) []byte {
	b, _ = AppendAttrValue(append(b, '=', '"'), space)
	return append(b, '"')
}

// mayUse reports whether prefix and a colon stand in data, and not at the end of a longer word.
func mayUse(data []byte, prefix string) bool {
	for from := 0; ; {
		i := bytes.IndexByte(data[from:], ':')
		if i < 0 {
			return false
		}
		colon := from + i
		word, ok := bytes.CutSuffix(data[:colon], unsafe.Slice(unsafe.StringData(prefix), len(prefix)))
		if ok && (len(word) == 0 || class[word[len(word)-1]]&nameChar == 0) {
			return true
		}
		from = colon + 1
	}
}
