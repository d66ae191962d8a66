package trackunittest

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest/internal/world"
)

// activeFor is how long an alarm that went off is active.
const activeFor = 24 * time.Hour

// seedAlarms makes an alarm of each common type.
func (f *Fleet) seedAlarms() []generated.Alarm {
	contact := func(i int) string { return f.Contacts.order[i%len(f.Contacts.order)] }
	alarm := func(i int, name, typ string, set func(*generated.Alarm)) generated.Alarm {
		a := generated.Alarm{
			Created: f.world.Epoch.AddDate(i, i, 3*i).Truncate(time.Second), Enabled: true,
			Name: xmlwire.Some(name), Type: xmlwire.Some(typ),
			Units: []string{}, Groups: []string{},
			EmailRecipients: []string{contact(2 * i)}, SmsRecipients: []string{}, SystemRecipients: []string{},
		}
		set(&a)
		return a
	}
	all := func(set func(*generated.Alarm)) func(*generated.Alarm) {
		return func(a *generated.Alarm) {
			a.AllUnits = true
			set(a)
		}
	}
	group := func(i int) []string { return []string{f.Groups.order[i%len(f.Groups.order)]} }
	return []generated.Alarm{
		alarm(0, "Battery low", "ByBatteryLevel", all(func(a *generated.Alarm) { a.BatteryLevel = xmlwire.Some(20.0) })),
		alarm(1, "Power low", "ByPowerLevel", all(func(a *generated.Alarm) { a.PowerLevel = xmlwire.Some(10.8) })),
		alarm(2, "No data", "ByNoData", all(func(a *generated.Alarm) { a.Interval = xmlwire.Some(48.0) })),
		alarm(3, "Left the yard", "ByZoneLeave", func(a *generated.Alarm) {
			a.Groups, a.ZoneID = group(0), xmlwire.Some(f.Zones.order[0])
			a.SmsRecipients = []string{contact(1)}
		}),
		alarm(4, "Back at the yard", "ByZoneEnter", func(a *generated.Alarm) {
			a.Groups, a.ZoneID = group(0), xmlwire.Some(f.Zones.order[0])
		}),
		alarm(5, "Moved at night", "ByWorkTime", func(a *generated.Alarm) {
			a.Groups = group(1)
			a.Weekdays = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
			a.TimeStart = xmlwire.Some(generated.TimeOfDay{Hour: 20})
			a.TimeEnd = xmlwire.Some(generated.TimeOfDay{Hour: 5, Minute: 30})
		}),
		alarm(6, "Too warm", "ByTemperature", func(a *generated.Alarm) {
			a.Groups = group(2)
			a.TemperatureLimits = xmlwire.Some(generated.TemperatureAlarmLimits{
				Temperature1LowerLimit: xmlwire.Some(-25.5), Temperature1UpperLimit: xmlwire.Some(45.0),
			})
		}),
		alarm(7, "At the site", "ByPointEnter", func(a *generated.Alarm) {
			a.Groups, a.PointID = group(3), xmlwire.Some(f.Points.order[3%len(f.Points.order)])
			a.Radius = xmlwire.Some(0.3)
		}),
		alarm(8, "Hard braking", "ByAcceleration", func(a *generated.Alarm) {
			a.Groups, a.Threshold, a.Enabled = group(4), xmlwire.Some(0.4), false
		}),
	}
}

// The methods below want the lock of the fleet to be held.

// justNow is the end of a time that Now belongs to.
func (f *Fleet) justNow() time.Time { return f.world.Now.Add(1) }

// recipients returns who is told that an alarm went off.
func (f *Fleet) recipients(a *generated.Alarm) []generated.AlarmRecipient {
	list := []generated.AlarmRecipient{}
	for _, via := range []struct {
		name     string
		contacts []string
	}{{"Mail", a.EmailRecipients}, {"Sms", a.SmsRecipients}, {"System", a.SystemRecipients}} {
		for _, id := range via.contacts {
			r := generated.AlarmRecipient{ContactID: xmlwire.Some(id), SentVia: xmlwire.Some(via.name), Delivered: true}
			contact, ok := f.Contacts.rows[id]
			if r.Delivered = ok; ok {
				r.Email = contact.Email
				r.PhoneNumber = cmp.Or(contact.Mobile, contact.Phone)
			}
			list = append(list, r)
		}
	}
	return list
}

// alarmLog returns how alarms went off from one instant on and before another, in order of time. An empty unit stands for
// all units.
func (f *Fleet) alarmLog(unit string, from, to time.Time) []generated.AlarmLog {
	log := []generated.AlarmLog{}
	for _, row := range f.triggered {
		if !row.TriggeredAt.Before(from) && row.TriggeredAt.Before(to) && (unit == "" || row.UnitID.Value() == unit) {
			log = append(log, row)
		}
	}
	for _, a := range f.Alarms.all() {
		first := later(from, a.Created)
		f.eachWatched(&a, func(id string) bool {
			if unit == "" || unit == id {
				log = f.appendTriggers(log, &a, id, first, to)
			}
			return true
		})
	}
	slices.SortStableFunc(log, func(a, b generated.AlarmLog) int {
		return cmp.Or(a.TriggeredAt.Compare(b.TriggeredAt), cmp.Compare(a.AlarmID.Value(), b.AlarmID.Value()))
	})
	return log
}

// appendTriggers appends how an alarm went off for a unit.
func (f *Fleet) appendTriggers(
	log []generated.AlarmLog, a *generated.Alarm, unit string, from, to time.Time,
) []generated.AlarmLog {
	w := f.machine(unit)
	for d := world.DayOf(from); d <= world.DayOf(to); d++ {
		at, ok := w.Trigger(alarmNumber(a), d)
		if !ok || at.Before(from) || !at.Before(to) {
			continue
		}
		p := w.Plan(d)
		s := p.State(at)
		log = append(log, generated.AlarmLog{
			Address: xmlwire.Some(address(s.Address)), AlarmID: a.ID, Location: xmlwire.Some(location(s.Location)),
			Recipients: f.recipients(a), TriggeredAt: at, UnitID: xmlwire.Some(unit),
		})
	}
	return log
}

// alarmNumber returns the number that tells an alarm apart in world, from its id.
func alarmNumber(a *generated.Alarm) int {
	id := a.ID.Value()
	if n, err := strconv.Atoi(id); err == nil {
		return n & (1<<20 - 1)
	}
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32() >> 12)
}

// eachWatched calls yield with the units that an alarm watches, each once.
func (f *Fleet) eachWatched(a *generated.Alarm, yield func(id string) bool) {
	if a.AllUnits {
		f.eachID(yield)
		return
	}
	seen := make(map[string]bool)
	watch := func(units []string) {
		for _, id := range units {
			if !seen[id] && f.hasUnit(id) {
				seen[id] = true
				yield(id)
			}
		}
	}
	watch(a.Units)
	for _, g := range a.Groups {
		watch(f.Groups.rows[g].Units)
	}
}

// activeAlarms returns the alarms that went off lately and are still enabled.
func (f *Fleet) activeAlarms() []generated.ActiveAlarm {
	active := []generated.ActiveAlarm{}
	for _, row := range f.alarmLog("", f.world.Now.Add(-activeFor), f.justNow()) {
		if a, ok := f.Alarms.rows[row.AlarmID.Value()]; ok && a.Enabled {
			active = append(active, generated.ActiveAlarm{
				Address: row.Address, AlarmID: row.AlarmID, Location: row.Location,
				TriggeredAt: xmlwire.Some(row.TriggeredAt), UnitID: row.UnitID,
			})
		}
	}
	return active
}
