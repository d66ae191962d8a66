package resolve

import (
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// complexType fills in t from an xs:complexType.
func (r *resolver) complexType(t *model.Type, p place, n *syntax.Node) {
	t.Kind = model.ComplexType
	t.Abstract = r.flag(n, "abstract")
	t.Block = p.s.block(n)
	mixed := r.flag(n, "mixed")
	if c := n.First(syntax.NamespaceXSD, "simpleContent"); c != nil {
		r.onlyChild(n, c)
		r.simpleContent(t, p, c)
		return
	}
	if c := n.First(syntax.NamespaceXSD, "complexContent"); c != nil {
		r.onlyChild(n, c)
		if c.Find("mixed") != nil {
			mixed = r.flag(c, "mixed")
		}
		r.complexContent(t, p, c, mixed)
		return
	}
	r.ownContent(t, p, n, nil, mixed)
}

// block returns what an element or type of the schema says of those that may stand in for it.
func (s *schema) block(n *syntax.Node) model.Block {
	words := s.Root.Attr("blockDefault")
	if n.Find("block") != nil {
		words = n.Attr("block")
	}
	var all model.Block
	for _, word := range strings.Fields(words) {
		switch word {
		case "#all":
			all |= model.BlockExtension | model.BlockRestriction | model.BlockSubstitution
		case "extension":
			all |= model.BlockExtension
		case "restriction":
			all |= model.BlockRestriction
		case "substitution":
			all |= model.BlockSubstitution
		}
	}
	return all
}

// onlyChild checks that c is all that n holds.
func (r *resolver) onlyChild(n, c *syntax.Node) {
	for _, other := range n.Elements() {
		if other != c && !other.IsXSD("annotation") {
			r.errorf(other.Pos, "move it into the extension or restriction", "nothing may stand beside xs:%s", c.Name.Local)
		}
	}
}

// derivation returns the xs:extension or xs:restriction of n, or nil after an error.
func (r *resolver) derivation(n *syntax.Node) *syntax.Node {
	var found *syntax.Node
	for _, c := range n.Elements() {
		switch {
		case c.IsXSD("annotation"):
		case found == nil && (c.IsXSD("extension") || c.IsXSD("restriction")):
			found = c
		default:
			r.stray(n, c)
		}
	}
	if found == nil {
		r.errorf(n.Pos, "give it one of the two", "xs:%s holds neither extension nor restriction", n.Name.Local)
		return nil
	}
	if found.Find("base") == nil {
		r.errorf(found.Pos, "name the type that it changes", "xs:%s has no base", found.Name.Local)
		return nil
	}
	return found
}

// derive takes note that t derives from base. It reports false, after an error, where types derive from one another
// too often.
func (r *resolver) derive(t, base *model.Type, n *syntax.Node) bool {
	r.depth[t] = r.depth[base] + 1
	if r.depth[t] > maxDerivation {
		r.errorf(n.Pos, "", "types derive from one another more than %d times", maxDerivation)
		return false
	}
	return true
}

func (r *resolver) simpleContent(t *model.Type, p place, n *syntax.Node) {
	t.Text = model.String.Type()
	d := r.derivation(n)
	if d == nil {
		return
	}
	base := r.baseIn(p, d)
	if !r.completed(base) || base.Builtin == model.AnyType || !r.derive(t, base, d) {
		return
	}
	var attrs attributes
	switch {
	case base.IsSimple():
		if d.IsXSD("restriction") {
			r.diags.Warnf(d.AttrPos("base"), "extend it, or use xs:simpleType",
				"a complex type cannot restrict the simple type %s; it is read as its simple content", base.Name)
		}
		t.Text = base
	case base.Text == nil:
		r.errorf(d.AttrPos("base"), "use xs:complexContent", "%s has no simple content", base.Name)
		return
	default:
		t.Base, t.Text = base, base.Text
		attrs = r.attributesOf(base, d)
	}
	t.Derivation = model.Extension
	if d.IsXSD("restriction") {
		t.Derivation = model.Restriction
		r.restrictText(t, p, d)
	} else {
		r.onlyAttributes(d)
	}
	r.attributesIn(p, d, &attrs)
	attrs.moveTo(t)
}

// restrictText narrows the simple content of t, which is that of its base so far.
func (r *resolver) restrictText(t *model.Type, p place, n *syntax.Node) {
	if c := n.First(syntax.NamespaceXSD, "simpleType"); c != nil {
		t.Text = r.inlineSimple(p.under("value"), c)
	}
	t.Builtin = t.Text.Builtin // for the white space of the values
	r.facets(t, n)
	t.Builtin = model.NotBuiltin
	if len(t.Enum) == 0 {
		return
	}
	text := r.anonymous(p.under("value"), n)
	text.Kind, text.Base, text.Builtin, text.Derivation = model.EnumType, t.Text, t.Text.Builtin, model.Restriction
	text.Enum, text.Facets, t.Enum, t.Facets = t.Enum, t.Facets, nil, nil
	t.Text = text
}

func (r *resolver) complexContent(t *model.Type, p place, n *syntax.Node, mixed bool) {
	d := r.derivation(n)
	if d == nil {
		return
	}
	if r.isArray(p, d) {
		r.soapArray(t, p, d)
		return
	}
	base := r.baseIn(p, d)
	switch {
	case base.Builtin == model.AnyType:
		r.ownContent(t, p, d, nil, mixed)
		return
	case !r.completed(base):
		return
	case (base.IsSimple() || base.Text != nil) && particleIn(d) == nil:
		if base.IsSimple() || d.IsXSD("restriction") {
			r.diags.Warnf(d.AttrPos("base"), "use xs:simpleContent", "%s has no elements; this is read as simple content", base.Name)
		}
		r.simpleContent(t, p, n)
		return
	case base.IsSimple():
		r.errorf(d.AttrPos("base"), "use xs:simpleContent", "%s is a simple type", base.Name)
		return
	case !r.derive(t, base, d):
		return
	}
	t.Base, t.Derivation = base, model.Restriction
	if d.IsXSD("extension") {
		t.Derivation = model.Extension
	}
	if base.Text != nil {
		r.errorf(d.AttrPos("base"), "use xs:simpleContent", "%s has simple content", base.Name)
		return
	}
	r.ownContent(t, p, d, base, mixed)
}

// ownContent reads the particle and attributes that stand in n, on top of what the base, if any, has.
func (r *resolver) ownContent(t *model.Type, p place, n *syntax.Node, base *model.Type, mixed bool) {
	var attrs attributes
	if base != nil {
		attrs = r.attributesOf(base, n)
		mixed = mixed || base.Mixed && t.Derivation == model.Extension
	}
	var content *particle
	if c := particleIn(n); c != nil {
		content = r.particle(p, c)
	}
	r.onlyContent(n)
	var inherited []*model.Member
	if base != nil && t.Derivation == model.Extension {
		inherited = base.Members
		t.All = base.All && content == nil
	}
	if r.spend(len(inherited), n.Pos) {
		r.setContent(t, inherited, content, mixed)
	}
	r.attributesIn(p, n, &attrs)
	attrs.moveTo(t)
}

// particleIn returns the particle that stands in n, or nil.
func particleIn(n *syntax.Node) *syntax.Node {
	for _, c := range n.Children {
		if c.Name.Space == syntax.NamespaceXSD {
			switch c.Name.Local {
			case "sequence", "choice", "all", "group":
				return c
			}
		}
	}
	return nil
}

// onlyContent reports children of n that are no content.
func (r *resolver) onlyContent(n *syntax.Node) {
	particle := particleIn(n)
	for _, c := range n.Elements() {
		if c == particle || isAttributeOrNote(c) {
			continue
		}
		if c.Name.Space == syntax.NamespaceXSD {
			switch c.Name.Local {
			case "sequence", "choice", "all", "group":
				r.errorf(c.Pos, "put both into an xs:sequence", "xs:%s beside xs:%s", c.Name.Local, particle.Name.Local)
				continue
			}
		}
		r.stray(n, c)
	}
}

// onlyAttributes reports children of n that are no attributes.
func (r *resolver) onlyAttributes(n *syntax.Node) {
	for _, c := range n.Elements() {
		if !isAttributeOrNote(c) {
			r.stray(n, c)
		}
	}
}

func isAttributeOrNote(n *syntax.Node) bool {
	if n.Name.Space != syntax.NamespaceXSD {
		return false
	}
	switch n.Name.Local {
	case "attribute", "attributeGroup", "anyAttribute", "annotation":
		return true
	}
	return false
}
