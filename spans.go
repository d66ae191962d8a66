package trackunit

import (
	"context"
	"iter"
	"time"

	"github.com/soapfirst/trackunit/generated"
)

// HistoryOf yields the messages of any number of units over any time: from ≤ Time < to, the units in the order given, the
// rows of each by time, each row once. An id that is given twice counts once; if to is not after from there are no rows.
//
//	for row, err := range client.Reports.HistoryOf(ctx, ids, start, end, trackunit.Resume(cursor)) {
//		if err != nil {
//			return err // go on later from the last cursor
//		}
//		store(row.ID, row.Value, row.Cursor)
//	}
//
// The time is divided into windows that the service allows, for which calls are made ahead of the loop and several at once,
// as far as the limiter of the Client lets them: see LookAhead. One call that is overdue is made again beside the first.
// Rows are those of whole answers, so that one that breaks off and is made again leaves none twice.
//
// The first error ends the sequence, behind all rows before it: those that History has, and that of ctx. Breaking off the
// loop, or cancelling ctx, ends the calls; nothing runs when the loop has ended. Each range begins anew.
//
// Documentation: https://dev.trackunit.com/docs/unit-history (operation GetReportUnitHistory)
func (r *Reports) HistoryOf(ctx context.Context, unitIDs []string, from, to time.Time, opts ...SpanOption) iter.Seq2[Row[UnitHistory], error] {
	report := spanReport[UnitHistory]{
		name: "history", op: "GetReportUnitHistory",
		at: func(row *UnitHistory) time.Time { return row.Time },
		ask: func(ctx context.Context, id string, from, to time.Time, opts []CallOption) ([]UnitHistory, error) {
			req := &generated.GetReportUnitHistory{UnitID: Some(id), From: utc(from), To: utc(to)}
			resp, err := r.port.GetReportUnitHistory(ctx, req, opts...)
			if err != nil {
				return nil, err
			}
			return resp.List, nil
		},
	}
	return report.rows(ctx, unitIDs, from, to, opts)
}

// KeyHistoryOf is HistoryOf for KeyHistory and any number of keys.
//
// Documentation: https://dev.trackunit.com/docs/keyhistory (operation GetReportKeyHistory)
func (r *Reports) KeyHistoryOf(ctx context.Context, keyIDs []string, from, to time.Time, opts ...SpanOption) iter.Seq2[Row[KeyHistory], error] {
	report := spanReport[KeyHistory]{
		name: "keyhistory", op: "GetReportKeyHistory",
		at: func(row *KeyHistory) time.Time { return row.Time },
		ask: func(ctx context.Context, id string, from, to time.Time, opts []CallOption) ([]KeyHistory, error) {
			req := &generated.GetReportKeyHistory{KeyID: Some(id), From: utc(from), To: utc(to)}
			resp, err := r.port.GetReportKeyHistory(ctx, req, opts...)
			if err != nil {
				return nil, err
			}
			return resp.List, nil
		},
	}
	return report.rows(ctx, keyIDs, from, to, opts)
}

// TripsOf is HistoryOf for Trips. A trip belongs to the time in which it started: from ≤ StartTime < to.
//
// Documentation: https://dev.trackunit.com/docs/trip (operation GetReportTrip)
func (r *Reports) TripsOf(ctx context.Context, unitIDs []string, from, to time.Time, opts ...SpanOption) iter.Seq2[Row[Trip], error] {
	return r.tripsOf(ctx, "trips", unitIDs, from, to, opts, func(id string) generated.GetReportTrip {
		return generated.GetReportTrip{UnitID: Some(id)}
	})
}

// TripsByKeyOf is TripsOf for TripsByKey and any number of keys.
//
// Documentation: https://dev.trackunit.com/docs/trip (operation GetReportTrip)
func (r *Reports) TripsByKeyOf(ctx context.Context, keyIDs []string, from, to time.Time, opts ...SpanOption) iter.Seq2[Row[Trip], error] {
	return r.tripsOf(ctx, "keytrips", keyIDs, from, to, opts, func(id string) generated.GetReportTrip {
		return generated.GetReportTrip{KeyID: Some(id)}
	})
}

func (r *Reports) tripsOf(
	ctx context.Context, name string, ids []string, from, to time.Time, opts []SpanOption, of func(id string) generated.GetReportTrip,
) iter.Seq2[Row[Trip], error] {
	report := spanReport[Trip]{
		name: name, op: "GetReportTrip",
		at: func(row *Trip) time.Time { return row.StartTime },
		ask: func(ctx context.Context, id string, from, to time.Time, opts []CallOption) ([]Trip, error) {
			req := of(id)
			req.DateFrom, req.DateTo = utc(from), utc(to)
			resp, err := r.port.GetReportTrip(ctx, &req, opts...)
			if err != nil {
				return nil, err
			}
			return resp.List, nil
		},
	}
	return report.rows(ctx, ids, from, to, opts)
}

// ActiveFaultsOf is HistoryOf for ActiveFaults.
//
// Documentation: https://dev.trackunit.com/docs/unit-active-faults (operation GetReportUnitActiveFaults)
func (r *Reports) ActiveFaultsOf(ctx context.Context, unitIDs []string, from, to time.Time, opts ...SpanOption) iter.Seq2[Row[ActiveFault], error] {
	report := spanReport[ActiveFault]{
		name: "activefaults", op: "GetReportUnitActiveFaults",
		at: func(row *ActiveFault) time.Time { return row.Time },
		ask: func(ctx context.Context, id string, from, to time.Time, opts []CallOption) ([]ActiveFault, error) {
			req := &generated.GetReportUnitActiveFaults{ID: Some(id), From: utc(from), To: utc(to)}
			resp, err := r.port.GetReportUnitActiveFaults(ctx, req, opts...)
			if err != nil {
				return nil, err
			}
			return resp.List, nil
		},
	}
	return report.rows(ctx, unitIDs, from, to, opts)
}

// ExtendedInfoOf is HistoryOf for ExtendedInfo. The values of one time stay in the order of the service.
//
// There is no page of documentation; the operation (GetReportUnitExtendedInfo) was seen.
func (r *Reports) ExtendedInfoOf(ctx context.Context, unitIDs []string, from, to time.Time, opts ...SpanOption) iter.Seq2[Row[ExtendedReport], error] {
	report := spanReport[ExtendedReport]{
		name: "extendedinfo", op: "GetReportUnitExtendedInfo",
		at: func(row *ExtendedReport) time.Time { return row.Time },
		ask: func(ctx context.Context, id string, from, to time.Time, opts []CallOption) ([]ExtendedReport, error) {
			req := &generated.GetReportUnitExtendedInfo{ID: Some(id), From: utc(from), To: utc(to)}
			resp, err := r.port.GetReportUnitExtendedInfo(ctx, req, opts...)
			if err != nil {
				return nil, err
			}
			return resp.List, nil
		},
	}
	return report.rows(ctx, unitIDs, from, to, opts)
}

// LogOf yields the alarms that were sent for any number of units over any time: see Reports.HistoryOf. The empty id stands for
// all units, whose alarms then come by time alone: LogOf(ctx, []string{""}, from, to).
//
// Documentation: https://dev.trackunit.com/docs/alarm-log (operation GetAlarmLog)
func (a *Alarms) LogOf(ctx context.Context, unitIDs []string, from, to time.Time, opts ...SpanOption) iter.Seq2[Row[AlarmLog], error] {
	report := spanReport[AlarmLog]{
		name: "alarmlog", op: "GetAlarmLog", noID: true,
		at: func(row *AlarmLog) time.Time { return row.TriggeredAt },
		ask: func(ctx context.Context, id string, from, to time.Time, opts []CallOption) ([]AlarmLog, error) {
			req := &generated.GetAlarmLog{DateFrom: utc(from), DateTo: utc(to)}
			if id != "" {
				req.UnitID = Some(id)
			}
			resp, err := a.port.GetAlarmLog(ctx, req, opts...)
			if err != nil {
				return nil, err
			}
			return resp.List, nil
		},
	}
	return report.rows(ctx, unitIDs, from, to, opts)
}
