package xmlwire

import (
	"bytes"
	"io"
	"sync"
)

// A Reader has a window of 64 KiB, which costs more to make than a small document to read.
var idle = sync.Pool{New: func() any { return NewReader(nil, ReadOptions{}) }}

// borrow returns a Reader of a document in memory, which nobody may change until the Reader is given back.
func borrow(doc []byte, opts ReadOptions) *Reader {
	r := idle.Get().(*Reader)
	r.ResetBytes(doc, opts)
	return r
}

// giveBack ends the use of r. Nothing that it returned may be used any more, strings excepted.
func (r *Reader) giveBack() {
	r.Reset(nil, ReadOptions{})
	const most = 1 << 20 // a window that grew for one huge token is not kept
	if len(r.buf) <= most {
		idle.Put(r)
	}
}

// ResetBytes does what Reset does for a document that is in memory. It is read where it stands, and not through a window, so
// that it must not be changed until it is read. Nothing that is read of it shares its memory.
func (r *Reader) ResetBytes(doc []byte, opts ReadOptions) {
	r.Reset(nil, opts)
	r.memory.Reset(doc)
	r.src, r.size = &r.memory, int64(len(doc))
	r.readInPlace(doc)
}

// readInPlace makes a document in memory the window, up to the last tag that stands windowPad bytes before its end. A scan stops at
// that tag, as it stops at the zero behind what else is in a window, and what goes on from there, by prediction, stops before the
// next element. So nobody looks further than into the bytes behind that tag. They are read once more, from a window as always,
// as soon as somebody asks for more.
func (r *Reader) readInPlace(doc []byte) {
	tag := bytes.LastIndexByte(doc[:max(len(doc)-windowPad, 0)], '<')
	if tag <= 0 || exceeds(int64(len(doc)), r.limits.Bytes) {
		return
	}
	r.buf, r.spare, r.end = doc, r.buf, tag
}

// leavePlace goes on in a window, and has the byte at i of the document in it. It returns its place there.
func (r *Reader) leavePlace(i int) int {
	doc, keep := r.buf, r.needed()
	r.buf, r.spare = r.spare, nil
	if room := i + 1 - keep + windowPad; room > len(r.buf) {
		r.buf = make([]byte, room)
	}
	r.end = copy(r.buf[:len(r.buf)-windowPad], doc[keep:])
	clear(r.buf[r.end : r.end+windowPad])
	r.memory.Seek(int64(keep+r.end), io.SeekStart)
	r.base += int64(keep)
	r.pos -= keep
	if r.mark >= 0 {
		r.mark -= keep
	}
	return i - keep
}

// ownBuffer returns the buffer that is the window where no document is.
func (r *Reader) ownBuffer() []byte {
	if r.spare != nil {
		return r.spare
	}
	return r.buf
}
