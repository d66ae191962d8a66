package trackunit

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
)

// Points are places of interest: yards, customers, filling stations.
type Points struct{ port *generated.ISyncReplyClient }

// A Point is a place. Location is in decimal degrees, Icon the path of an image such as "16x16/about.png". UnitFilter.PointID
// finds the units near it.
type Point = generated.Point

// A CreatePoint is a new point. Name and Location are needed.
type CreatePoint = generated.CreatePoint

// An UpdatePoint changes the point ID.
type UpdatePoint = generated.UpdatePoint

// List returns all points.
//
// Documentation: https://dev.trackunit.com/docs/point (operation GetPoint)
func (p *Points) List(ctx context.Context, opts ...CallOption) ([]Point, error) {
	return p.find(ctx, generated.GetPoint{}, opts)
}

// Get returns the point with that id.
//
// Errors: ErrPointNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/point (operation GetPoint)
func (p *Points) Get(ctx context.Context, id string, opts ...CallOption) (Point, error) {
	const op = "GetPoint"
	if err := needID(op, id); err != nil {
		return Point{}, err
	}
	points, err := p.find(ctx, generated.GetPoint{ID: Some(id)}, opts)
	if err != nil {
		return Point{}, err
	}
	return one(op, points, ErrPointNotFound)
}

func (p *Points) find(ctx context.Context, req generated.GetPoint, opts []CallOption) ([]Point, error) {
	resp, err := p.port.GetPoint(ctx, &req, opts...)
	if err != nil {
		return nil, err
	}
	return resp.List, nil
}

// Create makes a point and returns its id.
//
// Errors: ErrInvalidParameter if something is missing or wrong (inferred).
//
// Documentation: https://dev.trackunit.com/docs/point (operation CreatePoint)
func (p *Points) Create(ctx context.Context, point CreatePoint, opts ...CallOption) (id string, err error) {
	resp, err := p.port.CreatePoint(ctx, &point, opts...)
	if err != nil {
		return "", err
	}
	return resp.ID.Value(), nil
}

// Update changes the members of a point that are set in update; the others stay as they are (inferred).
//
// Errors: ErrPointNotFound; ErrNoID if update.ID is empty.
//
// Documentation: https://dev.trackunit.com/docs/point (operation UpdatePoint)
func (p *Points) Update(ctx context.Context, update UpdatePoint, opts ...CallOption) error {
	if err := needID("UpdatePoint", update.ID.Value()); err != nil {
		return err
	}
	_, err := p.port.UpdatePoint(ctx, &update, opts...)
	return err
}

// Delete deletes a point.
//
// Errors: ErrPointNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/point (operation DeletePoint)
func (p *Points) Delete(ctx context.Context, id string, opts ...CallOption) error {
	if err := needID("DeletePoint", id); err != nil {
		return err
	}
	_, err := p.port.DeletePoint(ctx, &generated.DeletePoint{ID: Some(id)}, opts...)
	return err
}
