package resolve_test

import (
	"fmt"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
)

// dump writes a Contract as text: one line for each thing, indented under what it belongs to. Namespaces are written
// as n1, n2 … in the order in which they come up, listed at the end.
func dump(c *model.Contract) string {
	d := &dumper{spaces: map[string]string{"": "", model.NamespaceXSD: "xs:"}}
	for _, s := range c.Schemas {
		d.line(0, "schema %s%s%s", d.name(model.Name{Space: s.Space, Local: "*"}), mark("DataContract", s.DataContract), doc(s.Doc))
	}
	for _, t := range c.Types {
		d.typ(t)
	}
	for _, e := range c.Elements {
		d.element(0, "element", e)
	}
	for _, pt := range c.PortTypes {
		d.portType(pt)
	}
	for _, b := range c.Bindings {
		d.line(0, "binding %s = %s of %s", d.name(b.Name), b.Version, d.name(b.PortType.Name))
		for _, op := range b.Operations {
			input := ""
			if in := op.Operation.Input; in != nil && in.Name != "" {
				input = " of " + in.Name
			}
			d.line(1, "%s%s %s %q", op.Operation.Name, input, op.Style, op.Action)
		}
	}
	for _, s := range c.Services {
		d.line(0, "service %s%s", d.name(s.Name), doc(s.Doc))
		for _, p := range s.Ports {
			d.line(1, "port %s = %s %q", p.Name, d.name(p.Binding.Name), p.Address)
		}
	}
	for _, s := range d.order {
		d.line(0, "%s %s", strings.TrimSuffix(d.spaces[s], ":"), s)
	}
	return d.String()
}

type dumper struct {
	strings.Builder
	spaces map[string]string
	order  []string
}

func (d *dumper) line(indent int, format string, args ...any) {
	d.WriteString(strings.Repeat("  ", indent))
	fmt.Fprintf(d, format, args...)
	d.WriteByte('\n')
}

func (d *dumper) name(n model.Name) string {
	prefix, ok := d.spaces[n.Space]
	if !ok {
		d.order = append(d.order, n.Space)
		prefix = fmt.Sprintf("n%d:", len(d.order))
		d.spaces[n.Space] = prefix
	}
	return prefix + n.Local
}

func (d *dumper) ref(t *model.Type) string {
	switch {
	case t == nil:
		return "nil"
	case t.IsAnonymous():
		return "(" + strings.Join(t.Path, ".") + ")"
	}
	return d.name(t.Name)
}

func (d *dumper) typ(t *model.Type) {
	kind := map[model.TypeKind]string{
		model.ComplexType: "complex", model.EnumType: "enum", model.SimpleType: "simple", model.ListType: "list", model.UnionType: "union",
	}[t.Kind]
	head := kind + " " + d.ref(t)
	if t.Base != nil {
		head += map[model.Derivation]string{model.Extension: " extends ", model.Restriction: " restricts "}[t.Derivation] + d.ref(t.Base)
	}
	if t.IsSimple() && t.Builtin != model.NotBuiltin {
		head += " is xs:" + t.Builtin.String()
	}
	if t.Item != nil {
		head += " of " + d.ref(t.Item)
	}
	for _, u := range t.Union {
		head += " | " + d.ref(u)
	}
	if t.Text != nil {
		head += " text " + d.ref(t.Text)
	}
	head += mark("abstract", t.Abstract) + mark("mixed", t.Mixed) + mark("all", t.All) + mark("array", t.ArrayItem() != nil) + mark("encoded", t.SOAPArray) + mark("unused", !t.Used)
	for i, x := range t.Derived {
		head += map[bool]string{true: " derived ", false: ", "}[i == 0] + d.ref(x)
	}
	d.line(0, "%s%s", head, doc(t.Doc))
	for _, v := range t.Enum {
		d.line(1, "= %q%s", v.Value, doc(v.Doc))
	}
	for _, f := range t.Facets {
		d.line(1, "%s %q", f.Name, f.Value)
	}
	for _, a := range t.Attributes {
		d.line(1, "@%s %s%s%s%s", d.name(a.Name), d.ref(a.Type), mark("required", a.Required), values(a.Default, a.Fixed), doc(a.Doc))
	}
	if t.AnyAttribute != nil {
		d.line(1, "@* %s", t.AnyAttribute.Namespaces)
	}
	for i, m := range t.Members {
		d.member(1, m, i < t.Inherited)
	}
}

func (d *dumper) member(indent int, m *model.Member, inherited bool) {
	s := fmt.Sprintf(" [%d..%d]", m.Min, m.Max)
	if m.Max == model.Unbounded {
		s = fmt.Sprintf(" [%d..]", m.Min)
	}
	if m.Min == 1 && m.Max == 1 {
		s = ""
	}
	if m.Choice != 0 {
		s += fmt.Sprintf(" choice %d.%d", m.Choice, m.Branch) + mark("required", m.ChoiceRequired)
	}
	s += mark("inherited", inherited)
	switch m.Kind {
	case model.ElementMember:
		d.line(indent, "%s %s%s%s%s%s%s", d.name(m.Name), d.ref(m.Type), s, mark("nillable", m.Nillable), mark("ref", m.Ref != nil), values(m.Default, m.Fixed), doc(m.Doc))
	case model.WildcardMember:
		d.line(indent, "any %s %s%s", m.Wildcard.Namespaces, m.Wildcard.Process, s)
	case model.TextMember:
		d.line(indent, "text")
	case model.GroupMember:
		d.line(indent, "group%s%s", s, doc(m.Doc))
		for _, k := range m.Members {
			d.member(indent+1, k, false)
		}
	case model.ChoiceMember:
		head := ""
		if m.Head != nil {
			head = " for " + d.name(m.Head.Name)
		}
		d.line(indent, "choice%s%s%s", head, s, doc(m.Doc))
		for _, alt := range m.Alternatives {
			if len(alt.Members) == 1 {
				d.member(indent+1, alt.Members[0], false)
				continue
			}
			d.line(indent+1, "sequence")
			for _, k := range alt.Members {
				d.member(indent+2, k, false)
			}
		}
	}
}

func (d *dumper) element(indent int, label string, e *model.Element) {
	if e == nil {
		d.line(indent, "%s nothing", label)
		return
	}
	subst := ""
	for _, s := range e.Substitutes {
		subst += " or " + d.name(s.Name)
	}
	d.line(indent, "%s %s %s%s%s%s%s%s", label, d.name(e.Name), d.ref(e.Type), subst, mark("nillable", e.Nillable), mark("abstract", e.Abstract),
		values(e.Default, e.Fixed), doc(e.Doc))
}

func (d *dumper) portType(pt *model.PortType) {
	d.line(0, "port type %s%s", d.name(pt.Name), doc(pt.Doc))
	for _, op := range pt.Operations {
		d.line(1, "%s%s%s%s", op.Name, mark("rpc", op.Style == model.RPC), mark("one-way", op.OneWay()), doc(op.Doc))
		d.body("in", op.Input)
		d.body("out", op.Output)
		for _, f := range op.Faults {
			d.element(2, "fault "+f.Name, f.Element)
		}
	}
}

func (d *dumper) body(label string, b *model.Body) {
	if b == nil {
		return
	}
	if b.Action != "" {
		label += fmt.Sprintf(" %q", b.Action)
	}
	label += mark("encoded", b.Encoded)
	if b.Content != nil {
		d.line(2, "%s content of %s", label, d.ref(b.Content))
	} else {
		d.element(2, label, b.Element)
	}
	for _, h := range b.Headers {
		d.element(3, "header", h.Element)
	}
}

func mark(name string, set bool) string {
	if set {
		return " " + name
	}
	return ""
}

func values(def, fixed *string) string {
	s := ""
	if def != nil {
		s += fmt.Sprintf(" default %q", *def)
	}
	if fixed != nil {
		s += fmt.Sprintf(" fixed %q", *fixed)
	}
	return s
}

func doc(s string) string {
	if s == "" {
		return ""
	}
	return fmt.Sprintf(" -- %q", s)
}
