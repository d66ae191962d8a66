package shape

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"

// hasEncoded reports whether an operation is in SOAP encoding.
func hasEncoded(c *model.Contract) bool {
	for _, pt := range c.PortTypes {
		for _, op := range pt.Operations {
			if op.Input != nil && op.Input.Encoded || op.Output != nil && op.Output.Encoded {
				return true
			}
		}
	}
	return false
}

// setTypeName says what type a scalar is of, where encoded messages need it and the Kind does not tell.
func (b *builder) setTypeName(f *Field, t *model.Type) {
	if !b.encoded || f.List {
		return
	}
	if name := typeName(t); name != kindNames[f.Value.Kind] && (f.Value.Kind != "Custom" || name != customNames[f.Value.Basic]) {
		f.TypeName = &name
	}
}

// typeName returns the name of a type, or of the nearest that it comes from and that has one.
func typeName(t *model.Type) model.Name {
	for ; t != nil; t = t.Base {
		if !t.IsAnonymous() {
			return t.Name
		}
	}
	return xsd("string")
}

// arrayItemName is what an array of SOAP encoding says of its items.
func arrayItemName(t *model.Type) *model.Name {
	item, brackets := t.Members[0].Type, ""
	for item.SOAPArray && item.IsAnonymous() {
		item, brackets = item.Members[0].Type, brackets+"[]"
	}
	name := typeName(item)
	name.Local += brackets
	return &name
}

func xsd(local string) model.Name { return model.Name{Space: model.NamespaceXSD, Local: local} }

// kindNames and customNames are the types that package xmlwire takes scalars for by itself.
var kindNames = map[string]model.Name{
	"String": xsd("string"), "NormalizedString": xsd("normalizedString"), "Token": xsd("token"), "Bool": xsd("boolean"),
	"Int8": xsd("byte"), "Int16": xsd("short"), "Int32": xsd("int"), "Int64": xsd("long"),
	"Uint8": xsd("unsignedByte"), "Uint16": xsd("unsignedShort"), "Uint32": xsd("unsignedInt"), "Uint64": xsd("unsignedLong"),
	"Float32": xsd("float"), "Float64": xsd("double"), "DateTime": xsd("dateTime"), "Base64": xsd("base64Binary"),
	"Hex": xsd("hexBinary"), "QName": xsd("QName"),
}

var customNames = map[string]model.Name{
	"Decimal": xsd("decimal"), "Integer": xsd("integer"), "Date": xsd("date"), "TimeOfDay": xsd("time"),
	"Duration": xsd("duration"), "GYear": xsd("gYear"), "GYearMonth": xsd("gYearMonth"), "GMonth": xsd("gMonth"),
	"GMonthDay": xsd("gMonthDay"), "GDay": xsd("gDay"),
}
