package main

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// casesAtOnce is how many packages a program holds: few programs are quick to link, and each is small enough to link in
// little memory.
const casesAtOnce = 110

// A program runs the samples of some cases.
type program struct {
	name  string
	cases []*testCase
}

// replay makes programs of the generated packages, runs the samples through them and takes note of what failed.
func (m *module) replay(cases []*testCase) error {
	programs, err := m.programs(cases)
	if err != nil {
		return err
	}
	return parallel(programs, func(p *program) error { return m.runProgram(p.name, p.cases) })
}

// programs builds programs of the generated packages.
func (m *module) programs(cases []*testCase) ([]*program, error) {
	var ready []*testCase
	for _, c := range cases {
		if c.shape != nil && c.plan != nil && c.reached() > stageCompile && !c.unfit && len(c.shape.Ports) > 0 {
			ready = append(ready, c)
		}
	}
	var programs []*program
	for some := range slices.Chunk(ready, casesAtOnce) {
		p := &program{fmt.Sprintf("batch%d", len(programs)+1), some}
		if err := m.writeProgram(p.name, p.cases); err != nil {
			return nil, err
		}
		programs = append(programs, p)
	}
	if len(programs) == 0 {
		return nil, nil
	}
	return programs, m.buildPrograms(programs)
}

// buildPrograms builds the programs. A case whose part of them does not compile fails, and the others are built without.
func (m *module) buildPrograms(programs []*program) error {
	bin := filepath.Join(m.dir, "bin") + string(filepath.Separator)
	if err := os.MkdirAll(bin, 0o777); err != nil {
		return err
	}
	for {
		out, err := m.goCommand("build", "-gcflags="+modulePath+"/...="+m.flags, "-ldflags=-s -w", "-o", bin, "./batches/...")
		if err == nil {
			return nil
		}
		found := glueComplaints(out)
		if len(found) == 0 {
			return fmt.Errorf("%w\n%s", err, out)
		}
		for _, p := range programs {
			before := len(p.cases)
			p.cases = slices.DeleteFunc(p.cases, func(c *testCase) bool {
				text, ok := found[c.pkg]
				if ok {
					c.fail(stageCompile, "", "a program that uses it: %s", text)
				}
				return ok
			})
			if len(p.cases) == before {
				continue
			}
			if err := m.rewriteProgram(p); err != nil {
				return err
			}
		}
	}
}

// glueLine matches what the compiler says of the part of a program that belongs to a case.
var glueLine = regexp.MustCompile(`^(?:vet: )?batches/\w+/(c\d+)\.go:\d+:\d+: (.*)$`)

func glueComplaints(out string) map[string]string {
	found := map[string]string{}
	for line := range strings.Lines(out) {
		if m := glueLine.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			found[m[1]] += m[2] + "\n"
		}
	}
	return found
}

// rewriteProgram writes a program again, with fewer cases.
func (m *module) rewriteProgram(p *program) error {
	if err := os.RemoveAll(filepath.Join(m.dir, "batches", p.name)); err != nil {
		return err
	}
	return m.writeProgram(p.name, p.cases)
}

// writeProgram writes a program for some cases, with a file for each.
func (m *module) writeProgram(name string, cases []*testCase) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "package main\n\nimport %q\n\nfunc main() {\nreplay.Main(map[string]*replay.Case{\n", replayPath)
	for _, c := range cases {
		fmt.Fprintf(&b, "%q: %sCase(),\n", c.pkg, c.pkg)
	}
	b.WriteString("})\n}\n")
	if err := m.writeGo("batches/"+name+"/main.go", b.Bytes()); err != nil {
		return err
	}
	for _, c := range cases {
		if err := m.writeGo("batches/"+name+"/"+c.pkg+".go", c.glue()); err != nil {
			return err
		}
	}
	return nil
}

const (
	replayPath     = "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/scoreboard/replay"
	soapclientPath = "github.com/soapfirst/trackunit/soapclient"
	xmlwirePath    = "github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func (m *module) writeGo(name string, src []byte) error {
	out, err := format.Source(src)
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, src)
	}
	return m.write(name, out)
}

// glue prints what ties a generated package to package replay: constructors of the types that samples are read into, a
// server for each port that hands everything to a replay.Stub, and the methods of the clients.
func (c *testCase) glue() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "package main\n\nimport (\n\"context\"\n\"net/http\"\n\ngen %q\n%q\n%q\n%q\n)\n\nvar _ = context.Background\nvar _ http.Handler\nvar _ soapclient.Binding\n\n",
		modulePath+"/cases/"+c.pkg, replayPath, soapclientPath, xmlwirePath)
	fmt.Fprintf(&b, "func %sCase() *replay.Case {\nc := &replay.Case{New: map[string]func() xmlwire.Message{}, Operations: map[string]*replay.Operation{}}\n", c.pkg)
	seen := map[string]bool{}
	for _, m := range slices.Concat(c.samples, c.recorded) {
		if !seen[m.goType] {
			seen[m.goType] = true
			fmt.Fprintf(&b, "c.New[%q] = func() xmlwire.Message { return new(gen.%s) }\n", m.goType, m.goType)
		}
	}
	for i, port := range c.shape.Ports {
		for _, op := range port.Operations {
			c.glueOperation(&b, i, port, op)
		}
	}
	b.WriteString("return c\n}\n\n")
	for i, port := range c.shape.Ports {
		c.glueServer(&b, i, port)
	}
	return b.Bytes()
}

func (c *testCase) operationKey(port *shape.Port, op *shape.Operation) string {
	return c.plan.Client(port) + "." + c.plan.Method(op)
}

func (c *testCase) glueOperation(b *bytes.Buffer, i int, port *shape.Port, op *shape.Operation) {
	p := c.plan
	fmt.Fprintf(b, "c.Operations[%q] = &replay.Operation{\n", c.operationKey(port, op))
	fmt.Fprintf(b, "NewRequest: func() xmlwire.Message { return new(gen.%s) },\n", p.Struct(op.Request))
	call := fmt.Sprintf("gen.%s(rt).%s(ctx, req.(*gen.%s))", p.NewClient(port), p.Method(op), p.Struct(op.Request))
	if op.Response != nil {
		fmt.Fprintf(b, "NewResponse: func() xmlwire.Message { return new(gen.%s) },\n", p.Struct(op.Response))
		call = "return " + call
	} else {
		call = "return nil, " + call
	}
	fmt.Fprintf(b, "Handler: func(s *replay.Stub) http.Handler { return gen.%s(%sServer%d{s: s}) },\n", p.NewHandler(port), c.pkg, i)
	fmt.Fprintf(b, "Call: func(ctx context.Context, rt soapclient.RoundTripper, req xmlwire.Message) (xmlwire.Message, error) {\n%s\n},\n}\n", call)
}

func (c *testCase) glueServer(b *bytes.Buffer, i int, port *shape.Port) {
	p := c.plan
	name := fmt.Sprintf("%sServer%d", c.pkg, i)
	fmt.Fprintf(b, "type %s struct{ s *replay.Stub }\n\n", name)
	for _, op := range port.Operations {
		request := "*gen." + p.Struct(op.Request)
		if op.Response == nil {
			fmt.Fprintf(b, "func (x %s) %s(_ context.Context, req %s) error { return replay.Accept(x.s, req) }\n\n", name, p.Method(op), request)
			continue
		}
		response := "*gen." + p.Struct(op.Response)
		fmt.Fprintf(b, "func (x %s) %s(_ context.Context, req %s) (%s, error) { return replay.Answer[%s](x.s, req) }\n\n",
			name, p.Method(op), request, response, response)
	}
}
