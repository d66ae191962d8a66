package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// payload returns an answer of that many rows, without its envelope, and says where it is from.
func payload(rows int) (doc []byte, source string, err error) {
	doc, source = drawn(), "drawn rows"
	if dir := os.Getenv(testenv.SOAPExchanges); dir != "" {
		if doc, err = captured(filepath.Join(dir, "soap", "GetReportUnitHistory.11.big-1000-rows.txt")); err != nil {
			return nil, "", err
		}
		source = "captured rows"
	}
	const open, end = "<List>", "</List>"
	first := bytes.Index(doc, []byte(open)) + len(open)
	last := bytes.Index(doc, []byte(end))
	if last < first {
		return nil, "", errors.New("the payload holds no list")
	}
	list := doc[first:last]
	have := bytes.Count(list, []byte("</UnitHistory>"))
	if rows%have != 0 {
		return nil, "", fmt.Errorf("the rows must be a multiple of %d", have)
	}
	return bytes.Join([][]byte{doc[:first], bytes.Repeat(list, rows/have), doc[last:]}, nil), source, nil
}

// captured returns the element in the body of a captured answer.
func captured(file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	_, response, ok := bytes.Cut(data, []byte("\n=== response\n"))
	if !ok {
		return nil, fmt.Errorf("%s: no response in it", file)
	}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(response)), nil)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	first := bytes.Index(body, []byte("<GetReportUnitHistoryResponse"))
	last := bytes.Index(body, []byte("</s:Body>"))
	if first < 0 || last < first {
		return nil, fmt.Errorf("%s: no answer in it", file)
	}
	return body[first:last], nil
}

// drawn makes 1,000 rows up, with a third of the members nil and now and then a number that hurts.
func drawn() []byte {
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
	name := xmlwire.Name{Space: resp.XMLType().Space, Local: resp.XMLType().Name}
	doc, err := xmlwire.AppendElement(nil, name, resp, xmlwire.WriteOptions{AbsentAsNil: true})
	if err != nil {
		panic(err) // the rows are our own
	}
	return bytes.ReplaceAll(doc, []byte(`"/>`), []byte(`" />`)) // as .NET writes it
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
