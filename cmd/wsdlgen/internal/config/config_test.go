package config_test

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/config"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

const all = `
documents = ["a.wsdl",
  # the second
  "b.wsdl"]
root = "r"
out = "o"
package = "p"
import-path = "example.test/p"
include = ["A"]
exclude = ["B"]
optional = "pointer"
wrappers = "keep"
nil = "keep"
datacontract = "never"
compat = "gowsdl"
secrets = ["{urn:a}T/f", "{urn:a}T/@g"]
packages."urn:a" = "a"

[rename]
operations = { "P.o" = "O" }
types."{urn:a}T" = "T2"
[rename.fields]
"{urn:a}T/f" = 'F2'
`

func TestParse(t *testing.T) {
	c, err := config.Parse("wsdlgen.toml", []byte(all))
	require.NoError(t, err)
	assert.Equal(t, []string{"a.wsdl", "b.wsdl"}, c.Documents)
	assert.Equal(t, map[string]string{"urn:a": "a"}, c.Packages)
	assert.Equal(t, config.Rename{
		Types: map[string]string{"{urn:a}T": "T2"}, Fields: map[string]string{"{urn:a}T/f": "F2"}, Operations: map[string]string{"P.o": "O"},
	}, c.Rename)
	assertAllSet(t, reflect.ValueOf(*c))
}

// assertAllSet checks that the file above has every setting, so that none escapes the tests.
func assertAllSet(t *testing.T, v reflect.Value) {
	for f, value := range v.Fields() {
		if f.IsExported() {
			assert.False(t, value.IsZero(), "%s is not set", f.Name)
		}
	}
}

func TestPlaces(t *testing.T) {
	c, err := config.Parse("f", []byte(all))
	require.NoError(t, err)
	for want, keys := range map[source.Pos][]string{
		{File: "f", Line: 2, Col: 1}:   {"documents"},
		{File: "f", Line: 2, Col: 14}:  {"documents", "0"},
		{File: "f", Line: 4, Col: 3}:   {"documents", "1"},
		{File: "f", Line: 16, Col: 26}: {"secrets", "1"},
		{File: "f", Line: 17, Col: 10}: {"packages", "urn:a"},
		{File: "f", Line: 19, Col: 2}:  {"rename"},
		{File: "f", Line: 20, Col: 16}: {"rename", "operations", "P.o"},
		{File: "f", Line: 21, Col: 7}:  {"rename", "types", "{urn:a}T"},
		{File: "f", Line: 23, Col: 1}:  {"rename", "fields", "{urn:a}T/f"},
		{}:                             {"nothing"},
	} {
		assert.Equal(t, want, c.Place(keys...), "%q", keys)
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"\nwrapers = \"keep\"\n":              "f:2:1: there is no setting wrapers (did you mean wrappers?)",
		"[rename]\ntype = {}\n":               "f:2:1: there is no setting rename.type (did you mean types?)",
		"[pakages]\n\"a\" = \"b\"\n":          "f:1:2: there is no setting pakages (did you mean packages?)",
		"wrappers = \"kept\"\n":               `f:1:1: wrappers cannot be "kept" (write unwrap or keep)`,
		"include = 1\n":                       "f:1:11: the value of include is of the wrong kind (wsdlgen help config shows what the file may hold)",
		"out = \"a\"\nout = \"b\"\n":          "f:2:1: ",
		"out = \"a\n":                         "f:1:",
		"[packages]\n\"urn:a\" = [\"a\"]\n":   "f:2:11: the value of packages",
		"zzzzzzzzzzzz = 1\nnil = \"keep\"\n":  "f:1:1: there is no setting zzzzzzzzzzzz (there is compat, datacontract, documents, exclude, import-path and 10 more)",
		"rename = \"all\"\n":                  "f:1:10: the value of rename is of the wrong kind",
		"\xff = 1\n":                          "f:1:",
		"optional = \"opt\" nil = \"keep\"\n": "f:1:",
	} {
		_, err := config.Parse("f", []byte(text))
		if assert.Error(t, err, "%q", text) {
			assert.Contains(t, err.Error(), want, "%q", text)
			assert.NotEmpty(t, source.All(err), "%q has no place", text)
		}
	}
}

// A schema is as much of JSON Schema as wsdlgen.schema.json uses.
type schema struct {
	Type                 string
	Description          string
	Properties           map[string]schema
	AdditionalProperties json.RawMessage
	Items                *schema
	Enum                 []string
	Default              string
}

// TestSchema checks that the published schema has exactly the settings that there are, of the same kinds and values.
func TestSchema(t *testing.T) {
	data, err := os.ReadFile("../../wsdlgen.schema.json")
	require.NoError(t, err)
	var s schema
	require.NoError(t, json.Unmarshal(data, &s))
	agree(t, "", s, reflect.TypeFor[config.Config]())
}

func agree(t *testing.T, at string, s schema, typ reflect.Type) {
	assert.NotEmpty(t, s.Description, at)
	switch typ.Kind() {
	case reflect.Struct:
		assert.Equal(t, "object", s.Type, at)
		assert.Equal(t, "false", string(s.AdditionalProperties), "%s: unknown keys are errors", at)
		known := map[string]bool{}
		for f := range typ.Fields() {
			key := f.Tag.Get("toml")
			if !f.IsExported() {
				continue
			}
			known[key] = true
			if p, ok := s.Properties[key]; assert.True(t, ok, "the schema lacks %s.%s", at, key) {
				agree(t, at+"."+key, p, f.Type)
			}
		}
		for key := range s.Properties {
			assert.True(t, known[key], "%s.%s is in the schema alone", at, key)
		}
	case reflect.Slice:
		assert.Equal(t, "array", s.Type, at)
		require.NotNil(t, s.Items, at)
		assert.Equal(t, "string", s.Items.Type, at)
	case reflect.Map:
		assert.Equal(t, "object", s.Type, at)
		assert.NotEmpty(t, s.AdditionalProperties, at)
	case reflect.String:
		choices := config.Choices[at[1:]]
		assert.Equal(t, choices, s.Enum, at)
		if choices == nil {
			assert.Equal(t, "string", s.Type, at)
		} else {
			assert.Equal(t, choices[0], s.Default, at)
		}
	default:
		t.Errorf("%s: a %v", at, typ)
	}
}
