package trackunittest

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest/internal/world"
)

// firstUnit is the id of the first unit of every fleet.
const firstUnit = 46208

// unitID returns the id of a unit of the seed. Ids have gaps, as those of a service that has lost some units have.
func unitID(index int) string { return strconv.Itoa(firstUnit + 3*index + index/2%3) }

// unitIndex is the inverse of unitID.
func (f *Fleet) unitIndex(id string) (int, bool) {
	n, err := strconv.Atoi(id)
	if err != nil || n < firstUnit {
		return 0, false
	}
	index := (n - firstUnit) / 3
	return index, index < f.size && unitID(index) == id
}

func serialNumber(index int) string { return strconv.Itoa(223120 + 7*index + index*index%5) }

// A master is what a user may change of a unit.
type master struct {
	Name, ReferenceNumber, Note, VehicleType       xmlwire.Opt[string]
	ClientID, CategoryID                           xmlwire.Opt[string]
	Input1Name, Input2Name, Input3Name, Input4Name xmlwire.Opt[string]
	PreKm, PreRun1, PreRun2                        xmlwire.Opt[float64]
	IsActive                                       xmlwire.Opt[bool]
}

// An owned unit was put in by SetUnit or SetHistory.
type owned struct {
	unit    generated.Unit
	history []generated.UnitHistory // nil for the one made up
}

// The methods below want the lock of the fleet to be held.

func (f *Fleet) hasUnit(id string) bool {
	if f.own[id] != nil {
		return true
	}
	_, ok := f.unitIndex(id)
	return ok
}

func (f *Fleet) unit(id string) (generated.Unit, bool) {
	if own := f.own[id]; own != nil {
		return own.unit, true
	}
	index, ok := f.unitIndex(id)
	if !ok {
		return generated.Unit{}, false
	}
	w := f.world.Unit(index)
	return f.show(&w), true
}

// eachID calls yield with the ids of all units, in order.
func (f *Fleet) eachID(yield func(id string) bool) {
	for i := range f.size {
		if !yield(unitID(i)) {
			return
		}
	}
	for _, id := range f.ownOrder {
		if !yield(id) {
			return
		}
	}
}

// machine returns what is made up about a unit that exists, also about one that a test put in.
func (f *Fleet) machine(id string) world.Unit {
	index, ok := f.unitIndex(id)
	own := f.own[id]
	if !ok && id != unitID(index) {
		h := fnv.New32a()
		h.Write([]byte(id))
		index = 1<<24 + int(h.Sum32()>>8)
	}
	w := f.world.Unit(index)
	if own != nil {
		w.Until = time.Time{}
		if w.Mounted = own.unit.CreatedAt; w.Mounted.Before(f.world.Epoch) {
			w.Mounted = f.world.Epoch
		}
	}
	return w
}

// master returns what users may change of a unit of the seed.
func (f *Fleet) master(w *world.Unit) master {
	m, ok := f.changed[w.Index]
	if !ok {
		m = f.firstMaster(w)
	}
	// What refers to a record that was deleted refers to nothing.
	if id, ok := m.ClientID.Get(); ok && !f.Clients.has(id) {
		m.ClientID = xmlwire.Opt[string]{}
	}
	if id, ok := m.CategoryID.Get(); ok && !f.Categories.has(id) {
		m.CategoryID = xmlwire.Opt[string]{}
	}
	return m
}

func (f *Fleet) firstMaster(w *world.Unit) master {
	inputs := &w.Country.Language.Inputs
	m := master{
		Name:            xmlwire.Some(w.Name()),
		ReferenceNumber: xmlwire.Some(fmt.Sprintf("PIN-%05d", w.Index+1)),
		Note:            xmlwire.Some(""),
		VehicleType:     xmlwire.Some("Machine"),
		CategoryID:      xmlwire.Some(strconv.Itoa(firstCategory + w.KindNo)),
		Input1Name:      xmlwire.Some(inputs[0]), Input2Name: xmlwire.Some(inputs[1]),
		Input3Name: xmlwire.Some(inputs[2]), Input4Name: xmlwire.Some(inputs[3]),
		PreKm: xmlwire.Some(w.PreKm), PreRun1: xmlwire.Some(w.PreRun), PreRun2: xmlwire.Some(0.0),
		IsActive: xmlwire.Some(w.Until.IsZero()),
	}
	if w.Kind.OnRoad {
		m.VehicleType = xmlwire.Some("Car")
	}
	if client, ok := f.clientOf(w); ok {
		m.ClientID = xmlwire.Some(client)
	}
	return m
}

// show makes the unit that the service shows for a unit of the seed.
func (f *Fleet) show(w *world.Unit) generated.Unit {
	m := f.master(w)
	serial := serialNumber(w.Index)
	u := generated.Unit{
		ID:           xmlwire.Some(unitID(w.Index)),
		SerialNumber: xmlwire.Some(serial),
		PhoneNumber:  xmlwire.Some(fmt.Sprintf("%s%08d", w.Country.Dial, w.Index)),
		DeviceType:   xmlwire.Some("Trackunit"),
		DeviceModel:  xmlwire.Some(w.Model),
		DisplayName:  xmlwire.Some(m.Name.Value() + " (" + serial + ")"),
		CreatedAt:    w.Mounted,
		IsOwn:        xmlwire.Some(!m.ClientID.IsSet()),
	}
	m.apply(&u)
	if s, ok := w.Latest(); ok {
		showState(&u, w, &s)
		u.CurrentStop = xmlwire.Some(int32(f.stopped(w, &s).Seconds()))
		u.KeyID = f.driver(w, &s)
	}
	return u
}

// stopped returns for how long the unit has stood now, of which s is the latest row.
func (f *Fleet) stopped(w *world.Unit, s *world.State) time.Duration {
	if s.Running {
		return 0
	}
	return s.Stopped + f.world.Now.Sub(s.Time)
}

// showState fills in what the unit sent last.
func showState(u *generated.Unit, w *world.Unit, s *world.State) {
	row := historyRow(w, s)
	u.MessageTime = xmlwire.Some(s.Time)
	u.GpsFixTime = xmlwire.Some(s.Time)
	u.GpsSignalQuality = xmlwire.Some("Good")
	if !s.Fix {
		u.GpsSignalQuality = xmlwire.Some("Bad")
	}
	u.GsmLevel = xmlwire.Some(s.GSM)
	u.GsmSignalQuality = xmlwire.Some("Good")
	if s.GSM < 70 {
		u.GsmSignalQuality = xmlwire.Some("Bad")
	}
	u.Altitude = xmlwire.Some(s.Altitude)
	u.Location, u.Address = xmlwire.Some(location(s.Location)), xmlwire.Some(address(s.Address))
	u.Heading, u.Speed = xmlwire.Some(int32(s.Heading)), xmlwire.Some(s.Speed)
	u.Km, u.Run1, u.Run2, u.Run3, u.Run4, u.RunOdo = row.Km, row.Run1, row.Run2, row.Run3, row.Run4, row.RunOdo
	u.Temperature1, u.Temperature2 = row.Temperature1, row.Temperature2
	u.BatteryLevel, u.ExternalPower = row.BatteryLevel, row.ExternalPower
	u.AnalogInput1, u.AnalogInput2, u.AnalogInput4 = row.AnalogInput1, row.AnalogInput2, row.AnalogInput4
	u.Input1, u.Input2, u.Input3, u.Input4, u.Input5 = row.Input1, row.Input2, row.Input3, row.Input4, row.Input5
	u.Input6, u.Input7, u.Input8, u.Input9, u.Input10 = row.Input6, row.Input7, row.Input8, row.Input9, row.Input10
	u.Input1ChangeCounter, u.Input2ChangeCounter = row.Input1ChangeCounter, row.Input2ChangeCounter
	u.Input3ChangeCounter, u.Input4ChangeCounter = row.Input3ChangeCounter, row.Input4ChangeCounter
	u.Output1, u.Output2, u.Output3, u.Output4, u.Output5 = row.Output1, row.Output2, row.Output3, row.Output4, row.Output5
}

// masterOf takes out of u what users may change.
func masterOf(u *generated.Unit) master {
	return master{
		Name: u.Name, ReferenceNumber: u.ReferenceNumber, Note: u.Note, VehicleType: u.VehicleType,
		ClientID: u.ClientID, CategoryID: u.CategoryID,
		Input1Name: u.Input1Name, Input2Name: u.Input2Name, Input3Name: u.Input3Name, Input4Name: u.Input4Name,
		PreKm: u.PreKm, PreRun1: u.PreRun1, PreRun2: u.PreRun2, IsActive: u.IsActive,
	}
}

// apply puts m into u.
func (m *master) apply(u *generated.Unit) {
	u.Name, u.ReferenceNumber, u.Note, u.VehicleType = m.Name, m.ReferenceNumber, m.Note, m.VehicleType
	u.ClientID, u.CategoryID = m.ClientID, m.CategoryID
	u.Input1Name, u.Input2Name, u.Input3Name, u.Input4Name = m.Input1Name, m.Input2Name, m.Input3Name, m.Input4Name
	u.PreKm, u.PreRun1, u.PreRun2, u.IsActive = m.PreKm, m.PreRun1, m.PreRun2, m.IsActive
}

// change has edit change what users may change of a unit, which must exist.
func (f *Fleet) change(id string, edit func(*master)) {
	if own := f.own[id]; own != nil {
		m := masterOf(&own.unit)
		edit(&m)
		m.apply(&own.unit)
		own.unit.DisplayName = displayName(&own.unit)
		f.touch(kindUnit, id)
		return
	}
	w := f.machine(id)
	m := f.master(&w)
	edit(&m)
	f.changed[w.Index] = m
	f.touch(kindChanged, id)
}

func displayName(u *generated.Unit) xmlwire.Opt[string] {
	name, ok := u.Name.Get()
	if !ok {
		return u.DisplayName
	}
	return xmlwire.Some(name + " (" + u.SerialNumber.Value() + ")")
}

func location(l world.Location) generated.Location {
	return generated.Location{Latitude: l.Latitude, Longitude: l.Longitude}
}

func address(a world.Address) generated.Address {
	return generated.Address{
		StreetAddress: xmlwire.Some(a.Street), ZipCode: xmlwire.Some(a.Zip),
		City: xmlwire.Some(a.City), Country: xmlwire.Some(a.Country),
	}
}
