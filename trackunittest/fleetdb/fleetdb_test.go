package fleetdb_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest"
	"github.com/soapfirst/trackunit/trackunittest/fleetdb"
)

const units = 30

// open opens a fleet in a file and returns it with a client of a service on it.
func open(t *testing.T, file string, now time.Time) (*trackunittest.Fleet, *trackunit.Client, *fleetdb.DB) {
	t.Helper()
	db, err := fleetdb.Open(file)
	require.NoError(t, err)
	fleet, err := trackunittest.OpenFleet(db, 1, units, now)
	require.NoError(t, err)
	client, err := trackunittest.NewService(trackunittest.WithFleet(fleet)).Client(trackunit.WithTransport(trackunit.JSON))
	require.NoError(t, err)
	return fleet, client, db
}

// What was changed is there after the file was closed and opened again, all the rest is as it was made up.
func TestFleet(t *testing.T) {
	file := filepath.Join(t.TempDir(), "fleet #1?.db")
	made := trackunittest.DefaultNow.AddDate(0, 1, 0)
	fleet, client, db := open(t, file, made)
	ctx := t.Context()
	id := fleet.UnitIDs()[0]

	require.NoError(t, client.Units.Update(ctx, trackunit.UpdateUnit{ID: xmlwire.Some(id), Name: xmlwire.Some("Ny"), Lock: xmlwire.Some(true)}))
	zone, err := client.Zones.Create(ctx, trackunit.CreateZone{Name: xmlwire.Some("Z"), Polygon: xmlwire.Some("POLYGON ((1 1, 1 2, 2 2, 1 1))")})
	require.NoError(t, err)
	gone := fleet.Groups.All()[0].ID.Value()
	require.NoError(t, client.Groups.Delete(ctx, gone))
	alarm := fleet.Alarms.All()[0].ID.Value()
	require.True(t, fleet.Trigger(alarm, id, made.Add(-time.Hour)))
	own := fleet.SetUnit(generated.Unit{SerialNumber: xmlwire.Some("1"), Name: xmlwire.Nil[string](), CreatedAt: time.Date(2020, 1, 1, 0, 0, 0, 5, xmlwire.NoZone)})
	require.True(t, fleet.SetHistory(own, []generated.UnitHistory{{Time: made.Add(-time.Minute), Event: 6}}))
	fleet.SetNow(made.Add(time.Hour))
	want := state(fleet)
	require.NoError(t, db.Close())

	again, client, db := open(t, file, trackunittest.DefaultNow) // the file knows better when it was made
	defer db.Close()
	assert.Equal(t, want, state(again))
	assert.True(t, again.Locked(id))
	assert.False(t, func() bool { _, ok := again.Groups.Get(gone); return ok }())
	got, err := client.Zones.Get(ctx, zone)
	require.NoError(t, err)
	assert.Equal(t, "Z", got.Name.Value())
	next, err := client.Zones.Create(ctx, trackunit.CreateZone{Name: xmlwire.Some("Z2"), Polygon: xmlwire.Some("POLYGON ((1 1, 1 2, 2 2, 1 1))")})
	require.NoError(t, err)
	assert.Greater(t, next, zone, "no id is given twice")
}

// state is all that a fleet shows.
func state(f *trackunittest.Fleet) []any {
	all := []any{
		f.Now(), f.Categories.All(), f.Clients.All(), f.Contacts.All(), f.Groups.All(), f.Keys.All(), f.Points.All(), f.Zones.All(), f.Alarms.All(),
	}
	for _, id := range f.UnitIDs() {
		u, _ := f.Unit(id)
		all = append(all, u)
	}
	return all
}

func TestOpen(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "fleet.db")
	_, _, db := open(t, file, trackunittest.DefaultNow)
	defer db.Close()
	_, err := fleetdb.Open(file)
	assert.ErrorContains(t, err, "another process has the file open")

	text := filepath.Join(folder, "text")
	require.NoError(t, os.WriteFile(text, []byte("this is long enough to be the header of a file, and none of a database at all, is it not?"), 0o600))
	_, err = fleetdb.Open(text)
	assert.ErrorContains(t, err, "the file is no database")
	_, err = fleetdb.Open("")
	assert.ErrorContains(t, err, "no file was named")

	_, err = trackunittest.OpenFleet(db, 2, units, trackunittest.DefaultNow)
	assert.ErrorContains(t, err, "a fleet of seed 1 and 30 units, not of seed 2 and 30 units")
	require.NoError(t, db.Save([]trackunittest.StoreRecord{{Kind: "driver", ID: "1", Data: []byte("x")}}))
	_, err = trackunittest.OpenFleet(db, 1, units, trackunittest.DefaultNow)
	assert.ErrorContains(t, err, "there is no such kind of record")
}

// A change that cannot be saved is not reported as done.
func TestSaveFails(t *testing.T) {
	_, client, db := open(t, filepath.Join(t.TempDir(), "fleet.db"), trackunittest.DefaultNow)
	require.NoError(t, db.Close())
	_, err := client.Categories.Create(t.Context(), trackunit.CreateCategory{Name: xmlwire.Some("x")})
	var status *trackunit.StatusError
	require.ErrorAs(t, err, &status)
	assert.Equal(t, http.StatusInternalServerError, status.HTTPStatus)
	_, err = client.Categories.List(t.Context())
	assert.NoError(t, err, "what is only read needs no file")
}
