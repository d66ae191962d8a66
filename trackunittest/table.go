package trackunittest

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Table holds the records of one noun of a Fleet: its zones, its groups. It is safe for concurrent use.
//
// Records go in and come out by value. The slices in them are shared and must not be changed: give a record a new one
// and Put it.
type Table[T any] struct {
	fleet *Fleet
	kind  string // of its records in a Store
	id    func(*T) *xmlwire.Opt[string]
	order []string
	rows  map[string]T
}

func newTable[T any](f *Fleet, kind string, id func(*T) *xmlwire.Opt[string]) *Table[T] {
	return &Table[T]{fleet: f, kind: kind, id: id, rows: make(map[string]T)}
}

// Get returns the record with an id, and whether there is one.
func (t *Table[T]) Get(id string) (T, bool) {
	t.fleet.mu.RLock()
	defer t.fleet.mu.RUnlock()
	row, ok := t.rows[id]
	return row, ok
}

// All returns the records in the order in which they were made.
func (t *Table[T]) All() []T {
	t.fleet.mu.RLock()
	defer t.fleet.mu.RUnlock()
	return t.all()
}

// Len returns how many records there are.
func (t *Table[T]) Len() int {
	t.fleet.mu.RLock()
	defer t.fleet.mu.RUnlock()
	return len(t.rows)
}

// Put adds a record, or replaces the one with the same id, and returns the id. A record without one gets the next that is
// free. Nothing is checked: a test may put in what the service would refuse.
func (t *Table[T]) Put(row T) string {
	t.fleet.mu.Lock()
	defer t.fleet.unlock()
	return t.put(row)
}

// Delete removes the record with an id, and reports whether there was one. What refers to it stays as it is.
func (t *Table[T]) Delete(id string) bool {
	t.fleet.mu.Lock()
	defer t.fleet.unlock()
	return t.delete(id)
}

// The methods below want the lock of the fleet to be held.

func (t *Table[T]) has(id string) bool {
	_, ok := t.rows[id]
	return ok
}

func (t *Table[T]) all() []T {
	list := make([]T, 0, len(t.order))
	for _, id := range t.order {
		list = append(list, t.rows[id])
	}
	return list
}

func (t *Table[T]) put(row T) string {
	field := t.id(&row)
	id, ok := field.Get()
	if !ok {
		id = t.fleet.newID(t.has)
		*field = xmlwire.Some(id)
	}
	if !t.has(id) {
		t.order = append(t.order, id)
	}
	t.rows[id] = row
	t.fleet.touch(t.kind, id)
	return id
}

func (t *Table[T]) delete(id string) bool {
	if !t.has(id) {
		return false
	}
	delete(t.rows, id)
	t.fleet.touch(t.kind, id)
	t.order = slices.DeleteFunc(t.order, func(other string) bool { return other == id })
	return true
}

// update replaces every record by what change makes of it.
func (t *Table[T]) update(change func(*T)) {
	for _, id := range t.order {
		row := t.rows[id]
		change(&row)
		if !reflect.DeepEqual(row, t.rows[id]) {
			t.fleet.touch(t.kind, id)
		}
		t.rows[id] = row
	}
}

// seed adds records with ids from first on.
func (t *Table[T]) seed(first int, rows []T) {
	for i, row := range rows {
		*t.id(&row) = xmlwire.Some(strconv.Itoa(first + i))
		t.put(row)
	}
}
