package main

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDocs(t *testing.T) {
	b := &bench{rows: []int{10_000}, rounds: 9, skipped: []string{"decode-history-captured-10k-gsoap: g++ is not in PATH"}, figures: []figure{
		{"decode-history-captured-10k-encoding-xml", 640, "ms", 1},
		{"decode-history-captured-10k", 16.04, "ms", 39.9},
		{"decode-history-captured-10k-allocs", 30, "allocs", 150_000},
		{"decode-history-captured-1k", 1.6, "ms", 40},
		{"calls-128", 9000, "calls/s", 3.2},
	}}
	dir := filepath.Join(t.TempDir(), "docs")
	require.NoError(t, b.writeDocs(dir))

	page, err := os.ReadFile(filepath.Join(dir, "performance.md"))
	require.NoError(t, err)
	assert.Contains(t, string(page), "\n| decode-history-captured-10k | 16.0 | ms | 39.9 |\n")
	assert.Contains(t, string(page), "\n## Short calls over the loopback interface\n\n| figure |")
	assert.Contains(t, string(page), "\n- decode-history-captured-10k-gsoap: g++ is not in PATH\n")
	assert.NotContains(t, string(page), "## Writing", "a section without figures")

	svg, err := os.ReadFile(filepath.Join(dir, "performance.svg"))
	require.NoError(t, err)
	require.NoError(t, xml.Unmarshal(svg, new(struct{})))
	assert.Equal(t, 1+3, strings.Count(string(svg), "<rect"), "a background, and the times of 10,000 rows and calls")
	assert.Contains(t, string(svg), "decode-history-captured-10k 39.9×")
}
