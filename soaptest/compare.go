package soaptest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/soapfirst/trackunit/internal/canon"
)

// Text is a document as a string or as bytes, in UTF-8.
type Text interface{ ~string | ~[]byte }

// Equal checks that two documents say the same to a SOAP stack: see "What counts" in the comment of the package. It reports
// whether they do; if not, the test has failed, with a line for each difference. A document that is not well-formed is a
// failure too.
func Equal[W, G Text](tb testing.TB, want W, got G) bool {
	tb.Helper()
	diffs, err := Diff(want, got)
	if err != nil {
		tb.Errorf("the documents cannot be compared: %v", err)
		return false
	}
	if len(diffs) > 0 {
		tb.Errorf("the documents differ:%s", listing(diffs))
	}
	return len(diffs) == 0
}

// Diff returns how got differs from want, one clause for each difference and led by the path of the element, as in
//
//	/CreateZone/Name: "Yard", want "Depot"
//	/CreateZone/Note: missing here
//
// It is empty if both say the same. The error says which of the two is not well-formed.
func Diff[W, G Text](want W, got G) ([]string, error) {
	w, err := canon.Parse([]byte(want))
	if err != nil {
		return nil, fmt.Errorf("the wanted document: %w", err)
	}
	g, err := canon.Parse([]byte(got))
	if err != nil {
		return nil, fmt.Errorf("the document: %w", err)
	}
	return canon.Diff(w, g), nil
}

// listing puts each difference on a line of its own, up to a number that people read.
func listing(diffs []string) string {
	const most = 20
	if more := len(diffs) - most; more > 0 {
		diffs = append(diffs[:most:most], fmt.Sprintf("and %d more", more))
	}
	return "\n\t" + strings.Join(diffs, "\n\t")
}
