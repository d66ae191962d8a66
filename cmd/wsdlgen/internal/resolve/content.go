package resolve

import (
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// What the tables of generated code can number. Choices beyond that are members of their own.
const (
	maxChoices  = 65_535
	maxBranches = 65_535
)

// setContent gives t the members that it inherits and those of p, which may be nil.
func (r *resolver) setContent(t *model.Type, inherited []*model.Member, p *particle, mixed bool) {
	if mixed {
		r.setMixed(t, inherited, p)
		return
	}
	t.Members, t.Inherited = slices.Clip(inherited), len(inherited)
	p = r.normalise(p)
	if p == nil {
		return
	}
	t.All = p.all
	s := scope{r: r, choices: highestChoice(inherited)}
	t.Members = append(t.Members, s.members(p)...)
}

// highestChoice returns the highest number of a choice among members.
func highestChoice(members []*model.Member) int {
	highest := 0
	for _, m := range members {
		highest = max(highest, m.Choice)
	}
	return highest
}

// A scope makes members that stand beside one another in one struct, and numbers their choices.
type scope struct {
	r       *resolver
	choices int
}

// members returns what p stands for.
func (s *scope) members(p *particle) []*model.Member {
	if p.kind != sequenceParticle || p.max != 1 {
		return s.one(p)
	}
	var all []*model.Member
	for _, kid := range p.kids {
		if p.min == 0 {
			kid = kid.optional()
		}
		all = append(all, s.one(kid)...)
	}
	return all
}

// one returns what a kid of a sequence stands for: several members if it is an exclusive choice.
func (s *scope) one(p *particle) []*model.Member {
	if !s.r.spend(1, p.pos) {
		return nil
	}
	switch {
	case p.kind == leafParticle:
		m := *p.leaf
		m.Min, m.Max = p.min, p.max
		if m.Doc == "" {
			m.Doc = p.doc
		}
		return []*model.Member{&m}
	case p.kind == sequenceParticle:
		inner := scope{r: s.r}
		once := *p
		once.min, once.max = 1, 1
		return []*model.Member{{Kind: model.GroupMember, Min: p.min, Max: p.max, Members: inner.members(&once), Doc: p.doc, Pos: p.pos}}
	case p.max == 1 && s.choices < maxChoices && exclusive(p):
		return s.branches(p)
	}
	return []*model.Member{s.choice(p)}
}

// branches makes the members of a choice that is told by numbers.
func (s *scope) branches(p *particle) []*model.Member {
	s.choices++
	number, required := s.choices, p.min > 0 && !p.emptiable()
	var all []*model.Member
	for i, kid := range p.kids {
		for _, m := range s.branch(kid) {
			m.Choice, m.Branch, m.ChoiceRequired = number, i+1, required
			if m.Doc == "" && i == 0 {
				m.Doc = p.doc
			}
			all = append(all, m)
		}
	}
	return all
}

// branch returns the members of one branch. A choice inside of a branch cannot have a number of its own, so it
// becomes a member.
func (s *scope) branch(p *particle) []*model.Member {
	if p.kind != sequenceParticle || p.max != 1 {
		return s.one(p)
	}
	var all []*model.Member
	for _, kid := range p.kids {
		if p.min == 0 {
			kid = kid.optional()
		}
		if kid.kind == choiceParticle {
			all = append(all, s.choice(kid))
			continue
		}
		all = append(all, s.one(kid)...)
	}
	return all
}

// choice makes a member of a choice.
func (s *scope) choice(p *particle) *model.Member {
	m := &model.Member{Kind: model.ChoiceMember, Min: p.min, Max: p.max, Doc: p.doc, Pos: p.pos}
	for _, kid := range p.kids {
		inner := scope{r: s.r}
		if kid.emptiable() {
			m.Min = 0
		}
		m.Alternatives = append(m.Alternatives, &model.Alternative{Members: inner.members(kid), Doc: kid.doc, Pos: kid.pos})
	}
	return m
}

// exclusive reports whether the branches of a choice can lie side by side in one struct and be told apart by the
// elements they hold.
func exclusive(p *particle) bool {
	if len(p.kids) > maxBranches {
		return false
	}
	branchOf := make(map[model.Name]int)
	wildcard := -1
	for i, kid := range p.kids {
		for _, leaf := range leaves(kid) {
			if leaf.Kind == model.WildcardMember {
				if wildcard >= 0 && wildcard != i {
					return false
				}
				wildcard = i
				continue
			}
			if at, ok := branchOf[leaf.Name]; ok && at != i {
				return false
			}
			branchOf[leaf.Name] = i
		}
	}
	return true
}

// leaves returns the elements and wildcards that may occur in p.
func leaves(p *particle) []*model.Member {
	var all []*model.Member
	var walk func(*particle)
	walk = func(p *particle) {
		switch {
		case p.kind != leafParticle:
			for _, kid := range p.kids {
				walk(kid)
			}
		case p.leaf.Kind == model.ChoiceMember: // what may be substituted
			for _, alt := range p.leaf.Alternatives {
				all = append(all, alt.Members...)
			}
		default:
			all = append(all, p.leaf)
		}
	}
	walk(p)
	return all
}

// setMixed gives t one member: a repeated choice of text and of every element that may occur. That keeps all
// that a document says and its order.
func (r *resolver) setMixed(t *model.Type, inherited []*model.Member, p *particle) {
	t.Mixed = true
	choice := &model.Member{Kind: model.ChoiceMember, Min: 0, Max: model.Unbounded, Pos: t.Pos}
	add := func(m *model.Member) {
		once := *m
		once.Min, once.Max, once.Choice, once.Branch, once.ChoiceRequired = 1, 1, 0, 0, false
		choice.Alternatives = append(choice.Alternatives, &model.Alternative{Members: []*model.Member{&once}, Doc: m.Doc, Pos: m.Pos})
	}
	add(&model.Member{Kind: model.TextMember, Pos: t.Pos})
	all := membersLeaves(inherited)
	t.Strict = slices.Clip(inherited)
	if len(inherited) > 0 && t.Base.Mixed {
		t.Strict = slices.Clip(t.Base.Strict)
	}
	if p = r.normalise(p); p != nil {
		all = append(all, leaves(p)...)
		t.Strict = append(t.Strict, (&scope{r: r, choices: highestChoice(t.Strict)}).members(p)...)
	}
	if !r.spend(len(all), t.Pos) {
		return
	}
	seen := make(map[model.Name]*model.Member)
	var wildcards []*model.Member
	for _, m := range all {
		switch known := seen[m.Name]; {
		case m.Kind == model.WildcardMember:
			wildcards = append(wildcards, m)
		case known == nil:
			seen[m.Name] = m
			add(m)
		case known.Type != m.Type:
			r.unsupported(m.Pos, "", "element %s has two types in one mixed content", m.Name)
		}
	}
	if len(wildcards) > 0 {
		any := *wildcards[0]
		if len(wildcards) > 1 {
			w := *any.Wildcard
			w.Namespaces = "##any"
			any.Wildcard = &w
		}
		add(&any)
	}
	t.Members = []*model.Member{choice}
}

// membersLeaves returns the elements and wildcards that may occur in ms.
func membersLeaves(ms []*model.Member) []*model.Member {
	var all []*model.Member
	for _, m := range ms {
		switch m.Kind {
		case model.ElementMember, model.WildcardMember:
			all = append(all, m)
		case model.GroupMember:
			all = append(all, membersLeaves(m.Members)...)
		case model.ChoiceMember:
			for _, alt := range m.Alternatives {
				all = append(all, membersLeaves(alt.Members)...)
			}
		}
	}
	return all
}
