package xmlwire

import (
	"encoding/binary"
	"unsafe"
)

// A literal is text that is compared in three words of eight bytes, of which masks take what is not the literal's. Most names
// are no longer; a loop over those that are shorter, or a call of memequal, would cost more than words that are not needed.
type literal struct {
	text  string
	n     int // the length of text
	words [3]uint64
	masks [3]uint64
}

const (
	inWords     = 24 // how much of a literal words hold
	longestName = 64 // of tags that run looks for
)

func makeLiteral(text string) literal {
	var wide, mask [inWords]byte
	for i := range copy(wide[:], text) {
		mask[i] = 0xff
	}
	l := literal{text: text, n: len(text)}
	for i := range l.words {
		l.words[i] = binary.LittleEndian.Uint64(wide[8*i:])
		l.masks[i] = binary.LittleEndian.Uint64(mask[8*i:])
	}
	return l
}

// differs reports whether something else than what words hold of l stands at c.
func (l *literal) differs(c unsafe.Pointer) bool {
	return (word(c, 0)^l.words[0])&l.masks[0]|(word(c, 8)^l.words[1])&l.masks[1]|(word(c, 16)^l.words[2])&l.masks[2] != 0
}

// restDiffers reports whether something else than what words do not hold of l, which is no longer than longestName, stands
// where it should if l starts at c.
func (l *literal) restDiffers(c unsafe.Pointer) bool {
	n := l.n - inWords
	return n > 0 && unsafe.String((*byte)(unsafe.Add(c, inWords)), n) != l.text[inWords:]
}

// at reports whether l stands in buf at pos, which is a place in the window, or up to two bytes behind it. The zeros
// there are in no literal, so what matches lies in the window, and what was compared in the zeros at most.
func (l *literal) at(buf []byte, pos int) bool {
	if l.n > inWords {
		return pos+l.n <= len(buf) && string(buf[pos:pos+l.n]) == l.text
	}
	return !l.differs(unsafe.Pointer(&buf[pos]))
}
