package trackunittest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/trackunittest"
)

func TestAlarmLog(t *testing.T) {
	s := trackunittest.NewService()
	p := portOf(t, s)
	log := call(t, p.GetAlarmLog, generated.GetAlarmLog{}).List
	require.NotEmpty(t, log)
	byUnit := make(map[string][]generated.AlarmLog)
	for i, row := range log {
		assert.False(t, row.TriggeredAt.Before(month) || row.TriggeredAt.After(now), "the last 31 days")
		assert.True(t, i == 0 || !row.TriggeredAt.Before(log[i-1].TriggeredAt), "in order")
		assert.True(t, row.Location.IsSet() && row.Address.IsSet())
		require.NotEmpty(t, row.Recipients)
		assert.True(t, row.Recipients[0].Delivered && row.Recipients[0].Email.IsSet())
		byUnit[row.UnitID.Value()] = append(byUnit[row.UnitID.Value()], row)
		alarm, ok := s.Fleet().Alarms.Get(row.AlarmID.Value())
		assert.True(t, ok)
		assert.True(t, alarm.AllUnits || len(alarm.Groups) > 0)
	}
	unit := log[0].UnitID
	assert.Equal(t, byUnit[unit.Value()], call(t, p.GetAlarmLog, generated.GetAlarmLog{UnitID: unit}).List)

	middle := log[len(log)/2].TriggeredAt
	before := call(t, p.GetAlarmLog, generated.GetAlarmLog{DateFrom: some(month), DateTo: some(middle)}).List
	after := call(t, p.GetAlarmLog, generated.GetAlarmLog{DateFrom: some(middle)}).List
	assert.Equal(t, log, append(before, after...))

	active := call(t, p.GetActiveAlarm, generated.GetActiveAlarm{}).List
	require.NotEmpty(t, active)
	for _, a := range active {
		assert.Less(t, now.Sub(a.TriggeredAt.Value()), 24*time.Hour)
	}
	for _, a := range s.Fleet().Alarms.All() {
		call(t, p.UpdateAlarm, generated.UpdateAlarm{ID: a.ID, Enabled: some(false)})
	}
	assert.Empty(t, call(t, p.GetActiveAlarm, generated.GetActiveAlarm{}).List, "what is disabled is not active")
	assert.Equal(t, log, call(t, p.GetAlarmLog, generated.GetAlarmLog{}).List, "but it went off")
}

func TestTrigger(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		contacts := s.Fleet().Contacts.All()
		id := call(t, p.CreateAlarm, generated.CreateAlarm{
			Name: some("A"), Type: some("ByZoneLeave"), ZoneID: s.Fleet().Zones.All()[0].ID, Units: []string{someUnit},
			EmailRecipients: []string{contacts[0].ID.Value()}, SmsRecipients: []string{contacts[1].ID.Value(), noID},
		}).ID
		assert.True(t, s.Fleet().Trigger(id.Value(), someUnit, now))
		assert.False(t, s.Fleet().Trigger(noID, someUnit, now))
		assert.False(t, s.Fleet().Trigger(id.Value(), noID, now))
		unit, _ := s.Fleet().Unit(someUnit)
		of := func(list []generated.AlarmLog) (own []generated.AlarmLog) {
			for _, row := range list {
				if row.AlarmID == id {
					own = append(own, row)
				}
			}
			return own
		}
		assert.Equal(t, []generated.AlarmLog{{
			AlarmID: id, UnitID: some(someUnit), TriggeredAt: now, Address: unit.Address, Location: unit.Location,
			Recipients: []generated.AlarmRecipient{
				{ContactID: contacts[0].ID, SentVia: some("Mail"), Delivered: true, Email: contacts[0].Email, PhoneNumber: contacts[0].Mobile},
				{ContactID: contacts[1].ID, SentVia: some("Sms"), Delivered: true, Email: contacts[1].Email, PhoneNumber: contacts[1].Phone},
				{ContactID: some(noID), SentVia: some("Sms"), Email: none, PhoneNumber: none},
			},
		}}, of(call(t, p.GetAlarmLog, generated.GetAlarmLog{}).List))
		active := call(t, p.GetActiveAlarm, generated.GetActiveAlarm{}).List
		assert.Contains(t, active, generated.ActiveAlarm{
			AlarmID: id, UnitID: some(someUnit), TriggeredAt: some(now), Address: unit.Address, Location: unit.Location,
		})
		call(t, p.DeleteAlarm, generated.DeleteAlarm{ID: id})
		assert.Empty(t, of(call(t, p.GetAlarmLog, generated.GetAlarmLog{}).List))
	})
}

func TestUpdateAlarmLists(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		groups := s.Fleet().Groups.All()
		g := func(i int) string { return groups[i].ID.Value() }
		id := call(t, p.CreateAlarm, generated.CreateAlarm{
			Name: some("A"), Type: some("ByAcceleration"), Units: []string{someUnit}, Groups: []string{g(0), g(1)},
			EmailRecipients: []string{"1", "2"}, SmsRecipients: []string{"3"}, SystemRecipients: []string{"4"},
		}).ID
		get := func() generated.Alarm { return call(t, p.GetAlarm, generated.GetAlarm{ID: id}).List[0] }

		call(t, p.UpdateAlarm, generated.UpdateAlarm{
			ID: id, AddUnits: []string{otherUnit}, RemoveGroups: []string{g(0)}, AddGroups: []string{g(2), g(1)},
			RemoveEmailRecipients: []string{"1"}, ClearSmsRecipients: some(true), AddSmsRecipients: []string{"5"},
			RemoveSystemRecipients: []string{noID}, Weekdays: []string{"Sunday"},
		})
		a := get()
		assert.Equal(t, []string{someUnit, otherUnit}, a.Units)
		assert.Equal(t, []string{g(1), g(2)}, a.Groups)
		assert.Equal(t, []string{"2"}, a.EmailRecipients)
		assert.Equal(t, []string{"5"}, a.SmsRecipients)
		assert.Equal(t, []string{"4"}, a.SystemRecipients)
		assert.Equal(t, []string{"Sunday"}, a.Weekdays)

		call(t, p.UpdateAlarm, generated.UpdateAlarm{ID: id, ClearUnits: some(true), RemoveUnits: []string{otherUnit}, ClearGroups: some(false)})
		a = get()
		assert.Empty(t, a.Units)
		assert.Equal(t, []string{g(1), g(2)}, a.Groups)

		call(t, p.DeleteGroup, generated.DeleteGroup{ID: some(g(1))})
		assert.Equal(t, []string{g(2)}, get().Groups, "a group that is gone is gone everywhere")
	})
}
