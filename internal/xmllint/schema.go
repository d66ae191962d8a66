// Package xmllint has libxml2's xmllint judge messages by the schemas of a service: an opinion from outside.
package xmllint

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"github.com/soapfirst/trackunit/internal/canon"
)

const (
	nsWSDL = "http://schemas.xmlsoap.org/wsdl/"
	nsXSD  = "http://www.w3.org/2001/XMLSchema"
)

// Program is the name of the program that must be in PATH.
const Program = "xmllint"

// A Schema is the schema of a service, laid out for xmllint. It is safe for concurrent use.
type Schema struct{ dir, driver string }

// Lay writes the schemas of WSDL and schema files that belong together to the folder dir, which must stay there as long as
// the Schema is used. References to other files are resolved beside the file that makes them.
func Lay(dir string, files ...string) (*Schema, error) {
	w := &schemaWriter{dir: dir, seen: make(map[string]bool), byTarget: make(map[string][]string)}
	for _, file := range files {
		if err := w.collect(file); err != nil {
			return nil, fmt.Errorf("no schema could be made of %s: %w", file, err)
		}
	}
	driver, err := w.write()
	if err != nil {
		return nil, err
	}
	return &Schema{dir: dir, driver: driver}, nil
}

// Check has one run of xmllint check messages, and returns an error for each that is not valid, in their order. A
// schema that xmllint cannot compile is an error of every message, and so is that there is no xmllint.
func (s *Schema) Check(payloads ...[]byte) []error {
	errs := make([]error, len(payloads))
	fail := func(err error) []error {
		for i := range errs {
			errs[i] = err
		}
		return errs
	}
	dir, err := os.MkdirTemp(s.dir, "payloads")
	if err != nil {
		return fail(err)
	}
	args := []string{"--nonet", "--noout", "--schema", s.driver}
	files := make([]string, len(payloads))
	for i, p := range payloads {
		files[i] = filepath.Join(dir, strconv.Itoa(i)+".xml")
		if err := os.WriteFile(files[i], p, 0o600); err != nil {
			return fail(err)
		}
	}
	out, err := exec.Command(Program, append(args, files...)...).CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return fail(err)
	}
	for i, file := range files {
		errs[i] = verdict(string(out), file)
	}
	return errs
}

// verdict finds in the output of xmllint what it says of one file. A prefix that is not declared is a "namespace
// error", which xmllint prints and forgives; we do not.
func verdict(out, file string) error {
	var said []string
	valid := false
	for line := range strings.Lines(out) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == file+" validates":
			valid = true
		case strings.HasPrefix(line, file+":"):
			said = append(said, strings.TrimPrefix(line, file+":"))
			valid = valid && !strings.Contains(line, "namespace error")
		}
	}
	if valid && len(said) == 0 {
		return nil
	}
	if len(said) == 0 { // nothing of this file: the schema is at fault
		return fmt.Errorf("xmllint gave no verdict: %s", strings.TrimSpace(out))
	}
	return errors.New(strings.Join(said, "; "))
}

// A schemaWriter copies the schemas of documents to a folder, in the form that libxml2 wants: one file a schema, every
// import with a location, and one file a namespace that includes those of it, since the second import of a namespace
// is ignored.
type schemaWriter struct {
	dir      string
	seen     map[string]bool // files read
	schemas  []*etree.Document
	byTarget map[string][]string // names of files by target namespace
	targets  []string            // in the order of their coming
}

// collect takes the schemas of a file and of those it refers to.
func (w *schemaWriter) collect(file string) error {
	if w.seen[file] {
		return nil
	}
	w.seen[file] = true
	d := etree.NewDocument()
	if err := d.ReadFromFile(file); err != nil {
		return err
	}
	if d.Root() == nil {
		return fmt.Errorf("%s has no root element", file)
	}
	for _, e := range append(d.FindElements("//schema"), d.FindElements("//import")...) {
		var err error
		switch ns := e.NamespaceURI(); {
		case e.Tag == "schema" && ns == nsXSD:
			err = w.schema(file, e)
		case e.Tag == "import" && ns == nsWSDL && e.SelectAttr("location") != nil:
			err = w.collect(beside(file, e.SelectAttrValue("location", "")))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func beside(file, location string) string {
	return filepath.Join(filepath.Dir(file), filepath.FromSlash(location))
}

// schema takes one xs:schema. A file that it includes stays where it is, under its absolute path; a file that it
// imports is collected as a schema of its own.
func (w *schemaWriter) schema(file string, e *etree.Element) error {
	d := canon.Standalone(e)
	for _, c := range d.Root().ChildElements() {
		loc := c.SelectAttr("schemaLocation")
		if c.NamespaceURI() != nsXSD || loc == nil {
			continue
		}
		switch c.Tag {
		case "include", "redefine":
			abs, err := filepath.Abs(beside(file, loc.Value))
			if err != nil {
				return err
			}
			loc.Value = abs
		case "import":
			if strings.Contains(loc.Value, "://") {
				continue // never fetched; what it declares must be among the other schemas
			}
			if err := w.collect(beside(file, loc.Value)); err != nil {
				return err
			}
		}
	}
	target := d.Root().SelectAttrValue("targetNamespace", "")
	if _, ok := w.byTarget[target]; !ok {
		w.targets = append(w.targets, target)
	}
	name := fmt.Sprintf("schema%d.xsd", len(w.schemas))
	w.byTarget[target] = append(w.byTarget[target], name)
	w.schemas = append(w.schemas, d)
	return nil
}

// write writes the files and returns the path of the one that leads to all others.
func (w *schemaWriter) write() (driver string, err error) {
	for i, d := range w.schemas {
		w.wire(d.Root())
		if err := d.WriteToFile(filepath.Join(w.dir, fmt.Sprintf("schema%d.xsd", i))); err != nil {
			return "", err
		}
	}
	all := newSchema("")
	for _, target := range w.targets {
		one := newSchema(target)
		for _, name := range w.byTarget[target] {
			one.Root().CreateElement("xs:include").CreateAttr("schemaLocation", name)
		}
		if err := one.WriteToFile(filepath.Join(w.dir, w.fileOf(target))); err != nil {
			return "", err
		}
		if target == "" {
			all.Root().CreateElement("xs:include").CreateAttr("schemaLocation", w.fileOf(target))
			continue
		}
		imp := all.Root().CreateElement("xs:import")
		imp.CreateAttr("namespace", target)
		imp.CreateAttr("schemaLocation", w.fileOf(target))
	}
	driver = filepath.Join(w.dir, "all.xsd")
	return driver, all.WriteToFile(driver)
}

func newSchema(target string) *etree.Document {
	root := etree.NewElement("xs:schema")
	root.CreateAttr("xmlns:xs", nsXSD)
	if target != "" {
		root.CreateAttr("targetNamespace", target)
	}
	return etree.NewDocumentWithRoot(root)
}

func (w *schemaWriter) fileOf(target string) string {
	for i, t := range w.targets {
		if t == target {
			return fmt.Sprintf("namespace%d.xsd", i)
		}
	}
	return ""
}

// wire replaces the imports of a schema by imports of all other namespaces: many documents leave some out, or give no
// location.
func (w *schemaWriter) wire(schema *etree.Element) {
	have := make(map[string]bool)
	for _, c := range schema.ChildElements() {
		if c.NamespaceURI() != nsXSD || c.Tag != "import" {
			continue
		}
		space := c.SelectAttrValue("namespace", "")
		if file := w.fileOf(space); file != "" {
			c.CreateAttr("schemaLocation", file)
		}
		have[space] = true
	}
	prefix := ""
	if schema.Space != "" {
		prefix = schema.Space + ":"
	}
	own := schema.SelectAttrValue("targetNamespace", "")
	for _, target := range w.targets {
		if target == own || target == "" || have[target] {
			continue
		}
		imp := etree.NewElement(prefix + "import")
		imp.CreateAttr("namespace", target)
		imp.CreateAttr("schemaLocation", w.fileOf(target))
		schema.InsertChildAt(0, imp)
	}
}
