package trackunittest

import (
	"context"
	"slices"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func (o operations) GetGroup(_ context.Context, req *generated.GetGroup) (*generated.GetGroupResponse, error) {
	defer o.read()()
	list, err := find(o.f.Groups, req.ID, "group")
	if err != nil {
		return nil, err
	}
	if unit, ok := req.UnitID.Get(); ok {
		if err := o.f.checkUnits([]string{unit}); err != nil {
			return nil, err
		}
		list = slices.DeleteFunc(list, func(g generated.Group) bool { return !slices.Contains(g.Units, unit) })
	}
	return &generated.GetGroupResponse{List: list}, nil
}

// CreateGroup wants a name. The documentation does not mark it as required; a group without one is no use.
func (o operations) CreateGroup(_ context.Context, req *generated.CreateGroup) (*generated.CreateGroupResponse, error) {
	defer o.write()()
	_, err := needed(req.Name, "Name")
	if err = first(err, o.f.checkUnits(req.Units)); err != nil {
		return nil, err
	}
	id := o.f.Groups.put(generated.Group{Name: req.Name, Units: distinct(req.Units)})
	return &generated.CreateGroupResponse{ID: xmlwire.Some(id)}, nil
}

func (o operations) UpdateGroup(_ context.Context, req *generated.UpdateGroup) (*generated.UpdateGroupResponse, error) {
	defer o.write()()
	g, err := one(o.f.Groups, req.ID, "group")
	if err = first(err, notBlank(req.Name, "Name"), o.f.checkUnits(req.AddUnits)); err != nil {
		return nil, err
	}
	set(&g.Name, req.Name)
	g.Units = edit(g.Units, req.Clear, req.AddUnits, req.RemoveUnits)
	o.f.Groups.put(g)
	return &generated.UpdateGroupResponse{}, nil
}

// DeleteGroup takes the group out of the keys and alarms that name it, which is inferred.
func (o operations) DeleteGroup(_ context.Context, req *generated.DeleteGroup) (*generated.DeleteGroupResponse, error) {
	defer o.write()()
	g, err := one(o.f.Groups, req.ID, "group")
	if err != nil {
		return nil, err
	}
	id := g.ID.Value()
	o.f.Groups.delete(id)
	o.f.Keys.update(func(k *generated.Key) { k.Groups = without(k.Groups, id) })
	o.f.Alarms.update(func(a *generated.Alarm) { a.Groups = without(a.Groups, id) })
	return &generated.DeleteGroupResponse{}, nil
}
