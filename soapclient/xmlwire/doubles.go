package xmlwire

import "math"

// A doubleWriter writes doubles. What it wrote of late it remembers: values that were measured repeat, and copying a text costs a
// fifth of making it. Where they do not repeat it would cost more than it saves, so it is given up for a while.
type doubleWriter struct {
	texts *doubleTexts
	trust int // in texts: higher by one with each that was found, and lower with each that was not
	pause int // how many more are written without a look
}

// doubleTexts are the texts of doubles, by a hash of their bits.
type doubleTexts [1 << doublesBits]struct {
	bits uint64
	n    uint8 // 0 if there is none
	text [doubleRoom]byte
}

const (
	doublesBits = 10
	doubleRoom  = 24 // the longest is -1.7976931348623157E+308

	mostTrust = 256
	longPause = 4096
)

// append appends v to buf, which has room for memberRoom bytes.
func (w *doubleWriter) append(buf []byte, v float64) []byte {
	if i := int64(v); float64(i) == v && i > -1e8 && i < 1e8 && i != 0 {
		if i < 0 {
			return appendWhole(append(buf, '-'), uint64(-i))
		}
		return appendWhole(buf, uint64(i))
	}
	if w.pause > 0 {
		w.pause--
		if out, ok := appendShort(buf, v); ok {
			return out
		}
		return appendFloat(buf, v, 64)
	}
	if w.texts == nil {
		w.texts, w.trust = new(doubleTexts), mostTrust
	}
	bits := math.Float64bits(v)
	known := &w.texts[bits*0x9e3779b97f4a7c15>>(64-doublesBits)]
	if known.bits == bits && known.n > 0 {
		w.trust = min(w.trust+1, mostTrust)
		n := len(buf)
		*(*[doubleRoom]byte)(buf[n : n+doubleRoom]) = known.text
		return buf[:n+int(known.n)]
	}
	if w.trust--; w.trust == 0 {
		w.pause, w.trust = longPause, mostTrust/4
	}
	from := len(buf)
	buf = appendFloat(buf, v, 64)
	if n := len(buf) - from; n <= doubleRoom {
		known.bits, known.n = bits, uint8(n)
		copy(known.text[:], buf[from:])
	}
	return buf
}
