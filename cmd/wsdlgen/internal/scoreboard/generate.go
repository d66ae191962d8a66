package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// generateAll generates from all cases, each in a folder of its name below folder, into the module.
func generateAll(cases []*testCase, folder string, m *module) error {
	return parallel(cases, func(c *testCase) error {
		dir := filepath.Join(folder, c.name)
		digest, ok := c.try(dir)
		if c.reached() == stageGenerate {
			return nil
		}
		c.unfit = !ok
		files, err := generate(c, dir)
		if err != nil {
			c.fail(stageGenerate, "", "%v", err)
			return nil
		}
		if digest != digestOf(files) {
			c.fail(stageGenerate, "", "two runs make different files")
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

// parallel calls f for each item, as many at a time as there are processors. The error is the first that f returned.
func parallel[T any](items []T, f func(T) error) error {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
		queue = make(chan T)
	)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for item := range queue {
				if err := f(item); err != nil {
					mu.Lock()
					first = cmp.Or(first, err)
					mu.Unlock()
				}
			}
		})
	}
	for _, item := range items {
		queue <- item
	}
	close(queue)
	wg.Wait()
	return first
}
