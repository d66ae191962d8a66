package xmlwire_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	. "github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// tokens reads doc to its end and returns one line a token, the last of which is the error if there is one.
func tokens(src io.Reader, opts ReadOptions) (lines []string, err error) {
	return tokensOf(NewReader(src, opts))
}

// tokensInMemory does it for a document in memory, at an edge.
func tokensInMemory(doc string, e edge) (lines []string, err error) {
	r := NewReader(nil, ReadOptions{})
	r.ResetBytes(e.put([]byte(doc)), ReadOptions{})
	return tokensOf(r)
}

func tokensOf(r *Reader) (lines []string, err error) {
	text := ""
	flush := func() {
		if text != "" {
			lines = append(lines, fmt.Sprintf("text %q", text))
			text = ""
		}
	}
	for {
		kind, err := r.Next()
		if err != nil {
			flush()
			return append(lines, "error "+err.Error()), err
		}
		if kind != CharData {
			flush()
		}
		switch kind {
		case StartElement:
			line := "start " + r.Name().String()
			for _, a := range r.Attrs() {
				line += fmt.Sprintf(" %v=%q", a.Name, a.Value)
			}
			lines = append(lines, line)
		case EndElement:
			lines = append(lines, "end "+r.Name().String())
		case CharData:
			text += string(r.Text())
		case EOF:
			return lines, nil
		}
	}
}

// TestReader reads each document of testdata/reader.txtar, whole, byte by byte and in memory, and compares its tokens with the file
// <name>.out. A name that starts with "bad" must end in an error, and xmllint must agree on either verdict (oracle_test.go).
// Documents are written with Go escapes where a byte could not stand in a text file.
func TestReader(t *testing.T) {
	path := filepath.Join("testdata", "reader.txtar")
	ar, err := txtar.ParseFile(path)
	require.NoError(t, err)
	want := make(map[string]string)
	for _, f := range ar.Files {
		want[f.Name] = string(f.Data)
	}
	out := &txtar.Archive{Comment: ar.Comment}
	edge := newEdge(t, 1<<20)
	for _, f := range ar.Files {
		name, isDoc := strings.CutSuffix(f.Name, ".xml")
		if !isDoc {
			continue
		}
		doc := unescape(string(f.Data))
		lines, err := tokens(strings.NewReader(doc), ReadOptions{})
		slow, _ := tokens(iotest.OneByteReader(strings.NewReader(doc)), ReadOptions{})
		assert.Equal(t, lines, slow, "%s: byte by byte", name)
		long := doc + strings.Repeat(" ", 300)
		window, _ := tokens(strings.NewReader(long), ReadOptions{})
		memory, _ := tokensInMemory(long, edge)
		assert.Equal(t, window, memory, "%s: in memory", name)
		assert.Equal(t, strings.HasPrefix(name, "bad"), err != nil, "%s: %v", name, err)
		got := strings.Join(lines, "\n") + "\n"
		if !*update {
			assert.Equal(t, want[name+".out"], got, name)
		}
		out.Files = append(out.Files, f, txtar.File{Name: name + ".out", Data: []byte(got)})
	}
	if *update {
		require.NoError(t, os.WriteFile(path, txtar.Format(out), 0o666))
	}
}

// unescape drops the line end that txtar adds and resolves \xHH, \r, \t and \\.
func unescape(s string) string {
	s = strings.TrimSuffix(s, "\n")
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'x':
			var c byte
			fmt.Sscanf(s[i+1:i+3], "%02x", &c)
			b.WriteByte(c)
			i += 2
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// TestCutOff ends a document at every offset: each must be an error with io.ErrUnexpectedEOF in its chain, from the
// tokenizer and from decoding.
func TestCutOff(t *testing.T) {
	doc := encode(t, tableCases()[8].value) + "<!-- c -->"
	end := strings.Index(doc, "<!--")
	for n := range end {
		_, err := tokens(strings.NewReader(doc[:n]), ReadOptions{})
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF, doc[:n])
		err = Unmarshal([]byte(doc[:n]), new(Lists), ReadOptions{})
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF, doc[:n])
	}
}

func TestSourceError(t *testing.T) {
	broken := errors.New("connection reset")
	_, err := tokens(io.MultiReader(strings.NewReader("<a><b>text"), iotest.ErrReader(broken)), ReadOptions{})
	assert.ErrorIs(t, err, broken)
	_, err = tokens(struct{ io.Reader }{bytes.NewReader(nil)}, ReadOptions{})
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

func TestLimits(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("<a>", n) + strings.Repeat("</a>", n) }
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, " a%d=''", i)
		}
		return b.String()
	}
	cases := []struct {
		limit  string
		limits Limits
		ok     string
		bad    string
	}{
		{"Depth", Limits{}, deep(256), deep(257)},
		{"Depth", Limits{Depth: 3}, deep(3), deep(4)},
		{"Attributes", Limits{}, "<a" + many(256) + "/>", "<a" + many(257) + "/>"},
		{"NameBytes", Limits{}, "<" + strings.Repeat("n", 1024) + "/>", "<" + strings.Repeat("n", 1025) + "/>"},
		{"TextBytes", Limits{TextBytes: 200_000}, "<a>" + strings.Repeat("x", 100_000) + "</a>", "<a>" + strings.Repeat("x", 300_000) + "</a>"},
		{"TextBytes", Limits{TextBytes: 200_000}, "<a/>", "<a b='" + strings.Repeat("x", 300_000) + "'/>"},
		{"TextBytes", Limits{TextBytes: 200_000}, "<a/>", "<a/><!--" + strings.Repeat("x", 300_000) + "-->"},
		{"Bytes", Limits{Bytes: 1000}, "<a>" + strings.Repeat("x", 993) + "</a>", "<a>" + strings.Repeat("x", 994) + "</a>"},
		{"Namespaces", Limits{Namespaces: 4}, "<a xmlns:x='x' xmlns:y='y'/>", "<a xmlns:x='x'><a xmlns:y='y'><a xmlns:z='z'><a xmlns:v='v'/></a></a></a>"},
	}
	for _, c := range cases {
		t.Run(c.limit, func(t *testing.T) {
			_, err := tokens(strings.NewReader(c.ok), ReadOptions{Limits: c.limits})
			assert.NoError(t, err)
			for _, src := range []io.Reader{strings.NewReader(c.bad), iotest.OneByteReader(strings.NewReader(c.bad))} {
				_, err = tokens(src, ReadOptions{Limits: c.limits})
				var limit *LimitError
				require.ErrorAs(t, err, &limit)
				assert.Equal(t, c.limit, limit.Limit)
			}
		})
	}
	t.Run("predicted", func(t *testing.T) {
		doc := []byte(`<R xmlns="urn:test:main"><N>12345</N><W><I>1</I></W></R>`)
		var limit *LimitError
		assert.NoError(t, Unmarshal(doc, new(repeats), ReadOptions{Limits: Limits{Depth: 3, TextBytes: 5}}))
		require.ErrorAs(t, Unmarshal(doc, new(repeats), ReadOptions{Limits: Limits{Depth: 2}}), &limit)
		assert.Equal(t, "/R/W: offset 40: exceeds the limit Depth=2", limit.Error())
		require.ErrorAs(t, Unmarshal(doc, new(repeats), ReadOptions{Limits: Limits{TextBytes: 4}}), &limit)
		assert.Equal(t, "TextBytes", limit.Limit)
	})
	t.Run("Items", func(t *testing.T) {
		doc := []byte(`<Lists xmlns="urn:test:main"><Number>1</Number><Number>2</Number><Number>3</Number></Lists>`)
		assert.NoError(t, Unmarshal(doc, new(Lists), ReadOptions{Limits: Limits{Items: 3}}))
		var limit *LimitError
		require.ErrorAs(t, Unmarshal(doc, new(Lists), ReadOptions{Limits: Limits{Items: 2}}), &limit)
		assert.Equal(t, "/Lists/Number[3]: offset 65: exceeds the limit Items=2", limit.Error())
	})
}
