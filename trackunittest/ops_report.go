package trackunittest

import (
	"context"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest/internal/world"
)

func (o operations) GetReportUnitHistory(
	_ context.Context, req *generated.GetReportUnitHistory,
) (*generated.GetReportUnitHistoryResponse, error) {
	defer o.read()()
	id, err := o.f.needUnit(req.UnitID, "UnitId")
	from, to, badSpan := o.bounds.span(req.From, req.To, "From", "To")
	if err = first(err, badSpan); err != nil {
		return nil, err
	}
	return &generated.GetReportUnitHistoryResponse{List: o.f.history(id, from, to)}, nil
}

func (o operations) GetReportKeyHistory(
	_ context.Context, req *generated.GetReportKeyHistory,
) (*generated.GetReportKeyHistoryResponse, error) {
	defer o.read()()
	key, err := needed(req.KeyID, "KeyId")
	from, to, badSpan := o.bounds.span(req.From, req.To, "From", "To")
	if err = first(err, exists(req.KeyID, o.f.Keys.has, "key"), badSpan); err != nil {
		return nil, err
	}
	return &generated.GetReportKeyHistoryResponse{List: o.f.keyHistory(key, from, to)}, nil
}

// GetReportUnitSummary sums up one day in UTC, of one unit or of all. Its times are those of the customer's clocks.
func (o operations) GetReportUnitSummary(
	_ context.Context, req *generated.GetReportUnitSummary,
) (*generated.GetReportUnitSummaryResponse, error) {
	defer o.read()()
	date, ok := req.Date.Get()
	if !ok {
		return nil, invalid("Date", "'Date' must be given")
	}
	if err := exists(req.UnitID, o.f.hasUnit, "unit"); err != nil {
		return nil, err
	}
	year, month, dom := date.Date()
	day := world.DayOf(time.Date(year, month, dom, 0, 0, 0, 0, time.UTC))
	list := []generated.UnitDaySummary{}
	visit := func(id string) bool {
		list = append(list, o.f.summary(id, day))
		return true
	}
	if id, ok := req.UnitID.Get(); ok {
		visit(id)
	} else {
		o.f.eachID(visit)
	}
	return &generated.GetReportUnitSummaryResponse{List: list}, nil
}

// GetReportTrip lists the trips that started in a time: of a unit, with a key, or of a unit with a key.
func (o operations) GetReportTrip(
	_ context.Context, req *generated.GetReportTrip,
) (*generated.GetReportTripResponse, error) {
	defer o.read()()
	from, to, err := o.bounds.span(req.DateFrom, req.DateTo, "DateFrom", "DateTo")
	if err == nil && !req.UnitID.IsSet() && !req.KeyID.IsSet() {
		err = invalid("UnitId", "UnitId or KeyId must be given")
	}
	err = first(err, exists(req.UnitID, o.f.hasUnit, "unit"), exists(req.KeyID, o.f.Keys.has, "key"))
	if err != nil {
		return nil, err
	}
	if unit, ok := req.UnitID.Get(); ok {
		return &generated.GetReportTripResponse{List: o.f.trips([]generated.Trip{}, unit, req.KeyID, from, to)}, nil
	}
	return &generated.GetReportTripResponse{List: o.f.keyTrips(req.KeyID.Value(), from, to)}, nil
}

func (o operations) GetReportUnitActiveFaults(
	_ context.Context, req *generated.GetReportUnitActiveFaults,
) (*generated.GetReportUnitActiveFaultsResponse, error) {
	defer o.read()()
	id, err := o.f.needUnit(req.ID, "Id")
	from, to, badSpan := o.bounds.span(req.From, req.To, "From", "To")
	if err = first(err, badSpan); err != nil {
		return nil, err
	}
	w := o.f.machine(id)
	list := []generated.ReportUnitActiveFaults{}
	w.Faults(from, to, func(f world.Fault) {
		list = append(list, generated.ReportUnitActiveFaults{
			Time: f.Time, Spn: f.SPN, Fmi: f.FMI, OccurrenceCount: f.Occurrences,
			Name: xmlwire.Some(f.Name), Description: text(f.Description),
		})
	})
	return &generated.GetReportUnitActiveFaultsResponse{List: list}, nil
}

// GetReportUnitExtendedInfo lists what the engine told each time that the unit sent.
func (o operations) GetReportUnitExtendedInfo(
	_ context.Context, req *generated.GetReportUnitExtendedInfo,
) (*generated.GetReportUnitExtendedInfoResponse, error) {
	defer o.read()()
	id, err := o.f.needUnit(req.ID, "Id")
	from, to, badSpan := o.bounds.span(req.From, req.To, "From", "To")
	if err = first(err, badSpan); err != nil {
		return nil, err
	}
	w := o.f.machine(id)
	list := []generated.ReportUnitExtendedInfo{}
	w.History(from, to, func(s world.State) bool {
		for _, r := range w.Readings(&s) {
			list = append(list, generated.ReportUnitExtendedInfo{
				Time: r.Time, VariableID: r.Variable, Name: xmlwire.Some(r.Name), Value: xmlwire.Some(r.Value), UoM: text(r.Unit),
			})
		}
		return true
	})
	return &generated.GetReportUnitExtendedInfoResponse{List: list}, nil
}

// GetUnitExtendedInfo lists what the engine told last.
func (o operations) GetUnitExtendedInfo(
	_ context.Context, req *generated.GetUnitExtendedInfo,
) (*generated.GetUnitExtendedInfoResponse, error) {
	defer o.read()()
	id, err := o.f.needUnit(req.ID, "Id")
	if err != nil {
		return nil, err
	}
	w := o.f.machine(id)
	list := []generated.GetUnitExtendedInfoResult{}
	if s, ok := w.Latest(); ok {
		for _, r := range w.Readings(&s) {
			list = append(list, generated.GetUnitExtendedInfoResult{
				Time: r.Time, VariableID: r.Variable, Name: xmlwire.Some(r.Name), Value: xmlwire.Some(r.Value), UoM: text(r.Unit),
			})
		}
	}
	return &generated.GetUnitExtendedInfoResponse{Result: list}, nil
}

// text returns s, or an absent text if s is empty.
func text(s string) xmlwire.Opt[string] {
	if s == "" {
		return xmlwire.Opt[string]{}
	}
	return xmlwire.Some(s)
}

// The methods below want the lock of the fleet to be held.

// needUnit returns the id of a unit that must be given and exist.
func (f *Fleet) needUnit(id xmlwire.Opt[string], field string) (string, error) {
	v, err := needed(id, field)
	return v, first(err, exists(id, f.hasUnit, "unit"))
}
