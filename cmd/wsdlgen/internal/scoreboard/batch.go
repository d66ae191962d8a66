package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/scoreboard/replay"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// casesAtOnce is how many packages a program holds: few programs are quick to link, and each is small enough to link in
// little memory.
const casesAtOnce = 110

// replay makes programs of the generated packages, runs the samples through them and takes note of what failed.
func (m *module) replay(cases []*testCase) error {
	var ready []*testCase
	for _, c := range cases {
		if c.shape != nil && c.plan != nil && c.reached() > stageCompile && len(c.shape.Ports) > 0 {
			ready = append(ready, c)
		}
	}
	count := 0
	for from := 0; from < len(ready); from += casesAtOnce {
		count++
		if err := m.writeProgram(fmt.Sprintf("batch%d", count), ready[from:min(from+casesAtOnce, len(ready))]); err != nil {
			return err
		}
	}
	if count == 0 {
		return nil
	}
	bin := filepath.Join(m.dir, "bin") + string(filepath.Separator)
	if err := os.MkdirAll(bin, 0o777); err != nil {
		return err
	}
	if out, err := m.goCommand("build", "-o", bin, "./batches/..."); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	for i := range count {
		from := i * casesAtOnce
		if err := m.runProgram(fmt.Sprintf("batch%d", i+1), ready[from:min(from+casesAtOnce, len(ready))]); err != nil {
			return err
		}
	}
	return nil
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

// runProgram runs a program with the samples and calls of its cases.
func (m *module) runProgram(name string, cases []*testCase) error {
	var jobs []replay.Job
	byPackage := map[string]*testCase{}
	byFile := map[string]*message{}
	for _, c := range cases {
		byPackage[c.pkg] = c
		for _, s := range slices.Concat(c.samples, c.recorded) {
			byFile[s.file] = s
		}
		jobs = append(jobs, c.job())
	}
	in, err := json.Marshal(jobs)
	if err != nil {
		return err
	}
	base := filepath.Join(m.dir, "bin", name)
	if err := os.WriteFile(base+".json", in, 0o666); err != nil {
		return err
	}
	if out, err := exec.Command(base, base+".json", base+".out").CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return readResults(base+".out", byPackage, byFile)
}

// job lists what to do with a case. An operation is called with the full samples of its messages, if those can be read
// and written.
func (c *testCase) job() replay.Job {
	job := replay.Job{Case: c.pkg}
	fulls := map[any]string{}
	for _, m := range c.samples {
		job.Samples = append(job.Samples, replay.Sample{File: m.file, Type: m.goType, HasName: m.hasName})
		if m.sample.Name == "full" {
			fulls[m.element] = m.file
		}
	}
	for _, m := range c.recorded {
		job.Samples = append(job.Samples, replay.Sample{File: m.file, Type: m.goType, Recorded: true})
	}
	for _, port := range c.shape.Ports {
		for _, op := range port.Operations {
			call := replay.Call{Operation: c.operationKey(port, op), Request: fulls[op.In]}
			if op.Out != nil {
				call.Response = fulls[op.Out]
			}
			job.Calls = append(job.Calls, call)
		}
	}
	return job
}

func readResults(file string, byPackage map[string]*testCase, byFile map[string]*message) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	dec := json.NewDecoder(bufio.NewReader(f))
	for dec.More() {
		var r replay.Result
		if err := dec.Decode(&r); err != nil {
			return err
		}
		c, m := byPackage[r.Case], byFile[r.Subject]
		switch {
		case m == nil && r.Stage == "":
			c.called++
		case m == nil:
			c.fail(stageCall, r.Subject, "%s", r.Cause)
		case r.Stage == "":
		case m.part == "recorded":
			m.failed = true
			c.fail(stageRecorded, m.operation, "%s: %s", r.Stage, r.Cause)
		default:
			c.failMessage(m, stageOf(r.Stage), r.Cause)
		}
	}
	return nil
}

func stageOf(name string) stage {
	for s, n := range stageNames {
		if strings.EqualFold(n, name) {
			return stage(s)
		}
	}
	return stageCompare
}
