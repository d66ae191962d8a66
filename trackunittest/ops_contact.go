package trackunittest

import (
	"context"
	"slices"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func (o operations) GetContact(_ context.Context, req *generated.GetContact) (*generated.GetContactResponse, error) {
	defer o.read()()
	list, err := find(o.f.Contacts, req.ID, "contact")
	if err = first(err, checkRef(o.f.Clients, req.ClientID, "client")); err != nil {
		return nil, err
	}
	if client, ok := req.ClientID.Get(); ok {
		list = slices.DeleteFunc(list, func(c generated.Contact) bool { return c.ClientID.Value() != client })
	}
	return &generated.GetContactResponse{List: list}, nil
}

func (o operations) CreateContact(
	_ context.Context, req *generated.CreateContact,
) (*generated.CreateContactResponse, error) {
	defer o.write()()
	_, noClient := needed(req.ClientID, "ClientId")
	_, noName := needed(req.Name, "Name")
	if err := first(noClient, noName, checkRef(o.f.Clients, req.ClientID, "client")); err != nil {
		return nil, err
	}
	id := o.f.Contacts.put(generated.Contact{
		ClientID: req.ClientID, Name: req.Name, Email: req.Email, Phone: req.Phone, Mobile: req.Mobile,
	})
	return &generated.CreateContactResponse{ID: xmlwire.Some(id)}, nil
}

// UpdateContact cannot move a contact to another client, although the documentation says so: the request has no member
// for it.
func (o operations) UpdateContact(
	_ context.Context, req *generated.UpdateContact,
) (*generated.UpdateContactResponse, error) {
	defer o.write()()
	c, err := one(o.f.Contacts, req.ID, "contact")
	if err = first(err, notBlank(req.Name, "Name")); err != nil {
		return nil, err
	}
	set(&c.Name, req.Name)
	set(&c.Email, req.Email)
	set(&c.Phone, req.Phone)
	set(&c.Mobile, req.Mobile)
	o.f.Contacts.put(c)
	return &generated.UpdateContactResponse{}, nil
}

func (o operations) DeleteContact(
	_ context.Context, req *generated.DeleteContact,
) (*generated.DeleteContactResponse, error) {
	defer o.write()()
	c, err := one(o.f.Contacts, req.ID, "contact")
	if err != nil {
		return nil, err
	}
	o.f.Contacts.delete(c.ID.Value())
	return &generated.DeleteContactResponse{}, nil
}
