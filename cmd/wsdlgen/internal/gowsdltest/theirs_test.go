package gowsdltest

import (
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log"
	"os"
	"os/exec"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hooklift/gowsdl"
)

// theirsVar names the variable that makes the test binary run gowsdl alone, on the document that it holds: gowsdl may end
// the process, or come to no end.
const theirsVar = "GOWSDLTEST_DOCUMENT"

func TestMain(m *testing.M) {
	document := os.Getenv(theirsVar)
	if document == "" {
		os.Exit(m.Run())
	}
	log.SetOutput(io.Discard)
	g, err := gowsdl.NewGoWSDL(document, "theirs", false, true)
	if err == nil {
		var code map[string][]byte
		if code, err = g.Start(); err == nil {
			err = json.NewEncoder(os.Stdout).Encode(code)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A code is what one of the two generators makes, by its names.
type code struct {
	// Fields are the names of fields by struct and wire name, which has an @ in front if it is an attribute.
	Fields map[string]map[string]string
	// Actions are those of operations by port and method.
	Actions map[string]map[string]string
	// Twice are the fields, as Type.Field, and the types that are declared more than once: the code does not compile.
	Twice map[string]bool
}

func newCode() *code {
	return &code{Fields: map[string]map[string]string{}, Actions: map[string]map[string]string{}, Twice: map[string]bool{}}
}

// runTheirs returns what gowsdl makes of a document; nil if it makes nothing that is Go.
func runTheirs(t *testing.T, document string) *code {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	// What it wants to download it shall not wait for.
	cmd.Env = append(os.Environ(), theirsVar+"="+document, "HTTP_PROXY=http://127.0.0.1:1", "HTTPS_PROXY=http://127.0.0.1:1")
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	var files map[string][]byte
	if json.Unmarshal(out, &files) != nil {
		return nil
	}
	c := newCode()
	for _, name := range []string{"types", "operations"} {
		// Text in front of a package clause that it does not have.
		file, err := parser.ParseFile(token.NewFileSet(), name, "package theirs\n"+string(files[name]), parser.SkipObjectResolution)
		if err != nil {
			return nil
		}
		c.addFile(file)
	}
	return c
}

func (c *code) addFile(file *ast.File) {
	ports := map[string]string{} // by what implements them
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				spec, ok := spec.(*ast.TypeSpec)
				if !ok {
					continue
				}
				if _, again := c.Fields[spec.Name.Name]; again || c.Actions[spec.Name.Name] != nil {
					c.Twice[spec.Name.Name] = true
				}
				switch typ := spec.Type.(type) {
				case *ast.StructType:
					c.addStruct(spec.Name.Name, typ)
				case *ast.InterfaceType:
					ports[strings.ToLower(spec.Name.Name)] = spec.Name.Name
					if c.Actions[spec.Name.Name] == nil {
						c.Actions[spec.Name.Name] = map[string]string{}
					}
				}
			}
		case *ast.FuncDecl:
			c.addMethod(decl, ports)
		}
	}
}

func (c *code) addStruct(name string, typ *ast.StructType) {
	if !token.IsExported(name) {
		return // what implements a port, or a type that no program outside of the package has
	}
	if c.Fields[name] == nil {
		c.Fields[name] = map[string]string{}
	}
	for _, f := range typ.Fields.List {
		if f.Tag == nil || len(f.Names) != 1 || !f.Names[0].IsExported() || f.Names[0].Name == "XMLName" {
			continue
		}
		text, err := strconv.Unquote(f.Tag.Value)
		if err != nil {
			continue
		}
		wire, options, _ := strings.Cut(reflect.StructTag(text).Get("xml"), ",")
		switch {
		case strings.Contains(options, "attr"):
			wire = "@" + wire
		case strings.Contains(options, "chardata"):
			wire = "."
		case strings.Contains(options, "any"):
			wire = "*"
		}
		field := f.Names[0].Name
		for _, other := range c.Fields[name] {
			if other == field {
				c.Twice[name+"."+field] = true
			}
		}
		c.Fields[name][wire] = field
	}
}

// addMethod notes the action of a method that calls with one.
func (c *code) addMethod(decl *ast.FuncDecl, ports map[string]string) {
	if decl.Recv == nil {
		return
	}
	star, ok := decl.Recv.List[0].Type.(*ast.StarExpr)
	if !ok {
		return
	}
	port := ports[strings.ToLower(star.X.(*ast.Ident).Name)]
	ast.Inspect(decl, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "CallContext" && len(call.Args) > 1 {
			if lit, ok := call.Args[1].(*ast.BasicLit); ok {
				action, _ := strconv.Unquote(lit.Value)
				c.Actions[port][strings.TrimSuffix(decl.Name.Name, "Context")] = action
			}
		}
		return true
	})
}
