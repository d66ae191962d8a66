package sample

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// A mode says which of several ways a document goes.
type mode int

const (
	minimal mode = iota // the shortest
	full                // everything, and of alternatives the first
	variant             // at each place the next way that was not gone yet
)

// A builder makes one document.
type builder struct {
	g        *Generator
	mode     mode
	annotate bool

	nodes int
	depth int
	open  map[*model.Type]int // types that are being filled
	// siblings are the names of elements in the type that is being filled.
	siblings map[model.Name]bool
	seq      int // makes values differ
	news     int // ways gone for the first time
	notes    []string
}

func (b *builder) note(n *Node, format string, args ...any) {
	b.notes = append(b.notes, n.Name.Local+": "+fmt.Sprintf(format, args...))
}

// next returns which of n ways to go at a place: the first unless the mode is variant.
func (b *builder) next(what any, kind string, n int) int {
	s := site{what, kind}
	turn := b.g.turn[s]
	if b.mode != variant || n < 2 {
		if b.mode == full {
			b.g.turn[s] = max(turn, 1)
		}
		return 0
	}
	b.g.turn[s]++
	if turn > 0 && turn < n {
		b.news++
	}
	return turn % n
}

// fill gives n what a value of type t has. lean leaves out what may be left out.
func (b *builder) fill(n *Node, t *model.Type, fixed *string, lean bool) {
	b.nodes++
	switch {
	case t.Builtin == model.AnyType:
		b.anything(n, lean)
	case t.IsSimple():
		b.text(n, t, fixed)
	case b.depth > maxDepth:
		b.note(n, "the type %s requires itself without end", t.Name.Local)
	default:
		lean = lean || b.open[t] > 0 || b.nodes > maxNodes || b.depth > maxNested
		b.open[t]++
		b.depth++
		b.complex(n, t, fixed, lean)
		b.depth--
		b.open[t]--
	}
}

func (b *builder) complex(n *Node, t *model.Type, fixed *string, lean bool) {
	b.attributes(n, t, lean)
	if t.Text != nil {
		b.text(n, simpleContent(t), fixed)
		return
	}
	n.Mixed = t.Mixed
	outer := b.siblings
	b.siblings = map[model.Name]bool{}
	addNames(b.siblings, content(t))
	if t.Mixed && !lean {
		b.someText(n)
	}
	b.members(n, content(t), t, lean)
	if t.Mixed && !lean && len(n.Children) > 1 {
		b.someText(n)
	}
	b.siblings = outer
}

// addNames adds the names of the elements that members stand for.
func addNames(names map[model.Name]bool, members []*model.Member) {
	for _, m := range members {
		if m.Kind == model.ElementMember {
			names[m.Name] = true
		}
		addNames(names, m.Members)
		for _, alt := range m.Alternatives {
			addNames(names, alt.Members)
		}
	}
}

// simpleContent returns the simple type of a complex type with simple content, with the facets that it adds.
func simpleContent(t *model.Type) *model.Type {
	if len(t.Facets) == 0 {
		return t.Text
	}
	return &model.Type{Kind: model.SimpleType, Base: t.Text, Builtin: t.Text.Builtin, Facets: t.Facets}
}

func (b *builder) attributes(n *Node, t *model.Type, lean bool) {
	for _, a := range t.Attributes {
		if !a.Required && lean {
			continue
		}
		attr := Attr{Name: a.Name}
		if attr.Value = b.value(n, a.Type, a.Fixed); attr.Value.isMissing() {
			continue
		}
		n.Attrs = append(n.Attrs, attr)
		if b.annotate && !a.Required {
			n.Comments = append(n.Comments, "attribute "+a.Name.Local+" is optional")
		}
	}
	if w := t.AnyAttribute; w != nil && !lean && w.Process != "strict" && (w.Namespaces == "##any" || w.Namespaces == "##other") && !b.annotate {
		n.Attrs = append(n.Attrs, Attr{Name: model.Name{Space: otherSpace, Local: "any"}, Value: Value{Text: "any"}})
	}
}

// otherSpace is a namespace that no schema has.
const otherSpace = "urn:other"

// members adds what stands in the content of a type, a group or an alternative.
func (b *builder) members(n *Node, members []*model.Member, t *model.Type, lean bool) {
	taken := map[int]int{}
	for i, m := range members {
		var comments []string
		if m.Choice != 0 {
			if first(members, i) {
				taken[m.Choice] = b.branch(members, m, lean)
				if b.annotate {
					comments = append(comments, "a choice of "+choiceText(branches(members, m.Choice)))
				}
			}
			if taken[m.Choice] != m.Branch {
				continue
			}
		}
		count := b.count(m, lean, t != nil && t.DataContract && alwaysWritten(m))
		for j := range count {
			before := len(n.Children)
			b.member(n, m, lean)
			if b.annotate && j == 0 && before < len(n.Children) {
				n.Children[before].Comments = append(append(comments, occurrence(m)...), n.Children[before].Comments...)
			}
		}
	}
}

// branch returns the branch of a choice to take, 0 for none.
func (b *builder) branch(members []*model.Member, m *model.Member, lean bool) int {
	all := branches(members, m.Choice)
	if lean {
		if !m.ChoiceRequired {
			return 0
		}
		return slices.MinFunc(all, func(x, y []*model.Member) int { return b.g.costOfBranch(x) - b.g.costOfBranch(y) })[0].Branch
	}
	if !m.ChoiceRequired {
		all = append(all, []*model.Member{{Branch: 0}})
	}
	return all[b.next(m, "branch", len(all))][0].Branch
}

// count returns how often m is to occur.
func (b *builder) count(m *model.Member, lean, always bool) int {
	if lean {
		if m.Min == 0 && always && m.Choice == 0 && b.open[m.Type] == 0 {
			return 1
		}
		return m.Min
	}
	most := m.Max
	if most == model.Unbounded {
		most = max(2, m.Min)
	}
	if m.Kind == model.ChoiceMember && m.Repeated() && b.mode == full {
		return min(max(len(alternatives(m)), m.Min), max(most, m.Min), 8+m.Min)
	}
	var ways []int
	for _, n := range []int{2, 1, 0} {
		if n >= m.Min && n <= most && (n > 0 || m.Repeated()) {
			ways = append(ways, n)
		}
	}
	if len(ways) == 0 {
		return m.Min
	}
	return ways[b.next(m, "count", len(ways))]
}

// alwaysWritten reports whether Go code for .NET's data contracts writes a member that may be absent: one whose zero
// value is a value of its type.
func alwaysWritten(m *model.Member) bool {
	if m.Kind != model.ElementMember || m.Nillable || m.Repeated() || m.Type.Kind == model.EnumType || len(m.Type.Derived) > 0 ||
		m.Type.Abstract || m.Type.Builtin == model.AnyType || m.Type.ArrayItem() != nil {
		return false
	}
	if m.Type.IsSimple() {
		return m.Type.Builtin >= model.Boolean && m.Type.Kind != model.UnionType
	}
	return true
}

// member adds one occurrence of m.
func (b *builder) member(n *Node, m *model.Member, lean bool) {
	switch m.Kind {
	case model.ElementMember:
		b.element(n, m, lean)
	case model.WildcardMember:
		b.wildcard(n, m)
	case model.GroupMember:
		b.members(n, m.Members, nil, lean)
	case model.ChoiceMember:
		b.members(n, alternatives(m)[b.alternative(m, lean)].Members, nil, lean)
	case model.TextMember:
		b.someText(n)
	}
}

// someText adds character data between elements.
func (b *builder) someText(n *Node) {
	b.seq++
	n.Children = append(n.Children, &Node{Value: Value{Text: fmt.Sprintf("text %d", b.seq)}})
}

// content returns the members of t in the form that tells all that must be.
func content(t *model.Type) []*model.Member {
	if t.Mixed {
		return t.Strict
	}
	return t.Members
}

// alternative returns which alternative of a choice to take. A full document goes through them where the choice
// repeats.
func (b *builder) alternative(m *model.Member, lean bool) int {
	if lean {
		best := 0
		for i := range alternatives(m) {
			if b.g.costOf(alternatives(m)[i].Members) < b.g.costOf(alternatives(m)[best].Members) {
				best = i
			}
		}
		return best
	}
	if b.mode == full && m.Repeated() {
		b.seq++
		return b.round(m)
	}
	return b.next(m, "alternative", len(alternatives(m)))
}

// round counts through the alternatives of m.
func (b *builder) round(m *model.Member) int {
	s := site{m, "round"}
	turn := b.g.turn[s]
	b.g.turn[s]++
	return turn % len(alternatives(m))
}

func (b *builder) element(n *Node, m *model.Member, lean bool) {
	child := &Node{Name: m.Name}
	n.Children = append(n.Children, child)
	t := m.Type
	if mayBeNil(m) && !lean && b.next(m, "nil", 2) == 1 {
		child.Attrs = append(child.Attrs, Attr{Name: model.Name{Space: spaceXSI, Local: "nil"}, Value: Value{Text: "true"}})
		if t.Kind == model.ComplexType && !t.Abstract {
			b.attributes(child, t, true)
		}
		return
	}
	if t.Kind == model.ComplexType && t.Builtin != model.AnyType {
		t = b.instance(child, t, m.Block, lean)
	}
	b.fill(child, t, m.Fixed, lean)
	if b.annotate {
		child.Comments = append(child.Comments, valueComments(m)...)
	}
}

// mayBeNil reports whether m is to be nil in some document. Two kinds of nil are left out, since Go code does not write
// them back: an array that is nil reads as one that is absent, and an item that is nil is an error unless the code was
// generated to keep it.
func mayBeNil(m *model.Member) bool {
	return m.Nillable && m.Fixed == nil && !m.Repeated() && m.Type.ArrayItem() == nil
}

// instance chooses which type a value of type t has.
func (b *builder) instance(n *Node, t *model.Type, block model.Block, lean bool) *model.Type {
	all := b.g.instances(t, block)
	if len(all) == 0 {
		b.note(n, "the type %s is abstract, and none derives from it", t.Name.Local)
		return t
	}
	var chosen *model.Type
	if lean || b.nodes > maxNodes || b.depth > maxNested {
		chosen = slices.MinFunc(all, func(x, y *model.Type) int { return b.g.cost[x] - b.g.cost[y] })
		if !t.Abstract && b.g.cost[t] < infinite {
			chosen = t
		}
	} else {
		chosen = all[b.next(t, "type", len(all))]
	}
	if chosen != t {
		n.Attrs = append(n.Attrs, Attr{Name: model.Name{Space: spaceXSI, Local: "type"}, Value: Value{Name: &chosen.Name}})
	}
	if b.annotate && len(all) > 1 {
		var names []string
		for _, each := range all {
			names = append(names, each.Name.Local)
		}
		n.Comments = append(n.Comments, "xsi:type is one of "+strings.Join(shorten(names), ", "))
	}
	return chosen
}

// anything fills an element of any type.
func (b *builder) anything(n *Node, lean bool) {
	switch {
	case lean || b.next(n.Name, "anyType", 3) == 0:
		n.Value = Value{Text: "any"}
	case b.seq%2 == 0:
		n.Attrs = append(n.Attrs, Attr{Name: model.Name{Space: spaceXSI, Local: "type"}, Value: Value{Name: &model.Name{Space: model.NamespaceXSD, Local: "int"}}})
		n.Value = Value{Text: "7"}
	default:
		n.Children = append(n.Children, &Node{Name: model.Name{Space: otherSpace, Local: "any"}, Value: Value{Text: "any"}})
	}
	b.seq++
}

// wildcard adds an element that m allows, but none that may stand beside it anyway: a reader could not tell them apart.
func (b *builder) wildcard(n *Node, m *model.Member) {
	w := m.Wildcard
	if w.Process == "strict" {
		el := b.g.declared(w, func(el *model.Element) bool { return !b.siblings[el.Name] && b.open[el.Type] == 0 })
		if el == nil && m.Min == 0 {
			return
		}
		if el == nil {
			b.note(n, "no schema declares an element that the strict wildcard allows")
			return
		}
		child := &Node{Name: el.Name}
		n.Children = append(n.Children, child)
		t := el.Type
		if t.Kind == model.ComplexType && t.Builtin != model.AnyType {
			t = b.instance(child, t, el.Block, true)
		}
		b.fill(child, t, el.Fixed, true)
		return
	}
	space := otherSpace
	if !allows(w, space) {
		space = strings.Fields(w.Namespaces)[0]
		switch space {
		case "##local":
			space = ""
		case "##targetNamespace":
			space = w.TargetSpace
		}
	}
	b.seq++
	n.Children = append(n.Children, &Node{
		Name:  model.Name{Space: space, Local: fmt.Sprintf("any%d", b.seq)},
		Attrs: []Attr{{Name: model.Name{Local: "a"}, Value: Value{Text: "b"}}},
		Value: Value{Text: "any"},
	})
}

// declared returns the smallest element that w allows, of those that are suitable; nil if there is none.
func (g *Generator) declared(w *model.Wildcard, suitable func(*model.Element) bool) *model.Element {
	var best *model.Element
	least := infinite
	for _, el := range g.contract.Elements {
		if el.Abstract || !allows(w, el.Name.Space) || !suitable(el) {
			continue
		}
		if c := g.costOfType(el.Type); c < least {
			best, least = el, c
		}
	}
	return best
}

// allows reports whether w lets elements of a namespace stand in its place.
func allows(w *model.Wildcard, space string) bool {
	for _, word := range strings.Fields(w.Namespaces) {
		switch word {
		case "##any":
			return true
		case "##other":
			if space != w.TargetSpace && space != "" {
				return true
			}
		case "##local":
			if space == "" {
				return true
			}
		case "##targetNamespace":
			if space == w.TargetSpace {
				return true
			}
		case space:
			return true
		}
	}
	return w.Namespaces == ""
}
