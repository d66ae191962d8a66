package xmlwire

import (
	"reflect"
	"unsafe"
)

// Prediction is what makes decoding fast. Inside a struct the next element is nearly always the next member, written
// without attributes: <Km>12.5</Km> or <Km i:nil="true"/>. So the bytes at hand are compared with the literals "<Km" and
// "</Km>", which are built once, in place of being taken apart into tag, name, prefix and namespace. A match is right by
// construction: the literals hold the prefix that is bound to the namespace here, and no declaration can hide in a tag
// that holds nothing but the name. Whatever does not match (attributes, references, comments, another order, the end of
// the window) is left where it is for the tokenizer, which is strict and slow, and prediction goes on at the next
// member.

// A litSet is what prediction needs of all elements of a type under one prefix.
type litSet struct {
	prefix string
	steps  []step
}

// prefixedLits are the litSets for types, and fields with items, that this document writes with a prefix. The default
// namespace needs none: its literals are in the bindings.
type prefixedLits map[litKey]*litSet

type litKey struct {
	of     unsafe.Pointer // *binding or *field
	prefix string
}

// A scope is what prediction needs of the declarations in scope. pop and declare make it unknown.
type scope struct {
	known bool
	def   string  // the default namespace
	xsi   string  // the prefix of xsi, or ""
	null  literal // ` i:nil="true"` with that prefix
}

// tries is how many members in a row prediction takes for left out before it looks the name up: comparing is cheap, but
// a document in another order should not be compared with everything.
const tries = 3

// predictable works out, at binding time, whether and how b can be predicted.
func (b *binding) predictable() {
	b.uniform = len(b.elems) > 0 && b.any == nil && b.mixed < 0
	for i := range b.elems {
		f := &b.elems[i]
		f.repeated = f.shape == inSlice && f.Item == "" && f.Flags&List == 0
		if f.Kind == Choice || f.Kind == Group || f.space != b.elems[0].space {
			b.uniform = false
		}
		if f.Item != "" {
			f.itemLits = &litSet{steps: []step{makeStep(f, "", f.itemLocal)}}
		}
		f.fast = f.predicted()
	}
	if !b.uniform {
		return
	}
	b.space = b.elems[0].space
	b.names = newNameTable(b.elems)
	b.lits = b.makeLitSet("")
	b.texts = makeTexts(b.elems)
}

func (b *binding) makeLitSet(prefix string) *litSet {
	set := &litSet{prefix: prefix, steps: make([]step, len(b.elems))}
	for i := range b.elems {
		set.steps[i] = makeStep(&b.elems[i], prefix, b.elems[i].local)
	}
	return set
}

// predicted reports whether values of f can be read by prediction; the rest is the tokenizer's.
func (f *field) predicted() bool {
	switch f.Kind {
	case Poly, AnyElement, QName, Base64, Hex, Custom:
		return false
	}
	return f.Flags&List == 0
}

// literals returns the literals of the elements of b at this place, or nil if b cannot be predicted here.
func (r *Reader) literals(b *binding) *litSet {
	if !b.uniform || r.opts.NoPrediction || r.opts.Validate {
		return nil
	}
	r.knowScope()
	if r.scope.def == b.space {
		return b.lits
	}
	prefix := r.prefixOf(b.space)
	if prefix == "" {
		return nil
	}
	return r.cached(litKey{unsafe.Pointer(b), prefix}, func() *litSet { return b.makeLitSet(prefix) })
}

// itemLiterals does the same for the items of an unwrapped array.
func (r *Reader) itemLiterals(f *field) *litSet {
	if !f.fast || r.limits.Items > 0 || r.opts.NoPrediction || r.opts.Validate {
		return nil
	}
	r.knowScope()
	if r.scope.def == f.itemSpace {
		return f.itemLits
	}
	prefix := r.prefixOf(f.itemSpace)
	if prefix == "" {
		return nil
	}
	return r.cached(litKey{unsafe.Pointer(f), prefix}, func() *litSet {
		return &litSet{prefix: prefix, steps: []step{makeStep(f, prefix, f.itemLocal)}}
	})
}

func (r *Reader) cached(key litKey, make func() *litSet) *litSet {
	if set := r.lits[key]; set != nil {
		return set
	}
	const most = 1024 // a document that declares a new prefix for each element gains nothing from literals
	if r.lits == nil || len(r.lits) > most {
		r.lits = prefixedLits{}
	}
	set := make()
	r.lits[key] = set
	return set
}

// prefixOf returns the innermost prefix that is bound to space here, or "".
func (r *Reader) prefixOf(space string) string {
	for i := len(r.ns) - 1; i >= 0; i-- {
		d := &r.ns[i]
		if d.prefix == "" || d.space != space {
			continue
		}
		if now, _ := r.Namespace(d.prefix); now == space {
			return d.prefix
		}
	}
	return ""
}

func (r *Reader) knowScope() {
	if r.scope.known {
		return
	}
	r.scope.known = true
	r.scope.def, _ = r.Namespace("")
	if xsi := r.prefixOf(nsXSI); xsi != r.scope.xsi {
		r.scope.xsi, r.scope.null = xsi, makeLiteral(` `+xsi+`:nil="true"`)
	}
}

// predict reads members from that at at on, as long as they are as predicted, and moves at on. It returns whether the end
// tag of the struct was read. What it cannot read is left for Next: r.pos is then where an element (or white space before
// it) starts, or the start tag was read already.
func (r *Reader) predict(b *binding, set *litSet, p unsafe.Pointer, at *place, rows *Rows) (done bool, err error) {
	if !r.roomBelow() {
		return false, nil
	}
	r.knowScope() // what was read since may have had declarations of its own
	*at, done, err = r.predictMembers(b, set, p, *at, rows)
	if err == nil && !done && !r.opened && at.next < len(b.elems) {
		if f := &b.elems[at.next]; f.repeated && f.Kind != Struct {
			r.countSiblings(set.steps[at.next].name.text, (*sliceHeader)(unsafe.Add(p, f.offset)).len)
		}
	}
	return done, err
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
	short := r.limits.TextBytes <= 0 || r.limits.TextBytes >= longestQuick
	buf, pos := r.buf, r.pos
	for {
		if here.next >= here.high && here.next < len(steps) && short {
			if next, end := r.run(steps, p, here.next, pos); next > here.next {
				here.passAll(next)
				pos = end
			}
		}
		r.pos = pos
		for class[buf[pos]]&space != 0 {
			pos++
		}
		if buf[pos] != '<' {
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
		if s.opt && buf[v] == ' ' && s.f.fast && r.scope.xsi != "" && r.scope.null.at(buf, v) {
			end := v + len(r.scope.null.text)
			if buf[end] == ' ' {
				end++
			}
			if buf[end] == '/' && buf[end+1] == '>' {
				*(*optState)(unsafe.Add(p, s.state)) = optNil
				pos = end + 2
				here.pass(j, false)
				continue
			}
		}
		if s.quick != 0 && buf[v] == '>' && short {
			if i := r.quickScalar(s.quick, unsafe.Add(p, s.offset), v+1); i > 0 && s.closes(buf, i) {
				if s.opt {
					*(*optState)(unsafe.Add(p, s.state)) = optValue
				}
				pos = i + len(s.name.text) + 3
				here.pass(j, false)
				continue
			}
		}
		if buf[v] == ' ' && class[buf[v+1]]&nameStart != 0 && !s.repeated {
			here.next = j
			r.start, r.opened = r.offset(), true
			return here, false, r.scanStart()
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
	switch {
	case !f.fast, s.repeated && (r.limits.Items > 0 || rows != nil && rows.field == f.Field):
		return false, nil
	case r.buf[v] != '>':
		return !s.repeated && r.predictEmpty(f, slot, v), nil
	case f.Item != "":
		r.enter(r.pos, v, set.prefix, b.space)
		return true, r.readItems(f, slot, rows)
	case f.Kind == Struct:
		r.enter(r.pos, v, set.prefix, b.space)
		return true, r.predictStruct(f, slot)
	case s.repeated:
		if r.predictScalar(s, f.item, r.grow(f, slot), v) {
			return true, nil
		}
		shrink(f, slot)
		return false, nil
	}
	return r.predictScalar(s, f.shape, slot, v), nil
}

// roomBelow reports whether another element may be opened; if not, the tokenizer says so.
func (r *Reader) roomBelow() bool {
	return r.limits.Depth <= 0 || len(r.stack) < r.limits.Depth
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
	isNull := r.scope.xsi != "" && r.scope.null.at(r.buf, v)
	if isNull {
		v += len(r.scope.null.text)
	}
	if r.buf[v] == ' ' {
		v++
	}
	if r.buf[v] != '/' || r.buf[v+1] != '>' {
		return false
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
	r.pos = v + 2
	return true
}

// predictScalar reads text up to the end tag; the > of the start tag is at v.
func (r *Reader) predictScalar(st *step, s shape, slot unsafe.Pointer, v int) bool {
	buf, f := r.buf, st.f
	i := plainEnd(buf, v+1)
	if !st.closes(buf, i) || exceeds(i-v-1, r.limits.TextBytes) {
		return false
	}
	switch s {
	case inPointer:
		value := reflect.New(f.base)
		if r.setScalar(f, value.UnsafePointer(), buf[v+1:i]) != nil {
			return false
		}
		*(*unsafe.Pointer)(slot) = value.UnsafePointer()
	case inOpt:
		if r.setScalar(f, slot, buf[v+1:i]) != nil {
			return false
		}
		setState(f, slot, optValue)
	default:
		if r.setScalar(f, slot, buf[v+1:i]) != nil {
			return false
		}
	}
	r.pos = i + len(st.name.text) + 3
	return true
}

// predictStruct reads the content of a struct whose start tag was entered.
func (r *Reader) predictStruct(f *field, slot unsafe.Pointer) error {
	s := f.shape
	if s == inSlice {
		s = f.item
		slot = r.grow(f, slot)
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
	item := &set.steps[0]
	for {
		pos := r.pos
		buf := r.buf
		for class[buf[pos]]&space != 0 {
			pos++
		}
		if buf[pos] != '<' {
			return false, nil
		}
		if buf[pos+1] == '/' {
			return r.predictEnd(pos), nil
		}
		v := pos + 1 + len(item.name.text)
		if !item.name.at(buf, pos+1) || buf[v] != '>' {
			return false, nil
		}
		switch {
		case f.Kind == Struct && rows != nil:
			r.enter(pos, v, set.prefix, f.itemSpace)
			err = r.readRow(f, rows, false)
		case f.Kind == Struct:
			r.enter(pos, v, set.prefix, f.itemSpace)
			err = r.predictStruct(f, slot)
		case rows != nil:
			return false, nil
		default:
			if !r.predictScalar(item, f.item, r.grow(f, slot), v) {
				shrink(f, slot)
				r.countSiblings(item.name.text, (*sliceHeader)(slot).len)
				return false, nil
			}
		}
		if err != nil {
			return false, err
		}
	}
}

// shrink takes back the item that grow appended.
func shrink(f *field, slot unsafe.Pointer) {
	h := (*sliceHeader)(slot)
	h.len--
	reflect.NewAt(f.goType.Elem(), unsafe.Add(h.data, uintptr(h.len)*f.size)).Elem().SetZero()
}
