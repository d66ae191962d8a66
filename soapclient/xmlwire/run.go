package xmlwire

import (
	"reflect"
	"time"
	"unsafe"
)

// nearEnd is how near to the end of the window it may be the end that stopped run.
const nearEnd = 512

// A stretch is what run came through.
type stretch struct {
	end    int    // behind the last member that was read, and the white space in front of another tag
	last   int    // 1 + the last member that was read; 0 if none was
	absent uint64 // which of the first 64 members, up to that one, were not there
}

// run reads members of the struct at p one after the other, from the j-th on, from pos on, as long as each is there, or one
// of the next few, and holds a plain text, is nil, or is a struct or list of such members. A single element that is something
// else it has the tokenizer read. What cannot be read to its end it leaves where it starts, and the value as it was. No more than
// room elements are opened inside one another.
//
// Where neither the next member stands nor one of those behind it the name is looked up, once, since the rest of a struct
// may be left out; what is before the place is out of order, and not for run.
//
// This is where most of the time goes that reading takes. So there are no calls in it but for values and what is odd, and no
// checks of bounds: see word.
//
// In a struct that is no item, where inItem is false, it reads no member that holds a list: that may be all there is in the
// document, and what was read of it would be lost at the end of the window.
func (r *Reader) run(set *litSet, p unsafe.Pointer, j, pos, room int, inItem bool) stretch {
	steps := set.steps
	start := unsafe.Pointer(unsafe.SliceData(r.buf))
	c := unsafe.Add(start, pos)
	stop := uintptr(start) + uintptr(r.end) // where the window ends
	null := r.scope.null
	nullable := r.scope.xsi != "" && null.n <= inWords
	last, absent := 0, uint64(0)
	level := len(r.stack) // of the element whose members these are, if it was opened
	if inItem {
		level = 0
	}
	left, missed := tries, 0 // how many members may still be left out behind the one that last was then
members:
	for j < len(steps) && uintptr(c) < stop {
		s := &steps[j]
		v := unsafe.Add(c, s.open.n)
		if s.open.differs(c) || s.long && s.open.restDiffers(c) || *(*byte)(v) != '>' && class[*(*byte)(v)]&nameChar != 0 {
			if class[*(*byte)(c)]&space != 0 {
				c = skipSpace(c)
				continue
			}
			if *(*byte)(unsafe.Add(c, 1)) == '!' {
				if after := r.comment(c); after != nil {
					c = after
					continue
				}
			}
			if missed != last {
				left, missed = tries, last
			}
			to, after := j+1, unsafe.Pointer(nil)
			if left--; *(*byte)(unsafe.Add(c, 1)) == '/' {
				break
			} else if left <= 0 || to == len(steps) || s.wild {
				if left < 0 {
					break
				}
				if to = r.stepOf(set, c); to < 0 {
					to, after = r.oddElement(set, p, c, j, len(steps), room)
				}
				if to < j || to == j && after == nil {
					break
				}
			}
			for ; j < to; j++ {
				if last != j+1 {
					absent |= 1 << uint(j) // nothing from 64 on
				}
			}
			if after != nil {
				c, last, left = after, j+1, tries
				j = set.behind(j)
			}
			continue
		}
		at := unsafe.Add(p, s.offset)
		if *(*byte)(v) != '>' {
			if nullable && s.nullable && !null.differs(v) {
				if s.shape == inOpt {
					*(*optState)(unsafe.Add(at, s.state)) = optNil
				}
				c = unsafe.Add(v, null.n)
				j++
				last = j
				continue
			}
			if !s.structured() {
				if s.deep() {
					break // until linkStep has found what is in it
				}
				tagEnd, form := r.scalarTag(s, v)
				if state := s.without(form); state != optAbsent {
					if s.shape == inOpt {
						*(*optState)(unsafe.Add(at, s.state)) = state
					}
					c = tagEnd
					j++
					last = j
					continue
				}
				if form != withText {
					if _, after := r.oddElement(set, p, c, j, j+1, room); after != nil {
						c, last = after, j+1
						j = set.behind(j)
						continue
					}
					break
				}
				v = unsafe.Add(tagEnd, -1)
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
			to = r.quickDouble(text, (*float64)(slot))
		case String:
			to = r.quickString(text, (*string)(slot))
		case DateTime:
			to = r.quickTime(text, (*time.Time)(slot))
		default: // fewer cases than a jump through a table pays for
			switch s.quick {
			case 0:
				_, after := r.oddElement(set, p, c, j, j+1, room)
				if after == nil {
					break members
				}
				c, last = after, j+1
				j = set.behind(j)
				continue
			case many:
				if to = r.quickItem(s, at, v, room, level); to == nil {
					break members
				}
				c, last = to, j+1
				continue
			case Struct, Poly, wrapped:
				if !inItem && s.f.hasLists() {
					break members
				}
				if s.quick == wrapped {
					to = r.quickItems(s, at, v, room)
				} else {
					to = r.quickStruct(s, slot, v, room)
					settle(s.f, s.shape, at, slot)
				}
				if to == nil {
					s.f.clear(at)
					r.failed(s)
					break members
				}
				c = to
				j++
				last = j
				continue
			}
		}
		if to == nil {
			to = r.quickText(s.f, slot, text)
		}
		var end unsafe.Pointer
		if to != nil && !s.close.differs(to) && !(s.long && s.close.restDiffers(to)) {
			end = unsafe.Add(to, s.close.n)
		} else if end = r.oddText(s, slot, text, to); end == nil {
			_, after := r.oddElement(set, p, c, j, j+1, room)
			if after == nil {
				break
			}
			c, last = after, j+1
			j++
			continue
		}
		switch s.shape {
		case inOpt:
			*(*optState)(unsafe.Add(at, s.state)) = optValue
		case inPointer:
			*(*unsafe.Pointer)(at) = slot
		}
		c = end
		j++
		last = j
	}
	if uintptr(c) < stop {
		c = skipSpace(c)
	}
	r.cut = r.cut || int(stop-uintptr(c)) < nearEnd
	end := r.index(c)
	if *(*byte)(c) != '<' { // white space is part of the text that follows
		for end > pos && class[r.buf[end-1]]&space != 0 {
			end--
		}
	}
	return stretch{end, last, absent}
}

// behind returns which member may come behind the k-th.
func (set *litSet) behind(k int) int {
	if set.of.elems[k].repeated {
		return k
	}
	return k + 1
}

// stepOf returns the step of the element whose tag is at c, or -1.
func (r *Reader) stepOf(set *litSet, c unsafe.Pointer) int {
	if set.names == nil || len(set.names.slots) == 0 || *(*byte)(c) != '<' {
		return -1
	}
	j, end := set.names.find(r.buf, r.index(c)+1, set.prefix)
	if end >= r.end {
		return -1 // there may be more of the name
	}
	return j
}

// index returns the place in the window that c is the address of.
func (r *Reader) index(c unsafe.Pointer) int {
	return int(uintptr(c) - uintptr(unsafe.Pointer(unsafe.SliceData(r.buf))))
}

// quickStruct reads what follows the name of the start tag of a struct, which ends at c, to the end of the element, into the
// zero value at p.
func (r *Reader) quickStruct(s *step, p, c unsafe.Pointer, room int) (end unsafe.Pointer) {
	sub := s.sub
	if r.doubting && r.doubts(s) {
		return nil
	}
	if s.poly {
		alt, after := r.quickType(s, c)
		if alt == nil {
			return nil
		}
		v := reflect.New(alt.of.goType).UnsafePointer()
		*(*[2]unsafe.Pointer)(p) = [2]unsafe.Pointer{alt.itab, v}
		sub, p, c = alt.sub, v, after
	} else if sub == nil && s.other.scope == r.scope.id {
		sub = s.other.sub
	}
	if sub == nil || room < 2 {
		return nil
	}
	tag := c
	if c = r.quickAttrs(sub.attrs, p, tag); c == nil {
		if c = r.otherAttrs(s, sub.of, p, tag); c == nil {
			return nil
		}
	}
	if *(*byte)(c) != '>' {
		if end = emptyEnd(c); sub.text != nil {
			return nil
		}
		return end
	}
	c = unsafe.Add(c, 1)
	if f := sub.text; f != nil {
		if c = r.quickMember(f, f.shape, unsafe.Add(p, f.offset), c); c == nil {
			return nil
		}
	} else {
		c = unsafe.Add(unsafe.Pointer(unsafe.SliceData(r.buf)), r.run(sub, p, 0, r.index(c), room-1, true).end)
	}
	if end = r.endTag(s, c); end != nil && r.doubting {
		r.succeeded(s)
	}
	return end
}

// A doubt is about a struct that run did not read to its end, though the window holds it: if that goes on, what is read of it is
// read twice.
type doubt struct {
	step *step
	n    int // how often it was so, one time after the other
}

const (
	patience = 3  // how often in succession run may fail at a struct
	pause    = 32 // how many it then passes over before it tries again
)

func (r *Reader) doubtOf(s *step) *doubt {
	return &r.doubtful[uintptr(unsafe.Pointer(s))/unsafe.Sizeof(*s)%uintptr(len(r.doubtful))]
}

// failed notes that run could not read a struct of s.
func (r *Reader) failed(s *step) {
	if r.cut {
		return
	}
	d := r.doubtOf(s)
	if d.step != s {
		*d = doubt{step: s}
	}
	if d.n < patience { // beyond that doubts counts
		d.n++
	}
	r.doubting = true
}

// succeeded notes that it could.
func (r *Reader) succeeded(s *step) {
	if d := r.doubtOf(s); d.step == s {
		d.n = 0
	}
}

// doubts reports whether to leave a struct of s to others.
func (r *Reader) doubts(s *step) bool {
	d := r.doubtOf(s)
	if d.step != s || d.n < patience {
		return false
	}
	if d.n++; d.n < patience+pause {
		return true
	}
	d.n = patience - 1
	return false
}

// quickType returns the type that the start tag of s says, whose name ends at c, and where the rest of its attributes stand. It is
// nil if that is not known here.
func (r *Reader) quickType(s *step, c unsafe.Pointer) (alt *altStep, after unsafe.Pointer) {
	typ := &r.scope.typ
	if r.scope.xsi == "" || typ.n > inWords || typ.differs(c) {
		if alt = &s.alts[0]; alt.of != s.f.alts[0] || s.f.Flags&Abstract != 0 || *(*byte)(c) != '>' {
			return nil, nil
		}
		return alt, c
	}
	c = unsafe.Add(c, typ.n)
	for i := range s.alts {
		if alt = &s.alts[i]; !alt.typ.differs(c) && !alt.typ.restDiffers(c) {
			return alt, unsafe.Add(c, alt.typ.n)
		}
	}
	return nil, nil
}

// endTag returns where the end tag of s at c ends, or nil if there is none.
func (r *Reader) endTag(s *step, c unsafe.Pointer) unsafe.Pointer {
	at := r.index(c)
	switch n := s.close.n; {
	case at > r.end:
	case !s.close.differs(c) && !s.close.restDiffers(c):
		return unsafe.Add(c, n)
	case at < r.end && n <= longestName && unsafe.String((*byte)(c), n-1) == s.close.text[:n-1]: // white space in it
		if c = skipSpace(unsafe.Add(c, n-1)); *(*byte)(c) == '>' {
			return unsafe.Add(c, 1)
		}
	}
	return nil
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

// quickItem reads an element of which there may be several, and whose name ends at c, and appends it to the slice at list,
// for which level is as grow has it. It returns where its end tag ends, or nil.
func (r *Reader) quickItem(s *step, list, c unsafe.Pointer, room, level int) (end unsafe.Pointer) {
	f := s.f
	structured := f.Kind == Struct || s.poly
	if r.limits.Items > 0 {
		return nil
	}
	if *(*byte)(c) != '>' && !structured {
		tagEnd, form := r.scalarTag(s, c)
		if form != withText {
			return nil
		}
		c = unsafe.Add(tagEnd, -1)
	}
	at := r.grow(f, list, level, r.base+int64(r.index(c)))
	if structured {
		p := at
		if s.shape == inPointer {
			p = r.slabs.room(f)
		}
		end = r.quickStruct(s, p, c, room)
		settle(f, s.shape, at, p)
	} else if end = r.quickMember(f, s.shape, at, unsafe.Add(c, 1)); end != nil {
		end = r.endTag(s, end)
	}
	if end == nil {
		shrink(f, list)
		if structured {
			r.failed(s)
		}
	}
	return end
}

// quickItems reads the items of an unwrapped array, whose name ends at c, into the slice at list, to the end of the array.
func (r *Reader) quickItems(s *step, list, c unsafe.Pointer, room int) (end unsafe.Pointer) {
	item := s.items
	if item == nil && s.other.scope == r.scope.id {
		item = s.other.items
	}
	if item == nil || item.quick != many || room < 2 {
		return nil
	}
	if *(*byte)(c) != '>' {
		end = emptyEnd(c)
	} else {
		for c = unsafe.Add(c, 1); r.index(c) < r.end; {
			c = skipSpace(c)
			if after := r.comment(c); after != nil {
				c = after
				continue
			}
			if item.open.differs(c) || item.open.restDiffers(c) {
				break
			}
			if c = r.quickItem(item, list, unsafe.Add(c, item.open.n), room-1, 0); c == nil {
				return nil
			}
		}
		end = r.endTag(s, c)
	}
	if h := (*sliceHeader)(list); end != nil && h.data == nil {
		reflect.NewAt(s.f.goType, list).Elem().Set(reflect.MakeSlice(s.f.goType, 0, 0))
	}
	return end
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
