package resolve

import (
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// A particle is a piece of content with groups inlined and not yet brought into the form of the model. Particles are
// never changed once they are made, since groups share theirs.
type particle struct {
	kind     particleKind
	min, max int
	leaf     *model.Member // of a leaf, without its occurs
	kids     []*particle
	all      bool // a sequence in any order
	groups   int  // how deep groups within groups go
	doc      string
	pos      source.Pos
}

type particleKind uint8

const (
	leafParticle particleKind = iota + 1
	sequenceParticle
	choiceParticle
)

// particle reads an xs:sequence, choice, all, group or any. It returns nil for one that stands for nothing.
func (r *resolver) particle(p place, n *syntax.Node) *particle {
	if !r.spend(1, n.Pos) {
		return nil
	}
	switch n.Name.Local {
	case "element":
		return r.element(p, n)
	case "any":
		least, most := r.occurs(n)
		w := r.wildcard(p, n)
		return &particle{kind: leafParticle, min: least, max: most, pos: n.Pos,
			leaf: &model.Member{Kind: model.WildcardMember, Wildcard: w, Doc: w.Doc, Pos: n.Pos}}
	case "group":
		return r.groupRef(n, p)
	}
	least, most := r.occurs(n)
	g := &particle{kind: sequenceParticle, min: least, max: most, doc: n.Doc(), pos: n.Pos, all: n.IsXSD("all")}
	if n.IsXSD("choice") {
		g.kind = choiceParticle
	}
	for _, c := range n.Elements() {
		switch {
		case c.IsXSD("annotation"):
		case isParticle(c):
			if kid := r.particle(p, c); kid != nil {
				g.kids = append(g.kids, kid)
				g.groups = max(g.groups, kid.groups)
			}
		default:
			r.stray(n, c)
		}
	}
	return g
}

func isParticle(n *syntax.Node) bool {
	if n.Name.Space != syntax.NamespaceXSD {
		return false
	}
	switch n.Name.Local {
	case "element", "any", "group", "sequence", "choice", "all":
		return true
	}
	return false
}

func (r *resolver) groupRef(n *syntax.Node, p place) *particle {
	if n.Find("ref") == nil {
		r.errorf(n.Pos, "refer to a group with ref", "xs:group has no ref")
		return nil
	}
	ref := p.s.refIn(groupSymbol, n, "ref")
	name, ok := r.expand(ref, n.Attr("ref"))
	if !ok || isSOAPEncoding(name.Space) {
		return nil
	}
	d := r.named(ref, name)
	if d == nil {
		return nil
	}
	d = p.redefined(d)
	if d.state == inProgress {
		r.errorf(n.AttrPos("ref"), "break the circle", "group %s refers to itself", d.name)
		return nil
	}
	r.completeGroup(d)
	if d.particle == nil {
		return nil
	}
	if d.particle.groups >= maxGroups {
		r.errorf(n.Pos, "", "groups refer to one another more than %d deep", maxGroups)
		return nil
	}
	least, most := r.occurs(n)
	return &particle{kind: sequenceParticle, min: least, max: most, kids: []*particle{d.particle},
		groups: d.particle.groups + 1, doc: n.Doc(), pos: n.Pos}
}

// completeGroup reads the particle of a global group.
func (r *resolver) completeGroup(d *decl) {
	if d.state != untouched || !r.enter(d) {
		return
	}
	defer r.leave()
	d.state = inProgress
	if c := particleIn(d.node); c != nil && !c.IsXSD("group") {
		d.particle = r.particle(place{d: d, s: d.schema, path: []string{d.name.Local}}, c)
	} else {
		r.errorf(d.node.Pos, "give it one of them", "xs:group %s holds none of sequence, choice and all", d.name.Local)
	}
	d.state = done
}

// normalise returns p without what has no meaning: groups of one, groups of nothing, sequences in sequences, choices
// in choices. What comes out allows all that p allows, and in a few cases more: that a whole optional sequence is
// there or not is no longer said, its elements are optional instead. It returns nil if nothing is left.
func (r *resolver) normalise(p *particle) *particle {
	if p == nil || p.max == 0 || !r.spend(1, p.pos) {
		return nil
	}
	if p.kind == leafParticle {
		return p
	}
	q := *p
	q.kids = nil
	for _, kid := range p.kids {
		kid = r.normalise(kid)
		if kid == nil {
			q.min = dropEmpty(p, q.min)
			continue
		}
		if q.kind == choiceParticle {
			q.addToChoice(kid)
		} else {
			q.addToSequence(kid)
		}
	}
	switch {
	case len(q.kids) == 0 || !r.spend(len(q.kids), p.pos):
		return nil
	case len(q.kids) == 1:
		return q.only()
	}
	if q.min > 0 && q.emptiable() {
		q.min = 0
	}
	return &q
}

// dropEmpty is the least number of times that p occurs once a branch that stands for nothing is dropped from it.
func dropEmpty(p *particle, least int) int {
	if p.kind == choiceParticle {
		return 0
	}
	return least
}

// only returns the one kid of q with the occurs of both.
func (q *particle) only() *particle {
	kid := *q.kids[0]
	kid.min, kid.max = times(kid.min, q.min), times(kid.max, q.max)
	if kid.doc == "" {
		kid.doc = q.doc
	}
	return &kid
}

func (q *particle) addToSequence(kid *particle) {
	if kid.kind != sequenceParticle || kid.max != 1 {
		q.kids = append(q.kids, kid)
		return
	}
	for _, k := range kid.kids {
		if kid.min == 0 {
			k = k.optional()
		}
		q.kids = append(q.kids, k)
	}
}

func (q *particle) addToChoice(kid *particle) {
	switch {
	case kid.kind == choiceParticle && (kid.max == 1 || q.max == model.Unbounded):
		if kid.min == 0 {
			q.min = 0
		}
		q.kids = append(q.kids, kid.kids...)
		return
	case q.max == model.Unbounded && kid.max != 1:
		once := *kid // repeating is for the choice to do
		once.max, once.min = 1, min(kid.min, 1)
		kid = &once
	}
	if kid.min == 0 && kid.kind == leafParticle && q.max != 1 {
		q.min = 0
		once := *kid
		once.min = 1
		kid = &once
	}
	q.kids = append(q.kids, kid)
}

// optional returns p with a least number of none.
func (p *particle) optional() *particle {
	q := *p
	q.min = 0
	return &q
}

// emptiable reports whether p may stand for nothing.
func (p *particle) emptiable() bool {
	switch {
	case p.min == 0:
		return true
	case p.kind == leafParticle:
		return false
	case p.kind == choiceParticle:
		return slices.ContainsFunc(p.kids, (*particle).emptiable)
	}
	return !slices.ContainsFunc(p.kids, func(k *particle) bool { return !k.emptiable() })
}
