package emit

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// gowsdlFile is the file with what only programs need that move over from gowsdl.
const gowsdlFile = "gowsdl.go"

// genAliases prints the names of schemas that are no types of their own here.
func (e *emitter) genAliases() {
	var aliases []*shape.Alias
	for _, a := range e.pkg.Aliases {
		if a.Home == e.home && e.plan.Alias(a) != "" {
			aliases = append(aliases, a)
		}
	}
	if len(aliases) == 0 {
		return
	}
	p := e.in(gowsdlFile)
	p.comment("Names of the schemas that stand for another type.")
	p.P("type (")
	for _, a := range byName(aliases, e.plan.Alias) {
		list := ""
		if a.List {
			list = "[]"
		}
		p.P(checkIdent(e.plan.Alias(a)), " = ", list, e.valueType(a.Value))
	}
	p.P(")")
	p.P()
}

// genGowsdlPort prints a port as gowsdl has it: an interface with two methods for each operation.
func (e *emitter) genGowsdlPort(port *shape.Port) {
	p := e.in(gowsdlFile)
	name, impl := e.plan.GowsdlPort(port)
	name, impl = checkIdent(name), checkIdent(impl)
	client := checkIdent(e.plan.Client(port))
	transport := ident{soapclientPath, "RoundTripper"}

	p.comment(name+" has the operations of "+port.PortType.Name.Local+" as code from gowsdl calls them. Methods without a context use the one "+
		"that is never done.", client+" has streams and options of calls too.")
	p.P("type ", name, " interface {")
	for _, o := range port.Operations {
		p.P(checkIdent(e.plan.Method(o)), "(", e.gowsdlRequest(o), ") ", e.gowsdlResults(o))
		p.P(checkIdent(e.plan.Context(o)), "(ctx ", ident{contextPath, "Context"}, ", ", e.gowsdlRequest(o), ") ", e.gowsdlResults(o))
	}
	p.P("}")
	p.P()
	p.comment("New" + name + " returns a port that calls through rt: a *soapclient.Client, or what package gowsdlclient makes of gowsdl's client.")
	p.P("func New", name, "(rt ", transport, ") ", name, " {")
	p.P("return ", impl, "{", checkIdent(e.plan.NewClient(port)), "(rt)}")
	p.P("}")
	p.P()
	p.P("type ", impl, " struct { client *", client, " }")
	p.P()
	for _, o := range port.Operations {
		method, withContext := checkIdent(e.plan.Method(o)), checkIdent(e.plan.Context(o))
		request, comma := code{"request"}, ", "
		if o.Request.Role == shape.Empty {
			request, comma = code{}, ""
		}
		p.P("func (p ", impl, ") ", method, "(", e.gowsdlRequest(o), ") ", e.gowsdlResults(o), " {")
		p.P("return p.", withContext, "(", ident{contextPath, "Background"}, "()", comma, request, ")")
		p.P("}")
		p.P()
		p.P("func (p ", impl, ") ", withContext, "(ctx ", ident{contextPath, "Context"}, ", ", e.gowsdlRequest(o), ") ", e.gowsdlResults(o), " {")
		if o.Request.Role == shape.Empty {
			request = code{"new(", e.structType(o.Request), ")"}
		}
		p.P("return p.client.", method, "(ctx, ", request, ")")
		p.P("}")
		p.P()
	}
}

// gowsdlRequest prints the parameter for the request, which an empty one does not have.
func (e *emitter) gowsdlRequest(o *shape.Operation) code {
	if o.Request.Role == shape.Empty {
		return nil
	}
	return code{"request *", e.structType(o.Request)}
}

func (e *emitter) gowsdlResults(o *shape.Operation) code {
	if o.Response == nil {
		return code{"error"}
	}
	return code{"(*", e.structType(o.Response), ", error)"}
}
