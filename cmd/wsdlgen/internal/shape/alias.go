package shape

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"

// An Alias is something that a schema names and that has no declaration of its own in Go: a simple type that is held as a
// built-in one, or an element whose type has a name.
type Alias struct {
	Name model.Name
	// Home is the import path of the Go package of its namespace: see Struct.
	Home  string
	Value Value
	// List says that it is a list of such values.
	List bool
}

// listAliases fills Package.Aliases.
func (b *builder) listAliases() {
	if !b.opts.Aliases {
		return
	}
	add := func(name model.Name, t *model.Type) {
		a := &Alias{Name: name, Home: b.opts.Homes[name.Space]}
		switch item, isList := t.IsList(); {
		case isList:
			a.List = true
			a.Value = b.plain(item)
		case t.IsSimple():
			a.Value = b.plain(t)
		case b.types[t] != nil && !t.IsAnonymous():
			a.Value = Value{Kind: "Struct", Struct: b.types[t]}
		default:
			return
		}
		if home, _, declared := a.Value.home(); declared && home != a.Home {
			return // it would tie one package to another
		}
		b.pkg.Aliases = append(b.pkg.Aliases, a)
	}
	for _, t := range b.pkg.Contract.Types {
		if t.IsSimple() && !t.IsAnonymous() && b.enums[t] == nil {
			add(t.Name, t)
		}
	}
	for _, el := range b.pkg.Contract.Elements {
		add(el.Name, el.Type)
	}
}

// plain returns how one value of a simple type is held.
func (b *builder) plain(t *model.Type) Value {
	var f Field
	b.simple(&f, t)
	return f.Value
}
