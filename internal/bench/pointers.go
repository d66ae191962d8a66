package main

import (
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// The types of the answer once more, with pointers for what may be absent: what is paid for having them. Their tables
// are those of the generated types, but for the Go types of the fields, which xmlwire looks up itself.
type (
	pointerResponse struct {
		List           []pointerHistory
		ResponseStatus *generated.ResponseStatus
	}
	pointerHistory struct {
		Address             *pointerAddress
		AnalogInput1        *float64
		AnalogInput2        *float64
		AnalogInput4        *float64
		BatteryLevel        *float64
		Event               int32
		ExternalPower       *float64
		Heading             *int32
		Input1              *bool
		Input10             *bool
		Input1ChangeCounter *int32
		Input2              *bool
		Input2ChangeCounter *int32
		Input3              *bool
		Input3ChangeCounter *int32
		Input4              *bool
		Input4ChangeCounter *int32
		Input5              *bool
		Input6              *bool
		Input7              *bool
		Input8              *bool
		Input9              *bool
		KeyID               *string
		Km                  *float64
		Location            *pointerLocation
		Output1             *bool
		Output2             *bool
		Output3             *bool
		Output4             *bool
		Output5             *bool
		Run1                *float64
		Run2                *float64
		Run3                *float64
		Run4                *float64
		RunOdo              *float64
		Speed               *float64
		Temperature1        *float64
		Temperature2        *float64
		Time                time.Time
	}
	pointerAddress struct {
		City          *string
		Country       *string
		StreetAddress *string
		ZipCode       *string
	}
	pointerLocation struct {
		Latitude  float64
		Longitude float64
	}
)

func (*pointerResponse) XMLType() *xmlwire.Type { return &xmlPointerResponse }
func (*pointerHistory) XMLType() *xmlwire.Type  { return &xmlPointerHistory }
func (*pointerAddress) XMLType() *xmlwire.Type  { return &xmlPointerAddress }
func (*pointerLocation) XMLType() *xmlwire.Type { return &xmlPointerLocation }

var (
	xmlPointerResponse, xmlPointerHistory, xmlPointerAddress, xmlPointerLocation xmlwire.Type
)

func init() {
	for t, m := range map[*xmlwire.Type]xmlwire.Message{
		&xmlPointerResponse: new(generated.GetReportUnitHistoryResponse),
		&xmlPointerHistory:  new(generated.UnitHistory),
		&xmlPointerAddress:  new(generated.Address),
		&xmlPointerLocation: new(generated.Location),
	} {
		from := m.XMLType()
		t.Name, t.Space, t.Members = from.Name, from.Space, from.Members
	}
}
