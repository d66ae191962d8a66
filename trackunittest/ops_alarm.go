package trackunittest

import (
	"context"
	"slices"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// GetActiveAlarm lists the alarms that went off within the last day.
func (o operations) GetActiveAlarm(context.Context, *generated.GetActiveAlarm) (*generated.GetActiveAlarmResponse, error) {
	defer o.read()()
	return &generated.GetActiveAlarmResponse{List: o.f.activeAlarms()}, nil
}

// GetAlarmLog lists how alarms went off. A time that is not given is now, or 31 days before the other end.
func (o operations) GetAlarmLog(_ context.Context, req *generated.GetAlarmLog) (*generated.GetAlarmLogResponse, error) {
	defer o.read()()
	to := req.DateTo.Or(o.f.justNow()).UTC()
	from := req.DateFrom.Or(to.Add(-maxSpan)).UTC()
	err := first(exists(req.UnitID, o.f.hasUnit, "unit"), checkSpan(from, to, "DateFrom", "DateTo"))
	if err != nil {
		return nil, err
	}
	from, to = o.bounds.included(from, to)
	return &generated.GetAlarmLogResponse{List: o.f.alarmLog(req.UnitID.Value(), from, earlier(to, o.f.justNow()))}, nil
}

func (o operations) GetAlarm(_ context.Context, req *generated.GetAlarm) (*generated.GetAlarmResponse, error) {
	defer o.read()()
	list, err := find(o.f.Alarms, req.ID, "alarm")
	return &generated.GetAlarmResponse{List: list}, err
}

// CreateAlarm makes an alarm that is enabled unless the request says otherwise.
func (o operations) CreateAlarm(_ context.Context, req *generated.CreateAlarm) (*generated.CreateAlarmResponse, error) {
	defer o.write()()
	_, noName := needed(req.Name, "Name")
	_, noType := needed(req.Type, "Type")
	a := newAlarm(req)
	a.Created = o.f.world.Now
	err := first(noName, noType, checkAlarm(&a), o.f.checkWatched(req.Units, req.Groups, req.ZoneID, req.PointID))
	if err != nil {
		return nil, err
	}
	return &generated.CreateAlarmResponse{ID: xmlwire.Some(o.f.Alarms.put(a))}, nil
}

func newAlarm(req *generated.CreateAlarm) generated.Alarm {
	return generated.Alarm{
		Name: req.Name, Type: req.Type, Enabled: req.Enabled.Or(true), AllUnits: req.AllUnits.Value(),
		Units: distinct(req.Units), Groups: distinct(req.Groups), Weekdays: slices.Clone(req.Weekdays),
		EmailRecipients: distinct(req.EmailRecipients), SmsRecipients: distinct(req.SmsRecipients),
		SystemRecipients:  distinct(req.SystemRecipients),
		TemperatureLimits: req.TemperatureLimits,
		ADVoltageLimits:   req.ADVoltageLimits, ADVoltageInputIndex: req.ADVoltageInputIndex,
		Threshold: req.Threshold, BatteryLevel: req.BatteryLevel, PowerLevel: req.PowerLevel, Location: req.Location,
		Radius: req.Radius, InputIndex: req.InputIndex, Interval: req.Interval, PointID: req.PointID, ZoneID: req.ZoneID,
		ExpectedArrivalTime: req.ExpectedArrivalTime, TimeStart: req.TimeStart, TimeEnd: req.TimeEnd,
	}
}

// UpdateAlarm cannot change the type: the request has no member for it. Clearing, adding and removing work as with
// groups.
func (o operations) UpdateAlarm(_ context.Context, req *generated.UpdateAlarm) (*generated.UpdateAlarmResponse, error) {
	defer o.write()()
	a, err := one(o.f.Alarms, req.ID, "alarm")
	if err = first(err, notBlank(req.Name, "Name")); err != nil {
		return nil, err
	}
	updateAlarm(&a, req)
	err = first(checkAlarm(&a), o.f.checkWatched(req.AddUnits, req.AddGroups, req.ZoneID, req.PointID))
	if err != nil {
		return nil, err
	}
	o.f.Alarms.put(a)
	return &generated.UpdateAlarmResponse{}, nil
}

func updateAlarm(a *generated.Alarm, req *generated.UpdateAlarm) {
	set(&a.Name, req.Name)
	a.Enabled, a.AllUnits = req.Enabled.Or(a.Enabled), req.AllUnits.Or(a.AllUnits)
	a.Units = edit(a.Units, req.ClearUnits, req.AddUnits, req.RemoveUnits)
	a.Groups = edit(a.Groups, req.ClearGroups, req.AddGroups, req.RemoveGroups)
	a.EmailRecipients = edit(a.EmailRecipients, req.ClearEmailRecipients, req.AddEmailRecipients, req.RemoveEmailRecipients)
	a.SmsRecipients = edit(a.SmsRecipients, req.ClearSmsRecipients, req.AddSmsRecipients, req.RemoveSmsRecipients)
	a.SystemRecipients = edit(a.SystemRecipients,
		req.ClearSystemRecipients, req.AddSystemRecipients, req.RemoveSystemRecipients)
	if req.Weekdays != nil {
		a.Weekdays = slices.Clone(req.Weekdays)
	}
	set(&a.TemperatureLimits, req.TemperatureLimits)
	set(&a.ADVoltageLimits, req.ADVoltageLimits)
	set(&a.ADVoltageInputIndex, req.ADVoltageInputIndex)
	set(&a.Threshold, req.Threshold)
	set(&a.BatteryLevel, req.BatteryLevel)
	set(&a.PowerLevel, req.PowerLevel)
	set(&a.Location, req.Location)
	set(&a.Radius, req.Radius)
	set(&a.InputIndex, req.InputIndex)
	set(&a.Interval, req.Interval)
	set(&a.PointID, req.PointID)
	set(&a.ZoneID, req.ZoneID)
	set(&a.ExpectedArrivalTime, req.ExpectedArrivalTime)
	set(&a.TimeStart, req.TimeStart)
	set(&a.TimeEnd, req.TimeEnd)
}

// DeleteAlarm takes what the alarm did out of the log, which is inferred.
func (o operations) DeleteAlarm(_ context.Context, req *generated.DeleteAlarm) (*generated.DeleteAlarmResponse, error) {
	defer o.write()()
	a, err := one(o.f.Alarms, req.ID, "alarm")
	if err != nil {
		return nil, err
	}
	id := a.ID.Value()
	o.f.Alarms.delete(id)
	o.f.touch(kindTriggered, "all")
	o.f.triggered = slices.DeleteFunc(o.f.triggered, func(row generated.AlarmLog) bool { return row.AlarmID.Value() == id })
	return &generated.DeleteAlarmResponse{}, nil
}

// alarmTypes are the documented types, each with the member of the alarm that it cannot do without, or "". Which those
// are follows from what the types mean; the documentation of it was not to be had.
var alarmTypes = map[string]string{
	"ByCustomPoint":  "Location",
	"ByZoneEnter":    "ZoneId",
	"ByZoneLeave":    "ZoneId",
	"ByZoneArrival":  "ZoneId",
	"ByPointEnter":   "PointId",
	"ByPointLeave":   "PointId",
	"ByPointArrival": "PointId",
	"ByWorkTime":     "TimeStart",
	"ByTemperature":  "TemperatureLimits",
	"ByInput":        "InputIndex",
	"ByPowerLevel":   "PowerLevel",
	"ByBatteryLevel": "BatteryLevel",
	"ByNoGpsFix":     "Interval",
	"ByNoData":       "Interval",
	"ByAcceleration": "",
	"ByADVoltage":    "ADVoltageLimits",
}

var weekdays = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

// checkAlarm refuses an alarm that could not work, all of which is inferred.
func checkAlarm(a *generated.Alarm) error {
	condition, ok := alarmTypes[a.Type.Value()]
	if !ok {
		return invalid("Type", "Unknown alarm type '%s'", a.Type.Value())
	}
	if condition != "" && !alarmHas(a, condition) {
		return invalid(condition, "'%s' must be given for an alarm of the type %s", condition, a.Type.Value())
	}
	for _, day := range a.Weekdays {
		if err := oneOf(xmlwire.Some(day), "Weekdays", weekdays); err != nil {
			return err
		}
	}
	return first(checkLocation(a.Location, "Location"), checkRadius(a.Radius),
		checkIndex(a.InputIndex, "InputIndex", 1, 2, 3, 4), checkIndex(a.ADVoltageInputIndex, "ADVoltageInputIndex", 1, 2, 4),
		checkClock(a.TimeStart, "TimeStart"), checkClock(a.TimeEnd, "TimeEnd"))
}

// checkWatched refuses what an alarm is to watch and does not exist.
func (f *Fleet) checkWatched(units, groups []string, zone, point xmlwire.Opt[string]) error {
	return first(f.checkUnits(units), f.checkGroups(groups),
		checkRef(f.Zones, zone, "zone"), checkRef(f.Points, point, "point"))
}

func alarmHas(a *generated.Alarm, member string) bool {
	switch member {
	case "Location":
		return a.Location.IsSet()
	case "ZoneId":
		return a.ZoneID.Value() != ""
	case "PointId":
		return a.PointID.Value() != ""
	case "TimeStart":
		return a.TimeStart.IsSet()
	case "TemperatureLimits":
		return a.TemperatureLimits.IsSet()
	case "InputIndex":
		return a.InputIndex.IsSet()
	case "PowerLevel":
		return a.PowerLevel.IsSet()
	case "BatteryLevel":
		return a.BatteryLevel.IsSet()
	case "Interval":
		return a.Interval.IsSet()
	case "ADVoltageLimits":
		return a.ADVoltageLimits.IsSet()
	}
	return true
}

func checkIndex(v xmlwire.Opt[int32], field string, allowed ...int32) error {
	if i, ok := v.Get(); ok && !slices.Contains(allowed, i) {
		return invalid(field, "'%s' is not the number of such an input", field)
	}
	return nil
}

func checkClock(v xmlwire.Opt[generated.TimeOfDay], field string) error {
	if t, ok := v.Get(); ok && (t.Hour < 0 || t.Hour > 23 || t.Minute < 0 || t.Minute > 59) {
		return invalid(field, "'%s' is no time of day", field)
	}
	return nil
}
