package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// A shuffle writes documents that say the same every time, in another order.
type shuffle struct{ *rand.Rand }

// lines returns lines in another order.
func (s shuffle) lines(lines ...string) string {
	lines = slices.Clone(lines)
	s.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return strings.Join(lines, "\n")
}

// documents writes schemas that import each other, with hierarchies and substitution groups across them and names that
// collide, and two WSDLs that import them. What XML Schema has no order for is shuffled, if declarations is true, and the
// imports are in any case.
func (s shuffle) documents(w wsdlgen, declarations bool) (entries []string) {
	order := func(lines ...string) string { return strings.Join(lines, "\n") }
	if declarations {
		order = s.lines
	}
	spaces := []string{"a", "b", "c", "d"}
	imports := func(except string) string {
		var lines []string
		for _, space := range spaces {
			if space != except {
				lines = append(lines, fmt.Sprintf(`<xs:import namespace="urn:%s" schemaLocation="%s.xsd"/>`, space, space))
			}
		}
		return s.lines(lines...)
	}
	const ns = `xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:a="urn:a" xmlns:b="urn:b" xmlns:c="urn:c" xmlns:d="urn:d"`
	for i, space := range spaces {
		next := spaces[(i+1)%len(spaces)]
		base := ""
		if space != "a" {
			base = `<xs:complexType name="Derived"><xs:complexContent><xs:extension base="a:Base"><xs:sequence><xs:element name="x" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`
		}
		w.write(space+".xsd", fmt.Sprintf(`<xs:schema %s targetNamespace="urn:%s" elementFormDefault="qualified">%s`+"\n%s\n</xs:schema>", ns, space, imports(space), order(
			`<xs:complexType name="Base"><xs:sequence><xs:element name="id" type="xs:int"/><xs:element name="Id" type="xs:int"/></xs:sequence><xs:attribute name="ID" type="xs:int"/></xs:complexType>`,
			base,
			fmt.Sprintf(`<xs:complexType name="base"><xs:sequence><xs:element name="next" type="%s:Base" minOccurs="0"/><xs:element ref="a:head"/></xs:sequence></xs:complexType>`, next),
			fmt.Sprintf(`<xs:element name="sub_%s" type="xs:int" substitutionGroup="a:head"/>`, space),
			`<xs:element name="head" type="xs:int"/>`,
			`<xs:element name="Base"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="l" type="xs:int"/><xs:element ref="a:head"/></xs:choice></xs:complexType></xs:element>`,
			`<xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="a"/><xs:enumeration value="A"/><xs:enumeration value="-"/></xs:restriction></xs:simpleType>`,
			`<xs:simpleType name="KindA"><xs:restriction base="xs:string"><xs:enumeration value=""/></xs:restriction></xs:simpleType>`,
			fmt.Sprintf(`<xs:complexType name="Holder"><xs:sequence><xs:element name="each" type="%s:base"/><xs:element name="k" type="%s:Kind"/><xs:element name="k2" type="%s:KindA"/></xs:sequence></xs:complexType>`, space, next, space),
		)))
	}
	for _, name := range []string{"one", "two"} {
		w.write(name+".wsdl", fmt.Sprintf(`<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:%[1]s" targetNamespace="urn:%[1]s" %[2]s>
<types><xs:schema>%[3]s</xs:schema></types>
%[4]s
</definitions>`, name, ns, imports(""), order(
			`<message name="in"><part name="p" element="a:Base"/></message>`, `<message name="out"><part name="p" element="b:Base"/></message>`,
			`<portType name="Shop"><operation name="buy"><input message="t:in"/><output message="t:out"/></operation><operation name="Buy"><input message="t:out"/></operation></portType>`,
			`<binding name="Shop" type="t:Shop"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
			<operation name="buy"><soap:operation soapAction="1"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>
			<operation name="Buy"><soap:operation soapAction="2"/><input><soap:body use="literal"/></input></operation></binding>`,
			`<service name="Shop"><port name="Shop" binding="t:Shop"><soap:address location="http://x/"/></port></service>`,
		)))
	}
	entries = []string{"one.wsdl", "two.wsdl", "d.xsd", "b.xsd"}
	s.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return entries
}

const runs = 100

// TestShuffledInputsGiveTheSameBytes shuffles the order of the documents on the command line, and that of the imports in
// them. The maps of each run have orders of their own.
func TestShuffledInputsGiveTheSameBytes(t *testing.T) {
	w := inFolder(t)
	s := shuffle{rand.New(rand.NewPCG(1, 2))}
	first := ""
	for i := range runs {
		entries := s.documents(w, false)
		status, _, stderr := w.run(append([]string{"-o", "gen"}, entries...)...)
		require.Equal(t, exitOK, status, stderr)
		got := w.tree("gen")
		if i == 0 {
			first = got
			require.Contains(t, got, "type ShopClient struct")
			continue
		}
		require.Equal(t, first, got, "run %d", i)
	}
}

// TestShuffledDeclarationsHaveTheSameNames shuffles the declarations in the documents as well. What is made of them is
// printed in the same order, too: only messages of errors may differ.
func TestShuffledDeclarationsHaveTheSameNames(t *testing.T) {
	w := inFolder(t)
	s := shuffle{rand.New(rand.NewPCG(3, 4))}
	var firstPlan, firstFiles string
	for i := range runs {
		entries := s.documents(w, true)
		plan := w.plan(entries)
		status, _, stderr := w.run(append([]string{"-o", "gen"}, entries...)...)
		require.Equal(t, exitOK, status, stderr)
		if i == 0 {
			firstPlan, firstFiles = plan, w.tree("gen")
			continue
		}
		require.Equal(t, firstPlan, plan, "run %d", i)
		require.Equal(t, firstFiles, w.tree("gen"), "run %d", i)
	}
}

func (w wsdlgen) plan(entries []string) string {
	w.t.Helper()
	cfg, err := parseFlags(append([]string{"-o", "gen"}, entries...), io.Discard)
	require.NoError(w.t, err)
	var diags source.List
	contract, err := understand(cfg, &diags)
	require.NoError(w.t, err)
	pkg, err := shape.Make(contract, cfg.shape)
	require.NoError(w.t, err)
	return names.New(pkg).Dump()
}

// large writes a WSDL of n operations with as many requests, answers and types as those need.
func large(n int) string {
	var types, messages, operations, bound strings.Builder
	for i := range n {
		fmt.Fprintf(&types, `<xs:element name="Op%[1]d"><xs:complexType><xs:sequence><xs:element name="key" type="xs:string"/><xs:element name="filter" type="t:Row%[1]d" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="Op%[1]dResponse"><xs:complexType><xs:sequence><xs:element name="result" type="t:ArrayOfRow%[1]d" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
<xs:complexType name="ArrayOfRow%[1]d"><xs:sequence><xs:element name="Row%[1]d" type="t:Row%[1]d" minOccurs="0" maxOccurs="unbounded" nillable="true"/></xs:sequence></xs:complexType>
<xs:complexType name="Row%[1]d"><xs:sequence>`, i)
		for j := range 10 {
			fmt.Fprintf(&types, `<xs:element name="field%d" type="xs:%s" minOccurs="%d"/>`, j, []string{"string", "int", "dateTime", "decimal"}[j%4], j%2)
		}
		types.WriteString("</xs:sequence></xs:complexType>\n")
		fmt.Fprintf(&messages, `<message name="Op%[1]dIn"><part name="p" element="t:Op%[1]d"/></message><message name="Op%[1]dOut"><part name="p" element="t:Op%[1]dResponse"/></message>`+"\n", i)
		fmt.Fprintf(&operations, `<operation name="Op%[1]d"><input message="t:Op%[1]dIn"/><output message="t:Op%[1]dOut"/></operation>`+"\n", i)
		fmt.Fprintf(&bound, `<operation name="Op%[1]d"><soap:operation soapAction="urn:op%[1]d"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>`+"\n", i)
	}
	return `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:large" targetNamespace="urn:large">
<types><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:large" elementFormDefault="qualified">
` + types.String() + `</xs:schema></types>
` + messages.String() + `<portType name="Large">` + operations.String() + `</portType>
<binding name="Large" type="t:Large"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
` + bound.String() + `</binding>
<service name="Large"><port name="Large" binding="t:Large"><soap:address location="http://large.example/"/></port></service></definitions>`
}

const many = 1500

func TestManyOperations(t *testing.T) {
	w := inFolder(t)
	w.write("large.wsdl", large(many))
	status, _, stderr := w.run("-o", "gen", "large.wsdl")
	require.Equal(t, exitOK, status, stderr)
	assert.Contains(t, stderr, fmt.Sprintf("%d types, %d operations", 3*many, many))
	client := w.read("gen/large_client.go")
	for _, i := range []int{0, many / 2, many - 1} {
		assert.Contains(t, client, fmt.Sprintf("func (c *LargeClient) Op%d(", i))
	}
	assert.Equal(t, many, strings.Count(client, "soapclient.Invoke("))

	status, _, stderr = w.run("-o", "some", "-include", "Op7,Large.Op77?", "large.wsdl")
	require.Equal(t, exitOK, status, stderr)
	assert.Contains(t, stderr, "33 types, 11 operations")
}

// BenchmarkManyOperations reads, plans and prints what TestManyOperations does, without writing it.
func BenchmarkManyOperations(b *testing.B) {
	dir := b.TempDir()
	b.Chdir(dir)
	require.NoError(b, os.WriteFile("large.wsdl", []byte(large(many)), 0o666))
	cfg, err := parseFlags([]string{"-o", "gen", "large.wsdl"}, io.Discard)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, err := generate(cfg, io.Discard)
		require.NoError(b, err)
	}
}
