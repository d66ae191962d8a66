package xmlwire

import (
	"fmt"
	"reflect"
	"unsafe"
)

// A claim says where an element belongs: to the member elem, or, where that is a Choice or Group, to the place pos of its
// alternative alt. Where the member at that place is a Choice or Group again, inner goes on from there.
type claim struct {
	elem, alt, pos int
	inner          *claim
}

// maxNesting bounds how deep alternatives lie in alternatives: schemas that a person wrote have three levels at most, and a
// group that holds itself has none.
const maxNesting = 16

// index finds out where each element belongs. Of two members that claim one name the first gets it: schemas that repeat a
// name in one type say the same of both.
func (b *binding) index() error {
	b.byName = make(map[Name]*claim)
	for i := range b.elems {
		b.elems[i].own = &claim{elem: i}
		err := b.elems[i].claims(maxNesting, func(e *field, c claim) {
			c.elem = i
			name := Name{e.space, e.local}
			switch {
			case !e.named() && b.any == nil:
				b.any = &c
			case e.named() && b.byName[name] == nil:
				b.byName[name] = &c
			case e.named():
				b.shared = b.shared || !b.elems[i].named() || !b.elems[b.byName[name].elem].named()
			}
		})
		if err != nil {
			return fmt.Errorf("member %q: %w", b.elems[i].Field, err)
		}
		for _, alt := range b.elems[i].alts {
			if b.elems[i].Kind == Choice && alt.text != nil {
				b.mixed = i
			}
		}
	}
	return nil
}

// claims yields each element that f takes with the way to it from f, whose elem is for the caller to set.
func (f *field) claims(depth int, yield func(*field, claim)) error {
	if f.Kind != Choice && f.Kind != Group {
		yield(f, claim{})
		return nil
	}
	if depth == 0 {
		return fmt.Errorf("choices and groups lie in one another more than %d deep", maxNesting)
	}
	for a, alt := range f.alts {
		for p := range alt.elems {
			e := &alt.elems[p]
			nested := e.Kind == Choice || e.Kind == Group
			err := e.claims(depth-1, func(to *field, c claim) {
				if nested {
					yield(to, claim{alt: a, pos: p, inner: &c})
				} else {
					yield(to, claim{alt: a, pos: p})
				}
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// claimOf finds the member that the element whose start tag was read last belongs to: of several the one that is due
// first. It returns nil for an element that no member takes.
func (r *Reader) claimOf(b *binding, next int) *claim {
	for i := next; i < len(b.elems) && i < next+2; i++ {
		f := &b.elems[i]
		if f.local == string(r.local) && f.space == r.space && f.named() {
			return f.own
		}
	}
	if b.uniform && r.space == b.space {
		if i := b.names.lookup(r.local); i >= 0 {
			return b.elems[i].own
		}
		if b.alike {
			return nil
		}
	}
	if c := b.byName[Name{r.space, string(r.local)}]; c != nil {
		return c
	}
	return b.any
}

// A run is the alternative of a Choice or Group that elements are being read into.
type run struct {
	elem, alt, pos int
	value          unsafe.Pointer
	inner          *run // at pos, where that is a Choice or Group
}

// takes reports whether the alternative that elements were last read into can take another one, for c, as a content
// model would have it: at a later place, or at the same place if that repeats.
func (cur *run) takes(f *field, c *claim) bool {
	if cur.value == nil || cur.elem != c.elem || cur.alt != c.alt || c.pos < cur.pos {
		return false
	}
	e := &f.alts[c.alt].elems[c.pos]
	switch {
	case c.pos > cur.pos, e.shape == inSlice && e.Item == "":
		return true
	case c.inner != nil && cur.inner != nil:
		return cur.inner.takes(e, c.inner)
	}
	return false
}

// readAlternative reads the element whose start tag was read last into an alternative of a Choice or Group of the struct
// at p: the one that elements were last read into, if it can take another, or a new one.
func (r *Reader) readAlternative(f *field, c *claim, p unsafe.Pointer, cur *run) error {
	alt := f.alts[c.alt]
	if !cur.takes(f, c) {
		*cur = run{elem: c.elem, alt: c.alt, pos: c.pos, value: r.newAlternative(f, alt, p)}
	}
	if c.pos != cur.pos {
		cur.pos, cur.inner = c.pos, nil
	}
	e := &alt.elems[c.pos]
	if c.inner == nil {
		return r.readElement(e, cur.value, nil)
	}
	if cur.inner == nil {
		cur.inner = new(run)
	}
	return r.readAlternative(e, c.inner, cur.value, cur.inner)
}

// newAlternative makes a value of alt, puts it into the field of the struct at p, and returns where it is.
func (r *Reader) newAlternative(f *field, alt *binding, p unsafe.Pointer) unsafe.Pointer {
	slot := unsafe.Add(p, f.offset)
	s := f.shape
	if s == inSlice {
		s, slot = f.item, r.grow(f, slot, len(r.stack)-1, r.offset())
	}
	switch {
	case f.Kind == Choice:
		v := reflect.New(alt.goType)
		reflect.NewAt(f.base, slot).Elem().Set(v)
		return v.UnsafePointer()
	case s == inOpt:
		setState(f, slot, optValue)
	case s == inPointer:
		v := reflect.New(f.base)
		*(*unsafe.Pointer)(slot) = v.UnsafePointer()
		return v.UnsafePointer()
	}
	return slot
}

// looseText takes character data between elements: white space, or a part of mixed content.
func (r *Reader) looseText(b *binding, p unsafe.Pointer, cur *run) error {
	if b.mixed < 0 {
		if isSpace(r.text) {
			return nil
		}
		return r.valueError("elements", string(r.text), nil)
	}
	f := &b.elems[b.mixed]
	for a, alt := range f.alts {
		if alt.text == nil {
			continue
		}
		if cur.value == nil || cur.elem != b.mixed || cur.alt != a {
			*cur = run{elem: b.mixed, alt: a, value: r.newAlternative(f, alt, p)}
		}
		*(*string)(unsafe.Add(cur.value, alt.text.offset)) += string(r.text)
		break
	}
	return nil
}
