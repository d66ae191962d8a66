package names

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Exported turns an XML name into an exported Go identifier: words are capitalised and joined, initialisms are written
// as Go has them (Id → ID, callbackUrl → CallbackURL), and characters that no identifier can hold only separate words
// (a_b, a-b and a.b all give AB; the name on the wire is kept elsewhere). A name without any usable character, or one
// whose first character has no upper case (a digit, a CJK ideograph), gets the prefix X. The result is an identifier
// for any input.
func Exported(name string) string {
	var b strings.Builder
	for _, w := range words(name) {
		b.WriteString(capital(w))
	}
	s := b.String()
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(first) {
		s = "X" + s
	}
	return s
}

// words splits a name where a separator stands, where a small letter meets a capital (unitId) and where the last
// capital of a run begins a word (HTTPServer). Digits stay with what they follow.
func words(name string) []string {
	var (
		out  []string
		word []rune
	)
	flush := func() {
		if len(word) > 0 {
			out = append(out, string(word))
			word = nil
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
			continue
		}
		if len(word) > 0 && unicode.IsUpper(r) {
			last := word[len(word)-1]
			next := i+1 < len(runes) && unicode.IsLower(runes[i+1]) && !pluralEnd(runes[i+1:])
			if !unicode.IsUpper(last) || next {
				flush()
			}
		}
		word = append(word, r)
	}
	flush()
	return out
}

// pluralEnd reports whether the rest is the plural s of an initialism: the s of IDs or URLsOnly.
func pluralEnd(rest []rune) bool {
	return rest[0] == 's' && (len(rest) == 1 || !unicode.IsLower(rest[1]))
}

// capital writes one word as it stands in an exported identifier.
func capital(word string) string {
	upper := strings.ToUpper(word)
	if initialisms[upper] {
		return upper
	}
	if single, ok := strings.CutSuffix(upper, "S"); ok && plurals[single] && word != upper {
		return single + "s"
	}
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// initialisms are the words that Go's style writes in capitals throughout: the list of golint and staticcheck. It is
// part of what users compile against, so nothing may be added to it or taken away.
var initialisms = set(`
	ACL API ASCII CPU CSS DNS EOF GUID HTML HTTP HTTPS ID IP JSON LHS QPS RAM RHS RPC SLA SMTP SQL SSH TCP TLS TTL
	UDP UI UID URI URL UTF8 UUID VM XML XMPP XSRF XSS SIP RTP AMQP DB TS`)

// plurals are the initialisms whose plural is met in practice. The others would turn ordinary words into noise
// (Dbs, Tss).
var plurals = set(`ACL API GUID ID IP UID URI URL UUID VM`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(list) {
		m[s] = true
	}
	return m
}

// joined is Exported without regard to initialisms: the spelling is kept.
func joined(name string) string {
	var b strings.Builder
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		first, size := utf8.DecodeRuneInString(part)
		b.WriteRune(unicode.ToUpper(first))
		b.WriteString(part[size:])
	}
	s := b.String()
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(first) {
		s = "X" + s
	}
	return s
}

// valueName is what the constant for a value of an enumeration has behind the name of its type. It need not begin with
// a letter. A sign before a digit is spelt out; a value without letters and digits is spelt out throughout.
func valueName(value string) string {
	if len(value) > 1 && strings.ContainsRune("+-", rune(value[0])) && value[1] >= '0' && value[1] <= '9' {
		return spelled(value[:1]) + valueName(value[1:])
	}
	var b strings.Builder
	for _, w := range words(value) {
		b.WriteString(capital(w))
	}
	if b.Len() == 0 {
		return spelled(value)
	}
	return b.String()
}

// spelled is valueName with all symbols spelt out.
func spelled(value string) string {
	if value == "" {
		return "Empty"
	}
	var b strings.Builder
	for _, r := range value {
		switch name, ok := symbols[r]; {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case ok:
			b.WriteString(name)
		default:
			b.WriteString("U" + strings.ToUpper(strconv.FormatInt(int64(r), 16)))
		}
	}
	first, size := utf8.DecodeRuneInString(b.String())
	return string(unicode.ToUpper(first)) + b.String()[size:]
}

var symbols = map[rune]string{
	' ': "Space", '!': "Bang", '"': "Quote", '#': "Hash", '$': "Dollar", '%': "Percent", '&': "And", '\'': "Apostrophe",
	'(': "Open", ')': "Close", '*': "Star", '+': "Plus", ',': "Comma", '-': "Minus", '.': "Dot", '/': "Slash",
	':': "Colon", ';': "Semicolon", '<': "Less", '=': "Equal", '>': "Greater", '?': "Question", '@': "At", '_': "Under",
	'|': "Bar", '~': "Tilde", '^': "Caret", '\\': "Backslash", '[': "Left", ']': "Right", '{': "LeftBrace", '}': "RightBrace",
}
