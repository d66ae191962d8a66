package compare

import (
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// types compares two types that stand at one place of a message. where is how that is called where they have no names.
func (c *comparison) types(where string, dir direction, old, new *model.Type) {
	p := pair{old, new, dir}
	if c.walked[p] {
		return
	}
	c.walked[p] = true
	if !old.IsAnonymous() && old.Kind != model.BuiltinType {
		where = old.Name.Local
	}
	switch {
	case old.Kind == model.ComplexType && new.Kind == model.ComplexType:
		c.complexTypes(where, dir, old, new)
	case old.Kind == model.ComplexType || new.Kind == model.ComplexType:
		c.add(BreaksWire, where, old.Pos, new.Pos, "it was %s and is %s", describe(old), describe(new))
	default:
		c.simpleTypes(where, dir, old, new)
	}
}

// describe says in a few words what a type is.
func describe(t *model.Type) string {
	switch {
	case t.Kind == model.BuiltinType:
		return "xs:" + t.Name.Local
	case !t.IsAnonymous():
		return "the type " + t.Name.Local
	case t.Kind == model.ComplexType:
		return "an element with content"
	}
	return "a simple type"
}

func (c *comparison) complexTypes(where string, dir direction, old, new *model.Type) {
	if old.Name != new.Name && !old.IsAnonymous() && !new.IsAnonymous() {
		c.add(BreaksGo, where, old.Pos, new.Pos, "the type was %s and is %s", old.Name, new.Name)
	}
	if old.Doc != new.Doc {
		c.add(Compatible, where, old.Pos, new.Pos, "its documentation has changed")
	}
	if !old.Abstract && new.Abstract {
		c.add(worst(dir, BreaksWire, BreaksGo), where, old.Pos, new.Pos, "the type is abstract now: only types that derive from it may be sent")
	}
	if old.Mixed != new.Mixed {
		c.add(BreaksWire, where, old.Pos, new.Pos, "text between the elements is %s", allowed(new.Mixed))
	}
	c.attributes(where, dir, old, new)
	switch {
	case old.Text != nil && new.Text != nil:
		c.types(where, dir, old.Text, new.Text)
	case (old.Text == nil) != (new.Text == nil):
		c.add(BreaksWire, where, old.Pos, new.Pos, "simple content is %s", allowed(new.Text != nil))
	}
	c.members(where, dir, old.Members, new.Members, old, new)
	c.derived(where, dir, old, new)
}

func allowed(now bool) string {
	if now {
		return "allowed now"
	}
	return "not allowed any more"
}

// worst returns the effect for the direction.
func worst(dir direction, inRequest, inResponse Effect) Effect {
	if dir == request {
		return inRequest
	}
	return inResponse
}

func (c *comparison) attributes(where string, dir direction, old, new *model.Type) {
	both, removed, added := matched(old.Attributes, new.Attributes, func(a *model.Attribute) model.Name { return a.Name })
	for _, a := range removed {
		c.add(worst(dir, BreaksWire, goneFromAnswer(a.Required)), where+".@"+a.Name.Local, a.Pos, new.Pos, "the attribute is gone")
	}
	for _, a := range added {
		effect := Compatible
		if a.Required && dir == request {
			effect = BreaksWire
		}
		c.add(effect, where+".@"+a.Name.Local, old.Pos, a.Pos, "a new attribute%s", mandatory(a.Required))
	}
	for _, p := range both {
		o, n := p[0], p[1]
		at := where + ".@" + o.Name.Local
		switch {
		case !o.Required && n.Required:
			c.add(worst(dir, BreaksWire, BreaksGo), at, o.Pos, n.Pos, "it must be there now")
		case o.Required && !n.Required:
			c.add(worst(dir, BreaksGo, BreaksWire), at, o.Pos, n.Pos, "it may be left out now")
		}
		c.values(at, dir, o.Default, n.Default, o.Fixed, n.Fixed, o.Pos, n.Pos)
		c.types(at, dir, o.Type, n.Type)
	}
	if (old.AnyAttribute == nil) != (new.AnyAttribute == nil) {
		c.add(wildcard(dir, new.AnyAttribute != nil), where, old.Pos, new.Pos, "further attributes are %s", allowed(new.AnyAttribute != nil))
	}
}

// goneFromAnswer is the effect of what answers do not hold any more: of what had to be there clients see zeros.
func goneFromAnswer(required bool) Effect {
	if required {
		return BreaksWire
	}
	return BreaksGo
}

func mandatory(required bool) string {
	if required {
		return ", which must be there"
	}
	return ""
}

// wildcard is the effect of a wildcard that came or went.
func wildcard(dir direction, now bool) Effect {
	if dir == request && !now {
		return BreaksWire
	}
	return BreaksGo
}

// values compares defaults and fixed values.
func (c *comparison) values(at string, dir direction, oldDefault, newDefault, oldFixed, newFixed *string, o, n source.Pos) {
	if !equal(oldDefault, newDefault) {
		c.add(worst(dir, Compatible, BreaksWire), at, o, n, "the default was %s and is %s", quoted(oldDefault), quoted(newDefault))
	}
	if !equal(oldFixed, newFixed) {
		c.add(BreaksWire, at, o, n, "the fixed value was %s and is %s", quoted(oldFixed), quoted(newFixed))
	}
}

func equal(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

func quoted(s *string) string {
	if s == nil {
		return "none"
	}
	return `"` + *s + `"`
}

// derived compares the types that may stand in place of old and new.
func (c *comparison) derived(where string, dir direction, old, new *model.Type) {
	both, removed, added := matched(old.Derived, new.Derived, func(t *model.Type) model.Name { return t.Name })
	for _, t := range removed {
		c.add(worst(dir, BreaksWire, BreaksGo), where, t.Pos, new.Pos, "the type %s cannot stand in its place any more", t.Name.Local)
	}
	for _, t := range added {
		effect := Compatible
		if dir == response {
			effect = BreaksGo // what was a struct is an interface, or a switch over it meets a type that it does not know
		}
		c.add(effect, where, old.Pos, t.Pos, "the type %s can stand in its place now", t.Name.Local)
	}
	for _, p := range both {
		c.types(p[0].Name.Local, dir, p[0], p[1])
	}
}

// simpleTypes compares types whose values are text.
func (c *comparison) simpleTypes(where string, dir direction, old, new *model.Type) {
	was, is := kindOf(old), kindOf(new)
	if was != is {
		c.add(BreaksWire, where, old.Pos, new.Pos, "values were %s and are %s", was, is)
		return
	}
	if old.Name != new.Name && (old.Kind == model.EnumType || new.Kind == model.EnumType) && !old.IsAnonymous() && !new.IsAnonymous() {
		c.add(BreaksGo, where, old.Pos, new.Pos, "the type was %s and is %s", old.Name, new.Name)
	}
	_, removed, added := matched(old.Enum, new.Enum, func(v model.EnumValue) string { return v.Value })
	if len(old.Enum) > 0 && len(new.Enum) > 0 {
		for _, v := range removed {
			c.add(worst(dir, BreaksWire, BreaksGo), where, v.Pos, new.Pos, "the value %q is gone", v.Value)
		}
		for _, v := range added {
			c.add(Compatible, where, old.Pos, v.Pos, "a new value %q", v.Value)
		}
	} else if len(old.Enum) != len(new.Enum) {
		c.add(BreaksGo, where, old.Pos, new.Pos, "values are %s", map[bool]string{true: "listed now", false: "not listed any more"}[len(new.Enum) > 0])
	}
	if o, n := facets(old), facets(new); o != n {
		c.add(worst(dir, BreaksWire, Compatible), where, old.Pos, new.Pos, "its limits were %s and are %s", o, n)
	}
	if old.Item != nil && new.Item != nil {
		c.types(where, dir, old.Item, new.Item)
	}
}

// kindOf says what values of a simple type look like.
func kindOf(t *model.Type) string {
	if item, ok := t.IsList(); ok {
		return "lists of " + kindOf(item)
	}
	return "xs:" + t.Builtin.Type().Name.Local
}

func facets(t *model.Type) string {
	var all []string
	for ; t != nil && t.Kind != model.BuiltinType; t = t.Base {
		for _, f := range t.Facets {
			all = append(all, f.Name+"="+f.Value)
		}
	}
	if len(all) == 0 {
		return "none"
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}
