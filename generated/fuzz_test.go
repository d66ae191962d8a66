package generated_test

import (
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// FuzzUnits reads arbitrary bytes as the answer of GetUnit, whose rows have the most members.
func FuzzUnits(f *testing.F) {
	addDocuments(f, "GetUnitResponse", "Unit", unitMembers)
	f.Fuzz(func(t *testing.T, doc []byte) {
		testDocument(t, doc, func() xmlwire.Message { return new(generated.GetUnitResponse) })
	})
}

// FuzzHistory reads arbitrary bytes as the answer of GetReportUnitHistory, which is what gets long.
func FuzzHistory(f *testing.F) {
	addDocuments(f, "GetReportUnitHistoryResponse", "UnitHistory", historyMembers)
	f.Fuzz(func(t *testing.T, doc []byte) {
		testDocument(t, doc, func() xmlwire.Message { return new(generated.GetReportUnitHistoryResponse) })
	})
}

// testDocument requires that a document reads the same in one piece, which is read by prediction, as byte by byte, which
// is not; and that what was read survives being written and read again.
func testDocument(t *testing.T, doc []byte, newMessage func() xmlwire.Message) {
	whole, pieces := newMessage(), newMessage()
	err := xmlwire.Unmarshal(doc, whole, xmlwire.ReadOptions{})
	pieceErr := readBytewise(doc, pieces)
	require.Equal(t, err == nil, pieceErr == nil, "in one piece: %v\nbyte by byte: %v", err, pieceErr)
	if err != nil {
		return
	}
	text := write(t, whole)
	assert.Equal(t, text, write(t, pieces), "byte by byte another value was read")
	again := newMessage()
	require.NoError(t, xmlwire.Unmarshal([]byte(text), again, xmlwire.ReadOptions{}), "%s", text)
	assert.Equal(t, text, write(t, again))
}

func readBytewise(doc []byte, m xmlwire.Message) error {
	r := xmlwire.NewReader(iotest.OneByteReader(strings.NewReader(string(doc))), xmlwire.ReadOptions{})
	if _, err := r.Next(); err != nil {
		return err
	}
	if err := r.Decode(m); err != nil {
		return err
	}
	return r.ReadEOF()
}

func write(t *testing.T, m xmlwire.Message) string {
	text, err := xmlwire.AppendElement(nil, xmlwire.Name{Space: m.XMLType().Space, Local: m.XMLType().Name}, m, xmlwire.WriteOptions{})
	require.NoError(t, err)
	return string(text)
}

// addDocuments adds seeds in the form in which .NET writes, and in forms in which it does not.
func addDocuments(f *testing.F, root, item, members string) {
	list := "<List><" + item + ">" + members + "</" + item + "><" + item + ` i:nil="true" /><` + item + "></" + item + "></List>"
	const status = `<ResponseStatus><ErrorCode>unitNotFound</ErrorCode><Message></Message><StackTrace i:nil="true" /><Errors><ResponseError><ErrorCode>a</ErrorCode><FieldName i:nil="true" /><Message>b</Message></ResponseError></Errors><Meta xmlns:d5p1="http://schemas.microsoft.com/2003/10/Serialization/Arrays"><d5p1:KeyValueOfstringstring><d5p1:Key>k</d5p1:Key><d5p1:Value i:nil="true" /></d5p1:KeyValueOfstringstring></Meta></ResponseStatus>`
	document := func(content string) string {
		return "<" + root + ` xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.servicestack.net/types">` + content + "</" + root + ">"
	}
	plain := document("<List><" + item + ">" + members + "</" + item + `></List><ResponseStatus i:nil="true" />`)
	for _, doc := range []string{
		plain,
		document(list + status),
		document(status + list), // out of order
		document(`<List i:nil="true" /><ResponseStatus><Meta xmlns:d4p1="http://schemas.microsoft.com/2003/10/Serialization/Arrays" i:nil="true" /></ResponseStatus>`),
		document("<List /><Unknown><List><x/></List></Unknown>"),
		`<?xml version="1.0" encoding="utf-8"?>` + "\n" + strings.ReplaceAll(plain, "><", ">\n  <"),
		prefixed(plain),
		strings.ReplaceAll(plain, "</", "<!-- c --></"),
		strings.NewReplacer("true", "1", "false", " 0 ", "ø", "&#xF8;").Replace(plain),
		strings.ReplaceAll(plain, "2026", "<![CDATA[2026]]>"),
		plain[:len(plain)/2],
	} {
		f.Add([]byte(doc))
	}
}

// prefixed gives all elements a prefix.
func prefixed(doc string) string {
	return strings.NewReplacer("</", "</q:", "<", "<q:", "xmlns=", "xmlns:q=").Replace(doc)
}

const unitMembers = `<Address><City>Helsingør</City><Country>DK</Country><StreetAddress i:nil="true" /><ZipCode>3000</ZipCode></Address><Altitude>0</Altitude><AnalogInput1>0.30000000000000004</AnalogInput1><BatteryLevel>INF</BatteryLevel><CreatedAt>2026-12-14T14:43:07.4571234</CreatedAt><CurrentStop>-1</CurrentStop><DisplayName>A &amp; &lt;B&gt;</DisplayName><GpsFixTime>2026-12-14T19:50:21+01:00</GpsFixTime><Heading>238</Heading><Id>46208</Id><Input1>true</Input1><Input10>false</Input10><Input1ChangeCounter>2147483647</Input1ChangeCounter><Km>1E-07</Km><Location><Latitude>56.0257383333333</Latitude><Longitude>-12.5708883333333</Longitude></Location><MessageTime i:nil="true" /><Note></Note><Speed>-0</Speed><Temperature1 i:nil="true" />`

const historyMembers = `<Address i:nil="true" /><AnalogInput1>NaN</AnalogInput1><Event>6</Event><Heading i:nil="true" /><Input1>true</Input1><Input10>false</Input10><Input1ChangeCounter>12</Input1ChangeCounter><Km>200158.7</Km><Location><Latitude>0</Latitude><Longitude>180</Longitude></Location><Run1>19561200</Run1><Speed>0.33333333333333331</Speed><Temperature2>-1.5</Temperature2><Time>2026-01-01T00:00:00Z</Time>`
