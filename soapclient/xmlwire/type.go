package xmlwire

import "sync/atomic"

// A Name is an expanded XML name: a namespace name and a local name. The zero Space means "in no namespace".
type Name struct {
	Space, Local string
}

// String returns the name in the usual notation {namespace}local.
func (n Name) String() string {
	if n.Space == "" {
		return n.Local
	}
	return "{" + n.Space + "}" + n.Local
}

// A Message is a Go struct that knows its XML form. Pointers to generated structs are Messages; a hand-written struct
// becomes one by returning a table of its own.
//
// XMLType must return the same pointer every time, must not depend on the receiver (it is called on nil pointers) and
// the table must not be changed once it was used.
type Message interface {
	XMLType() *Type
}

// A Type is the table that ties a Go struct to an XML Schema complex type. Tables are plain data: no calls, so
// that thousands of them compile quickly and cost nothing at start-up. A table holds no reference to the tables of
// its members: those are reached through the Go types of the fields when the table is first used, which is also when
// field offsets are looked up and when a table that does not fit its struct panics with a message that names the
// field (call Check in a test to find out earlier).
//
// A Type is safe for concurrent use. It must not be copied.
type Type struct {
	// Name and Space are the type's name and namespace: what xsi:type says. Name is empty for anonymous types.
	Name, Space string
	// Element is the local name of the element (in Space) that encoding/xml interoperation writes when it is given
	// nothing better; empty means Name.
	Element string
	// Members are in schema order: attributes in any place, everything else as it stands on the wire.
	Members []Member
	// ArrayOf, if set, makes the type an array of SOAP encoding: it has one member, a slice, and ArrayOf is the type of
	// its items, as Member.ArrayOf says.
	ArrayOf Name
	// Unknown marks the alternative of a Poly member that keeps an element whose xsi:type is not known: a struct
	// with one member of kind AnyElement.
	Unknown bool

	bound atomic.Pointer[binding]
}

// A Member is one line of a Type: one field of the struct and how it stands on the wire.
//
// How often a member occurs follows from the field's Go type: a plain value is always written; an Opt is written
// unless absent; a slice is written item by item; a nil pointer, a nil interface and a nil slice are absent.
type Member struct {
	// Field is the name of the Go field.
	Field string
	// Name is the local name on the wire; empty means the same as Field.
	Name string
	// Space is the namespace of Name; empty means that of the Type for elements and none for attributes. The flag
	// Unqualified puts an element in no namespace.
	Space string
	// Item, if set, makes the member an unwrapped array: the field is a slice, Name is the element around it and
	// Item that of each item. A nil slice is absent, an empty one is the empty element; a nil element is read as
	// absent.
	Item string
	// ItemSpace is the namespace of Item; empty means that of the Type.
	ItemSpace string
	// ArrayOf, on an unwrapped array, makes it one of SOAP encoding: items may be called anything when they are read, and
	// encoded messages say what they are and how many. It is the type of the items; that of items that are arrays
	// themselves ends in [].
	ArrayOf Name
	// TypeName is what xsi:type says of a scalar in encoded messages; empty means the type of XML Schema that the
	// Kind is of.
	TypeName Name
	Kind     Kind
	Flags    Flags
	// Choice is a number that members of one exclusive choice share, 0 for none. Branch tells the branches of that
	// choice apart, where one has several members. Writing fails when members of two branches are set, or, if they
	// are Required, when none is.
	Choice, Branch uint16
	// Facets limit the values, or how often they occur, for Validate.
	Facets []Facet
	// Alts are the alternatives of a member of kind Choice, Group or Poly, as nil pointers: (*Circle)(nil).
	Alts []Message
}

// Flags say what the Go type and the Kind of a Member leave open. They may be combined.
type Flags uint16

const (
	// Attr makes the member an attribute.
	Attr Flags = 1 << iota
	// Text makes the member the character data of its element: the value of simple content.
	Text
	// List makes a slice of scalars one white-space separated list (xs:list) in place of repeated elements.
	List
	// Required says minOccurs ≥ 1, or use="required": an absent Opt is then an error when written (or nil, if also
	// Nillable).
	Required
	// Nillable allows xsi:nil. Reading accepts xsi:nil in Opt fields whether or not it is allowed, since services do
	// send it.
	Nillable
	// ItemNillable is Nillable for the items of an unwrapped array.
	ItemNillable
	// Unqualified puts Name in no namespace.
	Unqualified
	// ItemUnqualified puts Item in no namespace.
	ItemUnqualified
	// Abstract, on a Poly member, says that the declared type has no instances of its own: xsi:type is always
	// written, and missing it is an error.
	Abstract
)

// A Kind tells how the text or content of a member maps to its Go type. Named Go types count as what they are
// made of, so an enumeration is a String or Token.
type Kind uint8

const (
	// Struct is a struct that is a Message.
	Struct Kind = iota + 1

	String           // string; white space kept (xs:string)
	NormalizedString // string; tab, LF, CR become spaces
	Token            // string; white space collapsed (xs:token and what derives from it, xs:anyURI)

	Bool    // bool
	Int8    // int8 (xs:byte)
	Int16   // int16 (xs:short)
	Int32   // int32 (xs:int)
	Int64   // int64 (xs:long)
	Uint8   // uint8 (xs:unsignedByte)
	Uint16  // uint16 (xs:unsignedShort)
	Uint32  // uint32 (xs:unsignedInt)
	Uint64  // uint64 (xs:unsignedLong)
	Float32 // float32 (xs:float)
	Float64 // float64 (xs:double)

	DateTime // time.Time (xs:dateTime); see NoZone
	Custom   // a type with TextValue methods on its pointer: Decimal, Integer, Date, Time, Duration, GYear …
	Base64   // []byte (xs:base64Binary)
	Hex      // []byte (xs:hexBinary)
	QName    // Name; prefixes are resolved on reading and declared on writing (xs:QName)

	// AnyElement is a Raw: an element kept as bytes. With a Name it is an element of unknown type (xs:anyType); without
	// one it is any element that no other member claims (xs:any).
	AnyElement
	// AnyAttr is []RawAttr: every attribute that no other member claims (xs:anyAttribute). It needs the flag Attr.
	AnyAttr

	// Group is a struct, or a slice of structs, whose Members stand on the wire without an element around them: a
	// repeated sequence.
	Group
	// Choice is an interface, or a slice of one, whose values are pointers to the types in Alts; each alternative
	// stands on the wire as a Group. An alternative with a Text member takes character data: mixed content.
	Choice
	// Poly is an interface, Opt of one, or a slice of one, whose values are pointers to the types in Alts, told apart
	// by xsi:type. The first is the declared type unless Abstract is set.
	Poly
)

// A TextValue is a scalar that reads and writes itself: what Kind Custom stands for.
type TextValue interface {
	// AppendXML appends the lexical form to dst. The text is escaped by the caller.
	AppendXML(dst []byte) ([]byte, error)
	// ParseXML sets the value from text whose white space is already collapsed. It must not keep text.
	ParseXML(text []byte) error
}
