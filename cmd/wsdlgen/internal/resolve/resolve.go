// Package resolve turns documents as they are written into the model of what they declare.
//
// Resolve links every name to a pointer, fills in defaults, inlines groups, settles forms into expanded names, and
// merges documents that declare the same. What it does not support, and what contradicts itself, is an error with a
// position; all of them are reported, not the first alone.
package resolve

import (
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// Limits that keep small documents from becoming large models.
const (
	maxWork       = 1_000_000 // particles, attributes and members made, copies by groups and derivation included
	maxDerivation = 100       // types deriving from one another
	maxGroups     = 100       // groups within groups
	maxNest       = 250       // components that need one another to be filled in
)

// Resolve makes the model of what was read. Errors, of type source.Errors, and warnings also go to diags. With an error
// there is no Contract.
func Resolve(set *load.Set, diags *source.List) (*model.Contract, error) {
	r := &resolver{
		diags:   diags,
		out:     &model.Contract{Documents: set.Documents},
		symbols: make(map[symbol]*decl),
		byLocal: make(map[symbol][]*decl),
		anyCase: make(map[symbol]model.Name),
		spaces:  make(map[string]bool),
		schemas: make(map[string]*model.Schema),
		inner:   make(map[*model.Type][]*model.Type),
		depth:   make(map[*model.Type]int),

		operations:   make(map[operationKey][]*model.Operation),
		services:     make(map[model.Name]*model.Service),
		bindings:     make(map[*decl]*model.Binding),
		bound:        make(map[*model.PortType]bool),
		partElements: make(map[*model.Part]*model.Element),
		arrays:       make(map[string]*model.Type),
	}
	r.declareSchemas(set.Schemas)
	r.declareDefinitions(set.Definitions)
	r.substitutions()
	r.resolveSchemas()
	r.resolveDefinitions()
	if err := diags.Err(); err != nil {
		return nil, err
	}
	r.collect()
	return r.out, nil
}

type resolver struct {
	diags *source.List
	out   *model.Contract

	symbols map[symbol]*decl
	byLocal map[symbol][]*decl    // by kind and local name
	anyCase map[symbol]model.Name // by kind and local name in lower case
	spaces  map[string]bool       // that anything is declared in
	decls   []*decl               // in order of definition
	schemas map[string]*model.Schema

	policies map[string]*syntax.Node // by the names that references have

	later []func()                      // anonymous types that are still to be filled
	inner map[*model.Type][]*model.Type // the anonymous types right inside a type
	depth map[*model.Type]int           // how many types a type derives from
	work  int
	stuck bool // maxWork was exceeded and said so
	nest  int  // components that are being filled in, each for the sake of the one before

	operations map[operationKey][]*model.Operation
	services   map[model.Name]*model.Service
	bindings   map[*decl]*model.Binding // nil for those passed over
	bound      map[*model.PortType]bool // by one of those
	// partElements are those made for parts that have a type.
	partElements map[*model.Part]*model.Element
	madeTypes    []*model.Type          // that no schema declares: for bodies, and of SOAP encoding
	arrays       map[string]*model.Type // of anything, by the namespace of SOAP encoding
}

// spend counts n steps of work and reports whether there may be more.
func (r *resolver) spend(n int, pos source.Pos) bool {
	r.work += n
	if r.work > maxWork && !r.stuck {
		r.stuck = true
		r.errorf(pos, "groups or derivations multiply its content",
			"the schema becomes too large: it has more than %d parts", maxWork)
	}
	return !r.stuck
}

// enter takes note that a component is filled in, often for the sake of another one, until leave. It reports false,
// after an error, where too many wait for one another.
func (r *resolver) enter(d *decl) bool {
	if r.nest >= maxNest {
		r.errorf(d.node.Pos, "", "more than %d definitions depend on one another", maxNest)
		return false
	}
	r.nest++
	return true
}

func (r *resolver) leave() { r.nest-- }

func (r *resolver) errorf(pos source.Pos, hint, format string, args ...any) {
	r.diags.Errorf(pos, hint, format, args...)
}

// unsupported refuses what is valid and not supported.
func (r *resolver) unsupported(pos source.Pos, hint, format string, args ...any) {
	r.diags.Errorf(pos, hint, "not supported: "+format, args...)
}

// resolveSchemas fills in all global components, and then the anonymous types found on the way. Those wait because
// a type may hold an element whose anonymous type extends the very type it stands in.
func (r *resolver) resolveSchemas() {
	for _, d := range r.decls {
		switch d.kind {
		case typeSymbol:
			r.completeType(d)
		case elementSymbol:
			r.completeElement(d)
		case attributeSymbol:
			r.completeAttribute(d)
		case groupSymbol:
			r.completeGroup(d)
		case attributeGroupSymbol:
			r.completeAttributeGroup(d)
		}
	}
	for len(r.later) > 0 {
		next := r.later[0]
		r.later = r.later[1:]
		next()
	}
}

// collect fills the lists of the Contract, in the order of definition.
func (r *resolver) collect() {
	declared, own := make(map[*model.Schema]bool), make(map[*model.Schema]bool)
	for _, d := range r.decls {
		if d.typ != nil {
			r.collectType(d.typ)
		}
		if d.elem != nil {
			r.out.Elements = append(r.out.Elements, d.elem)
		}
		for _, t := range d.inner {
			r.collectType(t)
		}
		if d.schema != nil {
			declared[d.schema.model] = true
			own[d.schema.model] = own[d.schema.model] || !d.schema.WellKnown
		}
	}
	for _, t := range r.madeTypes {
		r.collectType(t)
		declared[t.Schema], own[t.Schema] = true, true
	}
	r.out.Schemas = slices.DeleteFunc(r.out.Schemas, func(s *model.Schema) bool { return !declared[s] })
	for _, t := range r.out.Types {
		if t.Kind == model.ComplexType && t.Base != nil {
			t.Base.Derived = append(t.Base.Derived, t)
		}
	}
	markUsed(r.out)
	dropUnneeded(r.out, own)
}

func (r *resolver) collectType(t *model.Type) {
	r.out.Types = append(r.out.Types, t)
	for _, in := range r.inner[t] {
		r.collectType(in)
	}
}

// Kinds of component that are looked up by name.
const (
	typeSymbol           = "type"
	elementSymbol        = "element"
	attributeSymbol      = "attribute"
	groupSymbol          = "group"
	attributeGroupSymbol = "attribute group"
	messageSymbol        = "message"
	portTypeSymbol       = "port type"
	bindingSymbol        = "binding"
)

// A symbol is a global component: its kind is also what errors call it.
type symbol struct {
	kind string
	name model.Name
}

// A decl is a global component and what was made of it.
type decl struct {
	symbol
	node   *syntax.Node
	schema *schema // of a component of XML Schema
	target string  // of one of WSDL
	state  state

	typ       *model.Type
	elem      *model.Element
	attr      *model.Attribute
	particle  *particle     // of a group
	attrs     attributes    // of an attribute group
	inner     []*model.Type // anonymous types right inside, where there is no type that owns them
	head      *decl         // what an element may substitute
	redefines bool          // stands in an xs:redefine
	original  *decl         // what it redefines
	followers []*decl       // the elements that name this one as theirs

	message  *model.Message
	portType *model.PortType
}

// An operationKey is what a binding calls an operation by.
type operationKey struct {
	portType *model.PortType
	name     string
}

// state keeps components that refer to themselves from being followed without end.
type state uint8

const (
	untouched state = iota
	inProgress
	done
)
