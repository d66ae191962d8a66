package emit

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"

const (
	headersFile = "headers.go"
	faultsFile  = "faults.go"
)

// genBlocks prints functions for what travels beside bodies: header blocks and details of faults.
func (e *emitter) genBlocks() {
	for _, b := range byName(e.pkg.Blocks, e.blockName) {
		if b.Request {
			e.genRequestHeader(b)
		}
		if b.Response {
			e.genResponseHeader(b)
		}
		if b.Fault {
			e.genFault(b)
		}
	}
}

func (e *emitter) blockName(b *shape.Block) string {
	switch {
	case b.Request:
		return e.plan.WithHeader(b)
	case b.Response:
		return e.plan.HeaderOf(b)
	}
	return e.plan.FaultDetail(b)
}

func (e *emitter) genRequestHeader(b *shape.Block) {
	p := e.in(headersFile)
	name, message := checkIdent(e.plan.WithHeader(b)), e.structType(b.Message)
	p.comment(name + " puts the block " + b.Element.Name.Local + " into the SOAP header of a call or, as an option of the client, of each.")
	p.P("func ", name, "(header *", message, ") ", ident{soapclientPath, "CommonOption"}, " {")
	p.P("return ", ident{soapclientPath, "WithSOAPHeader"}, "(", ident{soapclientPath, "HeaderBlock"}, "{Name: ",
		e.wireName(b.Element.Name), ", Message: header})")
	p.P("}")
	p.P()
}

func (e *emitter) genResponseHeader(b *shape.Block) {
	p := e.in(headersFile)
	name, message := checkIdent(e.plan.HeaderOf(b)), e.structType(b.Message)
	p.comment(name + " returns the block " + b.Element.Name.Local + " of the SOAP header of an answer, which " +
		"soapclient.WithResponse keeps. It is nil if there is none; an error says that it cannot be read.")
	p.P("func ", name, "(info *", ident{soapclientPath, "ResponseInfo"}, ") (*", message, ", error) {")
	p.P("return ", ident{soapclientPath, "DecodeHeader"}, "[*", message, "](info, ", e.wireName(b.Element.Name), ")")
	p.P("}")
	p.P()
}

func (e *emitter) genFault(b *shape.Block) {
	p := e.in(faultsFile)
	find, newFault, message := checkIdent(e.plan.FaultDetail(b)), checkIdent(e.plan.NewFault(b)), e.structType(b.Message)
	p.comment(find + " returns the element " + b.Element.Name.Local + " in the detail of the fault that err is or wraps. " +
		"It is nil if err is another error, or a fault without it.")
	p.P("func ", find, "(err error) *", message, " {")
	p.P("return ", ident{soapclientPath, "FaultDetail"}, "[*", message, "](err, ", e.wireName(b.Element.Name), ")")
	p.P("}")
	p.P()
	p.comment(newFault + " returns a fault that a server answers with: it says reason and has detail in its detail.")
	p.P("func ", newFault, "(reason string, detail *", message, ") *", ident{soapserverPath, "Fault"}, " {")
	p.P("return &", ident{soapserverPath, "Fault"}, "{Reason: reason, Detail: []", ident{soapserverPath, "Detail"}, "{{Name: ",
		e.wireName(b.Element.Name), ", Message: detail}}}")
	p.P("}")
	p.P()
}
