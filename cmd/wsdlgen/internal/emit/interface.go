package emit

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"

// genInterface prints a sealed interface and the methods that seal it.
func (e *emitter) genInterface(p *printer, i *shape.Interface) {
	name := checkIdent(e.plan.Interface(i))
	var values []string
	for _, s := range i.Members {
		values = append(values, "*"+e.plan.Struct(s))
	}
	var what string
	switch {
	case i.Type != nil:
		what = "is a value of the type " + i.Type.Name.Local + " or of one derived from it"
	case i.Head != nil:
		what = "is the element " + i.Head.Name.Local + " or one that may stand in its place"
	default:
		what = "is one of the alternatives of a choice in " + e.plan.Struct(i.Parent)
	}
	p.comment(name + " " + what + ": " + list(values, "or") + ".")
	p.P("type ", name, " interface {")
	p.P(ident{xmlwirePath, "Message"})
	p.P(e.plan.Marker(i), "()")
	p.P("}")
	p.P()
	for _, s := range i.Members {
		p.P("func (*", checkIdent(e.plan.Struct(s)), ") ", checkIdent(e.plan.Marker(i)), "() {}")
	}
	p.P()
}

func interfaceSpace(i *shape.Interface) string {
	switch {
	case i.Type != nil:
		return i.Type.Name.Space
	case i.Head != nil:
		return i.Head.Name.Space
	}
	return i.Parent.Space
}
