package trackunit

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
)

// Contacts are people at clients. They get service messages and alarms.
type Contacts struct{ port *generated.ISyncReplyClient }

// A Contact is a person at the client ClientID.
type Contact = generated.Contact

// A CreateContact is a new contact. ClientID and Name are needed.
type CreateContact = generated.CreateContact

// An UpdateContact changes the contact ID. The documentation lists a client id among its members; the service's own pages do
// not, so a contact stays with its client.
type UpdateContact = generated.UpdateContact

// List returns all contacts.
//
// Documentation: https://dev.trackunit.com/docs/contact (operation GetContact)
func (c *Contacts) List(ctx context.Context, opts ...CallOption) ([]Contact, error) {
	return c.find(ctx, generated.GetContact{}, opts)
}

// ListByClient returns the contacts at a client.
//
// Errors: ErrClientNotFound (inferred); ErrNoID if clientID is empty.
//
// Documentation: https://dev.trackunit.com/docs/contact (operation GetContact; that it takes the id of a client was seen)
func (c *Contacts) ListByClient(ctx context.Context, clientID string, opts ...CallOption) ([]Contact, error) {
	if err := needID("GetContact", clientID); err != nil {
		return nil, err
	}
	return c.find(ctx, generated.GetContact{ClientID: Some(clientID)}, opts)
}

// Get returns the contact with that id.
//
// Errors: ErrContactNotFound (inferred); ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/contact (operation GetContact)
func (c *Contacts) Get(ctx context.Context, id string, opts ...CallOption) (Contact, error) {
	const op = "GetContact"
	if err := needID(op, id); err != nil {
		return Contact{}, err
	}
	contacts, err := c.find(ctx, generated.GetContact{ID: Some(id)}, opts)
	if err != nil {
		return Contact{}, err
	}
	return one(op, contacts, ErrContactNotFound)
}

func (c *Contacts) find(ctx context.Context, req generated.GetContact, opts []CallOption) ([]Contact, error) {
	resp, err := c.port.GetContact(ctx, &req, opts...)
	if err != nil {
		return nil, err
	}
	return resp.List, nil
}

// Create makes a contact and returns its id.
//
// Errors: ErrInvalidParameter if something is missing or wrong (inferred); ErrClientNotFound.
//
// Documentation: https://dev.trackunit.com/docs/contact (operation CreateContact)
func (c *Contacts) Create(ctx context.Context, contact CreateContact, opts ...CallOption) (id string, err error) {
	resp, err := c.port.CreateContact(ctx, &contact, opts...)
	if err != nil {
		return "", err
	}
	return resp.ID.Value(), nil
}

// Update changes the members of a contact that are set in update; the others stay as they are (inferred).
//
// Errors: ErrContactNotFound (inferred); ErrNoID if update.ID is empty.
//
// Documentation: https://dev.trackunit.com/docs/contact (operation UpdateContact)
func (c *Contacts) Update(ctx context.Context, update UpdateContact, opts ...CallOption) error {
	if err := needID("UpdateContact", update.ID.Value()); err != nil {
		return err
	}
	_, err := c.port.UpdateContact(ctx, &update, opts...)
	return err
}

// Delete deletes a contact.
//
// Errors: ErrContactNotFound (inferred); ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/contact (operation DeleteContact)
func (c *Contacts) Delete(ctx context.Context, id string, opts ...CallOption) error {
	if err := needID("DeleteContact", id); err != nil {
		return err
	}
	_, err := c.port.DeleteContact(ctx, &generated.DeleteContact{ID: Some(id)}, opts...)
	return err
}
