package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDiff(t *testing.T) {
	is := "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n"
	shouldBe := "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nk\n"
	assert.Equal(t, strings.Join([]string{
		"--- x.go", "+++ x.go (generated)",
		"@@ line 1 @@", " a", "-b", "+B", " c", " d", " e",
		"@@ line 8 @@", " h", " i", " j", "+k", "",
	}, "\n"), diff("x.go", is, shouldBe))
}

func TestDiffIsShort(t *testing.T) {
	long := strings.Repeat("line\n", 5000)
	got := diff("x.go", long, strings.ReplaceAll(long, "line", "other"))
	assert.Less(t, strings.Count(got, "\n"), maxLines+5)
	assert.Contains(t, got, "more lines")
}
