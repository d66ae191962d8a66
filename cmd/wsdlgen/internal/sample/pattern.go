package sample

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// compile returns an expression that matches what one of the patterns of XML Schema matches.
func compile(patterns []string) (*regexp.Regexp, error) {
	var all []string
	for _, p := range patterns {
		t, err := translate(p)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return regexp.Compile(`\A(?:` + strings.Join(all, "|") + `)\z`)
}

// classes are the escapes that XML Schema has and Go has not, as the content of a bracket expression; only ASCII of
// what they stand for, which is enough to make examples.
var classes = map[byte]string{
	'i': `A-Za-z_:`, 'c': `A-Za-z0-9._:\-`,
	'I': `\x00-9;-@\[-^{-~`, 'C': `\x00-,/;-@\[-^{-~`,
}

// blocks are the Unicode blocks that patterns name most.
var blocks = map[string]string{"IsBasicLatin": `\x00-\x7F`, "IsLatin-1Supplement": `\x{80}-\x{FF}`}

// translate turns a pattern of XML Schema into one of Go: there ^ and $ are ordinary characters, some escapes are other
// ones, and numbers are not limited. Subtraction of classes has no counterpart and is an error.
func translate(p string) (string, error) {
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

// example returns a text that the pattern matches. Each k gives another one: longer, and by other alternatives.
func example(pattern string, k int) (string, error) {
	t, err := translate(pattern)
	if err != nil {
		return "", err
	}
	re, err := syntax.Parse(t, syntax.Perl)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	write(&b, re, k)
	return b.String(), nil
}

func write(b *strings.Builder, re *syntax.Regexp, k int) {
	const longest = 5000
	if b.Len() > longest {
		return
	}
	times := func(n int) {
		for range n {
			write(b, re.Sub[0], k)
		}
	}
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		b.WriteRune(nice(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('x')
	case syntax.OpCapture:
		write(b, re.Sub[0], k)
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			write(b, sub, k)
		}
	case syntax.OpAlternate:
		write(b, re.Sub[k%len(re.Sub)], k)
	case syntax.OpStar, syntax.OpQuest:
		if re.Op == syntax.OpQuest {
			times(min(k, 1))
		} else {
			times(k)
		}
	case syntax.OpPlus:
		times(1 + k)
	case syntax.OpRepeat:
		n := re.Min + k
		if re.Max >= 0 {
			n = min(n, re.Max)
		}
		times(n)
	}
}

// nice returns a character of a class, given as pairs: a digit or letter if there is one.
func nice(class []rune) rune {
	in := func(r rune) bool {
		for i := 0; i+1 < len(class); i += 2 {
			if class[i] <= r && r <= class[i+1] {
				return true
			}
		}
		return false
	}
	want := []rune("1A0a2x_-. ")
	if i := slices.IndexFunc(want, in); i >= 0 {
		return want[i]
	}
	for i := 0; i+1 < len(class); i += 2 { // controls are no characters of XML
		if r := max(class[i], '!'); r <= class[i+1] {
			return r
		}
	}
	return 'x'
}
