package trackunittest

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest/internal/world"
)

// DefaultNow is the present of a Fleet unless it is told otherwise: noon of a Monday, while machines are at work.
var DefaultNow = time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)

// A Fleet is all that the simulated service knows: units and what they sent, and the records that users keep about
// them. It is safe for concurrent use.
//
// Units come from a seed. They and their histories are made up when they are asked for, always in the same way, so that a
// Fleet of a hundred thousand units starts at once. Records are in Tables, made up from the seed too, and change as users
// of the service change them. There is no clock: time stands still at Now until SetNow moves it.
type Fleet struct {
	Categories *Table[generated.Category]
	Clients    *Table[generated.Client]
	Contacts   *Table[generated.Contact]
	Groups     *Table[generated.Group]
	Keys       *Table[generated.Key]
	Points     *Table[generated.Point]
	Zones      *Table[generated.Zone]
	Alarms     *Table[generated.Alarm]

	mu        sync.RWMutex
	world     world.World
	size      int               // units of the seed
	clients   int               // clients of the seed
	keys      int               // keys of the seed
	changed   map[int]master    // units of the seed that users have changed
	own       map[string]*owned // units that SetUnit put in
	ownOrder  []string          // of those in own that the seed does not have
	locked    map[string]bool
	triggered []generated.AlarmLog // by Trigger
	lastID    int

	store   Store // nil for none
	origin  origin
	touched []StoreRecord // without Data: what is still to be saved
}

// NewFleet returns a Fleet of so many units, made up from seed, at DefaultNow. Whatever the seed,
// the first unit has the id "46208", is an excavator in Helsingør and never stops sending.
func NewFleet(seed uint64, units int) *Fleet { return newFleet(seed, units, DefaultNow) }

func newFleet(seed uint64, units int, now time.Time) *Fleet {
	now = now.UTC()
	f := &Fleet{
		world:   world.World{Seed: seed, Epoch: now.AddDate(-13, 0, 0), Made: now, Now: now},
		size:    max(0, units),
		changed: make(map[int]master),
		own:     make(map[string]*owned),
		locked:  make(map[string]bool),
		lastID:  900_000,
	}
	f.Categories = newTable(f, "category", func(r *generated.Category) *xmlwire.Opt[string] { return &r.ID })
	f.Clients = newTable(f, "client", func(r *generated.Client) *xmlwire.Opt[string] { return &r.ID })
	f.Contacts = newTable(f, "contact", func(r *generated.Contact) *xmlwire.Opt[string] { return &r.ID })
	f.Groups = newTable(f, "group", func(r *generated.Group) *xmlwire.Opt[string] { return &r.ID })
	f.Keys = newTable(f, "key", func(r *generated.Key) *xmlwire.Opt[string] { return &r.ID })
	f.Points = newTable(f, "point", func(r *generated.Point) *xmlwire.Opt[string] { return &r.ID })
	f.Zones = newTable(f, "zone", func(r *generated.Zone) *xmlwire.Opt[string] { return &r.ID })
	f.Alarms = newTable(f, "alarm", func(r *generated.Alarm) *xmlwire.Opt[string] { return &r.ID })
	f.seedTables()
	return f
}

// Now returns the present of the fleet. Units have sent nothing after it.
func (f *Fleet) Now() time.Time {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.world.Now
}

// SetNow moves the present, forward or back. No unit is mounted and none stops sending for it, so that histories stay what
// they were, and go on.
func (f *Fleet) SetNow(now time.Time) {
	f.mu.Lock()
	defer f.unlock()
	f.world.Now = now.UTC()
	f.touch(kindFleet, "now")
}

// UnitIDs returns the ids of all units, in the order in which GetUnit lists them.
func (f *Fleet) UnitIDs() []string {
	f.mu.RLock()
	defer f.mu.RUnlock()
	ids := make([]string, 0, f.size+len(f.ownOrder))
	for i := range f.size {
		ids = append(ids, unitID(i))
	}
	return append(ids, f.ownOrder...)
}

// Unit returns the unit with an id as the service would show it now, and whether there is one.
func (f *Fleet) Unit(id string) (generated.Unit, bool) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.unit(id)
}

// SetUnit adds a unit, or replaces the one with the same id, and returns the id. A unit without one gets the next that is
// free. It is shown as it was given, except for what users of the service change. Its history is made up, from its
// CreatedAt on.
func (f *Fleet) SetUnit(u generated.Unit) string {
	f.mu.Lock()
	defer f.unlock()
	id, ok := u.ID.Get()
	if !ok {
		id = f.newID(f.hasUnit)
		u.ID = xmlwire.Some(id)
	}
	if !f.hasUnit(id) {
		f.ownOrder = append(f.ownOrder, id)
	}
	if had := f.own[id]; had != nil && had.history != nil {
		f.touch(kindHistory, id)
	}
	f.own[id] = &owned{unit: u}
	f.touch(kindUnit, id)
	return id
}

// SetHistory gives the unit with an id a history of its own in place of the one made up, in order of time. It reports
// whether there is such a unit.
func (f *Fleet) SetHistory(id string, rows []generated.UnitHistory) bool {
	f.mu.Lock()
	defer f.unlock()
	unit, ok := f.unit(id)
	if !ok {
		return false
	}
	if f.own[id] == nil {
		f.own[id] = &owned{unit: unit}
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b generated.UnitHistory) int { return a.Time.Compare(b.Time) })
	f.own[id].history = append([]generated.UnitHistory{}, rows...)
	f.touch(kindUnit, id)
	f.touch(kindHistory, id)
	return true
}

// Locked reports whether a user has locked the unit with an id. The service takes the wish and shows it nowhere.
func (f *Fleet) Locked(id string) bool {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.locked[id]
}

// Trigger makes the alarm with an id go off for a unit: it is in the alarm log and, unless it is disabled, among the active
// alarms. It reports whether there are such an alarm and such a unit.
func (f *Fleet) Trigger(alarmID, unitID string, at time.Time) bool {
	f.mu.Lock()
	defer f.unlock()
	alarm, ok := f.Alarms.rows[alarmID]
	unit, found := f.unit(unitID)
	if !ok || !found {
		return false
	}
	f.triggered = append(f.triggered, generated.AlarmLog{
		Address: unit.Address, AlarmID: xmlwire.Some(alarmID), Location: unit.Location,
		Recipients: f.recipients(&alarm), TriggeredAt: at, UnitID: xmlwire.Some(unitID),
	})
	f.touch(kindTriggered, "all")
	return true
}

// newID returns the next id that is not taken. All nouns share one sequence.
func (f *Fleet) newID(taken func(id string) bool) string {
	for {
		f.lastID++
		f.touch(kindFleet, "last")
		if id := strconv.Itoa(f.lastID); !taken(id) {
			return id
		}
	}
}
