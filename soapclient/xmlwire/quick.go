package xmlwire

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"time"
	"unsafe"
)

// The usual forms of values, read fast. A cursor is the address of a byte in the window. What is read through it goes at
// most windowPad bytes beyond the window's end, where zeros stand, which are in nothing that is read.

// word returns the eight bytes at c and after it, the first in the lowest place.
func word(c unsafe.Pointer, i int) uint64 {
	return binary.LittleEndian.Uint64((*[8]byte)(unsafe.Add(c, i))[:])
}

const (
	ones = 0x0101010101010101
	tops = 0x8080808080808080
)

// zeros marks, by its top bit, the lowest byte of w that is zero; what it has above means nothing. Without any it is 0.
func zeros(w uint64) uint64 { return (w - ones) &^ w & tops }

// longestQuick is the length of the longest text that is read here without a look at Limits.TextBytes.
const longestQuick = 64

// quickScalar reads the text at c, which ends in the window with <, into the value of f at p, if there is nothing in it that
// asks for more than a look. It returns where the < is, or nil if the tokenizer and setScalar have to say what is wrong. What
// it reads it reads as setScalar does; what stands at p after it returned nil means nothing.
//
// The functions below read the usual forms of one kind each, by the same rules.
func (r *Reader) quickScalar(f *field, p, c unsafe.Pointer) (end unsafe.Pointer) {
	switch f.Kind {
	case Bool:
		end = quickBool(c, (*bool)(p))
	case Int32:
		end = quickInt32(c, (*int32)(p))
	case Int64:
		end = quickInt64(c, (*int64)(p))
	case Float64:
		end = r.quickDouble(c, (*float64)(p))
	case DateTime:
		end = r.quickTime(c, (*time.Time)(p))
	case String:
		return r.quickString(c, (*string)(p))
	}
	if end == nil {
		end = r.quickText(f, p, c)
	}
	return end
}

// quickBool tells true from false without a branch, since nothing foretells which it is.
func quickBool(c unsafe.Pointer, p *bool) (end unsafe.Pointer) {
	const isTrue, isFalse = 0x3c65757274, 0x3c65736c6166 // true<, false<
	w := word(c, 0)
	yes, no := w&(1<<40-1) == isTrue, w&(1<<48-1) == isFalse
	if yes == no {
		return nil
	}
	*p = yes
	return unsafe.Add(c, len("true")+int(*(*uint8)(unsafe.Pointer(&no))))
}

// quickText reads any text of any kind.
func (r *Reader) quickText(f *field, p, c unsafe.Pointer) (end unsafe.Pointer) {
	text, end := r.textAt(c)
	if end == nil || r.setScalar(f, p, text) != nil {
		return nil
	}
	return end
}

func (r *Reader) quickString(c unsafe.Pointer, p *string) (end unsafe.Pointer) {
	text, end := r.textAt(c)
	if end != nil {
		*p = r.intern(text)
	}
	return end
}

// textAt returns the text at c, and where the < behind it is; or nil for that if there is something in it that the tokenizer has
// to look at.
func (r *Reader) textAt(c unsafe.Pointer) (text []byte, end unsafe.Pointer) {
	from := r.index(c)
	to := plainEnd(r.buf, from)
	if r.buf[to] != '<' {
		if text, to = r.textWithReferences(from, to); to == 0 {
			return nil, nil
		}
	} else {
		text = r.buf[from:to]
	}
	if exceeds(len(text), r.limits.TextBytes) {
		return nil, nil
	}
	return text, unsafe.Add(c, to-from)
}

// textWithReferences does it for a text that stands at from and is plain up to to. It returns where it ends, or 0.
func (r *Reader) textWithReferences(from, to int) (text []byte, end int) {
	r.joint = r.joint[:0]
	for {
		rest := r.buf[to:]
		switch rest[0] {
		case '<':
			r.joint = append(r.joint, r.buf[from:to]...)
			return r.joint, to
		case '&':
			n := bytes.IndexByte(rest[:min(longestReference, len(rest))], ';')
			if n < 0 {
				return nil, 0
			}
			var ok bool
			r.joint = append(r.joint, r.buf[from:to]...)
			if r.joint, ok = appendReference(r.joint, rest[1:n]); !ok {
				return nil, 0
			}
			to += n + 1
			from = to
		case ']':
			if rest[1] == ']' || rest[1] == 0 { // or it may be the end of a CDATA section that there is not
				return nil, 0
			}
			to++
		default:
			return nil, 0
		}
		to = plainEnd(r.buf, to)
	}
}

func quickInt32(c unsafe.Pointer, p *int32) (end unsafe.Pointer) {
	var v int64
	end = quickInt64(c, &v)
	if *p = int32(v); int64(*p) != v {
		return nil
	}
	return end
}

// quickInt64 reads -digits up to <.
func quickInt64(c unsafe.Pointer, p *int64) (end unsafe.Pointer) {
	w := word(c, 0)
	stop := zeros(w ^ '<'*ones)
	if stop == 0 {
		return longInt(c, p)
	}
	n := bits.TrailingZeros64(stop) / 8
	var neg uint64
	if byte(w) == '-' {
		neg = 1
	}
	digits, ok := sevenDigits(w^neg*('-'^'0'), n)
	if !ok || n == int(neg) {
		return nil
	}
	*p = int64(digits^-neg) + int64(neg)
	return unsafe.Add(c, n)
}

// sevenDigits returns what the first n bytes of w, seven at most, say in decimal.
func sevenDigits(w uint64, n int) (v uint64, ok bool) {
	return eightDigits(w<<(8*uint(7-n))<<8 | '0'*ones>>(8*uint(n)&63))
}

// eightDigits returns what the bytes of w say in decimal, the lowest byte first.
func eightDigits(w uint64) (v uint64, ok bool) {
	w ^= '0' * ones
	ok = (w+0x06*ones|w)&(0xf0*ones) == 0
	w = w*10 + w>>8 // pairs, in every second byte
	w = (w&0x000000ff000000ff*(100+1000000<<32) + w>>16&0x000000ff000000ff*(1+10000<<32)) >> 32
	return w & 0xffffffff, ok
}

// longInt is quickInt64 for any number of digits.
func longInt(c unsafe.Pointer, p *int64) (end unsafe.Pointer) {
	var v int64
	neg := *(*byte)(c) == '-'
	if neg {
		c = unsafe.Add(c, 1)
	}
	n := 0
	for d := *(*byte)(c) - '0'; d <= 9; d = *(*byte)(c) - '0' {
		v = v*10 + int64(d)
		c = unsafe.Add(c, 1)
		n++
	}
	if n == 0 || n > 18 || *(*byte)(c) != '<' {
		return nil
	}
	if neg {
		v = -v
	}
	*p = v
	return c
}

// quickDouble reads -digits.digits, and an exponent that .NET writes, up to <. With at most 19 digits there is nothing left for
// strconv to do better.
func (r *Reader) quickDouble(c unsafe.Pointer, p *float64) (end unsafe.Pointer) {
	w := word(c, 0)
	stop := zeros(w ^ '<'*ones)
	if stop == 0 {
		return r.longDouble(c, p)
	}
	n := bits.TrailingZeros64(stop) / 8
	var neg, dot uint64
	if byte(w) == '-' {
		neg = 1
	}
	w ^= neg * ('-' ^ '0')
	// The bytes below the dot move up into its place.
	at := bits.TrailingZeros64(zeros(w^'.'*ones)) &^ 7 // 64 if there is none
	if at < 8*n {
		dot = 1
	}
	below := uint64(1)<<at - 1
	moved := w&below | w>>8&^below
	frac := n - 1 - at/8
	if dot == 0 {
		moved, frac = w, 0
	}
	digits := n - int(dot)
	mant, ok := sevenDigits(moved, digits)
	if !ok || digits == int(neg) {
		return r.longDouble(c, p)
	}
	*p = float64(int64(mant)) / signedPow10[neg<<3|uint64(frac&7)]
	return unsafe.Add(c, n)
}

// signedPow10 has the powers of ten up to 7, and the same below zero, which make a zero negative too.
var signedPow10 = [16]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, -1e0, -1e1, -1e2, -1e3, -1e4, -1e5, -1e6, -1e7}

var pow10int = [8]uint64{1, 10, 100, 1000, 10000, 100000, 1000000, 10000000}

// longDouble is quickDouble for any number of digits.
func (r *Reader) longDouble(c unsafe.Pointer, p *float64) (end unsafe.Pointer) {
	neg := *(*byte)(c) == '-'
	if neg {
		c = unsafe.Add(c, 1)
	}
	var mant uint64
	digits, exp := 0, 0
	for d := *(*byte)(c) - '0'; d <= 9; d = *(*byte)(c) - '0' {
		mant = mant*10 + uint64(d)
		c = unsafe.Add(c, 1)
		digits++
	}
	if *(*byte)(c) == '.' {
		c = unsafe.Add(c, 1)
		for {
			const past = tops - '<'*ones // what < and letters added to have their top bit set
			w := word(c, 0)
			stop := (w + past) & tops
			if stop != 0 {
				n := bits.TrailingZeros64(stop) / 8
				v, ok := sevenDigits(w, n&7)
				if !ok {
					return nil
				}
				mant = mant*pow10int[n&7] + v
				c = unsafe.Add(c, n)
				exp -= n
				break
			}
			v, ok := eightDigits(w)
			if !ok {
				return nil
			}
			mant = mant*1e8 + v
			c = unsafe.Add(c, 8)
			exp -= 8
		}
		digits -= exp
	}
	if *(*byte)(c) == 'E' {
		e, after := quickExponent(unsafe.Add(c, 1))
		if after == nil {
			return nil
		}
		exp += e
		c = after
	}
	if digits == 0 || digits > 19 || *(*byte)(c) != '<' {
		return nil
	}
	*p = signed(r.double(mant, exp), neg)
	return c
}

// quickExponent reads a sign and up to three digits.
func quickExponent(c unsafe.Pointer) (exp int, end unsafe.Pointer) {
	sign := *(*byte)(c)
	if sign == '+' || sign == '-' {
		c = unsafe.Add(c, 1)
	}
	n := 0
	for d := *(*byte)(c) - '0'; d <= 9; d = *(*byte)(c) - '0' {
		exp = exp*10 + int(d)
		c = unsafe.Add(c, 1)
		if n++; n > 3 {
			return 0, nil
		}
	}
	if n == 0 {
		return 0, nil
	}
	if sign == '-' {
		exp = -exp
	}
	return exp, c
}

// quickTime reads a date and a time of day in UTC, or without a zone.
func (r *Reader) quickTime(c unsafe.Pointer, p *time.Time) (end unsafe.Pointer) {
	clock := word(c, 8+3) ^ '0'*ones
	hour, minute, second := clock&0xf*10+clock>>8&0xf, clock>>24&0xf*10+clock>>32&0xf, clock>>48&0xf*10+clock>>56
	const colons = 0x0000ff0000ff0000
	if clock&colons != (':'^'0')*(1<<16|1<<40) || (clock+0x06*ones|clock)&(0xf0*ones)&^colons != 0 || hour > 23 || minute > 59 || second > 59 {
		return nil
	}
	d := date{word(c, 0), word(c, 8) & 0xffffff}
	day := &r.days[d.ofMonth()]
	if d != day.text && !day.set(d) {
		return nil
	}
	c = unsafe.Add(c, len("2006-01-02T15:04:05"))
	var nsec int64
	if *(*byte)(c) == '.' {
		scale := int64(1_000_000_000)
		c = unsafe.Add(c, 1)
		for d := *(*byte)(c) - '0'; d <= 9; d = *(*byte)(c) - '0' {
			scale /= 10
			nsec += int64(d) * scale
			c = unsafe.Add(c, 1)
		}
		if scale == 1_000_000_000 || scale == 0 {
			return nil
		}
	}
	t := time.Unix(day.unix+int64(hour*3600+minute*60+second), nsec)
	switch w := word(c, 0); {
	case w&0xffff == '<'<<8|'Z':
		*p = t.UTC()
		return unsafe.Add(c, 1)
	case byte(w) == '<' && !t.IsZero(): // which is not set: see parseDateTime
		*p = t.In(NoZone)
		return c
	}
	return nil
}

// dateTime reads a text that need not stand in the window.
func (r *Reader) dateTime(b []byte) (t time.Time, ok bool) {
	if n := copy(r.clock[:len(r.clock)/2], b); n == len(b) {
		r.clock[n] = '<'
		if end := r.quickTime(unsafe.Pointer(&r.clock), &t); end == unsafe.Pointer(&r.clock[n]) {
			return t, true
		}
	}
	return parseDateTime(b)
}

// A date is the text 2006-01-02T in two words.
type date struct{ first, last uint64 }

// A day is a date and when it starts in UTC, in seconds of Unix time.
type day struct {
	text date
	unix int64
}

// days are those that were read lately, by their number in the month. Times that follow each other in a document mostly share
// a day, or are in the same month.
type days [32]day

// ofMonth returns the number of a day in its month, and something below 32 for what is no date.
func (d date) ofMonth() int { return int(d.last&0xf*10+d.last>>8&0xf) & 31 }

// set makes day that of d, if it is a date.
func (day *day) set(d date) bool {
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:], d.first)
	binary.LittleEndian.PutUint64(b[8:], d.last)
	if b[10] != 'T' {
		return false
	}
	t, ok := parseDateTime(b[:10])
	if ok {
		day.text, day.unix = d, t.Unix()
	}
	return ok
}
