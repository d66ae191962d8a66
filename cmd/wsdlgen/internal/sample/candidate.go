package sample

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// candidates returns values that may fit, the nicest first. They are in the form in which they are written back, so
// that a comparison of texts is one of values.
func candidates(f *facets, seq int) []string {
	var out []string
	for _, k := range tries(f) {
		for _, alternatives := range f.patterns {
			for _, p := range alternatives {
				if text, err := example(p, k); err == nil {
					out = append(out, text)
				}
			}
		}
		if len(f.patterns) == 0 {
			break
		}
	}
	out = append(out, plain(f, seq)...)
	if len(f.patterns) > 0 {
		out = append(out, bounded(f, "")...)
	}
	return out
}

// tries returns which examples of a pattern to take: short ones, and those that are about as long as f wants.
func tries(f *facets) []int {
	var all []int
	for k := range 24 {
		all = append(all, k)
	}
	for _, n := range []int{f.length, f.minLength, f.maxLength} {
		const most = 4000
		for k := max(24, n-12); k <= min(n, most); k++ {
			all = append(all, k)
		}
	}
	return all
}

// plain returns candidates for a type without patterns.
func plain(f *facets, seq int) []string {
	if isNumber(f.builtin) {
		return numbers(f, seq)
	}
	day := 1 + seq%28
	switch f.builtin {
	case model.Boolean:
		return []string{[]string{"true", "false"}[seq%2]}
	case model.HexBinary:
		return []string{"0AFF", strings.Repeat("0A", max(f.length, f.minLength, 0))}
	case model.Base64Binary:
		return []string{"AQID", base64Of(max(f.length, f.minLength, 0))}
	case model.Duration:
		return bounded(f, fmt.Sprintf("PT%dM", 1+seq%59))
	case model.DateTime:
		return bounded(f, fmt.Sprintf("2024-05-%02dT10:20:30Z", day))
	case model.Date:
		return bounded(f, fmt.Sprintf("2024-05-%02d", day))
	case model.Time:
		return bounded(f, fmt.Sprintf("10:20:%02d", seq%60))
	case model.GYear:
		return bounded(f, fmt.Sprint(2000+seq%100))
	case model.GYearMonth:
		return bounded(f, "2024-05")
	case model.GMonth:
		return bounded(f, "--05")
	case model.GMonthDay:
		return bounded(f, "--05-17")
	case model.GDay:
		return bounded(f, "---17")
	case model.Language:
		return []string{"en", "en-GB"}
	case model.ID, model.IDREF, model.NCName, model.XMLName, model.NMTOKEN:
		return sized(f, fmt.Sprintf("n%d", seq))
	case model.AnyURI:
		return sized(f, fmt.Sprintf("urn:x:%d", seq))
	case model.Token, model.NormalizedString:
		return sized(f, fmt.Sprintf("token %d", seq))
	}
	return sized(f, fmt.Sprintf("text %d", seq))
}

// bounded returns text and the bounds of f, which are values too.
func bounded(f *facets, text string) []string {
	if f.minIncl == "" && f.maxIncl == "" {
		return []string{text}
	}
	var out []string
	for _, bound := range []string{f.minIncl, f.maxIncl} {
		if bound == "" {
			continue
		}
		if whole, fraction, ok := strings.Cut(bound, "."); ok && strings.Trim(fraction, "0") == "" {
			out = append(out, whole) // as it is written back
		}
		out = append(out, bound)
	}
	return append(out, text)
}

// sized returns text, and text cut or filled to the lengths that f allows.
func sized(f *facets, text string) []string {
	out := []string{text}
	for _, n := range []int{f.length, f.minLength, f.maxLength} {
		if n < 0 || n > 100_000 {
			continue
		}
		if len(text) >= n {
			out = append(out, strings.TrimRight(text[:n], " "), strings.ReplaceAll(text[:n], " ", "x"))
		} else {
			out = append(out, text+strings.Repeat("x", n-len(text)))
		}
	}
	return append(out, "x", "")
}

func base64Of(octets int) string {
	text := strings.Repeat("AQID", octets/3)
	switch octets % 3 {
	case 1:
		text += "AQ=="
	case 2:
		text += "AQI="
	}
	return text
}

// numbers returns small numbers and those at the bounds.
func numbers(f *facets, seq int) []string {
	var out []string
	if !isInteger(f.builtin) && f.fractionDigits != 0 {
		out = append(out, fmt.Sprintf("%d.5", seq%1000), fmt.Sprintf("%d.5", seq%10))
	}
	out = append(out, fmt.Sprint(seq%1000), fmt.Sprint(seq%100), fmt.Sprint(seq%10), "0", "1", "-1")
	low, high := bounds(f.builtin)
	for _, text := range []string{f.minIncl, f.maxIncl, f.minExcl, f.maxExcl, low, high} {
		n, ok := new(big.Rat).SetString(text)
		if !ok {
			continue
		}
		for _, by := range []*big.Rat{new(big.Rat), big.NewRat(1, 1), big.NewRat(-1, 1), big.NewRat(1, 2), big.NewRat(-1, 2), big.NewRat(1, 100), big.NewRat(-1, 100)} {
			sum := new(big.Rat).Add(n, by)
			if sum.IsInt() {
				out = append(out, sum.Num().String())
			} else {
				out = append(out, strings.TrimRight(sum.FloatString(6), "0"))
			}
		}
	}
	if f.totalDigits > 0 {
		out = append(out, strings.Repeat("1", f.totalDigits))
	}
	return out
}
