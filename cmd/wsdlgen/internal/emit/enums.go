package emit

import (
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

const enumsFile = "enums.go"

// genEnums prints enumerations.
func (e *emitter) genEnums() {
	for _, enum := range byName(e.pkg.Enums, e.plan.Enum) {
		if enum.Home != e.home {
			continue
		}
		p := e.in(enumsFile)
		name := checkIdent(e.plan.Enum(enum))
		about := []string{name + " " + enumDoc(enum)}
		p.comment(append(about, paragraphs(enum.Type.Doc)...)...)
		p.P("type ", name, " ", enum.Basic)
		p.P()
		if len(enum.Values) == 0 {
			continue
		}
		p.comment("The values of " + name + ".")
		p.P("const (")
		for _, v := range enum.Values {
			p.comment(paragraphs(v.Doc)...)
			value := quote(v.Value)
			if enum.Basic != "string" {
				value = number(v.Value)
			}
			p.P(checkIdent(e.plan.EnumValue(v)), " ", name, " = ", value)
		}
		p.P(")")
		p.P()
		e.genValues(p, enum)
	}
}

// genValues prints what xmlwire.Validate asks an enumeration for.
func (e *emitter) genValues(p *printer, enum *shape.Enum) {
	values := code{"[]string{"}
	seen := map[string]bool{}
	for _, v := range enum.Values {
		text := v.Value
		if enum.Basic != "string" {
			text = number(text)
		}
		if seen[text] {
			continue
		}
		if len(seen) > 0 {
			values = append(values, ", ")
		}
		seen[text] = true
		values = append(values, quote(text))
	}
	name := checkIdent(e.plan.Enum(enum))
	p.comment("XMLValues returns the values as they stand on the wire, for xmlwire.Validate.")
	p.P("func (", name, ") XMLValues() []string {")
	p.P("return ", append(values, "}"))
	p.P("}")
	p.P()
}

func enumDoc(enum *shape.Enum) string {
	t := enum.Type
	what := "is the simple type " + t.Name.Local
	if t.IsAnonymous() {
		what = "is the type of " + strings.Join(t.Path, "/")
	}
	return what + of(t.Name.Space) + ". Values that are not listed here are kept as they come; xmlwire.Validate refuses them."
}

// number prints an integer as Go writes it. XML Schema allows a plus sign and leading zeros, which mean octal in Go.
func number(lexical string) string {
	sign := ""
	digits := strings.TrimPrefix(lexical, "+")
	if rest, ok := strings.CutPrefix(digits, "-"); ok {
		sign, digits = "-", rest
	}
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return "0"
	}
	for _, r := range digits {
		if r < '0' || r > '9' {
			panic("emit: " + quote(lexical) + " is no integer")
		}
	}
	return sign + digits
}
