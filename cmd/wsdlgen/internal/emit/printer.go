package emit

import (
	"bytes"
	"fmt"
	"go/format"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// An importPath is the path of a Go package, as its own type so that it cannot be mistaken for a package's name.
type importPath string

// The packages that generated code may import. Each is known to the printer under its default name; every one of these
// names is reserved in package names, so nothing that is generated can hide them.
const (
	xmlwirePath    importPath = "github.com/soapfirst/trackunit/soapclient/xmlwire"
	soapclientPath importPath = "github.com/soapfirst/trackunit/soapclient"
	soapserverPath importPath = "github.com/soapfirst/trackunit/soapserver"
	contextPath    importPath = "context"
	xmlPath        importPath = "encoding/xml"
	iterPath       importPath = "iter"
	timePath       importPath = "time"
	fmtPath        importPath = "fmt"
	slogPath       importPath = "log/slog"
)

// An ident is an identifier of another package. Printing it qualifies it and imports its package.
type ident struct {
	path importPath
	name string
}

// A printer collects the text of one Go file.
type printer struct {
	body    bytes.Buffer
	imports map[importPath]bool
	aliases map[importPath]string // of packages that are not called by their own name
}

// P prints its arguments one after the other, and a line break. Strings are printed as they are, so text that stems
// from a WSDL must have gone through quote, comment or the name plan; an ident brings its import.
func (p *printer) P(args ...any) {
	for _, arg := range args {
		p.body.WriteString(p.text(arg))
	}
	p.body.WriteByte('\n')
}

func (p *printer) text(arg any) string {
	switch arg := arg.(type) {
	case string:
		return arg
	case int:
		return strconv.Itoa(arg)
	case ident:
		return p.qualify(arg)
	case code:
		var b strings.Builder
		for _, part := range arg {
			b.WriteString(p.text(part))
		}
		return b.String()
	}
	panic(fmt.Sprintf("emit: cannot print a %T", arg))
}

// code is a piece of Go in parts, such as a type expression, that is to be printed in the middle of a line.
type code []any

func (p *printer) qualify(id ident) string {
	if p.imports == nil {
		p.imports = map[importPath]bool{}
	}
	p.imports[id.path] = true
	if alias, ok := p.aliases[id.path]; ok {
		return alias + "." + id.name
	}
	return packageName(id.path) + "." + id.name
}

// standard are those packages that are Go's own.
var standard = []importPath{contextPath, xmlPath, iterPath, timePath, fmtPath, slogPath}

// taken are the names that another package cannot have in a generated file: those of the packages that every file knows,
// and those that its functions use.
var taken = []importPath{"c", "ctx", "d", "detail", "e", "err", "f", "header", "impl", "info", "opts", "plain", "reason", "req", "resp", "rt", "secrets", "start", "v", "verb"}

// aliasesOf returns what packages are called where their own name means something else, or is that of another.
func aliasesOf(homes []string) map[importPath]string {
	used := map[string]bool{}
	for _, path := range append(slices.Concat(standard, taken), xmlwirePath, soapclientPath, soapserverPath) {
		used[packageName(path)] = true
	}
	aliases := map[importPath]string{}
	for _, home := range homes {
		path := importPath(home)
		name := packageName(path)
		for i := 2; used[name] || types.Universe.Lookup(name) != nil; i++ {
			name = packageName(path) + strconv.Itoa(i)
		}
		used[name] = true
		if name != packageName(path) {
			aliases[path] = name
		}
	}
	return aliases
}

func packageName(path importPath) string {
	return string(path[strings.LastIndexByte(string(path), '/')+1:])
}

// file returns the formatted Go file: header, package clause, imports and what was printed. A file that does not parse
// is a mistake of this package; the error then shows the source with line numbers.
func (p *printer) file(header, pkg string) ([]byte, error) {
	var src bytes.Buffer
	src.WriteString(header)
	fmt.Fprintf(&src, "package %s\n\n", pkg)
	p.writeImports(&src)
	src.Write(p.body.Bytes())
	out, err := format.Source(src.Bytes())
	if err != nil {
		return nil, fmt.Errorf("generated code does not parse: %w\n%s", err, numbered(src.Bytes()))
	}
	return out, nil
}

// writeImports prints the imports as gofmt and goimports would group them: standard library first.
func (p *printer) writeImports(src *bytes.Buffer) {
	var std, other []string
	for path := range p.imports {
		if !slices.Contains(standard, path) {
			other = append(other, string(path))
		} else {
			std = append(std, string(path))
		}
	}
	if len(std)+len(other) == 0 {
		return
	}
	slices.Sort(std)
	slices.Sort(other)
	src.WriteString("import (\n")
	for _, path := range std {
		fmt.Fprintf(src, "%q\n", path)
	}
	src.WriteByte('\n')
	for _, path := range other {
		if alias, ok := p.aliases[importPath(path)]; ok {
			src.WriteString(alias + " ")
		}
		fmt.Fprintf(src, "%q\n", path)
	}
	src.WriteString(")\n\n")
}

func numbered(src []byte) string {
	var b strings.Builder
	for i, line := range strings.Split(string(src), "\n") {
		fmt.Fprintf(&b, "%5d\t%s\n", i+1, line)
	}
	return b.String()
}

// quote returns s as a Go string literal.
func quote(s string) string { return strconv.Quote(s) }

// checkIdent panics unless name can be declared. The name plan promises it; a plan that breaks its promise must not
// become code.
func checkIdent(name string) string {
	if !token.IsIdentifier(name) || name == "_" {
		panic("emit: the name plan holds " + strconv.Quote(name) + ", which is no identifier")
	}
	return name
}
