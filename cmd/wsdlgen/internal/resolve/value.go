package resolve

import (
	"errors"
	"strconv"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// maxOccurs bounds the numbers that occurs attributes are taken for; what is above it means the same.
const maxOccurs = 1 << 30

// occurs reads minOccurs and maxOccurs.
func (r *resolver) occurs(n *syntax.Node) (least, most int) {
	least, most = r.occursAttr(n, "minOccurs"), 1
	switch {
	case n.Attr("maxOccurs") == "unbounded":
		most = model.Unbounded
	case n.Find("maxOccurs") != nil:
		most = r.occursAttr(n, "maxOccurs")
	}
	if n.Find("minOccurs") == nil && most == 0 {
		least = 0 // strictly an error; what is meant is clear
	}
	if most != model.Unbounded && least > most {
		r.errorf(n.AttrPos("minOccurs"), "raise maxOccurs", "minOccurs %d is more than maxOccurs %d", least, most)
	}
	return least, most
}

func (r *resolver) occursAttr(n *syntax.Node, attr string) int {
	a := n.Find(attr)
	if a == nil {
		return 1
	}
	v, err := strconv.ParseUint(n.Attr(attr), 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		hint := "write a number"
		if attr == "maxOccurs" {
			hint = "write a number or unbounded"
		}
		r.errorf(a.Pos, hint, "%s %s is not a number", attr, syntax.Quote(a.Value))
		return 1
	}
	return int(min(v, maxOccurs))
}

// flag reads an attribute of type xs:boolean, false if it is missing.
func (r *resolver) flag(n *syntax.Node, attr string) bool {
	switch v := n.Attr(attr); v {
	case "true", "1":
		return true
	case "", "false", "0":
	default:
		r.errorf(n.AttrPos(attr), "write true or false", "%s %s is not a boolean", attr, syntax.Quote(v))
	}
	return false
}

// qualified settles the form of local elements and attributes by the attribute attr of n: form, or one of a schema.
func (r *resolver) qualified(n *syntax.Node, attr string, byDefault bool) bool {
	switch form := n.Attr(attr); form {
	case "qualified":
		return true
	case "unqualified":
		return false
	case "":
	default:
		r.errorf(n.AttrPos(attr), "write qualified or unqualified", "%s %s is not known", attr, syntax.Quote(form))
	}
	return byDefault
}

// values reads default and fixed.
func (r *resolver) values(n *syntax.Node) (def, fixed *string) {
	def, fixed = n.Raw("default"), n.Raw("fixed")
	if def != nil && fixed != nil {
		r.errorf(n.AttrPos("fixed"), "keep one of the two", "default and fixed exclude each other")
	}
	return def, fixed
}

// times multiplies two occurs numbers.
func times(a, b int) int {
	switch {
	case a == 0 || b == 0:
		return 0
	case a == model.Unbounded || b == model.Unbounded:
		return model.Unbounded
	}
	return int(min(int64(a)*int64(b), maxOccurs))
}
