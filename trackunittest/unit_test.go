package trackunittest_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/trackunittest"
)

func TestUpdateUnit(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		get := func() generated.Unit {
			list := call(t, p.GetUnit, generated.GetUnit{ID: some(someUnit)}).List
			require.Len(t, list, 1)
			return list[0]
		}
		client, category := s.Fleet().Clients.All()[1].ID, s.Fleet().Categories.All()[2].ID
		want := get()
		want.Name, want.Note, want.ReferenceNumber = some("Grøn <3>"), some("lejet ud"), some("R-1")
		want.DisplayName = some("Grøn <3> (223120)")
		want.ClientID, want.CategoryID, want.IsOwn = client, category, some(false)
		want.PreKm, want.PreRun1, want.PreRun2 = some(0.30000000000000004), some(3600.0), some(0.0)
		want.IsActive, want.Input4Name, want.VehicleType = some(false), some("Lys"), some("Boat")
		call(t, p.UpdateUnit, generated.UpdateUnit{
			ID: some(someUnit), Name: want.Name, Note: want.Note, ReferenceNumber: want.ReferenceNumber,
			ClientID: client, CategoryID: category, PreKm: want.PreKm, PreRun1: want.PreRun1, IsActive: want.IsActive,
			PreRun2: want.PreRun2, Input4Name: want.Input4Name, VehicleType: want.VehicleType, Lock: some(true),
		})
		assert.Equal(t, want, get())
		assert.True(t, s.Fleet().Locked(someUnit))
		assert.False(t, s.Fleet().Locked(otherUnit))

		call(t, p.UpdateUnit, generated.UpdateUnit{ID: some(someUnit), ClientID: some(""), Name: none})
		want.ClientID, want.IsOwn = none, some(true)
		assert.Equal(t, want, get(), "an empty reference takes it out, a nil changes nothing")

		call(t, p.DeleteCategory, generated.DeleteCategory{ID: category})
		want.CategoryID = none
		assert.Equal(t, want, get(), "the category is gone")
	})
}

// Each filter must list just those units that the whole list shows to pass it.
func TestUnitFilters(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		all := call(t, p.GetUnit, generated.GetUnit{}).List
		require.Len(t, all, 60)
		pick := all[17]
		group := s.Fleet().Groups.All()[2]
		center := generated.Location{Latitude: 56.0361, Longitude: 12.6136} // Helsingør
		point := s.Fleet().Points.Put(generated.Point{Location: some(center)})
		zone := call(t, p.CreateZone, generated.CreateZone{
			Name: some("Nordsjælland"), Polygon: some("POLYGON ((55.9 12.4, 56.2 12.4, 56.2 12.7, 55.9 12.7, 55.9 12.4))"),
		}).ID
		within := func(km float64) func(u *generated.Unit) bool {
			return func(u *generated.Unit) bool { return roughDistance(u.Location.Value(), center) <= km }
		}
		for name, c := range map[string]struct {
			req  generated.GetUnit
			want func(*generated.Unit) bool
		}{
			"id":           {generated.GetUnit{ID: pick.ID}, func(u *generated.Unit) bool { return u.ID == pick.ID }},
			"serial":       {generated.GetUnit{SerialNumber: pick.SerialNumber}, func(u *generated.Unit) bool { return u.ID == pick.ID }},
			"reference":    {generated.GetUnit{ReferenceNumber: pick.ReferenceNumber}, func(u *generated.Unit) bool { return u.ID == pick.ID }},
			"no such":      {generated.GetUnit{SerialNumber: some("none")}, func(*generated.Unit) bool { return false }},
			"empty serial": {generated.GetUnit{SerialNumber: some("")}, func(*generated.Unit) bool { return false }},
			"category":     {generated.GetUnit{CategoryID: pick.CategoryID}, func(u *generated.Unit) bool { return u.CategoryID == pick.CategoryID }},
			"client":       {generated.GetUnit{ClientID: all[1].ClientID}, func(u *generated.Unit) bool { return u.ClientID == all[1].ClientID }},
			"group":        {generated.GetUnit{GroupID: group.ID}, func(u *generated.Unit) bool { return slices.Contains(group.Units, u.ID.Value()) }},
			"category and client": {generated.GetUnit{CategoryID: pick.CategoryID, ClientID: pick.ClientID}, func(u *generated.Unit) bool {
				return u.CategoryID == pick.CategoryID && u.ClientID == pick.ClientID
			}},
			"id and another serial": {generated.GetUnit{ID: pick.ID, SerialNumber: all[3].SerialNumber}, func(*generated.Unit) bool { return false }},
			"point":                 {generated.GetUnit{Point: some(center)}, within(1)},
			"point and radius":      {generated.GetUnit{Point: some(center), Radius: some(250.0)}, within(250)},
			"point id and radius":   {generated.GetUnit{PointID: some(point), Radius: some(40.0)}, within(40)},
			"the whole earth":       {generated.GetUnit{Point: some(center), Radius: some(39999.9)}, func(*generated.Unit) bool { return true }},
			"zone": {generated.GetUnit{ZoneID: zone}, func(u *generated.Unit) bool {
				l := u.Location.Value()
				return l.Latitude > 55.9 && l.Latitude < 56.2 && l.Longitude > 12.4 && l.Longitude < 12.7
			}},
		} {
			t.Run(name, func(t *testing.T) {
				var want []string
				for _, u := range all {
					if c.want(&u) {
						want = append(want, u.ID.Value())
					}
				}
				var got []string
				for _, u := range call(t, p.GetUnit, c.req).List {
					got = append(got, u.ID.Value())
				}
				assert.Equal(t, want, got)
			})
		}
		assert.NotEmpty(t, call(t, p.GetUnit, generated.GetUnit{ZoneID: zone}).List, "the test must test something")
		assert.NotEmpty(t, call(t, p.GetUnit, generated.GetUnit{ClientID: all[1].ClientID}).List)
	})
}

// roughDistance is another way to the great-circle distance in km, by the angle between two vectors.
func roughDistance(a, b generated.Location) float64 {
	vector := func(l generated.Location) (x, y, z float64) {
		lat, lon := l.Latitude*math.Pi/180, l.Longitude*math.Pi/180
		return math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)
	}
	ax, ay, az := vector(a)
	bx, by, bz := vector(b)
	return 6371 * math.Acos(min(1, ax*bx+ay*by+az*bz))
}

func TestOwnUnits(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(3))
	p, f := portOf(t, s), s.Fleet()
	u := generated.Unit{SerialNumber: some("X1"), Name: some("Mine"), CreatedAt: trackunittest.DefaultNow.AddDate(-1, 0, 0)}
	id := f.SetUnit(u)
	assert.Equal(t, []string{someUnit, "46211", "46215", id}, f.UnitIDs())
	assert.Len(t, call(t, p.GetUnit, generated.GetUnit{}).List, 4)

	call(t, p.UpdateUnit, generated.UpdateUnit{ID: some(id), Name: some("Yours")})
	got := call(t, p.GetUnit, generated.GetUnit{SerialNumber: some("X1")}).List
	require.Len(t, got, 1)
	assert.Equal(t, some("Yours"), got[0].Name)
	assert.Equal(t, some("Yours (X1)"), got[0].DisplayName)
	assert.Equal(t, some(id), got[0].ID)

	call(t, p.UpdateUnit, generated.UpdateUnit{ID: some(someUnit), Name: some("Changed")})
	f.SetUnit(generated.Unit{ID: some(someUnit), Name: some("Replaced")})
	replaced, ok := f.Unit(someUnit)
	assert.True(t, ok)
	assert.Equal(t, some("Replaced"), replaced.Name)
	assert.Len(t, f.UnitIDs(), 4, "it was replaced, not added")

	from, to := trackunittest.DefaultNow.AddDate(0, 0, -2), trackunittest.DefaultNow.AddDate(0, 0, -1)
	f.Zones.Put(generated.Zone{ID: some("900002")})
	assert.Equal(t, "900003", f.Zones.Put(generated.Zone{}), "an id that is taken is not given again")

	history := generated.GetReportUnitHistory{UnitID: some(id), From: some(from), To: some(to)}
	assert.Len(t, call(t, p.GetReportUnitHistory, history).List, 24, "made up")
	rows := []generated.UnitHistory{{Time: to, Event: 3}, {Time: from, Event: 1}, {Time: from.Add(1), Event: 2}}
	assert.True(t, f.SetHistory(id, rows))
	list := call(t, p.GetReportUnitHistory, history).List
	require.Len(t, list, 2, "the end does not belong to the time")
	assert.Equal(t, int32(1), list[0].Event)
	assert.False(t, f.SetHistory(noID, nil))
	_, ok = f.Unit(noID)
	assert.False(t, ok)
}
