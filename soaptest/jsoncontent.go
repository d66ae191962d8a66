package soaptest

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/internal/canon"
)

// jsonContent is one value of JSON. Members keep their order when it is written, and have none when it is compared.
type jsonContent struct{ root *jsonValue }

// A jsonValue is a value of JSON: an object, an array or a scalar.
type jsonValue struct {
	open    json.Delim // '{', '[' or 0
	members []string   // of an object: the names of its items
	items   []*jsonValue
	text    string // of a scalar
	quoted  bool   // it is a string
}

func newJSONContent(body []byte) *jsonContent {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	root, err := readJSON(d)
	if err != nil {
		return nil
	}
	if _, err := d.Token(); err != io.EOF {
		return nil
	}
	return &jsonContent{root}
}

func readJSON(d *json.Decoder) (*jsonValue, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Delim:
		v := &jsonValue{open: token}
		for d.More() {
			if token == '{' {
				name, err := d.Token()
				if err != nil {
					return nil, err
				}
				v.members = append(v.members, name.(string))
			}
			item, err := readJSON(d)
			if err != nil {
				return nil, err
			}
			v.items = append(v.items, item)
		}
		_, err := d.Token()
		return v, err
	case string:
		return &jsonValue{text: token, quoted: true}, nil
	case nil:
		return &jsonValue{text: "null"}, nil
	case bool:
		if token {
			return &jsonValue{text: "true"}, nil
		}
		return &jsonValue{text: "false"}, nil
	case json.Number:
		return &jsonValue{text: token.String()}, nil
	}
	return nil, io.ErrUnexpectedEOF
}

func (v *jsonValue) isNull() bool { return v.open == 0 && !v.quoted && v.text == "null" }

func (c *jsonContent) edit(m marks, change func(string, bool) string) {
	c.root.edit(nil, m.short(), change)
}

func (v *jsonValue) edit(path []string, m marks, change func(string, bool) string) {
	for i, item := range v.items {
		inner := path
		if v.open == '{' {
			inner = append(slices.Clip(path), v.members[i])
		}
		item.edit(inner, m, change)
	}
	if v.open != 0 || v.isNull() {
		return
	}
	changed := change(v.text, m.covers(path))
	if changed != v.text && !v.quoted && changed != "false" && !isNumber(changed) {
		v.quoted = true
	}
	v.text = changed
}

func (c *jsonContent) bytes() []byte {
	var b, indented bytes.Buffer
	c.root.write(&b)
	if err := json.Indent(&indented, b.Bytes(), "", "  "); err != nil {
		panic(err) // it was made of values
	}
	indented.WriteByte('\n')
	return indented.Bytes()
}

func (v *jsonValue) write(b *bytes.Buffer) {
	switch v.open {
	case 0:
		if v.quoted {
			writeJSONString(b, v.text)
		} else {
			b.WriteString(v.text)
		}
		return
	case '{':
		b.WriteByte('{')
	default:
		b.WriteByte('[')
	}
	for i, item := range v.items {
		if i > 0 {
			b.WriteByte(',')
		}
		if v.open == '{' {
			writeJSONString(b, v.members[i])
			b.WriteByte(':')
		}
		item.write(b)
	}
	b.WriteByte(byte(v.open) + 2) // the closing brackets stand there in ASCII
}

// writeJSONString writes s without the escapes that encoding/json has for HTML.
func writeJSONString(b *bytes.Buffer, s string) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string is always encoded
	}
	b.Write(bytes.TrimSuffix(out.Bytes(), []byte("\n")))
}

func (c *jsonContent) node() *canon.Node { return c.root.node("JSON") }

// node sorts members by name and leaves out those that are null, which to a service is the same. An item of an array is
// called item.
func (v *jsonValue) node(name string) *canon.Node {
	n := &canon.Node{Local: name}
	if v.open == 0 {
		n.Text = v.text
		return n
	}
	for i, item := range v.items {
		if v.open == '[' {
			n.Nodes = append(n.Nodes, item.node("item"))
		} else if !item.isNull() {
			n.Nodes = append(n.Nodes, item.node(v.members[i]))
		}
	}
	if v.open == '{' {
		slices.SortStableFunc(n.Nodes, func(a, b *canon.Node) int { return strings.Compare(a.Local, b.Local) })
	}
	return n
}
