package xmlwire

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"unsafe"
)

// Namespaces of encoded messages.
const (
	nsXSD        = "http://www.w3.org/2001/XMLSchema"
	nsEnvelope11 = "http://schemas.xmlsoap.org/soap/envelope/"
	nsEnvelope12 = "http://www.w3.org/2003/05/soap-envelope"
	nsEncoding11 = "http://schemas.xmlsoap.org/soap/encoding/"
	nsEncoding12 = "http://www.w3.org/2003/05/soap-encoding"
)

func (enc Encoding) space() string {
	if enc == Encoded12 {
		return nsEncoding12
	}
	return nsEncoding11
}

// encodingStyle writes, into the open tag of the outermost element, how its content is encoded, and the declarations
// that most elements in it need.
func (e *encoder) encodingStyle(b *binding) {
	envelope := nsEnvelope11
	if e.opts.Encoding == Encoded12 {
		envelope = nsEnvelope12
	}
	known := [][2]string{{"xsi", nsXSI}, {"xsd", nsXSD}, {"soapenc", e.opts.Encoding.space()}, {"soapenv", envelope}}
	for _, d := range known {
		if d[0] == "xsi" && b.xsi {
			continue // declared already
		}
		e.ns = append(e.ns, nsDecl{d[0], d[1]})
		e.declare(d[0], d[1])
	}
	e.xsi = true
	e.buf = append(append(append(e.buf, ` soapenv:encodingStyle="`...), e.opts.Encoding.space()...), '"')
}

// typeAttr writes xsi:type into the open tag. A type without a name, or one in no namespace, goes unsaid.
func (e *encoder) typeAttr(name Name) {
	if name.Local == "" || name.Space == "" {
		return
	}
	typ := e.inTag(name.Space) + ":" + name.Local
	xsi := e.inTag(nsXSI)
	e.buf = append(append(append(e.buf, ' '), xsi...), `:type="`...)
	e.buf = append(append(e.buf, typ...), '"')
}

// scalarType writes xsi:type for a scalar of an encoded message.
func (e *encoder) scalarType(f *field) {
	if e.opts.Encoding != Literal {
		e.typeAttr(f.typeName)
	}
}

// structType writes xsi:type for the struct at p, or what stands there for an array.
func (e *encoder) structType(b *binding, p unsafe.Pointer) {
	if b.typ.ArrayOf.Local == "" || len(b.elems) != 1 || b.elems[0].shape != inSlice {
		e.typeAttr(b.name)
		return
	}
	e.arrayType(b.typ.ArrayOf, (*sliceHeader)(unsafe.Add(p, b.elems[0].offset)).len)
}

// arrayType writes what an array of n items of the type item says of itself.
func (e *encoder) arrayType(item Name, n int) {
	space := e.opts.Encoding.space()
	e.typeAttr(Name{space, "Array"})
	enc := e.inTag(space)
	typ := item.Local
	if item.Space != "" {
		typ = e.inTag(item.Space) + ":" + typ
	}
	size := strconv.Itoa(n)
	if e.opts.Encoding == Encoded12 {
		if strings.HasSuffix(typ, "[]") {
			typ = enc + ":Array"
		}
		e.buf = append(e.buf, ` `+enc+`:itemType="`+typ+`" `+enc+`:arraySize="`+size+`"`...)
		return
	}
	e.buf = append(e.buf, ` `+enc+`:arrayType="`+typ+`[`+size+`]"`...)
}

// setTypeName finds out what xsi:type says of a scalar.
func (f *field) setTypeName() {
	f.typeName = f.TypeName
	switch {
	case f.TypeName.Local != "" || f.Flags&List != 0:
	case f.Kind == Custom:
		if local, ok := customTypes[f.base.Name()]; ok {
			f.typeName = Name{nsXSD, local}
		}
	default:
		if local, ok := kindTypes[f.Kind]; ok {
			f.typeName = Name{nsXSD, local}
		}
	}
}

// kindTypes are the types of XML Schema that kinds are read and written as.
var kindTypes = map[Kind]string{
	String: "string", NormalizedString: "normalizedString", Token: "token", Bool: "boolean",
	Int8: "byte", Int16: "short", Int32: "int", Int64: "long",
	Uint8: "unsignedByte", Uint16: "unsignedShort", Uint32: "unsignedInt", Uint64: "unsignedLong",
	Float32: "float", Float64: "double", DateTime: "dateTime", Base64: "base64Binary", Hex: "hexBinary", QName: "QName",
}

// customTypes are those of the types in this package that are a TextValue.
var customTypes = map[string]string{
	"Decimal": "decimal", "Integer": "integer", "Date": "date", "TimeOfDay": "time", "Duration": "duration",
	"GYear": "gYear", "GYearMonth": "gYearMonth", "GMonth": "gMonth", "GMonthDay": "gMonthDay", "GDay": "gDay",
}

// AppendContent appends the members of m to dst, without an element around them: what a message is whose parts stand
// right in the body. Each of the outermost elements declares the namespaces that it uses. Attributes of m are not
// written. Errors are those of AppendElement.
func AppendContent(dst []byte, m Message, opts WriteOptions) ([]byte, error) {
	v := reflect.ValueOf(m)
	if v.IsNil() {
		return dst, errors.New("xmlwire: encoding a nil message")
	}
	e := newEncoder(dst, opts)
	e.content = true
	err := e.members(bindingOf(m), v.UnsafePointer())
	return e.done(), err
}
