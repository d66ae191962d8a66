package names

import (
	"slices"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// Dump returns the plan as text, for people and golden files: each declaration with what it stands for, sorted by Go
// name, fields and methods below it.
func (p *Plan) Dump() string {
	var d dump
	for _, space := range p.pkg.Spaces {
		d.line(p.Space(space), "namespace "+strconv.Quote(space))
	}
	for _, s := range p.pkg.Structs {
		d.line(at(s.Home, p.Struct(s)), "struct "+describe(s))
		for _, f := range s.Fields {
			d.sub(p.Field(f), fieldText(f))
		}
	}
	for _, e := range p.pkg.Enums {
		d.line(at(e.Home, p.Enum(e)), "enum "+e.Type.Name.String())
		for _, v := range e.Values {
			d.sub(p.EnumValue(v), strconv.Quote(v.Value))
		}
	}
	for _, i := range p.pkg.Interfaces {
		d.line(at(i.Home, p.Interface(i)), "interface")
		for _, s := range i.Members {
			d.sub(p.Struct(s), "")
		}
	}
	for _, e := range p.pkg.Endpoints {
		d.line(p.Endpoint(e), "binding "+strconv.Quote(e.Name()))
	}
	for _, b := range p.pkg.Blocks {
		for _, use := range []string{"request", "response", "fault", "new"} {
			if name, ok := p.blocks[blockUse{b, use}]; ok {
				d.line(name, use+" "+b.Element.Name.String())
			}
		}
	}
	for _, port := range p.pkg.Ports {
		d.line(p.Client(port), "port "+port.PortType.Name.String())
		for _, o := range port.Operations {
			d.sub(p.Method(o), strconv.Quote(o.Operation.Name))
			if o.List != nil {
				d.sub(p.Stream(o), "stream of "+p.Field(o.List))
			}
		}
	}
	return d.String()
}

// at puts the package in front of a name that is not declared in that of the ports.
func at(home, name string) string {
	if home == "" {
		return name
	}
	return home + "." + name
}

func describe(s *shape.Struct) string {
	switch s.Role {
	case shape.Complex:
		if s.Type.IsAnonymous() {
			return "{" + s.Space + "}" + strings.Join(s.Type.Path, "/") + " anonymous"
		}
		return s.Type.Name.String()
	case shape.Content:
		return s.Element.Name.String() + " element"
	case shape.Empty:
		return "empty message of " + s.Operation.Name
	case shape.Group:
		return "group"
	case shape.Alternative:
		return "alternative"
	}
	return "unknown type"
}

func fieldText(f *shape.Field) string {
	switch f.Role {
	case shape.Element:
		return f.Name.Local
	case shape.Attribute:
		return "@" + f.Name.Local
	case shape.Text:
		return "text"
	case shape.Sequence:
		return "sequence"
	case shape.Choice:
		return "choice"
	}
	return "any"
}

// A dump collects lines that belong together into entries, and sorts those.
type dump struct{ entries []string }

func (d *dump) line(name, what string) {
	d.entries = append(d.entries, name+"\t"+what+"\n")
}

func (d *dump) sub(name, what string) {
	d.entries[len(d.entries)-1] += "\t" + strings.TrimSpace(name+"\t"+what) + "\n"
}

// String returns the entries, sorted.
func (d *dump) String() string {
	slices.Sort(d.entries)
	return strings.Join(d.entries, "")
}
