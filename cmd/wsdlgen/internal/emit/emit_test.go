package emit_test

// Two kinds of test. This file compares what is printed with files that people can read, because that shows what a change
// does without running it in one's head. The packages below internal/gentest are compiled and used, because text that
// looks right may still do wrong.

import (
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

var update = flag.Bool("update", false, "write the expected output in testdata and internal/gentest")

// want is the folder in an archive that holds the expected files; everything else is input.
const want = "want/"

// TestGolden generates from the documents of each testdata/*.txtar and compares the files with those under want. With
// -update it writes those, and nothing else.
func TestGolden(t *testing.T) {
	for _, file := range archives(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			require.NoError(t, err)
			fsys, entries := documents(ar)
			_, _, files, err := generate(fsys, entries, "golden")
			require.NoError(t, err)
			if *update {
				require.NoError(t, os.WriteFile(file, withWant(ar, files), 0o666))
				return
			}
			var names []string
			for _, f := range ar.Files {
				if name, ok := strings.CutPrefix(f.Name, want); ok {
					names = append(names, name)
				}
			}
			var got []string
			for _, f := range files {
				got = append(got, f.Name)
				assert.Equal(t, section(ar, want+f.Name), string(f.Data), f.Name)
			}
			assert.Equal(t, names, got)
		})
	}
}

// TestOutputIgnoresOrder generates from shuffled documents and expects the same bytes.
func TestOutputIgnoresOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, file := range archives(t) {
		ar, err := txtar.ParseFile(file)
		require.NoError(t, err)
		fsys, entries := documents(ar)
		for range 10 {
			random.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
			_, _, files, err := generate(fsys, entries, "golden")
			require.NoError(t, err)
			for _, f := range files {
				require.Equal(t, section(ar, want+f.Name), string(f.Data), "%s: %s", file, f.Name)
			}
		}
	}
}

func archives(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

// documents returns the input of an archive, and the documents at its top.
func documents(ar *txtar.Archive) (fstest.MapFS, []string) {
	fsys := fstest.MapFS{}
	var entries []string
	for _, f := range ar.Files {
		if strings.HasPrefix(f.Name, want) {
			continue
		}
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		if path.Dir(f.Name) == "." {
			entries = append(entries, f.Name)
		}
	}
	return fsys, entries
}

func section(ar *txtar.Archive, name string) string {
	for _, f := range ar.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func withWant(ar *txtar.Archive, files []emit.File) []byte {
	out := *ar
	out.Files = slices.DeleteFunc(slices.Clone(ar.Files), func(f txtar.File) bool { return strings.HasPrefix(f.Name, want) })
	for _, f := range files {
		out.Files = append(out.Files, txtar.File{Name: want + f.Name, Data: f.Data})
	}
	return txtar.Format(&out)
}

// generate is the whole pipeline.
func generate(fsys fs.FS, entries []string, pkgName string) (*shape.Package, *names.Plan, []emit.File, error) {
	var diags source.List
	set, err := load.Load(fsys, &diags, entries...)
	if err != nil {
		return nil, nil, nil, err
	}
	contract, err := resolve.Resolve(set, &diags)
	if err != nil {
		return nil, nil, nil, err
	}
	pkg, err := shape.New(contract)
	if err != nil {
		return nil, nil, nil, err
	}
	plan := names.New(pkg)
	var sources []string
	for _, entry := range entries {
		sources = append(sources, path.Base(entry))
	}
	slices.Sort(sources)
	files, err := emit.Files(pkg, plan, emit.Options{Package: pkgName, Sources: sources})
	return pkg, plan, files, err
}

// gentest are the packages below internal/gentest, with the archives in testdata whose documents they are made of.
var gentest = map[string][]string{
	"features": {"arrays", "choices", "derivation", "members", "recursion", "simple"},
	"search":   {"ports"},
}

// TestGentest checks that the packages below internal/gentest are what is generated now; their own tests use them. With
// -update it writes them.
func TestGentest(t *testing.T) {
	for pkg, cases := range gentest {
		fsys := fstest.MapFS{}
		var entries []string
		for _, name := range cases {
			ar, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
			require.NoError(t, err)
			docs, names := documents(ar)
			for name, doc := range docs {
				fsys[name] = doc
			}
			entries = append(entries, names...)
		}
		_, _, files, err := generate(fsys, entries, pkg)
		require.NoError(t, err)
		dir := filepath.Join("internal", "gentest", pkg)
		for _, f := range files {
			path := filepath.Join(dir, f.Name)
			if *update {
				require.NoError(t, os.MkdirAll(dir, 0o777))
				require.NoError(t, os.WriteFile(path, f.Data, 0o666))
				continue
			}
			have, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(have), string(f.Data), path)
		}
	}
}
