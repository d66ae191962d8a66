package trackunit

import (
	"context"
	"iter"
	"strconv"
	"time"

	"github.com/soapfirst/trackunit/generated"
)

// Reports are what happened over a time.
//
// Rows are yielded while they arrive, in constant memory. An error comes last, also after rows; only a sequence that ends
// without one was complete. Each range over a sequence makes the call. Collect makes a slice of a sequence.
//
// A report covers at most MaxSpan; a longer one is ErrInvalidParameter. See Spans.
type Reports struct{ port *generated.ISyncReplyClient }

// A UnitHistory is one message of a unit's device. Time is UTC; Event is why the message was sent: see EventName. The other
// members have the units of measure of Unit.
type UnitHistory = generated.UnitHistory

// A KeyHistory is one message of a unit while a key was used with it. It has the units of measure of Unit, but
// ExternalPower: the documentation says millivolts.
type KeyHistory = generated.KeyHistory

// A UnitDaySummary is one day of one unit: Km in kilometres, Run1 to Run4 and RunOdo in seconds (Run3 and Run4 are 0 for the
// devices ME201 and ME301), the ChangeCounters in cycles, as they grew in the day.
//
// StartTime and StopTime are local time of the unit's end customer, whatever zone they come with: see InLocation.
type UnitDaySummary = generated.UnitDaySummary

// A Trip is from one start of a unit to the next stop. StartTime and StopTime are UTC, StartKm and StopKm kilometres,
// StartRun1 and StopRun1 seconds, MaxSpeed km/h. A trip that goes on is not Finished.
type Trip = generated.Trip

// An ActiveFault is a fault that a machine reports on its CAN bus: the J1939 numbers Spn (what, 0 to 524,287) and Fmi (how),
// and how often. Time is UTC.
type ActiveFault = generated.ReportUnitActiveFaults

// An ExtendedReport is one value of one variable: see ExtendedValue.
type ExtendedReport = generated.ReportUnitExtendedInfo

// What UnitHistory.Event says. These are documented by example; the full list is not.
const (
	EventTimed    EventCode = 2 // a message is due
	EventIOChange EventCode = 6 // an input or output changed
)

// An EventCode tells why a device sent a message.
type EventCode = int32

// EventName returns what code means, or "event N" if it is not known.
func EventName(code EventCode) string {
	switch code {
	case EventTimed:
		return "timed transmit"
	case EventIOChange:
		return "IO change"
	}
	return "event " + strconv.Itoa(int(code))
}

// History yields the messages of a unit.
//
// Errors: ErrUnitNotFound; ErrInvalidParameter (with Parameter "To") if the time is longer than MaxSpan; ErrNoID if unitID
// is empty.
//
// Documentation: https://dev.trackunit.com/docs/unit-history (operation GetReportUnitHistory)
func (r *Reports) History(ctx context.Context, unitID string, from, to time.Time, opts ...CallOption) iter.Seq2[UnitHistory, error] {
	if err := needID("GetReportUnitHistory", unitID); err != nil {
		return failed[UnitHistory](err)
	}
	req := &generated.GetReportUnitHistory{UnitID: Some(unitID), From: utc(from), To: utc(to)}
	return r.port.GetReportUnitHistoryStream(ctx, req, opts...)
}

// KeyHistory yields the messages that units sent while a key was used with them.
//
// Errors: ErrKeyNotFound (inferred); ErrInvalidParameter if the time is longer than MaxSpan; ErrNoID if keyID is empty.
//
// Documentation: https://dev.trackunit.com/docs/keyhistory (operation GetReportKeyHistory)
func (r *Reports) KeyHistory(ctx context.Context, keyID string, from, to time.Time, opts ...CallOption) iter.Seq2[KeyHistory, error] {
	if err := needID("GetReportKeyHistory", keyID); err != nil {
		return failed[KeyHistory](err)
	}
	req := &generated.GetReportKeyHistory{KeyID: Some(keyID), From: utc(from), To: utc(to)}
	return r.port.GetReportKeyHistoryStream(ctx, req, opts...)
}

// Summary yields what units did on one day: one unit, or, if unitID is empty, all units that the token may see. The day is
// that which day shows in its own location; its clock does not count.
//
// Errors: ErrUnitNotFound.
//
// Documentation: https://dev.trackunit.com/docs/unitsummary (operation GetReportUnitSummary)
func (r *Reports) Summary(ctx context.Context, unitID string, day time.Time, opts ...CallOption) iter.Seq2[UnitDaySummary, error] {
	req := &generated.GetReportUnitSummary{Date: date(day)}
	if unitID != "" {
		req.UnitID = Some(unitID)
	}
	return r.port.GetReportUnitSummaryStream(ctx, req, opts...)
}

// Trips yields the trips of a unit.
//
// Errors: ErrUnitNotFound; ErrInvalidParameter if the time is longer than MaxSpan; ErrNoID if unitID is empty.
//
// Documentation: https://dev.trackunit.com/docs/trip (operation GetReportTrip)
func (r *Reports) Trips(ctx context.Context, unitID string, from, to time.Time, opts ...CallOption) iter.Seq2[Trip, error] {
	return r.trips(ctx, unitID, generated.GetReportTrip{UnitID: Some(unitID), DateFrom: utc(from), DateTo: utc(to)}, opts)
}

// TripsByKey yields the trips that were made with a key, of whatever units.
//
// Errors: ErrKeyNotFound (inferred); ErrInvalidParameter if the time is longer than MaxSpan; ErrNoID if keyID is empty.
//
// Documentation: https://dev.trackunit.com/docs/trip (operation GetReportTrip)
func (r *Reports) TripsByKey(ctx context.Context, keyID string, from, to time.Time, opts ...CallOption) iter.Seq2[Trip, error] {
	return r.trips(ctx, keyID, generated.GetReportTrip{KeyID: Some(keyID), DateFrom: utc(from), DateTo: utc(to)}, opts)
}

func (r *Reports) trips(ctx context.Context, id string, req generated.GetReportTrip, opts []CallOption) iter.Seq2[Trip, error] {
	if err := needID("GetReportTrip", id); err != nil {
		return failed[Trip](err)
	}
	return r.port.GetReportTripStream(ctx, &req, opts...)
}

// ActiveFaults yields the faults that a unit reported. Only units that send extended information report any.
//
// Errors: ErrUnitNotFound; ErrInvalidParameter if the time is longer than MaxSpan; ErrNoID if unitID is empty.
//
// Documentation: https://dev.trackunit.com/docs/unit-active-faults (operation GetReportUnitActiveFaults)
func (r *Reports) ActiveFaults(ctx context.Context, unitID string, from, to time.Time, opts ...CallOption) iter.Seq2[ActiveFault, error] {
	if err := needID("GetReportUnitActiveFaults", unitID); err != nil {
		return failed[ActiveFault](err)
	}
	req := &generated.GetReportUnitActiveFaults{ID: Some(unitID), From: utc(from), To: utc(to)}
	return r.port.GetReportUnitActiveFaultsStream(ctx, req, opts...)
}

// ExtendedInfo yields the values of all variables of a unit. The latest of each is ExtendedInfo.Latest.
//
// Errors: ErrUnitNotFound; ErrInvalidParameter if the time is longer than MaxSpan; ErrNoID if unitID is empty.
//
// There is no page of documentation; the operation (GetReportUnitExtendedInfo) was seen.
func (r *Reports) ExtendedInfo(ctx context.Context, unitID string, from, to time.Time, opts ...CallOption) iter.Seq2[ExtendedReport, error] {
	if err := needID("GetReportUnitExtendedInfo", unitID); err != nil {
		return failed[ExtendedReport](err)
	}
	req := &generated.GetReportUnitExtendedInfo{ID: Some(unitID), From: utc(from), To: utc(to)}
	return r.port.GetReportUnitExtendedInfoStream(ctx, req, opts...)
}
