package main

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// drawn makes 1,000 rows up, with a third of the members nil and now and then a number that hurts.
func drawn() ([]byte, error) {
	rng := rand.New(rand.NewPCG(1, 1))
	resp := new(generated.GetReportUnitHistoryResponse)
	for i := range 1000 {
		var row generated.UnitHistory
		v := reflect.ValueOf(&row).Elem()
		for k := range v.NumField() {
			if rng.IntN(3) > 0 {
				draw(rng, v.Field(k).Addr().Interface())
			}
		}
		row.Time = time.Date(2026, 1, 1, 0, i, 0, 0, time.UTC)
		resp.List = append(resp.List, row)
	}
	return write(resp)
}

// write writes an answer as .NET does: a nil for what is absent, and a space before the end of an empty element.
func write(resp *generated.GetReportUnitHistoryResponse) ([]byte, error) {
	name := xmlwire.Name{Space: resp.XMLType().Space, Local: resp.XMLType().Name}
	doc, err := xmlwire.AppendElement(nil, name, resp, xmlwire.WriteOptions{AbsentAsNil: true})
	return bytes.ReplaceAll(doc, []byte(`"/>`), []byte(`" />`)), err
}

func draw(rng *rand.Rand, field any) {
	switch f := field.(type) {
	case *xmlwire.Opt[float64]:
		hurts := []float64{0, 55.123456789012344, 1.2345678901234568e17, math.MaxFloat64, math.SmallestNonzeroFloat64}
		*f = xmlwire.Some(math.Round(rng.Float64()*1e4) / 100)
		if rng.IntN(8) == 0 {
			*f = xmlwire.Some(hurts[rng.IntN(len(hurts))])
		}
	case *xmlwire.Opt[int32]:
		*f = xmlwire.Some(rng.Int32N(1000))
	case *xmlwire.Opt[bool]:
		*f = xmlwire.Some(rng.IntN(2) == 0)
	case *xmlwire.Opt[string]:
		*f = xmlwire.Some(fmt.Sprint(10_000 + rng.IntN(100)))
	case *int32:
		*f = 2 + 4*rng.Int32N(2)
	case *xmlwire.Opt[generated.Location]:
		*f = xmlwire.Some(generated.Location{Latitude: 54 + rng.Float64()*4, Longitude: 8 + rng.Float64()*7})
	case *xmlwire.Opt[generated.Address]:
		*f = xmlwire.Some(generated.Address{City: xmlwire.Some("Helsingør"), Country: xmlwire.Some("DK"), ZipCode: xmlwire.Some("3000")})
	}
}
