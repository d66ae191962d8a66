package gowsdltest

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/testenv"
)

// A testCase is a document of the corpus.
type testCase struct{ name, document string }

func cases(t *testing.T) []testCase {
	t.Helper()
	corpus := testenv.Folder(t, testenv.WSDLCorpus)
	f, err := os.Open(filepath.Join(corpus, "index.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var all []testCase
	for _, row := range rows[1:] {
		name := row[column["case"]]
		all = append(all, testCase{name, filepath.Join(corpus, "all", name, row[column["entry"]])})
	}
	return all
}

// reviewedDifferences returns the reasons of single differences, by case and type or port, from testdata/reviewed.txt: a
// reason in a line that begins with #, and below it what it is the reason of.
func reviewedDifferences(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "reviewed.txt"))
	require.NoError(t, err)
	reasons, reason := map[string]string{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if why, ok := strings.CutPrefix(line, "# "); ok {
			reason = why
		} else if line != "" {
			reasons[line] = reason
		}
	}
	return reasons
}
