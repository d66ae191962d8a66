package trackunittest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/trackunittest"
)

// A life is what can be done with a record of a noun: it is created, got, updated, got, deleted, and not found.
type life[T any] struct {
	noun                   string
	create, update, remove func(id string) (string, error)
	get                    func(id ...string) ([]T, error)
	created, updated       func(id string) T
}

func (l life[T]) run(t *testing.T) {
	t.Run(l.noun, func(t *testing.T) {
		before, err := l.get()
		require.NoError(t, err)
		id, err := l.create("")
		require.NoError(t, err)
		require.NotEmpty(t, id)
		l.assertGot(t, id, l.created(id))
		all, err := l.get()
		require.NoError(t, err)
		assert.Len(t, all, len(before)+1, "one more")

		_, err = l.update(id)
		require.NoError(t, err)
		l.assertGot(t, id, l.updated(id))
		_, err = l.remove(id)
		require.NoError(t, err)

		_, err = l.get(id)
		assertCode(t, err, l.noun+"NotFound", "")
		_, err = l.update(id)
		assertCode(t, err, l.noun+"NotFound", "")
		_, err = l.remove(id)
		assertCode(t, err, l.noun+"NotFound", "")
		after, err := l.get()
		require.NoError(t, err)
		assert.Equal(t, before, after, "as it was")

		again, err := l.create("")
		require.NoError(t, err)
		assert.NotEqual(t, id, again, "ids are not used twice")
		_, err = l.remove("")
		assertCode(t, err, "invalidParameter", "Id")
		_, err = l.update("")
		assertCode(t, err, "invalidParameter", "Id")
	})
}

func (l life[T]) assertGot(t *testing.T, id string, want T) {
	t.Helper()
	got, err := l.get(id)
	require.NoError(t, err)
	require.Len(t, got, 1)
	assert.Equal(t, want, got[0])
}

// id returns an optional id: none of an empty text.
func id(s ...string) (o optString) {
	if len(s) > 0 && s[0] != "" {
		return some(s[0])
	}
	return o
}

func TestLifeOfEveryNoun(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		ctx := t.Context()
		address := some(generated.Address{
			City: some("Frederiksberg"), Country: some("DK"), StreetAddress: some("Allé 1 <b> & co"), ZipCode: none,
		})
		life[generated.Category]{
			noun: "category",
			create: func(string) (string, error) {
				r, err := p.CreateCategory(ctx, &generated.CreateCategory{Name: some("Kraner")})
				return idOf(r, err, func() optString { return r.ID })
			},
			get: func(i ...string) ([]generated.Category, error) {
				r, err := p.GetCategory(ctx, &generated.GetCategory{ID: id(i...)})
				return listOf(r, err, func() []generated.Category { return r.List })
			},
			created: func(i string) generated.Category { return generated.Category{ID: some(i), Name: some("Kraner")} },
			update: func(i string) (string, error) {
				_, err := p.UpdateCategory(ctx, &generated.UpdateCategory{ID: id(i), Name: some("Tårnkraner")})
				return "", err
			},
			updated: func(i string) generated.Category { return generated.Category{ID: some(i), Name: some("Tårnkraner")} },
			remove: func(i string) (string, error) {
				_, err := p.DeleteCategory(ctx, &generated.DeleteCategory{ID: id(i)})
				return "", err
			},
		}.run(t)

		life[generated.Client]{
			noun: "client",
			create: func(string) (string, error) {
				r, err := p.CreateClient(ctx, &generated.CreateClient{Name: some("Åkesson & Søn"), Address: address})
				return idOf(r, err, func() optString { return r.ID })
			},
			get: func(i ...string) ([]generated.Client, error) {
				r, err := p.GetClient(ctx, &generated.GetClient{ID: id(i...)})
				return listOf(r, err, func() []generated.Client { return r.List })
			},
			created: func(i string) generated.Client {
				return generated.Client{ID: some(i), Name: some("Åkesson & Søn"), Note: none, Address: address}
			},
			update: func(i string) (string, error) {
				_, err := p.UpdateClient(ctx, &generated.UpdateClient{ID: id(i), Note: some("pays late")})
				return "", err
			},
			updated: func(i string) generated.Client {
				return generated.Client{ID: some(i), Name: some("Åkesson & Søn"), Note: some("pays late"), Address: address}
			},
			remove: func(i string) (string, error) {
				_, err := p.DeleteClient(ctx, &generated.DeleteClient{ID: id(i)})
				return "", err
			},
		}.run(t)

		client := s.Fleet().Clients.All()[0].ID
		life[generated.Contact]{
			noun: "contact",
			create: func(string) (string, error) {
				r, err := p.CreateContact(ctx, &generated.CreateContact{ClientID: client, Name: some("Åse"), Email: some("aase@example.com")})
				return idOf(r, err, func() optString { return r.ID })
			},
			get: func(i ...string) ([]generated.Contact, error) {
				r, err := p.GetContact(ctx, &generated.GetContact{ID: id(i...)})
				return listOf(r, err, func() []generated.Contact { return r.List })
			},
			created: func(i string) generated.Contact {
				return generated.Contact{ID: some(i), ClientID: client, Name: some("Åse"), Email: some("aase@example.com"), Phone: none, Mobile: none}
			},
			update: func(i string) (string, error) {
				_, err := p.UpdateContact(ctx, &generated.UpdateContact{ID: id(i), Mobile: some("4500100001"), Email: some("")})
				return "", err
			},
			updated: func(i string) generated.Contact {
				return generated.Contact{ID: some(i), ClientID: client, Name: some("Åse"), Email: some(""), Phone: none, Mobile: some("4500100001")}
			},
			remove: func(i string) (string, error) {
				_, err := p.DeleteContact(ctx, &generated.DeleteContact{ID: id(i)})
				return "", err
			},
		}.run(t)

		life[generated.Group]{
			noun: "group",
			create: func(string) (string, error) {
				r, err := p.CreateGroup(ctx, &generated.CreateGroup{Name: some("Vest"), Units: []string{someUnit, otherUnit, someUnit}})
				return idOf(r, err, func() optString { return r.ID })
			},
			get: func(i ...string) ([]generated.Group, error) {
				r, err := p.GetGroup(ctx, &generated.GetGroup{ID: id(i...)})
				return listOf(r, err, func() []generated.Group { return r.List })
			},
			created: func(i string) generated.Group {
				return generated.Group{ID: some(i), Name: some("Vest"), Units: []string{someUnit, otherUnit}}
			},
			update: func(i string) (string, error) {
				_, err := p.UpdateGroup(ctx, &generated.UpdateGroup{ID: id(i), Name: some("Øst"), RemoveUnits: []string{someUnit}})
				return "", err
			},
			updated: func(i string) generated.Group {
				return generated.Group{ID: some(i), Name: some("Øst"), Units: []string{otherUnit}}
			},
			remove: func(i string) (string, error) {
				_, err := p.DeleteGroup(ctx, &generated.DeleteGroup{ID: id(i)})
				return "", err
			},
		}.run(t)

		expiry := time.Date(2027, 6, 30, 22, 0, 0, 123456700, time.UTC)
		key := generated.Key{
			Name: some("Nøgle"), SerialNumber: some("6200011587691E09"), KeyValid: some("60sec"), KeyExpire: some("10min"),
			IsAdmin: some(true), ExpirationDate: some(expiry), Units: []string{someUnit}, Groups: []string{},
			CompanyName: none, Email: none, EmployeeNumber: none, Mobile: none, Note: none, Phone: none,
		}
		life[generated.Key]{
			noun: "key",
			create: func(string) (string, error) {
				r, err := p.CreateKey(ctx, &generated.CreateKey{
					Name: key.Name, SerialNumber: key.SerialNumber, KeyValid: key.KeyValid, KeyExpire: key.KeyExpire,
					IsAdmin: key.IsAdmin, ExpirationDate: key.ExpirationDate, Units: key.Units,
				})
				return idOf(r, err, func() optString { return r.ID })
			},
			get: func(i ...string) ([]generated.Key, error) {
				r, err := p.GetKey(ctx, &generated.GetKey{ID: id(i...)})
				return listOf(r, err, func() []generated.Key { return r.List })
			},
			created: func(i string) generated.Key {
				k := key
				k.ID = some(i)
				return k
			},
			update: func(i string) (string, error) {
				_, err := p.UpdateKey(ctx, &generated.UpdateKey{ID: id(i), KeyExpire: some("2hours"), Clear: some(true), AddUnits: []string{otherUnit}})
				return "", err
			},
			updated: func(i string) generated.Key {
				k := key
				k.ID, k.KeyExpire, k.Units = some(i), some("2hours"), []string{otherUnit}
				return k
			},
			remove: func(i string) (string, error) {
				_, err := p.DeleteKey(ctx, &generated.DeleteKey{ID: id(i)})
				return "", err
			},
		}.run(t)

		at := some(generated.Location{Latitude: 55.123456789012344, Longitude: -0.25})
		life[generated.Point]{
			noun: "point",
			create: func(string) (string, error) {
				r, err := p.CreatePoint(ctx, &generated.CreatePoint{Name: some("Grusgrav"), Location: at, Note: some("")})
				return idOf(r, err, func() optString { return r.ID })
			},
			get: func(i ...string) ([]generated.Point, error) {
				r, err := p.GetPoint(ctx, &generated.GetPoint{ID: id(i...)})
				return listOf(r, err, func() []generated.Point { return r.List })
			},
			created: func(i string) generated.Point {
				return generated.Point{ID: some(i), Name: some("Grusgrav"), Location: at, Note: some(""), Icon: none, Address: noAddress}
			},
			update: func(i string) (string, error) {
				_, err := p.UpdatePoint(ctx, &generated.UpdatePoint{ID: id(i), Address: address})
				return "", err
			},
			updated: func(i string) generated.Point {
				return generated.Point{ID: some(i), Name: some("Grusgrav"), Location: at, Note: some(""), Icon: none, Address: address}
			},
			remove: func(i string) (string, error) {
				_, err := p.DeletePoint(ctx, &generated.DeletePoint{ID: id(i)})
				return "", err
			},
		}.run(t)

		const square, triangle = "POLYGON ((55 12, 56 12, 56 13, 55 13, 55 12))", "POLYGON((55 12,56 12,56 13,55 12))"
		life[generated.Zone]{
			noun: "zone",
			create: func(string) (string, error) {
				r, err := p.CreateZone(ctx, &generated.CreateZone{Name: some("Plads"), Polygon: some(square)})
				return idOf(r, err, func() optString { return r.ID })
			},
			get: func(i ...string) ([]generated.Zone, error) {
				r, err := p.GetZone(ctx, &generated.GetZone{ID: id(i...)})
				return listOf(r, err, func() []generated.Zone { return r.List })
			},
			created: func(i string) generated.Zone {
				return generated.Zone{ID: some(i), Name: some("Plads"), Polygon: some(square), Note: none, Icon: none}
			},
			update: func(i string) (string, error) {
				_, err := p.UpdateZone(ctx, &generated.UpdateZone{ID: id(i), Note: some("lukket"), Polygon: some(triangle)})
				return "", err
			},
			updated: func(i string) generated.Zone {
				return generated.Zone{ID: some(i), Name: some("Plads"), Polygon: some(triangle), Note: some("lukket"), Icon: none}
			},
			remove: func(i string) (string, error) {
				_, err := p.DeleteZone(ctx, &generated.DeleteZone{ID: id(i)})
				return "", err
			},
		}.run(t)

		life[generated.Alarm]{
			noun: "alarm",
			create: func(string) (string, error) {
				r, err := p.CreateAlarm(ctx, &generated.CreateAlarm{
					Name: some("Varm"), Type: some("ByTemperature"), Units: []string{someUnit, otherUnit},
					TemperatureLimits: some(generated.TemperatureAlarmLimits{Temperature1UpperLimit: some(40.5)}),
					Weekdays:          []string{"Monday"}, EmailRecipients: []string{"35718"},
				})
				return idOf(r, err, func() optString { return r.ID })
			},
			get: func(i ...string) ([]generated.Alarm, error) {
				r, err := p.GetAlarm(ctx, &generated.GetAlarm{ID: id(i...)})
				return listOf(r, err, func() []generated.Alarm { return r.List })
			},
			created: warmAlarm,
			update: func(i string) (string, error) {
				_, err := p.UpdateAlarm(ctx, &generated.UpdateAlarm{
					ID: id(i), Enabled: some(false), RemoveUnits: []string{someUnit}, ClearEmailRecipients: some(true),
					AddSmsRecipients: []string{"35719"}, Interval: some(2.5),
				})
				return "", err
			},
			updated: func(i string) generated.Alarm {
				a := warmAlarm(i)
				a.Enabled, a.Units, a.EmailRecipients, a.SmsRecipients = false, []string{otherUnit}, []string{}, []string{"35719"}
				a.Interval = some(2.5)
				return a
			},
			remove: func(i string) (string, error) {
				_, err := p.DeleteAlarm(ctx, &generated.DeleteAlarm{ID: id(i)})
				return "", err
			},
		}.run(t)
	})
}

// warmAlarm is the alarm that the test creates, as it is answered: what has no value is nil.
func warmAlarm(id string) generated.Alarm {
	return generated.Alarm{
		ID: some(id), Name: some("Varm"), Type: some("ByTemperature"), Created: trackunittest.DefaultNow, Enabled: true,
		Units: []string{someUnit, otherUnit}, Groups: []string{}, Weekdays: []string{"Monday"},
		EmailRecipients: []string{"35718"}, SmsRecipients: []string{}, SystemRecipients: []string{},
		TemperatureLimits: some(generated.TemperatureAlarmLimits{
			Temperature1UpperLimit: some(40.5),
			Temperature1LowerLimit: noNumber, Temperature2LowerLimit: noNumber, Temperature2UpperLimit: noNumber,
		}),
		ADVoltageInputIndex: noIndex, ADVoltageLimits: xmlNil[generated.ADVoltageAlarmLimits](), BatteryLevel: noNumber,
		ExpectedArrivalTime: xmlNil[time.Time](), InputIndex: noIndex, Interval: noNumber, Location: xmlNil[generated.Location](),
		PointID: none, PowerLevel: noNumber, Radius: noNumber, Threshold: noNumber,
		TimeEnd: xmlNil[generated.TimeOfDay](), TimeStart: xmlNil[generated.TimeOfDay](), ZoneID: none,
	}
}
