package xmlwire

import (
	"errors"
	"unicode/utf8"
)

var errIllegalChar = errors.New("the text holds a character that XML cannot carry, or invalid UTF-8")

// AppendText appends s to dst as character data. A carriage return is written as a reference, since readers turn a
// literal one into a line feed. Characters that XML cannot carry, such as U+0000, and invalid UTF-8 are an error.
func AppendText(dst []byte, s string) ([]byte, error) { return appendEscaped(dst, s, false) }

// AppendAttrValue does the same for what stands between the double quotes of an attribute. There, tab and line feed
// are written as references too.
func AppendAttrValue(dst []byte, s string) ([]byte, error) { return appendEscaped(dst, s, true) }

func appendEscaped(dst []byte, s string, attr bool) ([]byte, error) {
	clean := 0
	for i := 0; i < len(s); {
		c := s[i]
		if class[c]&escape == 0 {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 || !isChar(r) {
				return dst, errIllegalChar
			}
			i += n
			continue
		}
		ref := ""
		switch c {
		case '<':
			ref = "&lt;"
		case '>': // needed after ]] only, but harmless and what others write
			ref = "&gt;"
		case '&':
			ref = "&amp;"
		case '\r':
			ref = "&#xD;"
		case '"':
			if attr {
				ref = "&quot;"
			}
		case '\t':
			if attr {
				ref = "&#x9;"
			}
		case '\n':
			if attr {
				ref = "&#xA;"
			}
		default:
			if c < ' ' {
				return dst, errIllegalChar
			}
		}
		i++
		if ref != "" {
			dst = append(dst, s[clean:i-1]...)
			dst = append(dst, ref...)
			clean = i
		}
	}
	return append(dst, s[clean:]...), nil
}
