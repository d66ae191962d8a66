package xmlwire

import (
	"fmt"
	"strconv"
)

// A SyntaxError reports bytes that are not well-formed XML, or XML that a SOAP message must not hold (a DOCTYPE).
type SyntaxError struct {
	Path   string // of the open elements, such as /Envelope/Body/GetUnitResponse/List/Unit[3]/Km
	Offset int64  // in bytes from the start of the document, in UTF-8
	Msg    string // one lower-case clause
	Err    error  // io.ErrUnexpectedEOF for a document that was cut off, else nil
}

func (e *SyntaxError) Error() string { return at(e.Path, e.Offset) + e.Msg }

// Unwrap returns the cause.
func (e *SyntaxError) Unwrap() error { return e.Err }

// A LimitError reports a document that exceeds one of the Limits.
type LimitError struct {
	Path   string
	Offset int64
	Limit  string // the name of the field of Limits
	Max    int64
}

func (e *LimitError) Error() string {
	return at(e.Path, e.Offset) + "exceeds the limit " + e.Limit + "=" + strconv.FormatInt(e.Max, 10)
}

// A ValueError reports well-formed XML that does not fit the Go type it is read into, or a Go value that has no XML
// form.
type ValueError struct {
	Path   string
	Offset int64  // -1 when writing
	Want   string // what was expected, such as "a number (xs:double)"
	Got    string // the offending text, shortened, or what was found in its place; empty where it would not help
	Err    error  // the cause, or nil
}

func (e *ValueError) Error() string {
	s := at(e.Path, e.Offset) + "expected " + e.Want
	switch {
	case e.Got == "":
	case e.Offset < 0: // not text of a document, but what the program gave
		s += ", got " + e.Got
	default:
		s += ", got " + strconv.Quote(e.Got)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *ValueError) Unwrap() error { return e.Err }

func at(path string, offset int64) string {
	if path == "" {
		path = "/"
	}
	if offset < 0 {
		return path + ": "
	}
	return fmt.Sprintf("%s: offset %d: ", path, offset)
}
