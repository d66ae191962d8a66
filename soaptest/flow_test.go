package soaptest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/trackunittest"
)

// What must not get into a recording. The name has what is escaped in XML, JSON and URLs.
const (
	person = `Åse "O'Hara" <&Søn>`
	mail   = "aase@ohara.example.com"
	mobile = "+45 20 86 94 31"
)

// yard is the zone that flow makes.
var yard = trackunit.CreateZone{Name: trackunit.Some("Yard"), Polygon: trackunit.Some("POLYGON((12 55,13 55,13 56,12 55))")}

// flow is a test of a user's: it reads, changes and deletes, and gets errors. It returns a line for each thing it learnt.
func flow(t *testing.T, client *trackunit.Client) []string {
	t.Helper()
	var log []string
	note := func(format string, args ...any) { log = append(log, fmt.Sprintf(format, args...)) }
	ctx := context.Background()

	units, err := client.Units.Find(ctx, trackunit.UnitFilter{})
	require.NoError(t, err)
	require.NotEmpty(t, units)
	for _, u := range units {
		note("unit %v %v %v", u.ID, u.Name, u.Km)
	}
	to := trackunittest.DefaultNow
	for row, err := range client.Reports.History(ctx, units[0].ID.Value(), to.Add(-time.Hour), to) {
		require.NoError(t, err)
		note("history %v %v", row.Time, row.Location)
	}
	zone, err := client.Zones.Create(ctx, yard)
	require.NoError(t, err)
	for _, name := range []string{"Yard", "Depot"} {
		require.NoError(t, client.Zones.Update(ctx, trackunit.UpdateZone{ID: trackunit.Some(zone), Name: trackunit.Some(name)}))
		z, err := client.Zones.Get(ctx, zone)
		require.NoError(t, err)
		note("zone %v %v", z.ID, z.Name.IsSet())
	}
	require.NoError(t, client.Zones.Delete(ctx, zone))
	_, err = client.Zones.Get(ctx, zone)
	require.ErrorIs(t, err, trackunit.ErrZoneNotFound)
	note("%v", err)

	customers, err := client.Clients.List(ctx)
	require.NoError(t, err)
	contact, err := client.Contacts.Create(ctx, trackunit.CreateContact{
		ClientID: customers[0].ID, Name: trackunit.Some(person), Email: trackunit.Some(mail), Mobile: trackunit.Some(mobile),
	})
	require.NoError(t, err)
	created, err := client.Contacts.Get(ctx, contact)
	require.NoError(t, err)
	require.NoError(t, client.Contacts.Update(ctx, trackunit.UpdateContact{ID: trackunit.Some(contact), Name: created.Name, Phone: created.Mobile}))
	updated, err := client.Contacts.Get(ctx, contact)
	require.NoError(t, err)
	assert.Equal(t, created.Mobile, updated.Phone)
	note("contact %v %d letters, mail is set: %t", contact, len(updated.Phone.Value()), strings.Contains(updated.Email.Value(), "@"))
	return log
}
