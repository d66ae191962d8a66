package xmlwire

import (
	"slices"
	"unsafe"
)

// A litSet is what prediction needs of a type whose elements have that prefix, or none.
type litSet struct {
	of     *binding // nil for the items of an array
	prefix string
	own    bool // it is this Reader's alone, and may be changed
	steps  []step
	attrs  []attrStep // those without a prefix
	text   *field     // in place of elements
	names  *nameTable // of the steps; nil for the items of an array
}

// prefixedLits are the litSets for types, and fields with items, that this document writes with a prefix. The default
// namespace needs none, since its literals are in the bindings, but for types that lead to other namespaces: see strays.
type prefixedLits map[litKey]*litSet

type litKey struct {
	of     unsafe.Pointer // *binding or *field
	prefix string
}

// A nearSet is a litSet that was used lately.
type nearSet struct {
	litKey
	set *litSet
}

func (b *binding) makeLitSet(prefix string) *litSet {
	set := &litSet{of: b, prefix: prefix, steps: make([]step, len(b.elems)), text: b.text, names: &b.names}
	for i := range b.elems {
		set.steps[i] = makeStep(&b.elems[i], prefix, b.elems[i].local)
	}
	for i := range b.attrs {
		f := &b.attrs[i]
		if name := makeLiteral(" " + f.local + `="`); f.space == "" && name.n <= longestName {
			set.attrs = append(set.attrs, attrStep{name, f})
		}
	}
	return set
}

func (f *field) makeItemLits(prefix string) *litSet {
	s := makeStep(f, prefix, f.itemLocal)
	s.shape, s.quick = f.item, 0
	if (f.fast || s.poly) && s.close.n <= longestName {
		s.quick = many
	}
	return &litSet{prefix: prefix, steps: []step{s}}
}

// link finds the steps of the structs in a struct, in the default namespace. It comes when all are bound.
func (set *litSet) link() {
	if set == nil {
		return
	}
	for i := range set.steps {
		s := &set.steps[i]
		f := s.f
		if f.Item == "" {
			s.link(f.space)
			continue
		}
		if f.itemSpace == f.space && !f.contentStrays(f.itemSpace) {
			s.items = &f.itemLits.steps[0]
		}
	}
}

// link finds the steps of the struct, if it is one, where its elements are in the namespace of its own.
func (s *step) link(space string) {
	if s.f.Kind == Struct && s.f.sub.under(space) && !s.f.sub.stray {
		s.sub = s.f.sub.lits
	}
	for i := range s.alts {
		if alt := &s.alts[i]; alt.of.under(space) && !alt.of.stray {
			alt.sub = alt.of.lits
		}
	}
}

// under reports whether what stands in b has the prefix that elements of that namespace have, or none.
func (b *binding) under(space string) bool {
	return b.uniform && b.space == space || b.leaf && b.lits != nil
}

// strays reports whether there are elements of other namespaces than its own in an element of f, which prediction can read: it
// finds them by what is in scope, and so for one Reader alone.
func (f *field) strays() bool {
	if f.Item != "" {
		return f.itemSpace != f.space || f.contentStrays(f.itemSpace)
	}
	return f.contentStrays(f.space)
}

func (f *field) contentStrays(space string) bool {
	for _, alt := range f.alts {
		if f.Kind == Poly && alt.under(space) && alt.stray {
			return true
		}
	}
	return f.Kind == Struct && f.sub.uniform && (f.sub.space != space || f.sub.stray)
}

// linkStep finds what link did not for a step of set, once it is met: elements in space have the prefix of set.
func (r *Reader) linkStep(s *step, set *litSet, space string) {
	f := s.f
	switch {
	case !set.own || s.sub != nil || s.items != nil:
	case s.quick == wrapped:
		items := r.itemLiterals(f)
		if items == nil {
			return
		}
		item := &items.steps[0]
		if items.prefix == set.prefix && f.itemSpace == space {
			s.items = item
		} else {
			s.other = elsewhere{scope: r.scope.id, items: item}
		}
		r.linkStep(item, items, f.itemSpace)
	case s.poly:
		for i := range s.alts {
			if alt := &s.alts[i]; alt.sub == nil && alt.of.under(space) {
				alt.sub = r.setUnder(set.prefix, alt.of)
			}
		}
	case f.Kind != Struct:
	case f.sub.under(space):
		s.sub = r.setUnder(set.prefix, f.sub)
	default:
		if sub := r.literals(f.sub); sub != nil {
			s.other = elsewhere{scope: r.scope.id, sub: sub}
		}
	}
}

// setUnder returns the steps of b, if they are under that prefix and not another one of the same namespace.
func (r *Reader) setUnder(prefix string, b *binding) *litSet {
	if b.leaf {
		return b.lits
	}
	if set := r.literals(b); set != nil && set.prefix == prefix {
		return set
	}
	return nil
}

// literals returns the literals of the elements of b at this place, or nil if b cannot be predicted here.
func (r *Reader) literals(b *binding) *litSet {
	if !b.uniform || r.opts.NoPrediction || r.opts.Validate {
		return nil
	}
	unprefixed := b.lits
	if b.stray {
		unprefixed = nil
	}
	return r.setFor(unsafe.Pointer(b), b.space, unprefixed, b.makeLitSet)
}

// itemLiterals does the same for the items of an unwrapped array.
func (r *Reader) itemLiterals(f *field) *litSet {
	if !f.fast && f.Kind != Poly || r.limits.Items > 0 || r.opts.NoPrediction || r.opts.Validate {
		return nil
	}
	unprefixed := f.itemLits
	if f.contentStrays(f.itemSpace) {
		unprefixed = nil
	}
	return r.setFor(unsafe.Pointer(f), f.itemSpace, unprefixed, f.makeItemLits)
}

// setFor returns the litSet of a binding or field whose elements are in space: unprefixed, if it is given, where that is the
// default namespace, else one of this Reader for its prefix, or nil where it has none.
func (r *Reader) setFor(of unsafe.Pointer, space string, unprefixed *litSet, make func(prefix string) *litSet) *litSet {
	r.knowScope()
	prefix := ""
	if r.scope.def != space {
		if prefix = r.prefixOf(space); prefix == "" {
			return nil
		}
	} else if unprefixed != nil {
		return unprefixed
	}
	const shift = 6 // what allocations of the size of a binding start at multiples of
	near := &r.near[uintptr(of)>>shift%uintptr(len(r.near))]
	if key := (litKey{of, prefix}); near.litKey != key {
		near.litKey, near.set = key, r.fromMap(key, make)
	}
	return near.set
}

func (r *Reader) fromMap(key litKey, make func(prefix string) *litSet) *litSet {
	if set := r.lits[key]; set != nil {
		return set
	}
	const most = 1024 // a document that declares a new prefix for each element gains nothing from literals
	if r.lits == nil || len(r.lits) > most {
		r.lits = prefixedLits{}
	}
	set := make(key.prefix)
	set.own = true
	if key.prefix == "" {
		set.link()
	}
	r.lits[key] = set
	return set
}

// A scope is what prediction needs of the declarations in scope. pop and declare make it unknown.
type scope struct {
	known bool
	id    int        // the same for the same declarations
	def   string     // the default namespace
	xsi   string     // the prefix of xsi, or ""
	nulls [2]literal // what follows the name of a nil element: ` i:nil="true" />` with that prefix, and the same without the space
	typ   literal    // what stands before the name of a type: ` i:type="`
	null  *literal   // which of them the document uses, as far as is known
}

func (r *Reader) knowScope() {
	if r.scope.known {
		return
	}
	r.scope.known = true
	r.scope.id = r.contexts.id(r.ns)
	r.scope.def, _ = r.Namespace("")
	if xsi := r.prefixOf(nsXSI); xsi != r.scope.xsi || r.scope.null == nil {
		r.scope.xsi = xsi
		r.scope.nulls = [2]literal{makeLiteral(` ` + xsi + `:nil="true" />`), makeLiteral(` ` + xsi + `:nil="true"/>`)}
		r.scope.null = &r.scope.nulls[0]
		r.scope.typ = makeLiteral(` ` + xsi + `:type="`)
	}
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

// contexts are declarations that were in scope lately, each with a number.
type contexts struct {
	of   [8][]nsDecl
	ids  [8]int
	last int
}

// id returns the number of decls, which is another one for others.
func (c *contexts) id(decls []nsDecl) int {
	for i := range c.of {
		if c.ids[i] != 0 && slices.Equal(c.of[i], decls) {
			return c.ids[i]
		}
	}
	c.last++
	i := c.last % len(c.of)
	c.of[i], c.ids[i] = append(c.of[i][:0], decls...), c.last
	return c.last
}
