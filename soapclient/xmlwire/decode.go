package xmlwire

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"unsafe"
)

// Unmarshal reads a whole document into m, which it replaces and which shares no memory with data. The name of the root element
// is not looked at.
func Unmarshal(data []byte, m Message, opts ReadOptions) error {
	if typ := m.XMLType(); !opts.AnyNamespace && !IsURI(typ.Space) {
		opts.AnyNamespace = true
	}
	r := borrow(data, opts)
	defer r.giveBack()
	if _, err := r.Next(); err != nil {
		return err
	}
	if err := r.Decode(m); err != nil {
		return err
	}
	return r.ReadEOF()
}

// ReadEOF reads on to the end of the document, where nothing but white space, comments and processing instructions may
// stand.
func (r *Reader) ReadEOF() error {
	switch kind, err := r.Next(); {
	case err != nil:
		return err
	case kind != EOF:
		return r.fail(r.syntaxError(int(r.start-r.base), "more content where the document should end"))
	}
	return nil
}

// Skip reads to the end of the element whose start tag was read last.
func (r *Reader) Skip() error {
	for depth := len(r.stack); ; {
		switch kind, err := r.Next(); {
		case err != nil:
			return err
		case kind == EndElement && len(r.stack) < depth:
			return nil
		}
	}
}

// Decode reads the element whose start tag was read last into m, to its end tag. It replaces all of m; after an error m
// holds what was read so far.
//
// Elements may come in another order than the schema's, and of an element that should come once the last wins
// (ReadOptions.InOrder has it otherwise). Elements and attributes that the table does not know are passed over and
// reported to ReadOptions.Skipped. A member that is missing leaves its field zero. An element with xsi:nil makes an Opt
// nil, a pointer or an unwrapped array nil, and is an error for a plain value, which could not tell it from zero.
func (r *Reader) Decode(m Message) error { return r.DecodeRows(m, nil) }

// DecodeRows does what Decode does, but hands the items of one list of m to rows as they are read, so that memory stays
// constant however many there are. The list in m stays nil.
func (r *Reader) DecodeRows(m Message, rows *Rows) error {
	if r.err != nil {
		return r.err
	}
	v := reflect.ValueOf(m)
	if v.IsNil() {
		return errors.New("xmlwire: decoding into a nil message")
	}
	b := bindingOf(m)
	v.Elem().SetZero()
	if r.isNil() {
		return r.expectEmpty()
	}
	err := r.content(b, v.UnsafePointer(), rows)
	if err != nil && r.err == nil {
		r.err = err
	}
	return err
}

// content reads attributes and content of the element whose start tag was read last into the struct at p.
func (r *Reader) content(b *binding, p unsafe.Pointer, rows *Rows) error {
	var inspect *inspection
	if r.opts.Validate {
		inspect = r.inspect(b)
	}
	if len(r.attrs) > 0 {
		if err := r.readAttrs(b, p); err != nil {
			return err
		}
	}
	if b.text != nil {
		if err := r.readText(b.text, p); err != nil || inspect == nil {
			return err
		}
		return inspect.end(p, rows)
	}
	return r.members(b, r.literals(b), p, place{}, rows, inspect)
}

// members reads the elements in the innermost element, from the place at on, into the struct at p, to its end tag.
func (r *Reader) members(b *binding, lits *litSet, p unsafe.Pointer, at place, rows *Rows, inspect *inspection) error {
	var cur run
	for {
		if lits != nil && !r.empty {
			if done, err := r.predict(b, lits, p, &at, rows); done || err != nil {
				return err
			}
		}
		kind, err := r.Next()
		switch {
		case err != nil:
			return err
		case kind == EndElement && inspect != nil:
			return inspect.end(p, rows)
		case kind == EndElement:
			return nil
		case kind == CharData:
			if err := r.looseText(b, p, &cur); err != nil {
				return err
			}
			continue
		}
		c := r.claimOf(b, at.next)
		if c == nil {
			if err := r.skipUnknown(); err != nil {
				return err
			}
			continue
		}
		f := &b.elems[c.elem]
		if c.elem < at.high && f.Kind != Choice && f.Kind != Group {
			if r.opts.InOrder && !(c.elem == at.high-1 && f.repeated) {
				if err := r.Skip(); err != nil {
					return err
				}
				continue
			}
			if !f.repeated && at.mayHave(c.elem) {
				f.clear(unsafe.Add(p, f.offset))
			}
		}
		if f.Kind == Choice || f.Kind == Group {
			err = r.readAlternative(f, c, p, &cur)
		} else {
			err = r.readElement(f, p, rows)
		}
		if err != nil {
			return err
		}
		at.pass(c.elem, f.repeated)
		if inspect != nil {
			inspect.had[c.elem] = true
		}
	}
}

// A place is how far the members of a struct were read.
type place struct {
	next int    // the member that is due
	last int    // 1 + the member that was read last
	high int    // behind the last of the members that were read
	seen uint64 // which of the first 64 were read
}

// pass notes that member k was read.
func (at *place) pass(k int, repeated bool) {
	at.next = k + 1
	if repeated {
		at.next = k
	}
	at.last = k + 1
	at.high = max(at.high, k+1)
	at.seen |= 1 << uint(k) // nothing from 64 on
}

// passAll notes what run read. It read on from the last member that was read before, or the one behind it.
func (at *place) passAll(s stretch, repeated bool) {
	at.seen |= (1<<uint(s.last) - 1<<uint(at.next)) &^ s.absent // of those below 64
	at.next, at.last, at.high = s.last, s.last, s.last
	if repeated {
		at.next--
	}
}

// inOrder reports whether no member behind the place was read, and not that which is due, unless it is repeated.
func (at *place) inOrder() bool {
	return at.next >= at.high || at.last == at.high && at.next == at.last-1
}

// mayHave reports whether member k may have been read before. Of those from 64 on only the order tells.
func (at *place) mayHave(k int) bool {
	return k < at.high && (k >= 64 || at.seen>>uint(k)&1 != 0)
}

// readElement reads the element whose start tag was read last into field f of the struct at p.
func (r *Reader) readElement(f *field, p unsafe.Pointer, rows *Rows) error {
	slot := unsafe.Add(p, f.offset)
	null := r.isNil()
	switch {
	case f.Item != "":
		if null {
			return r.expectEmpty()
		}
		return r.readItems(f, slot, rows)
	case f.Flags&List != 0:
		return r.readList(f, slot)
	case f.shape == inSlice:
		if rows != nil && rows.field == f.Field {
			return r.readRow(f, rows, null)
		}
		if r.limits.Items > 0 && (*sliceHeader)(slot).len >= r.limits.Items {
			return r.limitError("Items", int64(r.limits.Items))
		}
		return r.readOne(f, f.item, r.grow(f, slot, len(r.stack)-1, r.offset()), null)
	}
	return r.readOne(f, f.shape, slot, null)
}

// readItems reads the content of an unwrapped array.
func (r *Reader) readItems(f *field, slot unsafe.Pointer, rows *Rows) error {
	if len(r.attrs) > 0 {
		r.skipAttrs()
	}
	if rows != nil && rows.field != f.Field {
		rows = nil
	}
	if rows == nil {
		reflect.NewAt(f.goType, slot).Elem().Set(reflect.MakeSlice(f.goType, 0, 0))
	}
	lits := r.itemLiterals(f)
	for {
		if lits != nil && !r.empty {
			if done, err := r.predictItems(f, lits, slot, rows); done || err != nil {
				return err
			}
		}
		kind, err := r.Next()
		switch {
		case err != nil:
			return err
		case kind == EndElement:
			return nil
		case kind == CharData:
			if !isSpace(r.text) {
				return r.valueError("elements "+f.itemLocal, string(r.text), nil)
			}
			continue
		case (string(r.local) != f.itemLocal || r.space != f.itemSpace) && f.ArrayOf.Local == "":
			err = r.skipUnknown()
		case rows != nil:
			err = r.readRow(f, rows, r.isNil())
		case r.limits.Items > 0 && (*sliceHeader)(slot).len >= r.limits.Items:
			err = r.limitError("Items", int64(r.limits.Items))
		default:
			err = r.readOne(f, f.item, r.grow(f, slot, len(r.stack)-1, r.offset()), r.isNil())
		}
		if err != nil {
			return err
		}
	}
}

// readRow reads one item of the list that goes to rows.
func (r *Reader) readRow(f *field, rows *Rows, null bool) error {
	if err := rows.next(f); err != nil {
		return err
	}
	if err := r.readOne(f, f.item, rows.item, null); err != nil {
		return err
	}
	return rows.hand()
}

// readOne reads an element into the place at slot, which holds it in the given shape.
func (r *Reader) readOne(f *field, s shape, slot unsafe.Pointer, null bool) error {
	if null && f.Kind != AnyElement {
		switch {
		case s == inOpt:
			setState(f, slot, optNil)
		case s == plain && r.opts.NilAsZero:
		case s == plain && f.shape == inSlice:
			return r.valueError("an item with a value; a list that holds nil needs items of type Opt (wsdlgen: nil policy keep)", `xsi:nil="true"`, nil)
		case s == plain && f.Kind != Poly:
			return r.valueError("a value", `xsi:nil="true"`, nil)
		}
		return r.expectEmpty()
	}
	switch s {
	case inOpt:
		if err := r.readValue(f, slot); err != nil {
			return err
		}
		setState(f, slot, optValue)
	case inPointer:
		v := r.slabs.room(f)
		if err := r.readValue(f, v); err != nil {
			return err
		}
		*(*unsafe.Pointer)(slot) = v
	default:
		return r.readValue(f, slot)
	}
	return nil
}

// readValue reads an element into the value at p.
func (r *Reader) readValue(f *field, p unsafe.Pointer) error {
	switch f.Kind {
	case Struct:
		return r.content(f.sub, p, nil)
	case AnyElement:
		raw, err := r.Raw()
		*(*Raw)(p) = raw
		return err
	case Poly:
		return r.readPoly(f, p)
	}
	if len(r.attrs) > 0 {
		r.skipAttrs()
	}
	return r.readScalar(f, p)
}

// readPoly reads an element whose type xsi:type tells.
func (r *Reader) readPoly(f *field, p unsafe.Pointer) error {
	alt, err := r.actualType(f)
	if err != nil {
		return err
	}
	v := reflect.New(alt.goType)
	if alt.typ.Unknown {
		raw, err := r.Raw()
		if err != nil {
			return err
		}
		*(*Raw)(unsafe.Add(v.UnsafePointer(), alt.elems[0].offset)) = raw
	} else if err := r.content(alt, v.UnsafePointer(), nil); err != nil {
		return err
	}
	reflect.NewAt(f.base, p).Elem().Set(v)
	return nil
}

// actualType finds the alternative that xsi:type names; without one it is the declared type.
func (r *Reader) actualType(f *field) (*binding, error) {
	a := r.findAttr(nsXSI, "type")
	if a == nil {
		if f.Flags&Abstract == 0 {
			return f.alts[0], nil
		}
		return nil, r.valueError("xsi:type, since the declared type is abstract", "", nil)
	}
	name, err := r.ResolveQName(string(trimSpace(r.attrValue(a))))
	if err != nil {
		return nil, err
	}
	var unknown *binding
	for _, alt := range f.alts {
		if alt.typ.Unknown {
			unknown = alt
		} else if alt.name == name {
			return alt, nil
		}
	}
	if unknown != nil {
		return unknown, nil
	}
	return nil, r.valueError("a known type in xsi:type", name.String(), nil)
}

// readText reads character data to the end tag into the simple content f of the struct at p.
func (r *Reader) readText(f *field, p unsafe.Pointer) error {
	return r.withText(func(text []byte) error { return r.setField(f, p, text) })
}

// readScalar reads character data to the end tag into the value at p.
func (r *Reader) readScalar(f *field, p unsafe.Pointer) error {
	if text, end, ok := r.plainText(); ok && r.setScalar(f, p, text) == nil {
		r.empty = false
		r.pos = end
		r.pop()
		return nil
	}
	return r.withText(func(text []byte) error { return r.setScalar(f, p, text) })
}

// plainText returns the text of the element whose start tag was read last, and where its end tag ends, if all of it is in
// the window and there is nothing in it that asks for more than a look: what texts mostly are. Nothing is read by that.
func (r *Reader) plainText() (text []byte, end int, ok bool) {
	if r.empty {
		return nil, r.pos, true
	}
	buf, i := r.buf, plainEnd(r.buf, r.pos)
	f := &r.stack[len(r.stack)-1]
	name := r.names[f.name:f.nameEnd]
	end = i + 2 + len(name)
	if end >= r.end || buf[i] != '<' || buf[i+1] != '/' || buf[end] != '>' || string(buf[i+2:end]) != string(name) ||
		exceeds(i-r.pos, r.limits.TextBytes) {
		return nil, 0, false
	}
	return buf[r.pos:i], end + 1, true
}

// withText reads character data to the end tag and hands it to set.
func (r *Reader) withText(set func(text []byte) error) error {
	inner := r.ns
	text, err := r.elementText()
	if err != nil {
		return err
	}
	outer := r.ns
	r.ns = inner // which pop left in place: the value may be a QName
	err = set(text)
	r.ns = outer
	if err != nil {
		return r.closedError(err, text)
	}
	return nil
}

// elementText reads character data to the end tag and returns it joined; it is valid until the next call.
func (r *Reader) elementText() ([]byte, error) {
	r.value = r.value[:0]
	r.at = r.base + int64(r.pos)
	for {
		switch kind, err := r.Next(); {
		case err != nil:
			return nil, err
		case kind == EndElement:
			return r.value, nil
		case kind == StartElement:
			return nil, r.valueError("text", "<"+string(r.local)+">", nil)
		case exceeds(len(r.value)+len(r.text), r.limits.TextBytes):
			return nil, r.limitError("TextBytes", int64(r.limits.TextBytes))
		}
		r.value = append(r.value, r.text...)
	}
}

// closedError makes a ValueError for the text of the element that was just closed; pop left its frame in place.
func (r *Reader) closedError(err error, text []byte) error {
	r.stack = r.stack[:len(r.stack)+1]
	r.start = r.at
	err = r.scalarError(err, text)
	r.stack = r.stack[:len(r.stack)-1]
	return err
}

// scalarError dresses the error of setScalar.
func (r *Reader) scalarError(err error, text []byte) error {
	var want wantError
	if errors.As(err, &want) {
		return r.valueError(string(want), string(text), nil)
	}
	return r.valueError("a value of its type", string(text), err)
}

// readList reads a white-space separated list.
func (r *Reader) readList(f *field, slot unsafe.Pointer) error {
	if len(r.attrs) > 0 {
		r.skipAttrs()
	}
	return r.withText(func(text []byte) error { return r.setList(f, slot, text) })
}

func (r *Reader) setList(f *field, slot unsafe.Pointer, text []byte) error {
	reflect.NewAt(f.goType, slot).Elem().Set(reflect.MakeSlice(f.goType, 0, 0))
	for _, word := range bytes.FieldsFunc(text, func(c rune) bool { return c < 128 && class[c]&space != 0 }) {
		item := r.grow(f, slot, 0, 0)
		if err := r.setScalar(f, item, word); err != nil {
			return err
		}
		if f.item == inOpt {
			setState(f, item, optValue)
		}
	}
	return nil
}

// setField sets a scalar field, an attribute or simple content, of the struct at p.
func (r *Reader) setField(f *field, p unsafe.Pointer, text []byte) error {
	slot := unsafe.Add(p, f.offset)
	if f.Flags&List != 0 {
		return r.setList(f, slot, text)
	}
	switch f.shape {
	case inPointer:
		v := reflect.New(f.base)
		*(*unsafe.Pointer)(slot) = v.UnsafePointer()
		slot = v.UnsafePointer()
	case inOpt:
		setState(f, slot, optValue)
	}
	return r.setScalar(f, slot, text)
}

// readAttrs sets the attributes of the start tag read last.
func (r *Reader) readAttrs(b *binding, p unsafe.Pointer) error {
next:
	for i := range r.attrs {
		a := &r.attrs[i]
		for k := range b.attrs {
			if f := &b.attrs[k]; f.local == string(a.local) && f.space == a.space {
				value := r.attrValue(a)
				if err := r.setField(f, p, value); err != nil {
					return r.scalarError(err, value)
				}
				continue next
			}
		}
		switch {
		case a.space == nsXSI:
		case b.anyAttr != nil:
			list := (*[]RawAttr)(unsafe.Add(p, b.anyAttr.offset))
			*list = append(*list, RawAttr{Name{a.space, r.intern(a.local)}, string(r.attrValue(a))})
		default:
			r.skippedAttr(a)
		}
	}
	return nil
}

// skipAttrs reports the attributes of an element that should have none.
func (r *Reader) skipAttrs() {
	for i := range r.attrs {
		if a := &r.attrs[i]; a.space != nsXSI {
			r.skippedAttr(a)
		}
	}
}

func (r *Reader) skippedAttr(a *attr) {
	if r.opts.Skipped != nil {
		r.opts.Skipped(Skipped{r.Path() + "/@" + string(a.local), Name{a.space, string(a.local)}, r.start})
	}
}

// skipUnknown passes over the element whose start tag was read last, and reports it.
func (r *Reader) skipUnknown() error {
	if r.opts.Skipped != nil {
		r.opts.Skipped(Skipped{r.Path(), r.Name(), r.start})
	}
	return r.Skip()
}

// isNil reports whether the start tag read last has xsi:nil="true".
func (r *Reader) isNil() bool {
	if len(r.attrs) == 0 {
		return false
	}
	a := r.findAttr(nsXSI, "nil")
	if a == nil {
		return false
	}
	v := string(trimSpace(r.attrValue(a)))
	return v == "true" || v == "1"
}

// expectEmpty reads the end tag of an element with xsi:nil, which must be empty.
func (r *Reader) expectEmpty() error {
	for {
		switch kind, err := r.Next(); {
		case err != nil:
			return err
		case kind == EndElement:
			return nil
		case kind == StartElement:
			return r.valueError("no content beside xsi:nil", "<"+string(r.local)+">", nil)
		case !isSpace(r.text):
			return r.valueError("no content beside xsi:nil", strings.ToValidUTF8(string(r.text), "?"), nil)
		}
	}
}

// sliceHeader is how the runtime lays out a slice.
type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

// grow appends a zero item, which starts at the offset at, to the slice at slot and returns where it is. In as many open elements as
// level says stand all of its items, and not only one; 0 stands for none.
func (r *Reader) grow(f *field, slot unsafe.Pointer, level int, at int64) unsafe.Pointer {
	h := (*sliceHeader)(slot)
	last := &r.lists[uintptr(unsafe.Pointer(f))/unsafe.Sizeof(*f)%uintptr(len(r.lists))]
	if h.cap == 0 {
		last.begin(f)
	}
	if last.f == f {
		last.n++
	}
	if h.len == h.cap {
		// Typed memory, with write barriers, zeroed up to cap.
		n := r.likelyItems(h.cap, f.size, level, at)
		if h.cap == 0 {
			n = max(n, last.likely(f.size))
		}
		reflect.NewAt(f.goType, slot).Elem().Grow(n)
	}
	h.len++
	return unsafe.Add(h.data, uintptr(h.len-1)*f.size)
}

// A lastList is how long lists of a field are.
type lastList struct {
	f         *field
	before, n int // items of the last list, and those so far of the one that is being read
}

// begin notes that a list of f begins.
func (l *lastList) begin(f *field) {
	if l.f != f {
		*l = lastList{f: f}
	}
	l.before, l.n = l.n, 0
}

// likely returns for how many items of size bytes there should be room in a list that begins, if that is known: short lists are
// mostly as long as the one before.
func (l *lastList) likely(size uintptr) int {
	const short = 2048 // bytes
	if uintptr(l.before)*size > short {
		return 0
	}
	return l.before
}

// likelyItems returns for how many more items of size bytes there should be room in the list that is being read, n having
// been read. Where nothing is known of the length of the document it is as many again, so that each item is copied once in
// all. Else it is as many as the rest has, if they go on like this. But the length may be a lie, and the first items tiny: it
// is no more than three times as many as there are, or as fit into the bytes that are left, or into 32 times as many as were
// read. A new list has room for a few items if they are small.
func (r *Reader) likelyItems(n int, size uintptr, level int, at int64) int {
	const sample, faith, few, small = 16, 32, 4, 256
	if n == 0 {
		return int(min(max(small/max(size, 1), 1), few))
	}
	if n < sample || level == 0 {
		return n
	}
	read, left := at-r.stack[level-1].start, r.size-at
	if left <= 0 || read <= 0 {
		return n
	}
	likely := int64(float64(n) * float64(left) / float64(read))
	most := max(int64(3*n), min(left, faith*read)/int64(max(size, 1)))
	return int(min(max(likely+likely/32, int64(n/8))+1, most))
}

// clear makes the value at slot zero.
func (f *field) clear(slot unsafe.Pointer) { reflect.NewAt(f.goType, slot).Elem().SetZero() }

func setState(f *field, slot unsafe.Pointer, s optState) {
	*(*optState)(unsafe.Add(slot, f.state)) = s
}
