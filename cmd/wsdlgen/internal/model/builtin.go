package model

// A Builtin is one of the types that XML Schema brings along. Its zero value, NotBuiltin, stands for none of them.
type Builtin uint8

// The built-in types, named as the specification names them.
const (
	NotBuiltin Builtin = iota

	AnyType
	AnySimpleType

	String
	NormalizedString
	Token
	Language
	NMTOKEN
	NMTOKENS
	XMLName // xs:Name
	NCName
	ID
	IDREF
	IDREFS
	ENTITY
	ENTITIES
	AnyURI
	QName
	NOTATION

	Boolean
	Base64Binary
	HexBinary

	Float
	Double
	Decimal
	Integer
	NonPositiveInteger
	NegativeInteger
	NonNegativeInteger
	PositiveInteger
	Long
	Int
	Short
	Byte
	UnsignedLong
	UnsignedInt
	UnsignedShort
	UnsignedByte

	DateTime
	Date
	Time
	Duration
	GYear
	GYearMonth
	GMonth
	GMonthDay
	GDay

	numBuiltins
)

var builtinNames = [numBuiltins]string{
	AnyType: "anyType", AnySimpleType: "anySimpleType",
	String: "string", NormalizedString: "normalizedString", Token: "token", Language: "language",
	NMTOKEN: "NMTOKEN", NMTOKENS: "NMTOKENS", XMLName: "Name", NCName: "NCName", ID: "ID", IDREF: "IDREF", IDREFS: "IDREFS",
	ENTITY: "ENTITY", ENTITIES: "ENTITIES", AnyURI: "anyURI", QName: "QName", NOTATION: "NOTATION",
	Boolean: "boolean", Base64Binary: "base64Binary", HexBinary: "hexBinary",
	Float: "float", Double: "double", Decimal: "decimal", Integer: "integer",
	NonPositiveInteger: "nonPositiveInteger", NegativeInteger: "negativeInteger",
	NonNegativeInteger: "nonNegativeInteger", PositiveInteger: "positiveInteger",
	Long: "long", Int: "int", Short: "short", Byte: "byte",
	UnsignedLong: "unsignedLong", UnsignedInt: "unsignedInt", UnsignedShort: "unsignedShort", UnsignedByte: "unsignedByte",
	DateTime: "dateTime", Date: "date", Time: "time", Duration: "duration",
	GYear: "gYear", GYearMonth: "gYearMonth", GMonth: "gMonth", GMonthDay: "gMonthDay", GDay: "gDay",
}

// String returns the name of the type without its namespace, such as "dateTime".
func (b Builtin) String() string {
	if b >= numBuiltins {
		return ""
	}
	return builtinNames[b]
}

// ItemType returns what the items of a built-in list type are (NMTOKENS, IDREFS, ENTITIES), NotBuiltin for other
// types.
func (b Builtin) ItemType() Builtin {
	switch b {
	case NMTOKENS:
		return NMTOKEN
	case IDREFS:
		return IDREF
	case ENTITIES:
		return ENTITY
	}
	return NotBuiltin
}

// NamespaceXSD is the namespace of XML Schema, which the built-in types are in.
const NamespaceXSD = "http://www.w3.org/2001/XMLSchema"

var (
	builtinTypes  [numBuiltins]*Type
	builtinByName = make(map[string]*Type, numBuiltins)
)

func init() { // the one list of the types is builtinNames; these are views of it
	for b := AnyType; b < numBuiltins; b++ {
		t := &Type{Kind: BuiltinType, Name: Name{NamespaceXSD, b.String()}, Builtin: b}
		builtinTypes[b], builtinByName[b.String()] = t, t
	}
}

// Type returns b as a Type, the same pointer every time; nil for NotBuiltin. It must not be changed.
func (b Builtin) Type() *Type {
	if b >= numBuiltins {
		return nil
	}
	return builtinTypes[b]
}

// LookupBuiltin returns the built-in type called local, or nil.
func LookupBuiltin(local string) *Type { return builtinByName[local] }
