package trackunit_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
)

// contractNoun are the methods that all nouns have whose records can be made: trackunit.Zones and so on.
type contractNoun[T, C, U any] interface {
	List(context.Context, ...trackunit.CallOption) ([]T, error)
	Get(context.Context, string, ...trackunit.CallOption) (T, error)
	Create(context.Context, C, ...trackunit.CallOption) (string, error)
	Update(context.Context, U, ...trackunit.CallOption) error
	Delete(context.Context, string, ...trackunit.CallOption) error
}

// A contractLife is what can be done with a record of a noun: it is created, got, updated, got, deleted, and not found.
type contractLife[T, C, U any] struct {
	noun    contractNoun[T, C, U]
	create  C
	updates []U // without an id; the first is one that was captured
	none    error
}

// lives live a life of each noun.
func (s *contractService) lives(t *testing.T) {
	c, r := s.client, s.records
	unit, others := r.unit.ID.Value(), r.others
	t.Run("category", contractLife[trackunit.Category, trackunit.CreateCategory, trackunit.UpdateCategory]{
		noun: c.Categories, none: trackunit.ErrCategoryNotFound,
		create:  trackunit.CreateCategory{Name: some("Kraner & <lifte>")},
		updates: []trackunit.UpdateCategory{{Name: some("Tårnkraner")}},
	}.run(s))
	t.Run("client", contractLife[trackunit.ClientRecord, trackunit.CreateClient, trackunit.UpdateClient]{
		noun: c.Clients, none: trackunit.ErrClientNotFound,
		create:  trackunit.CreateClient{Name: some("Åkesson & Søn"), Note: some("pays late")},
		updates: []trackunit.UpdateClient{{Address: some(contractAddress)}, {Name: some("Åkesson"), Note: some("")}},
	}.run(s))
	t.Run("contact", contractLife[trackunit.Contact, trackunit.CreateContact, trackunit.UpdateContact]{
		noun: c.Contacts, none: trackunit.ErrContactNotFound,
		create:  trackunit.CreateContact{ClientID: some(r.client), Name: some("Åse"), Email: some("aase@example.com")},
		updates: []trackunit.UpdateContact{{Name: some("Åse 2"), Mobile: some("4500100001")}},
	}.run(s))
	t.Run("group", contractLife[trackunit.Group, trackunit.CreateGroup, trackunit.UpdateGroup]{
		noun: c.Groups, none: trackunit.ErrGroupNotFound,
		create: trackunit.CreateGroup{Name: some("Vest"), Units: []string{unit}},
		updates: []trackunit.UpdateGroup{
			{Name: some("Øst"), AddUnits: others, RemoveUnits: []string{unit}},
			{Clear: some(true), AddUnits: []string{unit}},
			{Clear: some(true)},
		},
	}.run(s))
	t.Run("key", contractLife[trackunit.Key, trackunit.CreateKey, trackunit.UpdateKey]{
		noun: c.Keys, none: trackunit.ErrKeyNotFound,
		create: trackunit.CreateKey{
			Name: some("Nøgle"), SerialNumber: some("6200011587691E09"), KeyValid: some(trackunit.KeyValid60Sec),
			KeyExpire: some(trackunit.KeyExpire10Min), IsAdmin: some(true), Units: []string{unit},
			ExpirationDate: some(time.Date(2027, 6, 30, 22, 0, 0, 123456700, time.UTC)),
		},
		updates: []trackunit.UpdateKey{
			{Clear: some(true), AddUnits: others, KeyExpire: some(trackunit.KeyExpire2Hours)},
			{RemoveUnits: others, AddUnits: []string{unit}, Note: some("lost")},
		},
	}.run(s))
	t.Run("point", contractLife[trackunit.Point, trackunit.CreatePoint, trackunit.UpdatePoint]{
		noun: c.Points, none: trackunit.ErrPointNotFound,
		create:  trackunit.CreatePoint{Name: some("Grusgrav"), Location: some(trackunit.Location{Latitude: 55.123456789012344, Longitude: -0.25}), Note: some("")},
		updates: []trackunit.UpdatePoint{{Location: some(trackunit.Location{Latitude: -33.5, Longitude: 151})}, {Address: some(contractAddress)}},
	}.run(s))
	t.Run("zone", contractLife[trackunit.Zone, trackunit.CreateZone, trackunit.UpdateZone]{
		noun: c.Zones, none: trackunit.ErrZoneNotFound,
		create:  trackunit.CreateZone{Name: some("Plads"), Polygon: some("POLYGON ((55 12, 56 12, 56 13, 55 13, 55 12))")},
		updates: []trackunit.UpdateZone{{Name: some("Zone 2"), Polygon: some("POLYGON ((55 12, 56 12, 56 13, 55 12))")}, {Note: some("lukket")}},
	}.run(s))
	t.Run("alarm", contractLife[trackunit.Alarm, trackunit.CreateAlarm, trackunit.UpdateAlarm]{
		noun: c.Alarms, none: trackunit.ErrAlarmNotFound,
		create: trackunit.CreateAlarm{
			Name: some("Varm"), Type: some(trackunit.AlarmByTemperature), Units: []string{unit}, Enabled: some(true),
			TemperatureLimits: some(trackunit.TemperatureAlarmLimits{Temperature1UpperLimit: some(40.5)}),
			Weekdays:          []string{"Monday"}, EmailRecipients: []string{r.contact},
		},
		updates: []trackunit.UpdateAlarm{
			{Enabled: some(false), AddUnits: others, RemoveUnits: []string{unit}, ClearEmailRecipients: some(true)},
			{ClearUnits: some(true), AllUnits: some(true), AddSmsRecipients: []string{r.contact}, Interval: some(2.5)},
		},
	}.run(s))
}

var contractAddress = trackunit.Address{
	StreetAddress: some("Allé 1 <b>"), ZipCode: some("2000"), City: some("Frederiksberg"), Country: some("DK"),
}

// run lives the life. A service that is only to be read has the part without changes: listing, getting, not finding.
func (l contractLife[T, C, U]) run(s *contractService) func(*testing.T) {
	return func(t *testing.T) {
		var before []T
		t.Run("list", func(t *testing.T) {
			var err error
			before, err = l.noun.List(t.Context())
			require.NoError(t, err)
			for _, row := range before {
				assert.NotEmpty(t, contractID(row))
			}
		})
		t.Run("listed", func(t *testing.T) {
			for i := range min(len(before), 3) {
				got, err := l.noun.Get(t.Context(), contractID(before[i]))
				s.answered(t, err)
				require.NoError(t, err)
				assert.Equal(t, contractID(before[i]), contractID(got))
			}
		})
		t.Run("missing", func(t *testing.T) { l.assertGone(t, s, s.missing) })

		id := ""
		var record T
		t.Run("create", func(t *testing.T) { id = l.born(t, s, &record) })
		for i, update := range l.updates {
			t.Run([]string{"update", "update again", "update once more"}[i], func(t *testing.T) { l.changed(t, s, id, i, update, &record) })
		}
		t.Run("delete", func(t *testing.T) {
			l.needs(t, s, id)
			err := l.noun.Delete(t.Context(), id)
			s.answered(t, err)
			require.NoError(t, err)
		})
		t.Run("after delete", func(t *testing.T) {
			l.needs(t, s, id)
			l.assertGone(t, s, id)
			if s.recording == nil {
				after, err := l.noun.List(t.Context())
				require.NoError(t, err)
				assert.Equal(t, before, after, "as it was before")
			}
		})
	}
}

// needs skips a step for which there is no record.
func (l contractLife[T, C, U]) needs(t *testing.T, s *contractService, id string) {
	t.Helper()
	if s.readOnly {
		t.Skip("it would change something")
	}
	require.NotEmpty(t, id, "nothing was created")
}

// born creates the record, and wants it to be there, with what it was created with.
func (l contractLife[T, C, U]) born(t *testing.T, s *contractService, record *T) string {
	create := contractAsk(t, s, "ok", l.create)
	id, err := l.noun.Create(t.Context(), create)
	s.answered(t, err)
	require.NoError(t, err)
	require.NotEmpty(t, id)
	t.Run("got", func(t *testing.T) {
		got, err := l.noun.Get(t.Context(), id)
		s.answered(t, err)
		require.NoError(t, err)
		assert.Equal(t, id, contractID(got))
		assertApplied(t, got, carried(s, create), got)
		*record = got
	})
	t.Run("listed", func(t *testing.T) {
		if s.recording != nil {
			s.recording.without(t)
		}
		all, err := l.noun.List(t.Context())
		require.NoError(t, err)
		assert.Equal(t, 1, len(slices.DeleteFunc(all, func(row T) bool { return contractID(row) != id })))
	})
	return id
}

// changed updates the record, and wants what the update has set to be changed, and nothing else.
func (l contractLife[T, C, U]) changed(t *testing.T, s *contractService, id string, i int, update U, record *T) {
	l.needs(t, s, id)
	name := "ok"
	if i > 0 {
		name = "another"
	}
	update = contractAsk(t, s, name, update)
	setContractID(&update, id)
	err := l.noun.Update(t.Context(), update)
	s.answered(t, err)
	require.NoError(t, err)
	t.Run("got", func(t *testing.T) {
		got, err := l.noun.Get(t.Context(), id)
		s.answered(t, err)
		require.NoError(t, err)
		assert.Equal(t, id, contractID(got))
		assertApplied(t, *record, carried(s, update), got)
		*record = got
	})
}

// assertGone wants there to be no record with an id: it cannot be got, updated or deleted.
func (l contractLife[T, C, U]) assertGone(t *testing.T, s *contractService, id string) {
	t.Run("get", func(t *testing.T) {
		_, err := l.noun.Get(t.Context(), id)
		s.answered(t, err)
		s.assertMissing(t, err, l.none)
	})
	t.Run("update", func(t *testing.T) {
		update := contractAsk(t, s, contractNotFoundName(l.none), l.updates[0])
		setContractID(&update, id)
		err := l.noun.Update(t.Context(), update)
		s.answered(t, err)
		s.assertMissing(t, err, l.none)
	})
	t.Run("delete", func(t *testing.T) {
		if s.readOnly {
			t.Skip("it would change something")
		}
		err := l.noun.Delete(t.Context(), id)
		s.answered(t, err)
		s.assertMissing(t, err, l.none)
	})
}

// contractNotFoundName returns the name of the captured exchange in which something was not found.
func contractNotFoundName(err error) string {
	return strings.Replace(err.Error(), " not found", "NotFound", 1)
}

func contractID(record any) string {
	return reflect.ValueOf(record).FieldByName("ID").Interface().(trackunit.Opt[string]).Value()
}

func setContractID(update any, id string) {
	reflect.ValueOf(update).Elem().FieldByName("ID").Set(reflect.ValueOf(some(id)))
}

// assertApplied wants a record to be what a request made of it: its members have the values that the request gives them,
// lists those that clearing, removing and adding leave, and all others are as they were, but for those named as following
// from others.
func assertApplied(t *testing.T, before, request, after any, follow ...string) {
	t.Helper()
	was, req, is := reflect.ValueOf(before), reflect.ValueOf(request), reflect.ValueOf(after)
	for i := range is.NumField() {
		name := is.Type().Field(i).Name
		if slices.Contains(follow, name) {
			continue
		}
		want := was.Field(i)
		if given := req.FieldByName(name); given.IsValid() && contractGiven(given) {
			want = given
		}
		if list, ok := want.Interface().([]string); ok {
			assertSameIDs(t, contractEdited(list, req, name), is.Field(i).Interface().([]string), name)
			continue
		}
		assert.True(t, contractSame(contractPlain(want), contractPlain(is.Field(i))), "%s is %v, want %v", name, is.Field(i), want)
	}
}

// contractEdited returns a list as the members of an update leave it that are named after it: ClearUnits or Clear, AddUnits
// and RemoveUnits. Removing counts only without clearing.
func contractEdited(list []string, req reflect.Value, name string) []string {
	clear := false
	for _, member := range []string{"Clear", "Clear" + name} {
		if f := req.FieldByName(member); f.IsValid() {
			clear = clear || f.Interface().(trackunit.Opt[bool]).Value()
		}
	}
	ids := func(member string) []string {
		if f := req.FieldByName(member); f.IsValid() {
			return f.Interface().([]string)
		}
		return nil
	}
	kept := slices.DeleteFunc(slices.Clone(list), func(id string) bool { return clear || slices.Contains(ids("Remove"+name), id) })
	for _, id := range ids("Add" + name) {
		if !slices.Contains(kept, id) {
			kept = append(kept, id)
		}
	}
	return kept
}

func assertSameIDs(t *testing.T, want, got []string, name string) {
	t.Helper()
	if len(want)+len(got) > 0 { // an empty list and none are the same to a caller
		assert.ElementsMatch(t, want, got, name)
	}
}

func contractGiven(v reflect.Value) bool {
	if opt, ok := v.Interface().(optional); ok {
		return opt.IsSet()
	}
	return !v.IsZero()
}

// contractPlain returns what a member holds: that of an Opt, or nil if it has none.
func contractPlain(v reflect.Value) any {
	opt, ok := v.Interface().(optional)
	switch {
	case !ok:
		return v.Interface()
	case !opt.IsSet():
		return nil
	}
	return v.MethodByName("Value").Call(nil)[0].Interface()
}

func contractSame(want, got any) bool {
	if at, ok := want.(time.Time); ok {
		other, ok := got.(time.Time)
		return ok && at.Equal(other)
	}
	if w, g := reflect.ValueOf(want), reflect.ValueOf(got); w.IsValid() && g.IsValid() && w.Kind() == reflect.Struct && w.Type() == g.Type() {
		for i := range w.NumField() { // members of it that are absent come back as nil
			if !contractSame(contractPlain(w.Field(i)), contractPlain(g.Field(i))) {
				return false
			}
		}
		return true
	}
	return assert.ObjectsAreEqual(want, got)
}

// creations are the records that cannot be made.
func (s *contractService) creations(t *testing.T) {
	p, r := s.client.Port(), s.records
	gone, unit := some(s.missing), r.unit.ID.Value()
	place := some(trackunit.Location{Latitude: 55, Longitude: 12})
	contractRefuses(t, s, "failure", p.CreateCategory, generated.CreateCategory{}, "Name")
	contractRefuses(t, s, "failure", p.CreateClient, generated.CreateClient{Note: some("no name")}, "Name")
	contractMisses(t, s, "failure", p.CreateContact, generated.CreateContact{ClientID: gone, Name: some("x")}, trackunit.ErrClientNotFound)
	contractRefuses(t, s, "no-client", p.CreateContact, generated.CreateContact{Name: some("x")}, "ClientId")
	contractMisses(t, s, "failure", p.CreateGroup, generated.CreateGroup{Name: some("G"), Units: []string{s.missing}}, trackunit.ErrUnitNotFound)
	contractRefuses(t, s, "failure", p.CreateKey, generated.CreateKey{Name: some("x")}, "SerialNumber")
	contractRefuses(t, s, "key-valid", p.CreateKey,
		generated.CreateKey{Name: some("x"), SerialNumber: some("00ff"), KeyValid: some("5sec")}, "KeyValid")
	contractRefuses(t, s, "failure", p.CreatePoint, generated.CreatePoint{Name: some("no location")}, "Location")
	contractRefuses(t, s, "no-name", p.CreatePoint, generated.CreatePoint{Location: place}, "Name")
	contractRefuses(t, s, "invalidParameter-polygon", p.CreateZone, generated.CreateZone{Name: some("x"), Polygon: some("CIRCLE")}, "Polygon")
	contractRefuses(t, s, "polygon-open", p.CreateZone,
		generated.CreateZone{Name: some("x"), Polygon: some("POLYGON ((1 1, 1 2, 2 2, 2 1))")}, "Polygon")
	contractRefuses(t, s, "no-polygon", p.CreateZone, generated.CreateZone{Name: some("x")}, "Polygon")
	contractRefuses(t, s, "missing-name", p.CreateAlarm, generated.CreateAlarm{Type: some(trackunit.AlarmByAcceleration)}, "Name")
	contractRefuses(t, s, "invalidParameter-type", p.CreateAlarm, generated.CreateAlarm{Name: some("x"), Type: some("Nope")}, "Type")
	contractMisses(t, s, "no-such-zone", p.CreateAlarm,
		generated.CreateAlarm{Name: some("x"), Type: some(trackunit.AlarmByZoneEnter), ZoneID: gone, Units: []string{unit}}, trackunit.ErrZoneNotFound)
}

// withoutID are the changes that say of nothing what is to be changed. The methods of the nouns do not let them out.
func (s *contractService) withoutID(t *testing.T) {
	p := s.client.Port()
	name := some("x")
	contractRefuses(t, s, "missing-id", p.UpdateUnit, generated.UpdateUnit{Name: name}, "Id")
	contractRefuses(t, s, "missing-id", p.UpdateAlarm, generated.UpdateAlarm{Name: name}, "Id")
	contractRefuses(t, s, "missing-id", p.UpdateCategory, generated.UpdateCategory{Name: name}, "Id")
	contractRefuses(t, s, "missing-id", p.UpdateClient, generated.UpdateClient{Name: name}, "Id")
	contractRefuses(t, s, "missing-id", p.UpdateContact, generated.UpdateContact{Name: name}, "Id")
	contractRefuses(t, s, "missing-id", p.UpdateGroup, generated.UpdateGroup{Name: name}, "Id")
	contractRefuses(t, s, "missing-id", p.UpdateKey, generated.UpdateKey{Name: name}, "Id")
	contractRefuses(t, s, "missing-id", p.UpdatePoint, generated.UpdatePoint{Name: name}, "Id")
	contractRefuses(t, s, "missing-id", p.UpdateZone, generated.UpdateZone{Name: name}, "Id")
	contractRefuses(t, s, "missing-id", p.DeleteAlarm, generated.DeleteAlarm{}, "Id")
	contractRefuses(t, s, "missing-id", p.DeleteCategory, generated.DeleteCategory{}, "Id")
	contractRefuses(t, s, "missing-id", p.DeleteClient, generated.DeleteClient{}, "Id")
	contractRefuses(t, s, "missing-id", p.DeleteContact, generated.DeleteContact{}, "Id")
	contractRefuses(t, s, "missing-id", p.DeleteGroup, generated.DeleteGroup{}, "Id")
	contractRefuses(t, s, "missing-id", p.DeleteKey, generated.DeleteKey{}, "Id")
	contractRefuses(t, s, "missing-id", p.DeletePoint, generated.DeletePoint{}, "Id")
	contractRefuses(t, s, "missing-id", p.DeleteZone, generated.DeleteZone{}, "Id")
}
