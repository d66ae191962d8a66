package xmlwire

import (
	"bytes"
	"encoding/binary"
	"unsafe"
)

// oddElement has the tokenizer read the element at c, of which run cannot make anything, into the struct at p. It returns which
// member it was for, one of those from the j-th on and before the one at most, and where it ends; or nil if it left everything as
// it was. That is so where it is for none of them or for an alternative, does not end in the window, or has something wrong in
// it: whoever reads it then says what. Where one is in another the outer is read as a whole, so that nothing is read a third time.
func (r *Reader) oddElement(set *litSet, p, c unsafe.Pointer, j, most, room int) (k int, end unsafe.Pointer) {
	const short = longestName // it is most probably cut off
	if r.frozen || r.opts.Skipped != nil || r.end-r.index(c) < short {
		return -1, nil
	}
	pos, start, depth, open, decls := r.pos, r.start, r.limits.Depth, len(r.stack), len(r.ns)
	top := r.stack[open-1]
	r.sibling = append(r.sibling[:0], r.names[top.nameEnd:top.nameEnd+top.childLen]...)
	r.pos, r.frozen = r.index(c), true
	if depth > 0 {
		r.limits.Depth = min(depth, open+room)
	}
	if k = r.readOdd(set.of, p, j, most); k >= 0 {
		end = unsafe.Add(c, r.pos-r.index(c))
	} else { // it goes on as if nothing had been
		r.err, r.stack, r.ns, r.attrs = nil, r.stack[:open], r.ns[:decls], r.attrs[:0]
		r.empty, r.opened, r.scope.known = false, false, false
	}
	r.pos, r.start, r.limits.Depth, r.frozen = pos, start, depth, false
	r.stack[open-1], r.names = top, append(r.names[:top.nameEnd], r.sibling...)
	r.knowScope()
	return k, end
}

// readOdd reads an element into the struct at p, and returns which of those members of b it was for, or -1.
func (r *Reader) readOdd(b *binding, p unsafe.Pointer, j, most int) int {
	kind, err := r.Next()
	if err != nil || kind != StartElement {
		return -1
	}
	claim := r.claimOf(b, j)
	if claim == nil || claim.elem < j || claim.elem >= most {
		return -1
	}
	f := &b.elems[claim.elem]
	if f.Kind == Choice || f.Kind == Group {
		return -1
	}
	slot := unsafe.Add(p, f.offset)
	items := 0
	if f.repeated {
		items = (*sliceHeader)(slot).len
	}
	if r.readElement(f, p, nil) == nil && r.err == nil {
		return claim.elem
	}
	if !f.repeated {
		f.clear(slot)
	} else if (*sliceHeader)(slot).len > items {
		shrink(f, slot)
	}
	return -1
}

// comment returns where the comment at c ends, if there is one, and nothing wrong in it; or nil.
func (r *Reader) comment(c unsafe.Pointer) (end unsafe.Pointer) {
	const open = "<!--"
	if word(c, 0)&(1<<32-1) != '<'|'!'<<8|'-'<<16|'-'<<24 {
		return nil
	}
	body, end := r.upTo(unsafe.Add(c, len(open)), "--")
	if end == nil || *(*byte)(end) != '>' || badChar(body) >= 0 {
		return nil
	}
	return unsafe.Add(end, 1)
}

// upTo returns what stands between c and the next mark, and where that ends; or nil if it is not in the window.
func (r *Reader) upTo(c unsafe.Pointer, mark string) (body []byte, end unsafe.Pointer) {
	from := r.index(c)
	if from > r.end {
		return nil, nil
	}
	n := bytes.Index(r.buf[from:r.end], []byte(mark))
	if n < 0 {
		return nil, nil
	}
	return r.buf[from : from+n], unsafe.Add(c, n+len(mark))
}

// oddText reads a scalar of s whose text starts at c, into the place at p, and its end tag, if that has white space in it, or the
// text is a CDATA section. Where it was read already, to is where it ends; else that is nil. oddText returns where the element
// ends, or nil.
func (r *Reader) oddText(s *step, p, c, to unsafe.Pointer) (end unsafe.Pointer) {
	const open = "<![CDATA["
	if to != nil {
		if end = r.endTag(s, to); end != nil {
			return end
		}
	}
	if word(c, 0) != binary.LittleEndian.Uint64([]byte(open)) || *(*byte)(unsafe.Add(c, 8)) != open[8] {
		return nil
	}
	body, to := r.upTo(unsafe.Add(c, len(open)), "]]>")
	if to == nil || badChar(body) >= 0 || bytes.IndexByte(body, '\r') >= 0 || exceeds(len(body), r.limits.TextBytes) {
		return nil
	}
	if end = r.endTag(s, to); end == nil || r.setScalar(s.f, p, body) != nil {
		return nil
	}
	return end
}
