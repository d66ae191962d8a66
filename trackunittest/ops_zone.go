package trackunittest

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func (o operations) GetZone(_ context.Context, req *generated.GetZone) (*generated.GetZoneResponse, error) {
	defer o.read()()
	list, err := find(o.f.Zones, req.ID, "zone")
	return &generated.GetZoneResponse{List: list}, err
}

func (o operations) CreateZone(_ context.Context, req *generated.CreateZone) (*generated.CreateZoneResponse, error) {
	defer o.write()()
	_, noName := needed(req.Name, "Name")
	_, noPolygon := needed(req.Polygon, "Polygon")
	if err := first(noName, noPolygon, checkPolygon(req.Polygon)); err != nil {
		return nil, err
	}
	id := o.f.Zones.put(generated.Zone{Name: req.Name, Note: req.Note, Polygon: req.Polygon})
	return &generated.CreateZoneResponse{ID: xmlwire.Some(id)}, nil
}

func (o operations) UpdateZone(_ context.Context, req *generated.UpdateZone) (*generated.UpdateZoneResponse, error) {
	defer o.write()()
	z, err := one(o.f.Zones, req.ID, "zone")
	if err = first(err, notBlank(req.Name, "Name"), checkPolygon(req.Polygon)); err != nil {
		return nil, err
	}
	set(&z.Name, req.Name)
	set(&z.Note, req.Note)
	set(&z.Polygon, req.Polygon)
	o.f.Zones.put(z)
	return &generated.UpdateZoneResponse{}, nil
}

// DeleteZone leaves the alarms alone that watch the zone, and which then watch nothing.
func (o operations) DeleteZone(_ context.Context, req *generated.DeleteZone) (*generated.DeleteZoneResponse, error) {
	defer o.write()()
	z, err := one(o.f.Zones, req.ID, "zone")
	if err != nil {
		return nil, err
	}
	o.f.Zones.delete(z.ID.Value())
	return &generated.DeleteZoneResponse{}, nil
}
