package shape

import (
	"cmp"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// derivations returns the types that may stand in the place of t, t first, then those derived from it by name: the order
// of documents, which a contract has them in, must not show.
func derivations(t *model.Type) []*model.Type {
	derived := t.AllDerived()
	slices.SortStableFunc(derived, func(a, b *model.Type) int {
		return cmp.Or(compareNames(a.Name, b.Name), cmp.Compare(strings.Join(a.Path, "/"), strings.Join(b.Path, "/")))
	})
	return append([]*model.Type{t}, derived...)
}

// substitutes returns the alternatives of a substitution group, that of its head first, then the others by name.
func substitutes(m *model.Member) []*model.Alternative {
	alts := slices.Clone(m.Alternatives)
	slices.SortStableFunc(alts, func(a, b *model.Alternative) int {
		x, y := a.Members[0].Ref, b.Members[0].Ref
		switch {
		case x == y:
			return 0
		case x == m.Head:
			return -1
		case y == m.Head:
			return 1
		}
		return compareNames(x.Name, y.Name)
	})
	return alts
}

func compareNames(a, b model.Name) int {
	return cmp.Or(cmp.Compare(a.Space, b.Space), cmp.Compare(a.Local, b.Local))
}
