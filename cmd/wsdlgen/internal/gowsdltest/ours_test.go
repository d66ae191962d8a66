package gowsdltest

import (
	"os"
	"path/filepath"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// An own is what wsdlgen makes, and why some of it is not where gowsdl has it.
type own struct {
	*code
	// Ordered are structs that keep the order of what may repeat in it, in a slice of its own.
	Ordered map[string]bool
	// Shared are names that several things in the schemas want.
	Shared map[string]bool
	// Bound are ports that a SOAP binding carries.
	Bound map[string]bool
}

// runOurs returns what wsdlgen makes of a document; nil if it is wrong.
func runOurs(document string) *own {
	var diags source.List
	set, err := load.Load(os.DirFS(filepath.Dir(document)), &diags, filepath.Base(document))
	if err != nil {
		return nil
	}
	contract, err := resolve.Resolve(set, &diags)
	if err != nil {
		return nil
	}
	pkg, err := shape.Make(contract, shape.Options{Pointers: true, KeepWrappers: true, Aliases: true})
	if err != nil {
		return nil
	}
	plan, err := names.Make(pkg, names.Gowsdl, names.Renames{})
	if err != nil {
		return nil
	}
	c := &own{newCode(), map[string]bool{}, map[string]bool{}, map[string]bool{}}
	c.look(contract)
	for _, s := range pkg.Structs {
		fields := map[string]string{}
		for _, f := range s.Fields {
			switch f.Role {
			case shape.Element:
				fields[f.Name.Local] = plan.Field(f)
			case shape.Attribute:
				fields["@"+f.Name.Local] = plan.Field(f)
			case shape.Text:
				fields["."] = plan.Field(f)
			case shape.Wildcard:
				fields["*"] = plan.Field(f)
			case shape.Choice, shape.Sequence:
				c.Ordered[plan.Struct(s)] = true
			}
		}
		c.Fields[plan.Struct(s)] = fields
	}
	for _, a := range pkg.Aliases {
		if name := plan.Alias(a); name != "" {
			c.Fields[name] = nil
			if a.Value.Struct != nil {
				c.Fields[name] = c.Fields[plan.Struct(a.Value.Struct)]
			}
		}
	}
	for _, e := range pkg.Enums {
		c.Fields[plan.Enum(e)] = nil
	}
	for _, port := range pkg.Ports {
		name, _ := plan.GowsdlPort(port)
		c.Actions[name] = map[string]string{}
		for _, o := range port.Operations {
			c.Actions[name][plan.Method(o)] = o.Action
		}
	}
	return c
}

// look fills Shared and Bound.
func (o *own) look(contract *model.Contract) {
	count := map[string]int{}
	for _, t := range contract.Types {
		if !t.IsAnonymous() {
			count[names.Gowsdl.TypeName(t.Name.Local)]++
		}
	}
	for _, el := range contract.Elements {
		count[names.Gowsdl.TypeName(el.Name.Local)]++
	}
	for _, pt := range contract.PortTypes {
		name := names.Gowsdl.TypeName(pt.Name.Local)
		count[name]++
		for _, op := range pt.Operations {
			if len(op.Bindings) > 0 {
				o.Bound[name] = true
			}
		}
	}
	for name, n := range count {
		o.Shared[name] = n > 1
	}
}
