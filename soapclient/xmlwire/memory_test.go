package xmlwire_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"weak"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A document in memory is read like any other, wherever it is cut off (in 200 places), and nobody looks behind its end or changes it.
func TestDocumentsInMemory(t *testing.T) {
	edge := newEdge(t, 1<<20)
	for _, c := range append(tableCases(), tableCase{"route", someRoute()}) {
		typ := c.value.XMLType()
		doc, err := AppendElement(nil, Name{Space: typ.Space, Local: typ.Name}, c.value, WriteOptions{})
		require.NoError(t, err)
		docs := variants(string(doc))
		docs["as it is"], docs["with an end"] = string(doc), string(doc)+strings.Repeat(" ", 300)
		for _, doc := range docs {
			for n := 0; n <= len(doc); n += 1 + len(doc)/200 {
				here, window := like(c.value), like(c.value)
				part := edge.put([]byte(doc[:n]))
				err, windowErr := Unmarshal(part, here, ReadOptions{}), readPieces([]byte(doc[:n]), n+1, window, ReadOptions{})
				if !assert.Equal(t, fmt.Sprint(windowErr), fmt.Sprint(err), "%s", doc[:n]) {
					return
				}
				if !bytes.Equal(part, []byte(doc[:n])) || err == nil && !assert.Equal(t, window, here) {
					t.Fatalf("%s", doc[:n])
				}
			}
		}
	}
}

// The rows of a document in memory can be taken one by one, and a Reader can go on to another document in the middle of one.
func TestResetBytes(t *testing.T) {
	want := &route{Name: "E 45"}
	for i := range 500 {
		want.Stops = append(want.Stops, stop{Names: []string{fmt.Sprint("name ", i)}})
	}
	doc, err := AppendElement(nil, Name{Space: nsMain, Local: "Route"}, want, WriteOptions{})
	require.NoError(t, err)
	r := NewReader(nil, ReadOptions{})
	for _, stops := range []int{500, 3, 499, 500} {
		r.ResetBytes(doc, ReadOptions{})
		_, err := r.Next()
		require.NoError(t, err)
		var got []stop
		err = r.DecodeRows(new(route), NewRows("Stops", func(s stop) bool {
			got = append(got, s)
			return len(got) < stops || stops == len(want.Stops)
		}))
		if stops < len(want.Stops) {
			require.ErrorIs(t, err, ErrStopped)
		} else {
			require.NoError(t, err)
			require.NoError(t, r.ReadEOF())
			require.EqualValues(t, len(doc), r.InputOffset())
		}
		require.Equal(t, want.Stops[:stops], got)
	}
	var limit *LimitError
	require.ErrorAs(t, Unmarshal(doc, new(route), ReadOptions{Limits: Limits{Bytes: int64(len(doc)) - 1}}), &limit)
}

// What was read keeps nothing of the document alive, and neither does the Reader that waits for the next one.
func TestNothingKeepsTheDocument(t *testing.T) {
	const head, tail = `<Route xmlns="urn:test:main" xmlns:p="urn:test:parts">`, `</Route>`
	members := `<Name a="1" b="2" c="3" d="4">E&amp;45</Name><Stops>` + strings.Repeat(`<Stop At="7" p:x="y"><p:Name>a</p:Name><p:Last p:x="1">true</p:Last></Stop>`, 100) + `</Stops><Other b="c"/>`
	read := func(opts ReadOptions) (*route, weak.Pointer[byte]) {
		doc := []byte(head + members + tail)
		r := new(route)
		require.NoError(t, Unmarshal(doc, r, opts))
		return r, weak.Make(&doc[0])
	}
	for _, opts := range []ReadOptions{{}, {NoPrediction: true}} {
		r, doc := read(opts)
		runtime.GC() // after which pools still hold what they held
		assert.Nil(t, doc.Value())
		assert.Len(t, r.Stops, 100)
	}
}
