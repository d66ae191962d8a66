package names_test

import (
	"flag"
	"io/fs"
	"math/rand/v2"
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
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

var update = flag.Bool("update", false, "write the plans in testdata")

// golden is the name of the section that holds the plan; all others are documents.
const golden = "plan"

// TestPlan compares the plan for the documents of each testdata/*.txtar with the section "plan". With -update it
// writes that section, and nothing else.
func TestPlan(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			require.NoError(t, err)
			fsys, entries, want := documents(ar)
			got := plan(t, fsys, entries).Dump()
			if *update {
				require.NoError(t, os.WriteFile(file, withPlan(ar, got), 0o666))
				return
			}
			assert.Equal(t, want, got)
		})
	}
}

// TestPlanIgnoresOrder checks that the order of the documents changes no name.
func TestPlanIgnoresOrder(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/namespaces.txtar")
	require.NoError(t, err)
	fsys, entries, want := documents(ar)
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
		assert.Equal(t, want, plan(t, fsys, entries).Dump())
	}
}

// TestPlanIsStable adds something unrelated to every document and checks that no line of the plan goes away.
func TestPlanIsStable(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		require.NoError(t, err)
		fsys, entries, want := documents(ar)
		for _, name := range entries {
			doc := string(fsys[name].Data)
			end := strings.LastIndex(doc, "</xs:schema>")
			if end < 0 {
				continue
			}
			added := `<xs:complexType name="AAANew"><xs:sequence><xs:element name="Id" type="xs:int"/></xs:sequence></xs:complexType>`
			grown := fstest.MapFS{}
			for k, v := range fsys {
				grown[k] = v
			}
			grown[name] = &fstest.MapFile{Data: []byte(doc[:end] + added + doc[end:])}
			got := strings.Split(plan(t, grown, entries).Dump(), "\n")
			for line := range strings.SplitSeq(want, "\n") {
				assert.Contains(t, got, line, "%s: %s", file, name)
			}
		}
	}
}

// documents splits an archive into the documents, the names of those that stand at the top, and the golden plan.
func documents(ar *txtar.Archive) (fsys fstest.MapFS, entries []string, plan string) {
	fsys = fstest.MapFS{}
	for _, f := range ar.Files {
		if f.Name == golden {
			plan = string(f.Data)
			continue
		}
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		if !strings.Contains(f.Name, "/") {
			entries = append(entries, f.Name)
		}
	}
	return fsys, entries, plan
}

func withPlan(ar *txtar.Archive, plan string) []byte {
	out := *ar
	out.Files = slices.DeleteFunc(slices.Clone(ar.Files), func(f txtar.File) bool { return f.Name == golden })
	out.Files = append(out.Files, txtar.File{Name: golden, Data: []byte(plan)})
	return txtar.Format(&out)
}

func plan(t *testing.T, fsys fs.FS, entries []string) *names.Plan {
	t.Helper()
	var diags source.List
	set, err := load.Load(fsys, &diags, entries...)
	require.NoError(t, err)
	contract, err := resolve.Resolve(set, &diags)
	require.NoError(t, err)
	pkg, err := shape.New(contract)
	require.NoError(t, err)
	return names.New(pkg)
}
