package xmlwire

import (
	"bytes"
	"math"
	"reflect"
	"unsafe"
)

// Prediction is what makes decoding fast. Inside a struct the next element is nearly always the next member, written
// as the members before it were: <Km>12.5</Km> or <Km i:nil="true"/>. So the bytes at hand are compared with the literals
// "<Km" and "</Km>", which are built once, in place of being taken apart into tag, name, prefix and namespace. A match is right
// by construction: the literals hold the prefix that is bound to the namespace here, and no declaration can hide in a tag
// that holds nothing but the name, or attributes the type has. What else may stand there without changing anything is passed
// over where it stands: white space, comments, references, attributes that mean nothing, declarations of what is in scope already
// (quicktag.go, odd.go). Whatever does not match even so (another order, processing instructions, mistakes, the end of the window)
// is left where it is for the tokenizer, which is strict and slow, and prediction goes on at the next member.
//
// There are two levels of it. run (run.go) reads members in a row, and the structs and lists among them, without opening
// an element: the text of a whole row of a report, mostly, in one loop. What stops it is read here, element by element.

// tries is how many members in a row prediction takes for left out before it looks the name up: comparing is cheap, but
// a document in another order should not be compared with everything.
const tries = 3

// atOnce is how many elements run opens inside one another: what it cannot read to its end is read again, so that no more
// than so many times.
const atOnce = 8

// predictable works out, at binding time, whether and how b can be predicted.
func (b *binding) predictable() {
	b.uniform, b.alike = !b.shared && b.mixed < 0, true
	first := -1
	for i := range b.elems {
		f := &b.elems[i]
		f.repeated = f.shape == inSlice && f.Item == "" && f.Flags&List == 0
		f.fast = f.predicted()
		switch {
		case !f.named():
			b.alike = false
		case first < 0:
			first = i
		case f.space != b.elems[first].space:
			b.uniform = false
		}
		if f.Item != "" {
			f.itemLits = f.makeItemLits("")
		}
	}
	if b.leaf = first < 0; b.leaf && (b.text == nil || b.text.predicted()) {
		b.lits = b.makeLitSet("")
	}
	if b.uniform = b.uniform && first >= 0; !b.uniform {
		return
	}
	b.space = b.elems[first].space
	b.names = newNameTable(b.elems)
	b.lits = b.makeLitSet("")
	b.texts = makeTexts(b.elems)
}

// predicted reports whether values of f can be read by prediction; the rest is the tokenizer's.
func (f *field) predicted() bool {
	switch f.Kind {
	case Poly, AnyElement, QName, Choice, Group:
		return false
	}
	return f.Flags&List == 0
}

// predict reads members from that at at on, as long as they are as predicted, and moves at on. It returns whether the end
// tag of the struct was read. What it cannot read is left for Next: r.pos is then where an element (or white space before
// it) starts, or the start tag was read already.
func (r *Reader) predict(b *binding, set *litSet, p unsafe.Pointer, at *place, rows *Rows) (done bool, err error) {
	if !r.roomBelow() {
		return false, nil
	}
	r.knowScope() // what was read since may have had declarations of its own
	from := r.offset()
	*at, done, err = r.predictMembers(b, set, p, *at, rows)
	if err == nil && !done && !r.opened {
		r.recount(set, at.next, p, from)
	}
	return done, err
}

// recount has the next element, which is probably that of the j-th step, counted among its siblings: if it is repeated as the
// one behind those that are in the struct at p. What was read since the place from was not counted.
func (r *Reader) recount(set *litSet, j int, p unsafe.Pointer, from int64) {
	switch {
	case j < len(set.steps) && set.steps[j].repeated:
		r.countItems(&set.steps[j], p)
	case r.offset() != from:
		r.stack[len(r.stack)-1].childLen = 0
	}
}

// countItems does it for an element of s, which is repeated.
func (r *Reader) countItems(s *step, p unsafe.Pointer) {
	r.countSiblings(s.name.text, (*sliceHeader)(unsafe.Add(p, s.offset)).len)
}

// countSiblings makes up for the scalars that prediction read without opening an element: the next sibling of that name
// is to have its number in Path.
func (r *Reader) countSiblings(qname string, n int) {
	p := &r.stack[len(r.stack)-1]
	r.names = append(r.names[:p.nameEnd], qname...)
	p.childLen, p.childIndex = len(qname), n
}

func (r *Reader) predictMembers(b *binding, set *litSet, p unsafe.Pointer, here place, rows *Rows) (at place, done bool, err error) {
	steps := set.steps
	short, from := r.longTexts(), r.offset()
	buf, pos := r.buf, r.pos
	for {
		if here.inOrder() && here.next < len(steps) && short && rows == nil {
			r.cut = false
			if s := r.run(set, p, here.next, pos, min(r.room(), atOnce), false); s.last > 0 {
				here.passAll(s, steps[s.last-1].repeated)
				pos = s.end
			}
		}
		r.pos = pos
		for class[buf[pos]]&space != 0 && pos < r.end {
			pos++
		}
		if buf[pos] != '<' || pos >= r.end {
			return here, false, nil
		}
		r.pos = pos
		if buf[pos+1] == '/' {
			return here, r.predictEnd(pos), nil
		}
		j := here.next
		if j == len(steps) || !steps[j].name.at(buf, pos+1) || class[buf[pos+1+len(steps[j].name.text)]]&nameChar != 0 {
			if j = r.findStep(b, set, j); j < 0 {
				return here, false, nil
			}
		}
		s := &steps[j]
		v := pos + 1 + len(s.name.text)
		if j < here.high && !(s.repeated && here.last == j+1) && (r.opts.InOrder || here.mayHave(j)) {
			here.next = j
			return here, false, nil
		}
		if s.shape == inOpt && !s.repeated && buf[v] == ' ' && s.f.fast {
			if end := r.nullEnd(buf, v); end > 0 {
				setState(s.f, unsafe.Add(p, s.offset), optNil)
				pos = end
				here.pass(j, false)
				continue
			}
		}
		if buf[v] == ' ' && class[buf[v+1]]&nameStart != 0 {
			if end := r.predictAttributed(s, unsafe.Add(p, s.offset), v); end > 0 {
				pos = end
				here.pass(j, false)
				continue
			}
			here.next = j
			r.linkStep(s, set, b.space)
			r.recount(set, j, p, from)
			r.start, r.opened = r.offset(), true
			return here, false, r.scanStart()
		}
		if s.structured() && r.complete(s) {
			buf, pos = r.buf, r.pos
			continue
		}
		var ok bool
		if ok, err = r.predictMember(b, set, s, p, v, rows); !ok || err != nil {
			here.next = j
			return here, false, err
		}
		r.knowScope()
		buf, pos = r.buf, r.pos
		here.pass(j, s.repeated)
	}
}

// predictAttributed reads the scalar whose start tag is at r.pos, and has attributes, the first behind the place v, into the
// place at at. It returns where the element ends, or 0 if it left everything as it was.
func (r *Reader) predictAttributed(s *step, at unsafe.Pointer, v int) (end int) {
	if !s.scalar() || s.shape == inPointer {
		return 0
	}
	tagEnd, form := r.scalarTag(s, unsafe.Pointer(&r.buf[v]))
	switch state := s.without(form); {
	case form == withText:
		return r.predictScalar(s, at, r.index(tagEnd))
	case state == optAbsent:
		return 0
	case s.shape == inOpt:
		setState(s.f, at, state)
	}
	return r.index(tagEnd)
}

// complete reads more of a document if the element of s, which starts at r.pos, has its end tag behind the window, and reports
// whether it did. What run could not read to its end may then be read by it after all, and not element by element. That pays
// where there are lists in the element, which are read again from their beginning; else run goes on where it stopped. Of one
// element it is tried once, since what comes may be short.
func (r *Reader) complete(s *step) bool {
	at := r.offset() + 1
	if !r.cut || !s.f.valueHasLists() || r.completed == at || r.srcErr != nil || r.holds(s.close.text) {
		return false
	}
	r.completed = at
	r.cut = false
	_, more := r.more(r.pos)
	return more
}

// holds reports whether text stands in what is left of the window.
func (r *Reader) holds(text string) bool {
	return bytes.Contains(r.buf[r.pos:r.end], unsafe.Slice(unsafe.StringData(text), len(text)))
}

// findStep returns the step for the element whose tag starts at r.pos, which is not the k-th: one of the next few, whose
// neighbours were left out, or whatever the name says. It returns -1 if there is none, or the name is not all there.
func (r *Reader) findStep(b *binding, set *litSet, k int) int {
	buf, pos := r.buf, r.pos
	for j := k + 1; j < min(k+tries, len(set.steps)); j++ {
		if name := &set.steps[j].name; name.at(buf, pos+1) && class[buf[pos+1+len(name.text)]]&nameChar == 0 {
			return j
		}
	}
	j, end := b.names.find(buf, pos+1, set.prefix)
	if end >= r.end {
		return -1
	}
	return j
}

// predictMember reads the member of s in a struct at p, the name of whose start tag ends at v. It reports whether it did.
func (r *Reader) predictMember(b *binding, set *litSet, s *step, p unsafe.Pointer, v int, rows *Rows) (ok bool, err error) {
	f := s.f
	slot := unsafe.Add(p, f.offset)
	r.linkStep(s, set, b.space)
	switch {
	case !f.fast, s.repeated && (r.limits.Items > 0 || rows != nil && rows.field == f.Field):
		return false, nil
	case r.buf[v] != '>':
		return !s.repeated && r.predictEmpty(f, slot, v), nil
	case f.Item != "":
		r.enter(r.pos, v, set.prefix, b.space)
		return true, r.readItems(f, slot, rows)
	case f.Kind == Struct:
		if s.repeated {
			r.countItems(s, p)
		}
		r.enter(r.pos, v, set.prefix, b.space)
		return true, r.predictStruct(f, slot)
	}
	end := 0
	if s.repeated {
		if end = r.predictScalar(s, r.grow(f, slot, len(r.stack), r.offset()), v+1); end == 0 {
			shrink(f, slot)
		}
	} else {
		end = r.predictScalar(s, slot, v+1)
	}
	if end > 0 {
		r.pos = end
	}
	return end > 0, nil
}

// roomBelow reports whether another element may be opened; if not, the tokenizer says so.
func (r *Reader) roomBelow() bool {
	return r.limits.Depth <= 0 || len(r.stack) < r.limits.Depth
}

// longTexts reports whether texts may be as long as those are, at most, whose length is not looked at.
func (r *Reader) longTexts() bool {
	return r.limits.TextBytes <= 0 || r.limits.TextBytes >= longestQuick
}

// room returns how many elements may still be opened inside one another.
func (r *Reader) room() int {
	if r.limits.Depth <= 0 {
		return math.MaxInt
	}
	return r.limits.Depth - len(r.stack)
}

// enter opens the element whose tag <name> starts at pos and whose > is at v.
func (r *Reader) enter(pos, v int, prefix, space string) {
	colon := len(prefix)
	if colon == 0 {
		colon = -1
	}
	r.start = r.base + int64(pos)
	r.attrs = r.attrs[:0]
	r.push(r.buf[pos+1:v], colon, len(r.ns))
	r.stack[len(r.stack)-1].space, r.space = space, space
	r.pos = v + 1
}

// predictEnd reads the end tag of the innermost element if it is at pos.
func (r *Reader) predictEnd(pos int) bool {
	f := &r.stack[len(r.stack)-1]
	name := r.names[f.name:f.nameEnd]
	e := pos + 2 + len(name)
	if e >= r.end || r.buf[e] != '>' || string(r.buf[pos+2:e]) != string(name) {
		return false
	}
	r.pos = e + 1
	r.pop()
	return true
}

// predictEmpty reads what follows the name of a nil or empty element: i:nil="true"/>, or />, with or without a space.
func (r *Reader) predictEmpty(f *field, slot unsafe.Pointer, v int) bool {
	end := r.nullEnd(r.buf, v)
	isNull := end > 0
	if !isNull {
		if r.buf[v] == ' ' {
			v++
		}
		if r.buf[v] != '/' || r.buf[v+1] != '>' {
			return false
		}
		end = v + 2
	}
	switch {
	case isNull && f.shape == inOpt:
		setState(f, slot, optNil)
	case isNull && (f.Item != "" || f.shape == inPointer):
	case isNull:
		return false
	case f.Item != "":
		reflect.NewAt(f.goType, slot).Elem().Set(reflect.MakeSlice(f.goType, 0, 0))
	case f.Kind == String && f.shape == inOpt:
		setState(f, slot, optValue)
	case f.Kind == String && f.shape == plain:
	default:
		return false
	}
	r.pos = end
	return true
}

// nullEnd returns where the tag ends whose name ends at v, if it says nil, or 0.
func (r *Reader) nullEnd(buf []byte, v int) int {
	if r.scope.xsi == "" || buf[v] != ' ' {
		return 0
	}
	for i := range r.scope.nulls {
		if null := &r.scope.nulls[i]; null.at(buf, v) {
			r.scope.null = null
			return v + len(null.text)
		}
	}
	return 0
}

// predictScalar reads the text from i on, and the end tag, into the place at at. It returns where the element ends, or 0.
func (r *Reader) predictScalar(s *step, at unsafe.Pointer, i int) (end int) {
	if !r.longTexts() {
		return 0
	}
	start := unsafe.Pointer(unsafe.SliceData(r.buf))
	c := r.quickMember(s.f, s.shape, at, unsafe.Add(start, i))
	if c == nil {
		return 0
	}
	if i = int(uintptr(c) - uintptr(start)); !s.close.at(r.buf, i) {
		return 0
	}
	return i + s.close.n
}

// predictStruct reads the content of a struct whose start tag was entered.
func (r *Reader) predictStruct(f *field, slot unsafe.Pointer) error {
	s := f.shape
	if s == inSlice {
		s = f.item
		slot = r.grow(f, slot, len(r.stack)-1, r.offset())
	}
	switch s {
	case inOpt:
		if err := r.content(f.sub, slot, nil); err != nil {
			return err
		}
		setState(f, slot, optValue)
		return nil
	case inPointer:
		v := reflect.New(f.base)
		*(*unsafe.Pointer)(slot) = v.UnsafePointer()
		slot = v.UnsafePointer()
	}
	return r.content(f.sub, slot, nil)
}

// predictItems reads items of an unwrapped array as long as they are as predicted, and reports whether the end tag of
// the array was read.
func (r *Reader) predictItems(f *field, set *litSet, slot unsafe.Pointer, rows *Rows) (done bool, err error) {
	if !r.roomBelow() {
		return false, nil
	}
	item, from := &set.steps[0], r.offset()
	handBack := func() (bool, error) {
		switch {
		case r.offset() == from: // nothing was read that was not counted
		case rows != nil:
			r.countSiblings(item.name.text, rows.count)
		default:
			r.countSiblings(item.name.text, (*sliceHeader)(slot).len)
		}
		return false, nil
	}
	for {
		pos := r.pos
		buf := r.buf
		for class[buf[pos]]&space != 0 && pos < r.end {
			pos++
		}
		if buf[pos] != '<' || pos >= r.end {
			return handBack()
		}
		if buf[pos+1] == '/' {
			return r.predictEnd(pos), nil
		}
		v := pos + 1 + item.name.n
		if !item.name.at(buf, pos+1) || class[buf[v]]&nameChar != 0 {
			return handBack()
		}
		switch {
		case f.Kind == Poly || buf[v] != '>':
			if r.pos = pos; rows != nil || item.quick != many || !r.longTexts() || !r.predictWhole(item, slot, v) {
				return handBack()
			}
		case f.Kind == Struct && rows != nil:
			if err := rows.next(f); err != nil {
				return false, err
			}
			r.pos = pos
			if err = r.predictItem(f, item, set.prefix, rows.item, rows.count); err == nil {
				err = rows.hand()
			}
		case f.Kind == Struct:
			to := r.grow(f, slot, len(r.stack), r.offset())
			r.pos = pos
			err = r.predictItem(f, item, set.prefix, to, (*sliceHeader)(slot).len-1)
		case rows != nil:
			return handBack()
		default:
			end := r.predictScalar(item, r.grow(f, slot, len(r.stack), r.offset()), v+1)
			if end == 0 {
				shrink(f, slot)
				return handBack()
			}
			r.pos = end
		}
		if err != nil {
			return false, err
		}
	}
}

// predictWhole reads the item at r.pos, the name of whose start tag ends at v and may be followed by attributes or an xsi:type, if
// run can read all of it. It reports whether it did.
func (r *Reader) predictWhole(item *step, slot unsafe.Pointer, v int) bool {
	for {
		r.cut = false
		start := unsafe.Pointer(unsafe.SliceData(r.buf))
		if end := r.quickItem(item, slot, unsafe.Add(start, v), min(r.room(), atOnce), len(r.stack)); end != nil {
			r.pos = r.index(end)
			return true
		}
		v -= r.pos
		if !r.complete(item) {
			break
		}
		v += r.pos
	}
	return false
}

// predictItem reads the item at r.pos, a struct, which there are n items before, into the place at slot. Most are read by
// run alone. Where it stops the element is opened, in retrospect, and the rest of it is read as that of other structs.
func (r *Reader) predictItem(f *field, item *step, prefix string, slot unsafe.Pointer, n int) error {
	pos := r.pos
	v := pos + 1 + item.name.n
	p := slot
	if f.item == inPointer {
		v := reflect.New(f.base)
		*(*unsafe.Pointer)(slot) = v.UnsafePointer()
		p = v.UnsafePointer()
	}
	sub := f.sub
	var lits *litSet
	var at place
	end := v + 1
	if sub.text == nil {
		lits = r.literals(sub)
	}
	if lits != nil && r.room() > 1 && r.longTexts() {
		r.cut = false
		s := r.run(lits, p, 0, end, min(r.room()-1, atOnce), true)
		if !item.close.at(r.buf, s.end) && r.complete(item) {
			pos = r.pos
			v = pos + 1 + item.name.n
			reflect.NewAt(f.base, p).Elem().SetZero()
			s = r.run(lits, p, 0, v+1, min(r.room()-1, atOnce), true)
		}
		if item.close.at(r.buf, s.end) {
			if f.item == inOpt {
				setState(f, slot, optValue)
			}
			r.pos = s.end + item.close.n
			return nil
		}
		end = s.end
		if s.last > 0 {
			at.passAll(s, lits.steps[s.last-1].repeated)
		}
	}
	r.countSiblings(item.name.text, n)
	r.enter(pos, v, prefix, f.itemSpace)
	r.pos = end
	var err error
	if sub.text != nil {
		err = r.content(sub, p, nil)
	} else {
		err = r.members(sub, lits, p, at, nil, nil)
	}
	if err == nil && f.item == inOpt {
		setState(f, slot, optValue)
	}
	return err
}

// shrink takes back the item that grow appended.
func shrink(f *field, slot unsafe.Pointer) {
	h := (*sliceHeader)(slot)
	h.len--
	reflect.NewAt(f.goType.Elem(), unsafe.Add(h.data, uintptr(h.len)*f.size)).Elem().SetZero()
}
