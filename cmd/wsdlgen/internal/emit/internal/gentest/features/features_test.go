package features_test

import (
	"encoding/json"
	"encoding/xml"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/features"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func TestTablesFitTheirStructs(t *testing.T) {
	require.NoError(t, xmlwire.Check((*Holder)(nil), (*Payment)(nil), (*Log)(nil), (*Text)(nil), (*Properties)(nil),
		(*Wide)(nil), (*Drawing)(nil), (*Occurrence)(nil), (*BuiltIns)(nil), (*Node)(nil), (*Chicken)(nil),
		(*Simple)(nil), (*Money)(nil)))
}

// cases are elements, and the values that they stand for.
var cases = []struct {
	name string
	doc  string
	into func() xmlwire.Message
	want xmlwire.Message
}{
	{
		"unwrapped arrays: items, nil, empty, nested, of another namespace, with attributes",
		`<Holder xmlns="urn:arrays" xmlns:o="urn:other"><Names><string>a</string><string/></Names><Must/>
		<Rows><Row><Cells><string>x</string></Cells></Row><Row/></Rows>
		<Table><ArrayOfString><string>1</string><string>2</string></ArrayOfString><ArrayOfString/></Table>
		<Each><string>e</string></Each><Each/>
		<Far><KeyValue xmlns=""><Key>k</Key><Value>v</Value></KeyValue></Far>
		<Counted count="7"><Row/></Counted></Holder>`,
		func() xmlwire.Message { return new(Holder) },
		&Holder{
			Names:   []string{"a", ""},
			Must:    []string{},
			Rows:    []Row{{Cells: []string{"x"}}, {}},
			Table:   []ArrayOfString{{String: []string{"1", "2"}}, {}},
			Each:    []ArrayOfString{{String: []string{"e"}}, {}},
			Far:     []KeyValue{{Key: "k", Value: "v"}},
			Counted: xmlwire.Some(CountedArray{Row: []Row{{}}, Count: xmlwire.Some[int32](7)}),
		},
	},
	{
		"choice: one branch of one member",
		`<Payment xmlns="urn:choices"><amount>1.50</amount><card>4711</card></Payment>`,
		func() xmlwire.Message { return new(Payment) },
		&Payment{Amount: "1.50", Card: xmlwire.Some("4711")},
	},
	{
		"choice: one branch of two members, and a second choice",
		`<Payment xmlns="urn:choices"><amount>2</amount><iban>DK50</iban><bic>B</bic><code>3</code></Payment>`,
		func() xmlwire.Message { return new(Payment) },
		&Payment{Amount: "2", Iban: xmlwire.Some("DK50"), Bic: xmlwire.Some("B"), Code: xmlwire.Some[int32](3)},
	},
	{
		"repeated choice keeps its order",
		`<Log xmlns="urn:choices"><info>a</info><error><code>1</code></error><info>b</info></Log>`,
		func() xmlwire.Message { return new(Log) },
		&Log{Choice: []LogChoice{&LogChoiceInfo{Info: "a"}, &LogChoiceError{Error: Problem{Code: 1}}, &LogChoiceInfo{Info: "b"}}},
	},
	{
		"choices inside a choice",
		`<Flattened xmlns="urn:choices"><a>1</a><other>2</other><c>3</c><d>4</d><b>5</b><head>6</head></Flattened>`,
		func() xmlwire.Message { return new(Flattened) },
		&Flattened{Choice: []FlattenedChoice{
			&FlattenedChoiceA{A: 1}, &OtherElement{Other: 2}, &FlattenedChoiceC{C: 3, D: 4}, &FlattenedChoiceB{B: 5}, &HeadElement{Head: 6},
		}},
	},
	{
		"choice of branches that share elements",
		`<Tangled xmlns="urn:choices"><id>1</id><name>n</name></Tangled>`,
		func() xmlwire.Message { return new(Tangled) },
		&Tangled{ID: xmlwire.Some[int32](1), Name: xmlwire.Some("n")},
	},
	{
		"mixed content",
		`<Text xmlns="urn:choices" lang="en">one <b>two</b> three</Text>`,
		func() xmlwire.Message { return new(Text) },
		&Text{
			Choice: []TextChoice{&TextChoiceText{Text: "one "}, &TextChoiceB{B: "two"}, &TextChoiceText{Text: " three"}},
			Lang:   xmlwire.Some("en"),
		},
	},
	{
		"repeated sequence",
		`<Properties xmlns="urn:choices"><key>a</key><value>1</value><key>b</key><key>c</key><value>3</value></Properties>`,
		func() xmlwire.Message { return new(Properties) },
		&Properties{KeyGroup: []PropertiesKeyGroup{
			{Key: "a", Value: xmlwire.Some("1")}, {Key: "b"}, {Key: "c", Value: xmlwire.Some("3")},
		}},
	},
	{
		"derived types by xsi:type, and substitution",
		`<Drawing xmlns="urn:derivation" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
		<main xsi:type="Circle" unit="cm"><name>c</name><radius>1.5</radius></main>
		<hidden xsi:nil="true"/>
		<others id="s"><name>s</name></others><others xsi:type="Ring" unit="mm"><name>r</name><radius>2</radius><inner>1</inner></others>
		<round unit="m"><name>o</name><radius>3</radius></round>
		<pet xsi:type="Dog"><legs>4</legs></pet>
		<bike><wheels>2</wheels></bike><car><wheels>4</wheels><doors>5</doors></car></Drawing>`,
		func() xmlwire.Message { return new(Drawing) },
		&Drawing{
			Main:    &Circle{Name: "c", Radius: 1.5, Unit: "cm"},
			Hidden:  xmlwire.Nil[AnyShape](),
			Others:  []AnyShape{&Shape{Name: "s", ID: xmlwire.Some("s")}, &Ring{Name: "r", Radius: 2, Inner: 1, Unit: "mm"}},
			Round:   &Circle{Name: "o", Radius: 3, Unit: "m"},
			Pet:     &Dog{Legs: 4},
			Vehicle: []AnyVehicleElement{&BikeElement{Bike: &Vehicle{Wheels: 2}}, &CarElement{Car: Car{Wheels: 4, Doors: 5}}},
		},
	},
	{
		"occurrence: zero values are written, nil and absent are kept apart",
		`<Occurrence xmlns="urn:members" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><required>0</required>
		<nillable i:nil="true"/><both>0</both><repeated>1</repeated><repeated>2</repeated><several>3</several>
		<struct><code>DK</code><kind>place</kind></struct><local xmlns="">9</local></Occurrence>`,
		func() xmlwire.Message { return new(Occurrence) },
		&Occurrence{
			Nillable: xmlwire.Nil[int32](), Both: xmlwire.Some[int32](0), Repeated: []int32{1, 2}, Several: []int32{3},
			Struct: Place{Code: "DK", Kind: "place"}, Local: 9,
		},
	},
	{
		"recursion",
		`<Node xmlns="urn:recursion"><next><children/><children><leaf><value>1</value><more>2</more></leaf></children></next></Node>`,
		func() xmlwire.Message { return new(Node) },
		&Node{Next: &Node{Children: []Node{{}, {Leaf: xmlwire.Some(Leaf{Value: 1, More: 2})}}}},
	},
	{
		"simple types",
		`<Simple xmlns="urn:simple" colour="n/a" numbers="1 2" version="1"><colour> dark  blue </colour><level>-1</level><rate>0.190</rate>
		<numbers>3 4 5</numbers><lists>1 2</lists><lists>3</lists><colours>red red</colours><size>12</size><line> a  b </line><inline>other</inline></Simple>`,
		func() xmlwire.Message { return new(Simple) },
		&Simple{
			Colour: ColourDarkBlue, Level: xmlwire.Some(LevelMinus1), Rate: "0.190", Numbers: []int32{3, 4, 5},
			Lists: []string{"1 2", "3"}, Colours: []Colour{ColourRed, ColourRed}, Size: "12", Line: "a b", Inline: "other",
			ColourAttr: xmlwire.Some(ColourNA), NumbersAttr: []int32{1, 2}, Version: xmlwire.Some("1"),
		},
	},
	{
		"simple content",
		`<Money xmlns="urn:simple" currency="DKK">12.30</Money>`,
		func() xmlwire.Message { return new(Money) },
		&Money{Text: "12.30", Currency: "DKK"},
	},
}

// TestRoundTrip decodes each case, encodes it and decodes it again, with xmlwire and with encoding/xml.
func TestRoundTrip(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := c.into()
			require.NoError(t, xmlwire.Unmarshal([]byte(c.doc), got, xmlwire.ReadOptions{}))
			assert.Equal(t, c.want, got)

			typ := got.XMLType()
			doc, err := xmlwire.AppendElement(nil, xmlwire.Name{Space: typ.Space, Local: typ.Name}, got, xmlwire.WriteOptions{})
			require.NoError(t, err)
			again := c.into()
			require.NoError(t, xmlwire.Unmarshal(doc, again, xmlwire.ReadOptions{}), "%s", doc)
			assert.Equal(t, c.want, again, "%s", doc)

			doc, err = xml.Marshal(got)
			require.NoError(t, err)
			again = c.into()
			require.NoError(t, xml.Unmarshal(doc, again), "%s", doc)
			assert.Equal(t, c.want, again, "%s", doc)
		})
	}
}

func TestEveryBuiltIn(t *testing.T) {
	const doc = `<BuiltIns xmlns="urn:members" xmlns:p="urn:p" id="x" refs="a b"><string> s </string>
		<normalizedString>a	b</normalizedString><token> a  b </token><language>da</language><NMTOKEN>n</NMTOKEN><NMTOKENS>n m</NMTOKENS>
		<Name>n</Name><NCName>n</NCName><anyURI>http://x/</anyURI><QName>p:q</QName><boolean>1</boolean>
		<base64Binary>AQID</base64Binary><hexBinary>0A</hexBinary><float>1.5</float><double>INF</double><decimal>1.10</decimal>
		<integer>123456789012345678901234567890</integer><positiveInteger>1</positiveInteger><nonPositiveInteger>-1</nonPositiveInteger>
		<negativeInteger>-1</negativeInteger><nonNegativeInteger>0</nonNegativeInteger><long>-9223372036854775808</long><int>-1</int>
		<short>-2</short><byte>-3</byte><unsignedLong>18446744073709551615</unsignedLong><unsignedInt>1</unsignedInt>
		<unsignedShort>2</unsignedShort><unsignedByte>3</unsignedByte><bytes>4</bytes><bytes>5</bytes>
		<dateTime>2024-05-06T07:08:09Z</dateTime><date>2024-05-06</date><time>07:08:09</time><duration>P1DT2H</duration>
		<gYear>2024</gYear><gYearMonth>2024-05</gYearMonth><gMonth>--05</gMonth><gMonthDay>--05-06</gMonthDay><gDay>---06</gDay>
		<anySimpleType>x</anySimpleType><anyType><p:inner/></anyType><untyped>u</untyped></BuiltIns>`
	var b BuiltIns
	require.NoError(t, xmlwire.Unmarshal([]byte(doc), &b, xmlwire.ReadOptions{}))
	assert.Equal(t, " s ", b.String)
	assert.Equal(t, "a b", b.Token)
	assert.Equal(t, []string{"n", "m"}, b.NMTOKENS)
	assert.Equal(t, xmlwire.Name{Space: "urn:p", Local: "q"}, b.QName)
	assert.Equal(t, xmlwire.Integer("123456789012345678901234567890"), b.Integer)
	assert.Equal(t, []uint8{4, 5}, b.Bytes)
	assert.Equal(t, time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC), b.DateTime.UTC())
	assert.Equal(t, []string{"a", "b"}, b.Refs)

	out, err := xmlwire.AppendElement(nil, xmlwire.Name{Space: "urn:members", Local: "BuiltIns"}, &b, xmlwire.WriteOptions{})
	require.NoError(t, err)
	var again BuiltIns
	require.NoError(t, xmlwire.Unmarshal(out, &again, xmlwire.ReadOptions{}), "%s", out)
	b.AnyType, again.AnyType, b.Untyped, again.Untyped = "", "", nil, nil // their scopes may differ
	assert.Equal(t, b, again, "%s", out)
}

func TestUnknownDerivedTypeIsKept(t *testing.T) {
	const doc = `<Drawing xmlns="urn:derivation" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:n="urn:new"><main xsi:type="n:Blob"><n:size>1</n:size></main></Drawing>`
	var d Drawing
	require.NoError(t, xmlwire.Unmarshal([]byte(doc), &d, xmlwire.ReadOptions{}))
	blob, ok := d.Main.(*UnknownShape)
	require.True(t, ok, "%T", d.Main)
	assert.Contains(t, string(blob.Raw), "<n:size>1</n:size>")

	out, err := xmlwire.AppendElement(nil, xmlwire.Name{Space: "urn:derivation", Local: "Drawing"}, &d, xmlwire.WriteOptions{})
	require.NoError(t, err)
	assert.Contains(t, string(out), "<n:size>1</n:size>")
}

func TestWildcardsAreKept(t *testing.T) {
	const doc = `<Wide xmlns="urn:choices" xmlns:p="urn:p" p:a="1" b="2"><p:x>1</p:x><y xmlns="">2</y></Wide>`
	var w Wide
	require.NoError(t, xmlwire.Unmarshal([]byte(doc), &w, xmlwire.ReadOptions{}))
	require.Len(t, w.Any, 2)
	assert.Equal(t, xmlwire.Name{Space: "urn:p", Local: "x"}, w.Any[0].Name())
	assert.Equal(t, []xmlwire.RawAttr{
		{Name: xmlwire.Name{Space: "urn:p", Local: "a"}, Value: "1"},
		{Name: xmlwire.Name{Local: "b"}, Value: "2"},
	}, w.AnyAttrs)
}

func TestChoiceIsCheckedWhenWritten(t *testing.T) {
	name := xmlwire.Name{Space: "urn:choices", Local: "Payment"}
	for _, p := range []Payment{
		{Amount: "1"}, // none where one is required
		{Amount: "1", Card: xmlwire.Some("1"), Iban: xmlwire.Some("2")}, // two branches
	} {
		_, err := xmlwire.AppendElement(nil, name, &p, xmlwire.WriteOptions{})
		var valueErr *xmlwire.ValueError
		assert.ErrorAs(t, err, &valueErr)
	}
}

func TestJSON(t *testing.T) {
	o := Occurrence{Optional: xmlwire.Some[int32](1), Repeated: []int32{2}, Struct: Place{Code: "DK"}}
	data, err := json.Marshal(o)
	require.NoError(t, err)
	assert.JSONEq(t, `{"required":0,"optional":1,"repeated":[2],"struct":{"code":"DK","kind":""},"local":0}`, string(data))
	var again Occurrence
	require.NoError(t, json.Unmarshal(data, &again))
	assert.Equal(t, o, again)
}
