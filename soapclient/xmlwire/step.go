package xmlwire

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"time"
	"unsafe"
)

// A step is what prediction needs of one member. The steps of a type lie side by side and are small, so that those of a
// whole row stay in the nearest cache.
type step struct {
	open     literal // <name, without what ends the tag; the start of it if the name is too long for run
	close    literal // </name>
	quick    Kind    // of what run reads, or many, or 0
	shape    shape   // of one value
	long     bool    // words do not hold all of the tags
	nullable bool    // run may find it nil
	repeated bool
	poly     bool // alts say what it may be
	wild     bool // it has no name
	offset   uintptr
	state    uintptr // of an Opt
	sub      *litSet // of a struct, under the same prefix; nil if that is not known
	f        *field
	*stepRest
}

// A stepRest is the part of a step that is seldom needed.
type stepRest struct {
	name   literal // with the prefix
	prefix string
	items  *step     // of an unwrapped array, as sub
	alts   []altStep // of a member whose type xsi:type tells
	other  elsewhere
}

// An elsewhere is what sub and items are for a member whose content has another prefix than the member itself. It holds where
// the declarations in scope are those that it was found with.
type elsewhere struct {
	scope int // its id; 0 if there is nothing
	sub   *litSet
	items *step
}

// An altStep is what prediction needs of a type that xsi:type may name.
type altStep struct {
	typ  literal // what stands behind xsi:type=", up to the quote
	of   *binding
	sub  *litSet        // as that of a struct
	itab unsafe.Pointer // the first word of an interface that holds a pointer to it
}

// An attrStep is what prediction needs of an attribute.
type attrStep struct {
	name literal // behind a space, and up to the quote
	f    *field
}

// What step.quick is for members that are lists.
const (
	many    Kind = 255 - iota // repeated
	wrapped                   // an unwrapped array: the items stand in an element of their own
)

// noName is the name of what has none: no document has it, since it is not in UTF-8.
const noName = "\xff"

func makeStep(f *field, prefix, local string) step {
	if !f.named() {
		local = noName
	}
	if prefix != "" {
		local = prefix + ":" + local
	}
	s := step{
		open: makeLiteral("<" + local), close: makeLiteral("</" + local + ">"),
		shape: f.shape, repeated: f.repeated && f.named(), offset: f.offset, state: f.state, f: f,
		stepRest: &stepRest{name: makeLiteral(local), prefix: prefix},
	}
	s.long, s.wild = s.close.n > inWords, !f.named()
	if s.close.n > longestName {
		s.open = makeLiteral(s.open.text[:inWords])
	}
	if f.repeated {
		s.shape = f.item
	}
	if f.Kind == Poly {
		s.alts = makeAlts(f, prefix)
		s.poly = s.alts != nil
	}
	switch {
	case !f.fast && !s.poly || s.close.n > longestName: // the latter run takes for absent
	case f.Item != "":
		s.quick = wrapped
	case s.shape == inSlice:
	case f.repeated:
		s.quick = many
	default:
		s.quick = f.Kind
	}
	s.nullable = s.shape != plain && s.quick != 0 && s.quick != many
	return s
}

// makeAlts returns the types that an element of f may have, those in its own namespace: the prefix of others is not known.
func makeAlts(f *field, prefix string) []altStep {
	space := f.space
	if f.Item != "" {
		space = f.itemSpace
	}
	var alts []altStep
	for _, alt := range f.alts {
		text := alt.name.Local + `"`
		if prefix != "" {
			text = prefix + ":" + text
		}
		if typ := makeLiteral(text); !alt.typ.Unknown && alt.name.Space == space && typ.n <= longestName {
			alts = append(alts, altStep{typ: typ, of: alt, itab: itabOf(f.base, alt.goType)})
		}
	}
	return alts
}

// itabOf returns the first word of an interface of type iface that holds a pointer to a struct.
func itabOf(iface, of reflect.Type) unsafe.Pointer {
	v := reflect.New(iface)
	v.Elem().Set(reflect.Zero(reflect.PointerTo(of)))
	return *(*unsafe.Pointer)(v.UnsafePointer())
}

// scalar reports whether run reads a single text for the member.
func (s *step) scalar() bool {
	switch s.quick {
	case 0, Struct, Poly, many, wrapped:
		return false
	}
	return true
}

// deep reports whether there are other elements in the element, or attributes that mean something.
func (s *step) deep() bool { return s.f.Kind == Struct || s.f.Item != "" || s.poly }

// structured reports whether run knows what is in an element that is deep.
func (s *step) structured() bool {
	return s.sub != nil || s.items != nil || s.poly || s.other.scope != 0
}

// nearEnd is how near to the end of the window it may be the end that stopped run.
const nearEnd = 512

// A stretch is what run came through.
type stretch struct {
	end    int    // behind the last member that was read, and the white space in front of another tag
	last   int    // 1 + the last member that was read; 0 if none was
	absent uint64 // which of the first 64 members, up to that one, were not there
}

// run reads members of the struct at p one after the other, from the j-th on, from pos on, as long as each is there, or one
// of the next few, and holds a plain text, is nil, or is a struct or list of such members. A single element that is something
// else it has the tokenizer read. What cannot be read to its end it leaves where it starts, and the value as it was. No more than
// room elements are opened inside one another.
//
// Where neither the next member stands nor one of those behind it the name is looked up, once, since the rest of a struct
// may be left out; what is before the place is out of order, and not for run.
//
// This is where most of the time goes that reading takes. So there are no calls in it but for values and what is odd, and no
// checks of bounds: see word.
//
// In a struct that is no item, where inItem is false, it reads no member that holds a list: that may be all there is in the
// document, and what was read of it would be lost at the end of the window.
func (r *Reader) run(set *litSet, p unsafe.Pointer, j, pos, room int, inItem bool) stretch {
	steps := set.steps
	start := unsafe.Pointer(unsafe.SliceData(r.buf))
	c := unsafe.Add(start, pos)
	stop := uintptr(start) + uintptr(r.end) // where the window ends
	null := r.scope.null
	nullable := r.scope.xsi != "" && null.n <= inWords
	last, absent := 0, uint64(0)
	level := len(r.stack) // of the element whose members these are, if it was opened
	if inItem {
		level = 0
	}
	left, missed := tries, 0 // how many members may still be left out behind the one that last was then
members:
	for j < len(steps) && uintptr(c) < stop {
		s := &steps[j]
		v := unsafe.Add(c, s.open.n)
		if s.open.differs(c) || s.long && s.open.restDiffers(c) || *(*byte)(v) != '>' && class[*(*byte)(v)]&nameChar != 0 {
			if class[*(*byte)(c)]&space != 0 {
				c = skipSpace(c)
				continue
			}
			if *(*byte)(unsafe.Add(c, 1)) == '!' {
				if after := r.comment(c); after != nil {
					c = after
					continue
				}
			}
			if missed != last {
				left, missed = tries, last
			}
			to, after := j+1, unsafe.Pointer(nil)
			if left--; *(*byte)(unsafe.Add(c, 1)) == '/' {
				break
			} else if left <= 0 || to == len(steps) || s.wild {
				if left < 0 {
					break
				}
				if to = r.stepOf(set, c); to < 0 {
					to, after = r.oddElement(set, p, c, j, len(steps), room)
				}
				if to < j || to == j && after == nil {
					break
				}
			}
			for ; j < to; j++ {
				if last != j+1 {
					absent |= 1 << uint(j) // nothing from 64 on
				}
			}
			if after != nil {
				c, last, left = after, j+1, tries
				j = set.behind(j)
			}
			continue
		}
		at := unsafe.Add(p, s.offset)
		if *(*byte)(v) != '>' {
			if nullable && s.nullable && !null.differs(v) {
				if s.shape == inOpt {
					*(*optState)(unsafe.Add(at, s.state)) = optNil
				}
				c = unsafe.Add(v, null.n)
				j++
				last = j
				continue
			}
			if !s.structured() {
				if s.deep() {
					break // until linkStep has found what is in it
				}
				tagEnd, form := r.scalarTag(s, v)
				if state := s.without(form); state != optAbsent {
					if s.shape == inOpt {
						*(*optState)(unsafe.Add(at, s.state)) = state
					}
					c = tagEnd
					j++
					last = j
					continue
				}
				if form != withText {
					if _, after := r.oddElement(set, p, c, j, j+1, room); after != nil {
						c, last = after, j+1
						j = set.behind(j)
						continue
					}
					break
				}
				v = unsafe.Add(tagEnd, -1)
			}
		}
		slot, text := at, unsafe.Add(v, 1)
		if s.shape == inPointer && s.quick != many {
			slot = r.slabs.room(s.f)
		}
		var to unsafe.Pointer
		switch s.quick {
		case Bool:
			to = quickBool(text, (*bool)(slot))
		case Int32:
			to = quickInt32(text, (*int32)(slot))
		case Int64:
			to = quickInt64(text, (*int64)(slot))
		case Float64:
			to = r.quickDouble(text, (*float64)(slot))
		case String:
			to = r.quickString(text, (*string)(slot))
		case DateTime:
			to = r.quickTime(text, (*time.Time)(slot))
		default: // fewer cases than a jump through a table pays for
			switch s.quick {
			case 0:
				_, after := r.oddElement(set, p, c, j, j+1, room)
				if after == nil {
					break members
				}
				c, last = after, j+1
				j = set.behind(j)
				continue
			case many:
				if to = r.quickItem(s, at, v, room, level); to == nil {
					break members
				}
				c, last = to, j+1
				continue
			case Struct, Poly, wrapped:
				if !inItem && s.f.hasLists() {
					break members
				}
				if s.quick == wrapped {
					to = r.quickItems(s, at, v, room)
				} else {
					to = r.quickStruct(s, slot, v, room)
					settle(s.f, s.shape, at, slot)
				}
				if to == nil {
					s.f.clear(at)
					r.failed(s)
					break members
				}
				c = to
				j++
				last = j
				continue
			}
		}
		if to == nil {
			to = r.quickText(s.f, slot, text)
		}
		var end unsafe.Pointer
		if to != nil && !s.close.differs(to) && !(s.long && s.close.restDiffers(to)) {
			end = unsafe.Add(to, s.close.n)
		} else if end = r.oddText(s, slot, text, to); end == nil {
			_, after := r.oddElement(set, p, c, j, j+1, room)
			if after == nil {
				break
			}
			c, last = after, j+1
			j++
			continue
		}
		switch s.shape {
		case inOpt:
			*(*optState)(unsafe.Add(at, s.state)) = optValue
		case inPointer:
			*(*unsafe.Pointer)(at) = slot
		}
		c = end
		j++
		last = j
	}
	if uintptr(c) < stop {
		c = skipSpace(c)
	}
	r.cut = r.cut || int(stop-uintptr(c)) < nearEnd
	end := r.index(c)
	if *(*byte)(c) != '<' { // white space is part of the text that follows
		for end > pos && class[r.buf[end-1]]&space != 0 {
			end--
		}
	}
	return stretch{end, last, absent}
}

// behind returns which member may come behind the k-th.
func (set *litSet) behind(k int) int {
	if set.of.elems[k].repeated {
		return k
	}
	return k + 1
}

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

// stepOf returns the step of the element whose tag is at c, or -1.
func (r *Reader) stepOf(set *litSet, c unsafe.Pointer) int {
	if set.names == nil || len(set.names.slots) == 0 || *(*byte)(c) != '<' {
		return -1
	}
	j, end := set.names.find(r.buf, r.index(c)+1, set.prefix)
	if end >= r.end {
		return -1 // there may be more of the name
	}
	return j
}

// index returns the place in the window that c is the address of.
func (r *Reader) index(c unsafe.Pointer) int {
	return int(uintptr(c) - uintptr(unsafe.Pointer(unsafe.SliceData(r.buf))))
}

// A tagForm is what the start tag of a scalar says of the element.
type tagForm uint8

const (
	oddTag tagForm = iota // there is more to it
	withText
	emptyTag
	nilTag // of an empty element too
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

// quickStruct reads what follows the name of the start tag of a struct, which ends at c, to the end of the element, into the
// zero value at p.
func (r *Reader) quickStruct(s *step, p, c unsafe.Pointer, room int) (end unsafe.Pointer) {
	sub := s.sub
	if r.doubting && r.doubts(s) {
		return nil
	}
	if s.poly {
		alt, after := r.quickType(s, c)
		if alt == nil {
			return nil
		}
		v := reflect.New(alt.of.goType).UnsafePointer()
		*(*[2]unsafe.Pointer)(p) = [2]unsafe.Pointer{alt.itab, v}
		sub, p, c = alt.sub, v, after
	} else if sub == nil && s.other.scope == r.scope.id {
		sub = s.other.sub
	}
	if sub == nil || room < 2 {
		return nil
	}
	tag := c
	if c = r.quickAttrs(sub.attrs, p, tag); c == nil {
		if c = r.otherAttrs(s, sub.of, p, tag); c == nil {
			return nil
		}
	}
	if *(*byte)(c) != '>' {
		if end = emptyEnd(c); sub.text != nil {
			return nil
		}
		return end
	}
	c = unsafe.Add(c, 1)
	if f := sub.text; f != nil {
		if c = r.quickMember(f, f.shape, unsafe.Add(p, f.offset), c); c == nil {
			return nil
		}
	} else {
		c = unsafe.Add(unsafe.Pointer(unsafe.SliceData(r.buf)), r.run(sub, p, 0, r.index(c), room-1, true).end)
	}
	if end = r.endTag(s, c); end != nil && r.doubting {
		r.succeeded(s)
	}
	return end
}

// A doubt is about a struct that run did not read to its end, though the window holds it: if that goes on, what is read of it is
// read twice.
type doubt struct {
	step *step
	n    int // how often it was so, one time after the other
}

const (
	patience = 3  // how often in succession run may fail at a struct
	pause    = 32 // how many it then passes over before it tries again
)

func (r *Reader) doubtOf(s *step) *doubt {
	return &r.doubtful[uintptr(unsafe.Pointer(s))/unsafe.Sizeof(*s)%uintptr(len(r.doubtful))]
}

// failed notes that run could not read a struct of s.
func (r *Reader) failed(s *step) {
	if r.cut {
		return
	}
	d := r.doubtOf(s)
	if d.step != s {
		*d = doubt{step: s}
	}
	if d.n < patience { // beyond that doubts counts
		d.n++
	}
	r.doubting = true
}

// succeeded notes that it could.
func (r *Reader) succeeded(s *step) {
	if d := r.doubtOf(s); d.step == s {
		d.n = 0
	}
}

// doubts reports whether to leave a struct of s to others.
func (r *Reader) doubts(s *step) bool {
	d := r.doubtOf(s)
	if d.step != s || d.n < patience {
		return false
	}
	if d.n++; d.n < patience+pause {
		return true
	}
	d.n = patience - 1
	return false
}

// quickType returns the type that the start tag of s says, whose name ends at c, and where the rest of its attributes stand. It is
// nil if that is not known here.
func (r *Reader) quickType(s *step, c unsafe.Pointer) (alt *altStep, after unsafe.Pointer) {
	typ := &r.scope.typ
	if r.scope.xsi == "" || typ.n > inWords || typ.differs(c) {
		if alt = &s.alts[0]; alt.of != s.f.alts[0] || s.f.Flags&Abstract != 0 || *(*byte)(c) != '>' {
			return nil, nil
		}
		return alt, c
	}
	c = unsafe.Add(c, typ.n)
	for i := range s.alts {
		if alt = &s.alts[i]; !alt.typ.differs(c) && !alt.typ.restDiffers(c) {
			return alt, unsafe.Add(c, alt.typ.n)
		}
	}
	return nil, nil
}

// endTag returns where the end tag of s at c ends, or nil if there is none.
func (r *Reader) endTag(s *step, c unsafe.Pointer) unsafe.Pointer {
	at := r.index(c)
	switch n := s.close.n; {
	case at > r.end:
	case !s.close.differs(c) && !s.close.restDiffers(c):
		return unsafe.Add(c, n)
	case at < r.end && n <= longestName && unsafe.String((*byte)(c), n-1) == s.close.text[:n-1]: // white space in it
		if c = skipSpace(unsafe.Add(c, n-1)); *(*byte)(c) == '>' {
			return unsafe.Add(c, 1)
		}
	}
	return nil
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

// quickMember reads a text at c into the place at at.
func (r *Reader) quickMember(f *field, shape shape, at, c unsafe.Pointer) (end unsafe.Pointer) {
	p := at
	if shape == inPointer {
		p = r.slabs.room(f)
	}
	if end = r.quickScalar(f, p, c); end != nil {
		settle(f, shape, at, p)
	}
	return end
}

// settle makes the place at at hold the value at p.
func settle(f *field, shape shape, at, p unsafe.Pointer) {
	switch shape {
	case inOpt:
		setState(f, at, optValue)
	case inPointer:
		*(*unsafe.Pointer)(at) = p
	}
}

// quickItem reads an element of which there may be several, and whose name ends at c, and appends it to the slice at list,
// for which level is as grow has it. It returns where its end tag ends, or nil.
func (r *Reader) quickItem(s *step, list, c unsafe.Pointer, room, level int) (end unsafe.Pointer) {
	f := s.f
	structured := f.Kind == Struct || s.poly
	if r.limits.Items > 0 {
		return nil
	}
	if *(*byte)(c) != '>' && !structured {
		tagEnd, form := r.scalarTag(s, c)
		if form != withText {
			return nil
		}
		c = unsafe.Add(tagEnd, -1)
	}
	at := r.grow(f, list, level, r.base+int64(r.index(c)))
	if structured {
		p := at
		if s.shape == inPointer {
			p = r.slabs.room(f)
		}
		end = r.quickStruct(s, p, c, room)
		settle(f, s.shape, at, p)
	} else if end = r.quickMember(f, s.shape, at, unsafe.Add(c, 1)); end != nil {
		end = r.endTag(s, end)
	}
	if end == nil {
		shrink(f, list)
		if structured {
			r.failed(s)
		}
	}
	return end
}

// quickItems reads the items of an unwrapped array, whose name ends at c, into the slice at list, to the end of the array.
func (r *Reader) quickItems(s *step, list, c unsafe.Pointer, room int) (end unsafe.Pointer) {
	item := s.items
	if item == nil && s.other.scope == r.scope.id {
		item = s.other.items
	}
	if item == nil || item.quick != many || room < 2 {
		return nil
	}
	if *(*byte)(c) != '>' {
		end = emptyEnd(c)
	} else {
		for c = unsafe.Add(c, 1); r.index(c) < r.end; {
			c = skipSpace(c)
			if after := r.comment(c); after != nil {
				c = after
				continue
			}
			if item.open.differs(c) || item.open.restDiffers(c) {
				break
			}
			if c = r.quickItem(item, list, unsafe.Add(c, item.open.n), room-1, 0); c == nil {
				return nil
			}
		}
		end = r.endTag(s, c)
	}
	if h := (*sliceHeader)(list); end != nil && h.data == nil {
		reflect.NewAt(s.f.goType, list).Elem().Set(reflect.MakeSlice(s.f.goType, 0, 0))
	}
	return end
}

func skipSpace(c unsafe.Pointer) unsafe.Pointer {
	for word(c, 0) == ' '*ones {
		c = unsafe.Add(c, 8)
	}
	for class[*(*byte)(c)]&space != 0 {
		c = unsafe.Add(c, 1)
	}
	return c
}

// A literal is text that is compared in three words of eight bytes, of which masks take what is not the literal's. Most names
// are no longer; a loop over those that are shorter, or a call of memequal, would cost more than words that are not needed.
type literal struct {
	text  string
	n     int // the length of text
	words [3]uint64
	masks [3]uint64
}

const (
	inWords     = 24 // how much of a literal words hold
	longestName = 64 // of tags that run looks for
)

func makeLiteral(text string) literal {
	var wide, mask [inWords]byte
	for i := range copy(wide[:], text) {
		mask[i] = 0xff
	}
	l := literal{text: text, n: len(text)}
	for i := range l.words {
		l.words[i] = binary.LittleEndian.Uint64(wide[8*i:])
		l.masks[i] = binary.LittleEndian.Uint64(mask[8*i:])
	}
	return l
}

// differs reports whether something else than what words hold of l stands at c.
func (l *literal) differs(c unsafe.Pointer) bool {
	return (word(c, 0)^l.words[0])&l.masks[0]|(word(c, 8)^l.words[1])&l.masks[1]|(word(c, 16)^l.words[2])&l.masks[2] != 0
}

// restDiffers reports whether something else than what words do not hold of l, which is no longer than longestName, stands
// where it should if l starts at c.
func (l *literal) restDiffers(c unsafe.Pointer) bool {
	n := l.n - inWords
	return n > 0 && unsafe.String((*byte)(unsafe.Add(c, inWords)), n) != l.text[inWords:]
}

// at reports whether l stands in buf at pos, which is a place in the window, or up to two bytes behind it. The zeros
// there are in no literal, so what matches lies in the window, and what was compared in the zeros at most.
func (l *literal) at(buf []byte, pos int) bool {
	if l.n > inWords {
		return pos+l.n <= len(buf) && string(buf[pos:pos+l.n]) == l.text
	}
	return !l.differs(unsafe.Pointer(&buf[pos]))
}
