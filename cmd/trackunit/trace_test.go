package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPrettyXML(t *testing.T) {
	for name, c := range map[string]struct {
		doc   string
		whole bool
		want  []string
	}{
		"empty":              {"", false, nil},
		"no XML":             {"Service Unavailable\n", false, []string{"Service Unavailable"}},
		"elements":           {`<?xml version="1.0"?><a:b xmlns:a="urn:x"><c d='e"'>f &amp; g</c><h/><i></i></a:b>`, false, []string{`<?xml version="1.0"?>`, `<a:b xmlns:a="urn:x">`, `  <c d='e"'>f &amp; g</c>`, `  <h/>`, `  <i></i>`, `</a:b>`}},
		"white space":        {"<a>\n  <b> c\n d </b>\n</a>\n", false, []string{"<a>", "  <b>c  d</b>", "</a>"}},
		"mixed":              {"<a>b<c/>d</a>", false, []string{"<a>b", "  <c/>", "  d", "</a>"}},
		"comment":            {"<a><!-- b --><c><![CDATA[<d>]]></c></a>", false, []string{"<a>", "  <!-- b -->", "  <c><![CDATA[<d>]]></c>", "</a>"}},
		"list":               {"<a><b><c/></b><b/><b><b/></b><d/><b/><b/></a>", false, []string{"<a>", "  <b>", "    <c/>", "  </b>", "  <!-- and 2 more -->", "  <d/>", "  <b/>", "  <!-- and 1 more -->", "</a>"}},
		"whole list":         {"<a><b/><b/><b/></a>", true, []string{"<a>", "  <b/>", "  <b/>", "  <b/>", "</a>"}},
		"cut off":            {"<a><b>c", false, []string{"<a>", "  <b>c"}},
		"cut in a list":      {"<a><b/><b/><b", false, []string{"<a>", "  <b/>", "  <b"}},
		"too many ends":      {"<a></a></b></c>", false, []string{"<a></a>", "</b>", "</c>"}},
		"control characters": {"<a>\u009b31m</a>", false, []string{"<a>31m</a>"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := prettyXML([]byte(c.doc), !c.whole)
			assert.Equal(t, c.want, lines(got))
		})
	}
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

// FuzzPrettyXML: whatever a server sends can be shown.
func FuzzPrettyXML(f *testing.F) {
	f.Add([]byte("<a><b/><b/>c</a>"), true)
	f.Add([]byte("</a><b"), false)
	f.Fuzz(func(t *testing.T, doc []byte, abridged bool) {
		for line := range strings.Lines(prettyXML(doc, abridged)) {
			for _, r := range strings.TrimSuffix(line, "\n") {
				if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
					t.Fatalf("a control character in %q", line)
				}
			}
		}
	})
}
