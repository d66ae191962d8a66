package jsonwire

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// The limits on what is read, which documents of the service are far from.
const (
	maxDepth = 100
	maxText  = 64 << 20 // bytes of one text
)

// A scanner reads the parts of a document one after another, in constant memory. Errors of it are *xmlwire.SyntaxErrors,
// *xmlwire.LimitErrors and those of the source.
type scanner struct {
	src    *bufio.Reader
	offset int64
	path   []string
	depth  int
	text   []byte // of the last text or literal
}

func newScanner(src io.Reader) *scanner {
	s := &scanner{src: bufio.NewReaderSize(src, 16<<10)}
	if mark, err := s.src.Peek(3); err == nil && string(mark) == "\uFEFF" {
		_, _ = s.src.Discard(3)
		s.offset = 3
	}
	return s
}

func (s *scanner) where() string { return "/" + strings.Join(s.path, "/") }

func (s *scanner) fail(format string, args ...any) error {
	return &xmlwire.SyntaxError{Path: s.where(), Offset: s.offset, Msg: fmt.Sprintf(format, args...)}
}

// broken explains an error of the source: of an end that comes too early, a document that was cut off.
func (s *scanner) broken(err error) error {
	if errors.Is(err, io.EOF) {
		return &xmlwire.SyntaxError{
			Path: s.where(), Offset: s.offset, Msg: "the JSON document is cut off", Err: io.ErrUnexpectedEOF,
		}
	}
	return err
}

func (s *scanner) next() (byte, error) {
	c, err := s.src.ReadByte()
	if err != nil {
		return 0, s.broken(err)
	}
	s.offset++
	return c, nil
}

func (s *scanner) back() {
	_ = s.src.UnreadByte() // it follows a ReadByte
	s.offset--
}

// peek returns the next byte that is no white space, which stays unread.
func (s *scanner) peek() (byte, error) {
	for {
		c, err := s.next()
		if err != nil {
			return 0, err
		}
		switch c {
		case ' ', '\t', '\n', '\r':
		default:
			s.back()
			return c, nil
		}
	}
}

// expect reads past white space and the byte c.
func (s *scanner) expect(c byte) error {
	got, err := s.peek()
	if err != nil {
		return err
	}
	if got != c {
		return s.fail("expected %q, got %q", c, got)
	}
	_, err = s.next()
	return err
}

// end reads to the end of the document.
func (s *scanner) end() error {
	for {
		c, err := s.src.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case strings.IndexByte(" \t\r\n", c) < 0:
			return s.fail("more content where the document should end")
		}
		s.offset++
	}
}

// each reads an array or object, calling item in front of each of its items; open is '[' or '{'.
func (s *scanner) each(open byte, item func() error) error {
	if err := s.expect(open); err != nil {
		return err
	}
	if s.depth++; s.depth > maxDepth {
		return &xmlwire.LimitError{Path: s.where(), Offset: s.offset, Limit: "Depth", Max: maxDepth}
	}
	defer func() { s.depth-- }()
	stop := open + 2 // in ASCII ']' and '}' both are two behind
	c, err := s.peek()
	if err != nil {
		return err
	}
	if c == stop {
		_, err = s.next()
		return err
	}
	for {
		if err := item(); err != nil {
			return err
		}
		c, err := s.peek()
		if err != nil {
			return err
		}
		if c != ',' && c != stop {
			return s.fail("expected ',' or %q, got %q", stop, c)
		}
		if _, err := s.next(); err != nil || c == stop {
			return err
		}
	}
}

// members reads an object, calling member with each name in front of its value. The name is good until more is read.
func (s *scanner) members(member func(name []byte) error) error {
	return s.each('{', func() error {
		if err := s.readText(); err != nil {
			return err
		}
		name := s.text
		if err := s.expect(':'); err != nil {
			return err
		}
		return member(name)
	})
}

// skip reads past one value.
func (s *scanner) skip() error {
	c, err := s.peek()
	if err != nil {
		return err
	}
	switch c {
	case '{':
		return s.members(func([]byte) error { return s.skip() })
	case '[':
		return s.each('[', s.skip)
	case '"':
		return s.readText()
	}
	return s.readLiteral()
}

// isNull reads past a null, if one comes.
func (s *scanner) isNull() (bool, error) {
	c, err := s.peek()
	if err != nil || c != 'n' {
		return false, err
	}
	return true, s.readLiteral()
}

// readLiteral reads a number, true, false, null, NaN or ±Infinity into text.
func (s *scanner) readLiteral() error {
	s.text = s.text[:0]
	for {
		c, err := s.src.ReadByte()
		if errors.Is(err, io.EOF) && len(s.text) > 0 {
			break
		}
		if err != nil {
			return s.broken(err)
		}
		if word := c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("+-.", c) >= 0; !word || len(s.text) > 400 {
			_ = s.src.UnreadByte()
			break
		}
		s.text = append(s.text, c)
		s.offset++
	}
	if !isLiteral(string(s.text)) {
		return s.fail("expected a value, got %q", s.text)
	}
	return nil
}

func isLiteral(s string) bool {
	switch s {
	case "true", "false", "null", "NaN", "Infinity", "-Infinity":
		return true
	case "":
		return false
	}
	if digits := strings.TrimPrefix(s, "-"); digits == "" || digits[0] < '0' || digits[0] > '9' {
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil || errors.Is(err, strconv.ErrRange)
}

// readText reads a string into text.
func (s *scanner) readText() error {
	if err := s.expect('"'); err != nil {
		return err
	}
	s.text = s.text[:0]
	for {
		c, err := s.next()
		switch {
		case err != nil:
			return err
		case c == '"':
			if !utf8.Valid(s.text) {
				return s.fail("a text that is no UTF-8")
			}
			return nil
		case c == '\\':
			if err := s.readEscape(); err != nil {
				return err
			}
			continue
		case c < ' ':
			return s.fail("a control character in a text")
		}
		if len(s.text) >= maxText {
			return &xmlwire.LimitError{Path: s.where(), Offset: s.offset, Limit: "TextBytes", Max: maxText}
		}
		s.text = append(s.text, c)
	}
}

func (s *scanner) readEscape() error {
	c, err := s.next()
	if err != nil {
		return err
	}
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		s.text = append(s.text, "\"\\/\b\f\n\r\t"[i])
		return nil
	}
	if c != 'u' {
		return s.fail("unknown escape \\%c", c)
	}
	high, err := s.readHex()
	if err != nil || !utf16.IsSurrogate(high) {
		s.text = utf8.AppendRune(s.text, high)
		return err
	}
	// Half a character is what a string of the CLR may hold: it becomes U+FFFD.
	if pair, err := s.src.Peek(2); err != nil || string(pair) != `\u` {
		s.text = utf8.AppendRune(s.text, utf8.RuneError)
		return nil
	}
	_, _ = s.src.Discard(2)
	s.offset += 2
	low, err := s.readHex()
	if err != nil {
		return err
	}
	if c := utf16.DecodeRune(high, low); c != utf8.RuneError {
		s.text = utf8.AppendRune(s.text, c)
		return nil
	}
	s.text = utf8.AppendRune(utf8.AppendRune(s.text, utf8.RuneError), low)
	return nil
}

func (s *scanner) readHex() (rune, error) {
	var digits [4]byte
	for i := range digits {
		c, err := s.next()
		if err != nil {
			return 0, err
		}
		digits[i] = c
	}
	n, err := strconv.ParseUint(string(digits[:]), 16, 16)
	if err != nil {
		return 0, s.fail("malformed escape \\u%s", digits[:])
	}
	return rune(n), nil
}
