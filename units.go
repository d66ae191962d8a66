package trackunit

import (
	"context"
	"iter"

	"github.com/soapfirst/trackunit/generated"
)

// Units are the tracked machines and vehicles. Units cannot be created or deleted here: they come with their devices.
type Units struct{ port *generated.ISyncReplyClient }

// A Unit is a machine or vehicle with what its device reported last. Members that the device does not report are not set;
// ID and SerialNumber always are.
//
//   - Time: CreatedAt, MessageTime (of the last message) and GpsFixTime (of the Location) are UTC.
//   - Place: Location in decimal degrees, Heading in degrees, Speed in km/h. The unit of Altitude is not documented.
//   - Distance: Km in kilometres, PreKm what was on the clock before the device.
//   - Running time: Run1 to Run4 and RunOdo in seconds (see Hours), PreRun1 and PreRun2 what was on the clock before.
//   - Supply: BatteryLevel in percent (of the device's own battery), ExternalPower in volts.
//   - Reception: GsmLevel 0 to 100, GsmSignalQuality and GpsSignalQuality as SignalGood and SignalBad.
//   - Temperature1 and Temperature2 in degrees Celsius (inferred: the documentation says degrees).
//   - Input1ChangeCounter to Input4ChangeCounter count cycles of the input.
//   - CurrentStop is how long the unit has stood still, likely in minutes (inferred from payloads).
//   - VehicleType is VehicleCar, VehicleMachine or another; ReferenceNumber is the customer's own, often the machine's PIN.
type Unit = generated.Unit

// A UnitFilter says which units are wanted; the zero UnitFilter wants all. Members that are set must all hold (inferred).
//
//   - ID, SerialNumber, ReferenceNumber: the units with that one.
//   - CategoryID, ClientID, GroupID: the units of that category, client or group.
//   - ZoneID: the units that are inside the zone now.
//   - PointID, or Point in decimal degrees: the units that are near it now, within Radius kilometres: more than 0, less
//     than 40,000, by default 1.
type UnitFilter = generated.GetUnit

// An UpdateUnit changes the unit ID. PreKm is in kilometres; PreRun1 and PreRun2 are in seconds, as in Unit (inferred: the
// table of parameters was not to be had). What Lock does is not documented.
type UpdateUnit = generated.UpdateUnit

// What Unit.VehicleType and UpdateUnit.VehicleType say. These were seen; there are likely more.
const (
	VehicleCar     VehicleType = "Car"
	VehicleMachine VehicleType = "Machine"
)

// A VehicleType is a kind of vehicle. Like all enumerations here it is an alias of the type that members have, so that its
// constants can be used with them as they are, and values that it has no constant for are kept.
type VehicleType = string

// What Unit.GsmSignalQuality and Unit.GpsSignalQuality say. These were seen; there may be more.
const (
	SignalGood SignalQuality = "Good"
	SignalBad  SignalQuality = "Bad"
)

// A SignalQuality tells how good reception is.
type SignalQuality = string

// Find returns the units that filter wants.
//
// Errors: ErrCategoryNotFound, ErrClientNotFound, ErrGroupNotFound, ErrZoneNotFound, ErrPointNotFound, ErrUnitNotFound
// for ids that do not exist. A filter that no unit passes is no error.
//
// Documentation: https://dev.trackunit.com/docs/unit (operation GetUnit)
func (u *Units) Find(ctx context.Context, filter UnitFilter, opts ...CallOption) ([]Unit, error) {
	resp, err := u.port.GetUnit(ctx, &filter, opts...)
	if err != nil {
		return nil, err
	}
	return resp.List, nil
}

// All is Find for large fleets: it yields the units while they arrive, in constant memory. An error comes last, also after
// units; only a sequence that ends without one was complete. Each range over the sequence makes the call.
func (u *Units) All(ctx context.Context, filter UnitFilter, opts ...CallOption) iter.Seq2[Unit, error] {
	return u.port.GetUnitStream(ctx, &filter, opts...)
}

// Get returns the unit with that id.
//
// Errors: ErrUnitNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/unit (operation GetUnit)
func (u *Units) Get(ctx context.Context, id string, opts ...CallOption) (Unit, error) {
	const op = "GetUnit"
	if err := needID(op, id); err != nil {
		return Unit{}, err
	}
	units, err := u.Find(ctx, UnitFilter{ID: Some(id)}, opts...)
	if err != nil {
		return Unit{}, err
	}
	return one(op, units, ErrUnitNotFound)
}

// Update changes the members of a unit that are set in update; the others stay as they are.
//
// Errors: ErrUnitNotFound, ErrClientNotFound, ErrCategoryNotFound; ErrNoID if update.ID is empty.
//
// Documentation: https://dev.trackunit.com/docs/unit (operation UpdateUnit)
func (u *Units) Update(ctx context.Context, update UpdateUnit, opts ...CallOption) error {
	if err := needID("UpdateUnit", update.ID.Value()); err != nil {
		return err
	}
	_, err := u.port.UpdateUnit(ctx, &update, opts...)
	return err
}
