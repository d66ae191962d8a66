package xmlwire

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// A Facet limits the values of a member, as a facet of XML Schema does, or how often the member occurs. The names are
//
//	length, minLength, maxLength    of texts in characters, of binary data in bytes, of lists in items
//	pattern                         a regular expression of Go, which all of the text must match
//	minInclusive, maxInclusive, minExclusive, maxExclusive
//	                                of numbers; of dates and durations they are not checked
//	totalDigits, fractionDigits     of numbers
//	minOccurs, maxOccurs            of members that repeat
//
// Others are not checked.
type Facet struct{ Name, Value string }

func (f Facet) isOccurs() bool { return f.Name == "minOccurs" || f.Name == "maxOccurs" }

func (f Facet) isLength() bool {
	return f.Name == "length" || f.Name == "minLength" || f.Name == "maxLength"
}

// allowsLength reports whether a length is allowed, and says what would be.
func (f Facet) allowsLength(n int, unit string) (want string, ok bool) {
	limit, err := strconv.Atoi(f.Value)
	if err != nil {
		return "", true
	}
	switch f.Name {
	case "length":
		return fmt.Sprintf("%d %s", limit, unit), n == limit
	case "minLength":
		return fmt.Sprintf("at least %d %s", limit, unit), n >= limit
	case "maxLength":
		return fmt.Sprintf("at most %d %s", limit, unit), n <= limit
	}
	return "", true
}

func (f Facet) allowsOccurs(n int) (want string, ok bool) {
	limit, err := strconv.Atoi(f.Value)
	switch {
	case err != nil:
	case f.Name == "minOccurs":
		return fmt.Sprintf("at least %d", limit), n >= limit
	case f.Name == "maxOccurs":
		return fmt.Sprintf("at most %d", limit), n <= limit
	}
	return "", true
}

// allows reports whether a text is allowed, by the facets that are neither of lengths nor of occurrence.
func (f Facet) allows(text string) (want string, ok bool) {
	switch f.Name {
	case "pattern":
		re := expression(f.Value)
		return "a text like " + f.Value, re == nil || re.MatchString(text)
	case "totalDigits", "fractionDigits":
		return f.allowsDigits(text)
	}
	value, isNumber := number(text)
	limit, isLimit := number(f.Value)
	if !isNumber || !isLimit {
		return "", true
	}
	switch cmp := value.Cmp(limit); f.Name {
	case "minInclusive":
		return "at least " + f.Value, cmp >= 0
	case "maxInclusive":
		return "at most " + f.Value, cmp <= 0
	case "minExclusive":
		return "more than " + f.Value, cmp > 0
	case "maxExclusive":
		return "less than " + f.Value, cmp < 0
	}
	return "", true
}

func (f Facet) allowsDigits(text string) (want string, ok bool) {
	limit, err := strconv.Atoi(f.Value)
	if err != nil {
		return "", true
	}
	whole, fraction, _ := strings.Cut(strings.TrimLeft(text, "+-"), ".")
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if f.Name == "fractionDigits" {
		return fmt.Sprintf("at most %d digits behind the point", limit), len(fraction) <= limit
	}
	if whole == "" {
		fraction = strings.TrimLeft(fraction, "0")
	}
	return fmt.Sprintf("at most %d digits", limit), len(whole)+len(fraction) <= limit
}

// number reads a decimal, or a float with an exponent that is not out of all bounds.
func number(text string) (*big.Rat, bool) {
	const longest = 400
	if len(text) > longest || strings.ContainsAny(text, "/_xXpPbBoO") {
		return nil, false
	}
	if _, exp, ok := strings.Cut(strings.ToLower(text), "e"); ok {
		if n, err := strconv.Atoi(exp); err != nil || n < -400 || n > 400 {
			return nil, false
		}
	}
	return new(big.Rat).SetString(text)
}

var expressions sync.Map // of *regexp.Regexp by the text of a facet

// expression returns a compiled pattern; nil for one that is none.
func expression(pattern string) *regexp.Regexp {
	if re, ok := expressions.Load(pattern); ok {
		return re.(*regexp.Regexp)
	}
	re, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
	if err != nil {
		re = nil
	}
	expressions.Store(pattern, re)
	return re
}
