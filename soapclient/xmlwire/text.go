package xmlwire

import (
	"slices"
	"strconv"
	"unsafe"
)

// A memberText is what is written of a member whatever its value, where its tags need neither prefix nor declaration.
type memberText struct {
	plain       bool // it can be written by plainMembers
	opt         bool
	kind        Kind
	offset      uintptr
	state       uintptr // of an Opt, from the start of the struct
	open, close fixedText
	null        fixedText
	bools       *[2]fixedText // the whole element if it is false and if it is true; for a boolean alone
	f           *field
}

// A fixedText is text that is copied in one go of a fixed length, which takes no call: what is too much is written over by
// what comes next.
type fixedText struct {
	text string
	wide [fixedRoom]byte
}

const (
	// fixedRoom is how long a text may be to be copied so; longer ones are appended.
	fixedRoom = 48
	// memberRoom is what the buffer must have room for before a member is written: two such texts and a number.
	memberRoom = 2*fixedRoom + 32
)

func makeFixed(text string) fixedText {
	t := fixedText{text: text}
	copy(t.wide[:], text)
	return t
}

// put appends the text to buf, which has room for it.
func (t *fixedText) put(buf []byte) []byte {
	n := len(buf)
	if len(t.text) > fixedRoom {
		return withRoom(append(buf, t.text...), memberRoom)
	}
	*(*[fixedRoom]byte)(buf[n : n+fixedRoom]) = t.wide
	return buf[:n+len(t.text)]
}

func makeTexts(elems []field) []memberText {
	texts := make([]memberText, len(elems))
	for i := range elems {
		f := &elems[i]
		t := &texts[i]
		t.plain = f.Item == "" && f.shape != inSlice && f.Kind > Struct && f.Kind < QName
		t.f, t.kind, t.opt, t.offset, t.state = f, f.Kind, f.shape == inOpt, f.offset, f.offset+f.state
		t.open, t.close = makeFixed("<"+f.local+">"), makeFixed("</"+f.local+">")
		t.null = makeFixed("<" + f.local + ` xsi:nil="true"/>`)
		if f.Kind == Bool {
			t.bools = &[2]fixedText{makeFixed(t.open.text + "false" + t.close.text), makeFixed(t.open.text + "true" + t.close.text)}
		}
	}
	return texts
}

// linkTexts finds the members of b that are structs and can be written by plainMembers. It comes when all are bound.
func (b *binding) linkTexts() {
	for i := range b.texts {
		if t := &b.texts[i]; t.kind == Struct && t.f.shape != inSlice {
			t.plain = t.f.sub.bare()
		}
	}
}

// bare reports whether there is nothing in the start tag of b beside its name.
func (b *binding) bare() bool {
	return len(b.attrs) == 0 && b.anyAttr == nil && b.text == nil && len(b.hoisted) == 0
}

// plainMembers does what member does for the plain members of the struct at p from the i-th on, as far as there is one after
// the other. It returns which member is next.
func (e *encoder) plainMembers(texts []memberText, i int, p unsafe.Pointer) (next int, err error) {
	buf := e.buf
	for ; i < len(texts) && texts[i].plain; i++ {
		if cap(buf)-len(buf) < memberRoom {
			buf = withRoom(buf, memberRoom)
		}
		t := &texts[i]
		slot := unsafe.Add(p, t.offset)
		state := optValue
		switch {
		case t.opt:
			state = *(*optState)(unsafe.Add(p, t.state))
		case t.f.shape == inPointer:
			if slot = *(*unsafe.Pointer)(slot); slot == nil {
				state = optAbsent
			}
		}
		if state != optValue {
			if state == optNil && e.xsi {
				buf = t.null.put(buf)
				continue
			}
			e.buf = buf
			if err := e.absent(t.f, state == optNil); err != nil {
				return i, err
			}
			buf = e.buf
			continue
		}
		if t.kind == Bool {
			buf = t.bools[*(*uint8)(slot)&1].put(buf)
			continue
		}
		buf = t.open.put(buf)
		switch t.kind {
		case Int32:
			buf = strconv.AppendInt(buf, int64(*(*int32)(slot)), 10)
		case Float64:
			buf = e.doubles.append(buf, *(*float64)(slot))
		case Struct:
			e.buf = buf
			if err := e.members(t.f.sub, slot); err != nil {
				return i, within(err, t.f.local)
			}
			if len(e.buf) == len(buf) {
				buf = append(buf[:len(buf)-1], '/', '>')
				continue
			}
			buf = withRoom(e.buf, memberRoom)
		default:
			if buf, err = appendScalar(buf, t.f, slot, false); err != nil {
				e.buf = buf
				return i, within(err, t.f.local)
			}
			if cap(buf)-len(buf) < memberRoom {
				buf = withRoom(buf, memberRoom)
			}
		}
		buf = t.close.put(buf)
	}
	e.buf = buf
	return i, nil
}

// withRoom returns buf with room for n bytes more.
func withRoom(buf []byte, n int) []byte { return slices.Grow(buf, n) }
