// Package parcels is a small SOAP service as wsdlgen would make it, written by hand, for the tests and examples of the
// runtime.
package parcels

import (
	"context"
	"iter"
	"time"

	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// Space is the namespace of all its types and elements.
const Space = "urn:parcels"

// Parcel is what the service is about.
type Parcel struct {
	ID     string
	Sent   xmlwire.Opt[time.Time]
	Weight float64
}

// Status is how the service reports failure inside of success.
type Status struct {
	Code, Message string
}

// GetParcels asks for the parcels in a depot.
type GetParcels struct {
	Depot xmlwire.Opt[string]
}

// GetParcelsResponse answers GetParcels.
type GetParcelsResponse struct {
	List   []Parcel
	Status xmlwire.Opt[Status]
}

// SendParcel sends a parcel.
type SendParcel struct {
	Parcel Parcel
}

// SendParcelResponse answers SendParcel.
type SendParcelResponse struct {
	ID     string
	Status xmlwire.Opt[Status]
}

// Drop throws a parcel away. It has no answer.
type Drop struct {
	ID string
}

// ErrorResponse is what the service answers when it cannot answer what was asked.
type ErrorResponse struct {
	Status Status
}

// NoSuchDepot is the detail of a fault.
type NoSuchDepot struct {
	Depot string
}

// Ticket is a header block.
type Ticket struct {
	Number string
}

// XMLType makes *Parcel an xmlwire.Message, and so on.
func (*Parcel) XMLType() *xmlwire.Type             { return &xmlParcel }
func (*Status) XMLType() *xmlwire.Type             { return &xmlStatus }
func (*GetParcels) XMLType() *xmlwire.Type         { return &xmlGetParcels }
func (*GetParcelsResponse) XMLType() *xmlwire.Type { return &xmlGetParcelsResponse }
func (*SendParcel) XMLType() *xmlwire.Type         { return &xmlSendParcel }
func (*SendParcelResponse) XMLType() *xmlwire.Type { return &xmlSendParcelResponse }
func (*Drop) XMLType() *xmlwire.Type               { return &xmlDrop }
func (*ErrorResponse) XMLType() *xmlwire.Type      { return &xmlErrorResponse }
func (*NoSuchDepot) XMLType() *xmlwire.Type        { return &xmlNoSuchDepot }
func (*Ticket) XMLType() *xmlwire.Type             { return &xmlTicket }

var (
	xmlParcel = xmlwire.Type{Name: "Parcel", Space: Space, Members: []xmlwire.Member{
		{Field: "ID", Name: "Id", Kind: xmlwire.String},
		{Field: "Sent", Kind: xmlwire.DateTime, Flags: xmlwire.Nillable},
		{Field: "Weight", Kind: xmlwire.Float64},
	}}
	xmlStatus = xmlwire.Type{Name: "Status", Space: Space, Members: []xmlwire.Member{
		{Field: "Code", Kind: xmlwire.String},
		{Field: "Message", Kind: xmlwire.String},
	}}
	xmlGetParcels = xmlwire.Type{Name: "GetParcels", Space: Space, Members: []xmlwire.Member{
		{Field: "Depot", Kind: xmlwire.String, Flags: xmlwire.Nillable},
	}}
	xmlGetParcelsResponse = xmlwire.Type{Name: "GetParcelsResponse", Space: Space, Members: []xmlwire.Member{
		{Field: "List", Item: "Parcel", Kind: xmlwire.Struct, Flags: xmlwire.Nillable},
		{Field: "Status", Kind: xmlwire.Struct, Flags: xmlwire.Nillable},
	}}
	xmlSendParcel = xmlwire.Type{Name: "SendParcel", Space: Space, Members: []xmlwire.Member{
		{Field: "Parcel", Kind: xmlwire.Struct},
	}}
	xmlSendParcelResponse = xmlwire.Type{Name: "SendParcelResponse", Space: Space, Members: []xmlwire.Member{
		{Field: "ID", Name: "Id", Kind: xmlwire.String},
		{Field: "Status", Kind: xmlwire.Struct, Flags: xmlwire.Nillable},
	}}
	xmlDrop = xmlwire.Type{Name: "Drop", Space: Space, Members: []xmlwire.Member{
		{Field: "ID", Name: "Id", Kind: xmlwire.String},
	}}
	xmlErrorResponse = xmlwire.Type{Name: "ErrorResponse", Space: Space, Members: []xmlwire.Member{
		{Field: "Status", Kind: xmlwire.Struct},
	}}
	xmlNoSuchDepot = xmlwire.Type{Name: "NoSuchDepot", Space: Space, Members: []xmlwire.Member{
		{Field: "Depot", Kind: xmlwire.String},
	}}
	xmlTicket = xmlwire.Type{Name: "Ticket", Space: Space, Members: []xmlwire.Member{
		{Field: "Number", Kind: xmlwire.String},
	}}
)

// The operations.
var (
	OpGetParcels = soapclient.Operation{
		Name: "GetParcels", Action: "urn:parcels/GetParcels", List: "List",
		Input: name("GetParcels"), Output: name("GetParcelsResponse"),
	}
	OpSendParcel = soapclient.Operation{
		Name: "SendParcel", Action: "urn:parcels/SendParcel",
		Input: name("SendParcel"), Output: name("SendParcelResponse"),
	}
	OpDrop = soapclient.Operation{Name: "Drop", Action: "urn:parcels/Drop", Input: name("Drop"), OneWay: true}
)

func name(local string) xmlwire.Name { return xmlwire.Name{Space: Space, Local: local} }

// The bindings.
var (
	Binding11 = soapclient.Binding{Name: "Parcels11", Version: soapclient.SOAP11, Address: "http://parcels.test/soap11"}
	Binding12 = soapclient.Binding{Name: "Parcels12", Version: soapclient.SOAP12, Address: "http://parcels.test/soap12"}
)

// A Client is the port.
type Client struct{ rt soapclient.RoundTripper }

// NewClient returns a port that makes its calls with rt.
func NewClient(rt soapclient.RoundTripper) *Client { return &Client{rt} }

// GetParcels lists parcels.
func (c *Client) GetParcels(ctx context.Context, req *GetParcels, opts ...soapclient.CallOption) (*GetParcelsResponse, error) {
	resp := new(GetParcelsResponse)
	if err := soapclient.Invoke(ctx, c.rt, &OpGetParcels, req, resp, opts...); err != nil {
		return nil, err
	}
	return resp, nil
}

// GetParcelsStream lists parcels one by one.
func (c *Client) GetParcelsStream(ctx context.Context, req *GetParcels, opts ...soapclient.CallOption) iter.Seq2[Parcel, error] {
	return soapclient.InvokeStream[Parcel](ctx, c.rt, &OpGetParcels, req, new(GetParcelsResponse), opts...)
}

// SendParcel sends a parcel.
func (c *Client) SendParcel(ctx context.Context, req *SendParcel, opts ...soapclient.CallOption) (*SendParcelResponse, error) {
	resp := new(SendParcelResponse)
	if err := soapclient.Invoke(ctx, c.rt, &OpSendParcel, req, resp, opts...); err != nil {
		return nil, err
	}
	return resp, nil
}

// Drop throws a parcel away.
func (c *Client) Drop(ctx context.Context, req *Drop, opts ...soapclient.CallOption) error {
	return soapclient.Invoke(ctx, c.rt, &OpDrop, req, nil, opts...)
}
