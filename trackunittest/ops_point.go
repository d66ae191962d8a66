package trackunittest

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func (o operations) GetPoint(_ context.Context, req *generated.GetPoint) (*generated.GetPointResponse, error) {
	defer o.read()()
	list, err := find(o.f.Points, req.ID, "point")
	return &generated.GetPointResponse{List: list}, err
}

func (o operations) CreatePoint(_ context.Context, req *generated.CreatePoint) (*generated.CreatePointResponse, error) {
	defer o.write()()
	_, err := needed(req.Name, "Name")
	if err == nil && !req.Location.IsSet() {
		err = invalid("Location", "'Location' must be given")
	}
	if err = first(err, checkLocation(req.Location, "Location")); err != nil {
		return nil, err
	}
	id := o.f.Points.put(generated.Point{Name: req.Name, Note: req.Note, Location: req.Location, Address: req.Address})
	return &generated.CreatePointResponse{ID: xmlwire.Some(id)}, nil
}

func (o operations) UpdatePoint(_ context.Context, req *generated.UpdatePoint) (*generated.UpdatePointResponse, error) {
	defer o.write()()
	p, err := one(o.f.Points, req.ID, "point")
	if err = first(err, notBlank(req.Name, "Name"), checkLocation(req.Location, "Location")); err != nil {
		return nil, err
	}
	set(&p.Name, req.Name)
	set(&p.Note, req.Note)
	set(&p.Location, req.Location)
	set(&p.Address, req.Address)
	o.f.Points.put(p)
	return &generated.UpdatePointResponse{}, nil
}

func (o operations) DeletePoint(_ context.Context, req *generated.DeletePoint) (*generated.DeletePointResponse, error) {
	defer o.write()()
	p, err := one(o.f.Points, req.ID, "point")
	if err != nil {
		return nil, err
	}
	o.f.Points.delete(p.ID.Value())
	return &generated.DeletePointResponse{}, nil
}
