package trackunittest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Store keeps what was changed of a Fleet, so that a fleet opened on it later goes on where the last one ended. What a seed
// makes up is not kept, for it can be made up again. The package fleetdb has one in a file.
//
// A Fleet calls Save while it holds its lock, with all that one call has changed, before that call is answered.
type Store interface {
	// Load returns all records, in the order in which they were first saved.
	Load() ([]StoreRecord, error)
	// Save puts records in place of those with the same Kind and ID: all of them, or, after an error, none.
	Save([]StoreRecord) error
}

// A StoreRecord is one record of a Store. Its Data is for the Fleet to understand; nil says that what the seed has under the
// ID was deleted.
type StoreRecord struct {
	Kind, ID string
	Data     []byte
}

// The kinds of records that are not those of a table.
const (
	kindFleet     = "fleet"     // what the fleet was made from, its present, the last id
	kindUnit      = "unit"      // put in by SetUnit
	kindChanged   = "changed"   // of the seed, changed by a user
	kindHistory   = "history"   // put in by SetHistory
	kindLocked    = "locked"    // true or false
	kindTriggered = "triggered" // all alarms that were triggered
)

// OpenFleet returns a Fleet as NewFleet makes it, at a time, with the changes in a Store, and has further ones saved there. The
// time counts only for a Store that is new. It fails for a Store of a fleet with another seed or number of units.
//
// A change that cannot be saved is a panic of what made it: over a Service, the answer then has the status 500.
func OpenFleet(store Store, seed uint64, units int, now time.Time) (*Fleet, error) {
	records, err := store.Load()
	if err != nil {
		return nil, fmt.Errorf("loading the fleet: %w", err)
	}
	from := origin{seed, max(0, units), now.UTC()}
	if err := from.settle(records); err != nil {
		return nil, err
	}
	f := newFleet(from.Seed, from.Units, from.Made)
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range records {
		if err := f.restore(r); err != nil {
			return nil, fmt.Errorf("loading the fleet: %s %s: %w", r.Kind, r.ID, err)
		}
	}
	f.store, f.origin = store, from
	f.touched = []StoreRecord{{Kind: kindFleet, ID: "origin"}, {Kind: kindFleet, ID: "now"}}
	if err := f.save(); err != nil {
		return nil, err
	}
	return f, nil
}

// An origin is all that a fleet is made up from.
type origin struct {
	Seed  uint64
	Units int
	Made  time.Time // its first present
}

// settle takes over when the fleet in a Store was made, and refuses one that was made from something else.
func (o *origin) settle(records []StoreRecord) error {
	for _, r := range records {
		if r.Kind != kindFleet || r.ID != "origin" {
			continue
		}
		var was origin
		if err := json.Unmarshal(r.Data, &was); err != nil {
			return fmt.Errorf("loading the fleet: its origin: %w", err)
		}
		if was.Seed != o.Seed || was.Units != o.Units {
			return fmt.Errorf("the store holds a fleet of seed %d and %d units, not of seed %d and %d units", was.Seed, was.Units, o.Seed, o.Units)
		}
		o.Made = was.Made
	}
	return nil
}

// A keeper is a Table, whatever it holds.
type keeper interface {
	encode(id string) ([]byte, error)
	restore(id string, data []byte) error
}

// tables returns the tables by the kinds of their records.
func (f *Fleet) tables() map[string]keeper {
	return map[string]keeper{
		"category": f.Categories, "client": f.Clients, "contact": f.Contacts, "group": f.Groups, "key": f.Keys, "point": f.Points,
		"zone": f.Zones, "alarm": f.Alarms,
	}
}

// The methods below want the lock of the fleet to be held.

// touch notes that a record was changed.
func (f *Fleet) touch(kind, id string) {
	if f.store == nil || slices.ContainsFunc(f.touched, func(r StoreRecord) bool { return r.Kind == kind && r.ID == id }) {
		return
	}
	f.touched = append(f.touched, StoreRecord{Kind: kind, ID: id})
}

// unlock saves what was changed and gives the lock back.
func (f *Fleet) unlock() {
	defer f.mu.Unlock()
	if err := f.save(); err != nil {
		panic(err.Error())
	}
}

func (f *Fleet) save() error {
	if len(f.touched) == 0 {
		return nil
	}
	records := f.touched
	f.touched = nil
	for i := range records {
		var err error
		if records[i].Data, err = f.encode(records[i].Kind, records[i].ID); err != nil {
			return fmt.Errorf("saving the fleet: %s %s: %w", records[i].Kind, records[i].ID, err)
		}
	}
	if err := f.store.Save(records); err != nil {
		return fmt.Errorf("saving the fleet: %w", err)
	}
	return nil
}

func (f *Fleet) encode(kind, id string) ([]byte, error) {
	switch kind {
	case kindFleet:
		return json.Marshal(map[string]any{"origin": f.origin, "now": f.world.Now, "last": f.lastID}[id])
	case kindUnit:
		return encodeRecord(&f.own[id].unit)
	case kindChanged:
		var u generated.Unit
		index, _ := f.unitIndex(id)
		m := f.changed[index]
		m.apply(&u)
		return encodeRecord(&u)
	case kindHistory:
		if f.own[id].history == nil {
			return nil, nil
		}
		return encodeRecord(&generated.GetReportUnitHistoryResponse{List: f.own[id].history})
	case kindLocked:
		return strconv.AppendBool(nil, f.locked[id]), nil
	case kindTriggered:
		return encodeRecord(&generated.GetAlarmLogResponse{List: f.triggered})
	}
	if t := f.tables()[kind]; t != nil {
		return t.encode(id)
	}
	return nil, errors.New("there is no such kind of record")
}

func (f *Fleet) restore(r StoreRecord) error {
	switch r.Kind {
	case kindFleet:
		return f.restoreSelf(r.ID, r.Data)
	case kindUnit:
		own := f.ownUnit(r.ID)
		return decodeRecord(r.Data, &own.unit)
	case kindChanged:
		var u generated.Unit
		index, ok := f.unitIndex(r.ID)
		if !ok {
			return errors.New("the seed has no such unit")
		}
		err := decodeRecord(r.Data, &u)
		f.changed[index] = masterOf(&u)
		return err
	case kindHistory:
		if r.Data == nil {
			return nil
		}
		var rows generated.GetReportUnitHistoryResponse
		err := decodeRecord(r.Data, &rows)
		f.ownUnit(r.ID).history = append([]generated.UnitHistory{}, rows.List...)
		return err
	case kindLocked:
		f.locked[r.ID] = string(r.Data) == "true"
		return nil
	case kindTriggered:
		var rows generated.GetAlarmLogResponse
		err := decodeRecord(r.Data, &rows)
		f.triggered = rows.List
		return err
	}
	if t := f.tables()[r.Kind]; t != nil {
		return t.restore(r.ID, r.Data)
	}
	return errors.New("there is no such kind of record: a newer version may have saved it")
}

func (f *Fleet) restoreSelf(id string, data []byte) error {
	switch id {
	case "now":
		return json.Unmarshal(data, &f.world.Now)
	case "last":
		return json.Unmarshal(data, &f.lastID)
	}
	return nil // the origin was seen to
}

// ownUnit returns the unit with an id that was put in, which may be new.
func (f *Fleet) ownUnit(id string) *owned {
	if f.own[id] == nil {
		if !f.hasUnit(id) {
			f.ownOrder = append(f.ownOrder, id)
		}
		f.own[id] = new(owned)
	}
	return f.own[id]
}

// encodeRecord returns a message as XML, which can tell nil from absent and a time without a zone from one with.
func encodeRecord(m xmlwire.Message) ([]byte, error) {
	return xmlwire.AppendElement(nil, xmlwire.Name{Space: nsTypes, Local: m.XMLType().Name}, m, xmlwire.WriteOptions{})
}

func decodeRecord(data []byte, m xmlwire.Message) error {
	return xmlwire.Unmarshal(data, m, xmlwire.ReadOptions{})
}

// encode returns the record with an id, or nil if it was deleted.
func (t *Table[T]) encode(id string) ([]byte, error) {
	row, ok := t.rows[id]
	if !ok {
		return nil, nil
	}
	return encodeRecord(any(&row).(xmlwire.Message))
}

func (t *Table[T]) restore(id string, data []byte) error {
	if data == nil {
		t.delete(id)
		return nil
	}
	var row T
	if err := decodeRecord(data, any(&row).(xmlwire.Message)); err != nil {
		return err
	}
	t.put(row)
	return nil
}
