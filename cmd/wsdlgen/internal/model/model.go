// Package model holds what a set of WSDL documents declares, as one linked and closed value: the Contract.
//
// It is free of XML shorthand: every reference is a pointer, every default is filled in, groups are inlined, forms are
// settled into expanded names. It is as free of Go: no identifier is chosen here. Package resolve makes a Contract,
// nothing changes it afterwards, and all its slices are in the order of definition, which makes everything that is
// printed from it the same every time.
//
// Start at Contract. To generate types, walk Contract.Types and look at Type.Kind and Type.Members.
package model

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// A Name is an expanded XML name: a namespace and a local name. An empty Space means "in no namespace".
type Name struct{ Space, Local string }

// String returns {namespace}local, or local alone where there is no namespace.
func (n Name) String() string {
	if n.Space == "" {
		return n.Local
	}
	return "{" + n.Space + "}" + n.Local
}

// A Contract is everything that the documents of one generation declare.
type Contract struct {
	// Documents are the names of all documents, in the order in which they were read.
	Documents []string
	// Schemas are the target namespaces, one value each, however many schema documents declare into it. Those that
	// nothing is declared in are left out.
	Schemas []*Schema
	// Types are all named types and all anonymous ones, complex and simple, but not the built-in ones. An anonymous
	// type comes right after the type that it stands in.
	Types []*Type
	// Elements are the global elements.
	Elements []*Element
	// PortTypes, Bindings and Services are those of the WSDL. Bindings other than SOAP are not among them.
	PortTypes []*PortType
	Bindings  []*Binding
	Services  []*Service
}

// A Schema is one target namespace.
type Schema struct {
	Space string
	Doc   string
	// DataContract says that the schema follows .NET's data contracts: a value type with minOccurs="0" that is not
	// nillable is always written there, and its absence is read as zero. A schema counts as one if the documents
	// also hold or import the Serialization namespace, its elements are qualified and its types have no attributes.
	DataContract bool
}

// A TypeKind tells the kinds of type apart.
type TypeKind uint8

const (
	// BuiltinType is one of XML Schema's own; Type.Builtin says which.
	BuiltinType TypeKind = iota + 1
	// ComplexType has attributes, members, or a simple content.
	ComplexType
	// EnumType is a simple type that lists its values; Type.Builtin says what they are.
	EnumType
	// SimpleType is a simple type made of another by facets; Type.Builtin says what it comes from.
	SimpleType
	// ListType is a white-space separated list of Type.Item.
	ListType
	// UnionType is one of several simple types; Type.Union lists them. Its value is best kept as a string.
	UnionType
)

// A Derivation tells how a complex type comes from its Base.
type Derivation uint8

const (
	NotDerived Derivation = iota
	Extension
	Restriction
)

// A Block is a set of the ways in which others may not stand in for a type or an element. It does not change the code
// that is generated, which reads all, but which documents are valid.
type Block uint8

const (
	BlockExtension    Block = 1 << iota // no type that extends it, by xsi:type
	BlockRestriction                    // no type that restricts it, by xsi:type
	BlockSubstitution                   // no element of its substitution group
)

// A Type is a complex or simple type.
type Type struct {
	Kind TypeKind
	// Name is the type's name. Local is empty for an anonymous type, Space is then still its schema's namespace.
	Name Name
	// Path names an anonymous type by where it stands: the local names from the nearest named component down, such as
	// {"Order", "Lines", "Line"}. It is nil for named types. Paths need not be unique.
	Path []string
	// Owner is the type that an anonymous type stands in; nil for named types and for those right inside a global
	// element or attribute.
	Owner *Type
	// OwnerElement is the global element that an anonymous type stands in, directly or not; nil for others.
	OwnerElement *Element

	Doc    string
	Pos    source.Pos
	Schema *Schema // nil for built-in types

	// Builtin is the built-in type itself for BuiltinType; for EnumType and SimpleType the nearest built-in type they
	// derive from; String for UnionType; NotBuiltin for others.
	Builtin Builtin
	// Base is the type that this one extends or restricts, nil for none or anyType. For simple types it may be a
	// built-in one. A complex type that extends a simple one has Text instead.
	Base       *Type
	Derivation Derivation
	// Derived are the complex types that have this one as Base, in order of definition. They can stand in its place
	// with xsi:type, and so can theirs: see AllDerived.
	Derived []*Type
	// Abstract says that the type has no instances of its own.
	Abstract bool
	Block    Block
	// DataContract is Schema.DataContract.
	DataContract bool
	// Used says that an operation needs the type: it is in the message of one, or derives from one that is.
	Used bool

	// Attributes of a complex type, those of Base first.
	Attributes []*Attribute
	// AnyAttribute allows further attributes; nil where there are none.
	AnyAttribute *Wildcard
	// Members are the content of a complex type, all of it: what Base has comes first (the very same *Member), so that
	// Members[Inherited:] are the type's own. A restriction lists its whole content as its own.
	Members   []*Member
	Inherited int
	// Text is the simple type of a complex type with simple content; nil for others.
	Text *Type
	// Mixed says that character data may stand between the elements. Members is then a single repeated choice of text
	// and of all elements that may occur: order is kept, how often each may occur is not. Strict has that.
	Mixed bool
	// Strict is what the Members of a mixed type would be if it were not mixed; nil for other types. Code is generated
	// from Members, documents that are to be valid are made from Strict.
	Strict []*Member
	// All says that the members may come in any order (xs:all).
	All bool
	// SOAPArray says that the type is an array of SOAP encoding. It has one member, the items; on the wire those may be
	// called anything, and in encoded messages an attribute says what they are and how many.
	SOAPArray bool

	// Enum are the values of an EnumType.
	Enum []EnumValue
	// Facets are the other facets of a simple type or of a simple content that restricts its base, as written.
	Facets []Facet
	// Item is what a ListType is a list of.
	Item *Type
	// Union are the member types of a UnionType.
	Union []*Type
}

// IsAnonymous reports whether the type has no name.
func (t *Type) IsAnonymous() bool { return t.Name.Local == "" }

// IsSimple reports whether values of the type are text: everything but complex types and anyType.
func (t *Type) IsSimple() bool {
	return t.Kind != ComplexType && t.Builtin != AnyType
}

// IsList reports whether values of the type are white-space separated lists, and of what.
func (t *Type) IsList() (item *Type, ok bool) {
	for ; t != nil; t = t.Base {
		if t.Kind == ListType {
			return t.Item, true
		}
		if b := t.Builtin.ItemType(); b != NotBuiltin {
			return b.Type(), true
		}
		if t.Kind == ComplexType {
			break
		}
	}
	return nil, false
}

// AllDerived returns all types that may stand in t's place with xsi:type, t not among them: those of Derived, each
// followed by its own.
func (t *Type) AllDerived() []*Type {
	var all []*Type
	var add func(*Type)
	add = func(t *Type) {
		for _, d := range t.Derived {
			all = append(all, d)
			add(d)
		}
	}
	add(t)
	return all
}

// ArrayItem returns the member that t only wraps, where t is nothing but an array (ArrayOfX): a complex type with
// one repeated element, without attributes, base and derivations. For all other types it is nil.
func (t *Type) ArrayItem() *Member {
	if t.Kind != ComplexType || len(t.Members) != 1 || len(t.Attributes) > 0 || t.AnyAttribute != nil ||
		t.Base != nil || len(t.Derived) > 0 || t.Abstract || t.Mixed {
		return nil
	}
	m := t.Members[0]
	if m.Kind != ElementMember || !m.Repeated() {
		return nil
	}
	return m
}

// An EnumValue is one value of an EnumType.
type EnumValue struct {
	// Value is the lexical form, white space normalised as the type says. For a QName it is as written.
	Value string
	Doc   string
	Pos   source.Pos
}

// A Facet limits the values of a simple type.
type Facet struct {
	Name  string // as XML Schema calls it: pattern, maxLength, totalDigits …
	Value string
	Pos   source.Pos
}

// An Attribute is an attribute of a complex type.
type Attribute struct {
	Name     Name // Space is empty for unqualified ones, which is usual
	Type     *Type
	Required bool
	Default  *string // nil if there is none
	Fixed    *string // nil if it may vary
	Doc      string
	Pos      source.Pos
}

// A Wildcard stands for elements or attributes that the schema does not name.
type Wildcard struct {
	// Namespaces is the list as written: ##any, ##other, or a list of namespaces, ##targetNamespace and ##local.
	Namespaces string
	// TargetSpace is the namespace that ##other and ##targetNamespace refer to.
	TargetSpace string
	// Process is strict, lax or skip.
	Process string
	Doc     string
	Pos     source.Pos
}

// A MemberKind tells what stands at a place in the content of a complex type.
type MemberKind uint8

const (
	// ElementMember is an element: Name, Type, Nillable, Default, Fixed.
	ElementMember MemberKind = iota + 1
	// WildcardMember is any element: Wildcard.
	WildcardMember
	// GroupMember is a sequence that repeats: Members, each time all of them in order.
	GroupMember
	// ChoiceMember is a choice that repeats, or one that cannot be told by Choice numbers: Alternatives, each time
	// one of them.
	ChoiceMember
	// TextMember is character data between elements; it occurs only in the choice of a mixed type.
	TextMember
)

// Unbounded is the Max of a member that may repeat without limit.
const Unbounded = -1

// A Member is one thing in the content of a complex type.
type Member struct {
	Kind MemberKind
	// Min and Max say how often the member occurs at its place. Within a choice they hold if its branch is taken, so
	// use Optional to learn whether the member may be absent.
	Min, Max int

	// Name is the element's name on the wire. Space is empty if it is unqualified.
	Name     Name
	Type     *Type
	Nillable bool
	Default  *string // nil if there is none
	Fixed    *string // nil if it may vary
	Block    Block
	// Ref is the global element that the member refers to (ref="…"); nil if it is declared in place.
	Ref *Element

	Wildcard *Wildcard

	// Members are those of a GroupMember.
	Members []*Member
	// Alternatives are those of a ChoiceMember. At most one of them is Text.
	Alternatives []*Alternative
	// Head is set if the ChoiceMember stands for an element that others may substitute. Alternatives are then
	// the elements that may stand there, Head's own first unless it is abstract.
	Head *Element

	// Choice is a number that the members of one exclusive choice share, counted from 1 in each Type, Group or
	// Alternative; 0 for members that are in none. Branch numbers the branches of that choice, from 1.
	Choice, Branch int
	// ChoiceRequired says that one branch must be taken. It is the same for all members of a choice.
	ChoiceRequired bool

	Doc string
	Pos source.Pos
}

// Optional reports whether the member may be absent.
func (m *Member) Optional() bool { return m.Min == 0 || m.Choice != 0 }

// Repeated reports whether the member may occur more than once.
func (m *Member) Repeated() bool { return m.Max == Unbounded || m.Max > 1 }

// An Alternative is one branch of a ChoiceMember. One with several members stands on the wire as a sequence.
type Alternative struct {
	Members []*Member
	Doc     string
	Pos     source.Pos
}

// An Element is a global element, or the element that an rpc operation wraps its parameters in.
type Element struct {
	Name     Name
	Type     *Type
	Nillable bool
	Abstract bool
	Default  *string
	Fixed    *string
	Block    Block
	// Substitutes are the elements that may stand in place of this one, in order of definition, transitively.
	Substitutes []*Element
	Doc         string
	Pos         source.Pos
}

// A PortType is an abstract interface: a set of operations.
type PortType struct {
	Name       Name
	Operations []*Operation
	Doc        string
	Pos        source.Pos
}

// An Operation is one call.
type Operation struct {
	// Name is unique in the port type but for overloaded operations, which differ in their Input.
	Name     string
	PortType *PortType
	// Input is what is sent. It is nil for a notification, which only the service sends.
	Input *Body
	// Output is what comes back. It is nil for a one-way operation.
	Output *Body
	Faults []*Fault
	// Style is how the bindings encode the operation: document unless one says rpc.
	Style Style
	// Bindings are the bindings of the operation, in order of definition; empty if it is bound by none.
	Bindings []*BindingOperation
	Doc      string
	Pos      source.Pos
}

// OneWay reports whether nothing comes back.
func (o *Operation) OneWay() bool { return o.Output == nil }

// A Body is what the SOAP body of a message carries, and its headers.
type Body struct {
	// Name is what the operation calls this direction, which matters for overloaded operations only; usually empty.
	Name    string
	Message *Message
	// Element is the one element in the body. It is nil if the body is empty. For rpc it is made of the operation's
	// name and the message's parts, is in no list of elements, and its Type is anonymous.
	Element *Element
	// Content is an anonymous type whose members stand right in the body, where a message has several parts there or
	// may be anything. At most one of Element and Content is set.
	Content *Type
	// Encoded says that the body is in SOAP encoding (section 5 of SOAP 1.1) and not in the literal form of the schema.
	Encoded bool
	// Headers are the header blocks that the bindings name, in order, each once.
	Headers []*Header
	// Action is the WS-Addressing action, if the operation names one.
	Action string
	Doc    string
	Pos    source.Pos
}

// A Message is a WSDL message.
type Message struct {
	Name  Name
	Parts []*Part
	Doc   string
	Pos   source.Pos
}

// Part returns the part called name, or nil.
func (m *Message) Part(name string) *Part {
	for _, p := range m.Parts {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// A Part is a part of a Message: an Element or something of a Type, never both.
type Part struct {
	Name    string
	Element *Element
	Type    *Type
	Doc     string
	Pos     source.Pos
}

// A Header is a header block of a message.
type Header struct {
	Message *Message
	Part    *Part
	Element *Element
	Pos     source.Pos
}

// A Fault is an error that an operation declares.
type Fault struct {
	Name    string
	Message *Message
	// Element is what stands in the detail of the fault.
	Element *Element
	Doc     string
	Pos     source.Pos
}

// A Version is a version of SOAP.
type Version uint8

const (
	SOAP11 Version = iota + 1
	SOAP12
)

// String returns "SOAP 1.1" or "SOAP 1.2".
func (v Version) String() string {
	switch v {
	case SOAP11:
		return "SOAP 1.1"
	case SOAP12:
		return "SOAP 1.2"
	}
	return "no SOAP"
}

// A Style is how an operation is laid out in the body.
type Style uint8

const (
	Document Style = iota
	RPC
)

// String returns the word that stands in a WSDL.
func (s Style) String() string {
	if s == RPC {
		return "rpc"
	}
	return "document"
}

// A Binding says how a port type is spoken over SOAP.
type Binding struct {
	Name       Name
	PortType   *PortType
	Version    Version
	Transport  string // a URI; usually http://schemas.xmlsoap.org/soap/http
	Operations []*BindingOperation
	Doc        string
	Pos        source.Pos
}

// A BindingOperation is an operation in one binding.
type BindingOperation struct {
	Operation *Operation
	Binding   *Binding
	Action    string // soapAction; may be empty
	// ActionRequired is false if SOAP 1.2 says that the action need not be sent.
	ActionRequired bool
	Style          Style
	Doc            string
	Pos            source.Pos
}

// A Service is a set of ports.
type Service struct {
	Name  Name
	Ports []*Port
	Doc   string
	Pos   source.Pos
}

// A Port is where a binding is spoken.
type Port struct {
	Name    string
	Service *Service
	Binding *Binding
	Address string // a URL; empty if the document gives none
	Doc     string
	Pos     source.Pos
}
