package xmlwire

import (
	"fmt"
	"reflect"
	"slices"
	"time"
)

// A binding is a Type tied to its Go struct: what decoding and encoding walk. It is made on first use and never
// changes.
type binding struct {
	typ    *Type
	goType reflect.Type
	name   Name

	attrs   []field
	elems   []field // everything that is no attribute and no text, in order
	text    *field  // simple content
	anyAttr *field
	mixed   int // index in elems of the Choice that takes character data, or -1

	byName map[Name]*claim // how elements find their member
	names  nameTable       // the same, for those that most types are made of
	any    *claim          // where elements go that no member has a name for; nil if nowhere
	// space is the namespace of all elements that have a name of their own, if they share one: what prediction works on
	// (predict.go).
	space   string
	uniform bool
	alike   bool    // and there are no others
	leaf    bool    // no element has a name of its own, so that there is none of which prediction needs to know the prefix
	stray   bool    // in its elements there are some of other namespaces
	shared  bool    // a member and an alternative of another, or two alternatives, claim one name
	lits    *litSet // in the default namespace
	texts   []memberText
	hoisted []*field // see encoder.hoist
	lists   bool     // values of the type hold lists of elements
	xsi     bool     // values of the type may need the namespace of xsi
	choices []choice
}

// A field is one Member, bound.
type field struct {
	*Member
	local, space         string // of the element or attribute
	itemLocal, itemSpace string
	offset               uintptr
	goType               reflect.Type // of the field
	base                 reflect.Type // of one value: without Opt, pointer, slice
	size                 uintptr      // of one slice item
	shape                shape
	item                 shape // of the items where shape is inSlice
	state                uintptr
	sub                  *binding
	alts                 []*binding
	itemLits             *litSet // of the items, in the default namespace
	own                  *claim  // of the field itself
	typeName             Name    // of a scalar, for encoded messages
	repeated             bool    // an element for each item of a slice
	fast                 bool    // see predicted
}

// A shape is how a field holds its value.
type shape uint8

const (
	plain     shape = iota
	inOpt           // Opt[T]: the value at 0, the state at field.state
	inPointer       // *T
	inSlice         // []T, []Opt[T], []*T
)

// A choice is a group of members of which at most one branch may be set.
type choice struct {
	members  []int // indices in elems
	required bool
}

var (
	messageType  = reflect.TypeFor[Message]()
	textType     = reflect.TypeFor[TextValue]()
	timeType     = reflect.TypeFor[time.Time]()
	nameType     = reflect.TypeFor[Name]()
	rawType      = reflect.TypeFor[Raw]()
	rawAttrsType = reflect.TypeFor[[]RawAttr]()
)

// Check binds the tables of messages, and all they reach, and returns the first contradiction between a table and its
// struct. Generated packages call it in a test.
func Check(messages ...Message) error {
	for _, m := range messages {
		if _, err := bind(m); err != nil {
			return err
		}
	}
	return nil
}

// bindingOf returns the binding of m. A table that does not fit its struct is a mistake of the program: it panics.
func bindingOf(m Message) *binding {
	if b := m.XMLType().bound.Load(); b != nil {
		return b
	}
	b, err := bind(m)
	if err != nil {
		panic("xmlwire: " + err.Error())
	}
	return b
}

// bind makes the binding of m and of all types it reaches, and publishes them together once all of them are complete.
// Two goroutines may do so at once; either result is right.
func bind(m Message) (*binding, error) {
	bd := binder{made: make(map[*Type]*binding)}
	b, err := bd.bind(m)
	if err != nil {
		return nil, err
	}
	bd.mark(func(b *binding) *bool { return &b.xsi }, (*field).mayUseXSI)
	bd.mark(func(b *binding) *bool { return &b.lists }, (*field).hasLists)
	bd.mark(func(b *binding) *bool { return &b.stray }, (*field).strays)
	learnSpaces(bd.made)
	for _, b := range bd.made {
		b.lits.link()
		for i := range b.elems {
			if f := &b.elems[i]; f.Item != "" {
				f.itemLits.steps[0].link(f.itemSpace)
			}
		}
		b.linkTexts()
	}
	for t, b := range bd.made {
		t.bound.Store(b)
	}
	return b, nil
}

type binder struct{ made map[*Type]*binding }

func (bd *binder) bind(m Message) (*binding, error) {
	t := m.XMLType()
	if b := t.bound.Load(); b != nil {
		return b, nil
	}
	if b := bd.made[t]; b != nil {
		return b, nil
	}
	pt := reflect.TypeOf(m)
	if pt.Kind() != reflect.Pointer || pt.Elem().Kind() != reflect.Struct {
		return nil, fmt.Errorf("%v has an XMLType method but is no pointer to a struct", pt)
	}
	b := &binding{typ: t, goType: pt.Elem(), name: Name{t.Space, t.Name}, mixed: -1}
	bd.made[t] = b
	for i := range t.Members {
		if err := bd.addMember(b, &t.Members[i]); err != nil {
			return nil, fmt.Errorf("table of %v: member %q: %w", b.goType, t.Members[i].Field, err)
		}
	}
	if err := b.index(); err != nil {
		return nil, fmt.Errorf("table of %v: %w", b.goType, err)
	}
	b.collectChoices()
	b.predictable()
	for i := range b.elems {
		if f := &b.elems[i]; f.shape == inSlice && f.Item == "" && f.space != "" && f.named() {
			b.hoisted = append(b.hoisted, f)
		}
	}
	return b, nil
}

func (bd *binder) addMember(b *binding, m *Member) error {
	f := field{Member: m, local: m.Name, space: m.Space, itemLocal: m.Item, itemSpace: m.ItemSpace}
	if f.local == "" {
		f.local = m.Field
	}
	if f.space == "" && m.Flags&(Attr|Unqualified) == 0 {
		f.space = b.typ.Space
	}
	if f.itemSpace == "" && m.Flags&ItemUnqualified == 0 {
		f.itemSpace = b.typ.Space
	}
	sf, ok := b.goType.FieldByName(m.Field)
	if !ok {
		return fmt.Errorf("the struct has no such field")
	}
	if len(sf.Index) != 1 {
		return fmt.Errorf("the field is promoted from an embedded struct; name fields of the struct itself")
	}
	f.offset, f.goType = sf.Offset, sf.Type
	if err := f.setShape(); err != nil {
		return err
	}
	if err := bd.setKind(&f); err != nil {
		return err
	}
	f.setTypeName()
	return b.place(f)
}

// place puts f where decoding and encoding look for it.
func (b *binding) place(f field) error {
	switch {
	case f.Kind == AnyAttr:
		b.anyAttr = &f
	case f.Flags&Attr != 0:
		b.attrs = append(b.attrs, f)
	case f.Flags&Text != 0:
		if b.text != nil {
			return fmt.Errorf("a second text")
		}
		b.text = &f
	default:
		b.elems = append(b.elems, f)
	}
	return nil
}

// setShape finds out how the field holds its value.
func (f *field) setShape() error {
	t := f.goType
	if t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8 || f.isByteSlices() {
		f.shape, f.size = inSlice, t.Elem().Size()
		f.item, f.base, f.state = shapeOf(t.Elem())
		if f.item == inSlice {
			return fmt.Errorf("a slice of slices")
		}
		return nil
	}
	f.shape, f.base, f.state = shapeOf(t)
	if f.Item != "" || f.Flags&List != 0 {
		return fmt.Errorf("the field must be a slice")
	}
	return nil
}

// isByteSlices tells a slice of uint8 items from a []byte value.
func (f *field) isByteSlices() bool {
	return f.goType.Kind() == reflect.Slice && f.Kind == Uint8
}

func shapeOf(t reflect.Type) (s shape, base reflect.Type, state uintptr) {
	if t.Kind() == reflect.Pointer {
		return inPointer, t.Elem(), 0
	}
	if t.Kind() == reflect.Struct && t.NumField() == 2 && t.Field(1).Type == reflect.TypeFor[optState]() {
		return inOpt, t.Field(0).Type, t.Field(1).Offset
	}
	return plain, t, 0
}

var scalarKinds = map[Kind]reflect.Kind{
	String: reflect.String, NormalizedString: reflect.String, Token: reflect.String, Bool: reflect.Bool,
	Int8: reflect.Int8, Int16: reflect.Int16, Int32: reflect.Int32, Int64: reflect.Int64,
	Uint8: reflect.Uint8, Uint16: reflect.Uint16, Uint32: reflect.Uint32, Uint64: reflect.Uint64,
	Float32: reflect.Float32, Float64: reflect.Float64,
}

// setKind checks that the Go type holds what the kind says, and binds the types below.
func (bd *binder) setKind(f *field) error {
	misfit := func(want string) error {
		return fmt.Errorf("the field holds %v where its kind needs %s", f.base, want)
	}
	if want, ok := scalarKinds[f.Kind]; ok {
		if f.base.Kind() != want {
			return misfit(want.String())
		}
		return nil
	}
	switch f.Kind {
	case DateTime:
		if f.base != timeType {
			return misfit("time.Time")
		}
	case QName:
		if f.base != nameType {
			return misfit("xmlwire.Name")
		}
	case AnyElement:
		if f.base != rawType {
			return misfit("xmlwire.Raw")
		}
	case Base64, Hex:
		if f.base.Kind() != reflect.Slice || f.base.Elem().Kind() != reflect.Uint8 {
			return misfit("[]byte")
		}
	case Custom:
		if !reflect.PointerTo(f.base).Implements(textType) {
			return misfit("a type whose pointer is an xmlwire.TextValue")
		}
	case AnyAttr:
		if f.goType != rawAttrsType || f.Flags&Attr == 0 {
			return misfit("[]xmlwire.RawAttr and the flag Attr")
		}
	case Struct, Group:
		return bd.bindSub(f)
	case Choice, Poly:
		return bd.bindAlts(f)
	default:
		return fmt.Errorf("unknown kind %d", f.Kind)
	}
	return nil
}

func (bd *binder) bindSub(f *field) error {
	pt := reflect.PointerTo(f.base)
	if f.base.Kind() != reflect.Struct || !pt.Implements(messageType) {
		return fmt.Errorf("%v is no struct whose pointer is an xmlwire.Message", f.base)
	}
	sub, err := bd.bind(reflect.Zero(pt).Interface().(Message))
	f.sub = sub
	if f.Kind == Group {
		f.alts = []*binding{sub}
	}
	return err
}

func (bd *binder) bindAlts(f *field) error {
	if f.base.Kind() != reflect.Interface {
		return fmt.Errorf("%v is no interface", f.base)
	}
	for _, alt := range f.Alts {
		if !reflect.TypeOf(alt).Implements(f.base) {
			return fmt.Errorf("the alternative %T is no %v", alt, f.base)
		}
		b, err := bd.bind(alt)
		if err != nil {
			return err
		}
		f.alts = append(f.alts, b)
	}
	if len(f.alts) == 0 {
		return fmt.Errorf("no alternatives")
	}
	return nil
}

// named reports whether f is an element of one name, and not a wildcard or a part of the content without one.
func (f *field) named() bool {
	return f.Kind != Choice && f.Kind != Group && (f.Kind != AnyElement || f.Name != "")
}

func (b *binding) collectChoices() {
	at := make(map[uint16]int)
	for i := range b.elems {
		f := &b.elems[i]
		if f.Member.Choice == 0 {
			continue
		}
		k, ok := at[f.Member.Choice]
		if !ok {
			k = len(b.choices)
			at[f.Member.Choice] = k
			b.choices = append(b.choices, choice{})
		}
		b.choices[k].members = append(b.choices[k].members, i)
		b.choices[k].required = b.choices[k].required || f.Flags&Required != 0
	}
}

// mark sets a flag of the types of which a member says so, until members have nothing more to say: they ask for those of the
// types below.
func (bd *binder) mark(flag func(*binding) *bool, says func(*field) bool) {
	for again := true; again; {
		again = false
		for _, b := range bd.made {
			for i := range b.elems {
				if !*flag(b) && says(&b.elems[i]) {
					*flag(b), again = true, true
				}
			}
		}
	}
}

// hasLists reports whether a value of f is or holds a list of elements, as far as that is known.
func (f *field) hasLists() bool {
	return f.repeated || f.Item != "" || f.valueHasLists()
}

// valueHasLists reports it of a single value of f.
func (f *field) valueHasLists() bool {
	if f.Kind == Poly {
		return slices.ContainsFunc(f.alts, func(alt *binding) bool { return alt.lists })
	}
	return f.Kind == Struct && f.sub.lists
}

// mayUseXSI reports whether writing a value of f may take xsi:nil or xsi:type, as far as that is known.
func (f *field) mayUseXSI() bool {
	return f.Flags&(Nillable|ItemNillable) != 0 || f.Kind == Poly || f.shape == inOpt || f.item == inOpt ||
		f.sub != nil && f.sub.xsi || slices.ContainsFunc(f.alts, func(alt *binding) bool { return alt.xsi })
}
