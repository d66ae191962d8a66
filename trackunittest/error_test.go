package trackunittest_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/trackunittest"
)

// failing returns a call as a function of nothing but what it is made with.
func failing[Req, Resp any](op operation[Req, Resp], req Req) func(*testing.T) error {
	return func(t *testing.T) error {
		resp, err := op(t.Context(), &req)
		assert.Nil(t, resp)
		return err
	}
}

func TestErrors(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		from, to, late := some(now.AddDate(0, 0, -3)), some(now), some(now.AddDate(0, 0, 28).Add(time.Second))
		earth := func(lat, lon float64) generated.GetUnit {
			return generated.GetUnit{Point: some(generated.Location{Latitude: lat, Longitude: lon})}
		}
		unit, absent, blank := some(someUnit), some(noID), some(" ")
		zone := generated.CreateZone{Name: some("Z"), Polygon: some("POLYGON ((1 1, 1 2, 2 2, 1 1))")}
		polygon := func(wkt string) generated.CreateZone {
			return generated.CreateZone{Name: zone.Name, Polygon: some(wkt)}
		}
		alarm := func(set func(*generated.CreateAlarm)) generated.CreateAlarm {
			a := generated.CreateAlarm{Name: some("A"), Type: some("ByAcceleration")}
			set(&a)
			return a
		}
		key := func(set func(*generated.CreateKey)) generated.CreateKey {
			k := generated.CreateKey{Name: some("K"), SerialNumber: some("00ff")}
			set(&k)
			return k
		}
		for name, c := range map[string]struct {
			call        func(*testing.T) error
			code, field string // without a field it is something that was not found
		}{
			"GetUnit Id":            {failing(p.GetUnit, generated.GetUnit{ID: absent}), "unitNotFound", ""},
			"GetUnit empty Id":      {failing(p.GetUnit, generated.GetUnit{ID: some("")}), "unitNotFound", ""},
			"GetUnit CategoryId":    {failing(p.GetUnit, generated.GetUnit{CategoryID: absent}), "categoryNotFound", ""},
			"GetUnit ClientId":      {failing(p.GetUnit, generated.GetUnit{ClientID: absent}), "clientNotFound", ""},
			"GetUnit GroupId":       {failing(p.GetUnit, generated.GetUnit{GroupID: absent}), "groupNotFound", ""},
			"GetUnit ZoneId":        {failing(p.GetUnit, generated.GetUnit{ZoneID: absent}), "zoneNotFound", ""},
			"GetUnit PointId":       {failing(p.GetUnit, generated.GetUnit{PointID: absent}), "pointNotFound", ""},
			"GetUnit no radius":     {failing(p.GetUnit, generated.GetUnit{Radius: some(0.0)}), "invalidParameter", "Radius"},
			"GetUnit minus radius":  {failing(p.GetUnit, generated.GetUnit{Radius: some(-1.0)}), "invalidParameter", "Radius"},
			"GetUnit large radius":  {failing(p.GetUnit, generated.GetUnit{Radius: some(40000.0)}), "invalidParameter", "Radius"},
			"GetUnit NaN radius":    {failing(p.GetUnit, generated.GetUnit{Radius: some(math.NaN())}), "invalidParameter", "Radius"},
			"GetUnit latitude":      {failing(p.GetUnit, earth(90.1, 0)), "invalidParameter", "Point"},
			"GetUnit longitude":     {failing(p.GetUnit, earth(0, -180.1)), "invalidParameter", "Point"},
			"UpdateUnit no Id":      {failing(p.UpdateUnit, generated.UpdateUnit{Name: some("x")}), "invalidParameter", "Id"},
			"UpdateUnit blank Id":   {failing(p.UpdateUnit, generated.UpdateUnit{ID: blank}), "invalidParameter", "Id"},
			"UpdateUnit Id":         {failing(p.UpdateUnit, generated.UpdateUnit{ID: absent}), "unitNotFound", ""},
			"UpdateUnit ClientId":   {failing(p.UpdateUnit, generated.UpdateUnit{ID: unit, ClientID: absent}), "clientNotFound", ""},
			"UpdateUnit CategoryId": {failing(p.UpdateUnit, generated.UpdateUnit{ID: unit, CategoryID: absent}), "categoryNotFound", ""},
			"UpdateUnit PreKm":      {failing(p.UpdateUnit, generated.UpdateUnit{ID: unit, PreKm: some(-1.0)}), "invalidParameter", "PreKm"},
			"UpdateUnit PreRun1":    {failing(p.UpdateUnit, generated.UpdateUnit{ID: unit, PreRun1: some(math.Inf(1))}), "invalidParameter", "PreRun1"},

			"GetUnitExtendedInfo no Id":         {failing(p.GetUnitExtendedInfo, generated.GetUnitExtendedInfo{}), "invalidParameter", "Id"},
			"GetUnitExtendedInfo Id":            {failing(p.GetUnitExtendedInfo, generated.GetUnitExtendedInfo{ID: absent}), "unitNotFound", ""},
			"GetReportUnitExtendedInfo Id":      {failing(p.GetReportUnitExtendedInfo, generated.GetReportUnitExtendedInfo{ID: absent, From: from, To: to}), "unitNotFound", ""},
			"GetReportUnitExtendedInfo no To":   {failing(p.GetReportUnitExtendedInfo, generated.GetReportUnitExtendedInfo{ID: unit, From: from}), "invalidParameter", "To"},
			"GetReportUnitActiveFaults Id":      {failing(p.GetReportUnitActiveFaults, generated.GetReportUnitActiveFaults{ID: absent, From: from, To: to}), "unitNotFound", ""},
			"GetReportUnitActiveFaults no From": {failing(p.GetReportUnitActiveFaults, generated.GetReportUnitActiveFaults{ID: unit, To: to}), "invalidParameter", "From"},
			"GetReportUnitActiveFaults To":      {failing(p.GetReportUnitActiveFaults, generated.GetReportUnitActiveFaults{ID: unit, From: from, To: late}), "invalidParameter", "To"},

			"GetReportUnitHistory no UnitId": {failing(p.GetReportUnitHistory, generated.GetReportUnitHistory{From: from, To: to}), "invalidParameter", "UnitId"},
			"GetReportUnitHistory UnitId":    {failing(p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: absent, From: from, To: to}), "unitNotFound", ""},
			"GetReportUnitHistory no From":   {failing(p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: unit, To: to}), "invalidParameter", "From"},
			"GetReportUnitHistory no To":     {failing(p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: unit, From: from}), "invalidParameter", "To"},
			"GetReportUnitHistory too long":  {failing(p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: unit, From: from, To: late}), "invalidParameter", "To"},
			"GetReportUnitHistory backwards": {failing(p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: unit, From: to, To: from}), "invalidParameter", "To"},
			"GetReportKeyHistory no KeyId":   {failing(p.GetReportKeyHistory, generated.GetReportKeyHistory{From: from, To: to}), "invalidParameter", "KeyId"},
			"GetReportKeyHistory KeyId":      {failing(p.GetReportKeyHistory, generated.GetReportKeyHistory{KeyID: absent, From: from, To: to}), "keyNotFound", ""},
			"GetReportKeyHistory too long":   {failing(p.GetReportKeyHistory, generated.GetReportKeyHistory{KeyID: s.Fleet().Keys.All()[0].ID, From: from, To: late}), "invalidParameter", "To"},
			"GetReportUnitSummary no Date":   {failing(p.GetReportUnitSummary, generated.GetReportUnitSummary{}), "invalidParameter", "Date"},
			"GetReportUnitSummary UnitId":    {failing(p.GetReportUnitSummary, generated.GetReportUnitSummary{UnitID: absent, Date: to}), "unitNotFound", ""},
			"GetReportTrip neither":          {failing(p.GetReportTrip, generated.GetReportTrip{DateFrom: from, DateTo: to}), "invalidParameter", "UnitId"},
			"GetReportTrip UnitId":           {failing(p.GetReportTrip, generated.GetReportTrip{UnitID: absent, DateFrom: from, DateTo: to}), "unitNotFound", ""},
			"GetReportTrip KeyId":            {failing(p.GetReportTrip, generated.GetReportTrip{KeyID: absent, DateFrom: from, DateTo: to}), "keyNotFound", ""},
			"GetReportTrip no DateFrom":      {failing(p.GetReportTrip, generated.GetReportTrip{UnitID: unit, DateTo: to}), "invalidParameter", "DateFrom"},
			"GetReportTrip too long":         {failing(p.GetReportTrip, generated.GetReportTrip{UnitID: unit, DateFrom: from, DateTo: late}), "invalidParameter", "DateTo"},

			"GetAlarm Id":             {failing(p.GetAlarm, generated.GetAlarm{ID: absent}), "alarmNotFound", ""},
			"GetAlarmLog UnitId":      {failing(p.GetAlarmLog, generated.GetAlarmLog{UnitID: absent}), "unitNotFound", ""},
			"GetAlarmLog too long":    {failing(p.GetAlarmLog, generated.GetAlarmLog{DateFrom: from, DateTo: late}), "invalidParameter", "DateTo"},
			"GetAlarmLog too early":   {failing(p.GetAlarmLog, generated.GetAlarmLog{DateFrom: some(now.AddDate(0, -2, 0))}), "invalidParameter", "DateTo"},
			"CreateAlarm no Name":     {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.Name = none })), "invalidParameter", "Name"},
			"CreateAlarm no Type":     {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.Type = none })), "invalidParameter", "Type"},
			"CreateAlarm Type":        {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.Type = some("ByMagic") })), "invalidParameter", "Type"},
			"CreateAlarm Units":       {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.Units = []string{someUnit, noID} })), "unitNotFound", ""},
			"CreateAlarm Groups":      {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.Groups = []string{noID} })), "groupNotFound", ""},
			"CreateAlarm ZoneId":      {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.ZoneID = absent })), "zoneNotFound", ""},
			"CreateAlarm PointId":     {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.PointID = absent })), "pointNotFound", ""},
			"CreateAlarm no ZoneId":   {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.Type = some("ByZoneEnter") })), "invalidParameter", "ZoneId"},
			"CreateAlarm no PointId":  {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.Type = some("ByPointLeave") })), "invalidParameter", "PointId"},
			"CreateAlarm Weekdays":    {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.Weekdays = []string{"mandag"} })), "invalidParameter", "Weekdays"},
			"CreateAlarm InputIndex":  {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.InputIndex = some(int32(5)) })), "invalidParameter", "InputIndex"},
			"CreateAlarm TimeStart":   {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.TimeStart = some(generated.TimeOfDay{Hour: 24}) })), "invalidParameter", "TimeStart"},
			"CreateAlarm Radius":      {failing(p.CreateAlarm, alarm(func(a *generated.CreateAlarm) { a.Radius = some(0.0) })), "invalidParameter", "Radius"},
			"UpdateAlarm AddUnits":    {failing(p.UpdateAlarm, generated.UpdateAlarm{ID: s.Fleet().Alarms.All()[0].ID, AddUnits: []string{noID}}), "unitNotFound", ""},
			"UpdateAlarm Name":        {failing(p.UpdateAlarm, generated.UpdateAlarm{ID: s.Fleet().Alarms.All()[0].ID, Name: some("")}), "invalidParameter", "Name"},
			"CreateCategory no Name":  {failing(p.CreateCategory, generated.CreateCategory{}), "invalidParameter", "Name"},
			"CreateClient blank Name": {failing(p.CreateClient, generated.CreateClient{Name: blank}), "invalidParameter", "Name"},

			"CreateContact no ClientId": {failing(p.CreateContact, generated.CreateContact{Name: some("C")}), "invalidParameter", "ClientId"},
			"CreateContact no Name":     {failing(p.CreateContact, generated.CreateContact{ClientID: absent}), "invalidParameter", "Name"},
			"CreateContact ClientId":    {failing(p.CreateContact, generated.CreateContact{ClientID: absent, Name: some("C")}), "clientNotFound", ""},
			"GetContact ClientId":       {failing(p.GetContact, generated.GetContact{ClientID: absent}), "clientNotFound", ""},
			"GetGroup UnitId":           {failing(p.GetGroup, generated.GetGroup{UnitID: absent}), "unitNotFound", ""},
			"CreateGroup Units":         {failing(p.CreateGroup, generated.CreateGroup{Name: some("G"), Units: []string{noID}}), "unitNotFound", ""},
			"CreateGroup no Name":       {failing(p.CreateGroup, generated.CreateGroup{}), "invalidParameter", "Name"},
			"UpdateGroup AddUnits":      {failing(p.UpdateGroup, generated.UpdateGroup{ID: s.Fleet().Groups.All()[0].ID, AddUnits: []string{noID}}), "unitNotFound", ""},
			"CreateKey no SerialNumber": {failing(p.CreateKey, key(func(k *generated.CreateKey) { k.SerialNumber = none })), "invalidParameter", "SerialNumber"},
			"CreateKey SerialNumber":    {failing(p.CreateKey, key(func(k *generated.CreateKey) { k.SerialNumber = some("xyz") })), "invalidParameter", "SerialNumber"},
			"CreateKey KeyValid":        {failing(p.CreateKey, key(func(k *generated.CreateKey) { k.KeyValid = some("5sec") })), "invalidParameter", "KeyValid"},
			"CreateKey KeyExpire":       {failing(p.CreateKey, key(func(k *generated.CreateKey) { k.KeyExpire = some("never") })), "invalidParameter", "KeyExpire"},
			"CreateKey Units":           {failing(p.CreateKey, key(func(k *generated.CreateKey) { k.Units = []string{noID} })), "unitNotFound", ""},
			"CreateKey Groups":          {failing(p.CreateKey, key(func(k *generated.CreateKey) { k.Groups = []string{noID} })), "groupNotFound", ""},
			"CreatePoint no Location":   {failing(p.CreatePoint, generated.CreatePoint{Name: some("P")}), "invalidParameter", "Location"},
			"CreatePoint Location":      {failing(p.CreatePoint, generated.CreatePoint{Name: some("P"), Location: earth(-91, 0).Point}), "invalidParameter", "Location"},
			"CreateZone no Name":        {failing(p.CreateZone, generated.CreateZone{Polygon: zone.Polygon}), "invalidParameter", "Name"},
			"CreateZone no Polygon":     {failing(p.CreateZone, generated.CreateZone{Name: zone.Name}), "invalidParameter", "Polygon"},
			"CreateZone open":           {failing(p.CreateZone, polygon("POLYGON ((1 1, 1 2, 2 2, 2 1))")), "invalidParameter", "Polygon"},
			"CreateZone no polygon":     {failing(p.CreateZone, polygon("CIRCLE (1 1, 3)")), "invalidParameter", "Polygon"},
			"CreateZone off the earth":  {failing(p.CreateZone, polygon("POLYGON ((91 1, 1 2, 2 2, 91 1))")), "invalidParameter", "Polygon"},
			"CreateZone two corners":    {failing(p.CreateZone, polygon("POLYGON ((1 1, 1 2, 1 1))")), "invalidParameter", "Polygon"},
			"UpdateZone Polygon":        {failing(p.UpdateZone, generated.UpdateZone{ID: s.Fleet().Zones.All()[0].ID, Polygon: some("x")}), "invalidParameter", "Polygon"},
		} {
			t.Run(name, func(t *testing.T) { assertCode(t, c.call(t), c.code, c.field) })
		}
	})
}

// What is refused changes nothing.
func TestRefusedChangesNothing(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(5))
	p := portOf(t, s)
	alarm := s.Fleet().Alarms.All()[0]
	_, err := p.UpdateAlarm(t.Context(), &generated.UpdateAlarm{ID: alarm.ID, Name: some("x"), AddUnits: []string{noID}})
	require.ErrorIs(t, err, trackunit.ErrUnitNotFound)
	after, _ := s.Fleet().Alarms.Get(alarm.ID.Value())
	assert.Equal(t, alarm, after)
	before, _ := s.Fleet().Unit(someUnit)
	_, err = p.UpdateUnit(t.Context(), &generated.UpdateUnit{ID: some(someUnit), Name: some("x"), ClientID: some(noID)})
	require.ErrorIs(t, err, trackunit.ErrClientNotFound)
	unit, _ := s.Fleet().Unit(someUnit)
	assert.Equal(t, before, unit)
}

// The limit of 31 days is the last that is allowed.
func TestLongestSpan(t *testing.T) {
	p := portOf(t, trackunittest.NewService())
	call(t, p.GetReportUnitHistory, generated.GetReportUnitHistory{UnitID: some(someUnit), From: some(month), To: some(month.Add(31 * 24 * time.Hour))})
}
