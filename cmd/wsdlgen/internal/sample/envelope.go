package sample

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"

// Namespaces of SOAP envelopes.
const (
	spaceSOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
	spaceSOAP12 = "http://www.w3.org/2003/05/soap-envelope"
)

// Envelope returns the text of an annotated envelope with body, and notes on values that are not valid, if any.
func (g *Generator) Envelope(body *model.Body, version model.Version) (text []byte, notes []string) {
	space := spaceSOAP11
	if version == model.SOAP12 {
		space = spaceSOAP12
	}
	soap := func(local string) *Node { return &Node{Name: model.Name{Space: space, Local: local}} }
	add := func(to *Node, el *model.Element) {
		s := g.Annotated(el)
		to.Children = append(to.Children, s.Root)
		notes = append(notes, s.Notes...)
	}
	envelope := soap("Envelope")
	if len(body.Headers) > 0 {
		header := soap("Header")
		for _, h := range body.Headers {
			if h.Element != nil {
				add(header, h.Element)
			}
		}
		envelope.Children = append(envelope.Children, header)
	}
	content := soap("Body")
	if body.Element != nil {
		add(content, body.Element)
	}
	envelope.Children = append(envelope.Children, content)
	return envelope.XML(map[string]string{space: "soap"}), notes
}
