package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// driverFile is the schema that leads to all others.
const driverFile = "all.xsd"

// writeSchemas writes the schemas of a case to dir in the form that validators want: a file for each, one that includes
// those of a namespace, and a driver that imports the namespaces. Imports are rewritten so that each schema sees all
// others: many documents leave some out. Annotations and what is not of XML Schema are left out, and so is the second
// of two definitions of one name. What r has repaired is written so.
func writeSchemas(c *testCase, dir string, r *repairer) (*schemaWriter, error) {
	w := &schemaWriter{
		dir: dir, files: map[string][]string{}, seen: map[string]bool{}, names: map[*load.Schema]string{},
		at: map[place]written{}, repairs: r,
	}
	w.plan(c.set)
	for i, space := range []string{syntax.NamespaceSOAP11Enc, syntax.NamespaceSOAP12Enc} {
		if !slices.Contains(w.spaces, space) {
			w.spaces = append(w.spaces, space)
		}
		w.files[space] = []string{fmt.Sprintf("encoding%d.xsd", i)} // ours, also where the service brings its own
	}
	for _, s := range c.set.Schemas {
		if err := w.schema(s); err != nil {
			return nil, err
		}
	}
	if _, ok := w.files[syntax.NamespaceXML]; !ok {
		w.spaces = append(w.spaces, syntax.NamespaceXML)
		w.files[syntax.NamespaceXML] = []string{"xml.xsd"}
		if err := w.write("xml.xsd", xmlAttributes); err != nil {
			return nil, err
		}
	}
	for _, space := range []string{syntax.NamespaceSOAP11Enc, syntax.NamespaceSOAP12Enc} {
		if err := w.write(w.files[space][0], encodingSchema(space)); err != nil {
			return nil, err
		}
	}
	return w, w.drivers(c.wrappers())
}

// xmlAttributes declares the attributes that XML itself defines, for documents that use them and do not say where from.
const xmlAttributes = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:language"/><xs:attribute name="base" type="xs:anyURI"/><xs:attribute name="id" type="xs:ID"/>
<xs:attribute name="space" type="xs:NCName"/>
<xs:attributeGroup name="specialAttrs"><xs:attribute ref="xml:base"/><xs:attribute ref="xml:lang"/><xs:attribute ref="xml:space"/></xs:attributeGroup>
</xs:schema>`

type schemaWriter struct {
	dir    string
	spaces []string            // in order of coming
	files  map[string][]string // by namespace
	names  map[*load.Schema]string
	seen   map[string]bool // components written, by namespace, kind and name
	byFile map[string]*load.Schema
	at     map[place]written

	repairs *repairer
}

// plan chooses the names of the files.
func (w *schemaWriter) plan(set *load.Set) {
	w.byFile = map[string]*load.Schema{}
	redefined := map[string]bool{}
	for _, s := range set.Schemas {
		w.byFile[s.Root.Pos.File] = s
		for _, r := range s.Root.All(syntax.NamespaceXSD, "redefine") {
			redefined[path.Join(path.Dir(s.Root.Pos.File), r.Attr("schemaLocation"))] = true
		}
	}
	w.spaces = append(w.spaces, "")
	for i, s := range set.Schemas {
		w.names[s] = fmt.Sprintf("schema%d.xsd", i)
		if !slices.Contains(w.spaces, s.Target) {
			w.spaces = append(w.spaces, s.Target)
		}
		if !redefined[s.Root.Pos.File] {
			w.files[s.Target] = append(w.files[s.Target], w.names[s])
		}
	}
}

func (w *schemaWriter) write(name, text string) error {
	return os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o666)
}

func (w *schemaWriter) spaceFile(space string) string {
	return fmt.Sprintf("namespace%d.xsd", slices.Index(w.spaces, space))
}

// schema writes one schema.
func (w *schemaWriter) schema(s *load.Schema) error {
	var b strings.Builder
	e := &elementWriter{b: &b, w: w, schema: s, line: 1}
	e.element(s.Root, nil, true)
	return w.write(w.names[s], b.String())
}

// imports returns imports of all namespaces but own. prefix is that of XML Schema.
func (w *schemaWriter) imports(own, prefix string) string {
	var b strings.Builder
	spaces := w.spaces
	if !slices.Contains(spaces, syntax.NamespaceXML) {
		fmt.Fprintf(&b, `<%simport namespace=%s schemaLocation="xml.xsd"/>`, prefix, quoteXML(syntax.NamespaceXML))
	}
	for _, space := range spaces {
		switch {
		case space == own, len(w.files[space]) == 0:
		case space == "":
			fmt.Fprintf(&b, `<%simport schemaLocation="%s"/>`, prefix, w.spaceFile(space))
		default:
			fmt.Fprintf(&b, `<%simport namespace=%s schemaLocation="%s"/>`, prefix, quoteXML(space), w.spaceFile(space))
		}
	}
	return b.String()
}

// drivers writes the files that lead to the schemas of a namespace, and to all.
func (w *schemaWriter) drivers(wrappers map[string]*model.Element) error {
	const head = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"`
	for _, space := range w.spaces {
		var b strings.Builder
		b.WriteString(head)
		if space != "" {
			b.WriteString(" targetNamespace=" + quoteXML(space))
		}
		b.WriteString(">\n")
		for _, file := range w.files[space] {
			fmt.Fprintf(&b, "<xs:include schemaLocation=%s/>\n", quoteXML(file))
		}
		b.WriteString("</xs:schema>\n")
		if err := w.write(w.spaceFile(space), b.String()); err != nil {
			return err
		}
	}
	if err := w.write("wrappers.xsd", w.wrapperSchema(wrappers)); err != nil {
		return err
	}
	all := head + ">\n" + strings.ReplaceAll(w.imports("", "xs:"), "/><", "/>\n<") +
		"<xs:import namespace=" + quoteXML(spaceWrapper) + ` schemaLocation="wrappers.xsd"/>` + "\n"
	if len(w.files[""]) > 0 {
		all += `<xs:include schemaLocation="` + w.spaceFile("") + `"/>` + "\n"
	}
	return w.write(driverFile, all+"</xs:schema>\n")
}

// wrapperSchema declares elements that stand around others without a schema that says so.
func (w *schemaWriter) wrapperSchema(wrappers map[string]*model.Element) string {
	var b strings.Builder
	b.WriteString(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace=` + quoteXML(spaceWrapper) + ">\n")
	b.WriteString(w.imports(spaceWrapper, "xs:") + "\n")
	for _, name := range sortedKeys(wrappers) {
		el := wrappers[name]
		if el.Type.IsAnonymous() {
			fmt.Fprintf(&b, "<xs:element name=%s><xs:complexType><xs:sequence>\n", quoteXML(name))
			for _, m := range el.Type.Members {
				b.WriteString(wrapped(m))
			}
			b.WriteString("</xs:sequence></xs:complexType></xs:element>\n")
			continue
		}
		fmt.Fprintf(&b, "<xs:element name=%s %s/>\n", quoteXML(name), typeRef(el.Type))
	}
	b.WriteString("</xs:schema>\n")
	return b.String()
}

// wrapped declares a parameter.
func wrapped(m *model.Member) string {
	if m.Ref != nil || m.Name.Space != "" {
		return fmt.Sprintf("<xs:element xmlns:e=%s ref=%s/>\n", quoteXML(m.Name.Space), quoteXML("e:"+m.Name.Local))
	}
	return fmt.Sprintf("<xs:element name=%s minOccurs=\"%d\" %s/>\n", quoteXML(m.Name.Local), min(m.Min, 1), typeRef(m.Type))
}

// typeRef returns a type attribute with the declaration that it needs.
func typeRef(t *model.Type) string {
	if t.Name.Space == "" {
		return fmt.Sprintf("type=%s", quoteXML(t.Name.Local))
	}
	return fmt.Sprintf("xmlns:t=%s type=%s", quoteXML(t.Name.Space), quoteXML("t:"+t.Name.Local))
}

var xmlQuoter = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;")

func quoteXML(s string) string { return `"` + xmlQuoter.Replace(s) + `"` }

// An elementWriter writes the tree of a schema with the prefixes that it was read with, since names in values have
// them too. Each start tag is on a line of its own, by which parsers name it.
type elementWriter struct {
	b      *strings.Builder
	w      *schemaWriter
	schema *load.Schema
	line   int
}

func (e *elementWriter) newline() {
	e.b.WriteByte('\n')
	e.line++
}

func (e *elementWriter) element(n *syntax.Node, outer *syntax.Scope, root bool) {
	prefix := prefixOf(n.Scope, syntax.NamespaceXSD)
	tag := prefix + n.Name.Local
	fix := e.w.repairs.of(n)
	switch {
	case fix == nil:
		fix = &repair{}
	case fix.drop:
		return
	case fix.wildcard:
		e.b.WriteString(wildcardFor(n, prefix))
		e.newline()
		return
	}
	e.w.at[place{e.w.names[e.schema], e.line}] = written{n, e.schema}
	e.b.WriteString("<" + tag)
	e.declarations(n.Scope, outer, root)
	for _, a := range n.Attrs {
		value, fixed := fix.attrs[a.Name.Local]
		switch {
		case fixed && a.Name.Space == "":
			if value != nil {
				e.b.WriteString(" " + a.Name.Local + "=" + quoteXML(*value))
			}
		case root && a.Name.Local == "targetNamespace", a.Name.Space != "" && a.Name.Space != syntax.NamespaceXML:
		case n.IsXSD("redefine") && a.Name.Local == "schemaLocation":
			file := path.Join(path.Dir(n.Pos.File), strings.TrimSpace(a.Value))
			if s := e.w.byFile[file]; s != nil {
				e.b.WriteString(" schemaLocation=" + quoteXML(e.w.names[s]))
			}
		case a.Name.Space == syntax.NamespaceXML:
		default:
			e.b.WriteString(" " + a.Name.Local + "=" + quoteXML(a.Value))
		}
	}
	if root && e.schema.Target != "" {
		e.b.WriteString(" targetNamespace=" + quoteXML(e.schema.Target))
	}
	if fix.space != "" {
		e.b.WriteString(" xmlns:repaired=" + quoteXML(fix.space))
	}
	e.b.WriteByte('>')
	e.newline()
	if root {
		e.b.WriteString(e.w.imports(e.schema.Target, prefix))
		e.newline()
	}
	if isArray(n) {
		fmt.Fprintf(e.b, `<%[1]ssequence><%[1]sany minOccurs="0" maxOccurs="unbounded" processContents="lax"/></%[1]ssequence>`, prefix)
	}
	for _, c := range n.Elements() {
		if isArray(n) && particles[c.Name.Local] {
			continue
		}
		if c.Name.Space != syntax.NamespaceXSD || c.Name.Local == "annotation" || root && !e.isWanted(c) {
			continue
		}
		e.element(c, n.Scope, false)
	}
	e.b.WriteString("</" + tag + ">")
	e.newline()
}

// wildcardFor returns a wildcard that lets what a reference names stand in its place.
func wildcardFor(n *syntax.Node, prefix string) string {
	text := "<" + prefix + `any processContents="skip"`
	if name, ok := n.QName(n.Attr("ref")); ok && name.Space != "" {
		text += " namespace=" + quoteXML(name.Space)
	}
	for _, bound := range []string{"minOccurs", "maxOccurs"} {
		if v := n.Attr(bound); v != "" {
			text += " " + bound + "=" + quoteXML(v)
		}
	}
	return text + "/>"
}

// isWanted reports whether a child of xs:schema is to be written.
func (e *elementWriter) isWanted(n *syntax.Node) bool {
	switch n.Name.Local {
	case "import", "include":
		return false
	case "redefine":
		return true
	}
	kind := strings.TrimPrefix(strings.TrimPrefix(n.Name.Local, "complex"), "simple")
	key := componentKey(e.schema.Target, kind, n.Attr("name"))
	if strings.HasSuffix(key, "\n") || !e.w.seen[key] {
		e.w.seen[key] = true
		return true
	}
	return false
}

// componentKey names a component of a schema. kind is that of its element, Type for types.
func componentKey(space, kind, name string) string { return space + "\n" + kind + "\n" + name }

// declarations writes those of inner that are not those of outer.
func (e *elementWriter) declarations(inner, outer *syntax.Scope, root bool) {
	done := map[string]bool{}
	for s := inner; s != nil && s != outer; s = s.Outer {
		for _, d := range s.Decls {
			if done[d.Prefix] || d.Prefix == "xml" {
				continue
			}
			done[d.Prefix] = true
			if d.Prefix == "" {
				e.b.WriteString(" xmlns=" + quoteXML(d.Space))
			} else {
				e.b.WriteString(" xmlns:" + d.Prefix + "=" + quoteXML(d.Space))
			}
		}
	}
	if root && e.schema.Chameleon && !done[""] { // names without a prefix mean the namespace of the including schema
		e.b.WriteString(" xmlns=" + quoteXML(e.schema.Target))
	}
}

// prefixOf returns the prefix of a namespace in scope, with its colon.
func prefixOf(scope *syntax.Scope, space string) string {
	for s := scope; s != nil; s = s.Outer {
		for _, d := range s.Decls {
			if now, _ := scope.Lookup(d.Prefix); d.Space == space && now == space {
				if d.Prefix == "" {
					return ""
				}
				return d.Prefix + ":"
			}
		}
	}
	return ""
}

// localName returns a qualified name without its prefix.
func localName(qname string) string { return qname[strings.LastIndexByte(qname, ':')+1:] }
