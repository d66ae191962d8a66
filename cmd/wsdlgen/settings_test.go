package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
)

// inShop runs the command in a folder with shop.wsdl of testdata/verbs.
func inShop(t *testing.T) wsdlgen {
	t.Helper()
	shop, err := os.ReadFile("testdata/verbs/shop.wsdl")
	require.NoError(t, err)
	w := inFolder(t)
	w.write("wsdl/shop.wsdl", string(shop))
	return w
}

func TestConfigurationFile(t *testing.T) {
	w := inShop(t)
	w.write("conf/wsdlgen.toml", `
documents = ["../wsdl/shop.wsdl"]
out = "../gen"
package = "store"
optional = "pointer"
[rename.types]
"{urn:pets}Pet" = "Animal"
`)
	w.write("pets2.xsd", petsXSD)
	status, _, stderr := w.run("-config", "conf/wsdlgen.toml", "pets.xsd", "-o", "out")
	assert.Equal(t, exitOK, status, stderr)
	assert.Equal(t, "wsdlgen: store: 2 types, 0 operations in 4 files\n", stderr, "documents and -o of the command line replace those of the file")
	assert.Contains(t, w.read("out/types.go"), "type Animal struct")
	assert.NoDirExists(t, "gen")

	w.write("conf/wsdlgen.toml", strings.Split(w.read("conf/wsdlgen.toml"), "[rename")[0])
	status, _, stderr = w.run("-config", "conf/wsdlgen.toml")
	assert.Equal(t, exitOK, status, stderr)
	assert.FileExists(t, "gen/types.go", "paths are relative to the file")

	status, _, stderr = w.run("check", "-config", "conf/wsdlgen.toml")
	assert.Equal(t, exitOK, status, stderr)
	status, stdout, _ := w.run("check", "-config", "conf/wsdlgen.toml", "-optional", "opt")
	assert.Equal(t, exitWrong, status)
	assert.Contains(t, stdout, "xmlwire.Opt", "flags come before the file")
}

// TestSettingsOfFileAndFlagsAreTheSame runs each setting once as a flag and once in the file.
func TestSettingsOfFileAndFlagsAreTheSame(t *testing.T) {
	for name, c := range map[string]struct {
		flags []string
		file  string
	}{
		"optional":     {[]string{"-optional", "pointer"}, `optional = "pointer"`},
		"wrappers":     {[]string{"-wrappers", "keep"}, `wrappers = "keep"`},
		"nil":          {[]string{"-nil", "keep"}, `nil = "keep"`},
		"datacontract": {[]string{"-datacontract", "always"}, `datacontract = "always"`},
		"compat":       {[]string{"-compat", "gowsdl"}, `compat = "gowsdl"`},
		"package":      {[]string{"-pkg", "other"}, `package = "other"`},
		"split":        {[]string{"-import-path", "example.test/gen", "-ns-pkg", "urn:d=d"}, "import-path = \"example.test/gen\"\npackages = { \"urn:d\" = \"d\" }"},
	} {
		t.Run(name, func(t *testing.T) {
			w := inFolder(t)
			w.write("all.xsd", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:c" xmlns:d="urn:d" targetNamespace="urn:c" elementFormDefault="qualified">
				<xs:import namespace="urn:d" schemaLocation="d.xsd"/>
				<xs:complexType name="T"><xs:sequence><xs:element name="may" type="xs:int" minOccurs="0"/>
				<xs:element name="list" type="ArrayOfint"/><xs:element name="d" type="d:D"/></xs:sequence></xs:complexType>
				<xs:complexType name="ArrayOfint"><xs:sequence><xs:element name="int" type="xs:int" nillable="true" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
			</xs:schema>`)
			w.write("d.xsd", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:d"><xs:complexType name="D"><xs:attribute name="a" type="xs:int"/></xs:complexType></xs:schema>`)
			generate := func(args ...string) string {
				require.NoError(t, os.RemoveAll("gen"))
				status, _, stderr := w.run(args...)
				require.Equal(t, exitOK, status, stderr)
				return w.tree("gen")
			}
			plain := generate("-o", "gen", "all.xsd")
			byFlag := generate(append(c.flags, "-o", "gen", "all.xsd")...)
			w.write("wsdlgen.toml", "documents = [\"all.xsd\"]\nout = \"gen\"\n"+c.file+"\n")
			assert.NotEqual(t, plain, byFlag, "the setting changes something")
			assert.Equal(t, byFlag, generate())
		})
	}
}

// tree returns all files below dir, with their names.
func (w wsdlgen) tree(dir string) string {
	w.t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(filepath.Join(w.dir, dir), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(w.dir, path)
			b.WriteString("-- " + filepath.ToSlash(rel) + " --\n" + w.read(rel))
		}
		return err
	})
	require.NoError(w.t, err)
	return b.String()
}

func TestPackagesAreWrittenAndCheckedTogether(t *testing.T) {
	w := inFolder(t)
	w.write("go.mod", "module \"example.test/zoo\" // comment\n")
	w.write("more.xsd", strings.NewReplacer("urn:pets", "urn:more").Replace(petsXSD))
	args := []string{"-o", "gen", "-ns-pkg", "urn:more=../more", "pets.xsd", "more.xsd"}
	status, _, stderr := w.run(args...)
	require.Equal(t, exitOK, status, stderr)
	assert.Equal(t, "wsdlgen: gen: 4 types, 0 operations in 8 files of 2 packages\n", stderr)
	assert.Contains(t, w.read("more/types.go"), "package more\n")
	assert.Contains(t, w.read("more/types.go"), "type Pet struct", "each package has names of its own")
	assert.Contains(t, w.read("gen/types.go"), "type Pet struct")

	w.write("more/old.go", emit.Header+"\n\npackage more\n")
	status, stdout, _ := w.run(append([]string{"check"}, args...)...)
	assert.Equal(t, exitWrong, status)
	assert.Equal(t, filepath.Join("more", "old.go")+": left over, to be removed\n", stdout)
	status, _, stderr = w.run(args...)
	require.Equal(t, exitOK, status, stderr)
	assert.NoFileExists(t, "more/old.go")
}
