package xmlwire_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A route has stops, which are long, in another namespace than their parts, and of several types.
type route struct {
	Name  string
	Stops []stop
	Ways  []way
	Rest  []Raw
}

type stop struct {
	At    Opt[int64] // an attribute
	Names []string
	Place *where
	Mark  Opt[mark]
	Last  Opt[bool]
}

type where struct{ City, Street Opt[string] }

type mark struct{ X, Y int32 } // nothing but attributes

type way interface{ isWay() }

type road struct{ Lanes int32 }

type track struct {
	Lanes  int32
	Gauges []float64
}

func (*road) isWay()  {}
func (*track) isWay() {}

func (*route) XMLType() *Type { return &xmlRoute }
func (*stop) XMLType() *Type  { return &xmlStop }
func (*where) XMLType() *Type { return &xmlWhere }
func (*mark) XMLType() *Type  { return &xmlMark }
func (*road) XMLType() *Type  { return &xmlRoad }
func (*track) XMLType() *Type { return &xmlTrack }

const nsParts = "urn:test:parts"

var (
	xmlRoute = Type{Name: "Route", Space: nsMain, Members: []Member{
		{Field: "Name", Kind: String},
		{Field: "Stops", Item: "Stop", Kind: Struct},
		{Field: "Ways", Name: "Way", Kind: Poly, Alts: []Message{(*road)(nil), (*track)(nil)}},
		{Field: "Rest", Kind: AnyElement},
	}}
	xmlStop = Type{Name: "Stop", Space: nsParts, Members: []Member{
		{Field: "At", Kind: Int64, Flags: Attr},
		{Field: "Names", Name: "Name", Kind: String},
		{Field: "Place", Kind: Struct},
		{Field: "Mark", Kind: Struct},
		{Field: "Last", Kind: Bool},
	}}
	xmlWhere = Type{Name: "Place", Space: nsParts, Members: []Member{{Field: "City", Kind: String}, {Field: "Street", Kind: String}}}
	xmlMark  = Type{Name: "Mark", Space: nsParts, Members: []Member{{Field: "X", Kind: Int32, Flags: Attr}, {Field: "Y", Kind: Int32, Flags: Attr}}}
	xmlRoad  = Type{Name: "Road", Space: nsMain, Members: []Member{{Field: "Lanes", Kind: Int32}}}
	xmlTrack = Type{Name: "Track", Space: nsMain, Members: []Member{{Field: "Lanes", Kind: Int32}, {Field: "Gauges", Name: "Gauge", Kind: Float64}}}
)

// someRoute has some of everything.
func someRoute() *route {
	r := &route{Name: "E 45", Rest: []Raw{`<x xmlns="urn:x" a="1">y<z/></x>`}}
	for i := range 4 {
		place := &where{City: Some(fmt.Sprint("Århus & ", i))}
		r.Stops = append(r.Stops, stop{Names: []string{"a", strings.Repeat("]b ", 40)}, Place: place, Last: Some(true)})
		r.Ways = append(r.Ways, &track{Lanes: 1, Gauges: []float64{1.435, float64(i)}})
	}
	return r
}

// Items that are longer than what is left of the window, each in its turn, come out as they do when nothing is predicted,
// however the document is cut into pieces and whatever its namespaces are called.
func TestLongItems(t *testing.T) {
	want := &route{Name: "E 45"}
	for i := range 40 {
		s := stop{Names: make([]string, 100+i), Place: &where{City: Some(fmt.Sprint("City ", i))}}
		for k := range s.Names {
			s.Names[k] = fmt.Sprintf("name %d of %d", k, i)
		}
		switch i % 4 {
		case 0:
			s.Last = Some(true) // all between is left out
		case 1:
			s.At, s.Mark, s.Place.Street = Some[int64](7), Some(mark{1, -2}), Nil[string]()
		case 2:
			s.Place, s.Mark = nil, Some(mark{3, 4})
		}
		want.Stops = append(want.Stops, s)
		want.Ways = append(want.Ways, &road{Lanes: int32(i)}, &track{Lanes: 1, Gauges: []float64{1.435, float64(i)}})
	}
	doc, err := AppendElement(nil, Name{Space: nsMain, Local: "Route"}, want, WriteOptions{})
	require.NoError(t, err)
	require.Greater(t, len(doc), 2*64<<10)
	other := strings.NewReplacer("<ns1:", "<p:", "</ns1:", "</p:", "xmlns:ns1=", "xmlns:p=", "/>", " />").Replace(string(doc))
	for _, doc := range []string{string(doc), other, underPrefix(string(doc))} {
		for _, n := range []int{333, 4096, 50_000, len(doc)} {
			got, slow := new(route), new(route)
			require.NoError(t, readPieces([]byte(doc), n, got, ReadOptions{}))
			assert.Equal(t, want, got)
			require.NoError(t, readPieces([]byte(doc), n, slow, ReadOptions{NoPrediction: true}))
			assert.Equal(t, want, slow)
		}
	}
}

// What no member takes, or comes twice, or is of a type that is not known, does not lead prediction astray.
func TestOddItems(t *testing.T) {
	const head, tail = `<Route xmlns="urn:test:main" xmlns:p="urn:test:parts" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">`, `</Route>`
	tests := []struct {
		name, doc, wrong string
		check            func(t *testing.T, r *route)
	}{
		{"wildcard between", `<Name>a</Name><p:Any>1</p:Any><Stops><Stop/></Stops>`, "", func(t *testing.T, r *route) {
			assert.Len(t, r.Rest, 1)
			assert.Len(t, r.Stops, 1)
		}},
		{"place twice", `<Stops><Stop><p:Place><p:City>a</p:City></p:Place><p:Place><p:Street>b</p:Street></p:Place></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, &where{Street: Some("b")}, r.Stops[0].Place)
		}},
		{"out of order", `<Stops><Stop><p:Last>true</p:Last><p:Name>a</p:Name><p:Mark X="1" Y="2" /><p:Name>b</p:Name></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []string{"a", "b"}, r.Stops[0].Names)
			assert.Equal(t, Some(mark{1, 2}), r.Stops[0].Mark)
		}},
		{"prefix of something else", `<Stops xmlns:p="urn:other"><Stop><p:Last>true</p:Last></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.False(t, r.Stops[0].Last.IsSet())
		}},
		{"attribute twice", `<Stops><Stop><p:Mark X="1" X="2"/></Stop></Stops>`, "X", nil},
		{"attributes of scalars", `<Stops><Stop><p:Name a="1">a</p:Name><p:Place><p:City i:type="x" >b</p:City><p:Street q="1" i:nil="true"/></p:Place><p:Last a="1" i:nil='1' /></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []stop{{Names: []string{"a"}, Place: &where{Some("b"), Nil[string]()}, Last: Nil[bool]()}}, r.Stops)
		}},
		{"attributes that differ by their prefix", `<Stops><Stop><p:Mark p:X="1" X="2"/><p:Last p:a="1" i:a="2">true</p:Last></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, Some(mark{X: 2}), r.Stops[0].Mark)
			assert.Equal(t, Some(true), r.Stops[0].Last)
		}},
		{"attribute of a scalar twice", `<Stops><Stop><p:Last p:a="1" q:a="2" xmlns:q="urn:test:parts">true</p:Last></Stop></Stops>`, "a", nil},
		{"attribute of a scalar under no prefix that is declared", `<Stops><Stop><p:Last q:a="1">true</p:Last></Stop></Stops>`, "undeclared prefix q", nil},
		{"declarations in scalars", `<Stops><Stop xmlns:z="urn:z"><p:Last xmlns:q="urn:q" q:a="1">true</p:Last></Stop><Stop><q:Last xmlns:q="urn:test:parts">true</q:Last></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []stop{{Last: Some(true)}, {Last: Some(true)}}, r.Stops)
		}},
		{"odd texts", `<Stops><Stop><p:Name>a<!-- b --></p:Name><p:Place><p:City><![CDATA[<c>]]></p:City></p:Place><p:Last>tr<?x?>ue</p:Last></Stop><Stop><p:Name>d</p:Name></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []stop{{Names: []string{"a"}, Place: &where{City: Some("<c>")}, Last: Some(true)}, {Names: []string{"d"}}}, r.Stops)
		}},
		{"odd texts that are wrong", `<Stops><Stop><p:Name>a</p:Name><p:Last>tr<!-- --></p:Last></Stop></Stops>`, "/Route/Stops/Stop/Last: offset", nil},
		{"declarations in texts that mean something", `<Stops><Stop><p:Last xmlns:p="urn:other">false</p:Last><p:Name xmlns:p="urn:test:parts">a</p:Name></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []stop{{Names: []string{"a"}}}, r.Stops)
		}},
		{"declarations in structs that mean something", `<Stops><Stop xmlns="urn:test:main" xmlns:p="urn:other"><p:Last>false</p:Last></Stop><Stop><p:Place xmlns:q="urn:test:parts"><q:City>a</q:City></p:Place></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []stop{{}, {Place: &where{City: Some("a")}}}, r.Stops)
		}},
		{"declarations that are wrong", `<Stops><Stop><p:Last xmlns:q="">false</p:Last></Stop></Stops>`, "the prefix q is bound to no namespace", nil},
		{"declaration twice", `<Stops><Stop><p:Last xmlns:p="urn:test:parts" xmlns:p="urn:test:parts">false</p:Last></Stop></Stops>`, "duplicate attribute p", nil},
		{"nil with a value", `<Stops><Stop><p:Last i:nil="true">false</p:Last></Stop></Stops>`, "/Route/Stops/Stop/Last: offset", nil},
		{"nil with white space", `<Stops><Stop><p:Last i:nil="true" ></p:Last` + "\n" + `></Stop><Stop><p:Place><p:City i:nil="1"></p:City ></p:Place ></Stop` + "\t" + `></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []stop{{Last: Nil[bool]()}, {Place: &where{City: Nil[string]()}}}, r.Stops)
		}},
		{"comments", `<!----><Stops><!-- <Stop> --><Stop><!-- a --><p:Place> <!-- b --> <p:City>a</p:City><!--c--></p:Place> <!--d--></Stop><!--e--></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []stop{{Place: &where{City: Some("a")}}}, r.Stops)
		}},
		{"a comment that is wrong", `<Stops><Stop><!-- a -- b --><p:Last>true</p:Last></Stop></Stops>`, "/Route/Stops/Stop: offset", nil},
		{"text behind a comment", `<Stops><Stop><!-- a --> b<p:Last>true</p:Last></Stop></Stops>`, "/Route/Stops/Stop: offset", nil},
		{"CDATA", `<Stops><Stop><p:Place><p:City><![CDATA[]]></p:City><p:Street><![CDATA[a]b]]]></p:Street></p:Place><p:Last><![CDATA[ true ]]></p:Last></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []stop{{Place: &where{Some(""), Some("a]b]")}, Last: Some(true)}}, r.Stops)
		}},
		{"CDATA with line ends, and more behind it", `<Stops><Stop><p:Place><p:City><![CDATA[a` + "\r\n" + `b]]></p:City><p:Street><![CDATA[a]]>b</p:Street></p:Place></Stop></Stops>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []stop{{Place: &where{Some("a\nb"), Some("ab")}}}, r.Stops)
		}},
		{"CDATA that is wrong", `<Stops><Stop><p:Last><![CDATA[yes]]></p:Last></Stop></Stops>`, "yes", nil},
		{"another end tag", `<Stops><Stop><p:Mark X="1"></Mark></Stop></Stops>`, "Mark", nil},
		{"unknown type", `<Way i:type="Road"><Lanes>1</Lanes></Way><Way i:type="Canal"/>`, "Canal", nil},
		{"type with an undeclared prefix", `<Way i:type="q:Road"/>`, "prefix", nil},
		{"declared type", `<Way><Lanes>2</Lanes></Way><Way i:type="Track"><Lanes>3</Lanes><Gauge>1</Gauge></Way>`, "", func(t *testing.T, r *route) {
			assert.Equal(t, []way{&road{2}, &track{3, []float64{1}}}, r.Ways)
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, opts := range []ReadOptions{{}, {NoPrediction: true}} {
				got := new(route)
				err := Unmarshal([]byte(head+test.doc+tail), got, opts)
				if test.wrong != "" {
					assert.ErrorContains(t, err, test.wrong)
					continue
				}
				require.NoError(t, err)
				test.check(t, got)
			}
		})
	}
}

// underPrefix gives the default namespace of a document a prefix.
func underPrefix(doc string) string {
	doc = strings.Replace(doc, `xmlns="`, `xmlns:m="`, 1)
	for _, name := range []string{"Route", "Name", "Stops", "Stop", "Way", "Lanes", "Gauge"} {
		for _, end := range []string{">", " ", "/"} {
			doc = strings.ReplaceAll(doc, "<"+name+end, "<m:"+name+end)
		}
		doc = strings.ReplaceAll(doc, "</"+name+">", "</m:"+name+">")
	}
	return strings.ReplaceAll(doc, `:type="`, `:type="m:`)
}
