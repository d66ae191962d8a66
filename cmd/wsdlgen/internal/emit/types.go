package emit

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"

const typesFile = "types.go"

// genTypes prints structs and sealed interfaces.
func (e *emitter) genTypes() {
	own := e.split()
	for _, s := range e.structs {
		e.genStruct(e.spaceFile(own, s.Space, typesFile), s)
	}
	for _, i := range e.interfacesHere() {
		e.genInterface(e.spaceFile(own, interfaceSpace(i), typesFile), i)
	}
}

func (e *emitter) genStruct(p *printer, s *shape.Struct) {
	name := checkIdent(e.plan.Struct(s))
	about := []string{name + " " + e.structDoc(s)}
	about = append(about, paragraphs(s.Doc)...)
	about = append(about, e.choiceDoc(s)...)
	p.comment(about...)
	if len(s.Fields) == 0 {
		p.P("type ", name, " struct{}")
		p.P()
		return
	}
	p.P("type ", name, " struct {")
	tags := jsonNames(s, e.plan.Field)
	for _, f := range s.Fields {
		p.comment(fieldDoc(f)...)
		p.P(checkIdent(e.plan.Field(f)), " ", e.fieldType(f), e.jsonTag(f, tags[f]))
	}
	p.P("}")
	p.P()
}

// fieldType returns the Go type of a field.
func (e *emitter) fieldType(f *shape.Field) code {
	value := e.valueType(f.Value)
	switch f.Form {
	case shape.Optional:
		return code{ident{xmlwirePath, "Opt"}, "[", value, "]"}
	case shape.Pointer:
		return code{"*", value}
	case shape.Slice:
		return code{"[]", e.itemType(f, value)}
	}
	return value
}

func (e *emitter) itemType(f *shape.Field, value code) code {
	switch f.ItemForm {
	case shape.Optional:
		return code{ident{xmlwirePath, "Opt"}, "[", value, "]"}
	case shape.Pointer:
		return code{"*", value}
	}
	return value
}

// valueType returns the Go type of one value of a field.
func (e *emitter) valueType(v shape.Value) code {
	switch {
	case v.Struct != nil:
		return e.structType(v.Struct)
	case v.Enum != nil:
		return e.declared(v.Enum.Home, e.plan.Enum(v.Enum))
	case v.Interface != nil:
		return e.interfaceType(v)
	case v.Package != "":
		return code{ident{importPath(v.Package), v.Basic}}
	}
	return code{v.Basic}
}

func (e *emitter) interfaceType(v shape.Value) code {
	return e.declared(v.Interface.Home, e.plan.Interface(v.Interface))
}

func (e *emitter) structType(s *shape.Struct) code { return e.declared(s.Home, e.plan.Struct(s)) }

// declared returns a name that is declared in the package home.
func (e *emitter) declared(home, name string) code {
	if home == e.home {
		return code{checkIdent(name)}
	}
	return code{ident{importPath(home), checkIdent(name)}}
}
