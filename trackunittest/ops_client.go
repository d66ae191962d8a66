package trackunittest

import (
	"context"
	"slices"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func (o operations) GetClient(_ context.Context, req *generated.GetClient) (*generated.GetClientResponse, error) {
	defer o.read()()
	list, err := find(o.f.Clients, req.ID, "client")
	return &generated.GetClientResponse{List: list}, err
}

func (o operations) CreateClient(
	_ context.Context, req *generated.CreateClient,
) (*generated.CreateClientResponse, error) {
	defer o.write()()
	if _, err := needed(req.Name, "Name"); err != nil {
		return nil, err
	}
	id := o.f.Clients.put(generated.Client{Name: req.Name, Note: req.Note, Address: req.Address})
	return &generated.CreateClientResponse{ID: xmlwire.Some(id)}, nil
}

func (o operations) UpdateClient(
	_ context.Context, req *generated.UpdateClient,
) (*generated.UpdateClientResponse, error) {
	defer o.write()()
	c, err := one(o.f.Clients, req.ID, "client")
	if err = first(err, notBlank(req.Name, "Name")); err != nil {
		return nil, err
	}
	set(&c.Name, req.Name)
	set(&c.Note, req.Note)
	set(&c.Address, req.Address)
	o.f.Clients.put(c)
	return &generated.UpdateClientResponse{}, nil
}

// DeleteClient leaves the units of the client without one, and deletes its contacts: a contact belongs to a client. Both
// are inferred.
func (o operations) DeleteClient(
	_ context.Context, req *generated.DeleteClient,
) (*generated.DeleteClientResponse, error) {
	defer o.write()()
	c, err := one(o.f.Clients, req.ID, "client")
	if err != nil {
		return nil, err
	}
	id := c.ID.Value()
	o.f.Clients.delete(id)
	for _, contact := range slices.Clone(o.f.Contacts.order) {
		if o.f.Contacts.rows[contact].ClientID.Value() == id {
			o.f.Contacts.delete(contact)
		}
	}
	return &generated.DeleteClientResponse{}, nil
}
