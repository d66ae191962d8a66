package emit

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"

// genServer prints the interface that serves a port, a server without any operation, and the handler.
func (e *emitter) genServer(port *shape.Port) {
	p := e.in(e.plan.PortFile(port) + "_server.go")
	server, unimplemented := checkIdent(e.plan.Server(port)), checkIdent(e.plan.Unimplemented(port))

	p.comment(append([]string{
		server + " is implemented by what serves " + port.PortType.Name.Local + ". Embed " + unimplemented +
			" to keep compiling when operations are added.",
		"Its methods are called concurrently. An error that they return becomes a fault; see package soapserver.",
	}, paragraphs(port.PortType.Doc)...)...)
	p.P("type ", server, " interface {")
	for _, o := range port.Operations {
		method := checkIdent(e.plan.Method(o))
		p.comment(operationDoc(method, "serves", o)...)
		p.P(method, e.serverSignature(o, "ctx ", "req "))
	}
	p.P("}")
	p.P()

	p.comment(unimplemented + " answers every operation of " + port.PortType.Name.Local + " with the fault soapserver.Unimplemented.")
	p.P("type ", unimplemented, " struct{}")
	p.P()
	p.P("var _ ", server, " = ", unimplemented, "{}")
	p.P()
	for _, o := range port.Operations {
		method := checkIdent(e.plan.Method(o))
		p.comment(method + " returns the fault soapserver.Unimplemented.")
		p.P("func (", unimplemented, ") ", method, e.serverSignature(o, "", ""), " {")
		result := code{ident{soapserverPath, "Unimplemented"}, "(&", e.plan.Operation(o), ")"}
		if o.Response != nil {
			result = append(code{"nil, "}, result...)
		}
		p.P("return ", result)
		p.P("}")
		p.P()
	}
	e.genHandler(p, port)
}

func (e *emitter) serverSignature(o *shape.Operation, ctx, req string) code {
	c := code{"(", ctx, ident{contextPath, "Context"}, ", ", req, "*", e.structType(o.Request), ")"}
	if o.Response == nil {
		return append(c, " error")
	}
	return append(c, " (*", e.structType(o.Response), ", error)")
}

func (e *emitter) genHandler(p *printer, port *shape.Port) {
	newHandler := checkIdent(e.plan.NewHandler(port))
	handler := ident{soapserverPath, "Handler"}
	p.comment(newHandler + " returns an http.Handler that serves impl over SOAP 1.1 and 1.2.")
	p.P("func ", newHandler, "(impl ", e.plan.Server(port), ", opts ...", ident{soapserverPath, "Option"}, ") *", handler, " {")
	p.P("return ", ident{soapserverPath, "New"}, "([]", ident{soapserverPath, "Method"}, "{")
	for _, o := range port.Operations {
		makeMethod := "NewMethod"
		if o.Response == nil {
			makeMethod = "NewOneWay"
		}
		p.P(ident{soapserverPath, makeMethod}, "(&", e.plan.Operation(o), ", impl.", e.plan.Method(o), "),")
	}
	p.P("}, opts...)")
	p.P("}")
	p.P()
}
