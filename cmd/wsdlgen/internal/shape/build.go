package shape

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// New returns the declarations for a contract, as the zero Options have them.
func New(c *model.Contract) (*Package, error) { return Make(c, Options{}) }

// Make returns the declarations for a contract. The error, if any, is of type source.Errors and holds everything that
// has no Go form, and everything that keeps the packages of opts from being apart.
func Make(c *model.Contract, opts Options) (*Package, error) {
	b := &builder{
		opts:       opts,
		pkg:        &Package{Contract: c},
		types:      map[*model.Type]*Struct{},
		enums:      map[*model.Type]*Enum{},
		contents:   map[*model.Element]*Struct{},
		substitute: map[*model.Element]*Struct{},
		groups:     map[*model.Member]*Struct{},
		polys:      map[*model.Type]*Interface{},
		heads:      map[*model.Element]*Interface{},
		choices:    map[*model.Member]*Interface{},
		encoded:    hasEncoded(c),
	}
	b.declareTypes()
	b.declarePorts()
	b.fillStructs()
	b.applyPolicies()
	breakCycles(b.pkg.Structs)
	b.findLists()
	b.collectSpaces()
	b.listAliases()
	b.settleHomes()
	return b.pkg, b.errs.Err()
}

// A builder makes each declaration once, the first time it is asked for. Structs are filled from a queue and not as they
// are met, so that neither recursion nor nesting in a contract is recursion here.
type builder struct {
	opts Options
	pkg  *Package
	errs source.List

	filled  int  // Structs up to here have their fields
	encoded bool // an operation is in SOAP encoding, so tables say what types scalars are of

	types      map[*model.Type]*Struct
	enums      map[*model.Type]*Enum
	contents   map[*model.Element]*Struct
	substitute map[*model.Element]*Struct
	groups     map[*model.Member]*Struct
	polys      map[*model.Type]*Interface
	heads      map[*model.Element]*Interface
	choices    map[*model.Member]*Interface

	members map[*Struct][]*model.Member // of groups and alternatives
}

// declareTypes declares what the schemas name, used or not: a payload that no operation mentions may still travel in
// an xs:any. Array wrappers that are not kept wait until something needs them as a struct.
func (b *builder) declareTypes() {
	for _, t := range b.pkg.Contract.Types {
		switch {
		case t.Kind == model.ComplexType && (t.ArrayItem() == nil || b.opts.KeepWrappers):
			b.structOf(t)
		case t.Kind == model.EnumType && !t.IsAnonymous():
			b.enumOf(t)
		}
	}
}

func (b *builder) add(s *Struct) *Struct {
	b.pkg.Structs = append(b.pkg.Structs, s)
	return s
}

// structOf returns the struct of a complex type.
func (b *builder) structOf(t *model.Type) *Struct {
	if s := b.types[t]; s != nil {
		return s
	}
	s := &Struct{Role: Complex, Type: t, Name: t.Name.Local, Space: t.Name.Space, Abstract: t.Abstract, Doc: t.Doc}
	if t.IsAnonymous() && t.OwnerElement != nil && t.Owner == nil {
		s.RootElement, s.Space = t.OwnerElement.Name.Local, t.OwnerElement.Name.Space
		if s.Doc == "" {
			s.Doc = t.OwnerElement.Doc
		}
	}
	b.types[t] = s
	return b.add(s)
}

// enumOf returns the enumeration of a simple type, or nil if its values are better kept as what they are made of:
// constants exist for strings and sized integers alone.
func (b *builder) enumOf(t *model.Type) *Enum {
	if e, ok := b.enums[t]; ok {
		return e
	}
	basic := builtins[t.Builtin].Basic
	if builtins[t.Builtin].Package != "" || !enumBasics[basic] {
		b.enums[t] = nil
		return nil
	}
	e := &Enum{Type: t, Basic: basic}
	for _, v := range t.Enum {
		if basic != "string" && !fits(v.Value, basic) {
			continue // a value that the base type does not have cannot occur
		}
		e.Values = append(e.Values, &EnumValue{Value: v.Value, Doc: v.Doc})
	}
	b.enums[t] = e
	b.pkg.Enums = append(b.pkg.Enums, e)
	return e
}

// polyOf returns the interface of a type that has derivations, or that has no instances of its own.
func (b *builder) polyOf(t *model.Type) *Interface {
	if i := b.polys[t]; i != nil {
		return i
	}
	i := &Interface{Type: t}
	b.polys[t] = i
	b.pkg.Interfaces = append(b.pkg.Interfaces, i)
	for _, each := range derivations(t) {
		if !each.Abstract {
			b.join(i, b.structOf(each))
		}
	}
	b.join(i, b.add(&Struct{Role: Unknown, Interface: i, Space: t.Name.Space}))
	return i
}

func (b *builder) join(i *Interface, s *Struct) {
	i.Members = append(i.Members, s)
	s.Implements = append(s.Implements, i)
}

// isPoly reports whether a value of type t may be of another type.
func isPoly(t *model.Type) bool {
	return t.Kind == model.ComplexType && (t.Abstract || len(t.Derived) > 0)
}

// choiceOf returns the interface of a choice. owner is the struct that declares it.
func (b *builder) choiceOf(m *model.Member, owner *Struct) *Interface {
	if m.Head != nil {
		return b.headOf(m)
	}
	if i := b.choices[m]; i != nil {
		return i
	}
	i := &Interface{Parent: owner, First: first(m)}
	b.choices[m] = i
	b.pkg.Interfaces = append(b.pkg.Interfaces, i)
	for _, branch := range flatten(m) {
		if branch.head {
			b.join(i, b.substituteOf(branch.alt))
		} else {
			b.join(i, b.alternative(branch.alt, owner))
		}
	}
	return i
}

// headOf returns the interface of a substitution group. Its alternatives are shared by all groups that an element is
// part of.
func (b *builder) headOf(m *model.Member) *Interface {
	if i := b.heads[m.Head]; i != nil {
		return i
	}
	i := &Interface{Head: m.Head}
	b.heads[m.Head] = i
	b.pkg.Interfaces = append(b.pkg.Interfaces, i)
	for _, alt := range substitutes(m) {
		b.join(i, b.substituteOf(alt))
	}
	return i
}

// substituteOf returns the struct for an element of a substitution group.
func (b *builder) substituteOf(alt *model.Alternative) *Struct {
	el := alt.Members[0].Ref
	s := b.substitute[el]
	if s == nil {
		s = b.alternative(alt, nil)
		s.Element, s.Space, s.Doc = el, el.Name.Space, el.Doc
		b.substitute[el] = s
	}
	return s
}

func (b *builder) alternative(alt *model.Alternative, owner *Struct) *Struct {
	s := &Struct{Role: Alternative, Parent: owner, Doc: alt.Doc, First: "Any"}
	if len(alt.Members) > 0 {
		s.First = first(alt.Members[0])
	}
	if owner != nil {
		s.Space = owner.Space
	}
	b.setMembers(s, alt.Members)
	return b.add(s)
}

// groupOf returns the struct for one round of a repeated sequence.
func (b *builder) groupOf(m *model.Member, owner *Struct) *Struct {
	if s := b.groups[m]; s != nil {
		return s
	}
	s := &Struct{Role: Group, Parent: owner, Space: owner.Space, First: first(m), Doc: m.Doc}
	b.groups[m] = s
	b.setMembers(s, m.Members)
	return b.add(s)
}

func (b *builder) setMembers(s *Struct, members []*model.Member) {
	if b.members == nil {
		b.members = map[*Struct][]*model.Member{}
	}
	b.members[s] = members
}

// first returns the local name of the first element in m, which tells it apart from others of its kind by something
// that an addition behind it does not change.
func first(m *model.Member) string {
	switch m.Kind {
	case model.ElementMember:
		return m.Name.Local
	case model.TextMember:
		return "Text"
	case model.GroupMember:
		if len(m.Members) > 0 {
			return first(m.Members[0])
		}
	case model.ChoiceMember:
		if m.Head != nil {
			return m.Head.Name.Local
		}
		if len(m.Alternatives) > 0 && len(m.Alternatives[0].Members) > 0 {
			return first(m.Alternatives[0].Members[0])
		}
	}
	return "Any"
}
