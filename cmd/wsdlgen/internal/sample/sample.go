// Package sample makes example documents for the elements of a contract: valid by its schemas, with placeholder values.
//
// It is made for two readers. People want one document that shows everything that a message may hold: Annotated. Tests
// want few documents that together exercise everything: All. What either holds follows from the contract alone, in
// the same way every time. The XML is written without package xmlwire, so that it can be held against that.
package sample

import (
	"fmt"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// A Sample is a document.
type Sample struct {
	// Name says what the document shows: minimal, full, or variant with a number.
	Name string
	Root *Node
	// Notes say where no valid value was found, and why; empty for most documents.
	Notes []string
}

// Bounds of a document. A schema can nest without end, and a message of some services may hold millions of elements.
const (
	maxNodes    = 400 // beyond that, only what is required is added
	maxNested   = 12  // the same, by depth
	maxDepth    = 60  // a type that requires itself has no document
	maxVariants = 8   // of one element
)

// A Generator makes the samples of one contract. What it has shown of a type in one message it does not show again in
// each that follows. It is not safe for concurrent use.
type Generator struct {
	contract *model.Contract
	cost     map[*model.Type]int
	turn     map[site]int
}

// New returns a Generator for the elements of c.
func New(c *model.Contract) *Generator {
	g := &Generator{contract: c, cost: map[*model.Type]int{}, turn: map[site]int{}}
	g.weigh()
	return g
}

// A site is a place where a document can go on in several ways.
type site struct {
	what any // *model.Member or *model.Type
	kind string
}

// All returns a document with nothing but what el must hold, one with everything, and variants until all of the
// following was in one, here or in an earlier message of the Generator: each branch of each choice, each type that
// xsi:type may name, each member of a substitution group, nil (but not of arrays and of items: see mayBeNil), and lists of
// no, one and two items.
func (g *Generator) All(el *model.Element) []Sample {
	samples := []Sample{
		g.document(el, "minimal", &builder{mode: minimal}),
		g.document(el, "full", &builder{mode: full}),
	}
	for i := 1; i <= maxVariants; i++ {
		b := &builder{mode: variant}
		s := g.document(el, fmt.Sprintf("variant %d", i), b)
		if b.news == 0 {
			break
		}
		samples = append(samples, s)
	}
	return samples
}

// Annotated returns a document with everything that el may hold, with comments that say what is optional, what repeats,
// and where there is a choice.
func (g *Generator) Annotated(el *model.Element) Sample {
	return g.document(el, "full", &builder{mode: full, annotate: true})
}

func (g *Generator) document(el *model.Element, name string, b *builder) Sample {
	b.g = g
	b.open = map[*model.Type]int{}
	root := &Node{Name: el.Name}
	b.fill(root, el.Type, el.Fixed, b.mode == minimal)
	return Sample{Name: name, Root: root, Notes: b.notes}
}

// infinite is the cost of a type that requires itself.
const infinite = 1 << 20

// weigh finds for each complex type how deep the smallest document of it is, so that recursion can take the way out.
func (g *Generator) weigh() {
	for _, t := range g.contract.Types {
		if t.Kind == model.ComplexType {
			g.cost[t] = infinite
		}
	}
	for changed := true; changed; {
		changed = false
		for _, t := range g.contract.Types {
			if t.Kind != model.ComplexType {
				continue
			}
			if c := min(infinite, 1+g.costOf(content(t))); c < g.cost[t] {
				g.cost[t], changed = c, true
			}
		}
	}
}

// costOf returns the cost of the members that must be there.
func (g *Generator) costOf(members []*model.Member) int {
	worst := 0
	for i := 0; i < len(members); i++ {
		m := members[i]
		if m.Choice == 0 {
			worst = max(worst, g.costOfOne(m))
			continue
		}
		if first(members, i) && m.ChoiceRequired {
			best := infinite
			for _, branch := range branches(members, m.Choice) {
				best = min(best, g.costOfBranch(branch))
			}
			worst = max(worst, best)
		}
	}
	return worst
}

func (g *Generator) costOfBranch(branch []*model.Member) int {
	worst := 0
	for _, m := range branch {
		worst = max(worst, g.costOfOne(m))
	}
	return worst
}

func (g *Generator) costOfOne(m *model.Member) int {
	if m.Min == 0 {
		return 0
	}
	switch m.Kind {
	case model.ElementMember:
		return g.costOfType(m.Type)
	case model.GroupMember:
		return g.costOf(m.Members)
	case model.ChoiceMember:
		best := infinite
		for _, alt := range alternatives(m) {
			best = min(best, g.costOf(alt.Members))
		}
		return best
	case model.WildcardMember:
		if m.Wildcard.Process == "strict" {
			if el := g.declared(m.Wildcard, func(*model.Element) bool { return true }); el != nil {
				return g.costOfType(el.Type)
			}
		}
	}
	return 1
}

// costOfType returns the cost of an element of type t, or of the cheapest that may stand for it.
func (g *Generator) costOfType(t *model.Type) int {
	if t.Kind != model.ComplexType {
		return 1
	}
	best := infinite
	for _, each := range g.instances(t, 0) {
		c, known := g.cost[each]
		if !known {
			c = 1
		}
		best = min(best, c)
	}
	return best
}

// instances returns the types that a value of t may have, but for those that block or the type excludes.
func (g *Generator) instances(t *model.Type, block model.Block) []*model.Type {
	var all []*model.Type
	if !t.Abstract {
		all = append(all, t)
	}
	for _, d := range t.AllDerived() {
		if !d.Abstract && !d.IsAnonymous() && !derivedBy(d, t, block|t.Block) {
			all = append(all, d)
		}
	}
	return all
}

// derivedBy reports whether a step from t to d is one of ways.
func derivedBy(d, t *model.Type, ways model.Block) bool {
	for ; d != nil && d != t; d = d.Base {
		if d.Derivation == model.Extension && ways&model.BlockExtension != 0 || d.Derivation == model.Restriction && ways&model.BlockRestriction != 0 {
			return true
		}
	}
	return false
}

// alternatives returns those of a choice member that may stand in a valid document.
func alternatives(m *model.Member) []*model.Alternative {
	if m.Head == nil || m.Head.Abstract || m.Head.Block&model.BlockSubstitution == 0 {
		return m.Alternatives
	}
	return m.Alternatives[:1]
}

// first reports whether members[i] is the first of its choice.
func first(members []*model.Member, i int) bool {
	for _, m := range members[:i] {
		if m.Choice == members[i].Choice {
			return false
		}
	}
	return true
}

// branches returns the members of a choice by branch.
func branches(members []*model.Member, choice int) [][]*model.Member {
	var out [][]*model.Member
	at := map[int]int{}
	for _, m := range members {
		if m.Choice != choice {
			continue
		}
		i, ok := at[m.Branch]
		if !ok {
			i = len(out)
			at[m.Branch] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], m)
	}
	return out
}
