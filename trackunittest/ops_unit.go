package trackunittest

import (
	"context"
	"slices"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest/internal/world"
)

// GetUnit lists the units that pass all filters which the request gives.
func (o operations) GetUnit(_ context.Context, req *generated.GetUnit) (*generated.GetUnitResponse, error) {
	defer o.read()()
	filter, err := o.f.unitFilter(req)
	if err != nil {
		return nil, err
	}
	list := []generated.Unit{}
	visit := func(id string) bool {
		if u, ok := o.f.unitIf(id, filter); ok {
			list = append(list, u)
		}
		return true
	}
	if id, ok := req.ID.Get(); ok {
		visit(id)
	} else {
		o.f.eachID(visit)
	}
	return &generated.GetUnitResponse{List: list}, nil
}

func (o operations) UpdateUnit(_ context.Context, req *generated.UpdateUnit) (*generated.UpdateUnitResponse, error) {
	defer o.write()()
	id, err := needed(req.ID, "Id")
	if err != nil {
		return nil, err
	}
	err = first(o.f.checkUnits([]string{id}),
		checkRef(o.f.Clients, req.ClientID, "client"), checkRef(o.f.Categories, req.CategoryID, "category"),
		notNegative(req.PreKm, "PreKm"), notNegative(req.PreRun1, "PreRun1"), notNegative(req.PreRun2, "PreRun2"))
	if err != nil {
		return nil, err
	}
	o.f.change(id, func(m *master) { m.update(req) })
	if lock, ok := req.Lock.Get(); ok {
		o.f.locked[id] = lock
		o.f.touch(kindLocked, id)
	}
	return &generated.UpdateUnitResponse{}, nil
}

// update changes what the request gives. An empty client or category takes the unit out of the one it has.
func (m *master) update(req *generated.UpdateUnit) {
	set(&m.Name, req.Name)
	set(&m.ReferenceNumber, req.ReferenceNumber)
	set(&m.Note, req.Note)
	set(&m.VehicleType, req.VehicleType)
	setRef(&m.ClientID, req.ClientID)
	setRef(&m.CategoryID, req.CategoryID)
	set(&m.Input1Name, req.Input1Name)
	set(&m.Input2Name, req.Input2Name)
	set(&m.Input3Name, req.Input3Name)
	set(&m.Input4Name, req.Input4Name)
	set(&m.PreKm, req.PreKm)
	set(&m.PreRun1, req.PreRun1)
	set(&m.PreRun2, req.PreRun2)
	set(&m.IsActive, req.IsActive)
}

func setRef(member *xmlwire.Opt[string], given xmlwire.Opt[string]) {
	if set(member, given); member.Value() == "" {
		*member = xmlwire.Opt[string]{}
	}
}

// A unitFilter is what a unit must be like: by what users keep about it, and by what it sent last. It has the parts apart
// since the first is much cheaper to ask.
type unitFilter struct {
	ids    []string // sorted; nil for any
	master []func(serial string, m *master) bool
	at     []func(generated.Location) bool
}

// unitFilter checks the filters of a request. An empty text is a filter too, which no unit passes that has a text.
func (f *Fleet) unitFilter(req *generated.GetUnit) (*unitFilter, error) {
	err := first(checkRadius(req.Radius), checkLocation(req.Point, "Point"),
		exists(req.ID, f.hasUnit, "unit"), exists(req.CategoryID, f.Categories.has, "category"),
		exists(req.ClientID, f.Clients.has, "client"), exists(req.GroupID, f.Groups.has, "group"),
		exists(req.ZoneID, f.Zones.has, "zone"), exists(req.PointID, f.Points.has, "point"))
	if err != nil {
		return nil, err
	}
	filter := new(unitFilter)
	if id, ok := req.GroupID.Get(); ok {
		filter.ids = slices.Clone(f.Groups.rows[id].Units)
		if filter.ids == nil {
			filter.ids = []string{}
		}
		slices.Sort(filter.ids)
	}
	filter.byMaster(req)
	f.byPlace(filter, req)
	return filter, nil
}

func exists(id xmlwire.Opt[string], has func(string) bool, noun string) error {
	if v, ok := id.Get(); ok && !has(v) {
		return notFound(noun, v)
	}
	return nil
}

func (filter *unitFilter) byMaster(req *generated.GetUnit) {
	add := func(want xmlwire.Opt[string], member func(serial string, m *master) string) {
		if v, ok := want.Get(); ok {
			filter.master = append(filter.master, func(serial string, m *master) bool { return member(serial, m) == v })
		}
	}
	add(req.SerialNumber, func(serial string, _ *master) string { return serial })
	add(req.ReferenceNumber, func(_ string, m *master) string { return m.ReferenceNumber.Value() })
	add(req.ClientID, func(_ string, m *master) string { return m.ClientID.Value() })
	add(req.CategoryID, func(_ string, m *master) string { return m.CategoryID.Value() })
}

// byPlace adds the filters by zone, point and location. The radius is one kilometre unless the request gives it.
func (f *Fleet) byPlace(filter *unitFilter, req *generated.GetUnit) {
	if id, ok := req.ZoneID.Get(); ok {
		area, _ := parsePolygon(f.Zones.rows[id].Polygon.Value()) // one that a test broke holds nothing
		filter.at = append(filter.at, area.contains)
	}
	radius := req.Radius.Or(1)
	near := func(center generated.Location) {
		filter.at = append(filter.at, func(l generated.Location) bool {
			return world.Location(center).Distance(world.Location(l)) <= radius
		})
	}
	if id, ok := req.PointID.Get(); ok {
		near(f.Points.rows[id].Location.Value())
	}
	if center, ok := req.Point.Get(); ok {
		near(center)
	}
}

// unitIf returns the unit with an id, which must exist, if it passes.
func (f *Fleet) unitIf(id string, filter *unitFilter) (generated.Unit, bool) {
	if filter.ids != nil {
		if _, in := slices.BinarySearch(filter.ids, id); !in {
			return generated.Unit{}, false
		}
	}
	if !filter.passMaster(f.masterByID(id)) {
		return generated.Unit{}, false
	}
	u, _ := f.unit(id)
	at, known := u.Location.Get()
	for _, near := range filter.at {
		if !known || !near(at) {
			return generated.Unit{}, false
		}
	}
	return u, true
}

func (filter *unitFilter) passMaster(serial string, m master) bool {
	for _, pass := range filter.master {
		if !pass(serial, &m) {
			return false
		}
	}
	return true
}

func (f *Fleet) masterByID(id string) (serial string, m master) {
	if own := f.own[id]; own != nil {
		return own.unit.SerialNumber.Value(), masterOf(&own.unit)
	}
	w := f.machine(id)
	return serialNumber(w.Index), f.master(&w)
}
