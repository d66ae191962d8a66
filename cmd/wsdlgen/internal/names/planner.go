package names

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// New plans the names for pkg.
func New(pkg *shape.Package) *Plan {
	p := newPlanner(pkg, Idiomatic)
	p.plan()
	return p.Plan
}

func newPlanner(pkg *shape.Package, style Style) *planner {
	p := &planner{
		Plan: &Plan{
			decls:    map[any]string{},
			fields:   map[*shape.Field]string{},
			ports:    map[*shape.Port]string{},
			methods:  map[*shape.Operation]string{},
			streams:  map[*shape.Operation]string{},
			contexts: map[*shape.Operation]string{},
			ops:      map[*shape.Operation]string{},
			blocks:   map[blockUse]string{},
			spaces:   qualifiers(pkg.Spaces),
			files:    map[any]string{},
			pkg:      pkg,
			style:    style,
		},
		scopes: map[string]scope{},
		rank:   map[string]int{},
	}
	for i, space := range pkg.Spaces {
		p.rank[space] = i - len(pkg.Spaces) // below that of no namespace
	}
	return p
}

func (p *planner) plan() {
	p.holders = p.pkg.SecretHolders()
	p.planTypes()
	p.planPorts()
	p.planEndpoints()
	p.planInterfaces()
	p.planParts()
	p.planMessages()
	p.planConstants()
	p.planBlocks()
	for _, s := range p.pkg.Structs {
		p.planFields(s)
	}
	p.planAliases()
	p.planFiles()
}

type planner struct {
	*Plan
	scopes map[string]scope // of packages, by their import paths; that of the ports is the empty one
	rank   map[string]int   // of namespaces

	renamedFields     map[*shape.Field]Rename
	renamedOperations map[*shape.Operation]Rename
	errs              source.List

	holders map[*shape.Struct]bool // of secrets
}

// scope returns the scope of the package home.
func (p *planner) scope(home string) scope {
	if p.scopes[home] == nil {
		p.scopes[home] = scope{}
	}
	return p.scopes[home]
}

// A want is something that wants a name in the package scope.
type want struct {
	decl  any
	home  string
	space string
	local string // in the WSDL
	named bool   // a schema names it so
	kind  string // qualifies by kind
	place string // of what is anonymous: all its path, which may be longer than local
}

// settle gives names to a group of equally prominent things.
func (p *planner) settle(wants []want) {
	slices.SortStableFunc(wants, func(a, b want) int {
		return cmp.Or(cmp.Compare(p.rank[a.space], p.rank[b.space]), cmp.Compare(a.local, b.local), cmp.Compare(a.place, b.place))
	})
	for _, w := range wants {
		if p.decls[w.decl] == "" { // it was not renamed
			p.decls[w.decl] = p.pick(w)
		}
	}
}

// pick names one thing in the package scope. Its namespace tells it apart only from things of another namespace, its
// kind only from things of another kind.
func (p *planner) pick(w want) string {
	scope := p.scope(w.home)
	base := Exported(w.local)
	if w.named {
		base = p.style.TypeName(w.local)
	}
	names := []string{base}
	rival := scope[base]
	if w.place != "" {
		names = append(names, Exported(w.place))
	}
	if rival.space != w.space {
		names = append(names, p.qualifier(w.space)+base)
	}
	if rival.kind != w.kind {
		names = append(names, base+w.kind, p.qualifier(w.space)+base+w.kind)
	}
	return scope.pick(holder{w.space, w.kind}, names...)
}

func (p *planner) qualifier(space string) string {
	if space == "" {
		return "Local"
	}
	return look(p.spaces, space)
}

// planTypes names what schemas name, then what stands unnamed in types and elements.
func (p *planner) planTypes() {
	var named, unnamed []want
	for _, s := range p.pkg.Structs {
		switch {
		case s.Role == shape.Complex && s.Type.IsAnonymous():
			unnamed = append(unnamed, unnamedWant(s, s.Home, s.Space, s.Type, "Element"))
		case s.Role == shape.Complex:
			named = append(named, want{decl: s, home: s.Home, space: s.Space, local: s.Name, named: true, kind: "Type"})
		case s.Role == shape.Content:
			unnamed = append(unnamed, want{decl: s, home: s.Home, space: s.Space, local: s.Element.Name.Local, named: true, kind: "Element"})
		}
	}
	for _, e := range p.pkg.Enums {
		if e.Type.IsAnonymous() {
			unnamed = append(unnamed, unnamedWant(e, e.Home, e.Type.Name.Space, e.Type, "Enum"))
		} else {
			named = append(named, want{decl: e, home: e.Home, space: e.Type.Name.Space, local: e.Type.Name.Local, named: true, kind: "Enum"})
		}
	}
	p.settle(named)
	p.settle(unnamed)
}

// unnamedWant is the wish of something that stands at the place of an anonymous type.
func unnamedWant(decl any, home, space string, t *model.Type, kind string) want {
	return want{decl: decl, home: home, space: space, local: anonymous(t), named: len(t.Path) == 1, kind: kind, place: strings.Join(t.Path, "_")}
}

// anonymous makes a name of the place where an anonymous type stands. The item of an array type (ArrayOfX) is named
// without the array, which is not there in Go.
func anonymous(t *model.Type) string {
	if len(t.Path) == 0 {
		return "Anonymous"
	}
	if t.Owner != nil && !t.Owner.IsAnonymous() && t.Owner.ArrayItem() != nil {
		return t.Path[len(t.Path)-1]
	}
	return strings.Join(t.Path, "_")
}

func (p *planner) planPorts() {
	ops := scope{}
	for _, port := range p.sortedPorts() {
		p.ports[port] = p.pickPort(port.PortType.Name)
		p.planMethods(port, ops)
	}
}

func (p *planner) sortedPorts() []*shape.Port {
	ports := slices.Clone(p.pkg.Ports)
	slices.SortStableFunc(ports, func(a, b *shape.Port) int {
		x, y := a.PortType.Name, b.PortType.Name
		return cmp.Or(cmp.Compare(p.rank[x.Space], p.rank[y.Space]), cmp.Compare(x.Local, y.Local))
	})
	return ports
}

// pickPort finds a name that is free with all that is put before and after it.
func (p *planner) pickPort(name model.Name) string {
	base := p.style.portName(name.Local)
	bases := []string{base, base + "Port", p.qualifier(name.Space) + base}
	scope := p.scope("")
	if scope[base+"Client"].kind == "Port" {
		bases = []string{base, p.qualifier(name.Space) + base, base + "Port"}
	}
	for i := 2; ; i++ {
		for _, base := range bases {
			all := []string{base + "Client", "New" + base + "Client", base + "Server", "Unimplemented" + base + "Server", "New" + base + "Handler"}
			if p.style == Gowsdl {
				all = append(all, base, "New"+base, gowsdlPort(base))
			}
			if slices.ContainsFunc(all, func(name string) bool { return !scope.free(name) }) {
				continue
			}
			for _, each := range all {
				scope[each] = holder{name.Space, "Port"}
			}
			return base
		}
		bases = []string{base + strconv.Itoa(i)}
	}
}

// planMethods names the methods for the operations of a port. Overloaded operations are told apart by the message that
// they take. Streams come after all methods, so that an operation called GetStream keeps its name beside Get.
func (p *planner) planMethods(port *shape.Port, ops scope) {
	methods := scope{}
	for _, o := range port.Operations {
		if name := p.pickRenamed(methods, holder{}, p.renamedOperations[o], port.PortType.Name.Local); name != "" {
			p.methods[o] = name
			p.ops[o] = ops.pick(holder{}, "op"+name, "op"+p.ports[port]+name)
		}
	}
	for _, o := range port.Operations {
		if p.methods[o] != "" {
			continue
		}
		base := p.style.methodName(o.Operation.Name)
		names := []string{base}
		if msg := o.Operation.Input.Message; msg != nil {
			names = append(names, base+Exported(msg.Name.Local))
		}
		method := methods.pick(holder{}, names...)
		p.methods[o] = method
		p.ops[o] = ops.pick(holder{}, "op"+method, "op"+p.ports[port]+method)
	}
	if p.style == Gowsdl {
		for _, o := range port.Operations {
			p.contexts[o] = methods.pick(holder{}, p.methods[o]+"Context")
		}
	}
	for _, o := range port.Operations {
		if o.List != nil {
			p.streams[o] = methods.pick(holder{}, p.methods[o]+"Stream", "Stream"+p.methods[o])
		}
	}
}

// planEndpoints names the bindings. Their spelling is kept, also where it has an initialism in it: it is what stands in
// the configuration and the logs of the other side.
func (p *planner) planEndpoints() {
	endpoints := slices.Clone(p.pkg.Endpoints)
	slices.SortStableFunc(endpoints, func(a, b *shape.Endpoint) int {
		return cmp.Or(cmp.Compare(a.Name(), b.Name()), cmp.Compare(serviceName(a), serviceName(b)))
	})
	for _, e := range endpoints {
		base := joined(e.Name())
		names := []string{base, base + "Binding"}
		if p.scope("")[base].kind == "Binding" {
			names = []string{base, serviceName(e) + base, serviceName(e) + base + "Binding"}
		}
		p.decls[e] = p.scope("").pick(holder{e.Binding.Name.Space, "Binding"}, names...)
	}
}

func serviceName(e *shape.Endpoint) string {
	if e.Port == nil || e.Port.Service == nil {
		return ""
	}
	return Exported(e.Port.Service.Name.Local)
}

// planInterfaces names sealed interfaces and their unknown alternatives.
func (p *planner) planInterfaces() {
	var wants []want
	for _, i := range p.pkg.Interfaces {
		switch {
		case i.Head != nil:
			wants = append(wants, want{decl: i, home: i.Home, space: i.Head.Name.Space, local: "Any_" + i.Head.Name.Local, kind: "Element"})
		case i.Type != nil:
			wants = append(wants, want{decl: i, home: i.Home, space: i.Type.Name.Space, local: "Any_" + p.typeName(i.Type), kind: "Interface"})
		}
	}
	p.settle(wants)
	wants = nil
	for _, s := range p.pkg.Structs {
		switch {
		case s.Role == shape.Unknown:
			wants = append(wants, want{decl: s, home: s.Home, space: s.Space, local: "Unknown_" + p.typeName(s.Interface.Type), kind: "Value"})
		case s.Role == shape.Alternative && s.Element != nil:
			wants = append(wants, want{decl: s, home: s.Home, space: s.Space, local: s.Element.Name.Local + "_Element", kind: "Alternative"})
		}
	}
	p.settle(wants)
}

func (p *planner) typeName(t *model.Type) string {
	if t.IsAnonymous() {
		return anonymous(t)
	}
	return t.Name.Local
}

// planParts names the choices and sequences of structs after the struct they stand in. They may be nested, so those
// whose parent has its name come first.
func (p *planner) planParts() {
	type part struct {
		want
		parent *shape.Struct
	}
	var parts []part
	for _, i := range p.pkg.Interfaces {
		if i.Parent != nil {
			parts = append(parts, part{want{decl: i, local: "Choice", kind: Exported(i.First)}, i.Parent})
		}
	}
	for _, s := range p.pkg.Structs {
		switch {
		case s.Role == shape.Group:
			parts = append(parts, part{want{decl: s, local: Exported(s.First) + "Group", kind: "Part"}, s.Parent})
		case s.Role == shape.Alternative && s.Element == nil:
			parts = append(parts, part{want{decl: s, local: "Choice" + Exported(s.First), kind: "Part"}, s.Parent})
		}
	}
	for len(parts) > 0 {
		var ready, later []part
		for _, part := range parts {
			if p.decls[part.parent] != "" {
				ready = append(ready, part)
			} else {
				later = append(later, part)
			}
		}
		slices.SortStableFunc(ready, func(a, b part) int {
			return cmp.Or(cmp.Compare(p.decls[a.parent], p.decls[b.parent]), cmp.Compare(a.parent.Home, b.parent.Home))
		})
		for _, part := range ready {
			base := p.decls[part.parent] + part.local
			p.decls[part.decl] = p.scope(part.parent.Home).pick(holder{part.parent.Space, part.kind}, base, base+part.kind)
		}
		parts = later
	}
}

// planMessages names the structs for empty messages.
func (p *planner) planMessages() {
	for _, port := range p.sortedPorts() {
		for _, o := range port.Operations {
			for _, s := range []*shape.Struct{o.Request, o.Response} {
				if s == nil || s.Role != shape.Empty {
					continue
				}
				base := p.methods[o] + "Request"
				if s.Response {
					base = p.methods[o] + "Response"
				}
				p.decls[s] = p.scope("").pick(holder{kind: "Message"}, base, p.ports[port]+base)
			}
		}
	}
}

// planConstants names the values of enumerations.
func (p *planner) planConstants() {
	enums := slices.Clone(p.pkg.Enums)
	slices.SortFunc(enums, func(a, b *shape.Enum) int {
		return cmp.Or(cmp.Compare(p.decls[a], p.decls[b]), cmp.Compare(a.Home, b.Home))
	})
	for _, e := range enums {
		for _, v := range e.Values {
			base, exact := p.style.valueName(p.decls[e], v.Value), p.decls[e]+spelled(v.Value)
			p.decls[v] = p.scope(e.Home).pick(holder{e.Type.Name.Space, "Value"}, base, exact, exact+"Value")
		}
	}
}
