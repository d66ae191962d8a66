package world

import (
	"math"
	"time"
)

// A Unit is one machine: what does not change from day to day. It is made by World.Unit.
type Unit struct {
	Index   int
	Kind    *Kind
	KindNo  int // index in Kinds
	Country *Country
	Town    *Town
	Depot   Site
	Mounted time.Time // when it began to send
	// Until is when it stopped to send, or the zero time. Nothing happens after it.
	Until  time.Time
	Number int // that its owner painted on it
	Model  string
	PreKm  float64 // before it was mounted
	PreRun float64 // seconds

	usage  float64 // of Kind's, about 1
	start  float64 // hour of the local day
	offset int     // seconds into each hour at which it sends
	world  *World
}

// Unit makes up the unit with number index. The first is always an excavator in Helsingør that never stops sending, so that
// there is one that can be relied on.
func (w *World) Unit(index int) Unit {
	r := w.draw(index, 0, aboutProfile)
	u := Unit{Index: index, world: w}
	u.KindNo = pick(r, kindByWeight)
	u.Kind = &Kinds[u.KindNo]
	u.Country = &Countries[r.IntN(len(Countries))]
	u.Town = &u.Country.Towns[r.IntN(len(u.Country.Towns))]
	if index == 0 {
		u.KindNo, u.Country = 0, &Countries[0]
		u.Kind, u.Town = &Kinds[0], &Countries[0].Towns[0]
	}
	angle, km := between(r, 0, 2*math.Pi), 7*r.Float64()*r.Float64()
	street, house := pick(r, u.Country.Language.Streets), 1+r.IntN(180)
	u.Depot = u.site(u.Town.Location.Move(km, angle), street, house)
	u.usage = between(r, 0.7, 1)
	u.start = between(r, 6.4, 7.8)
	u.offset = r.IntN(3500)
	u.Number = 1 + r.IntN(899)
	u.Model = "ME501"
	if r.IntN(3) == 0 {
		u.Model = pick(r, []string{"ME201", "ME301"})
	}
	u.mount(r.Float64(), r.Float64())
	if r.IntN(3) == 0 { // bought used
		u.PreKm = math.Round(between(r, 10, 4000) * max(0.1, u.Kind.Km/10))
		u.PreRun = math.Round(between(r, 100, 5000)) * 3600
	}
	return u
}

// mount chooses when the unit began to send and, for one in twelve, when it stopped. Young units are more common than
// old ones.
func (u *Unit) mount(age, fate float64) {
	span := u.world.Made.Sub(u.world.Epoch)
	ago := time.Duration((0.02 + 0.98*age*age) * float64(span))
	u.Mounted = u.world.Made.Add(-ago).Truncate(10 * time.Millisecond)
	if fate < 1.0/12 && u.Index > 0 {
		u.Until = u.Mounted.Add(time.Duration(12 * fate * float64(ago))).Truncate(time.Second)
	}
}

// site makes an address to a location near the unit's town.
func (u *Unit) site(at Location, street string, house int) Site {
	return Site{Location: at, Address: Address{
		Street: joinHouse(u.Country, street, house), Zip: u.Town.Zip, City: u.Town.Name, Country: u.Country.Code,
	}}
}

// Name returns what its owner calls it.
func (u *Unit) Name() string { return u.Country.Language.Kinds[u.KindNo] + " " + itoa(u.Number) }

// end returns up to when the unit has sent: Until, or Now.
func (u *Unit) end() time.Time {
	if u.Until.IsZero() {
		return u.world.Now
	}
	return earlier(u.Until, u.world.Now)
}

// alive reports whether the unit sends at t.
func (u *Unit) alive(t time.Time) bool { return !t.Before(u.Mounted) && t.Before(u.end()) }
