package names

import (
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/suggest"
)

// A Rename gives something another name than the one it would have. It comes before all others that want that name.
type Rename struct {
	// What is renamed: a type {namespace}Name, one without a name by its path {namespace}Order/Line, a field
	// {namespace}Type/element or {namespace}Type/@attribute, or an operation PortType.Operation.
	What string
	To   string     // an exported identifier
	Pos  source.Pos // where it is asked for
}

// Renames are the names that somebody chose.
type Renames struct{ Types, Fields, Operations []Rename }

// Make plans the names for pkg as a style spells them, some of which are given. The error, if any, is of type source.Errors:
// something is not there, or cannot have the name.
func Make(pkg *shape.Package, style Style, renames Renames) (*Plan, error) {
	p := newPlanner(pkg, style)
	p.renameTypes(renames.Types)
	p.renamedFields = find(p, renames.Fields, "field", fieldKeys(pkg))
	p.renamedOperations = find(p, renames.Operations, "operation", operationKeys(pkg))
	p.plan()
	return p.Plan, p.errs.Err()
}

// typeKeys returns what a Rename calls the types of pkg.
func typeKeys(pkg *shape.Package) map[string]any {
	keys := map[string]any{}
	for _, s := range pkg.Structs {
		if s.Role == shape.Content {
			keys[s.Element.Name.String()] = s
		}
	}
	for _, s := range pkg.Structs {
		if s.Role == shape.Complex && s.Type.IsAnonymous() {
			keys[structKey(s)] = s
		}
	}
	for _, e := range pkg.Enums {
		keys[enumKey(e)] = e
	}
	for _, s := range pkg.Structs { // those that schemas name come before the types of elements
		if s.Role == shape.Complex && !s.Type.IsAnonymous() {
			keys[structKey(s)] = s
		}
	}
	return keys
}

func structKey(s *shape.Struct) string {
	if s.Type.IsAnonymous() {
		return expanded(s.Space, strings.Join(s.Type.Path, "/"))
	}
	return s.Type.Name.String()
}

func enumKey(e *shape.Enum) string {
	if e.Type.IsAnonymous() {
		return expanded(e.Type.Name.Space, strings.Join(e.Type.Path, "/"))
	}
	return e.Type.Name.String()
}

func expanded(space, local string) string {
	if space == "" {
		return local
	}
	return "{" + space + "}" + local
}

// fieldKeys returns what a Rename calls the fields of pkg.
func fieldKeys(pkg *shape.Package) map[string]*shape.Field {
	keys := map[string]*shape.Field{}
	for name, decl := range typeKeys(pkg) {
		s, ok := decl.(*shape.Struct)
		if !ok {
			continue
		}
		for _, f := range s.Fields {
			if f.Role == shape.Element || f.Role == shape.Attribute {
				keys[name+"/"+fieldText(f)] = f
			}
		}
	}
	return keys
}

// operationKeys returns what a Rename calls the operations of pkg. Of those that are overloaded it is the first.
func operationKeys(pkg *shape.Package) map[string]*shape.Operation {
	keys := map[string]*shape.Operation{}
	for _, port := range pkg.Ports {
		for _, o := range slices.Backward(port.Operations) {
			keys[port.PortType.Name.Local+"."+o.Operation.Name] = o
		}
	}
	return keys
}

// renameTypes gives types the names that were chosen for them, before any other has one.
func (p *planner) renameTypes(renames []Rename) {
	keys := typeKeys(p.pkg)
	found := find(p, renames, "type", keys)
	for _, r := range renames {
		decl := keys[r.What]
		if _, ok := found[decl]; !ok || p.decls[decl] != "" {
			continue
		}
		home, space := "", ""
		switch decl := decl.(type) {
		case *shape.Struct:
			home, space = decl.Home, decl.Space
		case *shape.Enum:
			home, space = decl.Home, decl.Type.Name.Space
		}
		scope := p.scope(home)
		if !scope.free(r.To) {
			p.errs.Errorf(r.Pos, "choose another name", "two types cannot both be called %s", r.To)
			continue
		}
		scope[r.To] = holder{space, "Type"}
		p.decls[decl] = r.To
	}
}

// find returns what is renamed, and how. What cannot be is reported.
func find[T comparable](p *planner, renames []Rename, kind string, keys map[string]T) map[T]Rename {
	found := map[T]Rename{}
	for _, r := range renames {
		key, ok := keys[r.What]
		switch {
		case !ok:
			p.errs.Errorf(r.Pos, suggest.Hint(r.What, slices.Collect(maps.Keys(keys))), "there is no %s %s", kind, r.What)
		case !token.IsIdentifier(r.To) || !token.IsExported(r.To):
			p.errs.Errorf(r.Pos, "write letters and digits, with a capital in front", "%s cannot be the name of a %s", strconv.Quote(r.To), kind)
		default:
			found[key] = r
		}
	}
	return found
}

// pickRenamed takes the name that was chosen for something in a small scope, that of a struct or a port. It is empty if
// none was, or something has it.
func (p *planner) pickRenamed(scope scope, by holder, r Rename, of string) string {
	if r.To == "" {
		return ""
	}
	if !scope.free(r.To) {
		p.errs.Errorf(r.Pos, "choose another name", "%s already has something called %s", of, r.To)
		return ""
	}
	scope[r.To] = by
	return r.To
}
