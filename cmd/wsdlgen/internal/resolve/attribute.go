package resolve

import (
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// attributes are those of a type or of an attribute group.
type attributes struct {
	list []*model.Attribute
	any  *model.Wildcard
}

// attributesOf returns those that a type deriving from t at n starts with.
func (r *resolver) attributesOf(t *model.Type, n *syntax.Node) attributes {
	if !r.spend(len(t.Attributes), n.Pos) {
		return attributes{}
	}
	return attributes{slices.Clone(t.Attributes), t.AnyAttribute}
}

func (a attributes) moveTo(t *model.Type) { t.Attributes, t.AnyAttribute = a.list, a.any }

func (a *attributes) remove(name model.Name) {
	a.list = slices.DeleteFunc(a.list, func(known *model.Attribute) bool { return known.Name == name })
}

// attributesIn adds the attributes that stand in n to those that its base has.
func (r *resolver) attributesIn(p place, n *syntax.Node, attrs *attributes) {
	own := make(map[model.Name]bool)
	byName := make(map[model.Name]int, len(attrs.list))
	for i, a := range attrs.list {
		byName[a.Name] = i
	}
	add := func(a *model.Attribute) {
		if i, ok := byName[a.Name]; ok {
			attrs.list[i] = a
			return
		}
		byName[a.Name] = len(attrs.list)
		attrs.list = append(attrs.list, a)
	}
	var prohibited []model.Name
	for _, c := range n.Elements() {
		if !r.spend(1, c.Pos) {
			return
		}
		switch {
		case c.IsXSD("attribute"):
			a, use := r.attribute(p, c)
			switch {
			case a == nil:
			case use == "prohibited":
				prohibited = append(prohibited, a.Name)
			case own[a.Name]:
				r.errorf(c.Pos, "drop one of them", "attribute %s is declared twice in one type", a.Name)
			default:
				own[a.Name] = true
				add(a)
			}
		case c.IsXSD("attributeGroup"):
			group := r.attributeGroupRef(p, c)
			if !r.spend(len(group.list), c.Pos) {
				return
			}
			for _, a := range group.list {
				add(a)
			}
			if group.any != nil {
				attrs.any = group.any
			}
		case c.IsXSD("anyAttribute"):
			attrs.any = r.wildcard(p, c)
		}
	}
	for _, name := range prohibited {
		attrs.remove(name)
	}
}

func (r *resolver) attributeGroupRef(p place, n *syntax.Node) attributes {
	if n.Find("ref") == nil {
		r.errorf(n.Pos, "refer to a group with ref", "xs:attributeGroup has no ref")
		return attributes{}
	}
	ref := p.s.refIn(attributeGroupSymbol, n, "ref")
	name, ok := r.expand(ref, n.Attr("ref"))
	if !ok || isSOAPEncoding(name.Space) {
		return attributes{}
	}
	d := r.named(ref, name)
	if d == nil {
		return attributes{}
	}
	d = p.redefined(d)
	if d.state == inProgress {
		r.errorf(n.AttrPos("ref"), "break the circle", "attribute group %s refers to itself", d.name)
		return attributes{}
	}
	r.completeAttributeGroup(d)
	return d.attrs
}

func (r *resolver) completeAttributeGroup(d *decl) {
	if d.state != untouched || !r.enter(d) {
		return
	}
	defer r.leave()
	d.state = inProgress
	r.onlyAttributes(d.node)
	r.attributesIn(place{d: d, s: d.schema, path: []string{d.name.Local}}, d.node, &d.attrs)
	d.state = done
}

// completeAttribute fills in a global attribute.
func (r *resolver) completeAttribute(d *decl) {
	if d.state != untouched {
		return
	}
	d.state = inProgress
	r.attributeType(d.attr, place{d: d, s: d.schema, path: []string{d.name.Local}}, d.node)
	d.state = done
}

// attribute reads an xs:attribute inside of a type. It returns nil after an error.
func (r *resolver) attribute(p place, n *syntax.Node) (a *model.Attribute, use string) {
	use = n.Attr("use")
	switch use {
	case "", "optional", "required", "prohibited":
	default:
		r.errorf(n.AttrPos("use"), "write optional, required or prohibited", "use %s is not known", syntax.Quote(use))
	}
	if n.Find("ref") != nil {
		a = r.attributeRef(p, n)
	} else if local, ok := r.ownName(n); ok {
		a = &model.Attribute{Name: model.Name{Local: local}, Pos: n.Pos}
		if r.qualified(n, "form", p.s.attrQualified) {
			a.Name.Space = p.s.Target
		}
		r.attributeType(a, p.under(local), n)
	}
	if a == nil {
		return nil, use
	}
	a.Required = use == "required"
	if doc := n.Doc(); doc != "" {
		a.Doc = doc
	}
	return a, use
}

// attributeType reads type, default and fixed.
func (r *resolver) attributeType(a *model.Attribute, p place, n *syntax.Node) {
	a.Type = model.AnySimpleType.Type()
	if n.Find("type") != nil {
		if t := r.simpleOnly(r.typeIn(p.s, n, "type"), n, "type"); t != nil {
			a.Type = t
		}
	} else if c := n.First(syntax.NamespaceXSD, "simpleType"); c != nil {
		a.Type = r.inlineSimple(p, c)
	}
	a.Default, a.Fixed = r.values(n)
}

// attributeRef returns a copy of the global attribute that n refers to.
func (r *resolver) attributeRef(p place, n *syntax.Node) *model.Attribute {
	ref := p.s.refIn(attributeSymbol, n, "ref")
	name, ok := r.expand(ref, n.Attr("ref"))
	if !ok {
		return nil
	}
	if isSOAPEncoding(name.Space) {
		return nil // how encoded messages say what is where: the runtime sees to that
	}
	var a model.Attribute
	if known, ok := xmlAttributes[name.Local]; ok && name.Space == syntax.NamespaceXML {
		a = model.Attribute{Name: name, Type: known.Type()}
	} else if d := r.named(ref, name); d != nil {
		r.completeAttribute(d)
		a = *d.attr
	} else {
		return nil
	}
	a.Pos = n.Pos
	if def, fixed := r.values(n); def != nil || fixed != nil {
		a.Default, a.Fixed = def, fixed
	}
	return &a
}

// xmlAttributes are the attributes that XML itself defines. Schemas refer to them without having a declaration.
var xmlAttributes = map[string]model.Builtin{
	"lang": model.Language, "space": model.NCName, "base": model.AnyURI, "id": model.ID,
}

// wildcard reads an xs:any or xs:anyAttribute.
func (r *resolver) wildcard(p place, n *syntax.Node) *model.Wildcard {
	w := &model.Wildcard{Namespaces: n.Attr("namespace"), TargetSpace: p.s.Target, Process: n.Attr("processContents"),
		Doc: n.Doc(), Pos: n.Pos}
	if w.Namespaces == "" {
		w.Namespaces = "##any"
	}
	switch w.Process {
	case "strict", "lax", "skip":
	case "":
		w.Process = "strict"
	default:
		r.errorf(n.AttrPos("processContents"), "write strict, lax or skip", "processContents %s is not known", syntax.Quote(w.Process))
	}
	return w
}
