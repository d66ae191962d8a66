package trackunit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit"
)

func TestSpans(t *testing.T) {
	day := func(n int) time.Time { return from.AddDate(0, 0, n) }
	for _, c := range []struct {
		to   time.Time
		want []time.Time // the borders
	}{
		{day(0), nil},
		{day(-1), nil},
		{day(1), []time.Time{day(0), day(1)}},
		{day(31), []time.Time{day(0), day(31)}},
		{day(31).Add(1), []time.Time{day(0), day(31), day(31).Add(1)}},
		{day(70), []time.Time{day(0), day(31), day(62), day(70)}},
	} {
		var borders []time.Time
		for from, to := range trackunit.Spans(from, c.to) {
			if len(borders) == 0 {
				borders = append(borders, from)
			}
			assert.Equal(t, borders[len(borders)-1], from)
			borders = append(borders, to)
		}
		assert.Equal(t, c.want, borders)
	}
	for range trackunit.Spans(day(0), day(365)) {
		break
	}
}

func TestInLocation(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	want := time.Date(2026, 3, 1, 7, 30, 0, 5, zone)
	assert.Equal(t, want, trackunit.InLocation(time.Date(2026, 3, 1, 7, 30, 0, 5, time.UTC), zone))
	assert.Equal(t, want, trackunit.InLocation(time.Date(2026, 3, 1, 7, 30, 0, 5, trackunit.NoZone), zone))
}

func TestHours(t *testing.T) { assert.Equal(t, 1.5, trackunit.Hours(5400)) }

func TestEventName(t *testing.T) {
	assert.Equal(t, "timed transmit", trackunit.EventName(trackunit.EventTimed))
	assert.Equal(t, "IO change", trackunit.EventName(trackunit.EventIOChange))
	assert.Equal(t, "event 17", trackunit.EventName(17))
}

// TestConstants: the constants of enumerations fit the members that they are for, as they are.
func TestConstants(t *testing.T) {
	alarm := trackunit.CreateAlarm{Type: trackunit.Some(trackunit.AlarmByZoneEnter)}
	key := trackunit.CreateKey{KeyValid: trackunit.Some(trackunit.KeyValid30Sec), KeyExpire: trackunit.Some(trackunit.KeyExpire16Hours)}
	unit := trackunit.Unit{VehicleType: trackunit.Some(trackunit.VehicleCar), GpsSignalQuality: trackunit.Nil[trackunit.SignalQuality]()}
	assert.Equal(t, "ByZoneEnter 30sec 16hours Car nil", alarm.Type.String()+" "+key.KeyValid.String()+" "+key.KeyExpire.String()+" "+unit.VehicleType.String()+" "+unit.GpsSignalQuality.String())
}
