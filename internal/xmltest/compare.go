// Package xmltest helps tests with XML and with HTTP exchanges that carry it.
//
// Equal compares documents by what they say, ReadSchema lets xmllint judge messages by the schema of a WSDL, and
// ReadExchange and Replay answer requests with bytes that a service once sent, without a network.
package xmltest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit/internal/canon"
)

// Text is a document, in UTF-8.
type Text interface{ ~string | ~[]byte }

// Canonical returns the canonical text of doc: see package canon for what it keeps. The test fails at once if doc is
// not well-formed.
func Canonical[T Text](tb testing.TB, doc T) string {
	tb.Helper()
	return parse(tb, "document", doc).String()
}

// Equal checks that two documents have the same canonical text, and reports where they differ. It reports whether they
// are equal.
func Equal[W, G Text](tb testing.TB, want W, got G, msgAndArgs ...any) bool {
	tb.Helper()
	w, g := parse(tb, "wanted document", want), parse(tb, "document", got)
	diffs := canon.Diff(w, g)
	if len(diffs) == 0 {
		return true
	}
	const most = 20
	if more := len(diffs) - most; more > 0 {
		diffs = append(diffs[:most], "and more")
	}
	tb.Logf("the documents differ:\n\t%s", strings.Join(diffs, "\n\t"))
	return assert.Equal(tb, w.String(), g.String(), msgAndArgs...)
}

func parse[T Text](tb testing.TB, what string, doc T) *canon.Node {
	tb.Helper()
	n, err := canon.Parse([]byte(doc))
	if err != nil {
		tb.Fatalf("the %s cannot be compared: %v\n%s", what, err, doc)
	}
	return n
}

// Payload returns the first element in the Body of a SOAP envelope of either version as a document of its own, with the
// namespace declarations that were in scope. The test fails at once if there is none.
func Payload[T Text](tb testing.TB, envelope T) []byte {
	tb.Helper()
	payload, err := canon.Payload([]byte(envelope))
	if err != nil {
		tb.Fatalf("%v\n%s", err, envelope)
	}
	return payload
}
