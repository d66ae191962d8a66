package xmlwire

import (
	"strconv"
	"unsafe"
)

// A memberText is what is written of a member whatever its value, where its tags need neither prefix nor declaration.
type memberText struct {
	plain             bool // it can be written by scalarMember
	opt               bool
	kind              Kind
	offset            uintptr
	state             uintptr // of an Opt, from the start of the struct
	open, close, null string
	yes, no           string // the whole element, for a boolean
	f                 *field
}

func makeTexts(elems []field) []memberText {
	texts := make([]memberText, len(elems))
	for i := range elems {
		f := &elems[i]
		t := &texts[i]
		t.plain = f.Item == "" && f.shape != inSlice && f.Kind > Struct && f.Kind < QName
		t.f, t.kind, t.opt, t.offset, t.state = f, f.Kind, f.shape == inOpt, f.offset, f.offset+f.state
		t.open, t.close, t.null = "<"+f.local+">", "</"+f.local+">", "<"+f.local+` xsi:nil="true"/>`
		if f.Kind == Bool {
			t.yes, t.no = t.open+"true"+t.close, t.open+"false"+t.close
		}
	}
	return texts
}

// scalarMember does what member does for a plain scalar of the struct at p.
func (e *encoder) scalarMember(t *memberText, p unsafe.Pointer) (err error) {
	f := t.f
	slot, ok := valueIn(f, f.shape, unsafe.Add(p, t.offset))
	if !ok {
		null := t.opt && *(*optState)(unsafe.Add(p, t.state)) == optNil
		if null && e.xsi {
			e.buf = append(e.buf, t.null...)
			return nil
		}
		return e.absent(f, null)
	}
	if t.kind == Bool {
		text := t.no
		if *(*bool)(slot) {
			text = t.yes
		}
		e.buf = append(e.buf, text...)
		return nil
	}
	buf := append(e.buf, t.open...)
	switch t.kind {
	case Int32:
		buf = strconv.AppendInt(buf, int64(*(*int32)(slot)), 10)
	case Float64:
		buf = appendFloat(buf, *(*float64)(slot), 64)
	default:
		if buf, err = appendScalar(buf, f, slot, false); err != nil {
			e.buf = buf
			return within(err, f.local)
		}
	}
	e.buf = append(buf, t.close...)
	return nil
}
