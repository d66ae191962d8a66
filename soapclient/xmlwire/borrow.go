package xmlwire

import (
	"bytes"
	"sync"
)

// A Reader has a window of 64 KiB, which costs more to make than a small document to read.
var idle = sync.Pool{New: func() any { return &borrowed{Reader: NewReader(nil, ReadOptions{})} }}

// A borrowed Reader reads a document that is in memory, and then another one.
type borrowed struct {
	*Reader
	src bytes.Reader
}

func borrow(doc []byte, opts ReadOptions) *borrowed {
	r := idle.Get().(*borrowed)
	r.src.Reset(doc)
	r.Reader.Reset(&r.src, opts)
	return r
}

// giveBack ends the use of r. Nothing that it returned may be used any more, strings excepted.
func (r *borrowed) giveBack() {
	const most = 1 << 20 // a window that grew for one huge token is not kept
	if len(r.buf) > most {
		return
	}
	r.src.Reset(nil)
	r.Reader.Reset(nil, ReadOptions{})
	idle.Put(r)
}
