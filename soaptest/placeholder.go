package soaptest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A ledger gives placeholders to values, one and the same to a value wherever it stands, numbered as they come.
type ledger struct {
	of     map[string]string
	counts map[*form]int
	values []string // those that are replaced wherever they stand, the longest first; nil until they are asked for
}

func newLedger() *ledger { return &ledger{of: make(map[string]string), counts: make(map[*form]int)} }

// shortest is the length of a value that is taken out wherever it stands. Shorter ones are replaced in their own place
// alone: everywhere else they would spoil texts. It is that of internal/redact.
const shortest = 6

// placeholder returns what stands for a value. White space alone hides nothing and stays.
func (l *ledger) placeholder(value string) string {
	core := strings.TrimSpace(value)
	if core == "" {
		return value
	}
	if constant.MatchString(core) {
		return strings.Replace(value, core, constantPlaceholder(core), 1)
	}
	p, ok := l.of[core]
	if !ok {
		p = l.next(core)
		l.of[core], l.values = p, nil
	}
	return strings.Replace(value, core, p, 1)
}

// next makes a placeholder that is not the value itself.
func (l *ledger) next(value string) string {
	f := formOf(value)
	for {
		l.counts[f]++
		if p := f.make(value, l.counts[f]); p != value {
			return p
		}
	}
}

// constant values say nothing of anybody.
var constant = regexp.MustCompile(`^(true|false|NaN|-?INF)$`)

func constantPlaceholder(value string) string {
	if value == "true" {
		return "false"
	}
	return value
}

// replace returns text with placeholders in place of all values that stand in it as words.
func (l *ledger) replace(text string) string {
	if l.values == nil {
		l.values = []string{}
		for v := range l.of {
			if len(v) >= shortest {
				l.values = append(l.values, v)
			}
		}
		slices.SortFunc(l.values, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	}
	for _, v := range l.values {
		text = replaceWord(text, v, l.of[v])
	}
	return text
}

// replaceWord replaces old where it is not part of a longer word or number.
func replaceWord(text, old, with string) string {
	var b strings.Builder
	for at := 0; ; {
		i := strings.Index(text[at:], old)
		if i < 0 {
			b.WriteString(text[at:])
			return b.String()
		}
		i += at
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(old):])
		b.WriteString(text[at:i])
		if isWord(before) || isWord(after) {
			b.WriteString(old)
		} else {
			b.WriteString(with)
		}
		at = i + len(old)
	}
}

func isWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// A form is a kind of value, and makes placeholders of that kind, so that what reads the value reads its placeholder.
type form struct {
	is   *regexp.Regexp
	make func(value string, n int) string
}

// textPlaceholder is a name, a token of XML, and base64.
const textPlaceholder = "Redacted%04d"

// forms are tried in turn.
var forms = []*form{
	{regexp.MustCompile(`^\S+@\S+$`), func(_ string, n int) string { return fmt.Sprintf("user%d@example.invalid", n) }},
	{regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`), func(_ string, n int) string {
		return fmt.Sprintf("00000000-0000-4000-8000-%012x", n)
	}},
	{regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`), func(_ string, n int) string { return fmt.Sprintf("https://example.invalid/%d", n) }},
	{dateForm, dateLike},
	{regexp.MustCompile(`^\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$`), func(_ string, n int) string {
		return fmt.Sprintf("%02d:%02d:00", n/60%24, n%60)
	}},
	{regexp.MustCompile(`^[+(-]*\d[\d .,/()-]*([eE][+-]?\d+)?$`), digitsLike},
	{regexp.MustCompile(`^([0-9a-fA-F]{2}){4,}$`), func(value string, n int) string { return fmt.Sprintf("%0*x", len(value), n) }},
	{regexp.MustCompile(``), func(_ string, n int) string { return fmt.Sprintf(textPlaceholder, n) }},
}

func formOf(value string) *form {
	for _, f := range forms {
		if f.is.MatchString(value) {
			return f
		}
	}
	return nil // the last one takes everything
}

var dateForm = regexp.MustCompile(`^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$`)

// dateLike returns a date, with a time and a zone if value has them.
func dateLike(value string, n int) string {
	const days = 28
	parts := dateForm.FindStringSubmatch(value)
	date := fmt.Sprintf("%04d-%02d-%02d", 2000+n/days/12%1000, n/days%12+1, n%days+1)
	if parts[1] != "" {
		date += "T00:00:00"
	}
	return date + parts[3]
}

// digitsLike returns n in the digits of value, behind a 1, lest a number get longer or begin with a zero: a phone number, a
// number, a decimal stay what they are.
func digitsLike(value string, n int) string {
	digits := 0
	for _, r := range value {
		if isDigit(r) {
			digits++
		}
	}
	text := fmt.Sprintf("%0*d", digits, n)
	text = text[len(text)-digits:]
	if digits > 1 {
		text = "1" + text[1:]
	}
	at := 0
	return strings.Map(func(r rune) rune {
		if !isDigit(r) {
			return r
		}
		at++
		return rune(text[at-1])
	}, value)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
