package trackunittest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/trackunittest"
)

func TestBounds(t *testing.T) {
	from := trackunittest.DefaultNow.AddDate(0, 0, -3)
	middle, to := from.Add(time.Hour), from.Add(2*time.Hour)
	for name, test := range map[string]struct {
		bounds trackunittest.Bounds
		want   []time.Time
	}{
		"from": {trackunittest.FromIncluded, []time.Time{from, middle}},
		"to":   {trackunittest.ToIncluded, []time.Time{middle, to}},
		"both": {trackunittest.BothIncluded, []time.Time{from, middle, to}},
		"none": {trackunittest.NoneIncluded, []time.Time{middle}},
	} {
		t.Run(name, func(t *testing.T) {
			client, s := trackunittest.New(t, trackunittest.WithBounds(test.bounds))
			s.Fleet().SetHistory(someUnit, []generated.UnitHistory{{Time: from}, {Time: middle}, {Time: to}})
			alarm := s.Fleet().Alarms.Put(generated.Alarm{Enabled: true})
			for _, at := range []time.Time{from, middle, to} {
				require.True(t, s.Fleet().Trigger(alarm, someUnit, at))
			}
			var got, alarms []time.Time
			for row, err := range client.Reports.History(t.Context(), someUnit, from, to) {
				require.NoError(t, err)
				got = append(got, row.Time)
			}
			filter := trackunit.AlarmLogFilter{UnitID: some(someUnit), DateFrom: some(from), DateTo: some(to)}
			for row, err := range client.Alarms.Log(t.Context(), filter) {
				require.NoError(t, err)
				if row.AlarmID.Value() == alarm {
					alarms = append(alarms, row.TriggeredAt)
				}
			}
			assert.Equal(t, test.want, got)
			assert.Equal(t, test.want, alarms)
		})
	}
}
