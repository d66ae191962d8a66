package xmlwire

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// Character classes of the bytes that start or continue the productions of XML 1.0. Bytes from 0x80 up belong to no
// class here; the callers hand them to the rune functions below.
const (
	nameStart = 1 << iota // may start a name (the colon excepted)
	nameChar              // may continue a name (the colon excepted)
	space                 // white space
	textStop              // ends a run of plain text: markup, references, ']', CR, illegal and non-ASCII bytes
	escape                // is not written as it is into text (or, for '"', tab and LF, into an attribute)
	attrStop              // ends a run of plain attribute value: quotes, '<', '&', white space but the space, illegal and non-ASCII bytes
)

var class = func() (t [256]uint8) {
	for c := range 256 {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_':
			t[c] |= nameStart | nameChar
		case '0' <= c && c <= '9', c == '-', c == '.':
			t[c] |= nameChar
		}
		switch c {
		case ' ':
			t[c] |= space
		case '\t', '\n':
			t[c] |= space | attrStop | escape
		case '\r':
			t[c] |= space | attrStop | textStop | escape
		case '<', '&':
			t[c] |= attrStop | textStop | escape
		case '>':
			t[c] |= escape
		case '"':
			t[c] |= attrStop | escape
		case '\'':
			t[c] |= attrStop
		case ']':
			t[c] |= textStop
		default:
			if c < ' ' || c >= utf8.RuneSelf {
				t[c] |= attrStop | textStop | escape
			}
		}
	}
	return t
}()

// isChar reports whether XML 1.0 allows r in a document (production Char).
func isChar(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// isNameStart and isNameChar are the productions NameStartChar and NameChar of XML 1.0, fifth edition, beyond ASCII.
func isNameStart(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return class[r]&nameStart != 0
	case r < 0x370:
		return r >= 0xC0 && r != 0xD7 && r != 0xF7 && r <= 0x2FF
	case r < 0x2000:
		return r != 0x37E
	case r < 0x3001:
		return r == 0x200C || r == 0x200D || r >= 0x2070 && r <= 0x218F || r >= 0x2C00 && r <= 0x2FEF
	}
	return r <= 0xD7FF || r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFFD || r >= 0x10000 && r <= 0xEFFFF
}

func isNameChar(r rune) bool {
	if r < utf8.RuneSelf {
		return class[r]&nameChar != 0
	}
	return isNameStart(r) || r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

// isNCName reports whether s is a name without a colon.
func isNCName[S string | []byte](s S) bool {
	for i, r := range string(s) {
		if r == utf8.RuneError && !hasRune(string(s[i:])) || !isNameChar(r) || i == 0 && !isNameStart(r) {
			return false
		}
	}
	return len(s) > 0
}

// plainEnd returns where the plain text ends that starts at i: at markup, a reference, ']', CR or a byte that is illegal.
// Texts are looked at in words of eight bytes, in which a bit trick finds the bytes to stop at, line feeds and tabs among
// them.
func plainEnd(buf []byte, i int) int {
	for {
		w := binary.LittleEndian.Uint64(buf[i:])
		stops := w&tops | (w-ones*0x20)&^w&tops | zeros(w^'<'*ones) | zeros(w^'&'*ones) | zeros(w^']'*ones)
		if stops == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(stops) / 8
		switch c := buf[i]; {
		case class[c]&textStop == 0:
			i++
		case c < utf8.RuneSelf:
			return i
		default:
			r, n := utf8.DecodeRune(buf[i:])
			if n == 1 || !isChar(r) { // which may only be cut off
				return i
			}
			i += n
		}
	}
}

// hasRune reports whether s starts with a valid encoding, which tells a literal U+FFFD from a decoding error.
func hasRune(s string) bool {
	_, n := utf8.DecodeRuneInString(s)
	return n > 1
}

// trimSpace returns b without the XML white space around it.
func trimSpace(b []byte) []byte {
	for len(b) > 0 && class[b[0]]&space != 0 {
		b = b[1:]
	}
	for len(b) > 0 && class[b[len(b)-1]]&space != 0 {
		b = b[:len(b)-1]
	}
	return b
}

func isSpace(b []byte) bool {
	for _, c := range b {
		if class[c]&space == 0 {
			return false
		}
	}
	return true
}
