package resolve_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

var update = flag.Bool("update", false, "write what comes out into the cases")

// A case is a txtar file: documents, and behind them what comes out, in files called model, errors and warnings. The
// entries are the documents in the top folder whose names start with "main".
func TestCases(t *testing.T) {
	for _, dir := range []string{"model", "negative"} {
		files, err := filepath.Glob(filepath.Join("testdata", dir, "*.txtar"))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			t.Run(dir+"/"+strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
				runCase(t, file, dir == "negative")
			})
		}
	}
}

// outputs are the files of a case that -update writes.
var outputs = []string{"model", "errors", "warnings"}

func runCase(t *testing.T, file string, negative bool) {
	ar, err := txtar.ParseFile(file)
	require.NoError(t, err)
	fsys, entries, want := fstest.MapFS{}, []string(nil), map[string]string{}
	inputs := slices.DeleteFunc(slices.Clone(ar.Files), func(f txtar.File) bool { return slices.Contains(outputs, f.Name) })
	for _, f := range ar.Files {
		if slices.Contains(outputs, f.Name) {
			want[f.Name] = string(f.Data)
			continue
		}
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		if strings.HasPrefix(f.Name, "main") {
			entries = append(entries, f.Name)
		}
	}
	require.NotEmpty(t, entries, "no document is called main")

	got := outcome(fsys, entries)
	assert.Equal(t, negative, got["errors"] != "", "errors: %s", got["errors"])
	if *update {
		ar.Files = inputs
		for _, name := range outputs {
			if got[name] != "" {
				ar.Files = append(ar.Files, txtar.File{Name: name, Data: []byte(got[name])})
			}
		}
		require.NoError(t, os.WriteFile(file, txtar.Format(ar), 0o644))
		return
	}
	for _, name := range outputs {
		assert.Equal(t, want[name], got[name], "the %s of the case; go test -update writes them", name)
	}
}

// outcome loads and resolves the entries and returns what a case holds of it.
func outcome(fsys fstest.MapFS, entries []string) map[string]string {
	var diags source.List
	got := make(map[string]string)
	set, err := load.Load(fsys, &diags, entries...)
	if err == nil {
		c, errResolve := resolve.Resolve(set, &diags)
		if err = errResolve; err == nil {
			got["model"] = dump(c)
		}
	}
	if err != nil {
		got["errors"] = err.Error() + "\n"
	}
	if w := diags.Warnings(); len(w) > 0 {
		got["warnings"] = w.Error() + "\n"
	}
	return got
}

// TestDeterministic checks that nothing depends on the order of a map.
func TestDeterministic(t *testing.T) {
	ar, err := txtar.ParseFile(filepath.Join("testdata", "model", "document_literal.txtar"))
	require.NoError(t, err)
	fsys := fstest.MapFS{}
	for _, f := range ar.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	first := fmt.Sprint(outcome(fsys, []string{"main.wsdl"}))
	for range 20 {
		require.Equal(t, first, fmt.Sprint(outcome(fsys, []string{"main.wsdl"})))
	}
}
