package sample

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// text gives n a value of the simple type t.
func (b *builder) text(n *Node, t *model.Type, fixed *string) {
	if v := b.value(n, t, fixed); !v.isMissing() {
		n.Value = v
	}
}

// value returns a value of the simple type t, another one each time where the type has several. Where there is none
// that it can find, a note says why.
func (b *builder) value(n *Node, t *model.Type, fixed *string) Value {
	b.seq++
	if fixed != nil {
		return Value{Text: *fixed}
	}
	seq := b.seq
	if t.Kind == model.EnumType {
		s := site{t, "value"}
		seq = b.g.turn[s]
		b.g.turn[s]++
	}
	v, err := simpleValue(t, seq)
	if err != "" {
		b.note(n, "%s", err)
	}
	return v
}

// simpleValue returns a value of t. The values for different seq differ where that is easy. A reason says why the value
// is not one of t.
func simpleValue(t *model.Type, seq int) (v Value, reason string) {
	switch t.Kind {
	case model.EnumType:
		if len(t.Enum) == 0 {
			return Value{}, "the enumeration has no values"
		}
		return Value{Text: t.Enum[seq%len(t.Enum)].Value}, ""
	case model.UnionType:
		if len(t.Union) > 0 {
			return simpleValue(t.Union[0], seq)
		}
		return Value{Text: "any"}, ""
	}
	f := facetsOf(t)
	if f.base != nil && f.base.Kind != model.BuiltinType { // facets on an enumeration or a union
		return simpleValue(f.base, seq)
	}
	if f.item != nil {
		return listValue(f, seq)
	}
	switch f.builtin {
	case model.QName:
		return Value{Name: &model.Name{Space: model.NamespaceXSD, Local: "string"}}, ""
	case model.NOTATION:
		return Value{missing: true}, "notations are not supported"
	case model.ENTITY, model.ENTITIES:
		return Value{missing: true}, "an entity needs a DTD, which SOAP does not allow"
	}
	tried := 0
	for _, text := range candidates(f, seq) {
		if tried++; f.allows(text) {
			return Value{Text: text}, ""
		}
	}
	return Value{Text: first1(candidates(f, seq))}, fmt.Sprintf("none of %d values tried fits the facets %s", tried, f)
}

func first1(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// listValue returns a list of as few items as f allows, or of two.
func listValue(f *facets, seq int) (Value, string) {
	count := 2
	if f.length >= 0 {
		count = f.length
	} else {
		if f.maxLength >= 0 {
			count = min(count, f.maxLength)
		}
		count = max(count, f.minLength)
	}
	var (
		items   []string
		problem string
	)
	for i := range count {
		v, reason := simpleValue(f.item, seq+i)
		if v.Name != nil {
			return Value{missing: true}, "lists of qualified names are not made"
		}
		if reason != "" {
			problem = reason
		}
		items = append(items, v.Text)
	}
	return Value{Text: strings.Join(items, " ")}, problem
}

// facets are those of a simple type and of all that it derives from.
type facets struct {
	builtin                      model.Builtin
	base                         *model.Type // where the derivation ends, if that is no built-in type
	item                         *model.Type // of a list
	length, minLength, maxLength int         // -1 is none
	totalDigits, fractionDigits  int
	minIncl, maxIncl             string
	minExcl, maxExcl             string
	patterns                     [][]string // one of each must match
	compiled                     []*regexp.Regexp
	unreadable                   string // a pattern that cannot be understood
}

func facetsOf(t *model.Type) *facets {
	f := &facets{length: -1, minLength: -1, maxLength: -1, totalDigits: -1, fractionDigits: -1}
	for ; t != nil; t = t.Base {
		f.take(t.Facets)
		switch t.Kind {
		case model.BuiltinType:
			f.builtin = t.Builtin
			if item := t.Builtin.ItemType(); item != model.NotBuiltin {
				f.item = item.Type()
			}
		case model.ListType:
			f.item = t.Item
			return f
		case model.EnumType, model.UnionType:
			f.base = t
			return f
		}
	}
	return f
}

// take adds the facets of one step of a derivation. What a more derived type says goes before.
func (f *facets) take(list []model.Facet) {
	number := func(to *int, text string) {
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && *to < 0 {
			*to = n
		}
	}
	word := func(to *string, text string) {
		if *to == "" {
			*to = strings.TrimSpace(text)
		}
	}
	var patterns []string
	for _, facet := range list {
		switch facet.Name {
		case "length":
			number(&f.length, facet.Value)
		case "minLength":
			number(&f.minLength, facet.Value)
		case "maxLength":
			number(&f.maxLength, facet.Value)
		case "totalDigits":
			number(&f.totalDigits, facet.Value)
		case "fractionDigits":
			number(&f.fractionDigits, facet.Value)
		case "minInclusive":
			word(&f.minIncl, facet.Value)
		case "maxInclusive":
			word(&f.maxIncl, facet.Value)
		case "minExclusive":
			word(&f.minExcl, facet.Value)
		case "maxExclusive":
			word(&f.maxExcl, facet.Value)
		case "pattern":
			patterns = append(patterns, facet.Value)
		}
	}
	if patterns == nil {
		return
	}
	f.patterns = append(f.patterns, patterns)
	re, err := compile(patterns)
	if err != nil {
		f.unreadable = fmt.Sprintf("%q: %v", patterns, err)
		return
	}
	f.compiled = append(f.compiled, re)
}

func (f *facets) String() string {
	if f.unreadable != "" {
		return f.unreadable
	}
	var out []string
	for _, n := range []struct {
		name  string
		value int
	}{{"length", f.length}, {"minLength", f.minLength}, {"maxLength", f.maxLength}, {"totalDigits", f.totalDigits}, {"fractionDigits", f.fractionDigits}} {
		if n.value >= 0 {
			out = append(out, fmt.Sprintf("%s %d", n.name, n.value))
		}
	}
	for _, p := range f.patterns {
		out = append(out, fmt.Sprintf("pattern %q", p))
	}
	for _, w := range []string{f.minIncl, f.maxIncl, f.minExcl, f.maxExcl} {
		if w != "" {
			out = append(out, "bound "+w)
		}
	}
	return f.builtin.String() + ": " + strings.Join(out, ", ")
}

// endsInUnit reports whether a duration has parts at all.
func endsInUnit(duration string) bool {
	return !strings.HasSuffix(duration, "P") && !strings.HasSuffix(duration, "T")
}

const zonePattern = `(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))?$`

// forms are what values of some built-in types look like. A pattern may let more pass.
var forms = map[model.Builtin]*regexp.Regexp{
	model.Boolean:    regexp.MustCompile(`^(true|false|1|0)$`),
	model.Duration:   regexp.MustCompile(`^-?P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$`),
	model.DateTime:   regexp.MustCompile(`^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?` + zonePattern),
	model.Date:       regexp.MustCompile(`^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])` + zonePattern),
	model.Time:       regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?` + zonePattern),
	model.GYear:      regexp.MustCompile(`^-?\d{4,}` + zonePattern),
	model.GYearMonth: regexp.MustCompile(`^-?\d{4,}-(0[1-9]|1[0-2])` + zonePattern),
	model.GMonth:     regexp.MustCompile(`^--(0[1-9]|1[0-2])` + zonePattern),
	model.GMonthDay:  regexp.MustCompile(`^--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])` + zonePattern),
	model.GDay:       regexp.MustCompile(`^---(0[1-9]|[12]\d|3[01])` + zonePattern),
	model.Language:   regexp.MustCompile(`^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$`),
	model.HexBinary:  regexp.MustCompile(`^([0-9a-fA-F]{2})*$`),
	model.NMTOKEN:    regexp.MustCompile(`^[\w.:-]+$`),
	model.XMLName:    regexp.MustCompile(`^[a-zA-Z_:][\w.:-]*$`),
	model.NCName:     regexp.MustCompile(`^[a-zA-Z_][\w.-]*$`),
	model.ID:         regexp.MustCompile(`^[a-zA-Z_][\w.-]*$`),
	model.IDREF:      regexp.MustCompile(`^[a-zA-Z_][\w.-]*$`),
	model.ENTITY:     regexp.MustCompile(`^[a-zA-Z_][\w.-]*$`),
}

// allows reports whether text meets the facets. Bounds of dates are looked at where they are written like the text.
func (f *facets) allows(text string) bool {
	size := utf8.RuneCountInString(text)
	switch f.builtin {
	case model.HexBinary:
		size /= 2
	case model.Base64Binary:
		size = len(strings.TrimRight(text, "=")) * 3 / 4
	}
	if f.length >= 0 && size != f.length || f.minLength >= 0 && size < f.minLength || f.maxLength >= 0 && size > f.maxLength {
		return false
	}
	if f.unreadable != "" {
		return false
	}
	if form := forms[f.builtin]; form != nil && !form.MatchString(text) || f.builtin == model.Duration && !endsInUnit(text) {
		return false
	}
	for _, re := range f.compiled {
		if !re.MatchString(text) {
			return false
		}
	}
	switch {
	case isNumber(f.builtin):
		return f.allowsNumber(text)
	case f.builtin >= model.DateTime && f.builtin <= model.GDay && f.builtin != model.Duration:
		return f.allowsDate(text)
	}
	return true
}

// allowsDate compares dates as texts, as far as both go: without signs and time zones the order is that of time.
func (f *facets) allowsDate(text string) bool {
	below := func(a, b string) bool {
		n := min(len(a), len(b))
		return a[:n] < b[:n]
	}
	return !below(text, f.minIncl) && !below(f.maxIncl, text) && (f.minExcl == "" || text != f.minExcl && !below(text, f.minExcl)) &&
		(f.maxExcl == "" || text != f.maxExcl && !below(f.maxExcl, text))
}

func isNumber(b model.Builtin) bool { return b >= model.Float && b <= model.UnsignedByte }

func isInteger(b model.Builtin) bool { return b >= model.Integer && b <= model.UnsignedByte }

func (f *facets) allowsNumber(text string) bool {
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return false
	}
	if isInteger(f.builtin) && !n.IsInt() {
		return false
	}
	holds := func(bound string, want ...int) bool {
		limit, ok := new(big.Rat).SetString(bound)
		if !ok {
			return true
		}
		c := n.Cmp(limit)
		for _, w := range want {
			if c == w {
				return true
			}
		}
		return false
	}
	low, high := bounds(f.builtin)
	whole, fraction, _ := strings.Cut(strings.TrimLeft(text, "+-"), ".")
	digits := strings.TrimLeft(whole+strings.TrimRight(fraction, "0"), "0")
	return holds(low, 0, 1) && holds(high, -1, 0) && holds(f.minIncl, 0, 1) && holds(f.maxIncl, -1, 0) &&
		holds(f.minExcl, 1) && holds(f.maxExcl, -1) &&
		(f.totalDigits < 0 || len(digits) <= f.totalDigits) && (f.fractionDigits < 0 || len(fraction) <= f.fractionDigits)
}

// bounds returns the bounds of a built-in number, empty where there are none.
func bounds(b model.Builtin) (low, high string) {
	switch b {
	case model.NonPositiveInteger:
		return "", "0"
	case model.NegativeInteger:
		return "", "-1"
	case model.NonNegativeInteger, model.UnsignedLong:
		return "0", ""
	case model.PositiveInteger:
		return "1", ""
	case model.Byte:
		return "-128", "127"
	case model.UnsignedByte:
		return "0", "255"
	case model.Short:
		return "-32768", "32767"
	case model.UnsignedShort:
		return "0", "65535"
	case model.UnsignedInt:
		return "0", "4294967295"
	}
	return "", ""
}
