// Package compare says what a new version of a service's documents means for a client that was made from the old one.
//
// It walks both contracts side by side, from each operation along its messages, and looks at what differs on the wire; what
// differs only in the Go code that wsdlgen makes of the two it takes from the plans of names. What is written differently
// and means the same is no difference.
package compare

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// An Effect says what a Change does to a client, the worst first.
type Effect uint8

const (
	// BreaksWire says that a client made from the old documents sends what the service does not take any more, or
	// misreads what it sends.
	BreaksWire Effect = iota + 1
	// BreaksGo says that programs may have to be changed once the code is generated anew, and work until then.
	BreaksGo
	// Compatible says that nothing breaks.
	Compatible
)

// String returns the effect as wsdlgen diff prints it.
func (e Effect) String() string {
	switch e {
	case BreaksWire:
		return "breaks the wire"
	case BreaksGo:
		return "breaks the Go API"
	}
	return "compatible"
}

// A Change is one difference.
type Change struct {
	Effect Effect
	Where  string // GetUnit, or Unit.Km: the operation, or the type and its member
	What   string // a sentence without its full stop
	// Old and New are where the two documents say it. The zero Pos stands for a document that says nothing.
	Old, New source.Pos
}

// Contracts returns the changes from old to new, the worst first, then in order of Where.
func Contracts(old, new *model.Contract) []Change {
	c := &comparison{walked: make(map[pair]bool), found: make(map[key]int)}
	c.portTypes(old, new)
	c.bindings(old, new)
	c.services(old, new)
	Sort(c.changes)
	return c.changes
}

// Sort puts changes into the order in which they are printed.
func Sort(changes []Change) {
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Effect, b.Effect), cmp.Compare(a.Where, b.Where), cmp.Compare(a.What, b.What))
	})
}

// A direction tells who writes a message.
type direction uint8

const (
	request  direction = iota // the client writes it
	response                  // the service does
)

type comparison struct {
	changes []Change
	found   map[key]int // index in changes
	walked  map[pair]bool
}

type key struct{ where, what string }

// A pair is two types that were compared, for one direction.
type pair struct {
	old, new *model.Type
	dir      direction
}

// add notes a change. The same thing in both directions is one change, as bad as the worse of the two.
func (c *comparison) add(e Effect, where string, old, new source.Pos, format string, args ...any) {
	k := key{where, fmt.Sprintf(format, args...)}
	if i, ok := c.found[k]; ok {
		c.changes[i].Effect = min(c.changes[i].Effect, e)
		return
	}
	c.found[k] = len(c.changes)
	c.changes = append(c.changes, Change{e, where, k.what, old, new})
}

var none source.Pos

// matched returns what both lists have, by key, and what only one of them has, all in order.
func matched[T any, K comparable](old, new []T, key func(T) K) (both [][2]T, removed, added []T) {
	index := make(map[K]T)
	for _, n := range new {
		index[key(n)] = n
	}
	had := make(map[K]bool)
	for _, o := range old {
		k := key(o)
		had[k] = true
		if n, ok := index[k]; ok {
			both = append(both, [2]T{o, n})
		} else {
			removed = append(removed, o)
		}
	}
	for _, n := range new {
		if !had[key(n)] {
			added = append(added, n)
		}
	}
	return both, removed, added
}
