package xmlwire_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/soapfirst/trackunit/internal/testenv"
	. "github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// xmllintAccepts asks libxml2 for its verdict. It exits 0 on errors of namespaces, which it only prints.
func xmllintAccepts(t testing.TB, xmllint, doc string) bool {
	file := filepath.Join(t.TempDir(), "doc.xml")
	require.NoError(t, os.WriteFile(file, []byte(doc), 0o666))
	var stderr bytes.Buffer
	cmd := exec.Command(xmllint, "--noout", "--huge", "--nonet", file)
	cmd.Stderr = &stderr
	err := cmd.Run()
	if err != nil {
		return false
	}
	for line := range strings.Lines(stderr.String()) {
		if strings.Contains(line, "namespace error") {
			return false
		}
	}
	return true
}

// disagreements are documents on which we and libxml2 differ, each with the reason.
var disagreements = map[string]string{
	"bad-doctype":        "well-formed XML, but SOAP forbids a DOCTYPE (SOAP 1.1 §3, SOAP 1.2 part 1 §5)",
	"bad-doctype-entity": "the same",
}

// TestOracle compares the verdicts of TestReader with those of xmllint.
func TestOracle(t *testing.T) {
	xmllint := testenv.NeedProgram(t, "xmllint")
	ar, err := txtar.ParseFile(filepath.Join("testdata", "reader.txtar"))
	require.NoError(t, err)
	used := 0
	for _, f := range ar.Files {
		name, isDoc := strings.CutSuffix(f.Name, ".xml")
		if !isDoc {
			continue
		}
		accepts := xmllintAccepts(t, xmllint, unescape(string(f.Data)))
		if reason := disagreements[name]; reason != "" {
			used++
			assert.Equal(t, strings.HasPrefix(name, "bad"), accepts, "%s: there is no disagreement any more: %s", name, reason)
			continue
		}
		assert.Equal(t, !strings.HasPrefix(name, "bad"), accepts, "%s", name)
	}
	assert.Equal(t, len(disagreements), used, "disagreements that name no document")
}

// FuzzReader holds the tokenizer to three promises: it does not panic, it finds the same whole, in memory and in small pieces, and it
// accepts nothing that libxml2 rejects (where xmllint is there; it is slow, so for one document in many).
func FuzzReader(f *testing.F) {
	ar, err := txtar.ParseFile(filepath.Join("testdata", "reader.txtar"))
	require.NoError(f, err)
	for _, file := range ar.Files {
		if strings.HasSuffix(file.Name, ".xml") {
			f.Add([]byte(unescape(string(file.Data))), uint8(3))
		}
	}
	for _, c := range tableCases() {
		typ := c.value.XMLType()
		doc, err := AppendElement(nil, Name{Space: typ.Space, Local: typ.Name}, c.value, WriteOptions{})
		require.NoError(f, err)
		f.Add(doc, uint8(7))
	}
	xmllint, _ := exec.LookPath("xmllint")
	edge := newEdge(f, 1<<20)
	f.Fuzz(func(t *testing.T, doc []byte, piece uint8) {
		whole, err := tokens(bytes.NewReader(doc), ReadOptions{})
		pieces, _ := tokens(&pieceReader{doc, int(piece)%9 + 1}, ReadOptions{})
		assert.Equal(t, whole, pieces)
		long := string(doc) + strings.Repeat(" ", 300) // so that much of it is read where it stands
		window, _ := tokens(strings.NewReader(long), ReadOptions{})
		memory, _ := tokensInMemory(long, edge)
		assert.Equal(t, window, memory)
		const oneIn = 64
		if err == nil && xmllint != "" && len(doc)%oneIn == 0 {
			assert.True(t, xmllintAccepts(t, xmllint, string(doc)), "libxml2 rejects %q", doc)
		}
	})
}

// A pieceReader hands out n bytes at a time.
type pieceReader struct {
	rest []byte
	n    int
}

func (p *pieceReader) Read(b []byte) (int, error) {
	n := copy(b[:min(p.n, len(b))], p.rest)
	p.rest = p.rest[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}
