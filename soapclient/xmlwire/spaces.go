package xmlwire

import (
	"maps"
	"sync"
	"sync/atomic"
)

// spaces holds the namespaces that tables name. What a document declares is taken from here where it can be: comparing
// two strings that are the same one in memory costs next to nothing, and elements are compared with members all the time.
var spaces struct {
	sync.Mutex // held by whoever makes a new table
	table      atomic.Pointer[map[string]string]
}

// learnSpaces adds the namespaces of bindings.
func learnSpaces(made map[*Type]*binding) {
	spaces.Lock()
	defer spaces.Unlock()
	known := map[string]string{nsXSI: nsXSI, nsXSD: nsXSD}
	if table := spaces.table.Load(); table != nil {
		maps.Copy(known, *table)
	}
	for _, b := range made {
		for _, fields := range [][]field{b.elems, b.attrs} {
			for i := range fields {
				f := &fields[i]
				f.space, f.itemSpace = learn(known, f.space), learn(known, f.itemSpace)
			}
		}
		b.space = learn(known, b.space)
	}
	spaces.table.Store(&known)
}

func learn(known map[string]string, space string) string {
	if s, ok := known[space]; ok {
		return s
	}
	known[space] = space
	return space
}

// internSpace returns b as a string.
func (r *Reader) internSpace(b []byte) string {
	if table := spaces.table.Load(); table != nil {
		if s, ok := (*table)[string(b)]; ok {
			return s
		}
	}
	return r.intern(b)
}
