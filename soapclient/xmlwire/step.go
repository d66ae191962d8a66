package xmlwire

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// A step is what prediction needs of one member. The steps of a type lie side by side and are small, so that those of a
// whole row stay in the nearest cache.
type step struct {
	name     literal // with the prefix
	open     literal // <name, without what ends the tag
	close    literal // </name>
	quick    Kind    // of a plain value or an Opt that quickScalar reads, or 0
	opt      bool    // the member is an Opt
	repeated bool
	offset   uintptr
	state    uintptr // of an Opt, from the start of the struct
	f        *field
}

func makeStep(f *field, prefix, local string) step {
	if prefix != "" {
		local = prefix + ":" + local
	}
	s := step{name: makeLiteral(local), open: makeLiteral("<" + local), close: makeLiteral("</" + local + ">"), repeated: f.repeated, offset: f.offset, f: f}
	s.opt, s.state = f.shape == inOpt, f.offset+f.state
	switch f.Kind {
	case Bool, Int32, Int64, Float64, String:
		if f.fast && f.Item == "" && (f.shape == plain || f.shape == inOpt) {
			s.quick = f.Kind
		}
	}
	return s
}

// run reads members one after the other, from the j-th on, whose tag starts at pos, as long as each is there and holds a text
// of the usual form or is nil. It returns the member and the place that it came to.
func (r *Reader) run(steps []step, p unsafe.Pointer, j, pos int) (next, at int) {
	buf, null := r.buf, &r.scope.null
	if r.scope.xsi == "" {
		null = nil
	}
	for ; j < len(steps); j++ {
		s := &steps[j]
		if s.quick == 0 || !s.open.at(buf, pos) {
			break
		}
		v := pos + len(s.open.text)
		if buf[v] == '>' {
			end := r.quickScalar(s.quick, unsafe.Add(p, s.offset), v+1)
			if end == 0 || !s.close.at(buf, end) {
				break
			}
			if s.opt {
				*(*optState)(unsafe.Add(p, s.state)) = optValue
			}
			pos = end + len(s.close.text)
			continue
		}
		if !s.opt || null == nil || !null.at(buf, v) {
			break
		}
		if v += len(null.text); buf[v] == ' ' {
			v++
		}
		if buf[v] != '/' || buf[v+1] != '>' {
			break
		}
		*(*optState)(unsafe.Add(p, s.state)) = optNil
		pos = v + 2
	}
	return j, pos
}

// closes reports whether the end tag of s stands in buf at i.
func (s *step) closes(buf []byte, i int) bool {
	return buf[i] == '<' && buf[i+1] == '/' && s.name.at(buf, i+2) && buf[i+2+len(s.name.text)] == '>'
}

// A literal is text that is compared in three words of eight bytes, of which masks take what is not the literal's. Most names
// are no longer; a loop over those that are shorter, or a call of memequal, would cost more than words that are not needed.
type literal struct {
	text  string
	words [3]uint64
	masks [3]uint64
}

func makeLiteral(text string) literal {
	var wide, mask [24]byte
	for i := range copy(wide[:], text) {
		mask[i] = 0xff
	}
	l := literal{text: text}
	for i := range l.words {
		l.words[i] = binary.LittleEndian.Uint64(wide[8*i:])
		l.masks[i] = binary.LittleEndian.Uint64(mask[8*i:])
	}
	return l
}

// at reports whether l stands in buf at pos, which is a place in the window, or up to two bytes behind it. The zeros
// there are in no literal, so what matches lies in the window, and what was compared in the zeros at most.
func (l *literal) at(buf []byte, pos int) bool {
	b := buf[pos : pos+24]
	differ := (binary.LittleEndian.Uint64(b)^l.words[0])&l.masks[0] |
		(binary.LittleEndian.Uint64(b[8:])^l.words[1])&l.masks[1] |
		(binary.LittleEndian.Uint64(b[16:])^l.words[2])&l.masks[2]
	return differ == 0 && (len(l.text) <= 24 || l.restAt(buf, pos))
}

// restAt compares what the words do not hold.
func (l *literal) restAt(buf []byte, pos int) bool {
	n := len(l.text)
	return pos+n <= len(buf) && string(buf[pos+24:pos+n]) == l.text[24:]
}

// longestQuick is the length of the longest text, strings excepted, that quickScalar reads.
const longestQuick = 64

// quickScalar reads the text that starts at i, and ends in the window with <, into the value at p, if its form is the
// usual one of its kind. It returns where the < is, or 0 if setScalar has to look. What it reads it reads as setScalar
// does; what stands at p after it returned 0 means nothing.
func (r *Reader) quickScalar(kind Kind, p unsafe.Pointer, i int) (end int) {
	buf := r.buf
	switch kind {
	case Bool:
		const isTrue, isFalse = 0x3c65757274, 0x3c65736c6166 // true<, false<
		w := binary.LittleEndian.Uint64(buf[i:])
		switch {
		case w&(1<<40-1) == isTrue:
			*(*bool)(p) = true
			return i + 4
		case w&(1<<48-1) == isFalse:
			*(*bool)(p) = false
			return i + 5
		}
		return 0
	case Float64:
		return quickDouble(buf, i, (*float64)(p))
	case Int32:
		v, end := quickInt(buf, i)
		if v != int64(int32(v)) {
			return 0
		}
		*(*int32)(p) = int32(v)
		return end
	case Int64:
		v, end := quickInt(buf, i)
		*(*int64)(p) = v
		return end
	}
	end = plainEnd(buf, i)
	if buf[end] != '<' || exceeds(end-i, r.limits.TextBytes) {
		return 0
	}
	*(*string)(p) = r.intern(buf[i:end])
	return end
}

// quickInt reads -digits up to <.
func quickInt(buf []byte, i int) (v int64, end int) {
	neg := buf[i] == '-'
	if neg {
		i++
	}
	from := i
	for c := buf[i] - '0'; c <= 9; c = buf[i] - '0' {
		v = v*10 + int64(c)
		i++
	}
	if n := i - from; n == 0 || n > 18 || buf[i] != '<' {
		return 0, 0
	}
	if neg {
		v = -v
	}
	return v, i
}

// quickDouble reads -digits.digits, and an exponent that .NET writes, up to <. With at most 19 digits, and an exponent
// for which decimalDouble is exact, there is nothing left for strconv to do better.
func quickDouble(buf []byte, i int, p *float64) (end int) {
	neg := buf[i] == '-'
	if neg {
		i++
	}
	var mant uint64
	from := i
	for c := buf[i] - '0'; c <= 9; c = buf[i] - '0' {
		mant = mant*10 + uint64(c)
		i++
	}
	digits, exp := i-from, 0
	if buf[i] == '.' {
		i++
		from = i
		for c := buf[i] - '0'; c <= 9; c = buf[i] - '0' {
			mant = mant*10 + uint64(c)
			i++
		}
		exp = from - i
		digits -= exp
	}
	if buf[i] == 'E' {
		e, n := quickExponent(buf, i+1)
		if n == 0 {
			return 0
		}
		exp += e
		i = n
	}
	if digits == 0 || digits > 19 || buf[i] != '<' || exp < -maxPow5 || exp > maxPow5 {
		return 0
	}
	f := decimalDouble(mant, exp)
	if neg {
		f = -f
	}
	*p = f
	return i
}

// quickExponent reads a sign and one or two digits.
func quickExponent(buf []byte, i int) (exp, end int) {
	sign := buf[i]
	if sign == '+' || sign == '-' {
		i++
	}
	from := i
	for c := buf[i] - '0'; c <= 9; c = buf[i] - '0' {
		exp = exp*10 + int(c)
		i++
	}
	if n := i - from; n == 0 || n > 2 {
		return 0, 0
	}
	if sign == '-' {
		exp = -exp
	}
	return exp, i
}

// plainEnd returns where the plain text ends that starts at i: at the first byte of the class textStop. Texts are looked
// at in words of eight bytes, in which a bit trick finds the bytes to stop at, line feeds and tabs among them.
func plainEnd(buf []byte, i int) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for {
		w := binary.LittleEndian.Uint64(buf[i:])
		lt, amp, bracket := w^ones*'<', w^ones*'&', w^ones*']'
		stops := (w | (w-ones*0x20)&^w | (lt-ones)&^lt | (amp-ones)&^amp | (bracket-ones)&^bracket) & tops
		if stops == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(stops) / 8
		if class[buf[i]]&textStop != 0 {
			return i
		}
		i++
	}
}
