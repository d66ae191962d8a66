package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the expected output in testdata/verbs")

// TestVerbs runs the command lines in testdata/verbs/*.txtar. The text in front of the first file is the command line;
// the file want holds all output and the exit status. Every other file is input, and so is shop.wsdl beside them, which
// most of them share.
func TestVerbs(t *testing.T) {
	files, err := filepath.Glob("testdata/verbs/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	shop, err := os.ReadFile("testdata/verbs/shop.wsdl")
	require.NoError(t, err)
	here, err := os.Getwd()
	require.NoError(t, err)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			require.NoError(t, err)
			w := wsdlgen{t, t.TempDir()}
			w.write("shop.wsdl", string(shop))
			var inputs []txtar.File
			want := ""
			for _, f := range ar.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				inputs = append(inputs, f)
				w.write(f.Name, string(f.Data))
			}
			t.Chdir(w.dir)
			status, stdout, stderr := w.run(strings.Fields(string(ar.Comment))...)
			got := fmt.Sprintf("%s%sexit status %d\n", stdout, stderr, status)
			if *update {
				ar.Files = append(inputs, txtar.File{Name: "want", Data: []byte(got)})
				require.NoError(t, os.WriteFile(filepath.Join(here, file), txtar.Format(ar), 0o666))
				return
			}
			assert.Equal(t, want, got)
		})
	}
}

func TestManualsOfVerbs(t *testing.T) {
	w := inFolder(t)
	for _, verb := range []string{"inspect", "sample"} {
		status, stdout, stderr := w.run(verb, "-h")
		assert.Equal(t, exitOK, status)
		assert.True(t, strings.HasPrefix(stdout, "Usage: wsdlgen "+verb), stdout)
		assert.Empty(t, stderr)
	}
}
