package names

import "strconv"

// A scope is a set of names in use, each with what has it.
type scope map[string]holder

// A holder is what has a name: its namespace, and its kind in the word that qualifies a name by kind.
type holder struct{ space, kind string }

// pick takes the first free name. The first one is numbered from 2 if none is free.
func (s scope) pick(by holder, candidates ...string) string {
	for _, name := range candidates {
		if s.free(name) {
			s[name] = by
			return name
		}
	}
	for i := 2; ; i++ {
		if name := candidates[0] + strconv.Itoa(i); s.free(name) {
			s[name] = by
			return name
		}
	}
}

func (s scope) free(name string) bool {
	_, used := s[name]
	return !used
}
