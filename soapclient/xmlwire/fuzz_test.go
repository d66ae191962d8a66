package xmlwire_test

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// FuzzTables decodes each document into a type of the test tables: in memory, through a window, in pieces of some size, and byte by
// byte and without prediction. The same must come out, and a value that was read must survive being written and read again.
func FuzzTables(f *testing.F) {
	var types []Message
	for _, c := range append(tableCases(), tableCase{"route", someRoute()}) {
		types = append(types, like(c.value))
		typ := c.value.XMLType()
		doc, err := AppendElement(nil, Name{Space: typ.Space, Local: typ.Name}, c.value, WriteOptions{})
		require.NoError(f, err)
		f.Add(doc, uint8(len(types)-1))
		for _, variant := range variants(string(doc)) {
			f.Add([]byte(variant), uint8(len(types)-1))
		}
	}
	edge := newEdge(f, 1<<20)
	index := regexp.MustCompile(`\[\d+\]`)
	f.Fuzz(func(t *testing.T, doc []byte, which uint8) {
		typ := types[int(which)%len(types)]
		whole, window, pieces, slow := like(typ), like(typ), like(typ), like(typ)
		err := Unmarshal(edge.put(doc), whole, ReadOptions{})
		windowErr := readPieces(doc, len(doc)+1, window, ReadOptions{})
		piecesErr := readPieces(doc, 1+int(which)%61, pieces, ReadOptions{})
		slowErr := readPieces(doc, 1, slow, ReadOptions{NoPrediction: true})
		require.Equal(t, err == nil, slowErr == nil, "whole: %v, byte by byte: %v", err, slowErr)
		require.Equal(t, err == nil, windowErr == nil, "in memory: %v, in a window: %v", err, windowErr)
		require.Equal(t, err == nil, piecesErr == nil, "whole: %v, in pieces: %v", err, piecesErr)
		if err != nil {
			// Of members that should come once, prediction does not count the second.
			assert.Equal(t, index.ReplaceAllString(err.Error(), ""), index.ReplaceAllString(windowErr.Error(), ""))
			assert.Equal(t, index.ReplaceAllString(err.Error(), ""), index.ReplaceAllString(slowErr.Error(), ""))
			assert.Equal(t, index.ReplaceAllString(err.Error(), ""), index.ReplaceAllString(piecesErr.Error(), ""))
			return
		}
		text, err := AppendElement(nil, Name{Space: nsMain, Local: "Again"}, whole, WriteOptions{})
		windowText, _ := AppendElement(nil, Name{Space: nsMain, Local: "Again"}, window, WriteOptions{})
		piecesText, _ := AppendElement(nil, Name{Space: nsMain, Local: "Again"}, pieces, WriteOptions{})
		slowText, slowErr := AppendElement(nil, Name{Space: nsMain, Local: "Again"}, slow, WriteOptions{})
		require.Equal(t, err == nil, slowErr == nil)
		assert.Equal(t, string(text), string(slowText))
		assert.Equal(t, string(text), string(windowText))
		assert.Equal(t, string(text), string(piecesText))
		if err != nil {
			return // a value may be readable and still not complete enough to be written
		}
		again := like(typ)
		require.NoError(t, Unmarshal(text, again, ReadOptions{}), "%s", text)
		twice, err := AppendElement(nil, Name{Space: nsMain, Local: "Again"}, again, WriteOptions{})
		require.NoError(t, err)
		assert.True(t, bytes.Equal(text, twice), "first %s\nthen  %s", text, twice)
	})
}

// readPieces reads a document that comes in pieces of n bytes.
func readPieces(doc []byte, n int, m Message, opts ReadOptions) error {
	r := NewReader(&pieceReader{doc, n}, opts)
	if _, err := r.Next(); err != nil {
		return err
	}
	if err := r.Decode(m); err != nil {
		return err
	}
	return r.ReadEOF()
}
