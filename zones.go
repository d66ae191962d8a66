package trackunit

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
)

// Zones are areas on the map.
type Zones struct{ port *generated.ISyncReplyClient }

// A Zone is an area. Polygon is its border in decimal degrees, as WKT with the latitude first: see ParsePolygon. Icon is the
// path of an image such as "24x24/factory.png". UnitFilter.ZoneID finds the units in it.
type Zone = generated.Zone

// A CreateZone is a new zone. Name and Polygon, which FormatPolygon makes, are needed.
type CreateZone = generated.CreateZone

// An UpdateZone changes the zone ID. Its members are those that were seen: the page of documentation was not to be had whole.
type UpdateZone = generated.UpdateZone

// List returns all zones.
//
// Documentation: https://dev.trackunit.com/docs/zone (operation GetZone)
func (z *Zones) List(ctx context.Context, opts ...CallOption) ([]Zone, error) {
	return z.find(ctx, generated.GetZone{}, opts)
}

// Get returns the zone with that id.
//
// Errors: ErrZoneNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/zone (operation GetZone)
func (z *Zones) Get(ctx context.Context, id string, opts ...CallOption) (Zone, error) {
	const op = "GetZone"
	if err := needID(op, id); err != nil {
		return Zone{}, err
	}
	zones, err := z.find(ctx, generated.GetZone{ID: Some(id)}, opts)
	if err != nil {
		return Zone{}, err
	}
	return one(op, zones, ErrZoneNotFound)
}

func (z *Zones) find(ctx context.Context, req generated.GetZone, opts []CallOption) ([]Zone, error) {
	resp, err := z.port.GetZone(ctx, &req, opts...)
	if err != nil {
		return nil, err
	}
	return resp.List, nil
}

// Create makes a zone and returns its id.
//
// Errors: ErrInvalidParameter if something is missing or wrong (inferred).
//
// Documentation: https://dev.trackunit.com/docs/zone (operation CreateZone)
func (z *Zones) Create(ctx context.Context, zone CreateZone, opts ...CallOption) (id string, err error) {
	resp, err := z.port.CreateZone(ctx, &zone, opts...)
	if err != nil {
		return "", err
	}
	return resp.ID.Value(), nil
}

// Update changes the members of a zone that are set in update; the others stay as they are (inferred).
//
// Errors: ErrZoneNotFound; ErrNoID if update.ID is empty.
//
// Documentation: https://dev.trackunit.com/docs/zone (operation UpdateZone)
func (z *Zones) Update(ctx context.Context, update UpdateZone, opts ...CallOption) error {
	if err := needID("UpdateZone", update.ID.Value()); err != nil {
		return err
	}
	_, err := z.port.UpdateZone(ctx, &update, opts...)
	return err
}

// Delete deletes a zone.
//
// Errors: ErrZoneNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/zone (operation DeleteZone, inferred)
func (z *Zones) Delete(ctx context.Context, id string, opts ...CallOption) error {
	if err := needID("DeleteZone", id); err != nil {
		return err
	}
	_, err := z.port.DeleteZone(ctx, &generated.DeleteZone{ID: Some(id)}, opts...)
	return err
}
