package emit_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

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

// gentestPath is the import path of the packages below internal/gentest.
const gentestPath = "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest"

// optioned are packages below internal/gentest that are made of testdata/packages/*.txtar with options.
var optioned = []struct {
	archive, pkg string
	opts         shape.Options
	secrets      []string
	style        names.Style
}{
	{"split", "split", shape.Options{Homes: map[string]string{
		"urn:common": gentestPath + "/split/common", "urn:context": gentestPath + "/split/context",
	}}, nil, names.Idiomatic},
	{"policies", "pointers", shape.Options{Pointers: true}, nil, names.Idiomatic},
	{"policies", "keepers", shape.Options{KeepWrappers: true}, nil, names.Idiomatic},
	{"policies", "nils", shape.Options{KeepNil: true}, nil, names.Idiomatic},
	{"policies", "nilpointers", shape.Options{Pointers: true, KeepNil: true}, nil, names.Idiomatic},
	{"secrets", "vault", shape.Options{}, vaultSecrets, names.Idiomatic},
	{"secrets", "vaultpointers", shape.Options{Pointers: true}, vaultSecrets, names.Idiomatic},
	{"gowsdl", "moveover", shape.Options{Pointers: true, KeepWrappers: true, Aliases: true}, nil, names.Gowsdl},
}

var vaultSecrets = []string{"{urn:vault}Login/password", "{urn:vault}Login/pin", "{urn:vault}Login/key", "{urn:vault}Login/@token"}

// TestOptions checks that the packages are what is generated now, and that nothing is declared in them that the plan does
// not name. With -update it writes them; their own tests use them.
func TestOptions(t *testing.T) {
	for _, c := range optioned {
		t.Run(c.pkg, func(t *testing.T) {
			pkg, plan, files := generateWith(t, filepath.Join("testdata", "packages", c.archive+".txtar"), c.pkg, c.opts, c.secrets, c.style)
			for home := range byHome(files) {
				checkHome(t, pkg, plan, files, home)
			}
			for _, f := range files {
				file := filepath.Join("internal", "gentest", c.pkg, f.Name)
				if f.Home != "" {
					file = filepath.Join("internal", "gentest", strings.TrimPrefix(f.Home, gentestPath), f.Name)
				}
				if *update {
					require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
					require.NoError(t, os.WriteFile(file, f.Data, 0o666))
					continue
				}
				have, err := os.ReadFile(file)
				require.NoError(t, err)
				assert.Equal(t, string(have), string(f.Data), file)
			}
		})
	}
}

func byHome(files []emit.File) map[string][]emit.File {
	m := map[string][]emit.File{}
	for _, f := range files {
		m[f.Home] = append(m[f.Home], f)
	}
	return m
}

// generateWith is the whole pipeline for an archive, whose first file is the document.
func generateWith(t *testing.T, archive, pkgName string, opts shape.Options, secrets []string, style names.Style) (*shape.Package, *names.Plan, []emit.File) {
	t.Helper()
	ar, err := txtar.ParseFile(archive)
	require.NoError(t, err)
	fsys, _ := documents(ar)
	entry := ar.Files[0].Name
	var diags source.List
	set, err := load.Load(fsys, &diags, entry)
	require.NoError(t, err)
	contract, err := resolve.Resolve(set, &diags)
	require.NoError(t, err)
	pkg, err := shape.Make(contract, opts)
	require.NoError(t, err)
	var marked []names.Rename
	for _, what := range secrets {
		marked = append(marked, names.Rename{What: what})
	}
	require.NoError(t, names.MarkSecrets(pkg, marked))
	plan, err := names.Make(pkg, style, names.Renames{})
	require.NoError(t, err)
	files, err := emit.Files(pkg, plan, emit.Options{Package: pkgName, Sources: []string{path.Base(entry)}})
	require.NoError(t, err)
	return pkg, plan, files
}
