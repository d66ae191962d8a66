package xmlwire

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// Next reads the next token. At the end of a complete document it returns EOF, again and again.
func (r *Reader) Next() (TokenKind, error) {
	if r.err != nil {
		return 0, r.err
	}
	if r.opened {
		r.opened = false
		return StartElement, nil
	}
	if r.empty {
		r.empty = false
		r.start = r.base + int64(r.pos)
		r.pop()
		return EndElement, nil
	}
	if !r.begun {
		if err := r.begin(); err != nil {
			return 0, err
		}
	}
	for {
		r.start = r.base + int64(r.pos)
		if r.pos >= r.end {
			if _, ok := r.more(r.pos); ok {
				continue
			}
			return r.end1()
		}
		if r.buf[r.pos] != '<' {
			if r.state != inRoot {
				if err := r.skipMisc(); err != nil {
					return 0, err
				}
				continue
			}
			return CharData, r.scanText()
		}
		switch c, ok := r.peek(1); {
		case !ok:
			return 0, r.cutOff("a tag")
		case c == '/':
			return EndElement, r.scanEnd()
		case c == '?':
			if err := r.scanPI(); err != nil {
				return 0, err
			}
		case c == '!':
			text, err := r.scanBang()
			if err != nil {
				return 0, err
			}
			if text {
				return CharData, nil
			}
		default:
			return StartElement, r.scanStart()
		}
	}
}

// end1 answers the end of the source: EOF if the document is complete.
func (r *Reader) end1() (TokenKind, error) {
	switch {
	case r.srcErr != io.EOF:
		return 0, r.fail(r.srcErr)
	case r.state == afterRoot:
		return EOF, nil
	case r.state == inRoot:
		f := &r.stack[len(r.stack)-1]
		return 0, r.cutOff("the element " + string(r.names[f.name:f.nameEnd]))
	}
	e := r.syntaxError(r.end, "the document is empty: there is no root element")
	e.Err = io.ErrUnexpectedEOF
	return 0, r.fail(e)
}

// peek returns the byte n places behind pos, reading on where needed.
func (r *Reader) peek(n int) (byte, bool) {
	for r.pos+n >= r.end {
		if _, ok := r.more(r.pos); !ok {
			return 0, false
		}
	}
	return r.buf[r.pos+n], true
}

// have makes n bytes from pos available, if the source has them.
func (r *Reader) have(n int) bool {
	_, ok := r.peek(n - 1)
	return ok
}

// begin passes over a byte order mark and reads the XML declaration.
func (r *Reader) begin() error {
	r.begun = true
	if r.have(3) && string(r.buf[r.pos:r.pos+3]) == "\uFEFF" {
		r.pos += 3
	}
	if !r.have(6) || string(r.buf[r.pos:r.pos+5]) != "<?xml" || class[r.buf[r.pos+5]]&space == 0 {
		return nil
	}
	body, err := r.until(r.pos+5, "?>", "the XML declaration")
	if err != nil {
		return err
	}
	if !validDeclaration(body) {
		return r.fail(r.syntaxError(r.pos, "malformed XML declaration"))
	}
	r.pos += 5 + len(body) + 2
	return nil
}

// validDeclaration checks what stands between <?xml and ?>. The encoding is not looked at: the source is UTF-8 by
// now, whatever it was when it was written.
func validDeclaration(b []byte) bool {
	version, b, ok := pseudoAttr(b, "version")
	if !ok || len(version) != 3 || version[0] != '1' || version[1] != '.' || version[2] < '0' || version[2] > '9' {
		return false
	}
	if enc, rest, ok := pseudoAttr(b, "encoding"); ok {
		if len(enc) == 0 || class[enc[0]]&nameStart == 0 || enc[0] == '_' || !isNCName(enc) {
			return false
		}
		b = rest
	}
	if alone, rest, ok := pseudoAttr(b, "standalone"); ok {
		if string(alone) != "yes" && string(alone) != "no" {
			return false
		}
		b = rest
	}
	return isSpace(b)
}

// pseudoAttr reads ` name = "value"` from the start of b.
func pseudoAttr(b []byte, name string) (value, rest []byte, ok bool) {
	t := bytes.TrimLeft(b, " \t\r\n")
	if len(t) == len(b) || !bytes.HasPrefix(t, []byte(name)) {
		return nil, b, false
	}
	t = bytes.TrimLeft(t[len(name):], " \t\r\n")
	if len(t) == 0 || t[0] != '=' {
		return nil, b, false
	}
	t = bytes.TrimLeft(t[1:], " \t\r\n")
	if len(t) == 0 || t[0] != '"' && t[0] != '\'' {
		return nil, b, false
	}
	end := bytes.IndexByte(t[1:], t[0])
	if end < 0 {
		return nil, b, false
	}
	return t[1 : 1+end], t[end+2:], true
}

// skipMisc passes over the white space that may stand outside of the root element.
func (r *Reader) skipMisc() error {
	for r.pos < r.end && class[r.buf[r.pos]]&space != 0 {
		r.pos++
	}
	switch {
	case r.pos == r.end || r.buf[r.pos] == '<':
		return nil
	case r.state == beforeRoot:
		return r.fail(r.syntaxError(r.pos, "text before the root element: this is not XML"))
	}
	return r.fail(r.syntaxError(r.pos, "text after the root element"))
}

// until returns the bytes from index i of buf up to the first delim, which must come; they stay at their distance from
// pos. All of them are checked to be characters.
func (r *Reader) until(i int, delim, what string) ([]byte, error) {
	from := i - r.pos
	search := i
	for {
		if k := bytes.Index(r.buf[search:r.end], []byte(delim)); k >= 0 {
			body := r.buf[r.pos+from : search+k]
			if bad := badChar(body); bad >= 0 {
				return nil, r.fail(r.syntaxError(r.pos+from+bad, "illegal character in "+what))
			}
			return body, nil
		}
		if exceeds(r.end-r.pos, r.limits.TextBytes) {
			return nil, r.fail(r.limitError("TextBytes", int64(r.limits.TextBytes)))
		}
		if over := r.end - len(delim) + 1; over > search {
			search = over
		}
		var ok bool
		if search, ok = r.more(search); !ok {
			return nil, r.cutOff(what)
		}
	}
}

// badChar returns the index of the first byte of b that is no legal character, or -1.
func badChar(b []byte) int {
	for i := 0; i < len(b); {
		if c := b[i]; c < utf8.RuneSelf {
			if c < ' ' && class[c]&space == 0 {
				return i
			}
			i++
			continue
		}
		c, n := utf8.DecodeRune(b[i:])
		if c == utf8.RuneError && n == 1 || !isChar(c) {
			return i
		}
		i += n
	}
	return -1
}

// scanPI passes over a processing instruction.
func (r *Reader) scanPI() error {
	body, err := r.until(r.pos+2, "?>", "a processing instruction")
	if err != nil {
		return err
	}
	n := bytes.IndexAny(body, " \t\r\n")
	target := body
	if n >= 0 {
		target = body[:n]
	}
	switch {
	case !isNCName(target):
		return r.fail(r.syntaxError(r.pos, "malformed name of a processing instruction"))
	case len(target) == 3 && bytes.EqualFold(target, []byte("xml")):
		return r.fail(r.syntaxError(r.pos, "an XML declaration that is not at the start of the document"))
	}
	r.pos += 2 + len(body) + 2
	return nil
}

// scanBang reads what starts with "<!" and reports whether it was text (a CDATA section).
func (r *Reader) scanBang() (text bool, err error) {
	if !r.have(4) {
		return false, r.cutOff("a tag")
	}
	switch head := r.buf[r.pos+2:]; {
	case head[0] == '-' && head[1] == '-':
		return false, r.scanComment()
	case head[0] == '[' && r.state == inRoot:
		return true, r.scanCDATA()
	}
	if r.have(9) && string(r.buf[r.pos+2:r.pos+9]) == "DOCTYPE" {
		return false, r.fail(r.syntaxError(r.pos, "a DOCTYPE, which SOAP forbids"))
	}
	return false, r.fail(r.syntaxError(r.pos, "unknown markup after <!"))
}

func (r *Reader) scanComment() error {
	body, err := r.until(r.pos+4, "--", "a comment")
	if err != nil {
		return err
	}
	n := 4 + len(body) + 2
	switch c, ok := r.peek(n); {
	case !ok:
		return r.cutOff("a comment")
	case c != '>':
		return r.fail(r.syntaxError(r.pos+n-2, "-- inside a comment"))
	}
	r.pos += n + 1
	return nil
}

func (r *Reader) scanCDATA() error {
	const open = "<![CDATA["
	if !r.have(len(open)) {
		return r.cutOff("a CDATA section")
	}
	if string(r.buf[r.pos:r.pos+len(open)]) != open {
		return r.fail(r.syntaxError(r.pos, "unknown markup after <!"))
	}
	body, err := r.until(r.pos+len(open), "]]>", "a CDATA section")
	if err != nil {
		return err
	}
	r.text = body
	if bytes.IndexByte(body, '\r') >= 0 {
		r.joint = appendNormalised(r.joint[:0], body)
		r.text = r.joint
	}
	r.pos += len(open) + len(body) + 3
	return nil
}

// appendNormalised appends b with CR LF and lone CR turned into LF.
func appendNormalised(dst, b []byte) []byte {
	for i, c := range b {
		if c != '\r' {
			dst = append(dst, c)
		} else if i+1 == len(b) || b[i+1] != '\n' {
			dst = append(dst, '\n')
		}
	}
	return dst
}

// scanText reads character data up to the next markup. Text that stands in the window as it is is not copied.
func (r *Reader) scanText() error {
	i, clean := r.pos, 0 // bytes from pos+clean on are not yet in joint
	copied := false
	for {
		b := r.buf
		for class[b[i]]&textStop == 0 {
			i++
		}
		switch c := b[i]; {
		case c == '<':
			return r.endText(i, clean, copied)
		case c == 0 && i == r.end:
			if exceeds(i-r.pos, r.limits.TextBytes) {
				return r.fail(r.limitError("TextBytes", int64(r.limits.TextBytes)))
			}
			var ok bool
			if i, ok = r.more(i); !ok {
				_, err := r.end1() // text stands inside an element, so this is never the end of the document
				return err
			}
		case c == ']':
			n := i - r.pos
			if c, _ := r.peek(n + 2); c == '>' && r.buf[r.pos+n+1] == ']' {
				return r.fail(r.syntaxError(r.pos+n, "]]> in text"))
			}
			i = r.pos + n + 1
		case c == '&' || c == '\r':
			if !copied {
				copied = true
				r.joint = r.joint[:0]
			}
			r.joint = append(r.joint, b[r.pos+clean:i]...)
			n, err := r.scanOddity(i-r.pos, &r.joint)
			if err != nil {
				return err
			}
			clean, i = n, r.pos+n
		case c >= utf8.RuneSelf:
			n, err := r.scanRune(i - r.pos)
			if err != nil {
				return err
			}
			i = r.pos + n
		default:
			return r.fail(r.syntaxError(i, "illegal character in text"))
		}
	}
}

func (r *Reader) endText(i, clean int, copied bool) error {
	if copied {
		r.joint = append(r.joint, r.buf[r.pos+clean:i]...)
		r.text = r.joint
	} else {
		r.text = r.buf[r.pos:i]
	}
	r.pos = i
	return nil
}

// longestReference is long enough for any sensible reference; leading zeros make longer ones possible.
const longestReference = 64

// scanOddity reads a reference or a carriage return n bytes behind pos, appends what it stands for to dst, and returns
// the distance of what follows.
func (r *Reader) scanOddity(n int, dst *[]byte) (int, error) {
	if r.buf[r.pos+n] == '\r' {
		if c, _ := r.peek(n + 1); c != '\n' {
			*dst = append(*dst, '\n')
		}
		return n + 1, nil
	}
	for k := 1; k < longestReference; k++ {
		c, ok := r.peek(n + k)
		if !ok {
			return 0, r.cutOff("a reference")
		}
		if c == ';' {
			ref := r.buf[r.pos+n+1 : r.pos+n+k]
			out, ok := appendReference(*dst, ref)
			if !ok {
				return 0, r.fail(r.syntaxError(r.pos+n, "reference &"+string(ref)+"; to an undefined entity or an illegal character"))
			}
			*dst = out
			return n + k + 1, nil
		}
		if class[c]&nameChar == 0 && c != '#' && c < utf8.RuneSelf {
			break
		}
	}
	return 0, r.fail(r.syntaxError(r.pos+n, "& that starts no reference"))
}

// appendReference appends what &ref; stands for. Only the five predefined entities exist, since there is no DTD.
func appendReference(dst, ref []byte) ([]byte, bool) {
	switch string(ref) {
	case "lt":
		return append(dst, '<'), true
	case "gt":
		return append(dst, '>'), true
	case "amp":
		return append(dst, '&'), true
	case "quot":
		return append(dst, '"'), true
	case "apos":
		return append(dst, '\''), true
	}
	if len(ref) < 2 || ref[0] != '#' {
		return dst, false
	}
	digits, base := ref[1:], rune(10)
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	var c rune
	for _, d := range digits {
		var v rune
		switch {
		case '0' <= d && d <= '9':
			v = rune(d - '0')
		case base == 16 && 'a' <= d && d <= 'f':
			v = rune(d-'a') + 10
		case base == 16 && 'A' <= d && d <= 'F':
			v = rune(d-'A') + 10
		default:
			return dst, false
		}
		if c = c*base + v; c > utf8.MaxRune {
			return dst, false
		}
	}
	if len(digits) == 0 || !isChar(c) {
		return dst, false
	}
	return utf8.AppendRune(dst, c), true
}

// scanRune checks the non-ASCII character n bytes behind pos and returns the distance of what follows.
func (r *Reader) scanRune(n int) (int, error) {
	if !utf8.FullRune(r.buf[r.pos+n : r.end]) {
		r.peek(n + utf8.UTFMax - 1)
	}
	c, size := utf8.DecodeRune(r.buf[r.pos+n : r.end])
	switch {
	case c == utf8.RuneError && size <= 1:
		return 0, r.fail(r.syntaxError(r.pos+n, "invalid UTF-8"))
	case !isChar(c):
		return 0, r.fail(r.syntaxError(r.pos+n, "illegal character in text"))
	}
	return n + size, nil
}

// scanEnd reads an end tag, which must close the innermost element.
func (r *Reader) scanEnd() error {
	if len(r.stack) == 0 {
		return r.fail(r.syntaxError(r.pos, "an end tag where no element is open"))
	}
	f := &r.stack[len(r.stack)-1]
	name := r.names[f.name:f.nameEnd]
	n := 2 + len(name)
	if !r.have(n + 1) {
		return r.cutOff("an end tag")
	}
	if string(r.buf[r.pos+2:r.pos+n]) != string(name) {
		return r.wrongEnd(name)
	}
	for c := r.buf[r.pos+n]; c != '>'; c = r.buf[r.pos+n] {
		if class[c]&space == 0 {
			return r.wrongEnd(name)
		}
		n++
		if !r.have(n + 1) {
			return r.cutOff("an end tag")
		}
	}
	r.pos += n + 1
	r.pop()
	return nil
}

func (r *Reader) wrongEnd(open []byte) error {
	const most = 64
	r.peek(2 + most) // for the sake of the text below
	got := r.buf[r.pos+2 : min(r.pos+2+most, r.end)]
	if k := bytes.IndexAny(got, "> \t\r\n<"); k >= 0 {
		got = got[:k]
	}
	return r.fail(r.syntaxError(r.pos, "end tag </"+string(bytes.ToValidUTF8(got, []byte("?")))+"> where </"+string(open)+"> is due"))
}

// push opens an element whose qualified name is given; colon is the length of its prefix, or -1.
func (r *Reader) push(qname []byte, colon int, nsBefore int) {
	index := 1
	at := 0
	n := len(r.stack)
	if n > 0 {
		p := &r.stack[n-1]
		at = p.nameEnd
		if p.childLen == len(qname) && string(r.names[at:at+len(qname)]) == string(qname) {
			index = p.childIndex + 1
		}
		p.childLen, p.childIndex = len(qname), index
	}
	r.names = append(r.names[:at], qname...)
	local := at + colon + 1
	r.local = r.names[local:]
	if n == cap(r.stack) {
		r.stack = append(r.stack, frame{})
	}
	r.stack = r.stack[:n+1]
	f := &r.stack[n] // set in place, which is cheaper than to copy one there; the caller sets the namespace
	f.name, f.local, f.nameEnd, f.ns, f.start, f.index, f.childLen, f.childIndex = at, local, len(r.names), nsBefore, r.start, index, 0, 0
}

// pop closes the innermost element. Its name stays where it is until another element opens: push compares the name of
// the next sibling with it.
func (r *Reader) pop() {
	n := len(r.stack) - 1
	f := &r.stack[n]
	r.space, r.local = f.space, r.names[f.local:f.nameEnd]
	if len(r.ns) != f.ns {
		r.ns = r.ns[:f.ns]
		r.scope.known = false
	}
	r.stack = r.stack[:n]
	r.attrs = r.attrs[:0]
	if n == 0 {
		r.state = afterRoot
	}
}
