package names

import (
	"go/token"
	"slices"
	"strings"
	"unicode"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// A Style is a way to spell the names that stand in a WSDL. What a package makes up for itself, and how names are told apart
// that are the same, is no matter of style.
type Style int

const (
	// Idiomatic spells names as Go's own style has them: see Exported.
	Idiomatic Style = iota
	// Gowsdl spells names as gowsdl v0.5.0 does, for programs that move over from there: but for the first letter they
	// are kept, characters that no identifier can hold are dropped, and keywords get an underscore. Where it makes no
	// exported identifier of a name, or the same of two in one scope, its code does not compile, and ours is spelled as
	// in the other style.
	Gowsdl
)

// TypeName spells the name of a type or an element that has a type of its own.
func (s Style) TypeName(name string) string { return s.spell(name, upperFirst(keepKeyword(name))) }

// fieldName spells the name of a field.
func (s Style) fieldName(name string, attr bool) string {
	switch {
	case attr:
		return s.spell(name, upperFirst(normalized(name)))
	case name == "string":
		return s.spell(name, "Astring")
	}
	return s.spell(name, upperFirst(keepKeyword(name)))
}

// methodName spells the name of the method for an operation.
func (s Style) methodName(name string) string { return s.spell(name, keepKeyword(upperFirst(name))) }

// portName spells what the names for a port begin with.
func (s Style) portName(name string) string { return s.spell(name, upperFirst(name)) }

// valueName spells the name of the constant for a value of an enumeration.
func (s Style) valueName(enum, value string) string {
	if s == Gowsdl {
		if name := enum + upperFirst(keepKeyword(value)); name != enum {
			return name
		}
	}
	return enum + valueName(value)
}

// text is the field for the text of an element with attributes.
func (s Style) text() string {
	if s == Gowsdl {
		return "Value"
	}
	return "Text"
}

// wildcard is the field for elements of any name.
func (s Style) wildcard() string {
	if s == Gowsdl {
		return "Items"
	}
	return "Any"
}

// spell returns gowsdl's name if the style is gowsdl's and the name can be had.
func (s Style) spell(name, gowsdl string) string {
	if s == Gowsdl && token.IsIdentifier(gowsdl) && token.IsExported(gowsdl) {
		return gowsdl
	}
	return Exported(name)
}

func keepKeyword(name string) string {
	if token.IsKeyword(name) {
		return name + "_"
	}
	return normalized(name)
}

func normalized(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '.':
			return '_'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '_':
			return r
		}
		return -1
	}, name)
}

// basicTypes keep their small letter in gowsdl, also where a schema defines something of that name.
var basicTypes = strings.Fields("string float32 float64 int int8 int16 int32 int64 bool byte uint16 uint32")

func upperFirst(name string) string {
	runes := []rune(name)
	if len(runes) == 0 || slices.Contains(basicTypes, name) {
		return name
	}
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}

// planAliases names what schemas name and Go needs no declaration for, where that name is free.
func (p *planner) planAliases() {
	for _, a := range p.pkg.Aliases {
		scope, name := p.scope(a.Home), p.style.TypeName(a.Name.Local)
		if scope.free(name) {
			scope[name] = holder{a.Name.Space, "Alias"}
			p.decls[a] = name
		}
	}
}

// Alias returns the name of an alias, or "" where something else has it.
func (p *Plan) Alias(a *shape.Alias) string { return p.decls[a] }

// Gowsdl reports whether names are spelled as gowsdl does. Ports have an interface then too, with its constructor and the
// methods of gowsdl.
func (p *Plan) Gowsdl() bool { return p.style == Gowsdl }

// GowsdlPort returns the name of the interface of a port as gowsdl makes it, and that of its implementation; New in front of
// the former is the name of its constructor.
func (p *Plan) GowsdlPort(port *shape.Port) (name, implementation string) {
	base := look(p.ports, port)
	return base, gowsdlPort(base)
}

func gowsdlPort(base string) string { return "gowsdl" + base }

// Context returns the name of the method of such an interface that takes a context; the other is called Method.
func (p *Plan) Context(o *shape.Operation) string { return look(p.contexts, o) }
