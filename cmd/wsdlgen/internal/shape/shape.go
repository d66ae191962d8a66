// Package shape decides what Go declarations a contract becomes: which structs there are, which of their fields are
// optional, lists, interfaces or kept raw, and how each stands on the wire. It chooses no identifiers and prints
// nothing.
//
// It stands between model, which knows no Go, and names and emit, so that the first need only name what will be declared and
// the second makes no decisions. Start at New, and read Package.
//
// The mapping in short: a complex type is a struct. A member that must be there is a plain value, one that may be
// missing or nil an Opt, one that repeats a slice. A type that only wraps one repeated element is that slice where it
// is used. A type with derivations is a sealed interface where it is used, and so is a choice that repeats. A choice
// that does not repeat is a number of Opt fields. Simple types are the Go types nearest to them; those that list their
// values are named string types.
package shape

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// A Package is everything that is to be declared. Its slices are in order of the contract, things that a struct brings
// along after it; whoever prints them may sort.
type Package struct {
	Contract   *model.Contract
	Structs    []*Struct
	Enums      []*Enum
	Interfaces []*Interface
	Ports      []*Port
	Endpoints  []*Endpoint
	Blocks     []*Block
	// Aliases are what else schemas name; nil unless Options.Aliases is set.
	Aliases []*Alias
	// Spaces are all namespaces that the declarations mention, each once, the most prominent first: those of ports, then
	// those of messages, then the others, each group sorted. The order says who keeps a short name where two namespaces
	// want the same.
	Spaces []string
}

// A Role says what a Struct is for.
type Role uint8

const (
	// Complex is a complex type: Type.
	Complex Role = iota + 1
	// Content is a message that is an element of a simple type or of anyType: Element.
	Content
	// Empty is a message without a body: Operation, and Response tells its direction.
	Empty
	// Group is one round of a repeated sequence: Parent, First.
	Group
	// Alternative is one branch of a repeated choice, of mixed content, or one element of a substitution group: Parent
	// and First, or Element.
	Alternative
	// Unknown keeps a value of a derived type that the schema does not declare: Interface.
	Unknown
)

// A Struct is a struct type with its table.
type Struct struct {
	Role      Role
	Type      *model.Type
	Element   *model.Element
	Operation *model.Operation
	Response  bool
	Parent    *Struct
	// First is the local name of the first element in a Group or Alternative; "Text" or "Any" where it has none.
	First     string
	Interface *Interface

	// Name is the type's name on the wire, Space its namespace. Name is empty if it has none.
	Name, Space string
	// RootElement is the local name of the element that the type stands in by nature; empty means Name.
	RootElement string
	Fields      []*Field
	Abstract    bool
	Doc         string
	// ArrayOf is the type of the items of an array of SOAP encoding; nil for others. See xmlwire.Type.
	ArrayOf *model.Name
	// Home is the import path of the Go package that the struct is declared in; empty for that of the ports.
	Home string
	// Implements are the interfaces that pointers to the struct belong to.
	Implements []*Interface
}

// IsRoot reports whether the struct can be an element of its own, so that encoding/xml can be given it.
func (s *Struct) IsRoot() bool { return s.Role == Complex || s.Role == Content }

// A FieldRole says where a field comes from.
type FieldRole uint8

const (
	Element FieldRole = iota + 1
	Attribute
	Text
	Wildcard
	WildcardAttribute
	Sequence // a repeated sequence
	Choice   // a choice of a sealed interface
	Kept     // the raw element of an Unknown struct
)

// A Form says how a field holds its value.
type Form uint8

const (
	Plain    Form = iota // T
	Optional             // xmlwire.Opt[T]
	Pointer              // *T, where T would contain itself
	Slice                // []T
)

// A Field is one field of a Struct and its line in the table.
type Field struct {
	Role FieldRole
	// Name is what it is called on the wire; empty for roles that have no name of their own.
	Name model.Name
	// Item is the name of each item if the field is an unwrapped array; nil for others.
	Item *model.Name
	// ArrayOf and TypeName are those of the table; nil where it says nothing.
	ArrayOf, TypeName *model.Name
	// First helps to name a Sequence or Choice: see Struct.First. Head does the same for a substitution group.
	First string
	Head  *model.Element

	Form Form
	// ItemForm says how each item of a Slice is held: Plain, Optional or Pointer.
	ItemForm Form
	Value    Value
	// List makes a slice one white-space separated list.
	List bool
	// Flags say the same as xmlwire's.
	Required, Nillable, ItemNillable, Abstract bool
	// Choice and Branch are those of the table.
	Choice, Branch int
	// Secret says that the value is not to be seen where a struct is printed.
	Secret bool
	// Pos is where the member is declared; it is not valid for those that no document declares.
	Pos source.Pos
	// Alts are the structs that a field of interface type may point to.
	Alts []*Struct

	Doc string
	// Facets limit the values, or how often they occur: those of the table.
	Facets []model.Facet
	// Notes are facts that the Go type does not show: facets, defaults.
	Notes []string
}

// IsAttr reports whether the field stands in the start tag.
func (f *Field) IsAttr() bool { return f.Role == Attribute || f.Role == WildcardAttribute }

// A Value is the Go type of one value of a field, and the Kind that reads and writes it. Exactly one of Basic, Struct,
// Enum and Interface is set.
type Value struct {
	// Kind is the name of an xmlwire.Kind.
	Kind string
	// Basic is a predeclared type, such as int32 or []byte. With Package it is a type of that package.
	Basic   string
	Package string

	Struct    *Struct
	Enum      *Enum
	Interface *Interface
}

// An Enum is a named type with constants.
type Enum struct {
	Type *model.Type
	// Basic is string or a sized integer.
	Basic  string
	Values []*EnumValue
	// Home is that of Struct.
	Home string
}

// An EnumValue is a constant of an Enum.
type EnumValue struct {
	Value string
	Doc   string
}

// An Interface is a sealed interface.
type Interface struct {
	// Type is set if it stands for a type and those derived from it.
	Type *model.Type
	// Head is set if it stands for an element and those that may substitute it.
	Head *model.Element
	// Parent and First are set if it stands for a choice in that struct.
	Parent *Struct
	First  string
	// Members are the structs whose pointers belong to it.
	Members []*Struct
	// Home is that of its members: see Struct.
	Home string
}

// A Port is a port type that can be called.
type Port struct {
	PortType   *model.PortType
	Operations []*Operation
	// Left are the operations that are not generated, because no SOAP binding has them or only the service sends them.
	Left []*model.Operation
}

// An Operation is one call.
type Operation struct {
	Operation *model.Operation
	Action    string
	// In and Out are the elements on the wire; nil for an empty body, and where members stand right in the body.
	In, Out *model.Element
	// Encoded says that the bodies are in SOAP encoding.
	Encoded bool
	// Request and Response are what they hold. Response is nil for a one-way operation.
	Request, Response *Struct
	// List is the field of Response whose items can be streamed; nil if there is none.
	List *Field
}

// A Block is an element that travels beside bodies: in the headers of requests, in those of responses, in the detail of
// faults, or in several of these.
type Block struct {
	Element                  *model.Element
	Message                  *Struct
	Request, Response, Fault bool
}

// An Endpoint is a binding with the address of a port, or without one if no service has the binding.
type Endpoint struct {
	Binding *model.Binding
	Port    *model.Port // nil if no service has it
}

// Name returns the name that the WSDL gives to the port, or to the binding where there is none.
func (e *Endpoint) Name() string {
	if e.Port != nil {
		return e.Port.Name
	}
	return e.Binding.Name.Local
}
