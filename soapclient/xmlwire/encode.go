package xmlwire

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"sync"
	"unsafe"
)

// AppendElement appends m to dst as an element of the given name. The element declares every namespace that it uses, so
// it may stand anywhere in a document: as a default namespace where all its children are in it, with prefixes ns1, ns2 …
// otherwise.
//
// The error is a *ValueError that says which member could not be written: a required one that is absent, two branches
// of a choice, text that XML cannot carry. dst then holds a part of the element.
func AppendElement(dst []byte, name Name, m Message, opts WriteOptions) ([]byte, error) {
	v := reflect.ValueOf(m)
	if v.IsNil() {
		return dst, errors.New("xmlwire: encoding a nil message")
	}
	b := bindingOf(m)
	if opts.Validate {
		if err := Validate(m); err != nil {
			return dst, err
		}
	}
	e := newEncoder(dst, opts)
	err := e.root(name, b, v.UnsafePointer())
	if err != nil {
		err = within(err, name.Local)
	}
	return e.done(), err
}

// An encoder appends elements to buf.
type encoder struct {
	buf  []byte
	opts WriteOptions
	def  string   // the default namespace in scope
	ns   []nsDecl // the prefixes in scope
	xsi  bool     // the prefix xsi is one of them
	seq  int      // of generated prefixes
	// content says that the outermost elements are written one by one: each takes the default namespace.
	content bool
	doubles doubleWriter
}

// encoders are kept for what they hold: writing into a buffer that has room allocates nothing.
var encoders = sync.Pool{New: func() any { return new(encoder) }}

func newEncoder(dst []byte, opts WriteOptions) *encoder {
	e := encoders.Get().(*encoder)
	*e = encoder{buf: dst, opts: opts, ns: e.ns[:0], doubles: e.doubles}
	return e
}

// done returns the buffer and gives e back.
func (e *encoder) done() []byte {
	buf := e.buf
	e.buf = nil
	encoders.Put(e)
	return buf
}

// A mark is what closing an element restores.
type mark struct {
	def    string
	ns     int
	prefix string
	empty  int // len(buf) behind the start tag
}

// within puts an element's name before the path of an error from below.
func within(err error, name string) error {
	if ve, ok := err.(*ValueError); ok {
		ve.Path = "/" + name + ve.Path
		return ve
	}
	return &ValueError{Path: "/" + name, Offset: -1, Want: "a value that XML can carry", Err: err}
}

func withinItem(err error, name string, index int) error {
	if index > 0 {
		name += "[" + strconv.Itoa(index+1) + "]"
	}
	return within(err, name)
}

func missing(want string) error { return &ValueError{Offset: -1, Want: want, Got: "nothing"} }

// root writes the outermost element of a message. It takes the default namespace, unless children in no namespace would
// then have to undo it.
func (e *encoder) root(name Name, b *binding, p unsafe.Pointer) error {
	m := e.mark()
	e.buf = append(e.buf, '<')
	switch {
	case name.Space == "":
	case b.hasUnqualified():
		m.prefix = e.nextPrefix(name.Space)
		e.buf = append(append(e.buf, m.prefix...), ':')
	default:
		e.def = name.Space
	}
	e.buf = append(e.buf, name.Local...)
	switch {
	case m.prefix != "":
		e.declare(m.prefix, name.Space)
	case e.def != "":
		e.buf = e.appendDecl(e.buf, "", e.def)
	}
	if b.xsi {
		e.xsi = true
		e.ns = append(e.ns, nsDecl{"xsi", nsXSI})
		e.declare("xsi", nsXSI)
	}
	if e.opts.Encoding != Literal {
		e.encodingStyle(b)
	}
	return e.body(m, name.Local, b, p)
}

func (b *binding) hasUnqualified() bool {
	for i := range b.elems {
		if f := &b.elems[i]; f.space == "" && f.named() {
			return true
		}
	}
	return false
}

func (e *encoder) mark() mark { return mark{def: e.def, ns: len(e.ns)} }

// open writes "<p:local" with the declaration that it needs; the tag is still open.
func (e *encoder) open(space, local string) mark {
	m := e.mark()
	e.buf = append(e.buf, '<')
	if space != e.def && e.content && e.def == "" && len(e.ns) == 0 {
		e.def = space
		e.buf = append(e.buf, local...)
		e.declare("", space)
		return m
	}
	if space == e.def {
		e.buf = append(e.buf, local...)
		return m
	}
	if space == "" {
		e.def = ""
		e.buf = append(append(e.buf, local...), ` xmlns=""`...)
		return m
	}
	prefix, known := e.prefix(space)
	m.prefix = prefix
	e.buf = append(append(e.buf, prefix...), ':')
	e.buf = append(e.buf, local...)
	if !known {
		e.declare(prefix, space)
	}
	return m
}

// prefix returns a prefix for space: one in scope, or a new one that is to be declared.
func (e *encoder) prefix(space string) (prefix string, known bool) {
	if space == nsXML {
		return "xml", true
	}
	for i := len(e.ns) - 1; i >= 0; i-- {
		if e.ns[i].space == space {
			return e.ns[i].prefix, true
		}
	}
	return e.nextPrefix(space), false
}

func (e *encoder) nextPrefix(space string) string {
	e.seq++
	prefix := "ns" + strconv.Itoa(e.seq)
	e.ns = append(e.ns, nsDecl{prefix, space})
	return prefix
}

// declare writes a namespace declaration into the open tag.
func (e *encoder) declare(prefix, space string) { e.buf = e.appendDecl(e.buf, prefix, space) }

func (e *encoder) appendDecl(b []byte, prefix, space string) []byte {
	b = append(b, " xmlns"...)
	if prefix != "" {
		b = append(append(b, ':'), prefix...)
	}
	b = append(b, '=', '"')
	b, _ = AppendAttrValue(b, space) // namespaces of tables are constants; one that XML cannot carry fails every test
	return append(b, '"')
}

// inTag returns a prefix for space, declared in the open tag where it was not known.
func (e *encoder) inTag(space string) string {
	prefix, known := e.prefix(space)
	if !known {
		e.declare(prefix, space)
	}
	return prefix
}

// endTag ends the start tag.
func (e *encoder) endTag(m *mark) {
	e.buf = append(e.buf, '>')
	m.empty = len(e.buf)
}

// close writes the end tag, or makes the start tag an empty-element tag if nothing was written behind it.
func (e *encoder) close(m mark, local string) {
	if len(e.buf) == m.empty {
		e.buf = append(e.buf[:m.empty-1], '/', '>')
	} else {
		e.buf = append(e.buf, '<', '/')
		if m.prefix != "" {
			e.buf = append(append(e.buf, m.prefix...), ':')
		}
		e.buf = append(append(e.buf, local...), '>')
	}
	e.def = m.def
	e.ns = e.ns[:m.ns]
}

// body writes attributes, content and end tag of a struct whose start tag is open.
func (e *encoder) body(m mark, local string, b *binding, p unsafe.Pointer) error {
	for i := range b.attrs {
		if err := e.attr(&b.attrs[i], p); err != nil {
			return within(err, "@"+b.attrs[i].local)
		}
	}
	if b.anyAttr != nil {
		if err := e.anyAttrs(*(*[]RawAttr)(unsafe.Add(p, b.anyAttr.offset))); err != nil {
			return err
		}
	}
	e.hoist(b, p)
	if b.text != nil {
		if err := e.textContent(b, p, &m); err != nil {
			return err
		}
		e.close(m, local)
		return nil
	}
	e.endTag(&m)
	if err := e.members(b, p); err != nil {
		return err
	}
	e.close(m, local)
	return nil
}

// hoist declares, on the element around them, the namespaces of repeated children that are in another one, so that
// they need not declare it each.
func (e *encoder) hoist(b *binding, p unsafe.Pointer) {
	for _, f := range b.hoisted {
		if f.space != e.def && (*sliceHeader)(unsafe.Add(p, f.offset)).len >= 2 {
			e.inTag(f.space)
		}
	}
}

// textContent ends the start tag and writes simple content. A QName may need a declaration in the tag.
func (e *encoder) textContent(b *binding, p unsafe.Pointer, m *mark) error {
	f := b.text
	slot, ok := f.value(p)
	if !ok {
		e.endTag(m)
		return nil
	}
	text, err := e.scalarText(f, slot)
	if err != nil {
		return err
	}
	e.endTag(m)
	e.buf = append(e.buf, text...)
	m.empty = -1
	return nil
}

// scalarText returns the escaped text of a scalar, or list of scalars, that is to stand behind an open tag; the tag gets
// the declarations that the text needs.
func (e *encoder) scalarText(f *field, slot unsafe.Pointer) ([]byte, error) {
	if f.Kind == QName {
		name := *(*Name)(slot)
		s, err := e.qname(name)
		return []byte(s), err
	}
	if f.Flags&List != 0 {
		return e.list(nil, f, slot, false)
	}
	return appendScalar(nil, f, slot, false)
}

// qname returns the text of a QName and declares its prefix in the open tag.
func (e *encoder) qname(name Name) (string, error) {
	if !isNCName(name.Local) {
		return "", fmt.Errorf("%q is no local name", name.Local)
	}
	switch {
	case name.Space == e.def:
		return name.Local, nil
	case name.Space == "":
		return "", errors.New("a QName in no namespace cannot be written where a default namespace is in scope")
	}
	return e.inTag(name.Space) + ":" + name.Local, nil
}

// attr writes an attribute into the open tag.
func (e *encoder) attr(f *field, p unsafe.Pointer) error {
	slot, ok := f.value(p)
	if !ok {
		if f.Flags&Required != 0 {
			return missing("a value, the attribute being required")
		}
		return nil
	}
	var text []byte
	var err error
	switch {
	case f.Kind == QName:
		var s string
		s, err = e.qname(*(*Name)(slot))
		text = []byte(s)
	case f.Flags&List != 0:
		text, err = e.list(nil, f, slot, true)
	default:
		text, err = appendScalar(nil, f, slot, true)
	}
	if err != nil {
		return err
	}
	prefix := ""
	if f.space != "" {
		prefix = e.inTag(f.space) + ":"
	}
	e.buf = append(append(append(e.buf, ' '), prefix...), f.local...)
	e.buf = append(append(append(e.buf, '=', '"'), text...), '"')
	return nil
}

func (e *encoder) anyAttrs(list []RawAttr) error {
	for _, a := range list {
		if !isNCName(a.Name.Local) || a.Name.Local == "xmlns" {
			return within(fmt.Errorf("%q cannot be the name of an attribute", a.Name.Local), "@"+a.Name.Local)
		}
		prefix := ""
		if a.Name.Space != "" {
			prefix = e.inTag(a.Name.Space) + ":"
		}
		e.buf = append(append(append(e.buf, ' '), prefix...), a.Name.Local...)
		e.buf = append(e.buf, '=', '"')
		var err error
		if e.buf, err = AppendAttrValue(e.buf, a.Value); err != nil {
			return within(err, "@"+a.Name.Local)
		}
		e.buf = append(e.buf, '"')
	}
	return nil
}

// members writes the children of the struct at p.
func (e *encoder) members(b *binding, p unsafe.Pointer) error {
	for i := range b.choices {
		if err := b.checkChoice(&b.choices[i], p); err != nil {
			return err
		}
	}
	plainTags := b.uniform && b.space == e.def && e.opts.Encoding == Literal
	for i := 0; i < len(b.elems); i++ {
		var err error
		if plainTags && b.texts[i].plain {
			if i, err = e.plainMembers(b.texts, i, p); err != nil || i == len(b.elems) {
				return err
			}
		}
		f := &b.elems[i]
		switch {
		case f.Kind == Choice || f.Kind == Group:
			err = e.alternatives(f, unsafe.Add(p, f.offset))
		case f.Item != "":
			err = e.array(f, unsafe.Add(p, f.offset))
		case f.Flags&List != 0:
			err = e.listElement(f, unsafe.Add(p, f.offset))
		case f.shape == inSlice:
			err = e.repeated(f, unsafe.Add(p, f.offset))
		default:
			err = e.member(f, unsafe.Add(p, f.offset))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkChoice makes sure that members of at most one branch are set, and of one if the choice is required.
func (b *binding) checkChoice(c *choice, p unsafe.Pointer) error {
	first := -1
	for _, i := range c.members {
		f := &b.elems[i]
		if !f.isSet(p) {
			continue
		}
		if first < 0 {
			first = i
			continue
		}
		if g := &b.elems[first]; f.Branch == 0 || f.Branch != g.Branch {
			return &ValueError{Path: "/" + f.local, Offset: -1, Want: "only one branch of the choice", Got: g.Field + " and " + f.Field}
		}
	}
	if first < 0 && c.required {
		names := ""
		for n, i := range c.members {
			if n > 0 {
				names += ", "
			}
			names += b.elems[i].Field
		}
		return missing("one of " + names)
	}
	return nil
}

// isSet reports whether the field of the struct at p would be written.
func (f *field) isSet(p unsafe.Pointer) bool {
	slot := unsafe.Add(p, f.offset)
	switch f.shape {
	case inSlice:
		return (*sliceHeader)(slot).data != nil && (f.Item != "" || f.Flags&List != 0 || (*sliceHeader)(slot).len > 0)
	case inOpt:
		return *(*optState)(unsafe.Add(slot, f.state)) != optAbsent
	case inPointer:
		return *(*unsafe.Pointer)(slot) != nil
	}
	switch f.Kind {
	case Poly, Choice:
		return !reflect.NewAt(f.base, slot).Elem().IsNil()
	case AnyElement:
		return *(*Raw)(slot) != ""
	}
	return true
}

// value returns where the value of a scalar field of the struct at p is, and whether there is one.
func (f *field) value(p unsafe.Pointer) (unsafe.Pointer, bool) {
	slot := unsafe.Add(p, f.offset)
	if f.Flags&List != 0 {
		return slot, (*sliceHeader)(slot).data != nil
	}
	return valueIn(f, f.shape, slot)
}

func valueIn(f *field, s shape, slot unsafe.Pointer) (unsafe.Pointer, bool) {
	switch s {
	case inOpt:
		return slot, *(*optState)(unsafe.Add(slot, f.state)) == optValue
	case inPointer:
		p := *(*unsafe.Pointer)(slot)
		return p, p != nil
	}
	return slot, true
}

// member writes an element that occurs at most once.
func (e *encoder) member(f *field, slot unsafe.Pointer) error {
	p, ok := valueIn(f, f.shape, slot)
	if ok && f.shape == plain {
		switch f.Kind {
		case Poly:
			ok = !reflect.NewAt(f.base, slot).Elem().IsNil()
		case AnyElement:
			ok = *(*Raw)(slot) != ""
		}
	}
	if ok {
		if err := e.element(f, f.space, f.local, p); err != nil {
			return within(err, f.local)
		}
		return nil
	}
	null := f.shape == inOpt && *(*optState)(unsafe.Add(slot, f.state)) == optNil
	return e.absent(f, null)
}

// absent writes what stands for a member without a value: nothing, or xsi:nil.
func (e *encoder) absent(f *field, null bool) error {
	nillable := f.Flags&Nillable != 0
	required := f.Flags&Required != 0 && f.Member.Choice == 0
	switch {
	case null || nillable && (required || e.opts.AbsentAsNil && f.Member.Choice == 0):
		e.nilElement(f.space, f.local)
	case required:
		return within(missing("a value, the member being required"), f.local)
	}
	return nil
}

// nilElement writes an empty element with xsi:nil="true".
func (e *encoder) nilElement(space, local string) {
	m := e.open(space, local)
	e.buf = append(e.buf, ' ')
	e.buf = append(e.buf, e.inTagAhead(nsXSI)...)
	e.buf = append(e.buf, `:nil="true"/>`...)
	e.def, e.ns = m.def, e.ns[:m.ns]
}

// inTagAhead is inTag for a name that was begun: the declaration, if one is due, comes with it.
func (e *encoder) inTagAhead(space string) string {
	prefix, known := e.prefix(space)
	if !known {
		e.buf = e.appendDecl(e.buf[:len(e.buf)-1], prefix, space)
		e.buf = append(e.buf, ' ')
	}
	return prefix
}

// element writes one element with the value at p.
func (e *encoder) element(f *field, space, local string, p unsafe.Pointer) error {
	switch f.Kind {
	case Struct:
		m := e.open(space, local)
		if e.opts.Encoding != Literal {
			e.structType(f.sub, p)
		}
		return e.body(m, local, f.sub, p)
	case Poly:
		return e.poly(f, space, local, p)
	case AnyElement:
		return e.raw(*(*Raw)(p))
	case QName:
		m := e.open(space, local)
		e.scalarType(f)
		text, err := e.scalarText(f, p)
		if err != nil {
			return err
		}
		e.endTag(&m)
		e.buf = append(e.buf, text...)
		e.close(m, local)
		return nil
	}
	m := e.open(space, local)
	e.scalarType(f)
	e.buf = append(e.buf, '>')
	var err error
	if e.buf, err = appendScalar(e.buf, f, p, false); err != nil {
		return err
	}
	e.close(m, local)
	return nil
}

// raw writes an element that is kept as bytes. It declares what it needs itself.
func (e *encoder) raw(raw Raw) error {
	if err := raw.check(); err != nil {
		return err
	}
	e.buf = append(e.buf, raw...)
	return nil
}

// poly writes an element whose actual type xsi:type tells.
func (e *encoder) poly(f *field, space, local string, p unsafe.Pointer) error {
	alt, value, err := f.alternative(p)
	if err != nil {
		return err
	}
	if alt.typ.Unknown {
		return e.raw(*(*Raw)(unsafe.Add(value, alt.elems[0].offset)))
	}
	m := e.open(space, local)
	if e.opts.Encoding != Literal {
		e.structType(alt, value)
	} else if alt != f.alts[0] || f.Flags&Abstract != 0 {
		typ := alt.name.Local
		if alt.name.Space != e.def {
			if alt.name.Space == "" {
				return errors.New("a type in no namespace cannot be named where a default namespace is in scope")
			}
			typ = e.inTag(alt.name.Space) + ":" + typ
		}
		xsi := e.inTag(nsXSI)
		e.buf = append(append(append(e.buf, ' '), xsi...), `:type="`...)
		e.buf = append(append(e.buf, typ...), '"')
	}
	return e.body(m, local, alt, value)
}

// alternative returns which of the alternatives of f the interface at p holds, and where.
func (f *field) alternative(p unsafe.Pointer) (*binding, unsafe.Pointer, error) {
	v := reflect.NewAt(f.base, p).Elem()
	if v.IsNil() {
		return nil, nil, errors.New("the interface is nil")
	}
	v = v.Elem()
	for _, alt := range f.alts {
		if v.Kind() == reflect.Pointer && v.Type().Elem() == alt.goType {
			if v.IsNil() {
				return nil, nil, fmt.Errorf("the interface holds a nil %v", v.Type())
			}
			return alt, v.UnsafePointer(), nil
		}
	}
	return nil, nil, fmt.Errorf("%v is none of the alternatives", v.Type())
}

// alternatives writes a Choice or Group: its values without an element around them.
func (e *encoder) alternatives(f *field, slot unsafe.Pointer) error {
	if f.shape != inSlice {
		return e.alternativeAt(f, f.shape, slot)
	}
	h := (*sliceHeader)(slot)
	if h.len == 0 && f.Flags&Required != 0 {
		return within(missing("at least one item"), f.Field)
	}
	for i := range h.len {
		if err := e.alternativeAt(f, f.item, unsafe.Add(h.data, uintptr(i)*f.size)); err != nil {
			return withinItem(err, f.Field, i)
		}
	}
	return nil
}

func (e *encoder) alternativeAt(f *field, s shape, slot unsafe.Pointer) error {
	p, ok := valueIn(f, s, slot)
	if !ok {
		return nil
	}
	if f.Kind == Group {
		return e.members(f.sub, p)
	}
	if f.shape != inSlice && reflect.NewAt(f.base, p).Elem().IsNil() {
		if f.Flags&Required != 0 {
			return within(missing("a value, the choice being required"), f.Field)
		}
		return nil
	}
	alt, value, err := f.alternative(p)
	if err != nil {
		return err
	}
	if alt.text != nil {
		e.buf, err = AppendText(e.buf, *(*string)(unsafe.Add(value, alt.text.offset)))
		return err
	}
	return e.members(alt, value)
}

// array writes an unwrapped array.
func (e *encoder) array(f *field, slot unsafe.Pointer) error {
	h := (*sliceHeader)(slot)
	nillable := f.Flags&Nillable != 0
	if h.data == nil && (f.Flags&Required == 0 || nillable || f.Member.Choice != 0) {
		return e.absent(f, false)
	}
	m := e.open(f.space, f.local)
	if e.opts.Encoding != Literal && f.ArrayOf.Local != "" {
		e.arrayType(f.ArrayOf, h.len)
	}
	if h.len > 0 && f.itemSpace != e.def && f.itemSpace != "" {
		e.inTag(f.itemSpace)
	}
	e.endTag(&m)
	if err := e.items(f, f.itemSpace, f.itemLocal, f.Flags&ItemNillable != 0, h); err != nil {
		return within(err, f.local)
	}
	e.close(m, f.local)
	return nil
}

// repeated writes a member that may occur many times.
func (e *encoder) repeated(f *field, slot unsafe.Pointer) error {
	h := (*sliceHeader)(slot)
	if f.Kind != AnyElement || f.Name != "" {
		return e.items(f, f.space, f.local, f.Flags&Nillable != 0, h)
	}
	for i := range h.len {
		p, ok := valueIn(f, f.item, unsafe.Add(h.data, uintptr(i)*f.size))
		if !ok || *(*Raw)(p) == "" {
			continue
		}
		if err := e.raw(*(*Raw)(p)); err != nil {
			return withinItem(err, f.Field, i)
		}
	}
	return nil
}

func (e *encoder) items(f *field, space, local string, nillable bool, h *sliceHeader) error {
	for i := range h.len {
		slot := unsafe.Add(h.data, uintptr(i)*f.size)
		p, ok := valueIn(f, f.item, slot)
		if ok && f.item == plain && f.Kind == Poly && reflect.NewAt(f.base, p).Elem().IsNil() {
			ok = false
		}
		switch {
		case ok:
			if err := e.element(f, space, local, p); err != nil {
				return withinItem(err, local, i)
			}
		case nillable || f.item == inOpt && *(*optState)(unsafe.Add(slot, f.state)) == optNil:
			e.nilElement(space, local)
		default:
			return withinItem(missing("an item with a value"), local, i)
		}
	}
	return nil
}

// listElement writes an element that holds a white-space separated list.
func (e *encoder) listElement(f *field, slot unsafe.Pointer) error {
	if (*sliceHeader)(slot).data == nil {
		return e.absent(f, false)
	}
	m := e.open(f.space, f.local)
	e.endTag(&m)
	var err error
	if e.buf, err = e.list(e.buf, f, slot, false); err != nil {
		return within(err, f.local)
	}
	e.close(m, f.local)
	return nil
}

func (e *encoder) list(dst []byte, f *field, slot unsafe.Pointer, attr bool) ([]byte, error) {
	h := (*sliceHeader)(slot)
	for i := range h.len {
		p, ok := valueIn(f, f.item, unsafe.Add(h.data, uintptr(i)*f.size))
		if !ok {
			return dst, missing("a value in each place of the list")
		}
		if i > 0 {
			dst = append(dst, ' ')
		}
		from := len(dst)
		var err error
		if dst, err = appendScalar(dst, f, p, attr); err != nil {
			return dst, err
		}
		if len(dst) == from || !noSpace(dst[from:]) {
			return dst, fmt.Errorf("%q cannot be an item of a list: it is empty or holds white space", dst[from:])
		}
	}
	return dst, nil
}

func noSpace(b []byte) bool {
	for _, c := range b {
		if class[c]&space != 0 {
			return false
		}
	}
	return true
}
