package sample_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/sample"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/internal/xmltest"
)

var update = flag.Bool("update", false, "write the expected samples in testdata")

func contract(t *testing.T, schema []byte) *model.Contract {
	t.Helper()
	var diags source.List
	set, err := load.Load(fstest.MapFS{"in.xsd": {Data: schema}}, &diags, "in.xsd")
	require.NoError(t, err)
	c, err := resolve.Resolve(set, &diags)
	require.NoError(t, err)
	return c
}

// TestGolden makes the samples of the first element of in.xsd in each testdata/*.txtar and compares them with the file
// want.xml, one document after the other. With -update it writes that.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			require.NoError(t, err)
			require.Equal(t, "in.xsd", ar.Files[0].Name)
			c := contract(t, ar.Files[0].Data)
			got := documents(c)
			if *update {
				ar.Files = append(ar.Files[:1], txtar.File{Name: "want.xml", Data: []byte(got)})
				require.NoError(t, os.WriteFile(file, txtar.Format(ar), 0o666))
				return
			}
			require.Len(t, ar.Files, 2)
			assert.Equal(t, string(ar.Files[1].Data), got)
		})
	}
}

func documents(c *model.Contract) string {
	var b strings.Builder
	gen := sample.New(c)
	for _, s := range append(gen.All(c.Elements[0]), gen.Annotated(c.Elements[0])) {
		fmt.Fprintf(&b, "<!-- %s -->\n%s", s.Name, s.Root.XML(nil))
		for _, note := range s.Notes {
			fmt.Fprintf(&b, "<!-- note: %s -->\n", note)
		}
	}
	return b.String()
}

// Samples are valid, as xmllint sees it.
func TestSamplesAreValid(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		require.NoError(t, err)
		schemaFile := filepath.Join(t.TempDir(), "in.xsd")
		require.NoError(t, os.WriteFile(schemaFile, ar.Files[0].Data, 0o666))
		schema := xmltest.ReadSchema(t, schemaFile)
		c := contract(t, ar.Files[0].Data)
		var docs [][]byte
		for _, s := range sample.New(c).All(c.Elements[0]) {
			assert.Empty(t, s.Notes)
			docs = append(docs, s.Root.XML(nil))
		}
		schema.Valid(t, docs...)
	}
}

// What cannot be met is said, and does not stop anything.
func TestNotes(t *testing.T) {
	for facets, want := range map[string]string{
		`<xs:pattern value="[a-z-[aeiou]]+"/>`:               "a subtraction of character classes",
		`<xs:pattern value="abc"/><xs:minLength value="5"/>`: "none of",
		`<xs:pattern value="\p{IsGreek}"/>`:                  "a Unicode block",
		`<xs:minLength value="5"/><xs:maxLength value="4"/>`: "none of",
	} {
		c := contract(t, []byte(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="e"><xs:simpleType><xs:restriction base="xs:string">`+
			facets+`</xs:restriction></xs:simpleType></xs:element></xs:schema>`))
		s := sample.New(c).Annotated(c.Elements[0])
		if assert.Len(t, s.Notes, 1, facets) {
			assert.Contains(t, s.Notes[0], want)
		}
	}
}

// A type that requires itself has no document; there is one all the same, with a note.
func TestEndlessType(t *testing.T) {
	c := contract(t, []byte(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="e" type="T"/>
		<xs:complexType name="T"><xs:sequence><xs:element name="t" type="T"/></xs:sequence></xs:complexType></xs:schema>`))
	for _, s := range sample.New(c).All(c.Elements[0]) {
		require.Len(t, s.Notes, 1)
		assert.Contains(t, s.Notes[0], "requires itself")
	}
}
