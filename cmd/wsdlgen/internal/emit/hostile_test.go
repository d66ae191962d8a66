package emit_test

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// template is a contract with a place for text (TEXT) wherever a WSDL can hold free text, for the same with white space
// collapsed in namespaces (SPACE), and for a name (NAME) wherever it names something.
const template = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="urn:w:SPACE" targetNamespace="urn:w:SPACE">
  <documentation>TEXT</documentation>
  <types>
    <xs:schema xmlns="urn:SPACE" targetNamespace="urn:SPACE" elementFormDefault="qualified">
      <xs:annotation><xs:documentation>TEXT</xs:documentation></xs:annotation>
      <xs:complexType name="NAME">
        <xs:annotation><xs:documentation>TEXT</xs:documentation></xs:annotation>
        <xs:sequence>
          <xs:element name="NAME" type="E" default="TEXT"><xs:annotation><xs:documentation>TEXT</xs:documentation></xs:annotation></xs:element>
          <xs:choice maxOccurs="unbounded"><xs:element name="xNAME" type="xs:int"/><xs:element name="y" type="xs:int"/></xs:choice>
        </xs:sequence>
        <xs:attribute name="NAME" type="xs:string" fixed="TEXT"/>
      </xs:complexType>
      <xs:complexType name="dNAME"><xs:complexContent><xs:extension base="NAME"/></xs:complexContent></xs:complexType>
      <xs:complexType name="user"><xs:sequence><xs:element name="v" type="NAME"/><xs:element name="w" type="xs:int"/></xs:sequence></xs:complexType>
      <xs:simpleType name="E">
        <xs:annotation><xs:documentation>TEXT</xs:documentation></xs:annotation>
        <xs:restriction base="xs:string"><xs:enumeration value="TEXT"><xs:annotation><xs:documentation>TEXT</xs:documentation></xs:annotation></xs:enumeration><xs:enumeration value="NAME"/></xs:restriction>
      </xs:simpleType>
      <xs:simpleType name="P"><xs:restriction base="xs:string"><xs:pattern value="TEXT"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Q"><xs:restriction base="xs:token"><xs:pattern value="TEXT"><xs:annotation><xs:documentation>TEXT</xs:documentation></xs:annotation></xs:pattern><xs:maxLength value="7"/></xs:restriction></xs:simpleType>
      <xs:element name="hNAME" substitutionGroup="head" type="xs:string" default="TEXT"><xs:annotation><xs:appinfo>TEXT</xs:appinfo><xs:documentation>TEXT</xs:documentation></xs:annotation></xs:element>
      <xs:element name="head" type="xs:string"/>
      <xs:element name="fNAME" type="NAME"/>
      <xs:complexType name="mNAME" mixed="true"><xs:sequence><xs:element ref="head"/><xs:element name="NAME" type="Q" fixed="TEXT"/><xs:any namespace="TEXT" processContents="lax"/></xs:sequence></xs:complexType>
      <xs:complexType name="gNAME"><xs:sequence maxOccurs="2"><xs:annotation><xs:documentation>TEXT</xs:documentation></xs:annotation><xs:group ref="NAME"/><xs:element name="k"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="NAME"/><xs:enumeration value="TEXT"/></xs:restriction></xs:simpleType></xs:element></xs:sequence></xs:complexType>
      <xs:group name="NAME"><xs:sequence><xs:element name="gNAME" type="xs:int"/></xs:sequence></xs:group>
      <xs:element name="eNAME"><xs:complexType><xs:sequence><xs:element name="p" type="P" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
    </xs:schema>
  </types>
  <message name="NAME" xmlns:e="urn:SPACE"><part name="p" element="e:eNAME"/></message>
  <message name="headNAME" xmlns:e="urn:SPACE"><documentation>TEXT</documentation><part name="NAME" element="e:hNAME"><documentation>TEXT</documentation></part></message>
  <message name="faultNAME" xmlns:e="urn:SPACE"><part name="NAME" element="e:fNAME"/></message>
  <message name="rpcNAME" xmlns:e="urn:SPACE"><part name="NAME" type="e:mNAME"/></message>
  <portType name="NAME">
    <documentation>TEXT</documentation>
    <operation name="NAME"><documentation>TEXT</documentation><input message="tns:NAME"><documentation>TEXT</documentation></input><output message="tns:NAME"/><fault name="NAME" message="tns:faultNAME"><documentation>TEXT</documentation></fault></operation>
  </portType>
  <portType name="rpcNAME">
    <operation name="NAME"><documentation>TEXT</documentation><input message="tns:rpcNAME"/></operation>
    <operation name="leftNAME"><output message="tns:rpcNAME"/></operation>
  </portType>
  <binding name="bNAME" type="tns:NAME">
    <documentation>TEXT</documentation>
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="NAME"><soap:operation soapAction="TEXT"/><input><soap:header message="tns:headNAME" part="NAME" use="literal"/><soap:body use="literal"/></input><output><soap:header message="tns:headNAME" part="NAME" use="literal"/><soap:body use="literal"/></output><fault name="NAME"><soap:fault name="NAME" use="literal"/></fault></operation>
  </binding>
  <binding name="rpcNAME" type="tns:rpcNAME">
    <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="NAME"><soap:operation soapAction="TEXT"/><input><soap:body use="literal" namespace="urn:SPACE:rpc"/></input></operation>
  </binding>
  <service name="NAME"><port name="pNAME" binding="tns:bNAME"><documentation>TEXT</documentation><soap:address location="http://TEXT/"/></port></service>
</definitions>`

var hostileTexts = []string{
	"*/ func init() { panic(1) } /*",
	"\n//go:generate rm -rf /\n",
	"//line x.go:1",
	"\n\n+build ignore\n\n",
	"\"; func init() {} //",
	"`; func init() {} //",
	"\u2028func init() {}\u2029\u0085\u202e\u2066\u200b\ufeff",
	"\\\" + os.Exit(1) + \"",
	"//export x\n//go:linkname a b\n//nolint",
	"[x]: http://x\n# head\n- item\n1. item\n\tcode\n",
	strings.Repeat("long ", 500),
	strings.Repeat("x", 5000),
	"${x} {{.}} %s %d %!",
}

var hostileNames = []string{
	"a", "type", "func", "init", "main", "_", "__", "xml", "xmlwire", "context", "iter", "soapclient", "string", "error", "nil",
	"XMLType", "MarshalXML", "UnmarshalXML", "Client", "Server", "New", "Any", "Choice", "isAny", "名前", "É", "x.y-z_", "Text", "Raw", "opts",
}

// TestHostile plants hostile text and names everywhere and expects nothing in the output that the plan does not name.
func TestHostile(t *testing.T) {
	for _, text := range hostileTexts {
		checkHostile(t, text, "thing", true)
	}
	for _, name := range hostileNames {
		checkHostile(t, "text", name, true)
	}
}

func FuzzHostile(f *testing.F) {
	for _, text := range hostileTexts {
		f.Add(text, "thing")
	}
	for _, name := range hostileNames {
		f.Add("text", name)
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		checkHostile(t, text, name, false)
	})
}

// checkHostile generates from the template. A document that is not understood is fine unless mustGenerate.
func checkHostile(t *testing.T, text, name string, mustGenerate bool) {
	t.Helper()
	escaped, err := xmlwire.AppendAttrValue(nil, text)
	if err != nil || !isNCName(name) {
		return
	}
	space, err := xmlwire.AppendAttrValue(nil, strings.Join(strings.Fields(text), " "))
	require.NoError(t, err)
	doc := strings.NewReplacer("TEXT", string(escaped), "SPACE", string(space), "NAME", name).Replace(template)
	fsys := fstest.MapFS{"in.wsdl": &fstest.MapFile{Data: []byte(doc)}}
	pkg, plan, files, err := generate(fsys, []string{"in.wsdl"}, "hostile")
	if err != nil {
		require.NotContains(t, err.Error(), "does not parse")
		require.False(t, mustGenerate, "%q, %q: %v", text, name, err)
		return
	}
	checkDeclarations(t, pkg, plan, files)
	checkHostileSplit(t, pkg, text)
	checkHostileGowsdl(t, pkg)
}

// checkHostileGowsdl generates once more, with the names of gowsdl.
func checkHostileGowsdl(t *testing.T, whole *shape.Package) {
	t.Helper()
	pkg, err := shape.Make(whole.Contract, shape.Options{Aliases: true})
	require.NoError(t, err)
	plan, err := names.Make(pkg, names.Gowsdl, names.Renames{})
	require.NoError(t, err)
	files, err := emit.Files(pkg, plan, emit.Options{Package: "hostile"})
	require.NoError(t, err)
	checkDeclarations(t, pkg, plan, files)
}

// checkHostileSplit generates once more, with the types in a package of their own, all policies other than by default, and
// the text in the name of a document.
func checkHostileSplit(t *testing.T, whole *shape.Package, text string) {
	t.Helper()
	const types = "hostile.test/xmlwire"
	space := whole.Contract.Schemas[0].Space
	pkg, err := shape.Make(whole.Contract, shape.Options{
		Homes: map[string]string{space: types}, Pointers: true, KeepWrappers: true, KeepNil: true, DataContract: shape.AlwaysDataContract,
	})
	require.NoError(t, err)
	plan := names.New(pkg)
	files, err := emit.Files(pkg, plan, emit.Options{Package: "hostile", Sources: []string{"a.wsdl", text + ".wsdl"}})
	require.NoError(t, err)
	checkHome(t, pkg, plan, files, "")
	checkHome(t, pkg, plan, files, types)
}

func isNCName(s string) bool {
	for i, r := range s {
		if i == 0 && !unicode.IsLetter(r) && r != '_' {
			return false
		}
		if r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-", r) {
			return false
		}
	}
	return s != ""
}

// checkDeclarations parses files and compares what they declare with the plan. It also checks that they import nothing
// but what generated code needs, hold no directives, and stay as they are under gofmt.
func checkDeclarations(t *testing.T, pkg *shape.Package, plan *names.Plan, files []emit.File) {
	t.Helper()
	checkHome(t, pkg, plan, files, "")
}

// checkHome is checkDeclarations for the files of one of several packages.
func checkHome(t *testing.T, pkg *shape.Package, plan *names.Plan, files []emit.File, home string) {
	t.Helper()
	var got []string
	homes := pkg.Homes()
	for _, f := range files {
		if f.Home != home {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, f.Name, f.Data, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err, "%s", f.Data)
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			require.NoError(t, err)
			if !slices.Contains(homes, path) {
				require.Contains(t, importable, path)
				require.Nil(t, spec.Name)
			}
		}
		for _, group := range file.Comments {
			for _, c := range group.List {
				require.True(t, strings.HasPrefix(c.Text, "// ") || c.Text == "//" || strings.HasPrefix(c.Text, "//\t"), "%q", c.Text)
				require.NotRegexp(t, `^//\s*\+build`, c.Text)
			}
		}
		for _, decl := range file.Decls {
			got = append(got, declared(decl)...)
		}
		formatted, err := format.Source(f.Data)
		require.NoError(t, err)
		require.True(t, bytes.Equal(formatted, f.Data), "gofmt changes %s:\n%s", f.Name, f.Data)
	}
	want := planned(pkg, plan, home)
	slices.Sort(got)
	slices.Sort(want)
	assert.Equal(t, want, got)
}

var importable = []string{
	"context", "encoding/xml", "fmt", "iter", "log/slog", "time",
	"github.com/soapfirst/trackunit/soapclient",
	"github.com/soapfirst/trackunit/soapclient/xmlwire",
	"github.com/soapfirst/trackunit/soapserver",
}

// declared returns the names that a declaration declares: methods with their type in front, struct fields and interface
// methods with that of theirs.
func declared(decl ast.Decl) []string {
	var out []string
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		name := decl.Name.Name
		if decl.Recv != nil {
			typ := decl.Recv.List[0].Type
			if star, ok := typ.(*ast.StarExpr); ok {
				typ = star.X
			}
			name = typ.(*ast.Ident).Name + "." + name
		}
		return []string{name}
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					out = append(out, name.Name)
				}
			case *ast.TypeSpec:
				out = append(out, spec.Name.Name)
				var fields *ast.FieldList
				switch typ := spec.Type.(type) {
				case *ast.StructType:
					fields = typ.Fields
				case *ast.InterfaceType:
					fields = typ.Methods
				default:
					continue
				}
				for _, f := range fields.List {
					for _, name := range f.Names {
						out = append(out, spec.Name.Name+"."+name.Name)
					}
				}
			}
		}
	}
	return out
}

// planned returns what the plan says will be declared, in the same notation.
func planned(pkg *shape.Package, plan *names.Plan, home string) []string {
	out := []string{"_"} // the line that ties the package to its runtime
	for _, space := range pkg.SpacesOf(home) {
		out = append(out, plan.Space(space))
	}
	holders := pkg.SecretHolders()
	if len(holders) > 0 && home == "" {
		out = append(out, "secrets")
	}
	for _, s := range pkg.Structs {
		if s.Home != home {
			continue
		}
		if s.HasSecrets() {
			for _, method := range []string{"Format", "String", "GoString"} {
				out = append(out, plan.Struct(s)+"."+method)
			}
		}
		if holders[s] {
			out = append(out, plan.Struct(s)+".LogValue")
		}
		name := plan.Struct(s)
		out = append(out, name, plan.Table(s), name+".XMLType")
		if s.IsRoot() {
			out = append(out, name+".MarshalXML", name+".UnmarshalXML")
		}
		for _, f := range s.Fields {
			out = append(out, name+"."+plan.Field(f))
		}
	}
	for _, a := range pkg.Aliases {
		if a.Home == home && plan.Alias(a) != "" {
			out = append(out, plan.Alias(a))
		}
	}
	for _, e := range pkg.Enums {
		if e.Home != home {
			continue
		}
		out = append(out, plan.Enum(e))
		for _, v := range e.Values {
			out = append(out, plan.EnumValue(v))
		}
		if len(e.Values) > 0 {
			out = append(out, plan.Enum(e)+".XMLValues")
		}
	}
	for _, i := range pkg.Interfaces {
		if i.Home != home {
			continue
		}
		out = append(out, plan.Interface(i), plan.Interface(i)+"."+plan.Marker(i))
		for _, s := range i.Members {
			out = append(out, plan.Struct(s)+"."+plan.Marker(i))
		}
	}
	if home != "" {
		return out
	}
	for _, e := range pkg.Endpoints {
		out = append(out, plan.Endpoint(e))
	}
	for _, b := range pkg.Blocks {
		if b.Request {
			out = append(out, plan.WithHeader(b))
		}
		if b.Response {
			out = append(out, plan.HeaderOf(b))
		}
		if b.Fault {
			out = append(out, plan.FaultDetail(b), plan.NewFault(b))
		}
	}
	for _, port := range pkg.Ports {
		client, server, unimplemented := plan.Client(port), plan.Server(port), plan.Unimplemented(port)
		out = append(out, client, client+".rt", plan.NewClient(port), server, unimplemented, plan.NewHandler(port), "_")
		if plan.Gowsdl() {
			name, impl := plan.GowsdlPort(port)
			out = append(out, name, "New"+name, impl, impl+".client")
			for _, o := range port.Operations {
				for _, method := range []string{plan.Method(o), plan.Context(o)} {
					out = append(out, name+"."+method, impl+"."+method)
				}
			}
		}
		for _, o := range port.Operations {
			method := plan.Method(o)
			out = append(out, plan.Operation(o), client+"."+method, server+"."+method, unimplemented+"."+method)
			if o.List != nil {
				out = append(out, client+"."+plan.Stream(o))
			}
		}
	}
	return out
}
