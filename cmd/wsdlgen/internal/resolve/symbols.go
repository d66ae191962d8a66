package resolve

import (
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// A schema is one xs:schema and what holds for all that stands in it.
type schema struct {
	*load.Schema
	model            *model.Schema
	elementQualified bool
	attrQualified    bool
}

// serialization is the namespace of .NET's data contracts, and what those of its arrays start with.
const serialization = "http://schemas.microsoft.com/2003/10/Serialization/"

// knowsSerialization reports whether a schema is of that namespace or imports it.
func knowsSerialization(s *load.Schema) bool {
	return strings.HasPrefix(s.Target, serialization) ||
		slices.ContainsFunc(s.Root.All(syntax.NamespaceXSD, "import"), func(n *syntax.Node) bool {
			return strings.HasPrefix(n.Attr("namespace"), serialization)
		})
}

func (r *resolver) declareSchemas(docs []*load.Schema) {
	contracts := slices.ContainsFunc(docs, knowsSerialization)
	checked := make(map[*syntax.Node]bool)
	for _, doc := range docs {
		s := &schema{
			Schema:           doc,
			model:            r.schemaOf(doc.Target, contracts),
			elementQualified: r.qualified(doc.Root, "elementFormDefault", false),
			attrQualified:    r.qualified(doc.Root, "attributeFormDefault", false),
		}
		if doc := doc.Root.Doc(); s.model.Doc == "" {
			s.model.Doc = doc
		}
		if !isDataContract(doc.Root) {
			s.model.DataContract = false
		}
		if !checked[doc.Root] { // a chameleon comes several times
			checked[doc.Root] = true
			r.checkAttributes(doc.Root)
		}
		for _, n := range doc.Root.Elements() {
			r.declareComponent(s, n, false)
		}
	}
	r.checkRedefinitions()
}

// schemaOf returns the Schema of a namespace.
func (r *resolver) schemaOf(space string, contract bool) *model.Schema {
	s := r.schemas[space]
	if s == nil {
		s = &model.Schema{Space: space, DataContract: contract}
		r.schemas[space] = s
		r.out.Schemas = append(r.out.Schemas, s)
	}
	return s
}

// isDataContract reports whether all that a schema declares is of the form that .NET gives data contracts: elements are
// qualified, and types have no attributes but those of the Serialization namespace itself.
func isDataContract(root *syntax.Node) bool {
	declares := slices.ContainsFunc(root.Children, func(n *syntax.Node) bool {
		return n.Name.Space == syntax.NamespaceXSD && componentKinds[n.Name.Local] != ""
	})
	if !declares {
		return true
	}
	return root.Attr("elementFormDefault") == "qualified" &&
		!slices.ContainsFunc(root.Children, func(n *syntax.Node) bool { return n.Name.Local != "attribute" && hasAttributes(n) })
}

// hasAttributes reports whether an attribute of a type is declared in n or below.
func hasAttributes(n *syntax.Node) bool {
	if n.Name.Space != syntax.NamespaceXSD {
		return false
	}
	switch n.Name.Local {
	case "annotation":
		return false
	case "attributeGroup", "anyAttribute":
		return true
	case "attribute":
		name, _ := n.QName(n.Attr("ref"))
		return name.Space != serialization
	}
	return slices.ContainsFunc(n.Children, hasAttributes)
}

var componentKinds = map[string]string{
	"complexType": typeSymbol, "simpleType": typeSymbol, "element": elementSymbol, "attribute": attributeSymbol,
	"group": groupSymbol, "attributeGroup": attributeGroupSymbol,
}

// declareComponent takes in a child of xs:schema or, for redefines, of xs:redefine.
func (r *resolver) declareComponent(s *schema, n *syntax.Node, redefines bool) {
	if n.Name.Space != syntax.NamespaceXSD {
		r.stray(s.Root, n)
		return
	}
	kind, ok := componentKinds[n.Name.Local]
	if !ok {
		switch n.Name.Local {
		case "annotation", "import", "include", "notation": // read by load, or without consequence
		case "redefine":
			for _, c := range n.Elements() {
				r.declareComponent(s, c, true)
			}
		default:
			r.stray(s.Root, n)
		}
		return
	}
	name, ok := r.ownName(n)
	if !ok {
		return
	}
	d := &decl{symbol: symbol{kind, model.Name{Space: s.Target, Local: name}}, node: n, schema: s, redefines: redefines}
	if !r.declare(d) {
		return
	}
	switch kind {
	case typeSymbol:
		d.typ = &model.Type{Name: d.name, Doc: n.Doc(), Pos: n.Pos, Schema: s.model, DataContract: s.model.DataContract}
	case elementSymbol:
		d.elem = &model.Element{Name: d.name, Doc: n.Doc(), Pos: n.Pos}
	case attributeSymbol:
		d.attr = &model.Attribute{Name: d.name, Doc: n.Doc(), Pos: n.Pos}
	}
}

// ownName returns the name that a component gives itself.
func (r *resolver) ownName(n *syntax.Node) (string, bool) {
	name := n.Attr("name")
	switch {
	case n.Find("name") == nil:
		r.errorf(n.Pos, "give it a name attribute", "%s has no name", n.Name.Local)
		return "", false
	case !syntax.IsNCName(name):
		r.errorf(n.AttrPos("name"), "a name starts with a letter or _, and has no spaces and no colon",
			"%s is not a valid name", syntax.Quote(name))
		return "", false
	}
	return name, true
}

// declare takes in a global component. It reports false for one that is known already, which is an error unless it is
// the same.
func (r *resolver) declare(d *decl) bool {
	known := r.symbols[d.symbol]
	if known == nil {
		r.symbols[d.symbol] = d
		r.decls = append(r.decls, d)
		local := symbol{d.kind, model.Name{Local: d.name.Local}}
		r.byLocal[local] = append(r.byLocal[local], d)
		local.name.Local = strings.ToLower(d.name.Local)
		r.anyCase[local] = d.name
		r.spaces[d.name.Space] = true
		return true
	}
	if known.redefines != d.redefines {
		return r.declareRedefined(known, d)
	}
	return r.declareAgain(known, d)
}

// declareAgain checks a second definition against the first. It always reports false.
func (r *resolver) declareAgain(known, d *decl) bool {
	if known.node != d.node && !same(known, d) {
		r.errorf(d.node.Pos, "one name is to have one definition",
			"%s %s is defined differently at %s", d.kind, d.name, known.node.Pos)
	}
	return false
}

// stray reports an element where none of its kind may stand.
func (r *resolver) stray(in, n *syntax.Node) {
	switch {
	case n.Name.Space != syntax.NamespaceXSD:
		r.diags.Warnf(n.Pos, "extensions belong in xs:appinfo", "%s in xs:%s is passed over",
			syntax.Quote(n.Name.String()), in.Name.Local)
	case xsd11[n.Name.Local]:
		r.unsupported(n.Pos, "use XML Schema 1.0", "xs:%s of XML Schema 1.1", n.Name.Local)
	default:
		r.errorf(n.Pos, "move it to where XML Schema allows it, or drop it", "xs:%s may not stand in xs:%s", n.Name.Local, in.Name.Local)
	}
}

var xsd11 = map[string]bool{
	"assert": true, "assertion": true, "alternative": true, "openContent": true, "defaultOpenContent": true,
	"override": true, "explicitTimezone": true,
}
