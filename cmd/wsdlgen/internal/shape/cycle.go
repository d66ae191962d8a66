package shape

// breakCycles turns values into pointers where a struct would otherwise contain itself, and nowhere else. Two structs
// contain each other exactly if they are in one strongly connected component of the graph "holds by value", so the
// answer does not depend on the order of the structs.
func breakCycles(structs []*Struct) {
	component := components(structs)
	for _, s := range structs {
		for _, f := range s.Fields {
			if inner := byValue(f); inner != nil && component[inner] == component[s] {
				f.Form = Pointer
			}
		}
	}
}

// byValue returns the struct that a field holds in place, or nil.
func byValue(f *Field) *Struct {
	if f.Form == Plain || f.Form == Optional {
		return f.Value.Struct
	}
	return nil
}

// components numbers the strongly connected components, after Tarjan. The stack is explicit, because a schema may nest
// its types as deeply as it likes.
func components(structs []*Struct) map[*Struct]int {
	type frame struct {
		s    *Struct
		next int // index of the next field to look at
	}
	var (
		number    = map[*Struct]int{} // order of discovery, from 1
		low       = map[*Struct]int{}
		component = map[*Struct]int{} // from 1; 0 while open
		open      []*Struct
		count     int
	)
	visit := func(s *Struct) frame {
		number[s] = len(number) + 1
		low[s] = number[s]
		open = append(open, s)
		return frame{s: s}
	}
	for _, root := range structs {
		if number[root] != 0 {
			continue
		}
		frames := []frame{visit(root)}
		for len(frames) > 0 {
			top := &frames[len(frames)-1]
			if top.next < len(top.s.Fields) {
				inner := byValue(top.s.Fields[top.next])
				top.next++
				switch {
				case inner == nil:
				case number[inner] == 0:
					frames = append(frames, visit(inner))
				case component[inner] == 0:
					low[top.s] = min(low[top.s], number[inner])
				}
				continue
			}
			done := top.s
			frames = frames[:len(frames)-1]
			if len(frames) > 0 {
				under := frames[len(frames)-1].s
				low[under] = min(low[under], low[done])
			}
			if low[done] != number[done] {
				continue
			}
			count++
			for {
				last := open[len(open)-1]
				open = open[:len(open)-1]
				component[last] = count
				if last == done {
					break
				}
			}
		}
	}
	return component
}
