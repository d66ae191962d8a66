package emit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// commentWidth is the column at which comments are wrapped. Short enough to be read beside a diff, long enough for a
// URL.
const commentWidth = 97

// comment prints paragraphs as a line comment. Words are wrapped and white space is collapsed, so whatever a WSDL says,
// every printed line begins with "// ", with the space: it cannot end the comment, and cannot be a directive to the
// compiler or to go generate.
func (p *printer) comment(paragraphs ...string) {
	first := true
	for _, para := range paragraphs {
		lines := wrap(para, commentWidth-len("// "))
		if len(lines) == 0 {
			continue
		}
		if !first {
			p.P("//")
		}
		first = false
		for _, line := range lines {
			p.P("// ", harmless(line))
		}
	}
}

// harmless quotes the one word that means something at the beginning of a comment with a space before it: gofmt takes lines
// that begin with +build from wherever they stand and moves them to the top of the file.
func harmless(line string) string {
	if rest, ok := strings.CutPrefix(line, "+build"); ok {
		return `"+build"` + rest
	}
	return line
}

// wrap breaks text into lines of at most width characters, where its words allow it.
func wrap(text string, width int) []string {
	var (
		lines []string
		line  string
	)
	for _, word := range strings.Fields(clean(text)) {
		if line == "" {
			line = word
			continue
		}
		if utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = word
			continue
		}
		line += " " + word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// clean drops what has no place in source text: control and format characters (which include those that reorder
// text for display, so that code reads differently from how it compiles), private use, and bytes that are no UTF-8.
// Line and paragraph separators become spaces.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError:
			return -1
		case unicode.IsSpace(r), unicode.In(r, unicode.Zl, unicode.Zp):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, text)
}

// paragraphs splits documentation at its empty lines.
func paragraphs(doc string) []string {
	var (
		out  []string
		para []string
	)
	flush := func() {
		if len(para) > 0 {
			out = append(out, strings.Join(para, " "))
			para = nil
		}
	}
	for line := range strings.Lines(doc) {
		line = strings.TrimSpace(clean(line))
		if line == "" {
			flush()
			continue
		}
		para = append(para, line)
	}
	flush()
	return out
}
