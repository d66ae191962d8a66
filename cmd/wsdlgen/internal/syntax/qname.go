package syntax

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// SplitQName splits a qualified name, such as xs:string, at its colon. It reports false for what is none.
func SplitQName(value string) (prefix, local string, ok bool) {
	prefix, local, found := strings.Cut(value, ":")
	if !found {
		prefix, local = "", value
	}
	return prefix, local, IsNCName(local) && (!found || IsNCName(prefix))
}

// QName expands a qualified name that is a value inside n by the declarations in scope. A name without prefix is in the
// default namespace. It reports false for what is no qualified name or has an undeclared prefix.
func (n *Node) QName(value string) (name model.Name, ok bool) {
	prefix, local, ok := SplitQName(value)
	if !ok {
		return model.Name{}, false
	}
	space, ok := n.Scope.Lookup(prefix)
	return model.Name{Space: space, Local: local}, ok
}

// IsNCName reports whether s is a name without colon. It is as XML 1.0 has it in its fifth edition, which the strict
// reader applies to names of elements too.
func IsNCName(s string) bool {
	if s == "" || !utf8.ValidString(s) {
		return false
	}
	for i, r := range s {
		if !isNameStart(r) && (i == 0 || !isNameLater(r)) {
			return false
		}
	}
	return true
}

func isNameStart(r rune) bool {
	switch {
	case r < 0x80:
		return r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	case r == 0xD7, r == 0xF7, r == 0x37E:
		return false
	}
	return unicode.In(r, nameStart)
}

func isNameLater(r rune) bool {
	return r == '-' || r == '.' || '0' <= r && r <= '9' || r == 0xB7 || 0x300 <= r && r <= 0x36F || r == 0x203F || r == 0x2040
}

var nameStart = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0xC0, Hi: 0x2FF, Stride: 1}, {Lo: 0x370, Hi: 0x1FFF, Stride: 1}, {Lo: 0x200C, Hi: 0x200D, Stride: 1},
		{Lo: 0x2070, Hi: 0x218F, Stride: 1}, {Lo: 0x2C00, Hi: 0x2FEF, Stride: 1}, {Lo: 0x3001, Hi: 0xD7FF, Stride: 1},
		{Lo: 0xF900, Hi: 0xFDCF, Stride: 1}, {Lo: 0xFDF0, Hi: 0xFFFD, Stride: 1},
	},
	R32: []unicode.Range32{{Lo: 0x10000, Hi: 0xEFFFF, Stride: 1}},
}

// Quote quotes s for an error message, shortened so that a hostile document cannot fill the screen.
func Quote(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
