package resolve_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// TestHostile reads documents that are made to take long: small for their number of references, or full of one thing.
// Each is read or refused
// within a second; whatever is not bounded runs into the time limit of the test.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	const n = 20_000
	chain := func(count int, format string) string { // # is a number, @ the next one
		var b strings.Builder
		for i := range count {
			b.WriteString(strings.NewReplacer("#", fmt.Sprint(i), "@", fmt.Sprint(i+1)).Replace(format))
		}
		return b.String()
	}
	reverse := func(text string) string {
		lines := strings.SplitAfter(text, "\n")
		slices.Reverse(lines)
		return strings.Join(lines, "")
	}
	each := func(count int, format string) string {
		var b strings.Builder
		for i := range count {
			b.WriteString(strings.ReplaceAll(format, "#", fmt.Sprint(i)))
		}
		return b.String()
	}
	schema := func(body string) string {
		return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:a" targetNamespace="urn:a">` + body + `</xs:schema>`
	}
	wsdl := func(body string) string {
		return `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:a="urn:a" targetNamespace="urn:a">` + body + `</w:definitions>`
	}
	tests := map[string]string{
		"operations": wsdl(`<w:message name="M"/><w:portType name="P">` + each(n, `<w:operation name="o#"><w:input message="a:M"/></w:operation>`) +
			`</w:portType><w:binding name="B" type="a:P"><s:binding/>` + each(n, `<w:operation name="o#"/>`) + `</w:binding>`),
		"bindings":        wsdl(`<w:portType name="P"/>` + each(n, `<w:portType name="P#"/><w:binding name="B#" type="a:P#"><s:binding/></w:binding>`)),
		"services":        wsdl(each(n, `<w:service name="S#"/>`)),
		"ports":           wsdl(`<w:portType name="P"/><w:binding name="B" type="a:P"><s:binding/></w:binding><w:service name="S">` + each(n, `<w:port name="p#" binding="a:B"/>`) + `</w:service>`),
		"parts":           wsdl(`<w:message name="M">` + each(n, `<w:part name="p#" type="a:T"/>`) + `</w:message>`),
		"same name":       schema(each(n, `<xs:complexType name="T"/>`)),
		"not defined":     schema(each(n, `<xs:element name="e#" type="T"/>`)),
		"wide base":       schema(`<xs:complexType name="B"><xs:sequence>` + each(2_000, `<xs:element name="e#"/>`) + `</xs:sequence>` + each(2_000, `<xs:attribute name="a#"/>`) + `</xs:complexType>` + each(n, `<xs:complexType name="T#"><xs:complexContent><xs:extension base="B"/></xs:complexContent></xs:complexType>`)),
		"long base":       schema(`<xs:complexType name="T"/>` + `<xs:complexType name="T0"/>` + each(n, `<xs:complexType name="U#"><xs:complexContent><xs:extension base="T"/></xs:complexContent></xs:complexType>`)),
		"heads":           schema(`<xs:element name="e"/>` + each(n, `<xs:element name="e#" substitutionGroup="e"/>`) + `<xs:complexType name="T"><xs:sequence>` + each(n, `<xs:element ref="e"/>`) + `</xs:sequence></xs:complexType>`),
		"attributes":      schema(each(n, `<xs:element name="e#" a="" b="" c="" d="" e="" f="" g="" h=""/>`)),
		"namespaces":      schema(each(n, `<xs:element name="e#" xmlns:a="u#" xmlns:b="u#" xmlns:c="u#" xmlns:d="u#"/>`)),
		"includes":        schema(each(n, `<xs:include schemaLocation="x#.xsd"/>`)),
		"includes self":   schema(each(n, `<xs:include schemaLocation="main.wsdl"/>`)),
		"enumeration":     schema(`<xs:simpleType name="T"><xs:restriction base="xs:string">` + each(n, `<xs:enumeration value="#"/>`) + `</xs:restriction></xs:simpleType>`),
		"choice":          schema(`<xs:complexType name="T"><xs:choice>` + each(n, `<xs:element name="e#"/>`) + `</xs:choice></xs:complexType>`),
		"nested":          schema(`<xs:complexType name="T">` + strings.Repeat("<xs:sequence><xs:choice>", 90) + each(n, `<xs:element name="e#"/>`) + strings.Repeat(`</xs:choice><xs:element name="x"/></xs:sequence>`, 90) + `</xs:complexType>`),
		"one long line":   schema(strings.Repeat(`<xs:annotation/>`, 20*n)),
		"many lines":      "\n" + schema(strings.Repeat("\n", 200*n)+"<xs:nope/>"),
		"pieces of text":  schema(`<xs:annotation><xs:documentation>` + strings.Repeat("<![CDATA[x]]>", 10*n) + `</xs:documentation></xs:annotation>`),
		"group in group":  schema(`<xs:group name="G0"><xs:sequence/></xs:group>` + each(n, `<xs:group name="H#"><xs:sequence><xs:group ref="G0"/><xs:element name="a"><xs:complexType><xs:group ref="H#"/></xs:complexType></xs:element></xs:sequence></xs:group>`)),
		"group chain up":  schema(`<xs:group name="G0"><xs:sequence/></xs:group>` + chain(n, `<xs:group name="G@"><xs:sequence maxOccurs="2"><xs:group ref="G#"/><xs:element name="e"/></xs:sequence></xs:group>`)),
		"base chain up":   schema(`<xs:complexType name="T0"/>` + chain(n, `<xs:complexType name="T@"><xs:complexContent><xs:extension base="T#"><xs:sequence><xs:element name="e"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`)),
		"base chain down": schema(reverse(chain(n, "<xs:complexType name='T@'><xs:complexContent><xs:extension base='T#'/></xs:complexContent></xs:complexType>\n"))),
		"group down":      schema(reverse(chain(n, "<xs:group name='G@'><xs:sequence><xs:group ref='G#'/></xs:sequence></xs:group>\n"))),
		"head chain down": schema(reverse(chain(1_000, "<xs:element name='e@' substitutionGroup='e#'/>\n"))),
	}
	refused := map[string]string{
		"not defined":     "type {urn:a}T is not defined",
		"parts":           "type {urn:a}T is not defined",
		"ports":           "the schema becomes too large",
		"wide base":       "the schema becomes too large",
		"heads":           "the schema becomes too large",
		"includes":        "x0.xsd\" does not exist",
		"includes self":   "documents are imported and included more than 20000 times",
		"group chain up":  "groups refer to one another more than 100 deep",
		"base chain up":   "types derive from one another more than 100 times",
		"base chain down": "types derive from one another more than 100 times",
		"group down":      "definitions depend on one another",
		"head chain down": "definitions depend on one another",
		"many lines":      "main.wsdl:4000002:1: xs:nope may not stand in xs:schema",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			var diags source.List
			set, err := load.Load(fstest.MapFS{"main.wsdl": {Data: []byte(text)}}, &diags, "main.wsdl")
			if err == nil {
				_, err = resolve.Resolve(set, &diags)
			}
			if want := refused[name]; want != "" {
				assert.ErrorContains(t, err, want)
			} else {
				assert.NoError(t, err)
			}
		})
	}
}
