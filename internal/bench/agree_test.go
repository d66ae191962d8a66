package main

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// Speed is compared of readers that read the same: encoding/xml finds in each payload what ours finds.
func TestReadersAgree(t *testing.T) {
	p, err := primary().payload(200)
	require.NoError(t, err)
	payloads := []*payload{p}
	for _, v := range append(variants, plain) {
		q, err := v.in(p)
		require.NoError(t, err)
		payloads = append(payloads, q)
	}
	for _, p := range payloads {
		t.Run(p.name, func(t *testing.T) {
			require.True(t, canCompare(p.doc))
			require.True(t, agree(t, p.doc))
		})
	}
}

// FuzzReadersAgree looks for documents in which encoding/xml finds something else: those that are drawn by what is fuzzed, and with
// some bytes of it put into them.
func FuzzReadersAgree(f *testing.F) {
	for i := range 64 {
		choices := make([]byte, 40+8*i)
		for k := range choices {
			choices[k] = byte(k*(2*i+1) + i)
		}
		f.Add(choices, uint16(0), []byte(nil))
	}
	f.Fuzz(func(t *testing.T, choices []byte, at uint16, patch []byte) {
		doc := (&drawing{choices: choices}).document()
		from := int(at) % len(doc)
		copy(doc[from:], patch[:min(len(patch), 8)])
		if len(patch) == 0 {
			require.True(t, canCompare(doc), "%s", doc)
			require.True(t, agree(t, doc), "%s", doc)
		} else if canCompare(doc) {
			agree(t, doc)
		}
	})
}

// A drawing is a document that is made by choices, one byte each; when there are no more, the first of all possibilities is
// taken.
type drawing struct {
	choices []byte
	doc     []byte
	prefix  string
}

// one returns a number below n.
func (d *drawing) one(n int) int {
	if len(d.choices) == 0 {
		return 0
	}
	c := d.choices[0]
	d.choices = d.choices[1:]
	return int(c) % n
}

func (d *drawing) put(s string) { d.doc = append(d.doc, s...) }

// either puts one of several texts, of which the first is the most likely.
func (d *drawing) either(texts ...string) { d.put(texts[max(d.one(2*len(texts))-len(texts), 0)]) }

func (d *drawing) document() []byte {
	declaration := ` xmlns="http://schemas.servicestack.net/types"`
	if d.one(3) == 1 {
		d.prefix, declaration = "q:", ` xmlns:q="http://schemas.servicestack.net/types"`
	}
	d.element("GetReportUnitHistoryResponse", declaration+` xmlns:i="http://www.w3.org/2001/XMLSchema-instance"`, func() {
		d.element("List", "", func() {
			for range 1 + d.one(4) {
				d.row()
				d.either("", " ", "\n  ", "<!-- row -->", "<?row?>")
			}
		})
	})
	return d.doc
}

func (d *drawing) element(name, attrs string, content func()) {
	d.put("<" + d.prefix + name + attrs)
	d.either(">", " >", "\n>", ` a="1">`)
	content()
	d.put("</" + d.prefix + name)
	d.either(">", " >")
}

// row draws the members of a row in their order, or beginning with another one than the first.
func (d *drawing) row() {
	d.element("UnitHistory", "", func() {
		members := new(generated.UnitHistory).XMLType().Members
		first := 0
		if d.one(4) == 3 {
			first = d.one(len(members))
		}
		for i := range members {
			m := members[(first+i)%len(members)]
			switch form := d.one(8); {
			case m.Kind == xmlwire.Struct:
				if form < 2 {
					d.parts(m.Field)
				}
			case form < 4 || m.Field == "Event" || m.Field == "Time":
				d.element(wireName(m), "", func() { d.text(m.Kind) })
			case form < 6:
				d.put("<" + d.prefix + wireName(m))
				d.either(` i:nil="true" />`, ` i:nil="true"/>`, " i:nil='1'></"+d.prefix+wireName(m)+">")
			}
			d.either("", "", "\n", " \t", "<!-- - -->")
		}
	})
}

func wireName(m xmlwire.Member) string { return cmp.Or(m.Name, m.Field) }

// parts draws one of the structs in a row.
func (d *drawing) parts(name string) {
	d.element(name, "", func() {
		switch name {
		case "Address":
			for _, part := range []string{"City", "Country", "StreetAddress", "ZipCode"}[d.one(4):] {
				d.element(part, "", func() { d.text(xmlwire.String) })
			}
		case "Location":
			for _, part := range []string{"Latitude", "Longitude"} {
				d.element(part, "", func() { d.text(xmlwire.Float64) })
			}
		}
	})
}

// text draws a value, and how it is written.
func (d *drawing) text(kind xmlwire.Kind) {
	d.either("", "", " ", "<!-- value -->")
	value := d.value(kind)
	switch d.one(6) {
	case 4:
		d.put("<![CDATA[" + strings.ReplaceAll(value, "]]>", "") + "]]>")
	case 5:
		for _, c := range value {
			d.either(escape(string(c)), fmt.Sprintf("&#%d;", c), fmt.Sprintf("&#x%x;", c))
		}
	default:
		d.put(escape(value))
	}
	d.either("", "", "\n", "<?pi?>")
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

func (d *drawing) value(kind xmlwire.Kind) string {
	switch kind {
	case xmlwire.Bool:
		return []string{"true", "false", "1", "0"}[d.one(4)]
	case xmlwire.Int32:
		return d.sign() + d.digits(9)
	case xmlwire.Float64:
		return d.double()
	case xmlwire.DateTime:
		return fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:%02d", 1900+d.one(256), 1+d.one(12), 1+d.one(28), d.one(24), d.one(60), d.one(60)) +
			[]string{"", "." + d.digits(9)}[d.one(2)] + []string{"Z", "", "+01:00", "-11:30"}[d.one(4)]
	}
	text := ""
	for range d.one(40) {
		text += []string{"a", " ", "ø", "&", "<", "]", "]]>", "\r\n", "\r", "\t", "\U0001F69C", "\"", "'", "Vej 1"}[d.one(14)]
	}
	return text
}

func (d *drawing) sign() string { return []string{"", "-", "", "+"}[d.one(4)] }

// digits draws up to most digits, at least one.
func (d *drawing) digits(most int) string {
	text := ""
	for range 1 + d.one(most) {
		text += string(rune('0' + d.one(10)))
	}
	return text
}

func (d *drawing) double() string {
	switch form := d.one(16); form {
	case 13, 14, 15:
		return []string{"NaN", "INF", "-INF"}[form-13]
	default:
		text := d.sign() + d.digits(1+3*form)
		if form%3 > 0 {
			text += "." + d.digits(20)
		}
		if form%4 == 3 {
			text += []string{"E", "e", "E+"}[d.one(3)] + d.digits(2)
		} else if form%4 == 2 {
			text += "E-" + d.digits(3)
		}
		return text
	}
}

// agree compares what both readers find. It reports false if one of them accepts nothing.
func agree(t *testing.T, doc []byte) bool {
	ours, std := new(generated.GetReportUnitHistoryResponse), comparedStructs.like(response)
	if xmlwire.Unmarshal(doc, ours, xmlwire.ReadOptions{}) != nil || xml.Unmarshal(doc, std) != nil {
		return false
	}
	sameValue(t, "", reflect.ValueOf(ours).Elem(), reflect.ValueOf(std).Elem())
	return true
}

// comparedStructs have times as text, since encoding/xml reads fewer forms of them than XML Schema has.
var comparedStructs = structStyle{true, reflect.TypeFor[string]()}

// canCompare reports whether both readers should find the same in doc. encoding/xml looks at no namespace here, and puts
// elements together that come twice.
func canCompare(doc []byte) bool {
	const space = "http://schemas.servicestack.net/types"
	d := xml.NewDecoder(bytes.NewReader(doc))
	seen := []map[string]bool{{}}
	for {
		token, err := d.Token()
		if err != nil {
			return err == io.EOF
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			inner := seen[len(seen)-1]
			if token.Name.Space != space && token.Name.Space != "http://schemas.microsoft.com/2003/10/Serialization/Arrays" ||
				inner[name] && name != "UnitHistory" && name != "ResponseError" && name != "KeyValueOfstringstring" {
				return false
			}
			inner[name] = true
			seen = append(seen, map[string]bool{})
		case xml.EndElement:
			seen = seen[:len(seen)-1]
		}
	}
}

// sameValue compares a value of ours with that of encoding/xml, which takes no notice of xsi:nil.
func sameValue(t *testing.T, path string, ours, std reflect.Value) {
	switch {
	case isOpt(ours.Type()):
		absent := ours.MethodByName("IsZero").Call(nil)[0].Bool()
		require.Equal(t, absent, std.IsNil(), path)
		if !absent {
			sameValue(t, path, ours.MethodByName("Value").Call(nil)[0], std.Elem())
		}
	case ours.Type() == reflect.TypeFor[time.Time]():
		at, _ := xmlwire.ParseDateTime(strings.TrimSpace(std.String()))
		assert.True(t, ours.Interface().(time.Time).Equal(at), "%s: %v, %q", path, ours, std)
	case ours.Kind() == reflect.Struct:
		for i := range ours.NumField() {
			name := ours.Type().Field(i).Name
			sameValue(t, path+"/"+name, ours.Field(i), std.FieldByName(name))
		}
	case ours.Kind() == reflect.Slice:
		require.Equal(t, ours.Len(), std.Len(), path)
		for i := range ours.Len() {
			sameValue(t, path, ours.Index(i), std.Index(i))
		}
	case ours.Kind() == reflect.Pointer:
		require.Equal(t, ours.IsNil(), std.IsNil(), path)
	case ours.Kind() == reflect.Float64:
		assert.Equal(t, math.Float64bits(ours.Float()), math.Float64bits(std.Float()), "%s: %v, %v", path, ours, std)
	default:
		assert.Equal(t, ours.Interface(), std.Interface(), path)
	}
}
