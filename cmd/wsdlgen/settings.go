package main

import (
	"flag"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	settingsfile "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/config"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// settings are what flags and the configuration file may say, as it is written there.
type settings struct {
	documents                              []string
	root, out, pkg, importPath             string
	include, exclude                       []string
	optional, wrappers, nils, dataContract string
	compat                                 string
	packages                               map[string]string // folders or import paths, by namespace

	file     *settingsfile.Config
	fileName string
}

// define makes flags of the settings that can be flags.
func (s *settings) define(flags *flag.FlagSet) {
	s.packages = map[string]string{}
	flags.StringVar(&s.out, "o", ".", "")
	flags.StringVar(&s.pkg, "pkg", "", "")
	flags.StringVar(&s.root, "root", "", "")
	flags.StringVar(&s.importPath, "import-path", "", "")
	flags.Var(words{&s.include}, "include", "")
	flags.Var(words{&s.exclude}, "exclude", "")
	flags.Var(packageFlag(s.packages), "ns-pkg", "")
	flags.Var(choice{"optional", &s.optional}, "optional", "")
	flags.Var(choice{"wrappers", &s.wrappers}, "wrappers", "")
	flags.Var(choice{"nil", &s.nils}, "nil", "")
	flags.Var(choice{"datacontract", &s.dataContract}, "datacontract", "")
	flags.Var(choice{"compat", &s.compat}, "compat", "")
}

// fromFile returns the settings of a file. Its paths are relative to its own folder.
func fromFile(file *settingsfile.Config, name string) settings {
	dir := filepath.Dir(name)
	below := func(path string) string {
		if path == "" || filepath.IsAbs(path) {
			return path
		}
		return filepath.Join(dir, filepath.FromSlash(path))
	}
	s := settings{
		root: below(file.Root), out: below(file.Out), pkg: file.Package, importPath: file.ImportPath,
		include: file.Include, exclude: file.Exclude,
		optional: file.Optional, wrappers: file.Wrappers, nils: file.Nil, dataContract: file.DataContract, compat: file.Compat,
		packages: maps.Clone(file.Packages), file: file, fileName: name,
	}
	if s.out == "" {
		s.out = dir
	}
	for _, document := range file.Documents {
		s.documents = append(s.documents, below(document))
	}
	return s
}

// override replaces settings by those of the command line. Lists are added to.
func (s *settings) override(given settings, flags *flag.FlagSet) {
	flags.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "o":
			s.out = given.out
		case "pkg":
			s.pkg = given.pkg
		case "root":
			s.root = given.root
		case "import-path":
			s.importPath = given.importPath
		case "include":
			s.include = append(s.include, given.include...)
		case "exclude":
			s.exclude = append(s.exclude, given.exclude...)
		case "optional":
			s.optional = given.optional
		case "wrappers":
			s.wrappers = given.wrappers
		case "nil":
			s.nils = given.nils
		case "datacontract":
			s.dataContract = given.dataContract
		case "compat":
			s.compat = given.compat
		}
	})
	if s.packages == nil {
		s.packages = map[string]string{}
	}
	maps.Copy(s.packages, given.packages)
}

// setPolicies tells package shape how members are held.
func (s *settings) setPolicies(o *shape.Options) {
	compat := s.compat == "gowsdl"
	o.Pointers = s.optional == "pointer" || s.optional == "" && compat
	o.KeepWrappers = s.wrappers == "keep" || s.wrappers == "" && compat
	o.Aliases = compat
	o.KeepNil = s.nils == "keep"
	switch s.dataContract {
	case "always":
		o.DataContract = shape.AlwaysDataContract
	case "never":
		o.DataContract = shape.NeverDataContract
	}
}

// placed returns what the file says of names, with its place as one of the documents would have it: relative to root.
func (s *settings) placed(root string) (renames names.Renames, secrets []names.Rename) {
	place := func(keys ...string) source.Pos {
		pos := s.file.Place(keys...)
		if pos.IsValid() {
			pos.File = relative(root, s.fileName)
		}
		return pos
	}
	list := func(table string, m map[string]string) []names.Rename {
		var out []names.Rename
		for _, what := range slices.Sorted(maps.Keys(m)) {
			out = append(out, names.Rename{What: what, To: m[what], Pos: place("rename", table, what)})
		}
		return out
	}
	r := s.file.Rename
	for i, what := range s.file.Secrets {
		secrets = append(secrets, names.Rename{What: what, Pos: place("secrets", strconv.Itoa(i))})
	}
	return names.Renames{Types: list("types", r.Types), Fields: list("fields", r.Fields), Operations: list("operations", r.Operations)}, secrets
}

// relative returns name as it is seen from the folder root, with slashes.
func relative(root, name string) string {
	from, err := filepath.Abs(root)
	if err != nil {
		return name
	}
	to, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	rel, err := filepath.Rel(from, to)
	if err != nil {
		return name
	}
	return filepath.ToSlash(rel)
}

// A choice is a flag that may have few values.
type choice struct {
	name  string
	value *string
}

func (c choice) String() string { return "" }

func (c choice) Set(s string) error {
	if choices := settingsfile.Choices[c.name]; !slices.Contains(choices, s) {
		return fmt.Errorf("write %s", strings.Join(choices, " or "))
	}
	*c.value = s
	return nil
}

// A packageFlag gives a namespace a package: uri=path.
type packageFlag map[string]string

func (p packageFlag) String() string { return "" }

func (p packageFlag) Set(s string) error {
	at := strings.LastIndexByte(s, '=')
	if at < 0 || at == len(s)-1 {
		return fmt.Errorf("write namespace=path")
	}
	p[s[:at]] = s[at+1:]
	return nil
}
