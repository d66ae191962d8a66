package soaptest

import (
	"testing"

	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/internal/xmllint"
)

// Validate has xmllint, of libxml2, check a document by the schemas in WSDL and XSD files that belong together; files that
// these refer to are found beside them. Of a SOAP envelope it is the content of the body that is checked. It reports whether
// the document is valid; if not, the test has failed with what xmllint says.
//
// Where xmllint is not installed the test is skipped, by a message that says so, and so is all that would come after in that
// test: call Validate last, or in a t.Run of its own. If the environment variable REQUIRE_TOOLS is set to anything, the test
// fails instead.
func Validate[D Text](tb testing.TB, doc D, files ...string) bool {
	tb.Helper()
	testenv.NeedProgram(tb, xmllint.Program)
	schema, err := xmllint.Lay(tb.TempDir(), files...)
	if err != nil {
		tb.Errorf("the document cannot be validated: %v", err)
		return false
	}
	payload, _, err := payloadOf([]byte(doc))
	if err == nil {
		err = schema.Check(payload)[0]
	}
	if err != nil {
		tb.Errorf("the document is not valid: %v", err)
	}
	return err == nil
}
