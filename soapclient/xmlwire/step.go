package xmlwire

import (
	"encoding/binary"
	"reflect"
	"time"
	"unsafe"
)

// A step is what prediction needs of one member. The steps of a type lie side by side and are small, so that those of a
// whole row stay in the nearest cache.
type step struct {
	name     literal // with the prefix
	open     literal // <name, without what ends the tag; the start of it if the name is too long for run
	close    literal // </name>
	quick    Kind    // of what run reads, or many, or 0
	shape    shape   // of one value
	long     bool    // words do not hold all of the tags
	repeated bool
	offset   uintptr
	state    uintptr // of an Opt
	sub      *litSet // of a struct, under the same prefix; nil if that is not known
	items    *step   // of an unwrapped array, likewise
	f        *field
}

// An attrStep is what prediction needs of an attribute.
type attrStep struct {
	name literal // behind a space, and up to the quote
	f    *field
}

// What step.quick is for members that are lists.
const (
	many    Kind = 255 - iota // repeated
	wrapped                   // an unwrapped array: the items stand in an element of their own
)

func makeStep(f *field, prefix, local string) step {
	if prefix != "" {
		local = prefix + ":" + local
	}
	s := step{
		name: makeLiteral(local), open: makeLiteral("<" + local), close: makeLiteral("</" + local + ">"),
		shape: f.shape, repeated: f.repeated, offset: f.offset, state: f.state, f: f,
	}
	s.long = s.close.n > inWords
	if s.close.n > longestName {
		s.open = makeLiteral(s.open.text[:inWords])
	}
	if f.repeated {
		s.shape = f.item
	}
	switch {
	case !f.fast || s.close.n > longestName: // the latter run takes for absent
	case f.Item != "":
		s.quick = wrapped
	case s.shape == inSlice:
	case f.repeated:
		s.quick = many
	default:
		s.quick = f.Kind
	}
	return s
}

// scalar reports whether run reads a single text for the member.
func (s *step) scalar() bool {
	switch s.quick {
	case 0, Struct, many, wrapped:
		return false
	}
	return true
}

// A stretch is what run came through.
type stretch struct {
	end    int    // behind the last member that was read
	stop   int    // behind the white space that follows
	last   int    // 1 + the last member that was read; 0 if none was
	absent uint64 // which of the first 64 members, up to that one, were not there
}

// run reads members of the struct at p one after the other, from the j-th on, from pos on, as long as each is there, or one
// of the next few, and holds a plain text, is nil, or is a struct or list of such members. What it cannot read to its end it
// leaves where it starts, and the value as it was. No more than room elements are opened inside one another.
//
// This is where most of the time goes that reading takes. So there are no calls in it but for values, and no checks of
// bounds: see word.
func (r *Reader) run(steps []step, p unsafe.Pointer, j, pos, room int) stretch {
	start := unsafe.Pointer(unsafe.SliceData(r.buf))
	c := unsafe.Add(start, pos)
	null := r.scope.null
	nullable := r.scope.xsi != "" && null.n <= inWords
	end, last, absent, left := c, 0, uint64(0), tries
members:
	for j < len(steps) {
		s := &steps[j]
		v := unsafe.Add(c, s.open.n)
		if s.open.differs(c) || s.long && s.open.restDiffers(c) || class[*(*byte)(v)]&nameChar != 0 {
			if class[*(*byte)(c)]&space != 0 {
				c = skipSpace(c)
				continue
			}
			if left--; left == 0 || *(*byte)(unsafe.Add(c, 1)) == '/' {
				break
			}
			if last != j+1 {
				absent |= 1 << uint(j) // nothing from 64 on
			}
			j++
			continue
		}
		at := unsafe.Add(p, s.offset)
		if *(*byte)(v) != '>' {
			if nullable && s.shape != plain && s.quick != 0 && s.quick != many && !null.differs(v) {
				if s.shape == inOpt {
					*(*optState)(unsafe.Add(at, s.state)) = optNil
				}
				c = unsafe.Add(v, null.n)
				j++
				end, last, left = c, j, tries
				continue
			}
			if s.sub == nil {
				break
			}
		}
		slot, text := at, unsafe.Add(v, 1)
		if s.shape == inPointer && s.quick != many {
			slot = r.slabs.room(s.f)
		}
		var to unsafe.Pointer
		switch s.quick {
		case Bool:
			to = quickBool(text, (*bool)(slot))
		case Int32:
			to = quickInt32(text, (*int32)(slot))
		case Int64:
			to = quickInt64(text, (*int64)(slot))
		case Float64:
			to = quickDouble(text, (*float64)(slot))
		case String:
			to = r.quickString(text, (*string)(slot))
		case DateTime:
			to = r.quickTime(text, (*time.Time)(slot))
		default: // fewer cases than a jump through a table pays for
			switch s.quick {
			case 0:
				break members
			case many:
				if to = r.quickItem(s, at, v, room); to == nil {
					break members
				}
				c, end, last, left = to, to, j+1, tries
				continue
			case Struct:
				to = r.quickStruct(s, slot, v, room)
			case wrapped:
				to = r.quickItems(s, at, text, room)
			}
			if !s.scalar() && (to == nil || s.close.differs(to) || s.close.restDiffers(to)) {
				s.f.clear(at)
				break members
			}
		}
		if to == nil {
			if to = r.quickText(s.f, slot, text); to == nil {
				break
			}
		}
		if s.close.differs(to) || s.long && s.close.restDiffers(to) {
			break
		}
		switch s.shape {
		case inOpt:
			*(*optState)(unsafe.Add(at, s.state)) = optValue
		case inPointer:
			*(*unsafe.Pointer)(at) = slot
		}
		c = unsafe.Add(to, s.close.n)
		j++
		end, last, left = c, j, tries
	}
	c = skipSpace(c)
	return stretch{int(uintptr(end) - uintptr(start)), int(uintptr(c) - uintptr(start)), last, absent}
}

// quickStruct reads what follows the name of the start tag of a struct, which ends at c, up to the end tag.
func (r *Reader) quickStruct(s *step, p, c unsafe.Pointer, room int) (end unsafe.Pointer) {
	if s.sub == nil || room < 2 {
		return nil
	}
	if c = r.quickAttrs(s.sub.attrs, p, c); c == nil {
		return nil
	}
	if f := s.sub.text; f != nil {
		return r.quickMember(f, f.shape, unsafe.Add(p, f.offset), c)
	}
	start := unsafe.Pointer(unsafe.SliceData(r.buf))
	return unsafe.Add(start, r.run(s.sub.steps, p, 0, int(uintptr(c)-uintptr(start)), room-1).stop)
}

// quickAttrs reads attributes that a struct at p has, and the > behind them.
func (r *Reader) quickAttrs(attrs []attrStep, p, c unsafe.Pointer) (end unsafe.Pointer) {
	if exceeds(len(attrs), r.limits.Attributes) {
		attrs = nil
	}
	next, seen := 0, uint64(0)
	for *(*byte)(c) == ' ' {
		k := next
		for k < len(attrs) && (attrs[k].name.differs(c) || attrs[k].name.restDiffers(c)) {
			k++
		}
		if k >= min(len(attrs), 64) || seen>>uint(k)&1 != 0 {
			return nil
		}
		a := &attrs[k]
		from := unsafe.Add(c, a.name.n)
		n := 0
		for class[*(*byte)(unsafe.Add(from, n))]&attrStop == 0 {
			n++
		}
		if *(*byte)(unsafe.Add(from, n)) != '"' || r.setField(a.f, p, unsafe.Slice((*byte)(from), n)) != nil {
			return nil
		}
		c = unsafe.Add(from, n+1)
		next, seen = k+1, seen|1<<uint(k)
	}
	if *(*byte)(c) != '>' {
		return nil
	}
	return unsafe.Add(c, 1)
}

// quickMember reads a text at c into the place at at.
func (r *Reader) quickMember(f *field, shape shape, at, c unsafe.Pointer) (end unsafe.Pointer) {
	p := at
	if shape == inPointer {
		p = r.slabs.room(f)
	}
	if end = r.quickScalar(f, p, c); end != nil {
		settle(f, shape, at, p)
	}
	return end
}

// settle makes the place at at hold the value at p.
func settle(f *field, shape shape, at, p unsafe.Pointer) {
	switch shape {
	case inOpt:
		setState(f, at, optValue)
	case inPointer:
		*(*unsafe.Pointer)(at) = p
	}
}

// quickItem reads an element of which there may be several, and whose name ends at c, and appends it to the slice at list. It
// returns where its end tag ends, or nil.
func (r *Reader) quickItem(s *step, list, c unsafe.Pointer, room int) (end unsafe.Pointer) {
	f := s.f
	if r.limits.Items > 0 || *(*byte)(c) != '>' && f.Kind != Struct {
		return nil
	}
	at := r.grow(f, list, len(r.stack))
	if f.Kind == Struct {
		p := at
		if s.shape == inPointer {
			p = r.slabs.room(f)
		}
		end = r.quickStruct(s, p, c, room)
		settle(f, s.shape, at, p)
	} else {
		end = r.quickMember(f, s.shape, at, unsafe.Add(c, 1))
	}
	if end == nil || s.close.differs(end) || s.close.restDiffers(end) {
		shrink(f, list)
		return nil
	}
	return unsafe.Add(end, s.close.n)
}

// quickItems reads the items of an unwrapped array into the slice at list. It returns where the end tag of the array should
// be, or nil.
func (r *Reader) quickItems(s *step, list, c unsafe.Pointer, room int) (end unsafe.Pointer) {
	item := s.items
	if item == nil || item.quick != many || room < 2 {
		return nil
	}
	for {
		if c = skipSpace(c); item.open.differs(c) || item.open.restDiffers(c) {
			break
		}
		if c = r.quickItem(item, list, unsafe.Add(c, item.open.n), room-1); c == nil {
			return nil
		}
	}
	if h := (*sliceHeader)(list); h.len == 0 {
		reflect.NewAt(s.f.goType, list).Elem().Set(reflect.MakeSlice(s.f.goType, 0, 0))
	}
	return c
}

func skipSpace(c unsafe.Pointer) unsafe.Pointer {
	for word(c, 0) == ' '*ones {
		c = unsafe.Add(c, 8)
	}
	for class[*(*byte)(c)]&space != 0 {
		c = unsafe.Add(c, 1)
	}
	return c
}

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
