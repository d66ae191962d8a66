package resolve_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// TestCorpus reads real WSDLs, where there are any, and tells how many of them resolve. They are not part of the
// project: WSDL_CORPUS names their folder, which has an index.csv with the columns case and entry.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("WSDL_CORPUS")
	if dir == "" {
		t.Skip("WSDL_CORPUS is not set: no folder of real WSDLs to read")
	}
	f, err := os.Open(filepath.Join(dir, "index.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)

	good, reasons, where := 0, make(map[string]int), make(map[string]string)
	for _, row := range rows[1:] {
		var diags source.List
		set, err := load.Load(os.DirFS(filepath.Join(dir, "all", row[0])), &diags, row[1])
		if err == nil {
			_, err = resolve.Resolve(set, &diags)
		}
		if err == nil {
			good++
			continue
		}
		first := source.All(err)[0]
		if testing.Verbose() {
			t.Logf("%s: %d errors, %v", row[0], len(source.All(err)), first)
		}
		reason := quoted.ReplaceAllString(first.Msg, "…")
		reasons[reason]++
		where[reason] = row[0]
	}
	t.Logf("%d of %d resolve (%.1f %%)", good, len(rows)-1, 100*float64(good)/float64(len(rows)-1))
	var order []string
	for reason := range reasons {
		order = append(order, reason)
	}
	sort.Slice(order, func(i, j int) bool {
		if reasons[order[i]] != reasons[order[j]] {
			return reasons[order[i]] > reasons[order[j]]
		}
		return order[i] < order[j]
	})
	for _, reason := range order[:min(len(order), 40)] {
		t.Logf("%4d  %s  (%s)", reasons[reason], reason, where[reason])
	}
}

// quoted matches what is particular to one document in a message.
var quoted = regexp.MustCompile(`"[^"]*"|\{[^}]*\}\S+|\S+\.\S+:\d+:\d+`)
