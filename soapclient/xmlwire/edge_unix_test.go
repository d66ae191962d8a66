//go:build linux || darwin

package xmlwire_test

import (
	"runtime/debug"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// An edge is memory behind which there is none: who reads further panics.
type edge []byte

func newEdge(t testing.TB, most int) edge {
	t.Helper()
	page := syscall.Getpagesize()
	size := (most + page - 1) / page * page
	mem, err := syscall.Mmap(-1, 0, size+page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	require.NoError(t, err)
	require.NoError(t, syscall.Mprotect(mem[size:], syscall.PROT_NONE))
	before := debug.SetPanicOnFault(true)
	t.Cleanup(func() {
		debug.SetPanicOnFault(before)
		require.NoError(t, syscall.Munmap(mem))
	})
	return mem[:size:size]
}

// put moves doc to the end of e, if it is not longer, until another is put there.
func (e edge) put(doc []byte) []byte {
	if len(doc) > len(e) {
		return doc
	}
	return e[len(e)-copy(e[len(e)-len(doc):], doc):]
}
