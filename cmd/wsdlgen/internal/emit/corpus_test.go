package emit_test

import (
	"encoding/csv"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// TestCorpus generates from every document of a corpus of real WSDLs, where there is one, and expects that what is
// generated holds the planned declarations, and for some of the cases that it type-checks: the scoreboard compiles them
// all. Documents that are not understood are counted; that they are
// right to be refused is the business of package resolve. WSDL_CORPUS is a folder with an index.csv, whose columns case
// and entry say which document to start from; the documents of each case are in a folder of its name below all.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("WSDL_CORPUS")
	if dir == "" {
		t.Skip("WSDL_CORPUS is not set")
	}
	var (
		cases   = readIndex(t, filepath.Join(dir, "index.csv"))
		checker = newChecker()
		slots   = make(chan struct{}, runtime.GOMAXPROCS(0))
		count   sync.Mutex

		generated, refused, declarations int
	)
	t.Run("case", func(t *testing.T) {
		for i, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				slots <- struct{}{}
				defer func() { <-slots }()
				root, err := os.OpenRoot(filepath.Join(dir, "all", c.name))
				require.NoError(t, err)
				defer root.Close()
				pkg, plan, files, err := generate(root.FS(), []string{c.entry}, "corpus")
				if err != nil {
					require.NotEmpty(t, source.All(err), "an error without a position: %v", err)
					count.Lock()
					refused++
					count.Unlock()
					return
				}
				checkDeclarations(t, pkg, plan, files)
				if i%every == every/2 {
					checker.check(t, files)
				}
				count.Lock()
				generated++
				declarations += len(planned(pkg, plan, ""))
				count.Unlock()
			})
		}
	})
	t.Logf("%d of %d cases generate, %d are refused; %d declarations", generated, len(cases), refused, declarations)
}

type corpusCase struct{ name, entry string }

func readIndex(t *testing.T, file string) []corpusCase {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var cases []corpusCase
	for _, row := range rows[1:] {
		cases = append(cases, corpusCase{row[column["case"]], row[column["entry"]]})
	}
	return cases
}

// A checker type-checks packages against the runtime as it is in this module.
type checker struct {
	fset     *token.FileSet
	importer types.Importer
}

func newChecker() *checker {
	fset := token.NewFileSet()
	return &checker{fset, &lockedImporter{importer: importer.ForCompiler(fset, "source", nil)}}
}

func (c *checker) check(t *testing.T, files []emit.File) {
	t.Helper()
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(c.fset, f.Name, f.Data, parser.SkipObjectResolution)
		require.NoError(t, err)
		parsed = append(parsed, file)
	}
	conf := types.Config{Importer: c.importer}
	_, err := conf.Check("corpus", c.fset, parsed, nil)
	require.NoError(t, err)
}

// lockedImporter lets packages be checked in parallel: importers are not safe for concurrent use.
type lockedImporter struct {
	mu       sync.Mutex
	importer types.Importer
}

func (l *lockedImporter) Import(path string) (*types.Package, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.importer.Import(path)
}
