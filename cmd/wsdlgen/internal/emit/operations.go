package emit

import (
	"fmt"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

const operationsFile = "operations.go"

// genOperations prints the line that ties the package to its runtime, the bindings and the operations.
func (e *emitter) genOperations() {
	p := e.in(operationsFile)
	e.genDriftLine(p)
	for _, endpoint := range byName(e.pkg.Endpoints, e.plan.Endpoint) {
		e.genEndpoint(p, endpoint)
	}
	for _, port := range byName(e.pkg.Ports, e.plan.Client) {
		p.comment("The operations of " + port.PortType.Name.Local + ".")
		p.P("var (")
		for _, o := range port.Operations {
			e.genOperation(p, o)
		}
		p.P(")")
		p.P()
	}
}

// genDriftLine prints the line that ties a package to its runtime.
func (e *emitter) genDriftLine(p *printer) {
	p.comment("This line stops compiling when the runtime in go.mod is not the one that this package was generated " +
		"for. Either run go generate again with the wsdlgen of that version, or set the version of " +
		"github.com/soapfirst/trackunit back to the one that was used.")
	p.P("const _ = ", ident{soapclientPath, "GeneratedAPI1"})
	p.P()
}

func (e *emitter) genEndpoint(p *printer, endpoint *shape.Endpoint) {
	name := checkIdent(e.plan.Endpoint(endpoint))
	binding := endpoint.Binding
	about := fmt.Sprintf("%s is the binding %s of %s, over %s.", name, binding.Name.Local,
		binding.PortType.Name.Local, binding.Version)
	var doc, address string
	if endpoint.Port != nil {
		doc, address = endpoint.Port.Doc, endpoint.Port.Address
	}
	if address == "" {
		about += " The contract gives no address for it."
	}
	p.comment(append([]string{about}, append(paragraphs(doc), paragraphs(binding.Doc)...)...)...)
	p.P("var ", name, " = ", ident{soapclientPath, "Binding"}, "{")
	p.P("Name: ", quote(endpoint.Name()), ",")
	p.P("Version: ", ident{soapclientPath, version(binding.Version)}, ",")
	if address != "" {
		p.P("Address: ", quote(address), ",")
	}
	p.P("}")
	p.P()
}

func version(v model.Version) string {
	if v == model.SOAP12 {
		return "SOAP12"
	}
	return "SOAP11"
}

func (e *emitter) genOperation(p *printer, o *shape.Operation) {
	p.P(checkIdent(e.plan.Operation(o)), " = ", ident{soapclientPath, "Operation"}, "{")
	p.P("Name: ", quote(o.Operation.Name), ",")
	if o.Action != "" {
		p.P("Action: ", quote(o.Action), ",")
	}
	if o.In != nil {
		p.P("Input: ", e.wireName(o.In.Name), ",")
	}
	if o.Out != nil {
		p.P("Output: ", e.wireName(o.Out.Name), ",")
	}
	if o.Encoded {
		p.P("Encoded: true,")
	}
	if o.List != nil {
		p.P("List: ", quote(e.plan.Field(o.List)), ",")
	}
	if o.Response == nil {
		p.P("OneWay: true,")
	}
	if len(e.pkg.SecretNames()) > 0 {
		p.P("Secrets: secrets,")
	}
	p.P("}")
}

func (e *emitter) wireName(name model.Name) code {
	c := code{ident{xmlwirePath, "Name"}, "{"}
	if name.Space != "" {
		c = append(c, "Space: ", e.plan.Space(name.Space), ", ")
	}
	return append(c, "Local: ", quote(name.Local), "}")
}

// operationDoc returns the comment of a method that calls or serves an operation.
func operationDoc(method, verb string, o *shape.Operation) []string {
	first := method + " " + verb + " the operation " + o.Operation.Name
	if o.Action != "" {
		first += " (SOAP action " + o.Action + ")"
	}
	return append([]string{first + "."}, paragraphs(o.Operation.Doc)...)
}

// leftDoc says which operations of the port type are missing, and why.
func leftDoc(port *shape.Port) []string {
	var sent, unbound []string
	for _, op := range port.Left {
		if op.Input == nil {
			sent = append(sent, op.Name)
		} else {
			unbound = append(unbound, op.Name)
		}
	}
	var out []string
	if len(sent) > 0 {
		out = append(out, "There is no method for "+list(sent, "and")+", which only the service sends.")
	}
	if len(unbound) > 0 {
		out = append(out, "There is no method for "+list(unbound, "and")+", which no SOAP binding carries.")
	}
	return out
}
