package main

import (
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/suggest"
)

// setHomes finds the import paths and the folders of the packages that namespaces are given.
func (cfg *config) setHomes(s settings) error {
	if len(s.packages) == 0 {
		return nil
	}
	out, err := filepath.Abs(cfg.out)
	if err != nil {
		return err
	}
	tree := module{path: s.importPath, dir: out}
	if s.importPath == "" {
		if tree, err = moduleOf(out); err != nil {
			return err
		}
	}
	cfg.shape.Homes, cfg.dirs = map[string]string{}, map[string]string{}
	for _, space := range slices.Sorted(maps.Keys(s.packages)) {
		dir, importPath, err := tree.find(out, s.packages[space])
		if err != nil {
			return fmt.Errorf("package %s of namespace %s: %w", s.packages[space], strconv.Quote(space), err)
		}
		if dir != out { // that of the ports needs no import path
			cfg.shape.Homes[space] = importPath
			cfg.dirs[importPath] = readable(dir)
		}
	}
	return nil
}

// A module is a folder whose import path is known, and with it those of all folders below it.
type module struct{ path, dir string }

// moduleOf returns the module that a folder is in, which need not be there yet.
func moduleOf(dir string) (module, error) {
	for at := dir; ; at = filepath.Dir(at) {
		data, err := os.ReadFile(filepath.Join(at, "go.mod"))
		switch {
		case err == nil:
			if p := moduleName(data); p != "" {
				return module{p, at}, nil
			}
			return module{}, fmt.Errorf("%s names no module", filepath.Join(at, "go.mod"))
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid):
			return module{}, err
		case at == filepath.Dir(at):
			return module{}, fmt.Errorf("several packages import each other, and %s is in no module, which would say how: "+
				"run go mod init, or set the import path of -o with -import-path", readable(dir))
		}
	}
}

// moduleName returns what a go.mod says that the module is called.
func moduleName(data []byte) string {
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "//")
		words := strings.Fields(line)
		if len(words) != 2 || words[0] != "module" {
			continue
		}
		if unquoted, err := strconv.Unquote(words[1]); err == nil {
			return unquoted
		}
		return words[1]
	}
	return ""
}

// find returns the folder and the import path of a package: name is a folder as seen from out, or an import path in the
// module.
func (m module) find(out, name string) (dir, importPath string, err error) {
	first, _, _ := strings.Cut(name, "/")
	switch rest, below := strings.CutPrefix(name, m.path+"/"); {
	case name == m.path:
		dir = m.dir
	case below:
		dir = filepath.Join(m.dir, filepath.FromSlash(rest))
	case filepath.IsAbs(name):
		return "", "", fmt.Errorf("write a path relative to -o, or an import path")
	case strings.Contains(first, ".") && strings.Trim(first, ".") != "":
		return "", "", fmt.Errorf("that import path is not in the module %s: write one that is, or a path relative to -o", m.path)
	default:
		dir = filepath.Join(out, filepath.FromSlash(name))
	}
	rel, err := filepath.Rel(m.dir, dir)
	if err != nil || !filepath.IsLocal(rel) {
		return "", "", fmt.Errorf("that is outside of %s, the folder of %s: write a path in it", readable(m.dir), m.path)
	}
	importPath = path.Join(m.path, filepath.ToSlash(rel))
	if last := path.Base(importPath); dir != out && (!token.IsIdentifier(last) || last == "_" || last == "main") {
		return "", "", fmt.Errorf("%q cannot be the name of a package that is imported: end the path in another word", last)
	}
	return dir, importPath, nil
}

// checkHomes returns an error if a package is for a namespace that nothing is declared in.
func (cfg *config) checkHomes(pkg *shape.Package) error {
	if len(cfg.include)+len(cfg.exclude) > 0 {
		return nil // what it is for may have been left out
	}
	known := slices.Clone(pkg.Spaces)
	for _, schema := range pkg.Contract.Schemas {
		known = append(known, schema.Space)
	}
	known = append(known, "")
	for _, space := range slices.Sorted(maps.Keys(cfg.shape.Homes)) {
		if !slices.Contains(known, space) {
			return fmt.Errorf("no document declares anything in namespace %s, which has the package %s (%s)",
				strconv.Quote(space), cfg.shape.Homes[space], suggest.Hint(space, slices.DeleteFunc(known, func(s string) bool { return s == "" })))
		}
	}
	return nil
}
