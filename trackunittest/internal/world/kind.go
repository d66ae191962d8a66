package world

// A Kind is a kind of machine and how it is used on a common working day.
type Kind struct {
	Name    string // in English
	OnRoad  bool   // it drives to where it works
	Km      float64
	Run     float64 // hours that the engine runs
	PTO     float64 // hours of work with what the engine drives
	Drive   float64 // minutes of one drive
	Volts   float64 // of the electrical system
	CAN     bool    // the engine's computer is read: extended information and faults
	Keys    bool    // it starts with a driver's key
	Weight  int     // how common it is
	Sensors bool    // of temperature
}

// Kinds are the kinds of machines, in the order in which languages name them.
var Kinds = []Kind{
	{Name: "Excavator", Km: 2.5, Run: 6.2, PTO: 4.5, Drive: 14, Volts: 24, CAN: true, Keys: true, Weight: 6},
	{Name: "Wheel loader", Km: 4, Run: 6.0, PTO: 3.8, Drive: 18, Volts: 24, CAN: true, Keys: true, Weight: 5},
	{Name: "Dumper", Km: 5, Run: 5.6, PTO: 2.0, Drive: 22, Volts: 24, CAN: true, Keys: true, Weight: 3},
	{Name: "Roller", Km: 2, Run: 4.2, PTO: 3.0, Drive: 15, Volts: 12, Weight: 3},
	{Name: "Telehandler", Km: 3, Run: 5.0, PTO: 3.6, Drive: 16, Volts: 12, CAN: true, Keys: true, Weight: 4},
	{Name: "Scissor lift", Km: 0.6, Run: 3.0, PTO: 2.2, Drive: 8, Volts: 24, Keys: true, Weight: 5},
	{Name: "Generator", Km: 0, Run: 6.0, PTO: 5.5, Drive: 8, Volts: 12, CAN: true, Weight: 3, Sensors: true},
	{Name: "Compressor", Km: 0, Run: 4.4, PTO: 4.0, Drive: 8, Volts: 12, Weight: 2, Sensors: true},
	{Name: "Truck", OnRoad: true, Km: 96, Run: 5.8, PTO: 1.4, Drive: 48, Volts: 24, CAN: true, Keys: true, Weight: 3, Sensors: true},
	{Name: "Van", OnRoad: true, Km: 64, Run: 4.6, PTO: 0.4, Drive: 38, Volts: 12, Weight: 4},
}

// kindByWeight holds each kind as often as it is common.
var kindByWeight = func() []int {
	var list []int
	for i := range Kinds {
		for range Kinds[i].Weight {
			list = append(list, i)
		}
	}
	return list
}()
