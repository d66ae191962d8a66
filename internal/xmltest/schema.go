package xmltest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/internal/xmllint"
)

// A Schema is the schema of a WSDL, laid out for xmllint.
type Schema struct{ *xmllint.Schema }

// Validate checks a message by the schema in the types of a WSDL, both given as text. To check several messages,
// ReadSchema once is quicker. Without xmllint the test is skipped.
func Validate[W, P Text](tb testing.TB, wsdl W, payload P) bool {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "service.wsdl")
	if err := os.WriteFile(file, []byte(wsdl), 0o600); err != nil {
		tb.Fatal(err)
	}
	return ReadSchema(tb, file).Valid(tb, []byte(payload))
}

// ReadSchema reads the schemas of a WSDL or schema file, or of several that belong together. References to other
// files are resolved beside the file that makes them. Without xmllint the test is skipped.
func ReadSchema(tb testing.TB, files ...string) *Schema {
	tb.Helper()
	testenv.NeedProgram(tb, xmllint.Program)
	s, err := xmllint.Lay(tb.TempDir(), files...)
	if err != nil {
		tb.Fatal(err)
	}
	return &Schema{s}
}

// Valid checks messages, and reports which are not valid and why. It reports whether all are.
func (s *Schema) Valid(tb testing.TB, payloads ...[]byte) bool {
	tb.Helper()
	ok := true
	for i, err := range s.Check(payloads...) {
		if err != nil {
			ok = false
			tb.Errorf("not valid by the schema: %v\n%s", err, payloads[i])
		}
	}
	return ok
}
