package emit

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"

// genClient prints the client of a port.
func (e *emitter) genClient(port *shape.Port) {
	p := e.in(e.plan.PortFile(port) + "_client.go")
	client, newClient := checkIdent(e.plan.Client(port)), checkIdent(e.plan.NewClient(port))
	transport := ident{soapclientPath, "RoundTripper"}

	about := []string{
		client + " calls the operations of " + port.PortType.Name.Local + ".",
		"It is safe for concurrent use if its RoundTripper is. Errors are under *soapclient.OpError, which names the " +
			"operation; see package soapclient for what is under it.",
	}
	about = append(about, paragraphs(port.PortType.Doc)...)
	p.comment(append(about, leftDoc(port)...)...)
	p.P("type ", client, " struct {")
	p.P("rt ", transport)
	p.P("}")
	p.P()
	p.comment(newClient + " returns a client that calls through rt, usually a *soapclient.Client.")
	p.P("func ", newClient, "(rt ", transport, ") *", client, " {")
	p.P("return &", client, "{rt: rt}")
	p.P("}")
	p.P()
	for _, o := range port.Operations {
		e.genCall(p, client, o)
		if o.List != nil {
			e.genStream(p, client, o)
		}
	}
}

// params prints the parameters that all methods of a client have.
func (e *emitter) params(o *shape.Operation) code {
	return code{
		"(ctx ", ident{contextPath, "Context"}, ", req *", e.structType(o.Request),
		", opts ...", ident{soapclientPath, "CallOption"}, ")",
	}
}

func (e *emitter) genCall(p *printer, client string, o *shape.Operation) {
	method, op := checkIdent(e.plan.Method(o)), e.plan.Operation(o)
	doc := operationDoc(method, "calls", o)
	if o.Response == nil {
		p.comment(append(doc, "Nothing comes back; an error says that the request may not have arrived.")...)
		p.P("func (c *", client, ") ", method, e.params(o), " error {")
		p.P("return ", ident{soapclientPath, "Invoke"}, "(ctx, c.rt, &", op, ", req, nil, opts...)")
		p.P("}")
		p.P()
		return
	}
	response := e.structType(o.Response)
	p.comment(doc...)
	p.P("func (c *", client, ") ", method, e.params(o), " (*", response, ", error) {")
	p.P("resp := new(", response, ")")
	p.P("if err := ", ident{soapclientPath, "Invoke"}, "(ctx, c.rt, &", op, ", req, resp, opts...); err != nil {")
	p.P("return nil, err")
	p.P("}")
	p.P("return resp, nil")
	p.P("}")
	p.P()
}

func (e *emitter) genStream(p *printer, client string, o *shape.Operation) {
	stream := checkIdent(e.plan.Stream(o))
	item, response := e.itemType(o.List, e.valueType(o.List.Value)), e.structType(o.Response)
	p.comment(stream + " is " + e.plan.Method(o) + " that yields the items of " + e.plan.Struct(o.Response) + "." + e.plan.Field(o.List) +
		" as they arrive, in constant memory. An error is yielded last, also after items.")
	p.P("func (c *", client, ") ", stream, e.params(o), " ", ident{iterPath, "Seq2"}, "[", item, ", error] {")
	p.P("return ", ident{soapclientPath, "InvokeStream"}, "[", item, "](ctx, c.rt, &", e.plan.Operation(o), ", req, new(", response, "), opts...)")
	p.P("}")
	p.P()
}
