package syntax_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

func parse(name, text string) (*syntax.Node, error) {
	budget := syntax.MaxNodes
	return syntax.Parse(name, []byte(text), &budget)
}

func TestParseKeepsOrderPositionsAndScopes(t *testing.T) {
	root, err := parse("a.xml", `<?xml version="1.0"?>
<a xmlns="urn:d" xmlns:p='urn:p'
   one = "1=2" p:two='"x" y="z"'>
  <b xmlns="" xmlns:p="urn:q" ref="p:n"/>before<!-- not this --><![CDATA[<&]]> and &#x41;
  <p:c n="v"/>
</a>`)
	require.NoError(t, err)
	assert.Equal(t, model.Name{Space: "urn:d", Local: "a"}, root.Name)
	assert.Equal(t, "a.xml:2:1", root.Pos.String())
	require.Len(t, root.Attrs, 2)
	assert.Equal(t, "a.xml:3:4", root.AttrPos("one").String())
	assert.Equal(t, "1=2", root.Attr("one"))
	assert.Equal(t, model.Name{Space: "urn:p", Local: "two"}, root.Attrs[1].Name)
	assert.Equal(t, `"x" y="z"`, root.Attrs[1].Value)
	assert.Equal(t, "a.xml:3:16", root.Attrs[1].Pos.String())
	assert.Equal(t, "a.xml:2:1", root.AttrPos("none").String())

	require.Len(t, root.Children, 3)
	b, text, c := root.Children[0], root.Children[1], root.Children[2]
	assert.Equal(t, model.Name{Local: "b"}, b.Name)
	assert.Equal(t, "before<& and A", strings.TrimSpace(text.Text))
	assert.Equal(t, model.Name{Space: "urn:p", Local: "c"}, c.Name)

	name, ok := b.QName("p:n")
	assert.True(t, ok)
	assert.Equal(t, model.Name{Space: "urn:q", Local: "n"}, name)
	name, ok = b.QName("n")
	assert.True(t, ok)
	assert.Equal(t, model.Name{Local: "n"}, name)
	name, ok = c.QName("n")
	assert.True(t, ok)
	assert.Equal(t, model.Name{Space: "urn:d", Local: "n"}, name)
	for _, bad := range []string{"", "a:b:c", ":a", "a:", "x:n", "a b", "1a"} {
		_, ok = c.QName(bad)
		assert.False(t, ok, "%q", bad)
	}
	name, ok = c.QName("xml:lang")
	assert.True(t, ok)
	assert.Equal(t, syntax.NamespaceXML, name.Space)
}

func TestDoc(t *testing.T) {
	root, err := parse("a.xsd", `<xs:element xmlns:xs="http://www.w3.org/2001/XMLSchema" name="a">
  <xs:annotation>
    <xs:appinfo>not this</xs:appinfo>
    <xs:documentation>
      First,
        with <em>mark-up</em>.

      Another.
    </xs:documentation>
    <xs:documentation/>
    <xs:documentation>Second.</xs:documentation>
  </xs:annotation>
</xs:element>`)
	require.NoError(t, err)
	assert.Equal(t, "First,\nwith mark-up.\n\nAnother.\n\nSecond.", root.Doc())
}

func TestQuoteShortens(t *testing.T) {
	assert.Equal(t, `"a\"b"`, syntax.Quote(`a"b`))
	assert.Equal(t, `"`+strings.Repeat("é", 80)+`…"`, syntax.Quote(strings.Repeat("é", 1000)))
}

func TestParseIsBounded(t *testing.T) {
	budget := 10
	_, err := syntax.Parse("a.xml", []byte("<a>"+strings.Repeat("<b c=''/>", 10)+"</a>"), &budget)
	require.EqualError(t, err, "a.xml:1:40: there are more than 2000000 elements and attributes")
}
