package resolve

import (
	"fmt"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// A reference is where a name is used, and for which kind of component.
type reference struct {
	kind   string
	target string  // the target namespace of the document
	schema *schema // nil in WSDL
	node   *syntax.Node
	pos    source.Pos
}

// refIn is the reference that the attribute attr of n makes.
func (s *schema) refIn(kind string, n *syntax.Node, attr string) reference {
	return reference{kind: kind, target: s.Target, schema: s, node: n, pos: n.AttrPos(attr)}
}

// refIn is the reference that the attribute attr of n makes.
func (d *decl) refIn(kind string, n *syntax.Node, attr string) reference {
	return reference{kind: kind, target: d.target, node: n, pos: n.AttrPos(attr)}
}

// expand returns the name that a QName stands for. Common mistakes are put right, with a warning, where they leave no
// doubt: a name without prefix that leads nowhere, but is one of the target namespace or of XML Schema; an undeclared prefix, or that of
// XML Schema, before a name that only one namespace has.
func (r *resolver) expand(ref reference, value string) (model.Name, bool) {
	prefix, local, ok := syntax.SplitQName(value)
	if !ok {
		r.errorf(ref.pos, "a name is local or prefix:local", "%s is not a qualified name", syntax.Quote(value))
		return model.Name{}, false
	}
	space, declared := ref.node.Scope.Lookup(prefix)
	if !declared {
		return r.guess(ref, prefix, local)
	}
	if ref.schema != nil && ref.schema.Chameleon && space == "" {
		space = ref.target
	}
	name := model.Name{Space: space, Local: local}
	own := model.Name{Space: ref.target, Local: local}
	if prefix == "" && !r.has(ref.kind, name) && r.has(ref.kind, own) {
		r.diags.Warnf(ref.pos, "give it a prefix", "%s %s is not defined, %s is taken", ref.kind, name, own)
		return own, true
	}
	if xsd := (model.Name{Space: syntax.NamespaceXSD, Local: local}); space == "" && !r.has(ref.kind, name) && r.has(ref.kind, xsd) {
		r.diags.Warnf(ref.pos, "give it the prefix of XML Schema", "%s %s is not defined, %s is taken", ref.kind, name, xsd)
		return xsd, true
	}
	if space == syntax.NamespaceXSD && !r.has(ref.kind, name) && name != xsdSchema {
		return r.notBuiltin(ref, name)
	}
	return name, true
}

// notBuiltin returns what is meant by a name that is in the namespace of XML Schema, whose names are few and known, and
// is none of them: the only component of that name, or name itself, which is then not found.
func (r *resolver) notBuiltin(ref reference, name model.Name) (model.Name, bool) {
	if candidates := r.byLocal[symbol{ref.kind, model.Name{Local: name.Local}}]; len(candidates) == 1 {
		r.diags.Warnf(ref.pos, "correct the prefix", "XML Schema has no %s %s, %s is taken",
			ref.kind, name.Local, candidates[0].name)
		return candidates[0].name, true
	}
	return name, true
}

// guess returns the name that is meant by one whose prefix is not declared.
func (r *resolver) guess(ref reference, prefix, local string) (model.Name, bool) {
	candidates := r.byLocal[symbol{ref.kind, model.Name{Local: local}}]
	if len(candidates) == 1 {
		name := candidates[0].name
		r.diags.Warnf(ref.pos, "declare the prefix", "prefix %s is not declared, %s is taken", syntax.Quote(prefix), name)
		return name, true
	}
	xsd := model.Name{Space: syntax.NamespaceXSD, Local: local}
	if len(candidates) == 0 && r.has(ref.kind, xsd) && (prefix == "xs" || prefix == "xsd") {
		r.diags.Warnf(ref.pos, "declare the prefix", "prefix %s is not declared, %s is taken", syntax.Quote(prefix), xsd)
		return xsd, true
	}
	r.errorf(ref.pos, fmt.Sprintf("declare it with xmlns:%s=\"…\"", prefix), "prefix %s of %s is not declared",
		syntax.Quote(prefix), syntax.Quote(prefix+":"+local))
	return model.Name{}, false
}

// has reports whether there is a component of that name.
func (r *resolver) has(kind string, name model.Name) bool {
	if kind == typeSymbol && name.Space == syntax.NamespaceXSD && model.LookupBuiltin(name.Local) != nil {
		return true
	}
	return r.symbols[symbol{kind, name}] != nil
}

// find returns the component that a QName refers to. Where there is none, which is then reported, the result is nil.
func (r *resolver) find(ref reference, value string) *decl {
	name, ok := r.expand(ref, value)
	if !ok {
		return nil
	}
	return r.named(ref, name)
}

// named returns the component called name, or nil after an error.
func (r *resolver) named(ref reference, name model.Name) *decl {
	if d := r.symbols[symbol{ref.kind, name}]; d != nil {
		return d
	}
	r.errorf(ref.pos, r.whereElse(ref.kind, name), "%s %s is not defined", ref.kind, name)
	return nil
}

// whereElse is a hint for a name that is not defined.
func (r *resolver) whereElse(kind string, name model.Name) string {
	const most = 3
	others := r.byLocal[symbol{kind, model.Name{Local: name.Local}}]
	similar := r.anyCase[symbol{kind, model.Name{Local: strings.ToLower(name.Local)}}]
	switch {
	case len(others) > 0:
		var list []string
		for _, d := range others[:min(len(others), most)] {
			list = append(list, d.name.String())
		}
		return "there is " + strings.Join(list, ", ")
	case similar.Local != "":
		return "there is " + similar.String()
	case name.Space == syntax.NamespaceXSD:
		return "XML Schema 1.0 has none of that name"
	case name.Space == "":
		return "it is in no namespace: does it lack a prefix?"
	case !r.spaces[name.Space]:
		return fmt.Sprintf("no document declares anything in namespace %s: is an import missing?", name.Space)
	}
	return "define it, or correct the name"
}

// typeIn returns the type that the attribute attr of n names. Where it cannot be found, which is then reported, the
// result is anyType.
func (r *resolver) typeIn(s *schema, n *syntax.Node, attr string) *model.Type {
	return r.findType(s.refIn(typeSymbol, n, attr), n.Attr(attr))
}

func (r *resolver) findType(ref reference, value string) *model.Type {
	name, ok := r.expand(ref, value)
	if !ok {
		return model.AnyType.Type()
	}
	if name.Space == syntax.NamespaceXSD {
		if t := model.LookupBuiltin(name.Local); t != nil {
			return t
		}
	}
	if isSOAPEncoding(name.Space) {
		if t := r.encodedType(name); t != nil {
			return t
		}
	}
	if d := r.named(ref, name); d != nil {
		return d.typ
	}
	return model.AnyType.Type()
}

// completed fills in a type whose content matters to the caller. For a type that is being filled in, and so derives
// from itself, it reports false.
func (r *resolver) completed(t *model.Type) bool {
	d := r.symbols[symbol{typeSymbol, t.Name}]
	if d == nil || d.typ != t {
		return true
	}
	return r.completeType(d)
}
