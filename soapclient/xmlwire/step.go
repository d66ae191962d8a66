package xmlwire

import (
	"reflect"
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
