package xmlwire_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// in wraps content in an element of nsMain.
func in(name, content string) string {
	return "<" + name + ` xmlns="urn:test:main" xmlns:o="urn:test:other" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">` + content + "</" + name + ">"
}

// TestDecodeErrors shows what does not fit the table, with the path and the text of the error.
func TestDecodeErrors(t *testing.T) {
	cases := []struct {
		into Message
		doc  string
		want string
	}{
		{new(Scalars), in("S", "<I32>5.0</I32>"), `/S/I32: offset 107: expected a whole number of 32 bits (xs:int), got "5.0"`},
		{new(Scalars), in("S", "<I32>2147483648</I32>"), `/S/I32: offset 107: expected a whole number of 32 bits (xs:int), got "2147483648"`},
		{new(Scalars), in("S", "<I32></I32>"), `/S/I32: offset 107: expected a whole number of 32 bits (xs:int)`},
		{new(Scalars), in("S", "<U8>-1</U8>"), `/S/U8: offset 106: expected a whole number from 0 to 255 (xs:unsignedByte), got "-1"`},
		{new(Scalars), in("S", "<Yes>True</Yes>"), `/S/Yes: offset 107: expected true, false, 1 or 0 (xs:boolean), got "True"`},
		{new(Scalars), in("S", "<F64>1,5</F64>"), `/S/F64: offset 107: expected a number (xs:double), got "1,5"`},
		{new(Scalars), in("S", "<F64>0x10</F64>"), `/S/F64: offset 107: expected a number (xs:double), got "0x10"`},
		{new(Scalars), in("S", "<F64>Infinity</F64>"), `/S/F64: offset 107: expected a number (xs:double), got "Infinity"`},
		{new(Scalars), in("S", "<At>2020-02-30T00:00:00Z</At>"), `/S/At: offset 106: expected a date and time such as 2020-01-02T03:04:05Z (xs:dateTime), got "2020-02-30T00:00:00Z"`},
		{new(Scalars), in("S", "<Day>2020-1-2</Day>"), `/S/Day: offset 107: expected a date such as 2020-01-02 (xs:date), got "2020-1-2"`},
		{new(Scalars), in("S", "<Money>1e3</Money>"), `/S/Money: offset 109: expected a decimal number (xs:decimal), got "1e3"`},
		{new(Scalars), in("S", "<Bytes>a</Bytes>"), `/S/Bytes: offset 109: expected base64 data (xs:base64Binary), got "a"`},
		{new(Scalars), in("S", "<Hex>abc</Hex>"), `/S/Hex: offset 107: expected pairs of hexadecimal digits (xs:hexBinary), got "abc"`},
		{new(Scalars), in("S", "<Ref>p:x</Ref>"), `/S/Ref: offset 107: expected a qualified name with a declared prefix (xs:QName), got "p:x"`},
		{new(Scalars), in("S", "<Text>a<b/></Text>"), `/S/Text/b: offset 109: expected text, got "<b>"`},
		{new(Scalars), in("S", `<I32 i:nil="true"/>`), `/S/I32: offset 102: expected a value, got "xsi:nil=\"true\""`},
		{new(Scalars), in("S", "loose"), `/S: offset 102: expected elements, got "loose"`},
		{new(Optionals), in("O", `<Text i:nil="true">x</Text>`), `/O/Text: offset 121: expected no content beside xsi:nil, got "x"`},
		{new(Optionals), in("O", `<Place Lon="east"/>`), `/O/Place: offset 102: expected a number (xs:double), got "east"`},
		{new(Optionals), in("O", "<Text>a</Txet>"), `/O/Text: offset 109: end tag </Txet> where </Text> is due`},
		{new(Lists), in("L", `<Words><o:string i:nil="true"/></Words>`), `/L/Words/string: offset 109: expected an item with a value; a list that holds nil needs items of type Opt (wsdlgen: nil policy keep), got "xsi:nil=\"true\""`},
		{new(Lists), in("L", "<Words>x</Words>"), `/L/Words: offset 109: expected elements string, got "x"`},
		{new(Lists), in("L", "<Number>1</Number><Number>2</Number><Number>x</Number>"), `/L/Number[3]: offset 146: expected a whole number of 32 bits (xs:int), got "x"`},
		{new(Tree), in("T", "<Label/><Child><Label>1</Label></Child><Child><Label>2</Label><Lable/><Wrapped>x</Wrapped></Child>"), `/T/Child[2]/Wrapped: offset 181: expected elements Tree, got "x"`},
		{new(repeats), in("R", "<N>1</N><N>2</N><N>3</N><N>4.0</N>"), `/R/N[4]: offset 129: expected a whole number of 32 bits (xs:int), got "4.0"`},
		{new(repeats), in("R", "<W><I>1</I><I>2</I><I></I></W>"), `/R/W/I[3]: offset 124: expected a whole number of 32 bits (xs:int)`},
		{new(Lists), in("L", "<Ratings>1 x</Ratings>"), `/L/Ratings: offset 111: expected a number (xs:double), got "1 x"`},
		{new(Drawing), in("D", `<Main i:type="p:Circle"/>`), `/D/Main: offset 102: expected a qualified name with a declared prefix (xs:QName), got "p:Circle"`},
	}
	for _, c := range cases {
		err := Unmarshal([]byte(c.doc), c.into, ReadOptions{})
		if assert.Error(t, err, c.doc) {
			assert.Equal(t, c.want, err.Error(), c.doc)
		}
		r := NewReader(iotest.OneByteReader(strings.NewReader(c.doc)), ReadOptions{})
		_, _ = r.Next()
		if err := r.Decode(like(c.into)); assert.Error(t, err) {
			assert.Equal(t, c.want, err.Error(), "byte by byte")
			_, again := r.Next()
			assert.Equal(t, err, again, "an error stays")
		}
	}
}

// TestDecodeTolerance shows what fits although it is not what the schema says.
func TestDecodeTolerance(t *testing.T) {
	t.Run("order and duplicates", func(t *testing.T) {
		var got Optionals
		doc := in("O", `<Must>1</Must><Place Lat="1" Lon="2" source="s"><Name>first</Name></Place><Text>a</Text><Number>2</Number><Place Lat="3" Lon="4"><Name>second</Name></Place><Text>b</Text>`)
		require.NoError(t, Unmarshal([]byte(doc), &got, ReadOptions{}))
		assert.Equal(t, Optionals{
			Text: Some("b"), Number: Some(2.0), Must: Some(int32(1)), Place: Some(Place{Lat: 3, Lon: 4, Name: "second"}),
		}, got, "the last one wins, whole")
	})
	t.Run("in order", func(t *testing.T) {
		var got Optionals
		doc := in("O", `<Number>1</Number><Text>late</Text><Flag>true</Flag><Flag>false</Flag><Must>7</Must>`)
		require.NoError(t, Unmarshal([]byte(doc), &got, ReadOptions{InOrder: true}))
		assert.Equal(t, Optionals{Number: Some(1.0), Flag: Some(true), Must: Some(int32(7))}, got, "as DataContractSerializer reads it")
		var lists Lists
		doc = in("L", `<Number>1</Number><Number>2</Number><o:Name>n</o:Name><Number>3</Number><o:Name>m</o:Name>`)
		require.NoError(t, Unmarshal([]byte(doc), &lists, ReadOptions{InOrder: true}))
		assert.Equal(t, Lists{Numbers: []int32{1, 2}, Names: []string{"n", "m"}}, lists)
	})
	t.Run("unknown", func(t *testing.T) {
		var skipped []string
		opts := ReadOptions{Skipped: func(s Skipped) { skipped = append(skipped, fmt.Sprint(s.Path, " ", s.Name, " ", s.Offset)) }}
		var got Place
		doc := `<p:Place xmlns:p="urn:test:main" Lat="1" Lon="2" new="x" p:Lat="9"><p:Name>n</p:Name><Name>other namespace</Name><p:More><p:Name>deep</p:Name></p:More></p:Place>`
		require.NoError(t, Unmarshal([]byte(doc), &got, opts))
		assert.Equal(t, Place{Lat: 1, Lon: 2, Name: "n"}, got)
		assert.Equal(t, []string{"/Place/@new new 0", "/Place/@Lat {urn:test:main}Lat 0", "/Place/Name Name 85", "/Place/More {urn:test:main}More 113"}, skipped)
	})
	t.Run("text in pieces", func(t *testing.T) {
		var got Scalars
		require.NoError(t, Unmarshal([]byte(in("S", "<Text>a<!-- c -->b<![CDATA[<c>]]>&amp;d<?pi?>e</Text><I32> \n4<!---->2 </I32>")), &got, ReadOptions{}))
		assert.Equal(t, "ab<c>&de", got.Text)
		assert.Equal(t, int32(42), got.I32)
	})
	t.Run("nil", func(t *testing.T) {
		got := Optionals{Text: Some("old")}
		require.NoError(t, Unmarshal([]byte(in("O", `<Text i:nil="1"></Text><Pointer i:nil=" true "/><Count i:nil="true"/><Flag i:nil="false">true</Flag>`)), &got, ReadOptions{}))
		assert.Equal(t, Optionals{Text: Nil[string](), Flag: Some(true)}, got)
		require.NoError(t, Unmarshal([]byte(in("O", "")), &got, ReadOptions{}))
		assert.Equal(t, Optionals{}, got)
	})
	t.Run("unknown type", func(t *testing.T) {
		var got Drawing
		doc := in("D", `<Main i:type="o:Hexagon"><Name>h</Name><o:Edge>6</o:Edge></Main>`)
		require.NoError(t, Unmarshal([]byte(doc), &got, ReadOptions{}))
		raw := got.Main.(*UnknownShape).Raw
		assert.Equal(t, Raw(`<Main xmlns:o="urn:test:other" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:test:main" i:type="o:Hexagon"><Name>h</Name><o:Edge>6</o:Edge></Main>`), raw)
		assert.Contains(t, encode(t, &got), string(raw))
	})
}

func TestEncodeErrors(t *testing.T) {
	cases := []struct {
		value Message
		want  string
	}{
		{&Contact{Name: "n"}, "/C: expected one of Email, Phone, Extension, got nothing"},
		{&Contact{Email: Some("e"), Phone: Some("p")}, `/C/Phone: expected only one branch of the choice, got Email and Phone`},
		{&Contact{Name: "\x00", Email: Some("e")}, "/C/Name: expected a value that XML can carry: the text holds a character that XML cannot carry, or invalid UTF-8"},
		{&Contact{Name: "\xff", Email: Some("e")}, "/C/Name: expected a value that XML can carry: the text holds a character that XML cannot carry, or invalid UTF-8"},
		{&Tree{Children: []Tree{{}, {Label: "\x01"}}}, "/C/Child[2]/Label: expected a value that XML can carry: the text holds a character that XML cannot carry, or invalid UTF-8"},
		{&Tree{Refs: []*Tree{nil}}, `/C/Ref: expected an item with a value, got nothing`},
		{&Lists{Ratings: []float64{}, Nils: []Opt[string]{{}}}, ""},
		{&Drawing{Main: (*Circle)(nil)}, "/C/Main: expected a value that XML can carry: the interface holds a nil *xmlwire_test.Circle"},
		{&Drawing{List: []Shape{nil}}, `/C/Shape: expected an item with a value, got nothing`},
		{&Open{Rest: []Raw{"<a>", ""}}, "/C/Rest: expected a value that XML can carry: a raw element is malformed: /a: offset 3: the document ends inside the element a"},
		{&Open{Rest: []Raw{"<a/><b/>"}}, "/C/Rest: expected a value that XML can carry: a raw element is malformed: /: offset 4: a second root element"},
		{&Open{Attrs: []RawAttr{{Name{"", "a b"}, ""}}}, `/C/@a b: expected a value that XML can carry: "a b" cannot be the name of an attribute`},
		{&Scalars{Day: Date{2026, 2, 30, nil}}, "/C/Day: expected a value that XML can carry: there is no day 2026-02-30"},
	}
	for _, c := range cases {
		_, err := AppendElement(nil, Name{nsMain, "C"}, c.value, WriteOptions{})
		switch {
		case c.want == "":
			assert.NoError(t, err)
		case assert.Error(t, err, c.want):
			assert.Equal(t, c.want, err.Error())
		}
	}
}

// TestAbsentAsNil writes what .NET's serializer would.
func TestAbsentAsNil(t *testing.T) {
	b, err := AppendElement(nil, Name{nsMain, "O"}, &Optionals{}, WriteOptions{AbsentAsNil: true})
	require.NoError(t, err)
	assert.Equal(t, `<O xmlns="urn:test:main" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Text xsi:nil="true"/><Number xsi:nil="true"/><Flag xsi:nil="true"/><At xsi:nil="true"/><Money xsi:nil="true"/><Place xsi:nil="true"/><Must xsi:nil="true"/></O>`, string(b))
}

func TestRows(t *testing.T) {
	doc := in("L", `<Number>1</Number><Places><Place Lat="1" Lon="0" tags="a b"><Name>p1</Name></Place><Place Lat="2" Lon="0"><Name>p2</Name></Place></Places><Ratings>5</Ratings>`)
	read := func(doc string, most int) (rows []Place, got Lists, err error) {
		r := NewReader(strings.NewReader(doc), ReadOptions{})
		_, err = r.Next()
		require.NoError(t, err)
		err = r.DecodeRows(&got, NewRows("Places", func(p Place) bool {
			rows = append(rows, p)
			return len(rows) < most
		}))
		return rows, got, err
	}
	want := []Place{{Lat: 1, Name: "p1", Tags: []string{"a", "b"}}, {Lat: 2, Name: "p2"}}

	rows, got, err := read(doc, 10)
	require.NoError(t, err)
	assert.Equal(t, want, rows)
	assert.Equal(t, Lists{Numbers: []int32{1}, Ratings: []float64{5}}, got)

	rows, _, err = read(doc, 1)
	assert.ErrorIs(t, err, ErrStopped)
	assert.Equal(t, want[:1], rows)

	rows, _, err = read(doc[:strings.Index(doc, "<Ratings>")-3], 10)
	assert.Error(t, err, "the rows before an error are handed over, and the error is not lost")
	assert.Equal(t, want, rows)
}

// TestDoubles compares with strconv on random values in many forms.
func TestDoubles(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var got struct {
		doc strings.Builder
		in  []string
	}
	for range 50_000 {
		v := math.Float64frombits(rng.Uint64())
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		short := math.Round(rng.Float64()*1e7) / math.Pow10(rng.IntN(9))
		for _, s := range []string{
			strconv.FormatFloat(v, 'E', -1, 64), strconv.FormatFloat(v, 'g', 17, 64), strconv.FormatFloat(short, 'f', -1, 64),
			strconv.FormatFloat(short, 'E', rng.IntN(20), 64), strconv.FormatFloat(-short, 'f', rng.IntN(30), 64),
		} {
			got.in = append(got.in, s)
			got.doc.WriteString(s + " ")
		}
	}
	var lists Lists
	require.NoError(t, Unmarshal([]byte(in("L", "<Ratings>"+got.doc.String()+"</Ratings>")), &lists, ReadOptions{}))
	require.Len(t, lists.Ratings, len(got.in))
	for i, s := range got.in {
		want, err := strconv.ParseFloat(s, 64)
		require.NoError(t, err)
		require.Equal(t, math.Float64bits(want), math.Float64bits(lists.Ratings[i]), s)
	}
	text := encode(t, &lists)
	var again Lists
	require.NoError(t, Unmarshal([]byte(text), &again, ReadOptions{}))
	require.Equal(t, lists, again)
}

// TestDateTimes compares with package time on random instants, zones and precisions.
func TestDateTimes(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 50_000 {
		sec := rng.Int64N(400*365*86400) - 200*365*86400
		at := time.Unix(sec, int64(rng.IntN(1_000_000_000))/int64(math.Pow10(rng.IntN(9)))*int64(math.Pow10(rng.IntN(9)))%1_000_000_000)
		layout := "2006-01-02T15:04:05.999999999Z07:00"
		switch rng.IntN(3) {
		case 0:
			at = at.UTC()
		case 1:
			at = at.In(NoZone)
			layout = "2006-01-02T15:04:05.999999999"
		default:
			at = at.In(time.FixedZone("", (rng.IntN(2*14*60)-14*60)*60))
		}
		text := at.Format(layout)
		var got Scalars
		require.NoError(t, Unmarshal([]byte("<S xmlns='urn:test:main'><At>"+text+"</At></S>"), &got, ReadOptions{}))
		require.True(t, at.Equal(got.At), "%s: %v", text, got.At)
		require.Equal(t, text == strings.TrimRight(text, "Z") && layout[len(layout)-1] == '9', got.At.Location() == NoZone, text)
		b, err := AppendElement(nil, Name{nsMain, "O"}, &Optionals{At: Some(got.At), Must: Some(int32(1))}, WriteOptions{})
		require.NoError(t, err)
		require.Contains(t, string(b), "<At>"+strings.Replace(text, "+00:00", "+00:00", 1)+"</At>")
	}
	for text, want := range map[string]time.Time{
		"2020-01-02T24:00:00Z":             time.Date(2020, 1, 3, 0, 0, 0, 0, time.UTC),
		"2020-01-02":                       time.Date(2020, 1, 2, 0, 0, 0, 0, NoZone),
		"0001-01-01T00:00:00":              {},
		"9999-12-31T23:59:59.9999999":      time.Date(9999, 12, 31, 23, 59, 59, 999_999_900, NoZone),
		"12020-01-02T03:04:05.1234567899Z": time.Date(12020, 1, 2, 3, 4, 5, 123_456_789, time.UTC),
		"-0001-03-01T00:00:00Z":            time.Date(0, 3, 1, 0, 0, 0, 0, time.UTC),
	} {
		var got Scalars
		require.NoError(t, Unmarshal([]byte("<S xmlns='urn:test:main'><At>\n"+text+" </At></S>"), &got, ReadOptions{}), text)
		assert.Equal(t, want, got.At, text)
	}
	for _, bad := range []string{"", "2020-01-02 03:04:05", "2020-01-02T03:04Z", "2020-13-01T00:00:00Z", "2020-01-02T25:00:00Z", "2020-01-02T24:00:01Z",
		"2020-01-02T03:04:60Z", "2020-01-02T03:04:05.Z", "2020-01-02T03:04:05+15:00", "0000-01-01T00:00:00Z", "20-01-02T03:04:05Z", "02020-01-02T03:04:05Z", "1/2/2020", "2020-01-02T03:04:05ZZ"} {
		assert.Error(t, Unmarshal([]byte("<S xmlns='urn:test:main'><At>"+bad+"</At></S>"), new(Scalars), ReadOptions{}), bad)
	}
}

// Dates and times in UTC or without a zone, of which some bytes were changed, are taken or refused as package time does, but for the
// year 0000, which there is not in XML Schema 1.0, and for 24:00:00, which there is.
func TestChangedDateTimes(t *testing.T) {
	const chars = "0123456789-:T.Z "
	usual := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z?$`) // package time takes more, such as T1:02:03
	rng := rand.New(rand.NewPCG(5, 6))
	n := 1_000_000
	if testing.Short() {
		n /= 20
	}
	for range n {
		at := time.Unix(rng.Int64N(400*365*86400)-200*365*86400, rng.Int64N(1000)*1e6)
		text := at.UTC().AppendFormat(nil, "2006-01-02T15:04:05.999Z")
		layout := "2006-01-02T15:04:05Z"
		if rng.IntN(2) == 0 {
			text, layout = bytes.TrimSuffix(text, []byte("Z")), "2006-01-02T15:04:05"
		}
		for range rng.IntN(3) {
			text[rng.IntN(len(text))] = chars[rng.IntN(len(chars))]
		}
		if !usual.Match(text) || string(text[11:13]) == "24" || bytes.HasSuffix(text, []byte("Z")) != strings.HasSuffix(layout, "Z") {
			continue
		}
		want, wantErr := time.Parse(layout, string(text))
		var got Scalars
		err := Unmarshal(fmt.Appendf(nil, "<S xmlns='urn:test:main'><At>%s</At></S>", text), &got, ReadOptions{})
		if wantErr != nil || want.Year() == 0 {
			require.Error(t, err, "%s: %v", text, wantErr)
			continue
		}
		require.NoError(t, err, "%s", text)
		require.True(t, want.Equal(got.At), "%s: %v", text, got.At)
	}
}

// TestCheck shows that a table which does not fit its struct is found before it does harm.
func TestCheck(t *testing.T) {
	assert.EqualError(t, Check(new(wrongField)), `table of xmlwire_test.wrongField: member "Nope": the struct has no such field`)
	assert.EqualError(t, Check(new(wrongKind)), `table of xmlwire_test.wrongKind: member "A": the field holds int where its kind needs int32`)
	assert.PanicsWithValue(t, `xmlwire: table of xmlwire_test.wrongKind: member "A": the field holds int where its kind needs int32`, func() {
		_ = Unmarshal([]byte("<a/>"), new(wrongKind), ReadOptions{})
	})
}

type wrongField struct{ A int32 }

func (*wrongField) XMLType() *Type { return &xmlWrongField }

var xmlWrongField = Type{Members: []Member{{Field: "Nope", Kind: Int32}}}

type wrongKind struct{ A int }

func (*wrongKind) XMLType() *Type { return &xmlWrongKind }

var xmlWrongKind = Type{Members: []Member{{Field: "A", Kind: Int32}}}

// repeats is predicted, unlike Lists: all its elements are in one namespace.
type repeats struct{ N, W []int32 }

func (*repeats) XMLType() *Type { return &xmlRepeats }

var xmlRepeats = Type{Space: nsMain, Members: []Member{{Field: "N", Kind: Int32}, {Field: "W", Item: "I", Kind: Int32}}}

// A prefix of xsi that a member declares for itself means nothing behind that member.
func TestPrefixOfXSIEnds(t *testing.T) {
	const xsi = `"http://www.w3.org/2001/XMLSchema-instance"`
	for _, place := range []string{
		`<Place xmlns:q=` + xsi + `><Name>n</Name></Place>`,
		`<Pointer><Name/></Pointer><Pointer xmlns:q=` + xsi + `><Name>n</Name></Pointer>`,
	} {
		doc := `<Optionals xmlns="urn:test:main" xmlns:i=` + xsi + `>` + place + `<Must q:nil="true"/></Optionals>`
		var v Optionals
		assert.ErrorContains(t, Unmarshal([]byte(doc), &v, ReadOptions{}), "undeclared prefix q")
		assert.NoError(t, Unmarshal([]byte(strings.ReplaceAll(doc, "q:nil", "i:nil")), &v, ReadOptions{}))
		assert.True(t, v.Must.IsNil())
	}
}
