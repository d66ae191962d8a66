package xmlwire

import "unsafe"

// A tagForm is what the start tag of a scalar says of the element.
type tagForm uint8

const (
	oddTag tagForm = iota // there is more to it
	withText
	emptyTag
	nilTag // of an element that has nothing in it
)

// scalarTag reads what follows the name of the tag of s, a scalar, which ends at c. Attributes mean nothing to it, but for
// xsi:nil; and so do declarations, but for one of its own prefix. Where there is nothing in an element that is nil, it goes to the
// end of that.
func (r *Reader) scalarTag(s *step, c unsafe.Pointer) (end unsafe.Pointer, form tagForm) {
	if end = emptyEnd(c); end != nil {
		return end, emptyTag
	}
	if r.opts.Skipped != nil {
		return nil, oddTag
	}
	end, empty := r.attrsAt(s, c, true)
	switch null := r.isNil(); {
	case end == nil:
	case null:
		if !empty {
			end = r.endTag(s, end)
		}
		if end != nil {
			form = nilTag
		}
	case empty:
		form = emptyTag
	default:
		form = withText
	}
	r.attrs = r.attrs[:0]
	return end, form
}

// without returns the state of a scalar without a text, in an element of that form; absent if there cannot be one, or not without
// a pointer to it.
func (s *step) without(form tagForm) optState {
	switch {
	case form == emptyTag && s.quick == String && s.shape != inPointer:
		return optValue
	case form == nilTag && s.quick != many && (s.shape == inOpt || s.shape == inPointer):
		return optNil
	}
	return optAbsent
}

// attrsAt reads the attributes of the tag of s, whose name ends at c, into attrs, if there is nothing in them that asks for more
// than a look: mistakes do, and declarations that mean something to what is in the element, or may, unless that is a text alone. It
// returns where the tag ends, and whether the element is empty; or nil.
func (r *Reader) attrsAt(s *step, c unsafe.Pointer, text bool) (end unsafe.Pointer, empty bool) {
	pos := r.pos
	r.pos, r.attrs = r.index(c), r.attrs[:0]
	size, ok := r.scanPlainAttrs(0)
	ok = ok && (r.bindPlainAttrs() || r.bindDeclaring(s, text))
	empty, r.empty, r.pos = r.empty, false, pos
	if !ok {
		return nil, false
	}
	return unsafe.Add(c, size), empty
}

// emptyEnd returns where the tag ends that says at c that it is that of an empty element, or nil.
func emptyEnd(c unsafe.Pointer) unsafe.Pointer {
	if *(*byte)(c) == ' ' {
		c = unsafe.Add(c, 1)
	}
	if word(c, 0)&0xffff != '>'<<8|'/' {
		return nil
	}
	return unsafe.Add(c, 2)
}

// quickAttrs reads attributes that a struct at p has. It returns where the tag ends but for white space, or nil.
func (r *Reader) quickAttrs(attrs []attrStep, p, c unsafe.Pointer) (end unsafe.Pointer) {
	if exceeds(len(attrs), r.limits.Attributes) {
		attrs = nil
	}
	next, seen := 0, uint64(0)
	for *(*byte)(c) == ' ' && *(*byte)(unsafe.Add(c, 1)) != '/' {
		k := next
		for k < len(attrs) && (attrs[k].name.differs(c) || attrs[k].name.restDiffers(c)) {
			k++
		}
		if k >= min(len(attrs), 64) || seen>>uint(k)&1 != 0 {
			return nil
		}
		a := &attrs[k]
		from := unsafe.Add(c, a.name.n)
		n := 0
		for class[*(*byte)(unsafe.Add(from, n))]&attrStop == 0 {
			n++
		}
		if *(*byte)(unsafe.Add(from, n)) != '"' || r.setField(a.f, p, unsafe.Slice((*byte)(from), n)) != nil {
			return nil
		}
		c = unsafe.Add(from, n+1)
		next, seen = k+1, seen|1<<uint(k)
	}
	return c
}

// otherAttrs does what quickAttrs does, for all attributes of a struct of s that is bound by b.
func (r *Reader) otherAttrs(s *step, b *binding, p, c unsafe.Pointer) (end unsafe.Pointer) {
	if r.opts.Skipped != nil {
		return nil
	}
	end, empty := r.attrsAt(s, c, false)
	if r.findAttr(nsXSI, "nil") != nil || s.poly && r.findAttr(nsXSI, "type") != nil || r.readAttrs(b, p) != nil {
		end = nil
	}
	r.attrs = r.attrs[:0]
	switch {
	case end == nil:
		return nil
	case empty:
		return unsafe.Add(end, -2)
	}
	return unsafe.Add(end, -1)
}
