package resolve

import (
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// A redefinition takes the place of a component of the schema that it includes, and is made from it: it refers to the
// original by the name that is now its own. Only one of the two goes into the model, the redefinition, as if it had
// been written out.

// declareRedefined brings the two definitions together, whichever comes first. It reports false for an original that is
// known already.
func (r *resolver) declareRedefined(known, d *decl) bool {
	redefinition, original := known, d
	if d.redefines {
		if !r.spend(len(r.decls), d.node.Pos) {
			return false
		}
		redefinition, original = d, known
		r.symbols[d.symbol] = d
		r.decls[slices.Index(r.decls, known)] = d
		local := r.byLocal[symbol{d.kind, model.Name{Local: d.name.Local}}]
		local[slices.Index(local, known)] = d
	}
	if redefinition.original != nil {
		return r.declareAgain(redefinition.original, original)
	}
	redefinition.original = original
	return true
}

// checkRedefinitions reports those that redefine nothing.
func (r *resolver) checkRedefinitions() {
	for _, d := range r.decls {
		if d.redefines && d.original == nil {
			r.errorf(d.node.Pos, "xs:redefine changes what the schema it names declares",
				"there is no %s %s to redefine", d.kind, d.name)
		}
	}
}

// redefined returns the component that a reference to d at p means: the original if d refers to itself.
func (p place) redefined(d *decl) *decl {
	if d == p.d && d.original != nil {
		return d.original
	}
	return d
}

// baseIn returns the type that n names as its base, for the type of p. The base of a redefinition is filled in already.
func (r *resolver) baseIn(p place, n *syntax.Node) *model.Type {
	t := r.typeIn(p.s, n, "base")
	if d := p.d; t == d.typ && p.owner == t && d.original != nil {
		r.completeType(d.original)
		return d.original.typ
	}
	return t
}

// absorb makes one type of a redefinition and its original.
func (r *resolver) absorb(d *decl) {
	t, original := d.typ, d.original.typ
	if t.Base != original {
		r.errorf(d.node.Pos, "extend or restrict it", "the redefinition of %s is not made from it", d.name)
		return
	}
	t.Base, t.Derivation, t.Inherited = original.Base, original.Derivation, min(t.Inherited, original.Inherited)
	if t.Doc == "" {
		t.Doc = original.Doc
	}
	t.Facets = append(slices.Clip(original.Facets), t.Facets...)
	for _, inner := range r.inner[original] {
		inner.Owner = t
	}
	r.inner[t] = append(r.inner[original], r.inner[t]...)
}
