package emit

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

const tablesFile = "tables.go"

// genTables prints the namespaces, and for each struct its table and the methods that reach it. The methods for
// encoding/xml carry no comments: there are two for each type, and they all do the same.
func (e *emitter) genTables() {
	e.genSpaces(e.in(tablesFile))
	own := e.split()
	for _, s := range e.structs {
		p := e.spaceFile(own, s.Space, tablesFile)
		e.genMethods(p, s)
		e.genTable(p, s)
	}
}

func (e *emitter) genSpaces(p *printer) {
	spaces := e.pkg.SpacesOf(e.home)
	if len(spaces) == 0 {
		return
	}
	p.comment("The namespaces of the contract.")
	p.P("const (")
	for _, space := range spaces {
		p.P(checkIdent(e.plan.Space(space)), " = ", quote(space))
	}
	p.P(")")
	p.P()
}

func (e *emitter) genMethods(p *printer, s *shape.Struct) {
	name, table := checkIdent(e.plan.Struct(s)), checkIdent(e.plan.Table(s))
	p.comment("XMLType makes *" + name + " an xmlwire.Message.")
	p.P("func (*", name, ") XMLType() *", ident{xmlwirePath, "Type"}, " { return &", table, " }")
	if !s.IsRoot() {
		p.P()
		return
	}
	start := code{"start ", ident{xmlPath, "StartElement"}}
	p.P("func (v ", name, ") MarshalXML(e *", ident{xmlPath, "Encoder"}, ", ", start, ") error { return ",
		ident{xmlwirePath, "MarshalXML"}, "(e, start, &v) }")
	p.P("func (v *", name, ") UnmarshalXML(d *", ident{xmlPath, "Decoder"}, ", ", start, ") error { return ",
		ident{xmlwirePath, "UnmarshalXML"}, "(d, start, v) }")
	p.P()
}

func (e *emitter) genTable(p *printer, s *shape.Struct) {
	p.P("var ", e.plan.Table(s), " = ", ident{xmlwirePath, "Type"}, "{")
	if s.Name != "" {
		p.P("Name: ", quote(s.Name), ",")
	}
	if s.Space != "" {
		p.P("Space: ", e.plan.Space(s.Space), ",")
	}
	if s.RootElement != "" {
		p.P("Element: ", quote(s.RootElement), ",")
	}
	if s.Role == shape.Unknown {
		p.P("Unknown: true,")
	}
	if s.ArrayOf != nil {
		p.P("ArrayOf: ", e.wireName(*s.ArrayOf), ",")
	}
	if len(s.Fields) > 0 {
		p.P("Members: []", ident{xmlwirePath, "Member"}, "{")
		for _, f := range s.Fields {
			p.P("{", e.tableLine(s, f), "},")
		}
		p.P("},")
	}
	p.P("}")
	p.P()
}

// tableLine returns what stands in the braces of an xmlwire.Member.
func (e *emitter) tableLine(s *shape.Struct, f *shape.Field) code {
	field := e.plan.Field(f)
	line := code{"Field: ", quote(field)}
	put := func(key string, value ...any) {
		line = append(append(line, ", ", key, ": "), value...)
	}
	// An AnyElement without a name is a wildcard, so one that is an element says its name even where it is that of the field.
	if f.Name.Local != "" && (f.Name.Local != field || f.Value.Kind == "AnyElement") {
		put("Name", quote(f.Name.Local))
	}
	if f.Name.Space != "" && (f.IsAttr() || f.Name.Space != s.Space) {
		put("Space", e.plan.Space(f.Name.Space))
	}
	if f.Item != nil {
		put("Item", quote(f.Item.Local))
		if f.Item.Space != "" && f.Item.Space != s.Space {
			put("ItemSpace", e.plan.Space(f.Item.Space))
		}
	}
	if f.ArrayOf != nil {
		put("ArrayOf", e.wireName(*f.ArrayOf))
	}
	if f.TypeName != nil {
		put("TypeName", e.wireName(*f.TypeName))
	}
	put("Kind", ident{xmlwirePath, f.Value.Kind})
	if flags := e.flags(s, f); len(flags) > 0 {
		put("Flags", flags)
	}
	if f.Choice != 0 {
		put("Choice", f.Choice)
		put("Branch", f.Branch)
	}
	if len(f.Facets) > 0 {
		put("Facets", e.facets(f))
	}
	if len(f.Alts) > 0 {
		put("Alts", e.alternatives(f))
	}
	return line
}

// flags returns the flags of a line, joined by |.
func (e *emitter) flags(s *shape.Struct, f *shape.Field) code {
	var flags code
	set := func(on bool, flag string) {
		if !on {
			return
		}
		if len(flags) > 0 {
			flags = append(flags, " | ")
		}
		flags = append(flags, ident{xmlwirePath, flag})
	}
	set(f.IsAttr(), "Attr")
	set(f.Role == shape.Text, "Text")
	set(f.List, "List")
	set(f.Required, "Required")
	set(f.Nillable, "Nillable")
	set(f.ItemNillable, "ItemNillable")
	set(f.Role == shape.Element && f.Name.Space == "" && s.Space != "", "Unqualified")
	set(f.Item != nil && f.Item.Space == "" && s.Space != "", "ItemUnqualified")
	set(f.Abstract, "Abstract")
	return flags
}

func (e *emitter) facets(f *shape.Field) code {
	facets := code{"[]", ident{xmlwirePath, "Facet"}, "{"}
	for i, facet := range f.Facets {
		if i > 0 {
			facets = append(facets, ", ")
		}
		facets = append(facets, "{Name: ", quote(facet.Name), ", Value: ", quote(facet.Value), "}")
	}
	return append(facets, "}")
}

func (e *emitter) alternatives(f *shape.Field) code {
	alts := code{"[]", ident{xmlwirePath, "Message"}, "{"}
	for i, s := range f.Alts {
		if i > 0 {
			alts = append(alts, ", ")
		}
		alts = append(alts, "(*", e.structType(s), ")(nil)")
	}
	return append(alts, "}")
}
