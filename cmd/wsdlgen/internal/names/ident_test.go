package names

import (
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestExported(t *testing.T) {
	for in, want := range map[string]string{
		"GetUnit":              "GetUnit",
		"Id":                   "ID",
		"id":                   "ID",
		"KeyId":                "KeyID",
		"UnitIds":              "UnitIDs",
		"IDs":                  "IDs",
		"callbackUrl":          "CallbackURL",
		"HttpUrl":              "HTTPURL",
		"HTTPServer":           "HTTPServer",
		"XmlHttpRequest":       "XMLHTTPRequest",
		"userApiKey":           "UserAPIKey",
		"Ids":                  "IDs",
		"Idea":                 "Idea",
		"Gps":                  "Gps",
		"UoM":                  "UoM",
		"ISyncReply":           "ISyncReply",
		"Input1ChangeCounter":  "Input1ChangeCounter",
		"a_b":                  "AB",
		"a-b":                  "AB",
		"a.b":                  "AB",
		"ArrayOfint":           "ArrayOfint",
		"_":                    "X",
		"":                     "X",
		"__":                   "X",
		"type":                 "Type",
		"nil":                  "Nil",
		"2nd":                  "X2nd",
		"größe":                "Größe",
		"ÉTAT":                 "ÉTAT",
		"名前":                   "X名前",
		"straße-id":            "StraßeID",
		"e\u0301tat":           "ETat", // a combining accent cannot stand in an identifier
		"x; import \"os\" //y": "XImportOsY",
	} {
		assert.Equal(t, want, Exported(in), "Exported(%q)", in)
	}
}

func TestJoinedKeepsSpelling(t *testing.T) {
	assert.Equal(t, "BasicHttpBindingISyncReply", joined("BasicHttpBinding_ISyncReply"))
	assert.Equal(t, "X12Soap", joined("12-soap"))
	assert.Equal(t, "X", joined("-"))
}

func TestValueName(t *testing.T) {
	for in, want := range map[string]string{
		"red":    "Red",
		"1.0":    "10",
		"-1":     "Minus1",
		"+1":     "Plus1",
		"":       "Empty",
		"<=":     "LessEqual",
		"N/A":    "NA",
		"€":      "U20AC",
		"a b":    "AB",
		"Id":     "ID",
		"\u2028": "U2028",
	} {
		assert.Equal(t, want, valueName(in), "valueName(%q)", in)
	}
}

// FuzzExported checks that every string becomes an exported identifier.
func FuzzExported(f *testing.F) {
	for _, s := range []string{"", "a", "_", "Id", "ǆ", "ß", "٣", "a\u0301", "func", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range []string{Exported(s), joined(s), "T" + valueName(s), "T" + spelled(s)} {
			if !token.IsIdentifier(name) || !token.IsExported(name) {
				t.Errorf("%q became %q", s, name)
			}
		}
	})
}
