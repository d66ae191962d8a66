package shape

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// Homes returns the import paths of the Go packages that something is declared in, sorted. That of the ports, which is
// the empty one, is always among them.
func (p *Package) Homes() []string {
	homes := []string{""}
	for _, s := range p.Structs {
		homes = append(homes, s.Home)
	}
	for _, e := range p.Enums {
		homes = append(homes, e.Home)
	}
	slices.Sort(homes)
	return slices.Compact(homes)
}

// SpacesOf returns those of Spaces that the declarations in one Go package mention, in the same order.
func (p *Package) SpacesOf(home string) []string {
	seen := map[string]bool{}
	see := func(space string) { seen[space] = true }
	for _, s := range p.Structs {
		if s.Home == home {
			s.mentions(see)
		}
	}
	for _, e := range p.Enums {
		if e.Home == home {
			see(e.Type.Name.Space)
		}
	}
	if home == "" {
		for _, port := range p.Ports {
			see(port.PortType.Name.Space)
			for _, op := range port.Operations {
				for _, el := range []*model.Element{op.In, op.Out} {
					if el != nil {
						see(el.Name.Space)
					}
				}
			}
		}
		for _, block := range p.Blocks {
			see(block.Element.Name.Space)
		}
	}
	var out []string
	for _, space := range p.Spaces {
		if seen[space] {
			out = append(out, space)
		}
	}
	return out
}

// settleHomes says in which Go package each declaration belongs, and reports where the packages would need each other.
func (b *builder) settleHomes() {
	if len(b.opts.Homes) == 0 {
		return
	}
	for _, s := range b.pkg.Structs {
		if s.Role != Empty {
			s.Home = b.opts.Homes[s.Space]
		}
	}
	for _, e := range b.pkg.Enums {
		e.Home = b.opts.Homes[e.Type.Name.Space]
	}
	for _, i := range b.pkg.Interfaces {
		switch {
		case i.Type != nil:
			i.Home = b.opts.Homes[i.Type.Name.Space]
		case i.Head != nil:
			i.Home = b.opts.Homes[i.Head.Name.Space]
		default:
			i.Home = i.Parent.Home
		}
	}
	if b.keepFamilies() {
		b.refuseCycle()
	}
}

// keepFamilies reports types and elements that are apart from what they may stand in the place of: an interface that is
// sealed has all its members in one package.
func (b *builder) keepFamilies() bool {
	before := b.errs.Len()
	for _, t := range b.pkg.Contract.Types {
		if t.Kind == model.ComplexType && t.Base != nil && t.Base.Kind == model.ComplexType && t.Base.Builtin == model.NotBuiltin {
			b.keepTogether(t.Pos, "type "+typeName(t).Local, t.Name.Space, "is derived from type "+typeName(t.Base).Local, t.Base.Name.Space, t.Base.Pos)
		}
	}
	for _, el := range b.pkg.Contract.Elements {
		for _, sub := range el.Substitutes {
			b.keepTogether(sub.Pos, "element "+sub.Name.Local, sub.Name.Space, "may stand in place of element "+el.Name.Local, el.Name.Space, el.Pos)
		}
	}
	return b.errs.Len() == before
}

func (b *builder) keepTogether(pos source.Pos, what, space, how, otherSpace string, other source.Pos) {
	home, otherHome := b.opts.Homes[space], b.opts.Homes[otherSpace]
	if home == otherHome {
		return
	}
	b.errs.Errorf(pos, oneHome(space, otherSpace), "%s of %s (%s) %s of %s (%s), at %v: both must be in one Go package",
		what, quoteSpace(space), homeName(home), how, quoteSpace(otherSpace), homeName(otherHome), other)
}

// A link is a place where what is declared in one package needs what is declared in another.
type link struct {
	from, to           string // homes
	fromSpace, toSpace string
	pos                source.Pos
}

// refuseCycle reports the shortest cycle of packages, if there is one.
func (b *builder) refuseCycle() {
	links := b.links()
	var shortest []link
	for _, start := range b.pkg.Homes() {
		if cycle := cycleFrom(links, start); cycle != nil && (shortest == nil || len(cycle) < len(shortest)) {
			shortest = cycle
		}
	}
	if shortest == nil {
		return
	}
	var (
		text   strings.Builder
		spaces []string
	)
	for i, l := range shortest {
		spaces = append(spaces, l.fromSpace, l.toSpace)
		if i == 0 {
			fmt.Fprintf(&text, "%s (%s) refers here to %s (%s)", quoteSpace(l.fromSpace), homeName(l.from), quoteSpace(l.toSpace), homeName(l.to))
			continue
		}
		fmt.Fprintf(&text, "; from that package, %s refers to %s (%s) at %v", quoteSpace(l.fromSpace), quoteSpace(l.toSpace), homeName(l.to), l.pos)
	}
	b.errs.Errorf(shortest[0].pos, oneHome(spaces...), "%s: Go packages cannot import each other", text.String())
}

// links returns the first place for every two packages of which one needs the other.
func (b *builder) links() []link {
	first := map[[2]string]link{}
	add := func(l link) {
		key := [2]string{l.from, l.to}
		if old, seen := first[key]; l.from != l.to && (!seen || l.pos.Before(old.pos)) {
			first[key] = l
		}
	}
	for _, s := range b.pkg.Structs {
		for _, f := range s.Fields {
			if to, space, ok := f.Value.home(); ok {
				add(link{s.Home, to, s.Space, space, cmp.Or(f.Pos, s.pos())})
			}
		}
	}
	for _, port := range b.pkg.Ports {
		for _, op := range port.Operations {
			for _, s := range []*Struct{op.Request, op.Response} {
				if s != nil {
					add(link{"", s.Home, port.PortType.Name.Space, s.Space, op.Operation.Pos})
				}
			}
		}
	}
	for _, block := range b.pkg.Blocks {
		add(link{"", block.Message.Home, block.Element.Name.Space, block.Message.Space, block.Element.Pos})
	}
	links := make([]link, 0, len(first))
	for _, l := range first {
		links = append(links, l)
	}
	slices.SortFunc(links, func(x, y link) int { return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(x.to, y.to)) })
	return links
}

// home returns where the type of a value is declared, and its namespace. It is not ok for what Go and xmlwire declare.
func (v Value) home() (home, space string, ok bool) {
	switch {
	case v.Struct != nil:
		return v.Struct.Home, v.Struct.Space, true
	case v.Enum != nil:
		return v.Enum.Home, v.Enum.Type.Name.Space, true
	case v.Interface != nil && len(v.Interface.Members) > 0:
		return v.Interface.Home, v.Interface.Members[0].Space, true
	}
	return "", "", false
}

func (s *Struct) pos() source.Pos {
	switch {
	case s.Type != nil:
		return s.Type.Pos
	case s.Element != nil:
		return s.Element.Pos
	case s.Parent != nil:
		return s.Parent.pos()
	}
	return source.Pos{}
}

// cycleFrom returns the shortest cycle through start, or nil.
func cycleFrom(links []link, start string) []link {
	came := map[string]link{}
	queue := []string{start}
	for len(queue) > 0 {
		here := queue[0]
		queue = queue[1:]
		for _, l := range links {
			if l.from != here {
				continue
			}
			if _, seen := came[l.to]; seen {
				continue
			}
			came[l.to] = l
			if l.to != start {
				queue = append(queue, l.to)
				continue
			}
			var cycle []link
			for at := start; len(cycle) == 0 || at != start; {
				cycle = append(cycle, came[at])
				at = came[at].from
			}
			slices.Reverse(cycle)
			return cycle
		}
	}
	return nil
}

// oneHome says how to give namespaces one package.
func oneHome(spaces ...string) string {
	slices.Sort(spaces)
	spaces = slices.Compact(spaces)
	for i, space := range spaces {
		spaces[i] = strconv.Quote(space)
	}
	return "give the namespaces " + strings.Join(spaces, " and ") + " the same package with -ns-pkg, or leave all of them out of it"
}

func quoteSpace(space string) string {
	if space == "" {
		return "what is in no namespace"
	}
	return fmt.Sprintf("namespace %q", space)
}

func homeName(home string) string {
	if home == "" {
		return "the package of the ports"
	}
	return "package " + home
}
