package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// maxTime is how long a case may take to generate.
const maxTime = time.Minute

// generateAll generates from all cases into the module.
func generateAll(cases []*testCase, corpus string, m *module) error {
	return parallel(cases, func(c *testCase) error {
		from := time.Now()
		files, err := generate(c, filepath.Join(corpus, "all", c.name))
		if took := time.Since(from); took > maxTime {
			c.fail(stageGenerate, "", "it took %v", took.Round(time.Second))
		}
		if err != nil {
			c.fail(stageGenerate, "", "%v", err)
			return nil
		}
		c.countOperations()
		return m.writePackage(c.pkg, files)
	})
}

// generate is what wsdlgen does. What it made on the way stays in c.
func generate(c *testCase, dir string) (files []emit.File, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var diags source.List
	if c.set, err = load.Load(root.FS(), &diags, c.entry); err != nil {
		return nil, err
	}
	if c.contract, err = resolve.Resolve(c.set, &diags); err != nil {
		return nil, err
	}
	if c.shape, err = shape.New(c.contract); err != nil {
		return nil, err
	}
	c.plan = names.New(c.shape)
	return emit.Files(c.shape, c.plan, emit.Options{Package: c.pkg, Sources: []string{c.entry}})
}

// countOperations compares the operations that have a method with those that the documents, read as plain XML, bind to
// SOAP and let a client send.
func (c *testCase) countOperations() {
	have := map[[2]string]bool{}
	for _, port := range c.shape.Ports {
		for _, op := range port.Operations {
			have[[2]string{port.PortType.Name.Local, op.Operation.Name}] = true
		}
	}
	wanted := boundOperations(c.set)
	c.operations, c.wanted = len(have), len(wanted)
	for key := range wanted {
		if !have[key] {
			c.operations = min(c.operations, c.wanted-1)
			c.fail(stageOperations, key[1], "the operation is not generated")
		}
	}
}

// boundOperations returns the operations, by port type and name, that a SOAP binding carries and that have an input.
// Where no document has a binding, all count.
func boundOperations(set *load.Set) map[[2]string]bool {
	inputs := map[[2]string]bool{}
	bound := map[[2]string]bool{}
	bindings := 0
	for _, d := range set.Definitions {
		for _, pt := range d.Root.All(syntax.NamespaceWSDL, "portType") {
			for _, op := range pt.All(syntax.NamespaceWSDL, "operation") {
				if op.First(syntax.NamespaceWSDL, "input") != nil {
					inputs[[2]string{pt.Attr("name"), op.Attr("name")}] = true
				}
			}
		}
		for _, b := range d.Root.All(syntax.NamespaceWSDL, "binding") {
			if b.First(syntax.NamespaceSOAP11, "binding") == nil && b.First(syntax.NamespaceSOAP12, "binding") == nil {
				continue
			}
			bindings++
			for _, op := range b.All(syntax.NamespaceWSDL, "operation") {
				bound[[2]string{localName(b.Attr("type")), op.Attr("name")}] = true
			}
		}
	}
	if bindings == 0 {
		return inputs
	}
	for key := range bound {
		if !inputs[key] {
			delete(bound, key)
		}
	}
	return bound
}

// parallel calls f for each case, as many at a time as there are processors. The error is the first that f returned.
func parallel(cases []*testCase, f func(*testCase) error) error {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
		queue = make(chan *testCase)
	)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for c := range queue {
				if err := f(c); err != nil {
					mu.Lock()
					if first == nil {
						first = fmt.Errorf("%s: %w", c.name, err)
					}
					mu.Unlock()
				}
			}
		})
	}
	for _, c := range cases {
		queue <- c
	}
	close(queue)
	wg.Wait()
	return first
}
