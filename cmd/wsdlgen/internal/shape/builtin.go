package shape

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"

// xmlwire and timePkg are the packages whose types fields may have.
const (
	xmlwire = "github.com/soapfirst/trackunit/soapclient/xmlwire"
	timePkg = "time"
)

var raw = Value{Kind: "AnyElement", Basic: "Raw", Package: xmlwire}

// builtins is the Go type of each built-in type. Integers without a bound and decimals are exact types; those with a
// bound are Go's of the same size.
var builtins = map[model.Builtin]Value{
	model.AnyType:       raw,
	model.AnySimpleType: {Kind: "String", Basic: "string"},

	model.String:           {Kind: "String", Basic: "string"},
	model.NormalizedString: {Kind: "NormalizedString", Basic: "string"},
	model.Token:            {Kind: "Token", Basic: "string"},
	model.Language:         {Kind: "Token", Basic: "string"},
	model.NMTOKEN:          {Kind: "Token", Basic: "string"},
	model.XMLName:          {Kind: "Token", Basic: "string"},
	model.NCName:           {Kind: "Token", Basic: "string"},
	model.ID:               {Kind: "Token", Basic: "string"},
	model.IDREF:            {Kind: "Token", Basic: "string"},
	model.ENTITY:           {Kind: "Token", Basic: "string"},
	model.AnyURI:           {Kind: "Token", Basic: "string"},
	model.QName:            {Kind: "QName", Basic: "Name", Package: xmlwire},
	model.NOTATION:         {Kind: "QName", Basic: "Name", Package: xmlwire},

	model.Boolean:      {Kind: "Bool", Basic: "bool"},
	model.Base64Binary: {Kind: "Base64", Basic: "[]byte"},
	model.HexBinary:    {Kind: "Hex", Basic: "[]byte"},

	model.Float:              {Kind: "Float32", Basic: "float32"},
	model.Double:             {Kind: "Float64", Basic: "float64"},
	model.Decimal:            {Kind: "Custom", Basic: "Decimal", Package: xmlwire},
	model.Integer:            {Kind: "Custom", Basic: "Integer", Package: xmlwire},
	model.NonPositiveInteger: {Kind: "Custom", Basic: "Integer", Package: xmlwire},
	model.NegativeInteger:    {Kind: "Custom", Basic: "Integer", Package: xmlwire},
	model.NonNegativeInteger: {Kind: "Custom", Basic: "Integer", Package: xmlwire},
	model.PositiveInteger:    {Kind: "Custom", Basic: "Integer", Package: xmlwire},
	model.Long:               {Kind: "Int64", Basic: "int64"},
	model.Int:                {Kind: "Int32", Basic: "int32"},
	model.Short:              {Kind: "Int16", Basic: "int16"},
	model.Byte:               {Kind: "Int8", Basic: "int8"},
	model.UnsignedLong:       {Kind: "Uint64", Basic: "uint64"},
	model.UnsignedInt:        {Kind: "Uint32", Basic: "uint32"},
	model.UnsignedShort:      {Kind: "Uint16", Basic: "uint16"},
	model.UnsignedByte:       {Kind: "Uint8", Basic: "uint8"},

	model.DateTime:   {Kind: "DateTime", Basic: "Time", Package: timePkg},
	model.Date:       {Kind: "Custom", Basic: "Date", Package: xmlwire},
	model.Time:       {Kind: "Custom", Basic: "TimeOfDay", Package: xmlwire},
	model.Duration:   {Kind: "Custom", Basic: "Duration", Package: xmlwire},
	model.GYear:      {Kind: "Custom", Basic: "GYear", Package: xmlwire},
	model.GYearMonth: {Kind: "Custom", Basic: "GYearMonth", Package: xmlwire},
	model.GMonth:     {Kind: "Custom", Basic: "GMonth", Package: xmlwire},
	model.GMonthDay:  {Kind: "Custom", Basic: "GMonthDay", Package: xmlwire},
	model.GDay:       {Kind: "Custom", Basic: "GDay", Package: xmlwire},
}

// enumBasics are the Go types that an enumeration can be made of.
var enumBasics = map[string]bool{
	"string": true,
	"int8":   true, "int16": true, "int32": true, "int64": true,
	"uint8": true, "uint16": true, "uint32": true, "uint64": true,
}
