package load_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// files makes an FS of documents by name.
func files(nameText ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(nameText); i += 2 {
		fsys[nameText[i]] = &fstest.MapFile{Data: []byte(nameText[i+1])}
	}
	return fsys
}

// schemaDoc is an xs:schema of namespace tns, none if it is empty.
func schemaDoc(tns, body string) string {
	target := ""
	if tns != "" {
		target = fmt.Sprintf(` targetNamespace=%q`, tns)
	}
	return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"` + target + `>` + body + `</xs:schema>`
}

func include(location string) string { return `<xs:include schemaLocation="` + location + `"/>` }

func importOf(space, location string) string {
	return `<xs:import namespace="` + space + `" schemaLocation="` + location + `"/>`
}

func TestLoadFollowsRelativeLocations(t *testing.T) {
	fsys := files(
		"in/main.wsdl", `<d:definitions xmlns:d="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:w">
			<d:import namespace="urn:v" location="../v.wsdl"/>
			<d:types>`+schemaDoc("urn:inline", importOf("urn:a", "x/a.xsd"))+`</d:types></d:definitions>`,
		"v.wsdl", `<d:definitions xmlns:d="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:v">
			<d:import namespace="urn:w" location="in/main.wsdl"/></d:definitions>`,
		"in/x/a.xsd", schemaDoc("urn:a", include("a%202.xsd")+importOf("urn:b", `..\..\b.xsd`)),
		"in/x/a 2.xsd", schemaDoc("urn:a", include("a.xsd")),
		"b.xsd", schemaDoc("urn:b", importOf("urn:a", "./in/x/a.xsd")),
	)
	var diags source.List
	set, err := load.Load(fsys, &diags, "in/main.wsdl")
	require.NoError(t, err)
	assert.Empty(t, diags.Warnings())
	assert.Equal(t, []string{"in/main.wsdl", "v.wsdl", "in/x/a.xsd", "in/x/a 2.xsd", "b.xsd"}, set.Documents)
	assert.Equal(t, []string{"urn:w", "urn:v"}, []string{set.Definitions[0].Target, set.Definitions[1].Target})
	assert.Equal(t, []string{"urn:inline", "urn:a", "urn:a", "urn:b"}, targets(set))
}

func targets(set *load.Set) []string {
	var all []string
	for _, s := range set.Schemas {
		all = append(all, s.Target)
	}
	return all
}

func TestLoadReadsAChameleonForEachOfItsNamespaces(t *testing.T) {
	fsys := files(
		"main.xsd", schemaDoc("urn:a", include("c.xsd")+importOf("urn:b", "b.xsd")),
		"b.xsd", schemaDoc("urn:b", include("c.xsd")),
		"c.xsd", schemaDoc("", include("d.xsd")),
		"d.xsd", schemaDoc("", include("c.xsd")),
	)
	var diags source.List
	set, err := load.Load(fsys, &diags, "main.xsd", "b.xsd")
	require.NoError(t, err)
	assert.Equal(t, []string{"urn:a", "urn:a", "urn:a", "urn:b", "urn:b", "urn:b"}, targets(set))
	assert.False(t, set.Schemas[0].Chameleon)
	assert.True(t, set.Schemas[1].Chameleon)
	assert.Same(t, set.Schemas[1].Root, set.Schemas[4].Root, "a document is parsed once")
}

// TestLoadFindsDocumentsNearby covers sets of documents that were saved into one folder and still name each other as
// the service does.
func TestLoadFindsDocumentsNearby(t *testing.T) {
	for _, location := range []string{"http://example.test/deep/b.xsd", "/srv/b.xsd", "../up/b.xsd", "up/b.xsd"} {
		fsys := files("main.xsd", schemaDoc("urn:a", importOf("urn:b", location)), "b.xsd", schemaDoc("urn:b", ""))
		var diags source.List
		set, err := load.Load(fsys, &diags, "main.xsd")
		require.NoError(t, err, location)
		assert.Equal(t, []string{"urn:a", "urn:b"}, targets(set), location)
		require.Len(t, diags.Warnings(), 1, location)
		assert.Contains(t, diags.Warnings()[0].Error(), "b.xsd is taken")
	}

	fsys := files("main.xsd", schemaDoc("urn:a", importOf("urn:b", "http://example.test/b.xsd")), "b.xsd", schemaDoc("urn:other", ""))
	var diags source.List
	_, err := load.Load(fsys, &diags, "main.xsd")
	assert.ErrorContains(t, err, "is not a file beside the document", "a file of that name and another namespace is another one")
}

func TestLoadEncodings(t *testing.T) {
	text := func(encoding, newline string) string {
		return `<?xml version="1.0" encoding="` + encoding + `"?>` + newline +
			schemaDoc("urn:é€", `<xs:annotation><xs:documentation>Größe</xs:documentation></xs:annotation>`)
	}
	latin := func(s string) []byte {
		var b []byte
		for _, r := range strings.ReplaceAll(s, "€", "") {
			b = append(b, byte(r))
		}
		return b
	}
	var windows []byte
	for _, r := range text("windows-1252", "\n") {
		if r == '€' {
			r = 0x80
		}
		windows = append(windows, byte(r))
	}
	tests := map[string]struct {
		data   []byte
		target string
	}{
		"utf-8":                      {[]byte(text("utf-8", "\n")), "urn:é€"},
		"utf-8 with mark":            {[]byte("\uFEFF" + text("UTF-8", "\r\n")), "urn:é€"},
		"utf-8 that says utf-16":     {[]byte(text("utf-16", "\n")), "urn:é€"},
		"no declaration":             {[]byte(schemaDoc("urn:é€", "")), "urn:é€"},
		"iso-8859-1":                 {latin(text("ISO-8859-1", "\n")), "urn:é"},
		"windows-1252":               {windows, "urn:é€"},
		"utf-16 big endian, mark":    {utf16Bytes("\uFEFF"+text("utf-16", "\n"), true), "urn:é€"},
		"utf-16 little endian, mark": {utf16Bytes("\uFEFF"+text("utf-16", "\n"), false), "urn:é€"},
		"utf-16 big endian":          {utf16Bytes(text("utf-16", "\n"), true), "urn:é€"},
		"utf-16 little endian":       {utf16Bytes(text("utf-16", "\n"), false), "urn:é€"},
		"white space before":         {[]byte(" \r\n" + text("utf-8", "\n")), "urn:é€"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var diags source.List
			set, err := load.Load(fstest.MapFS{"main.xsd": {Data: tt.data}}, &diags, "main.xsd")
			require.NoError(t, err)
			assert.Equal(t, tt.target, set.Schemas[0].Target)
			assert.NotEqual(t, strings.Contains(name, "declaration"), set.Schemas[0].Root.Doc() == "Größe")
		})
	}
}

func utf16Bytes(s string, bigEndian bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if bigEndian {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

func TestLoadLimits(t *testing.T) {
	t.Run("chain", func(t *testing.T) {
		fsys := fstest.MapFS{}
		for i := range load.MaxChain + 5 {
			fsys[fmt.Sprintf("main%d.xsd", i)] = &fstest.MapFile{Data: []byte(schemaDoc("urn:a", include(fmt.Sprintf("main%d.xsd", i+1))))}
		}
		var diags source.List
		_, err := load.Load(fsys, &diags, "main0.xsd")
		assert.EqualError(t, err, "main100.xsd:1:92: documents import one another more than 100 deep")
	})
	t.Run("documents", func(t *testing.T) {
		fsys, all := fstest.MapFS{}, ""
		for i := range load.MaxDocuments + 5 {
			name := fmt.Sprintf("x%d.xsd", i)
			fsys[name] = &fstest.MapFile{Data: []byte(schemaDoc("urn:a", ""))}
			all += include(name) + "\n"
		}
		fsys["main.xsd"] = &fstest.MapFile{Data: []byte(schemaDoc("urn:a", all))}
		var diags source.List
		_, err := load.Load(fsys, &diags, "main.xsd")
		assert.ErrorContains(t, err, "main.xsd:2000:13: there are more than 2000 documents")
	})
	t.Run("depth", func(t *testing.T) {
		deep := strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300)
		var diags source.List
		_, err := load.Load(files("main.wsdl", deep), &diags, "main.wsdl")
		assert.ErrorContains(t, err, "the document exceeds the limit Depth=200")
	})
	t.Run("bytes", func(t *testing.T) {
		var diags source.List
		_, err := load.Load(fstest.MapFS{"main.wsdl": {Data: make([]byte, load.MaxBytes+1)}}, &diags, "main.wsdl")
		assert.ErrorContains(t, err, `cannot read "main.wsdl": it has more than 32 MiB`)
	})
}

func TestLoadRefusesWhatIsNoFile(t *testing.T) {
	fsys := files("dir/a.xsd", schemaDoc("urn:a", ""))
	for name, want := range map[string]string{
		"missing.wsdl":  `missing.wsdl: cannot read "missing.wsdl": the file does not exist`,
		"dir":           `dir: cannot read "dir": not a regular file`,
		"../x.wsdl":     `../x.wsdl: the path is not valid (name a file inside the folder)`,
		"/etc/x.wsdl":   `/etc/x.wsdl: the path is not valid (name a file inside the folder)`,
		"dir/../../etc": `dir/../../etc: the path is not valid (name a file inside the folder)`,
	} {
		var diags source.List
		_, err := load.Load(fsys, &diags, name)
		assert.EqualError(t, err, want)
	}
}

// TestLoadStaysInItsFolder checks, on a real file system, that a symbolic link does not lead out of an os.Root.
func TestLoadStaysInItsFolder(t *testing.T) {
	outside := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(outside, "b.xsd"), []byte(schemaDoc("urn:b", "")), 0o600))
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.xsd"), []byte(schemaDoc("urn:a", importOf("urn:b", "b.xsd"))), 0o600))
	if err := os.Symlink(filepath.Join(outside, "b.xsd"), filepath.Join(dir, "b.xsd")); err != nil {
		t.Skip("no symbolic links here")
	}
	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	defer root.Close()
	var diags source.List
	_, err = load.Load(root.FS(), &diags, "main.xsd")
	assert.ErrorContains(t, err, `the file "b.xsd" does not exist`)
}
