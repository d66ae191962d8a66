// Package imports_test keeps the promises about which package imports which.
package imports_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/soapfirst/trackunit"

type listed struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Deps       []string
	Module     *struct{ Path string }
}

// list returns what the go command knows of the packages of this module and all that they need, by import path.
func list(t *testing.T) map[string]listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports,Deps,Module", module+"/...")
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		t.Fatalf("go list: %s", exit.Stderr)
	}
	require.NoError(t, err)
	packages := make(map[string]listed)
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return packages
		} else {
			require.NoError(t, err)
		}
		packages[p.ImportPath] = p
	}
}

// Users of these packages get nothing but the standard library and x/text with them.
func TestDependencies(t *testing.T) {
	packages := list(t)
	for _, name := range []string{"soapclient", "soapclient/xmlwire", "soapserver", "generated"} {
		p, ok := packages[module+"/"+name]
		if !assert.True(t, ok, "there is no package %s", name) {
			continue
		}
		for _, dep := range p.Deps {
			d := packages[dep]
			if d.Standard {
				continue
			}
			if assert.NotNil(t, d.Module, "%s needs %s", name, dep) {
				assert.Contains(t, []string{module, "golang.org/x/text"}, d.Module.Path, "%s needs %s", name, dep)
			}
		}
	}
}

// Users' tests get a tree of XML besides, to rewrite documents with, and choose their assertions themselves.
func TestDependenciesOfTests(t *testing.T) {
	packages := list(t)
	p, ok := packages[module+"/soaptest"]
	assert.True(t, ok, "there is no package soaptest")
	for _, dep := range p.Deps {
		if d := packages[dep]; !d.Standard {
			assert.Contains(t, []string{module, "golang.org/x/text", "github.com/beevik/etree"}, d.Module.Path, "soaptest needs %s", dep)
		}
	}
}

// The database of a simulator is for those who ask for it.
func TestDatabase(t *testing.T) {
	allowed := []string{"trackunittest/fleetdb", "cmd/trackunitsim"}
	for path, p := range list(t) {
		if path != module && !strings.HasPrefix(path, module+"/") || slices.Contains(allowed, strings.TrimPrefix(path, module+"/")) {
			continue
		}
		for _, dep := range p.Deps {
			assert.False(t, strings.HasPrefix(dep, "modernc.org/"), "%s needs %s", path, dep)
		}
	}
}

// So is Redis.
func TestRedis(t *testing.T) {
	for path, p := range list(t) {
		if path != module && !strings.HasPrefix(path, module+"/") || path == module+"/redislimit" {
			continue
		}
		for _, dep := range p.Deps {
			assert.False(t, strings.HasPrefix(dep, "github.com/redis/"), "%s needs %s", path, dep)
		}
	}
}

// userCode stands below wsdlgen, for its tests, and is no part of it: code that wsdlgen made, and what runs such code.
var userCode = []string{"cmd/wsdlgen/internal/emit/internal/...", "cmd/wsdlgen/internal/scoreboard/..."}

// A layer may import what stands below it, and of the same module nothing else. A name with /... stands for what is below
// it too.
var layers = []struct {
	name  string
	below []string
}{
	{"soapclient/xmlwire", nil},
	{"internal/soap", []string{"soapclient/xmlwire"}},
	{"internal/redact", []string{"soapclient/xmlwire"}},
	{"soapclient", []string{"soapclient/xmlwire", "internal/soap", "internal/redact"}},
	{"soapserver", []string{"soapclient", "soapclient/xmlwire", "internal/soap"}},
	{"internal/canon", nil},
	{"internal/exchange", nil},
	{"internal/xmllint", []string{"internal/canon"}},
	{"soaptest", []string{
		"soapclient", "soapclient/xmlwire", "internal/canon", "internal/exchange", "internal/redact", "internal/soap", "internal/testenv",
		"internal/xmllint",
	}},
	{"internal/jsonwire", []string{"soapclient/xmlwire"}},
	{"internal/rest", []string{"internal/jsonwire", "soapclient", "soapclient/xmlwire"}},
	{"generated", []string{"soapclient", "soapclient/xmlwire", "soapserver"}},
	{"cmd/wsdlgen/...", []string{"cmd/wsdlgen/...", "soapclient/xmlwire", "internal/canon"}},
	{"wsdl", nil},
	{"redislimit", nil},
	{"", []string{"generated", "soapclient/...", "internal/..."}},
}

func TestDirection(t *testing.T) {
	packages := list(t)
	for _, layer := range layers {
		for path, p := range packages {
			isUser := slices.ContainsFunc(userCode, func(name string) bool { return matches(path, name) })
			if !matches(path, layer.name) || isUser {
				continue
			}
			for _, imported := range p.Imports {
				if own := strings.HasPrefix(imported+"/", module+"/"); !own {
					continue
				}
				allowed := slices.ContainsFunc(layer.below, func(name string) bool { return matches(imported, name) })
				assert.True(t, allowed, "%s imports %s", path, imported)
			}
		}
	}
}

func matches(path, name string) bool {
	full := strings.TrimSuffix(module+"/"+name, "/")
	if prefix, ok := strings.CutSuffix(full, "/..."); ok {
		return path == prefix || strings.HasPrefix(path, prefix+"/")
	}
	return path == full
}
