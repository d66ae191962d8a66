package shape_test

import (
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// build shapes a schema with the given content.
func build(t *testing.T, content string) (*shape.Package, error) {
	t.Helper()
	doc := `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">` +
		"\n" + content + "\n</xs:schema>"
	var diags source.List
	set, err := load.Load(fstest.MapFS{"t.xsd": {Data: []byte(doc)}}, &diags, "t.xsd")
	require.NoError(t, err)
	contract, err := resolve.Resolve(set, &diags)
	require.NoError(t, err)
	return shape.New(contract)
}

// TestForms checks how fields hold their values where golden files would only repeat the rule.
func TestForms(t *testing.T) {
	pkg, err := build(t, `
		<xs:complexType name="T"><xs:sequence>
			<xs:element name="self" type="T" minOccurs="0"/>
			<xs:element name="must" type="U"/>
			<xs:element name="may" type="U" minOccurs="0"/>
			<xs:element name="many" type="T" maxOccurs="unbounded"/>
			<xs:element name="wrapped" type="ArrayOfT" minOccurs="0"/>
		</xs:sequence></xs:complexType>
		<xs:complexType name="U"><xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:sequence></xs:complexType>
		<xs:complexType name="ArrayOfT"><xs:sequence><xs:element name="T" type="T" maxOccurs="unbounded"/></xs:sequence></xs:complexType>`)
	require.NoError(t, err)
	forms := map[string]shape.Form{}
	for _, f := range pkg.Structs[0].Fields {
		forms[f.Name.Local] = f.Form
	}
	assert.Equal(t, map[string]shape.Form{
		"self": shape.Pointer, "must": shape.Plain, "may": shape.Optional, "many": shape.Slice, "wrapped": shape.Slice,
	}, forms)
	assert.Len(t, pkg.Structs, 2, "an array wrapper that is only used as an array has no struct")
}

// TestLongCycle checks that breaking cycles copes with types that nest deeply, and finds the one cycle among them.
func TestLongCycle(t *testing.T) {
	const n = 5000
	var b strings.Builder
	name := func(i int) string { return "T" + strconv.Itoa(i) }
	for i := range n {
		next := name((i + 1) % n)
		b.WriteString(`<xs:complexType name="` + name(i) + `"><xs:sequence><xs:element name="next" type="` + next + `" minOccurs="0"/><xs:element name="x" type="xs:int"/></xs:sequence></xs:complexType>`)
	}
	pkg, err := build(t, b.String())
	require.NoError(t, err)
	require.Len(t, pkg.Structs, n)
	for _, s := range pkg.Structs {
		require.Equal(t, shape.Pointer, s.Fields[0].Form)
	}
}

// TestErrors checks that what has no Go form is reported where it stands.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{
			"choice inside a repeated sequence",
			`<xs:complexType name="T"><xs:sequence maxOccurs="unbounded"><xs:element name="a" type="xs:int"/>
<xs:choice maxOccurs="unbounded"><xs:element name="b" type="xs:int"/><xs:element name="c" type="xs:int"/></xs:choice></xs:sequence></xs:complexType>`,
			"t.xsd:3:1: not supported: a choice, substitution group or repeated sequence inside another that repeats",
		},
		{
			"branches that share elements in different orders",
			`<xs:complexType name="T">
<xs:choice><xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:sequence>
<xs:sequence><xs:element name="b" type="xs:int"/><xs:element name="a" type="xs:int"/></xs:sequence></xs:choice></xs:complexType>`,
			"t.xsd:3:1: not supported: a choice whose branches cannot be told apart by their elements",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := build(t, c.content)
			require.Error(t, err)
			assert.Contains(t, err.Error(), c.want)
			assert.NotEmpty(t, source.All(err))
		})
	}
}
