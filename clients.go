package trackunit

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
)

// Clients are the end customers that units belong to: not to be taken for Client, the client of the API.
type Clients struct{ port *generated.ISyncReplyClient }

// A ClientRecord is an end customer, which the service calls a client. The name Client is taken by the client of the API.
type ClientRecord = generated.Client

// A CreateClient is a new client. Name is needed.
type CreateClient = generated.CreateClient

// An UpdateClient changes the client ID.
type UpdateClient = generated.UpdateClient

// List returns all clients.
//
// Documentation: https://dev.trackunit.com/docs/client (operation GetClient)
func (c *Clients) List(ctx context.Context, opts ...CallOption) ([]ClientRecord, error) {
	return c.find(ctx, generated.GetClient{}, opts)
}

// Get returns the client with that id.
//
// Errors: ErrClientNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/client (operation GetClient)
func (c *Clients) Get(ctx context.Context, id string, opts ...CallOption) (ClientRecord, error) {
	const op = "GetClient"
	if err := needID(op, id); err != nil {
		return ClientRecord{}, err
	}
	clients, err := c.find(ctx, generated.GetClient{ID: Some(id)}, opts)
	if err != nil {
		return ClientRecord{}, err
	}
	return one(op, clients, ErrClientNotFound)
}

func (c *Clients) find(ctx context.Context, req generated.GetClient, opts []CallOption) ([]ClientRecord, error) {
	resp, err := c.port.GetClient(ctx, &req, opts...)
	if err != nil {
		return nil, err
	}
	return resp.List, nil
}

// Create makes a client and returns its id.
//
// Errors: ErrInvalidParameter if something is missing or wrong (inferred).
//
// Documentation: https://dev.trackunit.com/docs/client (operation CreateClient)
func (c *Clients) Create(ctx context.Context, record CreateClient, opts ...CallOption) (id string, err error) {
	resp, err := c.port.CreateClient(ctx, &record, opts...)
	if err != nil {
		return "", err
	}
	return resp.ID.Value(), nil
}

// Update changes the members of a client that are set in update; the others stay as they are (inferred).
//
// Errors: ErrClientNotFound; ErrNoID if update.ID is empty.
//
// Documentation: https://dev.trackunit.com/docs/client (operation UpdateClient)
func (c *Clients) Update(ctx context.Context, update UpdateClient, opts ...CallOption) error {
	if err := needID("UpdateClient", update.ID.Value()); err != nil {
		return err
	}
	_, err := c.port.UpdateClient(ctx, &update, opts...)
	return err
}

// Delete deletes a client.
//
// Errors: ErrClientNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/client (operation DeleteClient)
func (c *Clients) Delete(ctx context.Context, id string, opts ...CallOption) error {
	if err := needID("DeleteClient", id); err != nil {
		return err
	}
	_, err := c.port.DeleteClient(ctx, &generated.DeleteClient{ID: Some(id)}, opts...)
	return err
}
