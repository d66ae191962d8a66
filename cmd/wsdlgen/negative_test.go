package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// TestNegative runs wsdlgen on the wrong documents in testdata/negative/*.txtar, of which the first is named on the
// command line, unless a file args has another. It must say what is wrong, where, and what to do, as the file want has
// it, and write nothing.
func TestNegative(t *testing.T) {
	files, err := filepath.Glob("testdata/negative/*.txtar")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 60)
	here, err := os.Getwd()
	require.NoError(t, err)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			require.NoError(t, err)
			w := wsdlgen{t, t.TempDir()}
			var inputs []txtar.File
			args, want := "", ""
			for _, f := range ar.Files {
				switch {
				case f.Name == "want":
					want = string(f.Data)
					continue
				case f.Name == "args":
					args = string(f.Data)
				default:
					if args == "" {
						args = "-o out " + f.Name
					}
					w.write(f.Name, string(f.Data))
				}
				inputs = append(inputs, f)
			}
			t.Chdir(w.dir)
			status, stdout, stderr := w.run(strings.Fields(args)...)
			assert.Empty(t, stdout)
			assert.NotEqual(t, exitOK, status, "it is taken for right")
			assert.NoDirExists(t, "out")
			got := fmt.Sprintf("%sexit status %d\n", stderr, status)
			if *update {
				ar.Files = append(inputs, txtar.File{Name: "want", Data: []byte(got)})
				require.NoError(t, os.WriteFile(filepath.Join(here, file), txtar.Format(ar), 0o666))
				return
			}
			assert.Equal(t, want, got)
		})
	}
}
