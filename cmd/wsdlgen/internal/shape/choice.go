package shape

import (
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// A branch is one branch of a choice, after those that are choices themselves were taken apart.
type branch struct {
	alt  *model.Alternative
	head bool // it is an element of a substitution group
}

// flatten returns the branches of a choice. Where a branch is nothing but another choice, or in a choice that repeats
// nothing but a sequence that repeats, the inner one adds nothing to what may be written:
//
//	(a | (b | c))*   is   (a | b | c)*
//	(a | (b, c)*)*   is   (a | (b, c))*
func flatten(m *model.Member) []branch {
	var out []branch
	alts := m.Alternatives
	if m.Head != nil {
		alts = substitutes(m)
	}
	for _, alt := range alts {
		if len(alt.Members) == 1 {
			inner := alt.Members[0]
			switch {
			case inner.Kind == model.ChoiceMember && (m.Repeated() || !inner.Repeated()):
				out = append(out, flatten(inner)...)
				continue
			case inner.Kind == model.GroupMember && m.Repeated():
				alt = &model.Alternative{Members: inner.Members, Doc: alt.Doc, Pos: alt.Pos}
			}
		}
		out = append(out, branch{alt, m.Head != nil})
	}
	return out
}

// refuseNested reports a choice or a repeated sequence inside another one, for which a table has no form.
func (b *builder) refuseNested(m *model.Member) {
	if m.Kind == model.ChoiceMember || m.Kind == model.GroupMember {
		b.errs.Errorf(m.Pos, "", "not supported: a choice, substitution group or repeated sequence inside another that repeats")
	}
}

// untangle returns the members that stand for m in a struct. That is m itself, unless m is a choice that occurs once
// and whose branches share elements: by its first element alone such a branch cannot be told from the other. It becomes
// optional members then, in an order that suits all branches; which of them go together is left to the caller.
func (b *builder) untangle(m *model.Member) []*model.Member {
	if m.Kind != model.ChoiceMember || m.Head != nil || !sharesElements(m) {
		return []*model.Member{m}
	}
	if !m.Repeated() {
		if merged, ok := merge(m.Alternatives); ok {
			return merged
		}
	}
	b.errs.Errorf(m.Pos, "", "not supported: a choice whose branches cannot be told apart by their elements")
	return []*model.Member{m}
}

// sharesElements reports whether an element stands in two branches of a choice. Where both consist of that element
// alone they are the same branch, which is no trouble.
func sharesElements(m *model.Member) bool {
	type place struct {
		alt   int
		alone bool
	}
	seen := map[model.Name]place{}
	for i, branch := range flatten(m) {
		for _, member := range branch.alt.Members {
			if member.Kind != model.ElementMember {
				continue
			}
			here := place{i, len(branch.alt.Members) == 1}
			if there, ok := seen[member.Name]; ok && there.alt != i && !(here.alone && there.alone) {
				return true
			}
			seen[member.Name] = here
		}
	}
	return false
}

// merge returns the members of all branches, each once and optional, in an order that is that of every branch. It
// fails if there is no such order, or if one name means two types.
func merge(alts []*model.Alternative) ([]*model.Member, bool) {
	var out []*model.Member
	for _, alt := range alts {
		next := 0 // where the next member of this branch may stand
		for _, m := range alt.Members {
			at := slices.IndexFunc(out, func(have *model.Member) bool { return alike(have, m) })
			switch {
			case at < 0:
				optional := *m
				optional.Min, optional.Choice, optional.Branch, optional.ChoiceRequired = 0, 0, 0, false
				out = slices.Insert(out, next, &optional)
				next++
			case at < next || out[at].Type != m.Type:
				return nil, false
			default:
				if m.Max == model.Unbounded || out[at].Max != model.Unbounded && m.Max > out[at].Max {
					out[at].Max = m.Max
				}
				next = at + 1
			}
		}
	}
	return out, true
}

// alike reports whether two members read the same elements.
func alike(a, b *model.Member) bool {
	return a.Kind == b.Kind && (a.Kind == model.WildcardMember || a.Kind == model.ElementMember && a.Name == b.Name)
}
