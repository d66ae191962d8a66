package xmlwire

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestInterner(t *testing.T) {
	var in interner
	var all []string
	for i := range 20_000 {
		text := strings.Repeat(fmt.Sprint(i%7000), 1+i%70)
		s := in.intern([]byte(text))
		require.Equal(t, text, s)
		all = append(all, s)
	}
	for i, s := range all { // nothing that came later has changed them
		require.Equal(t, strings.Repeat(fmt.Sprint(i%7000), 1+i%70), s)
	}
	assert.Len(t, in.table, mostTable)
	assert.Empty(t, in.intern(nil))
}

// readings is a list as long as one wants.
type readings struct{ List []reading }

var readingsType = Type{Name: "Readings", Space: "urn:r", Members: []Member{{Field: "List", Kind: Struct, Item: "Reading"}}}

func (*readings) XMLType() *Type { return &readingsType }

func readingsDoc(t *testing.T, rows, names int) []byte {
	t.Helper()
	all := &readings{}
	for i := range rows {
		all.List = append(all.List, reading{fmt.Sprintf("Vej %d", i%names), Some(float64(i) / 8), Nil[bool](), int32(i)})
	}
	doc, err := AppendElement(nil, Name{"urn:r", "Readings"}, all, WriteOptions{})
	require.NoError(t, err)
	return doc
}

// Reading rows one by one allocates next to nothing, also where their texts differ.
func TestStreamingAllocatesNothing(t *testing.T) {
	const rows, names = 10_000, 400
	doc := readingsDoc(t, rows, names)
	r := NewReader(nil, ReadOptions{})
	read := func() {
		n := 0
		r.Reset(bytes.NewReader(doc), ReadOptions{})
		_, err := r.Next()
		require.NoError(t, err)
		require.NoError(t, r.DecodeRows(new(readings), NewRows("List", func(reading) bool { n++; return true })))
		require.Equal(t, rows, n)
	}
	assert.LessOrEqual(t, testing.AllocsPerRun(5, read), 20.0)
}

// A string that is kept keeps few others alive, and nothing of the document.
func TestWhatAStringKeepsAlive(t *testing.T) {
	const docs = 200
	doc := readingsDoc(t, 2000, 2000) // of 250 KB
	var kept []string
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	for range docs {
		all := &readings{}
		r := NewReader(bytes.NewReader(doc), ReadOptions{})
		_, err := r.Next()
		require.NoError(t, err)
		require.NoError(t, r.Decode(all))
		kept = append(kept, all.List[1000].Name)
	}
	after := heap()
	assert.Less(t, int64(after)-int64(before), int64(docs*2*mostChunk))
	runtime.KeepAlive(kept)
}
