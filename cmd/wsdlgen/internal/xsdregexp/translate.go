// Package xsdregexp turns the regular expressions of XML Schema into those of Go.
package xsdregexp

import (
	"fmt"
	"strings"
)

// classes are the escapes that XML Schema has and Go has not, as the content of a bracket expression: of what they stand for
// ASCII, and all letters and digits beyond.
var classes = map[byte]string{
	'i': `\pL_:`, 'c': `\pL\pN\pM._:\-`,
	'I': `\x00-9;-@\[-^{-~`, 'C': `\x00-,/;-@\[-^{-~`,
}

// blocks are the Unicode blocks that patterns name most.
var blocks = map[string]string{"IsBasicLatin": `\x00-\x7F`, "IsLatin-1Supplement": `\x{80}-\x{FF}`}

// Translate turns a pattern of XML Schema into one of Go: there ^ and $ are ordinary characters, some escapes are other
// ones, and numbers are not limited. Subtraction of classes has no counterpart and is an error.
func Translate(p string) (string, error) {
	var out strings.Builder
	inClass := false
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
		case c == '\\' && i+1 < len(p):
			i++
			if set, ok := classes[p[i]]; ok {
				if !inClass {
					set = "[" + set + "]"
				}
				out.WriteString(set)
				continue
			}
			if (p[i] == 'p' || p[i] == 'P') && strings.HasPrefix(p[i:], p[i:i+1]+"{Is") {
				end := strings.IndexByte(p[i:], '}')
				set, ok := "", false
				if end > 0 {
					set, ok = blocks[p[i+2:i+end]]
				}
				if !ok || p[i] == 'P' {
					return "", fmt.Errorf("a Unicode block")
				}
				if !inClass {
					set = "[" + set + "]"
				}
				out.WriteString(set)
				i += end
				continue
			}
			out.WriteByte('\\')
			out.WriteByte(p[i])
		case inClass && c == '[':
			if i > 0 && p[i-1] == '-' {
				return "", fmt.Errorf("a subtraction of character classes")
			}
			out.WriteString(`\[`)
		case c == '[':
			inClass = true
			out.WriteByte(c)
		case c == ']':
			inClass = false
			out.WriteByte(c)
		case !inClass && (c == '^' || c == '$'):
			out.WriteByte('\\')
			out.WriteByte(c)
		case !inClass && c == '{':
			end := strings.IndexByte(p[i:], '}')
			if end < 0 {
				return "", fmt.Errorf("a brace that is not closed")
			}
			out.WriteString(repeat(p[i : i+end+1]))
			i += end
		default:
			out.WriteByte(c)
		}
	}
	return out.String(), nil
}

// repeat limits the numbers of a repetition to those that Go takes. The lowest number is kept, so what matches still
// does by the schema.
func repeat(quantifier string) string {
	var low, high int
	if n, _ := fmt.Sscanf(quantifier, "{%d,%d}", &low, &high); n == 2 && high > 1000 && low <= 1000 {
		return fmt.Sprintf("{%d,}", low)
	}
	if strings.HasPrefix(quantifier, "{,") {
		return "{0," + quantifier[2:]
	}
	return quantifier
}
