package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// What the service has whose code is generated and built.
const (
	manyTypes   = 2000
	manyMembers = 12
)

// build measures what generated code costs before it runs: a WSDL of many types is generated, and its package compiled,
// with all that it imports compiled before.
func (b *bench) build() error {
	const name = "build-2000-types"
	if !b.wants(name) {
		return nil
	}
	if _, err := exec.LookPath("go"); err != nil {
		b.skip(name, "there is no go command")
		return nil
	}
	w, err := newWorkshop()
	if err != nil {
		return err
	}
	defer w.remove()
	var generate, compile []time.Duration
	for n := range min(b.rounds, 3) {
		took, err := w.generate()
		if err != nil {
			return err
		}
		generate = append(generate, took)
		if took, err = w.compile(n); err != nil {
			return err
		}
		compile = append(compile, took)
	}
	size, err := w.size()
	if err != nil {
		return err
	}
	b.report(figure{name + "-generate", millis(median(generate)), "ms", 0})
	b.report(figure{name + "-compile", millis(median(compile)), "ms", 0})
	b.report(figure{name + "-size", float64(size) / manyTypes, "B/type", 0})
	return nil
}

// A workshop is a folder in which a package is generated and built, in a module that takes this one from where it stands.
type workshop struct{ dir, root string }

func newWorkshop() (w *workshop, err error) {
	root, err := goCommand(".", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return nil, err
	}
	w = &workshop{root: root}
	if w.dir, err = os.MkdirTemp("", "bench-build-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			w.remove()
		}
	}()
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, err
	}
	module, rest, _ := strings.Cut(string(mod), "\n")
	path := strings.TrimPrefix(module, "module ")
	text := fmt.Sprintf("module built.test\n%s\nrequire %s v0.0.0\n\nreplace %s => %s\n", rest, path, path, root)
	if err := w.write("go.mod", []byte(text)); err != nil {
		return nil, err
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return nil, err
	}
	if err := w.write("go.sum", sum); err != nil {
		return nil, err
	}
	if err := w.write("many.wsdl", manyTypesWSDL()); err != nil {
		return nil, err
	}
	if _, err := goCommand(root, "build", "-o", filepath.Join(w.dir, "wsdlgen"), "./cmd/wsdlgen"); err != nil {
		return nil, err
	}
	return w, nil
}

func (w *workshop) remove() { _ = os.RemoveAll(w.dir) }

func (w *workshop) write(name string, data []byte) error {
	return os.WriteFile(filepath.Join(w.dir, name), data, 0o666)
}

// generate has wsdlgen write the package.
func (w *workshop) generate() (time.Duration, error) {
	start := time.Now()
	_, err := output(w.dir, filepath.Join(w.dir, "wsdlgen"), "-o", "many", "many.wsdl")
	return time.Since(start), err
}

// compile builds the package. The n-th time there is another comment in it, so that nothing of it is in the cache.
func (w *workshop) compile(n int) (time.Duration, error) {
	if n == 0 {
		if _, err := goCommand(w.dir, "build", "./many"); err != nil { // what it imports, for the first time
			return 0, err
		}
	}
	comment := fmt.Appendf(nil, "package many\n\n// %d, %d\n", n, time.Now().UnixNano())
	if err := w.write(filepath.Join("many", "again.go"), comment); err != nil {
		return 0, err
	}
	start := time.Now()
	_, err := goCommand(w.dir, "build", "./many")
	return time.Since(start), err
}

// size returns how large the compiled package is.
func (w *workshop) size() (int64, error) {
	archive, err := goCommand(w.dir, "list", "-export", "-f", "{{.Export}}", "./many")
	if err != nil {
		return 0, err
	}
	info, err := os.Stat(archive)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func goCommand(dir string, args ...string) (string, error) { return output(dir, "go", args...) }

func output(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, stderr.Bytes())
	}
	return strings.TrimSpace(string(out)), nil
}

// manyTypesWSDL returns a WSDL with types of members of all usual kinds, each of which but the first holds the one before.
func manyTypesWSDL() []byte {
	kinds := []string{"string", "int", "double", "boolean", "dateTime", "long", "decimal"}
	var types bytes.Buffer
	for i := range manyTypes {
		fmt.Fprintf(&types, `<xs:complexType name="Type%d"><xs:sequence>`, i)
		for k := range manyMembers - 1 {
			fmt.Fprintf(&types, `<xs:element name="Member%d" type="xs:%s" minOccurs="%d"/>`, k, kinds[(i+k)%len(kinds)], k%2)
		}
		if i > 0 {
			fmt.Fprintf(&types, `<xs:element name="Before" type="t:Type%d" minOccurs="0" maxOccurs="%s"/>`, i-1, []string{"1", "unbounded"}[i%2])
		}
		types.WriteString("</xs:sequence></xs:complexType>\n")
	}
	last := strconv.Itoa(manyTypes - 1)
	return []byte(`<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:many" targetNamespace="urn:many">
<types><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:many" elementFormDefault="qualified">
` + types.String() + `<xs:element name="Get"><xs:complexType/></xs:element>
<xs:element name="GetResponse"><xs:complexType><xs:sequence><xs:element name="Result" type="t:Type` + last + `"/></xs:sequence></xs:complexType></xs:element>
</xs:schema></types>
<message name="GetIn"><part name="p" element="t:Get"/></message><message name="GetOut"><part name="p" element="t:GetResponse"/></message>
<portType name="Many"><operation name="Get"><input message="t:GetIn"/><output message="t:GetOut"/></operation></portType>
<binding name="Many" type="t:Many"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
<operation name="Get"><soap:operation soapAction="urn:get"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation></binding>
<service name="Many"><port name="Many" binding="t:Many"><soap:address location="http://many.example/"/></port></service></definitions>`)
}
