package gowsdlclient

import (
	"encoding/xml"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A faultDetail takes the detail of a fault from gowsdl: elements and text, one among the other.
type faultDetail struct {
	Texts    []looseText
	Elements []xmlwire.Raw
}

type looseText interface{ isLooseText() }

type detailText struct{ Text string }

func (*detailText) isLooseText() {}

// ErrorString and HasData are what gowsdl wants of a detail. Here the text of the fault counts.
func (*faultDetail) ErrorString() string { return "" }
func (*faultDetail) HasData() bool       { return false }

// UnmarshalXML implements xml.Unmarshaler.
func (f *faultDetail) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	return xmlwire.UnmarshalXML(d, start, f)
}

func (f *faultDetail) text() string {
	s := ""
	for _, part := range f.Texts {
		s += part.(*detailText).Text
	}
	return s
}

// XMLType makes it an xmlwire.Message.
func (*faultDetail) XMLType() *xmlwire.Type { return &xmlFaultDetail }
func (*detailText) XMLType() *xmlwire.Type  { return &xmlDetailText }

var xmlFaultDetail = xmlwire.Type{Members: []xmlwire.Member{
	{Field: "Texts", Kind: xmlwire.Choice, Alts: []xmlwire.Message{(*detailText)(nil)}},
	{Field: "Elements", Kind: xmlwire.AnyElement},
}}

var xmlDetailText = xmlwire.Type{Members: []xmlwire.Member{{Field: "Text", Kind: xmlwire.String, Flags: xmlwire.Text}}}

// An anyContent is an element that is kept as it came, whatever it is.
type anyContent struct {
	Attrs    []xmlwire.RawAttr
	Children []xmlwire.Raw
}

// XMLType makes it an xmlwire.Message.
func (*anyContent) XMLType() *xmlwire.Type { return &xmlAnyContent }

var xmlAnyContent = xmlwire.Type{Members: []xmlwire.Member{
	{Field: "Attrs", Kind: xmlwire.AnyAttr, Flags: xmlwire.Attr},
	{Field: "Children", Kind: xmlwire.AnyElement},
}}
