package jsonwire_test

import (
	"encoding/json"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/soapfirst/trackunit/internal/jsonwire"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

var update = flag.Bool("update", false, "write the expectations anew")

// A machine has a member of every kind that there is a form for.
type machine struct {
	ID       xmlwire.Opt[string]
	Km       float64
	Speed    xmlwire.Opt[float64]
	Event    int32
	Big      xmlwire.Opt[int64]
	On       xmlwire.Opt[bool]
	Time     time.Time
	Fix      xmlwire.Opt[time.Time]
	Place    xmlwire.Opt[place]
	Next     *place
	ADLimits xmlwire.Opt[place]
	Units    []string
	Rows     []place
	Meta     []pair
}

type place struct{ Lat, Lon float64 }

type pair struct{ Key, Value xmlwire.Opt[string] }

func (*machine) XMLType() *xmlwire.Type { return &machineType }
func (*place) XMLType() *xmlwire.Type   { return &placeType }
func (*pair) XMLType() *xmlwire.Type    { return &pairType }

var machineType = xmlwire.Type{Name: "Machine", Members: []xmlwire.Member{
	{Field: "ID", Name: "Id", Kind: xmlwire.String}, {Field: "Km", Kind: xmlwire.Float64}, {Field: "Speed", Kind: xmlwire.Float64},
	{Field: "Event", Kind: xmlwire.Int32}, {Field: "Big", Kind: xmlwire.Int64}, {Field: "On", Kind: xmlwire.Bool},
	{Field: "Time", Kind: xmlwire.DateTime}, {Field: "Fix", Kind: xmlwire.DateTime}, {Field: "Place", Kind: xmlwire.Struct},
	{Field: "Next", Kind: xmlwire.Struct}, {Field: "ADLimits", Kind: xmlwire.Struct},
	{Field: "Units", Item: "string", Kind: xmlwire.String}, {Field: "Rows", Item: "Place", Kind: xmlwire.Struct},
	{Field: "Meta", Item: "KeyValueOfstringstring", Kind: xmlwire.Struct},
}}

var placeType = xmlwire.Type{Name: "Place", Members: []xmlwire.Member{{Field: "Lat", Kind: xmlwire.Float64}, {Field: "Lon", Kind: xmlwire.Float64}}}

var pairType = xmlwire.Type{Members: []xmlwire.Member{{Field: "Key", Kind: xmlwire.String}, {Field: "Value", Kind: xmlwire.String}}}

// TestRead reads the documents in testdata/read.txtar, strictly and leniently, and compares what they come to, which is
// written down as the value in XML or as the error.
func TestRead(t *testing.T) {
	const file = "testdata/read.txtar"
	archive, err := txtar.ParseFile(file)
	require.NoError(t, err)
	for i := 0; i+1 < len(archive.Files); i += 2 {
		in, want := archive.Files[i], &archive.Files[i+1]
		t.Run(in.Name, func(t *testing.T) {
			document := strings.TrimSuffix(string(in.Data), "\n")
			got := "strict: " + outcome(document, false) + "\nlenient: " + outcome(document, true) + "\n"
			if *update {
				want.Data = []byte(got)
				return
			}
			assert.Equal(t, string(want.Data), got)
		})
	}
	if *update {
		require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o644))
	}
}

func outcome(document string, lenient bool) string {
	var m machine
	if err := jsonwire.Decode(strings.NewReader(document), &m, nil, jsonwire.ReadOptions{Lenient: lenient}); err != nil {
		return err.Error()
	}
	text, err := xmlwire.AppendElement(nil, xmlwire.Name{Local: "M"}, &m, xmlwire.WriteOptions{})
	if err != nil {
		return "no XML: " + err.Error()
	}
	return string(text)
}

// Documents that are written are those that ServiceStack was seen to write, number by number.
func TestNumbers(t *testing.T) {
	for want, x := range map[string]float64{
		"0": math.Copysign(0, -1), "55.1234567890123": 55.123456789012344, "1.23456789012346E+17": 123456789012345680, "1E+15": 1e15,
		"9.00719925474099E+15": 9007199254740992, "1E-05": 1e-5, "0.0001": 1e-4, "5E-07": 5e-7, "100": 100, "-12.5": -12.5,
		"1.7976931348623157E+308": math.MaxFloat64, "4.94065645841247E-324": math.SmallestNonzeroFloat64,
		"2.2250738585072E-308": 2.2250738585072014e-308, "0.3": 0.1 + 0.2, "0.333333333333333": 1.0 / 3, "123456789012345": 123456789012345,
		"NaN": math.NaN(), "Infinity": math.Inf(1), "-Infinity": math.Inf(-1), "200158.7": 200158.7,
	} {
		text, err := jsonwire.Append(nil, &place{Lat: x}, jsonwire.WriteOptions{AsServiceStack: true})
		require.NoError(t, err)
		assert.Equal(t, `{"lat":`+want+`,"lon":0}`, string(text))
	}
}

func TestWrite(t *testing.T) {
	m := machine{
		ID: xmlwire.Some("a\"\\\n\u2028<é🚜\x00"), Km: math.Copysign(0, -1), Speed: xmlwire.Nil[float64](), Big: xmlwire.Some(int64(math.MinInt64)),
		Time: time.Date(2026, 1, 2, 3, 4, 5, 123456789, time.UTC), Fix: xmlwire.Some(time.Date(2026, 1, 2, 3, 4, 5, 0, xmlwire.NoZone)),
		Next: &place{Lat: 1.0 / 3}, ADLimits: xmlwire.Some(place{}), Units: []string{}, Rows: []place{{1, 2}},
		Meta: []pair{{xmlwire.Some("K"), xmlwire.Some("v")}, {xmlwire.Some("L"), xmlwire.Opt[string]{}}},
	}
	text, err := jsonwire.Append(nil, &m, jsonwire.WriteOptions{})
	require.NoError(t, err)
	assert.Equal(t, `{"id":"a\"\\\n\u2028<é🚜\u0000","km":-0,"event":0,"big":-9223372036854775808,"time":"2026-01-02T03:04:05.1234567Z",`+
		`"fix":"2026-01-02T03:04:05.0000000","next":{"lat":0.3333333333333333,"lon":0},"adLimits":{"lat":0,"lon":0},"units":[],`+
		`"rows":[{"lat":1,"lon":2}],"meta":{"K":"v","L":""}}`, string(text))
	assert.True(t, json.Valid(text))
	m.Fix = xmlwire.Some(time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 7200)))
	text, err = jsonwire.Append(nil, &m, jsonwire.WriteOptions{AsServiceStack: true})
	require.NoError(t, err)
	assert.Contains(t, string(text), `"fix":"2026-01-02T03:04:05.0000000+02:00","next":{"lat":0.333333333333333,`)

	assert.Equal(t, "adVoltageLimits", jsonwire.CamelCase("ADVoltageLimits"))
	assert.Equal(t, "id", jsonwire.CamelCase("ID"))
	assert.Equal(t, "x", jsonwire.CamelCase("X"))
	assert.Equal(t, "already", jsonwire.CamelCase("already"))
}

// A list is read row by row, and given up when nobody wants more.
func TestRows(t *testing.T) {
	const document = `{"Rows":[{"lat":1},{"lat":2},{"lat":3}],"id":"x"}`
	var got []float64
	var m machine
	rows := xmlwire.NewRows("Rows", func(p place) bool { got = append(got, p.Lat); return true })
	require.NoError(t, jsonwire.Decode(iotest.OneByteReader(strings.NewReader(document)), &m, rows, jsonwire.ReadOptions{}))
	assert.Equal(t, []float64{1, 2, 3}, got)
	assert.Nil(t, m.Rows)
	assert.Equal(t, "x", m.ID.Value())

	rows = xmlwire.NewRows("Rows", func(place) bool { return false })
	assert.ErrorIs(t, jsonwire.Decode(strings.NewReader(document), &m, rows, jsonwire.ReadOptions{}), xmlwire.ErrStopped)
	assert.Equal(t, 1, rows.Count())
}

// A source that fails is reported as it is, and one that ends as cut off.
func TestSource(t *testing.T) {
	broken := errors.New("cable cut")
	err := jsonwire.Decode(io.MultiReader(strings.NewReader(`{"id":"`), iotest.ErrReader(broken)), new(machine), nil, jsonwire.ReadOptions{})
	assert.ErrorIs(t, err, broken)
	for _, document := range []string{"", " ", "{", `{"id`, `{"id":"x`, `{"id":"x"`, `{"rows":[`, `{"id":"\u00`} {
		err := jsonwire.Decode(strings.NewReader(document), new(machine), nil, jsonwire.ReadOptions{})
		var syntax *xmlwire.SyntaxError
		require.ErrorAs(t, err, &syntax, document)
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
		assert.Equal(t, int64(len(document)), syntax.Offset)
	}
	deep := strings.Repeat("[", 200)
	var limit *xmlwire.LimitError
	assert.ErrorAs(t, jsonwire.Decode(strings.NewReader(`{"x":`+deep), new(machine), nil, jsonwire.ReadOptions{}), &limit)
}

// FuzzDecode: nothing makes it panic; what it takes that encoding/json takes too it writes so that it reads the same again.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"id":"a","km":1.5,"event":2,"time":"2026-01-01T00:00:00.0000000Z","place":{"lat":NaN},"units":["a","b"],"meta":{"k":"v"},"rows":[{}]}`,
		`{"id":null,"units":"a,b","on":"true","big":9e9}`, `{"id":"\ud83d\ude9c\udc00"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, document string) {
		var m, again machine
		_ = jsonwire.Decode(strings.NewReader(document), &m, nil, jsonwire.ReadOptions{Lenient: true})
		if jsonwire.Decode(strings.NewReader(document), &m, nil, jsonwire.ReadOptions{}) != nil {
			return
		}
		text, err := jsonwire.Append(nil, &m, jsonwire.WriteOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := jsonwire.Decode(strings.NewReader(string(text)), &again, nil, jsonwire.ReadOptions{}); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if second, _ := jsonwire.Append(nil, &again, jsonwire.WriteOptions{}); string(second) != string(text) {
			t.Fatalf("%s\n%s", text, second)
		}
	})
}
