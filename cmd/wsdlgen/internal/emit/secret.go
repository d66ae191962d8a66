package emit

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

const secretsFile = "secrets.go"

// genSecrets prints methods by which what people print, and log, of values with secrets shows none of those.
func (e *emitter) genSecrets() {
	holders := e.pkg.SecretHolders()
	if len(holders) == 0 {
		return
	}
	p := e.in(secretsFile)
	if e.home == "" {
		p.comment("secrets are the elements and attributes that are not to be seen in traces and errors.")
		p.P("var secrets = ", e.secretNames())
		p.P()
	}
	for _, s := range e.structs {
		if s.HasSecrets() {
			e.genFormat(p, s)
		}
		if holders[s] {
			e.genLogValue(p, s)
		}
	}
}

func (e *emitter) secretNames() code {
	c := code{"[]string{"}
	for i, name := range e.pkg.SecretNames() {
		if i > 0 {
			c = append(c, ", ")
		}
		c = append(c, quote(name))
	}
	return append(c, "}")
}

// genFormat prints the methods that package fmt looks for. The type without methods keeps them from calling themselves.
func (e *emitter) genFormat(p *printer, s *shape.Struct) {
	name := checkIdent(e.plan.Struct(s))
	var fields []string
	for _, f := range s.Fields {
		if f.Secret {
			fields = append(fields, e.plan.Field(f))
		}
	}
	p.comment("Format prints v as package fmt does, with REDACTED in place of " + list(fields, "and") + ".")
	p.P("func (v ", name, ") Format(f ", ident{fmtPath, "State"}, ", verb rune) {")
	p.P("type plain ", name)
	for _, f := range s.Fields {
		if f.Secret {
			e.genRedact(p, f)
		}
	}
	p.P(ident{fmtPath, "Fprintf"}, "(f, ", ident{fmtPath, "FormatString"}, "(f, verb), plain(v))")
	p.P("}")
	p.P()
	p.P("func (v ", name, ") String() string { return ", ident{fmtPath, "Sprintf"}, `("%v", v) }`)
	p.P("func (v ", name, ") GoString() string { return ", ident{fmtPath, "Sprintf"}, `("%#v", v) }`)
	p.P()
}

// genRedact prints what hides the value of a field. One that is absent may be seen to be.
func (e *emitter) genRedact(p *printer, f *shape.Field) {
	field := "v." + checkIdent(e.plan.Field(f))
	value := e.valueType(f.Value)
	mark := code{`"REDACTED"`}
	if f.Value.Basic != "string" {
		mark = append(append(code{}, value...), `("REDACTED")`)
	}
	switch f.Form {
	case shape.Optional:
		p.P("if ", field, ".IsSet() {")
		p.P(field, " = ", ident{xmlwirePath, "Some"}, "(", mark, ")")
		p.P("}")
	case shape.Pointer:
		p.P("if ", field, " != nil {")
		p.P(field, " = new(", mark, ")")
		p.P("}")
	case shape.Slice:
		p.P("if ", field, " != nil {")
		p.P(field, " = make([]", e.itemType(f, value), ", 0)")
		p.P("}")
	default:
		p.P(field, " = ", mark)
	}
}

func (e *emitter) genLogValue(p *printer, s *shape.Struct) {
	p.comment("LogValue is what package slog prints of v: what package fmt does, without secrets.")
	p.P("func (v ", checkIdent(e.plan.Struct(s)), ") LogValue() ", ident{slogPath, "Value"}, " {")
	p.P("return ", ident{slogPath, "StringValue"}, "(", ident{fmtPath, "Sprintf"}, `("%+v", v))`)
	p.P("}")
	p.P()
}
