package load

import (
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/wellknown"
)

// A wanted document is a well-known one that is asked for. Whether it is needed shows in the end: what the user's
// own documents declare into its namespace takes its place.
type wanted struct {
	name string
	pos  source.Pos
}

// want takes note that the well-known document called name is asked for.
func (l *loader) want(name string, pos source.Pos) {
	if !l.asked[name] {
		l.asked[name] = true
		l.wanted = append(l.wanted, wanted{name, pos})
	}
}

// wantAt takes note of the well-known document that location or, failing that, the namespace leads to. It reports false
// if there is none.
func (l *loader) wantAt(from, location, space string, pos source.Pos) bool {
	name, ok := wellknown.ByLocation(from, location)
	if !ok {
		if name, ok = wellknown.ByNamespace(space); !ok {
			return false
		}
		l.diags.Warnf(pos, "correct the location", "the location %s is not a file; what is known of namespace %s is taken",
			syntax.Quote(location), space)
	}
	l.want(name, pos)
	return true
}

// settleWanted reads the well-known documents that are missed, those that they lead to included, and those whose
// namespace is referred to without an import.
func (l *loader) settleWanted() {
	l.readWanted()
	for _, s := range l.set.Schemas {
		l.wantReferred(s.Root)
	}
	for _, d := range l.set.Definitions {
		l.wantReferred(d.Root)
	}
	l.readWanted()
}

func (l *loader) readWanted() {
	for len(l.wanted) > 0 {
		w := l.wanted[0]
		l.wanted = l.wanted[1:]
		root := l.read(w.name, w.pos)
		if root == nil || l.declares(root) {
			continue
		}
		l.taken(w.name)
		l.document(w.name, root, l.rootTarget(root))
	}
}

// declares reports whether the set already holds a document of the same language and namespace as root.
func (l *loader) declares(root *syntax.Node) bool {
	target := l.rootTarget(root)
	if root.IsXSD("schema") {
		for _, s := range l.set.Schemas {
			if s.Target == target {
				return true
			}
		}
		return false
	}
	for _, d := range l.set.Definitions {
		if d.Target == target {
			return true
		}
	}
	return false
}

// wantReferred takes note of the well-known namespaces that are referred to in n and below.
func (l *loader) wantReferred(n *syntax.Node) {
	for _, a := range n.Attrs {
		if a.Name.Space != "" || !refers[a.Name.Local] {
			continue
		}
		for _, word := range strings.Fields(a.Value) {
			prefix, _, found := strings.Cut(word, ":")
			if !found {
				continue
			}
			space, _ := n.Scope.Lookup(prefix)
			if name, ok := wellknown.ByNamespace(space); ok && space != syntax.NamespaceXML {
				l.want(name, a.Pos)
			}
		}
	}
	for _, c := range n.Children {
		l.wantReferred(c)
	}
}

// refers are the attributes that name a component of a schema.
var refers = map[string]bool{
	"type": true, "ref": true, "base": true, "itemType": true, "memberTypes": true, "substitutionGroup": true, "element": true,
}
