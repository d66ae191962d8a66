package resolve

import (
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// SOAP encoding has types and attributes of its own, which documents refer to whether they import its schema or not. What
// they mean is known here: soapenc:string and its like are the types of XML Schema with attributes that any encoded
// element may have, and a soapenc:Array is described by an attribute of WSDL.

func isSOAPEncoding(space string) bool {
	return space == syntax.NamespaceSOAP11Enc || space == syntax.NamespaceSOAP12Enc
}

// encodedType returns the type that name stands for, or nil if SOAP encoding has none of that name.
func (r *resolver) encodedType(name model.Name) *model.Type {
	switch name.Local {
	case "Array":
		return r.anyArray(name)
	case "Struct":
		return model.AnyType.Type()
	case "base64":
		return model.Base64Binary.Type()
	}
	return model.LookupBuiltin(name.Local)
}

// anyArray returns the array whose items may be anything.
func (r *resolver) anyArray(name model.Name) *model.Type {
	t := r.arrays[name.Space]
	if t == nil {
		t = &model.Type{Kind: model.ComplexType, Name: name, Schema: r.schemaOf(name.Space, false)}
		setItems(t, model.Name{Local: "item"}, model.AnyType.Type())
		r.arrays[name.Space] = t
		r.madeTypes = append(r.madeTypes, t)
	}
	return t
}

// isArray reports whether d, an extension or restriction, makes an array of SOAP encoding.
func (r *resolver) isArray(p place, d *syntax.Node) bool {
	prefix, local, ok := syntax.SplitQName(d.Attr("base"))
	if !ok || local != "Array" {
		return false
	}
	space, _ := d.Scope.Lookup(prefix)
	return isSOAPEncoding(space) && !isSOAPEncoding(p.s.Target)
}

// soapArray fills in t, an array made by the extension or restriction d. What the items are is said by the attribute
// arrayType or, failing that, by an element; that also says what they are called.
func (r *resolver) soapArray(t *model.Type, p place, d *syntax.Node) {
	name, item := model.Name{Local: "item"}, model.AnyType.Type()
	if c := particleIn(d); c != nil {
		if content := r.normalise(r.particle(p, c)); content != nil {
			if all := leaves(content); all[0].Kind == model.ElementMember {
				name, item = all[0].Name, all[0].Type
			}
		}
	}
	setItems(t, name, item)
	for _, a := range d.All(syntax.NamespaceXSD, "attribute") {
		for i := range a.Attrs {
			if a.Attrs[i].Name == arrayType {
				r.arrayType(t, p, a, &a.Attrs[i])
			}
		}
	}
}

// arrayType is the attribute of WSDL that says what the items of an array are.
var arrayType = model.Name{Space: syntax.NamespaceWSDL, Local: "arrayType"}

// arrayType reads an arrayType such as xsd:int[], xsd:int[][] for an array of arrays, or xsd:int[,] for one of two
// dimensions. Those are kept as XML.
func (r *resolver) arrayType(t *model.Type, p place, n *syntax.Node, a *syntax.Attr) {
	value := strings.TrimSpace(a.Value)
	itemName, brackets, found := strings.Cut(value, "[")
	if !found || !strings.HasSuffix(value, "]") {
		r.errorf(a.Pos, "write it like xsd:string[]", "arrayType %s is not the type of an array", syntax.Quote(value))
		return
	}
	ref := p.s.refIn(typeSymbol, n, "")
	ref.pos = a.Pos
	item := r.findType(ref, strings.TrimSpace(itemName))
	if strings.Contains(brackets, ",") {
		r.diags.Warnf(a.Pos, "", "an array of several dimensions is kept as XML")
		setItems(t, t.Members[0].Name, model.AnyType.Type())
		return
	}
	const deepest = 8
	depth := strings.Count(brackets, "[")
	if depth > deepest {
		r.errorf(a.Pos, "arrays of arrays are rarely more than two deep: is this meant?", "arrays within arrays more than %d deep", deepest)
		return
	}
	for range depth {
		inner := r.anonymous(p.inside(t).under("item"), n)
		inner.Kind = model.ComplexType
		setItems(inner, model.Name{Local: "item"}, item)
		item = inner
	}
	setItems(t, t.Members[0].Name, item)
}

func setItems(t *model.Type, name model.Name, item *model.Type) {
	t.SOAPArray = true
	t.Members = []*model.Member{{Kind: model.ElementMember, Name: name, Type: item, Max: model.Unbounded, Pos: t.Pos}}
}
