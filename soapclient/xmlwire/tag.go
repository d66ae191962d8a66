package xmlwire

import (
	"bytes"
	"unicode/utf8"
)

// An attr is an attribute of the last start tag. Its parts are distances from the start of the tag as long as the tag is
// being read, and slices once it is.
type attr struct {
	prefix, local []byte
	space         string
	value         []byte // as written, or in vals where it held references
	valueOff      int    // of a value in vals; -1 if value holds it
	valueEnd      int
	off           int // of the name, from the start of the tag
}

func (r *Reader) attrValue(a *attr) []byte {
	if a.valueOff >= 0 {
		return r.vals[a.valueOff:a.valueEnd]
	}
	return a.value
}

func (r *Reader) findAttr(space, local string) *attr {
	for i := range r.attrs {
		if a := &r.attrs[i]; string(a.local) == local && a.space == space {
			return a
		}
	}
	return nil
}

// scanStart reads a start tag or an empty-element tag.
func (r *Reader) scanStart() error {
	if r.state == afterRoot {
		return r.fail(r.syntaxError(r.pos, "a second root element"))
	}
	if len(r.stack) >= r.limits.Depth && r.limits.Depth > 0 {
		return r.fail(r.limitError("Depth", int64(r.limits.Depth)))
	}
	n, colon, err := r.scanName(1)
	if err != nil {
		return err
	}
	nsBefore := len(r.ns)
	r.attrs = r.attrs[:0]
	qname := r.buf[r.pos+1 : r.pos+n]
	size := n + 1
	if r.buf[r.pos+n] != '>' {
		var ok bool
		if size, ok = r.scanPlainAttrs(n); !ok {
			if size, err = r.tagSize(n); err != nil {
				return err
			}
			qname = r.buf[r.pos+1 : r.pos+n]
			err = r.scanAttrs(n, size)
		}
		if err == nil {
			err = r.bindAttrs()
		}
		if err != nil {
			return err
		}
	}
	r.state = inRoot
	r.push(qname, colon, nsBefore)
	f := &r.stack[len(r.stack)-1]
	space, ok := r.prefixSpace(qname, colon)
	if !ok {
		return r.fail(r.syntaxError(r.pos, "undeclared prefix "+string(qname[:colon])))
	}
	f.space, r.space = space, space
	r.pos += size
	return nil
}

// prefixSpace resolves the prefix of an element's name; colon is its length or -1.
func (r *Reader) prefixSpace(qname []byte, colon int) (string, bool) {
	if colon < 0 {
		colon = 0
	}
	prefix := qname[:colon]
	for i := len(r.ns) - 1; i >= 0; i-- {
		if d := &r.ns[i]; string(prefix) == d.prefix {
			return d.space, true
		}
	}
	return "", false
}

// scanName reads the qualified name n bytes behind pos and returns the distance of what follows, which is in the
// window, and the length of the prefix or -1.
func (r *Reader) scanName(n int) (end, colon int, err error) {
	from := n
	colon = -1
	i := r.pos + n
	first := true
	for {
		if exceeds(i-r.pos-from, r.limits.NameBytes) {
			return 0, 0, r.fail(r.limitError("NameBytes", int64(r.limits.NameBytes)))
		}
		c := r.buf[i]
		switch {
		case class[c]&nameStart != 0, class[c]&nameChar != 0 && !first:
			i++
			for class[r.buf[i]]&nameChar != 0 {
				i++
			}
			first = false
			continue
		case c == ':' && colon < 0 && !first:
			colon = i - r.pos - from
			first = true
			i++
			continue
		case c >= utf8.RuneSelf:
			n := i - r.pos
			if _, err := r.scanRune(n); err != nil {
				return 0, 0, err
			}
			i = r.pos + n
			ch, size := utf8.DecodeRune(r.buf[i:r.end])
			if isNameStart(ch) || isNameChar(ch) && !first {
				i += size
				first = false
				continue
			}
		case c == 0 && i == r.end:
			var ok bool
			if i, ok = r.more(i); !ok {
				return 0, 0, r.cutOff("a tag")
			}
			continue
		}
		if first {
			return 0, 0, r.fail(r.syntaxError(i, "malformed name in a tag"))
		}
		return i - r.pos, colon, nil
	}
}

// tagSize brings the whole tag into the window and returns its length; n is the distance of what follows its name.
func (r *Reader) tagSize(n int) (int, error) {
	i := r.pos + n
	quote := byte(0)
	for {
		c := r.buf[i]
		switch {
		case c == 0 && i == r.end:
			if exceeds(i-r.pos, r.limits.TextBytes) {
				return 0, r.fail(r.limitError("TextBytes", int64(r.limits.TextBytes)))
			}
			var ok bool
			if i, ok = r.more(i); !ok {
				return 0, r.cutOff("a tag")
			}
			continue
		case c == quote:
			quote = 0
		case quote != 0:
			if c == '<' {
				return 0, r.fail(r.syntaxError(i, "< in an attribute value"))
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i - r.pos + 1, nil
		case c == '<':
			return 0, r.fail(r.syntaxError(i, "< inside a tag"))
		}
		i++
	}
}

// scanPlainAttrs reads what stands between the name of a start tag and its end, if all of it is in the window and there
// is nothing in it that asks for more than a look: what tags mostly are. It returns the length of the tag, or false with
// nothing read.
func (r *Reader) scanPlainAttrs(n int) (size int, ok bool) {
	buf, i := r.buf, r.pos+n
	for {
		at := i
		for class[buf[i]]&space != 0 {
			i++
		}
		switch buf[i] {
		case '>':
			return i + 1 - r.pos, true
		case '/':
			if buf[i+1] == '>' {
				r.empty = true
				return i + 2 - r.pos, true
			}
		}
		if len(r.attrs) == cap(r.attrs) {
			r.attrs = append(r.attrs, attr{})[:len(r.attrs)]
		}
		a := &r.attrs[:len(r.attrs)+1][len(r.attrs)] // set in place, which is cheaper than to copy one there
		a.prefix, a.space, a.off, a.valueOff = nil, "", i-r.pos, -1
		from := i
		if at != i && class[buf[i]]&nameStart != 0 {
			i = skipName(buf, i)
			if buf[i] == ':' && class[buf[i+1]]&nameStart != 0 {
				a.prefix = buf[from:i]
				from = i + 1
				i = skipName(buf, from)
			}
		}
		quote := buf[i+1]
		if i == from || buf[i] != '=' || quote != '"' && quote != '\'' ||
			exceeds(i-r.pos-a.off, r.limits.NameBytes) || exceeds(len(r.attrs)+1, r.limits.Attributes) {
			break
		}
		a.local = buf[from:i]
		from = i + 2
		for i = from; class[buf[i]]&attrStop == 0; {
			i++
		}
		if buf[i] != quote {
			break
		}
		a.value = buf[from:i]
		r.attrs = r.attrs[:len(r.attrs)+1]
		i++
	}
	r.attrs = r.attrs[:0]
	return 0, false
}

// skipName returns where the ASCII name without colon ends that starts at i.
func skipName(buf []byte, i int) int {
	for class[buf[i]]&nameChar != 0 {
		i++
	}
	return i
}

// scanAttrs reads what stands between the name of a start tag and its end, all of which is in the window.
func (r *Reader) scanAttrs(n, size int) error {
	r.vals = r.vals[:0]
	for {
		at := n
		for class[r.buf[r.pos+n]]&space != 0 {
			n++
		}
		switch r.buf[r.pos+n] {
		case '>':
			if n != size-1 {
				return r.fail(r.syntaxError(r.pos+n, "malformed tag"))
			}
			return nil
		case '/':
			if n != size-2 {
				return r.fail(r.syntaxError(r.pos+n, "malformed tag"))
			}
			r.empty = true
			return nil
		}
		if at == n {
			return r.fail(r.syntaxError(r.pos+n, "no white space before an attribute"))
		}
		if len(r.attrs) >= r.limits.Attributes && r.limits.Attributes > 0 {
			return r.fail(r.limitError("Attributes", int64(r.limits.Attributes)))
		}
		var err error
		if n, err = r.scanAttr(n); err != nil {
			return err
		}
	}
}

// scanAttr reads one attribute n bytes behind pos and returns the distance of what follows.
func (r *Reader) scanAttr(n int) (int, error) {
	a := attr{off: n, valueOff: -1}
	end, colon, err := r.scanName(n)
	if err != nil {
		return 0, err
	}
	name := r.buf[r.pos+n : r.pos+end]
	if colon >= 0 {
		a.prefix = name[:colon]
	}
	a.local = name[colon+1:]
	n = end
	for class[r.buf[r.pos+n]]&space != 0 {
		n++
	}
	if r.buf[r.pos+n] != '=' {
		return 0, r.fail(r.syntaxError(r.pos+n, "no = after the attribute "+string(name)))
	}
	n++
	for class[r.buf[r.pos+n]]&space != 0 {
		n++
	}
	quote := r.buf[r.pos+n]
	if quote != '"' && quote != '\'' {
		return 0, r.fail(r.syntaxError(r.pos+n, "the value of the attribute "+string(name)+" is not quoted"))
	}
	n, err = r.scanAttrValue(&a, n+1, quote)
	r.attrs = append(r.attrs, a)
	return n, err
}

// scanAttrValue reads the value that starts n bytes behind pos and ends with quote.
func (r *Reader) scanAttrValue(a *attr, n int, quote byte) (int, error) {
	clean := n // bytes from here on are not yet in vals
	from := n
	flush := func() {
		if a.valueOff < 0 {
			a.valueOff = len(r.vals)
		}
		r.vals = append(r.vals, r.buf[r.pos+clean:r.pos+n]...)
	}
	for {
		for class[r.buf[r.pos+n]]&attrStop == 0 {
			n++
		}
		switch c := r.buf[r.pos+n]; {
		case c == quote:
			if a.valueOff >= 0 {
				flush()
				a.valueEnd = len(r.vals)
			} else {
				a.value = r.buf[r.pos+from : r.pos+n]
			}
			return n + 1, nil
		case c == '"' || c == '\'':
			n++
		case c == '&':
			flush()
			k, err := r.scanOddity(n, &r.vals)
			if err != nil {
				return 0, err
			}
			n, clean = k, k
		case c == '\t' || c == '\n' || c == '\r':
			flush()
			if c != '\r' || r.buf[r.pos+n+1] != '\n' { // CR LF is one line end, so one space
				r.vals = append(r.vals, ' ')
			}
			n++
			clean = n
		case c >= utf8.RuneSelf:
			k, err := r.scanRune(n)
			if err != nil {
				return 0, err
			}
			n = k
		default:
			return 0, r.fail(r.syntaxError(r.pos+n, "illegal character in an attribute value"))
		}
	}
}

// bindAttrs takes the namespace declarations out of attrs, resolves the prefixes of the rest, and refuses duplicates.
func (r *Reader) bindAttrs() error {
	if r.bindPlainAttrs() {
		return nil
	}
	if err := r.refuseDuplicates(func(a, b *attr) bool { return bytes.Equal(a.prefix, b.prefix) }); err != nil {
		return err
	}
	kept, prefixed := 0, 0
	for i := range r.attrs {
		a := &r.attrs[i]
		switch {
		case string(a.prefix) == "xmlns":
			if err := r.declare(a, a.local); err != nil {
				return err
			}
		case len(a.prefix) == 0 && string(a.local) == "xmlns":
			if err := r.declare(a, nil); err != nil {
				return err
			}
		default:
			if len(a.prefix) > 0 {
				prefixed++
			}
			if kept < i {
				r.attrs[kept] = *a
			}
			kept++
		}
	}
	r.attrs = r.attrs[:kept]
	if prefixed == 0 {
		return nil
	}
	for i := range r.attrs {
		a := &r.attrs[i]
		if len(a.prefix) == 0 {
			continue
		}
		var ok bool
		if a.space, ok = r.prefixSpace(a.prefix, len(a.prefix)); !ok {
			return r.fail(r.syntaxError(r.pos+a.off, "undeclared prefix "+string(a.prefix)))
		}
	}
	if prefixed == 1 {
		return nil
	}
	return r.refuseDuplicates(func(a, b *attr) bool { return a.space == b.space })
}

// manyAttrs is how many there are in a tag at most whose attributes are compared each with each.
const manyAttrs = 16

// bindPlainAttrs does it where attrs are few, declare nothing, and have nothing wrong in them. Else it reports false, and what it
// found means nothing.
func (r *Reader) bindPlainAttrs() bool {
	if len(r.attrs) > manyAttrs {
		return false
	}
	for i := range r.attrs {
		a := &r.attrs[i]
		if n := len(a.prefix); n > 0 {
			space, ok := r.prefixSpace(a.prefix, n)
			if a.space = space; !ok || string(a.prefix) == "xmlns" {
				return false
			}
		} else if string(a.local) == "xmlns" {
			return false
		}
		for k := range i {
			if other := &r.attrs[k]; string(other.local) == string(a.local) && other.space == a.space {
				return false
			}
		}
	}
	return true
}

// refuseDuplicates looks for two attributes of one local name that same says are in one namespace. Their number is
// bounded by Limits.Attributes, so that comparing all pairs stays cheap.
func (r *Reader) refuseDuplicates(same func(a, b *attr) bool) error {
	for i := 1; i < len(r.attrs); i++ {
		a := &r.attrs[i]
		for j := range i {
			if b := &r.attrs[j]; bytes.Equal(a.local, b.local) && same(a, b) {
				return r.fail(r.syntaxError(r.pos+a.off, "duplicate attribute "+string(a.local)))
			}
		}
	}
	return nil
}
