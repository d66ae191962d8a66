package xmlwire

import (
	"encoding/binary"
	"unsafe"
)

// An interner makes strings of bytes: the same string for the same bytes, as far as it remembers, and new ones out of pieces
// of memory that hold many. Answers are full of texts that repeat, and an allocation for each costs more than reading it.
type interner struct {
	table []string // by hash; the length is a power of two
	lost  int      // how many were forgotten for others since the table grew
	chunk []byte   // strings were made of what is in use of it
}

const (
	longestInterned = 32 // longer texts seldom repeat
	longestInChunk  = 256
	leastTable      = 256
	mostTable       = 4096
	leastChunk      = 512
	mostChunk       = 4096
)

// intern returns b as a string.
func (in *interner) intern(b []byte) string {
	if len(b) == 0 || len(b) > longestInterned {
		return in.keep(b)
	}
	e := in.place(b)
	if *e == string(b) {
		return *e
	}
	if *e != "" {
		if in.lost++; in.lost > len(in.table)/4 && len(in.table) < mostTable {
			in.grow()
			e = in.place(b)
		}
	}
	*e = in.keep(b)
	return *e
}

// place returns where the table has b, or would have it.
func (in *interner) place(b []byte) *string {
	if in.table == nil {
		in.table = make([]string, leastTable)
	}
	const odd = 0x9e3779b97f4a7c15
	h := uint64(len(b))
	for ; len(b) > 8; b = b[8:] {
		h = (h ^ binary.LittleEndian.Uint64(b)) * odd
		h ^= h >> 32
	}
	// The rest in a word, some of it twice: cheaper than byte by byte.
	switch rest := len(b); {
	case rest == 8:
		h ^= binary.LittleEndian.Uint64(b)
	case rest >= 4:
		h ^= uint64(binary.LittleEndian.Uint32(b)) | uint64(binary.LittleEndian.Uint32(b[rest-4:]))<<32
	default:
		h ^= uint64(b[0]) | uint64(b[rest/2])<<8 | uint64(b[rest-1])<<16
	}
	h *= odd
	return &in.table[(h^h>>32)>>20&uint64(len(in.table)-1)]
}

// grow makes the table larger by as much as it takes to forget seldom.
func (in *interner) grow() {
	old := in.table
	in.table, in.lost = make([]string, 4*len(old)), 0
	for _, s := range old {
		if s != "" {
			*in.place([]byte(s)) = s
		}
	}
}

// keep returns a copy of b, which keeps at most mostChunk bytes of others alive.
func (in *interner) keep(b []byte) string {
	if len(b) == 0 || len(b) > longestInChunk {
		return string(b)
	}
	if len(b) > cap(in.chunk)-len(in.chunk) {
		in.chunk = make([]byte, 0, min(max(2*cap(in.chunk), leastChunk), mostChunk))
	}
	from := len(in.chunk)
	in.chunk = append(in.chunk, b...)
	return unsafe.String(&in.chunk[from], len(b)) // which nothing changes any more
}
