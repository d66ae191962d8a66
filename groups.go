package trackunit

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
)

// Groups are sets of units. A unit can be in several.
type Groups struct{ port *generated.ISyncReplyClient }

// A Group is a set of units. Units holds their ids; the documentation does not mention it, it was seen.
type Group = generated.Group

// A CreateGroup is a new group. Units are the ids of the units in it.
type CreateGroup = generated.CreateGroup

// An UpdateGroup changes the group ID. With Clear true all units are taken out first and then AddUnits are put in; otherwise
// AddUnits are put in and RemoveUnits taken out. RemoveUnits may not be given together with Clear.
type UpdateGroup = generated.UpdateGroup

// List returns all groups.
//
// Documentation: https://dev.trackunit.com/docs/group (operation GetGroup)
func (g *Groups) List(ctx context.Context, opts ...CallOption) ([]Group, error) {
	return g.find(ctx, generated.GetGroup{}, opts)
}

// ListByUnit returns the groups that a unit is in.
//
// Errors: ErrUnitNotFound (inferred); ErrNoID if unitID is empty.
//
// Documentation: https://dev.trackunit.com/docs/group (operation GetGroup)
func (g *Groups) ListByUnit(ctx context.Context, unitID string, opts ...CallOption) ([]Group, error) {
	if err := needID("GetGroup", unitID); err != nil {
		return nil, err
	}
	return g.find(ctx, generated.GetGroup{UnitID: Some(unitID)}, opts)
}

// Get returns the group with that id.
//
// Errors: ErrGroupNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/group (operation GetGroup)
func (g *Groups) Get(ctx context.Context, id string, opts ...CallOption) (Group, error) {
	const op = "GetGroup"
	if err := needID(op, id); err != nil {
		return Group{}, err
	}
	groups, err := g.find(ctx, generated.GetGroup{ID: Some(id)}, opts)
	if err != nil {
		return Group{}, err
	}
	return one(op, groups, ErrGroupNotFound)
}

func (g *Groups) find(ctx context.Context, req generated.GetGroup, opts []CallOption) ([]Group, error) {
	resp, err := g.port.GetGroup(ctx, &req, opts...)
	if err != nil {
		return nil, err
	}
	return resp.List, nil
}

// Create makes a group and returns its id. By an example in the documentation the service may
// answer without one; the id is then empty.
//
// Errors: ErrInvalidParameter if something is missing or wrong (inferred); ErrUnitNotFound (inferred).
//
// Documentation: https://dev.trackunit.com/docs/group (operation CreateGroup)
func (g *Groups) Create(ctx context.Context, group CreateGroup, opts ...CallOption) (id string, err error) {
	resp, err := g.port.CreateGroup(ctx, &group, opts...)
	if err != nil {
		return "", err
	}
	return resp.ID.Value(), nil
}

// Update changes the members of a group that are set in update; the others stay as they are (inferred).
//
// Errors: ErrGroupNotFound; ErrNoID if update.ID is empty.
//
// Documentation: https://dev.trackunit.com/docs/group (operation UpdateGroup)
func (g *Groups) Update(ctx context.Context, update UpdateGroup, opts ...CallOption) error {
	if err := needID("UpdateGroup", update.ID.Value()); err != nil {
		return err
	}
	_, err := g.port.UpdateGroup(ctx, &update, opts...)
	return err
}

// Delete deletes a group.
//
// Errors: ErrGroupNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/group (operation DeleteGroup)
func (g *Groups) Delete(ctx context.Context, id string, opts ...CallOption) error {
	if err := needID("DeleteGroup", id); err != nil {
		return err
	}
	_, err := g.port.DeleteGroup(ctx, &generated.DeleteGroup{ID: Some(id)}, opts...)
	return err
}
