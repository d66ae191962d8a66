package names_test

import (
	"flag"
	"io/fs"
	"maps"
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
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		require.NoError(t, err)
		fsys, entries, want := documents(ar)
		for range 100 {
			random.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
			require.Equal(t, want, plan(t, fsys, entries).Dump(), file)
		}
	}
}

// additions are unrelated to whatever stands in a document, and where they go: before the last of the words given.
var additions = []struct{ name, before, text string }{
	{"a type", "</xs:schema>", `<xs:complexType name="AAANew"><xs:sequence><xs:element name="Id" type="xs:int"/></xs:sequence></xs:complexType>`},
	{"an element with a choice", "</xs:schema>", `<xs:element name="AAANew"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:choice></xs:complexType></xs:element>`},
	{"an enumeration", "</xs:schema>", `<xs:simpleType name="AAANew"><xs:restriction base="xs:string"><xs:enumeration value="a"/></xs:restriction></xs:simpleType>`},
	{"an operation", "</portType>", `<operation name="AAANew"><input message="new:AAANew" xmlns:new="TARGET"/></operation>`},
	{"a port type", "</definitions>", `<portType name="AAANew"><operation name="AAANew"><input message="new:AAANew" xmlns:new="TARGET"/></operation></portType>`},
	{"a namespace", "</types>", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://aaa.new/new"><xs:complexType name="AAANew"><xs:sequence/></xs:complexType></xs:schema>`},
}

// TestPlanIsStable adds something unrelated to every document and checks that no line of the plan goes away.
func TestPlanIsStable(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	tried := map[string]bool{}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		require.NoError(t, err)
		fsys, entries, want := documents(ar)
		for _, name := range entries {
			for _, a := range additions {
				doc := string(fsys[name].Data)
				end := strings.LastIndex(doc, a.before)
				if end < 0 {
					continue
				}
				tried[a.name] = true
				_, target, _ := strings.Cut(doc, "targetNamespace=\"")
				target, _, _ = strings.Cut(target, "\"")
				doc = doc[:end] + strings.ReplaceAll(a.text, "TARGET", target) + doc[end:]
				if message := strings.Index(doc, "<message "); message >= 0 {
					doc = doc[:message] + `<message name="AAANew"/>` + doc[message:]
				}
				grown := maps.Clone(fsys)
				grown[name] = &fstest.MapFile{Data: []byte(doc)}
				got := plan(t, grown, entries).Dump()
				if !strings.Contains(doc, "<binding") { // which would have to bind an operation
					assert.Contains(t, got, "AAANew", "%s: %s: %s", file, name, a.name)
				}
				lines := strings.Split(got, "\n")
				for line := range strings.SplitSeq(want, "\n") {
					assert.Contains(t, lines, line, "%s: %s: %s", file, name, a.name)
				}
			}
		}
	}
	assert.Len(t, tried, len(additions))
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
