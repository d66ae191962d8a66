package xmlwire

// Limits bound what a Reader takes from a peer that is not trusted. A zero field means the default; a negative one
// means no limit.
type Limits struct {
	Bytes      int64 // of the whole document, after decompression and conversion to UTF-8; default none
	Depth      int   // of nested elements; default 256
	Attributes int   // on one element, namespace declarations included; default 256
	Namespaces int   // declarations in scope at one place; default 1,024
	NameBytes  int   // of one qualified name; default 1,024
	TextBytes  int   // of one text, attribute value, comment or raw element; default 64 MiB
	Items      int   // of one list; default none (Bytes bounds it)
}

// Default limits, as documented on Limits.
const (
	DefaultDepth      = 256
	DefaultAttributes = 256
	DefaultNamespaces = 1024
	DefaultNameBytes  = 1024
	DefaultTextBytes  = 64 << 20
)

// ReadOptions adjust a Reader. The zero value is the default behaviour.
type ReadOptions struct {
	Limits Limits
	// InOrder makes decoding drop, without a word, elements that come after their place in the schema's order, and
	// all but the first of a member that may occur once. That is what .NET's DataContractSerializer does; by default
	// order does not matter and of duplicates the last one wins.
	InOrder bool
	// NilAsZero reads xsi:nil as the zero value where the field has no place for nil. In SOAP encoding anything may be
	// nil, whatever the schema says.
	NilAsZero bool
	// Validate makes it an error if a document does not hold what the schema demands: a member that must be there is missing,
	// or a value is not what Validate accepts. Each element is read by the tokenizer then, which is slower. The first thing
	// that is wrong ends the reading.
	Validate bool
	// AnyNamespace takes names of namespaces that are no URIs. Some services have such, as "urn:My Company"; clients and
	// handlers whose operations are in one read with this option of their own accord.
	AnyNamespace bool
	// NoPrediction has every element read by the tokenizer. The result is the same, only slower: it is there to measure
	// and to compare.
	NoPrediction bool
	// Skipped, if set, is called for each element and attribute that the table does not know and that decoding
	// therefore passed over.
	Skipped func(Skipped)
}

// Skipped describes an element or attribute that decoding passed over.
type Skipped struct {
	Path   string // of the element, or of the attribute as path/@name
	Name   Name
	Offset int64
}

// WriteOptions adjust encoding. The zero value is the default behaviour.
type WriteOptions struct {
	// AbsentAsNil writes every absent member that is Nillable as xsi:nil. That is how .NET's DataContractSerializer
	// writes null.
	AbsentAsNil bool
	// Validate makes what Validate finds wrong an error, before anything is written.
	Validate bool
	// Encoding is how values are put into XML; zero is by the schema alone.
	Encoding Encoding
}

// An Encoding is a way to put values into XML that goes beyond the schema: every element says what type it is of.
type Encoding uint8

const (
	Literal   Encoding = iota // as the schema says
	Encoded11                 // SOAP encoding as section 5 of SOAP 1.1 has it
	Encoded12                 // SOAP encoding as SOAP 1.2 has it
)
