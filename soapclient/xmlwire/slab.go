package xmlwire

import (
	"reflect"
	"time"
	"unsafe"
)

// Slabs are where pointers to scalars point to: values of one kind lie together, since an allocation for each of them would
// cost more than reading it. A pointer keeps the others of its slab alive, mostSlab at most.
type slabs struct {
	bools   slab[bool]
	ints    slab[int32]
	longs   slab[int64]
	doubles slab[float64]
	texts   slab[string]
	times   slab[time.Time]
}

const leastSlab, mostSlab = 8, 64 // values

type slab[T any] struct {
	free []T
	size int // of the last that was made
}

func (s *slab[T]) next() unsafe.Pointer {
	if len(s.free) == 0 {
		s.size = min(max(2*s.size, leastSlab), mostSlab)
		s.free = make([]T, s.size)
	}
	p := &s.free[0]
	s.free = s.free[1:]
	return unsafe.Pointer(p)
}

// room returns where a value of f, to which a pointer will point, has room; it is zero.
func (s *slabs) room(f *field) unsafe.Pointer {
	switch f.Kind {
	case Bool:
		return s.bools.next()
	case Int32:
		return s.ints.next()
	case Int64:
		return s.longs.next()
	case Float64:
		return s.doubles.next()
	case String:
		return s.texts.next()
	case DateTime:
		return s.times.next()
	}
	return reflect.New(f.base).UnsafePointer()
}
