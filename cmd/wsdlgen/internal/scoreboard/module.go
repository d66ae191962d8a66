package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
)

// modulePath is that of the temporary module. It lies below wsdlgen's, which lets generated programs use its internal
// packages.
const modulePath = "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/scoreboard/corpus"

// A module is the Go module that all generated packages are built in.
type module struct {
	dir   string
	flags string // of the compiler
}

// newModule makes a module in dir that takes the runtime from the checkout at runtimeDir, and all else from where that
// takes it: nothing is downloaded.
func newModule(dir, runtimeDir string) (*module, error) {
	runtimeDir, err := filepath.Abs(runtimeDir)
	if err != nil {
		return nil, err
	}
	mod, err := os.ReadFile(filepath.Join(runtimeDir, "go.mod"))
	if err != nil {
		return nil, err
	}
	_, rest, _ := strings.Cut(string(mod), "\n")
	sum, err := os.ReadFile(filepath.Join(runtimeDir, "go.sum"))
	if err != nil {
		return nil, err
	}
	m := &module{filepath.Join(dir, "module"), quickFlags}
	text := fmt.Sprintf("module %s\n%s\nrequire github.com/soapfirst/trackunit v0.0.0\n\nreplace github.com/soapfirst/trackunit => %s\n",
		modulePath, rest, runtimeDir)
	if err := m.write("go.mod", []byte(text)); err != nil {
		return nil, err
	}
	return m, m.write("go.sum", sum)
}

func (m *module) write(name string, data []byte) error {
	file := filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o666)
}

func (m *module) writePackage(pkg string, files []emit.File) error {
	for _, f := range files {
		if err := m.write(path.Join("cases", pkg, f.Name), f.Data); err != nil {
			return err
		}
	}
	return nil
}

// build compiles all packages and has go vet look at them.
func (m *module) build(cases []*testCase) error {
	byPackage := map[string]*testCase{}
	for _, c := range cases {
		if c.reached() > stageCompile {
			byPackage[c.pkg] = c
		}
	}
	if len(byPackage) == 0 {
		return nil
	}
	for _, args := range [][]string{{"build", "-gcflags=" + m.flags, "./cases/..."}, {"vet", "./cases/..."}} {
		out, err := m.goCommand(args...)
		found := complaints(out)
		if err != nil && len(found) == 0 {
			return fmt.Errorf("go %s: %w\n%s", args[0], err, out)
		}
		for pkg, text := range found {
			if c := byPackage[pkg]; c != nil && c.reached() > stageCompile {
				c.fail(stageCompile, "", "go %s: %s", args[0], text)
			}
		}
	}
	return nil
}

// quickFlags have the compiler neither optimise nor describe code that runs for a moment: that halves what it takes.
const quickFlags = "-N -l -dwarf=false"

func (m *module) goCommand(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod -buildvcs=false -trimpath", "GOPROXY=off", "GOWORK=off",
		"GOGC=400", "GOMEMLIMIT=1GiB") // a quick compiler, which keeps small where packages are large
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

var (
	packageLine = regexp.MustCompile(`^# (?:\[)?` + regexp.QuoteMeta(modulePath) + `/cases/(\w+)\]?$`)
	// brokenLine is what the go command says of a compiler that was ended, for instance.
	brokenLine = regexp.MustCompile(`^` + regexp.QuoteMeta(modulePath) + `/cases/(\w+): (.*)$`)
)

// complaints sorts what go build and go vet say by package.
func complaints(out string) map[string]string {
	found := map[string]string{}
	pkg := ""
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		if m := packageLine.FindStringSubmatch(line); m != nil {
			pkg = m[1]
			continue
		}
		if m := brokenLine.FindStringSubmatch(line); m != nil {
			found[m[1]] += m[2] + "\n"
			continue
		}
		if pkg != "" && line != "" {
			found[pkg] += line + "\n"
		}
	}
	return found
}
