package sample

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/xsdregexp"
)

// compile returns an expression that matches what one of the patterns of XML Schema matches.
func compile(patterns []string) (*regexp.Regexp, error) {
	var all []string
	for _, p := range patterns {
		t, err := xsdregexp.Translate(p)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return regexp.Compile(`\A(?:` + strings.Join(all, "|") + `)\z`)
}

// example returns a text that the pattern matches. Each k gives another one: longer, and by other alternatives.
func example(pattern string, k int) (string, error) {
	t, err := xsdregexp.Translate(pattern)
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
