package trackunit_test

import (
	"context"
	"iter"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
)

// A result is what a method of a noun returned.
type result struct {
	list any    // of a method that finds: a slice
	id   string // of a method that creates
	err  error
}

// A nounCall makes the call that a request of an operation stands for with a method of a noun.
type nounCall func(ctx context.Context, c *trackunit.Client, req any) result

// nounCalls has all operations.
var nounCalls = map[string]nounCall{
	"GetUnit": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetUnit) result {
		return list(c.Units.Find(ctx, *r))
	}),
	"UpdateUnit": noun(func(ctx context.Context, c *trackunit.Client, r *generated.UpdateUnit) result {
		return done(c.Units.Update(ctx, *r))
	}),
	"GetUnitExtendedInfo": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetUnitExtendedInfo) result {
		return list(c.ExtendedInfo.Latest(ctx, r.ID.Value()))
	}),
	"GetReportUnitExtendedInfo": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetReportUnitExtendedInfo) result {
		return rows(c.Reports.ExtendedInfo(ctx, r.ID.Value(), r.From.Value(), r.To.Value()))
	}),
	"GetReportUnitActiveFaults": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetReportUnitActiveFaults) result {
		return rows(c.Reports.ActiveFaults(ctx, r.ID.Value(), r.From.Value(), r.To.Value()))
	}),
	"GetReportUnitHistory": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetReportUnitHistory) result {
		return rows(c.Reports.History(ctx, r.UnitID.Value(), r.From.Value(), r.To.Value()))
	}),
	"GetReportKeyHistory": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetReportKeyHistory) result {
		return rows(c.Reports.KeyHistory(ctx, r.KeyID.Value(), r.From.Value(), r.To.Value()))
	}),
	"GetReportUnitSummary": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetReportUnitSummary) result {
		return rows(c.Reports.Summary(ctx, r.UnitID.Value(), r.Date.Value()))
	}),
	"GetReportTrip": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetReportTrip) result {
		if id, ok := r.KeyID.Get(); ok {
			return rows(c.Reports.TripsByKey(ctx, id, r.DateFrom.Value(), r.DateTo.Value()))
		}
		return rows(c.Reports.Trips(ctx, r.UnitID.Value(), r.DateFrom.Value(), r.DateTo.Value()))
	}),
	"GetActiveAlarm": noun(func(ctx context.Context, c *trackunit.Client, _ *generated.GetActiveAlarm) result {
		return list(c.Alarms.Active(ctx))
	}),
	"GetAlarmLog": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetAlarmLog) result {
		return rows(c.Alarms.Log(ctx, *r))
	}),
	"GetAlarm": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetAlarm) result {
		if id, ok := r.ID.Get(); ok {
			return item(c.Alarms.Get(ctx, id))
		}
		return list(c.Alarms.List(ctx))
	}),
	"CreateAlarm": noun(func(ctx context.Context, c *trackunit.Client, r *generated.CreateAlarm) result {
		return created(c.Alarms.Create(ctx, *r))
	}),
	"UpdateAlarm": noun(func(ctx context.Context, c *trackunit.Client, r *generated.UpdateAlarm) result {
		return done(c.Alarms.Update(ctx, *r))
	}),
	"DeleteAlarm": noun(func(ctx context.Context, c *trackunit.Client, r *generated.DeleteAlarm) result {
		return done(c.Alarms.Delete(ctx, r.ID.Value()))
	}),
	"GetCategory": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetCategory) result {
		if id, ok := r.ID.Get(); ok {
			return item(c.Categories.Get(ctx, id))
		}
		return list(c.Categories.List(ctx))
	}),
	"CreateCategory": noun(func(ctx context.Context, c *trackunit.Client, r *generated.CreateCategory) result {
		return created(c.Categories.Create(ctx, *r))
	}),
	"UpdateCategory": noun(func(ctx context.Context, c *trackunit.Client, r *generated.UpdateCategory) result {
		return done(c.Categories.Update(ctx, *r))
	}),
	"DeleteCategory": noun(func(ctx context.Context, c *trackunit.Client, r *generated.DeleteCategory) result {
		return done(c.Categories.Delete(ctx, r.ID.Value()))
	}),
	"GetClient": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetClient) result {
		if id, ok := r.ID.Get(); ok {
			return item(c.Clients.Get(ctx, id))
		}
		return list(c.Clients.List(ctx))
	}),
	"CreateClient": noun(func(ctx context.Context, c *trackunit.Client, r *generated.CreateClient) result {
		return created(c.Clients.Create(ctx, *r))
	}),
	"UpdateClient": noun(func(ctx context.Context, c *trackunit.Client, r *generated.UpdateClient) result {
		return done(c.Clients.Update(ctx, *r))
	}),
	"DeleteClient": noun(func(ctx context.Context, c *trackunit.Client, r *generated.DeleteClient) result {
		return done(c.Clients.Delete(ctx, r.ID.Value()))
	}),
	"GetContact": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetContact) result {
		if id, ok := r.ClientID.Get(); ok {
			return list(c.Contacts.ListByClient(ctx, id))
		}
		if id, ok := r.ID.Get(); ok {
			return item(c.Contacts.Get(ctx, id))
		}
		return list(c.Contacts.List(ctx))
	}),
	"CreateContact": noun(func(ctx context.Context, c *trackunit.Client, r *generated.CreateContact) result {
		return created(c.Contacts.Create(ctx, *r))
	}),
	"UpdateContact": noun(func(ctx context.Context, c *trackunit.Client, r *generated.UpdateContact) result {
		return done(c.Contacts.Update(ctx, *r))
	}),
	"DeleteContact": noun(func(ctx context.Context, c *trackunit.Client, r *generated.DeleteContact) result {
		return done(c.Contacts.Delete(ctx, r.ID.Value()))
	}),
	"GetGroup": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetGroup) result {
		if id, ok := r.UnitID.Get(); ok {
			return list(c.Groups.ListByUnit(ctx, id))
		}
		if id, ok := r.ID.Get(); ok {
			return item(c.Groups.Get(ctx, id))
		}
		return list(c.Groups.List(ctx))
	}),
	"CreateGroup": noun(func(ctx context.Context, c *trackunit.Client, r *generated.CreateGroup) result {
		return created(c.Groups.Create(ctx, *r))
	}),
	"UpdateGroup": noun(func(ctx context.Context, c *trackunit.Client, r *generated.UpdateGroup) result {
		return done(c.Groups.Update(ctx, *r))
	}),
	"DeleteGroup": noun(func(ctx context.Context, c *trackunit.Client, r *generated.DeleteGroup) result {
		return done(c.Groups.Delete(ctx, r.ID.Value()))
	}),
	"GetKey": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetKey) result {
		if id, ok := r.ID.Get(); ok {
			return item(c.Keys.Get(ctx, id))
		}
		return list(c.Keys.List(ctx))
	}),
	"CreateKey": noun(func(ctx context.Context, c *trackunit.Client, r *generated.CreateKey) result {
		return created(c.Keys.Create(ctx, *r))
	}),
	"UpdateKey": noun(func(ctx context.Context, c *trackunit.Client, r *generated.UpdateKey) result {
		return done(c.Keys.Update(ctx, *r))
	}),
	"DeleteKey": noun(func(ctx context.Context, c *trackunit.Client, r *generated.DeleteKey) result {
		return done(c.Keys.Delete(ctx, r.ID.Value()))
	}),
	"GetPoint": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetPoint) result {
		if id, ok := r.ID.Get(); ok {
			return item(c.Points.Get(ctx, id))
		}
		return list(c.Points.List(ctx))
	}),
	"CreatePoint": noun(func(ctx context.Context, c *trackunit.Client, r *generated.CreatePoint) result {
		return created(c.Points.Create(ctx, *r))
	}),
	"UpdatePoint": noun(func(ctx context.Context, c *trackunit.Client, r *generated.UpdatePoint) result {
		return done(c.Points.Update(ctx, *r))
	}),
	"DeletePoint": noun(func(ctx context.Context, c *trackunit.Client, r *generated.DeletePoint) result {
		return done(c.Points.Delete(ctx, r.ID.Value()))
	}),
	"GetZone": noun(func(ctx context.Context, c *trackunit.Client, r *generated.GetZone) result {
		if id, ok := r.ID.Get(); ok {
			return item(c.Zones.Get(ctx, id))
		}
		return list(c.Zones.List(ctx))
	}),
	"CreateZone": noun(func(ctx context.Context, c *trackunit.Client, r *generated.CreateZone) result {
		return created(c.Zones.Create(ctx, *r))
	}),
	"UpdateZone": noun(func(ctx context.Context, c *trackunit.Client, r *generated.UpdateZone) result {
		return done(c.Zones.Update(ctx, *r))
	}),
	"DeleteZone": noun(func(ctx context.Context, c *trackunit.Client, r *generated.DeleteZone) result {
		return done(c.Zones.Delete(ctx, r.ID.Value()))
	}),
}

func noun[Req any](f func(context.Context, *trackunit.Client, *Req) result) nounCall {
	return func(ctx context.Context, c *trackunit.Client, req any) result { return f(ctx, c, req.(*Req)) }
}

func list[T any](items []T, err error) result { return result{list: items, err: err} }

func item[T any](item T, err error) result { return result{list: []T{item}, err: err} }

func rows[T any](seq iter.Seq2[T, error]) result { return list(trackunit.Collect(seq)) }

func created(id string, err error) result { return result{id: id, err: err} }

func done(err error) result { return result{err: err} }
