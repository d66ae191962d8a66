package compare

import (
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// A place is an element somewhere in the content of a type.
type place struct {
	*model.Member
	optional, repeated bool
}

// places returns the elements of a content, those in groups and choices among them, each name once.
func places(members []*model.Member) (all []place, wild bool) {
	var walk func(members []*model.Member, optional, repeated bool)
	walk = func(members []*model.Member, optional, repeated bool) {
		for _, m := range members {
			opt, rep := optional || m.Optional(), repeated || m.Repeated()
			switch m.Kind {
			case model.ElementMember:
				if !slices.ContainsFunc(all, func(p place) bool { return p.Name == m.Name }) {
					all = append(all, place{m, opt, rep})
				}
			case model.GroupMember:
				walk(m.Members, opt, rep)
			case model.ChoiceMember:
				for _, a := range m.Alternatives {
					walk(a.Members, true, rep)
				}
			case model.WildcardMember:
				wild = true
			}
		}
	}
	walk(members, false, false)
	return all, wild
}

func (c *comparison) members(where string, dir direction, oldMembers, newMembers []*model.Member, old, new *model.Type) {
	olds, oldWild := places(oldMembers)
	news, newWild := places(newMembers)
	name := func(p place) model.Name { return p.Name }
	both, removed, added := matched(olds, news, name)
	for _, p := range removed {
		c.add(worst(dir, BreaksWire, goneFromAnswer(!p.optional)), where+"."+p.Name.Local, p.Pos, new.Pos, "the element is gone%s", renamed(p, added))
	}
	for _, p := range added {
		effect := Compatible
		if dir == request && !p.optional {
			effect = BreaksWire
		}
		c.add(effect, where+"."+p.Name.Local, old.Pos, p.Pos, "a new element%s", mandatory(!p.optional))
	}
	for _, p := range both {
		c.member(where+"."+p[0].Name.Local, dir, p[0], p[1])
	}
	if oldWild != newWild {
		c.add(wildcard(dir, newWild), where, old.Pos, new.Pos, "further elements are %s", allowed(newWild))
	}
	if !old.All && !new.All && !inOrder(both, news) {
		c.add(worst(dir, BreaksWire, Compatible), where, old.Pos, new.Pos, "the elements come in another order")
	}
}

// renamed says where the element may have gone: to another namespace.
func renamed(p place, added []place) string {
	for _, a := range added {
		if a.Name.Local == p.Name.Local {
			return ": it is " + a.Name.String() + " now, and was " + p.Name.String()
		}
	}
	return ""
}

// inOrder reports whether the elements that old and new have come in one order.
func inOrder(both [][2]place, news []place) bool {
	last := -1
	for _, p := range both {
		at := slices.IndexFunc(news, func(n place) bool { return n.Name == p[0].Name })
		if at < last {
			return false
		}
		last = at
	}
	return true
}

func (c *comparison) member(at string, dir direction, old, new place) {
	switch {
	case old.optional && !new.optional:
		c.add(worst(dir, BreaksWire, BreaksGo), at, old.Pos, new.Pos, "it must be there now")
	case !old.optional && new.optional:
		c.add(worst(dir, BreaksGo, BreaksWire), at, old.Pos, new.Pos, "it may be left out now")
	}
	switch {
	case old.repeated && !new.repeated:
		c.add(worst(dir, BreaksWire, BreaksGo), at, old.Pos, new.Pos, "it comes once now, and could repeat")
	case !old.repeated && new.repeated:
		c.add(worst(dir, BreaksGo, BreaksWire), at, old.Pos, new.Pos, "it may repeat now")
	}
	switch {
	case old.Nillable && !new.Nillable:
		c.add(worst(dir, BreaksWire, BreaksGo), at, old.Pos, new.Pos, "it may not be nil any more")
	case !old.Nillable && new.Nillable:
		c.add(worst(dir, BreaksGo, BreaksWire), at, old.Pos, new.Pos, "it may be nil now")
	}
	if (old.Choice != 0) != (new.Choice != 0) {
		c.add(worst(dir, BreaksWire, Compatible), at, old.Pos, new.Pos, "it is %s", map[bool]string{true: "one of a choice now", false: "no part of a choice any more"}[new.Choice != 0])
	}
	c.values(at, dir, old.Default, new.Default, old.Fixed, new.Fixed, old.Pos, new.Pos)
	if old.Doc != new.Doc {
		c.add(Compatible, at, old.Pos, new.Pos, "its documentation has changed")
	}
	c.types(at, dir, old.Type, new.Type)
}
