package trackunit

import (
	"context"
	"iter"

	"github.com/soapfirst/trackunit/generated"
)

// Alarms are rules by which the service sends e-mails and text messages, and what came of them.
type Alarms struct{ port *generated.ISyncReplyClient }

// An Alarm is a rule: Type says what it watches, the members that go with the type say for what, AllUnits, Units and Groups
// for which units, and the Recipients whom it tells.
//
// Created is UTC. Radius is in kilometres (inferred from UnitFilter), PowerLevel and ADVoltageLimits in volts, BatteryLevel
// in percent, TemperatureLimits in degrees, Interval in hours. InputIndex is 1 to 4, ADVoltageInputIndex 1, 2 or 4. Units,
// Groups, PointID and ZoneID are ids, and so are, as far as was seen, the Recipients: of contacts.
type Alarm = generated.Alarm

// An ActiveAlarm is an alarm that goes on. TriggeredAt is UTC.
type ActiveAlarm = generated.ActiveAlarm

// An AlarmLog is an alarm that was sent. TriggeredAt is UTC.
type AlarmLog = generated.AlarmLog

// An AlarmRecipient is whom an alarm was sent to. Of SentVia the value SentViaMail was seen.
type AlarmRecipient = generated.AlarmRecipient

// TemperatureAlarmLimits are the bounds of AlarmByTemperature, in degrees Celsius (inferred: the documentation says
// degrees), for two sensors. One that is not set is not watched.
type TemperatureAlarmLimits = generated.TemperatureAlarmLimits

// ADVoltageAlarmLimits are the bounds of AlarmByADVoltage, in volts. One that is not set is not watched.
type ADVoltageAlarmLimits = generated.ADVoltageAlarmLimits

// A TimeOfDay is a time on a clock of 24 hours. In which zone it holds is not documented.
type TimeOfDay = generated.TimeOfDay

// An AlarmLogFilter says which alarms of the log are wanted: those of the unit UnitID, those sent after DateFrom, those
// sent before DateTo. The zero AlarmLogFilter wants all.
type AlarmLogFilter = generated.GetAlarmLog

// A CreateAlarm is a new alarm; see Alarm for what the members are. Name and Type are needed.
type CreateAlarm = generated.CreateAlarm

// An UpdateAlarm changes the alarm ID. A list is changed by its three members: ClearUnits true takes all units off, then
// AddUnits are added; RemoveUnits are taken off. The Type stays.
//
// The triples of the recipients are inferred, and so is all that follows ClearGroups in the service's own order.
type UpdateAlarm = generated.UpdateAlarm

// An AlarmType says what an alarm watches.
type AlarmType = string

// What Alarm.Type says. Which members go with which type is inferred from their names.
const (
	AlarmByCustomPoint  AlarmType = "ByCustomPoint"  // geofence: Location, Radius
	AlarmByZoneEnter    AlarmType = "ByZoneEnter"    // entering a zone: ZoneID
	AlarmByZoneLeave    AlarmType = "ByZoneLeave"    // leaving a zone: ZoneID
	AlarmByZoneArrival  AlarmType = "ByZoneArrival"  // not in a zone by ExpectedArrivalTime
	AlarmByWorkTime     AlarmType = "ByWorkTime"     // moving within TimeStart to TimeEnd on Weekdays
	AlarmByTemperature  AlarmType = "ByTemperature"  // a level passed, either way: TemperatureLimits; takes a sensor
	AlarmByPointEnter   AlarmType = "ByPointEnter"   // approaching a point: PointID, Radius
	AlarmByPointLeave   AlarmType = "ByPointLeave"   // moving away from a point
	AlarmByPointArrival AlarmType = "ByPointArrival" // not near a point by ExpectedArrivalTime
	AlarmByInput        AlarmType = "ByInput"        // activity on an input: InputIndex
	AlarmByPowerLevel   AlarmType = "ByPowerLevel"   // supply below PowerLevel
	AlarmByBatteryLevel AlarmType = "ByBatteryLevel" // the device's battery below BatteryLevel
	AlarmByNoGpsFix     AlarmType = "ByNoGpsFix"     // no position for Interval
	AlarmByNoData       AlarmType = "ByNoData"       // no message for Interval
	AlarmByAcceleration AlarmType = "ByAcceleration" // accelerating harder than Threshold
	AlarmByADVoltage    AlarmType = "ByADVoltage"    // a level passed on an input: ADVoltageInputIndex, ADVoltageLimits
)

// SentViaMail is AlarmRecipient.SentVia for e-mail. The word for text messages was not seen.
const SentViaMail = "Mail"

// List returns all alarms.
//
// Documentation: https://dev.trackunit.com/docs/alarm (operation GetAlarm)
func (a *Alarms) List(ctx context.Context, opts ...CallOption) ([]Alarm, error) {
	return a.find(ctx, generated.GetAlarm{}, opts)
}

// Get returns the alarm with that id.
//
// Errors: ErrAlarmNotFound (inferred); ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/alarm (operation GetAlarm)
func (a *Alarms) Get(ctx context.Context, id string, opts ...CallOption) (Alarm, error) {
	const op = "GetAlarm"
	if err := needID(op, id); err != nil {
		return Alarm{}, err
	}
	alarms, err := a.find(ctx, generated.GetAlarm{ID: Some(id)}, opts)
	if err != nil {
		return Alarm{}, err
	}
	return one(op, alarms, ErrAlarmNotFound)
}

func (a *Alarms) find(ctx context.Context, req generated.GetAlarm, opts []CallOption) ([]Alarm, error) {
	resp, err := a.port.GetAlarm(ctx, &req, opts...)
	if err != nil {
		return nil, err
	}
	return resp.List, nil
}

// Create makes an alarm and returns its id.
//
// Errors: ErrInvalidParameter (inferred).
//
// Documentation: https://dev.trackunit.com/docs/alarm (operation CreateAlarm)
func (a *Alarms) Create(ctx context.Context, alarm CreateAlarm, opts ...CallOption) (id string, err error) {
	resp, err := a.port.CreateAlarm(ctx, &alarm, opts...)
	if err != nil {
		return "", err
	}
	return resp.ID.Value(), nil
}

// Update changes the members of an alarm that are set in update; the others stay as they are.
//
// Errors: ErrAlarmNotFound (inferred); ErrNoID if update.ID is empty.
//
// Documentation: https://dev.trackunit.com/docs/alarm (operation UpdateAlarm, in part inferred)
func (a *Alarms) Update(ctx context.Context, update UpdateAlarm, opts ...CallOption) error {
	if err := needID("UpdateAlarm", update.ID.Value()); err != nil {
		return err
	}
	_, err := a.port.UpdateAlarm(ctx, &update, opts...)
	return err
}

// Delete deletes an alarm.
//
// Errors: ErrAlarmNotFound (inferred); ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/alarm (operation DeleteAlarm, inferred)
func (a *Alarms) Delete(ctx context.Context, id string, opts ...CallOption) error {
	if err := needID("DeleteAlarm", id); err != nil {
		return err
	}
	_, err := a.port.DeleteAlarm(ctx, &generated.DeleteAlarm{ID: Some(id)}, opts...)
	return err
}

// Active returns the alarms that go on now.
//
// Documentation: https://dev.trackunit.com/docs/trackunit-api (operation GetActiveAlarm, by its sample)
func (a *Alarms) Active(ctx context.Context, opts ...CallOption) ([]ActiveAlarm, error) {
	resp, err := a.port.GetActiveAlarm(ctx, &generated.GetActiveAlarm{}, opts...)
	if err != nil {
		return nil, err
	}
	return resp.List, nil
}

// Log yields the alarms that were sent, while they arrive: see Reports for what holds of such sequences.
//
// Errors: ErrUnitNotFound; ErrInvalidParameter if the time is longer than MaxSpan.
//
// Documentation: https://dev.trackunit.com/docs/alarm-log (operation GetAlarmLog)
func (a *Alarms) Log(ctx context.Context, filter AlarmLogFilter, opts ...CallOption) iter.Seq2[AlarmLog, error] {
	if from, ok := filter.DateFrom.Get(); ok {
		filter.DateFrom = utc(from)
	}
	if to, ok := filter.DateTo.Get(); ok {
		filter.DateTo = utc(to)
	}
	return a.port.GetAlarmLogStream(ctx, &filter, opts...)
}
