package xsdregexp

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTranslate(t *testing.T) {
	for pattern, c := range map[string]struct{ yes, no string }{
		`[A-Z]{2}\d+`:        {"AB1", "aB1"},
		`^a$`:                {"^a$", "a"},
		`\i\c*`:              {"_x-1", "1x"},
		`[\i-[:]]x`:          {},
		`\p{IsBasicLatin}+`:  {"abc", "æ"},
		`[\p{IsBasicLatin}]`: {"a", "æ"},
		`a{,2}`:              {"aa", "aaa"},
		`a{1,99999}`:         {"aaa", ""},
		`[[]`:                {"[", "]"},
		`\p{IsGreek}`:        {},
		`a{`:                 {},
	} {
		got, err := Translate(pattern)
		if c.yes == "" {
			assert.Error(t, err, pattern)
			continue
		}
		require.NoError(t, err, pattern)
		re, err := regexp.Compile(`\A(?:` + got + `)\z`)
		require.NoError(t, err, pattern)
		assert.True(t, re.MatchString(c.yes), "%s: %s", pattern, got)
		assert.False(t, re.MatchString(c.no), "%s: %s", pattern, got)
	}
}
