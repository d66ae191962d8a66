package emit_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// every says that only each such case is looked at: type-checking three times over takes minutes.
const every = 10

// TestCorpusWithOptions is TestCorpus, for some of the cases, with everything otherwise than by default: policies, secrets, and each namespace in a
// package of its own. Contracts whose namespaces cannot be apart are counted: they are refused at a place.
func TestCorpusWithOptions(t *testing.T) {
	dir := os.Getenv("WSDL_CORPUS")
	if dir == "" {
		t.Skip("WSDL_CORPUS is not set")
	}
	var (
		cases   = readIndex(t, filepath.Join(dir, "index.csv"))
		checker = newChecker()
		slots   = make(chan struct{}, runtime.GOMAXPROCS(0))
		count   sync.Mutex

		whole, split, inseparable, packages int
	)
	t.Run("case", func(t *testing.T) {
		for i, c := range cases {
			if i%every != 0 {
				continue
			}
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				slots <- struct{}{}
				defer func() { <-slots }()
				root, err := os.OpenRoot(filepath.Join(dir, "all", c.name))
				require.NoError(t, err)
				defer root.Close()
				plain, _, _, err := generate(root.FS(), []string{c.entry}, "corpus")
				if err != nil {
					return // see TestCorpus
				}
				contract := plain.Contract
				checkWithSecrets(t, checker, contract, shape.Options{Pointers: true, KeepWrappers: true, KeepNil: true, DataContract: shape.NeverDataContract})
				checkWithSecrets(t, checker, contract, shape.Options{KeepNil: true, DataContract: shape.AlwaysDataContract})
				checkGowsdlNames(t, checker, contract)
				homes := map[string]string{}
				for i, schema := range contract.Schemas[:max(0, len(contract.Schemas)-1)] {
					homes[schema.Space] = fmt.Sprintf("corpus.test/p%d", i)
				}
				n, err := checkSplit(t, checker, contract, shape.Options{Homes: homes})
				count.Lock()
				defer count.Unlock()
				whole++
				switch {
				case err != nil:
					require.NotEmpty(t, source.All(err), "an error without a position: %v", err)
					require.True(t, source.All(err)[0].Pos.IsValid(), "an error without a position: %v", err)
					inseparable++
				case n > 1:
					split++
					packages += n
				}
			})
		}
	})
	t.Logf("%d cases type-check with all policies; %d of them in %d packages, %d cannot be apart", whole, split, packages, inseparable)
}

// checkWithSecrets generates one package, with every third text a secret.
func checkWithSecrets(t *testing.T, c *checker, contract *model.Contract, opts shape.Options) {
	t.Helper()
	pkg, err := shape.Make(contract, opts)
	require.NoError(t, err)
	i := 0
	for _, s := range pkg.Structs {
		for _, f := range s.Fields {
			if (f.Role == shape.Element || f.Role == shape.Attribute) && (f.Value.Basic == "string" || f.Value.Basic == "[]byte") {
				f.Secret = i%3 == 0
				i++
			}
		}
	}
	plan := names.New(pkg)
	files, err := emit.Files(pkg, plan, emit.Options{Package: "corpus", Sources: []string{"in.wsdl"}})
	require.NoError(t, err)
	checkDeclarations(t, pkg, plan, files)
	c.check(t, files)
}

// checkGowsdlNames generates one package with the names of gowsdl.
func checkGowsdlNames(t *testing.T, c *checker, contract *model.Contract) {
	t.Helper()
	pkg, err := shape.Make(contract, shape.Options{Pointers: true, KeepWrappers: true, Aliases: true})
	require.NoError(t, err)
	plan, err := names.Make(pkg, names.Gowsdl, names.Renames{})
	require.NoError(t, err)
	files, err := emit.Files(pkg, plan, emit.Options{Package: "corpus", Sources: []string{"in.wsdl"}})
	require.NoError(t, err)
	checkDeclarations(t, pkg, plan, files)
	c.check(t, files)
}

// checkSplit generates several packages, and returns how many.
func checkSplit(t *testing.T, c *checker, contract *model.Contract, opts shape.Options) (int, error) {
	t.Helper()
	pkg, err := shape.Make(contract, opts)
	if err != nil {
		return 0, err
	}
	plan := names.New(pkg)
	files, err := emit.Files(pkg, plan, emit.Options{Package: "corpus", Sources: []string{"in.wsdl"}})
	require.NoError(t, err)
	s := splitImporter{checker: c, files: byHome(files), done: map[string]*types.Package{}}
	for home := range s.files {
		checkHome(t, pkg, plan, files, home)
		_, err := s.Import(home)
		require.NoError(t, err)
	}
	return len(s.files), nil
}

// A splitImporter type-checks packages when others import them.
type splitImporter struct {
	*checker
	files map[string][]emit.File
	done  map[string]*types.Package
}

func (s splitImporter) Import(home string) (*types.Package, error) {
	files, ours := s.files[home]
	if !ours {
		return s.importer.Import(home)
	}
	if p := s.done[home]; p != nil {
		return p, nil
	}
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(s.fset, f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	conf := types.Config{Importer: s}
	p, err := conf.Check(path.Join("corpus", home), s.fset, parsed, nil)
	s.done[home] = p
	return p, err
}
