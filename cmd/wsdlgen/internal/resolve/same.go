package resolve

import (
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// same reports whether two global components say the same: the same elements and attributes, with names compared as
// they expand and not as they are written, documentation aside.
func same(a, b *decl) bool {
	if a.schema != nil {
		x, y := a.schema, b.schema
		if x.elementQualified != y.elementQualified || x.attrQualified != y.attrQualified {
			return false
		}
	}
	return sameNode(a, a.node, b, b.node)
}

func sameNode(a *decl, x *syntax.Node, b *decl, y *syntax.Node) bool {
	if x.Name != y.Name || strings.TrimSpace(x.Text) != strings.TrimSpace(y.Text) {
		return false
	}
	if !slices.Equal(a.comparable(x), b.comparable(y)) {
		return false
	}
	xs, ys := content(x), content(y)
	if len(xs) != len(ys) {
		return false
	}
	for i := range xs {
		if !sameNode(a, xs[i], b, ys[i]) {
			return false
		}
	}
	return true
}

// content returns the children that mean something.
func content(n *syntax.Node) []*syntax.Node {
	var all []*syntax.Node
	for _, c := range n.Children {
		if (c.IsText() || matters(c.Name.Space)) && !c.IsXSD("annotation") && !c.Is(syntax.NamespaceWSDL, "documentation") {
			all = append(all, c)
		}
	}
	return all
}

// matters reports whether elements and attributes of a namespace go into the model. Policies, for one, do not.
func matters(space string) bool {
	switch space {
	case syntax.NamespaceXSD, syntax.NamespaceWSDL, syntax.NamespaceSOAP11, syntax.NamespaceSOAP12, syntax.NamespaceMIME:
		return true
	}
	return slices.ContainsFunc(actionAttrs, func(name model.Name) bool { return name.Space == space })
}

// comparable returns the attributes of n in a form that does not depend on prefixes and order.
func (d *decl) comparable(n *syntax.Node) []string {
	var all []string
	for _, a := range n.Attrs {
		if a.Name.Space != "" && !matters(a.Name.Space) {
			continue
		}
		value := strings.TrimSpace(a.Value)
		if a.Name.Space == "" {
			if value == impliedValues[a.Name.Local] || a.Name.Local == "id" {
				continue
			}
			value = d.expandAll(n, a.Name.Local, value)
		}
		all = append(all, a.Name.String()+"="+value)
	}
	slices.Sort(all)
	return all
}

// impliedValues are those that attributes have when they are missing.
var impliedValues = map[string]string{"minOccurs": "1", "maxOccurs": "1", "nillable": "false", "abstract": "false", "use": "optional"}

// qnames are the attributes of WSDL and XML Schema that hold QNames.
var qnames = map[string]bool{
	"type": true, "ref": true, "base": true, "itemType": true, "memberTypes": true, "substitutionGroup": true,
	"element": true, "message": true, "binding": true,
}

func (d *decl) expandAll(n *syntax.Node, attr, value string) string {
	if !qnames[attr] {
		return value
	}
	var b strings.Builder
	for _, word := range strings.Fields(value) {
		name, ok := n.QName(word)
		if !ok {
			return value
		}
		if name.Space == "" && d.schema != nil && d.schema.Chameleon {
			name.Space = d.schema.Target
		}
		b.WriteString(name.String())
		b.WriteByte(' ')
	}
	return b.String()
}
