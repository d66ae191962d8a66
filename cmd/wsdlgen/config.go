package main

import (
	"flag"
	"fmt"
	"go/token"
	"io"
	"path/filepath"
	"slices"
	"strings"

	settingsfile "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/config"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// A config is the command line and the configuration file, checked.
type config struct {
	out     string   // folder of the package
	pkg     string   // its name
	root    string   // folder that documents are read from
	entries []string // the documents, relative to root, with slashes, sorted
	check   bool
	include []string // patterns of operations; nil for all
	exclude []string

	shape   shape.Options
	style   names.Style
	renames names.Renames
	secrets []names.Rename    // To is not used
	dirs    map[string]string // the folders of other packages, by import path
}

// parseFlags reads the command line, and the configuration file if one is named or no document is. If the command line
// asks for the manual or the version, that is printed to stdout and the error is flag.ErrHelp.
func parseFlags(args []string, stdout io.Writer) (config, error) {
	var (
		cfg      config
		given    settings
		fileName string
	)
	flags := newFlags("wsdlgen")
	given.define(flags)
	flags.StringVar(&fileName, "config", "", "")
	flags.BoolVar(&cfg.check, "check", false, "")
	showVersion := flags.Bool("version", false, "")
	documents, err := parseAnywhere(flags, args)
	if err != nil {
		if err == flag.ErrHelp {
			fmt.Fprint(stdout, manual())
		}
		return config{}, err
	}
	if *showVersion {
		fmt.Fprintln(stdout, version())
		return config{}, flag.ErrHelp
	}
	if fileName == "" && len(documents) == 0 {
		if exists(settingsfile.FileName) != nil {
			return config{}, fmt.Errorf("no WSDL document is named, and there is no %s here", settingsfile.FileName)
		}
		fileName = settingsfile.FileName
	}
	file := &settingsfile.Config{}
	if fileName != "" {
		if err := exists(fileName); err != nil {
			return config{}, err
		}
		if file, err = settingsfile.Read(fileName); err != nil {
			return config{}, err
		}
	}
	all := fromFile(file, fileName)
	all.override(given, flags)
	if len(documents) == 0 {
		if documents = all.documents; len(documents) == 0 {
			return config{}, fmt.Errorf("%s names no documents: add documents = [\"a.wsdl\"], or name them on the command line", fileName)
		}
	}
	err = cfg.set(all, documents)
	return cfg, err
}

// words is a flag that may be repeated, and takes several words with commas between them.
type words struct{ list *[]string }

func (w words) String() string { return "" }

func (w words) Set(s string) error {
	for word := range strings.SplitSeq(s, ",") {
		if word = strings.TrimSpace(word); word == "" {
			return fmt.Errorf("a name is missing")
		}
		*w.list = append(*w.list, word)
	}
	return nil
}

// newFlags returns an empty set of flags that prints nothing of itself.
func newFlags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags
}

// parseAnywhere reads flags that may also stand behind other arguments, and returns those.
func parseAnywhere(flags *flag.FlagSet, args []string) (others []string, err error) {
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if args = flags.Args(); len(args) > 0 {
			others = append(others, args[0])
			args = args[1:]
		}
	}
	return others, nil
}

// set checks settings and takes them.
func (cfg *config) set(s settings, documents []string) error {
	cfg.out, cfg.pkg, cfg.root = s.out, s.pkg, s.root
	cfg.include, cfg.exclude = s.include, s.exclude
	if err := cfg.setPackage(); err != nil {
		return err
	}
	if s.compat == "gowsdl" {
		cfg.style = names.Gowsdl
	}
	s.setPolicies(&cfg.shape)
	if err := cfg.setHomes(s); err != nil {
		return err
	}
	if err := cfg.setEntries(documents); err != nil {
		return err
	}
	cfg.renames, cfg.secrets = s.placed(cfg.root)
	return nil
}

func (cfg *config) setPackage() error {
	if cfg.pkg == "" {
		dir, err := filepath.Abs(cfg.out)
		if err != nil {
			return err
		}
		cfg.pkg = filepath.Base(dir)
	}
	if !token.IsIdentifier(cfg.pkg) || cfg.pkg == "_" {
		return fmt.Errorf("%q cannot be the name of a package: set another with -pkg", cfg.pkg)
	}
	return nil
}

// setEntries finds the folder that holds all documents, unless it is given, and makes their names relative to it. They
// are sorted, so that the order on the command line cannot matter.
func (cfg *config) setEntries(names []string) error {
	var paths []string
	for _, name := range names {
		if err := exists(name); err != nil {
			return err
		}
		path, err := filepath.Abs(name)
		if err != nil {
			return err
		}
		paths = append(paths, path)
	}
	root := commonFolder(paths)
	if cfg.root != "" {
		abs, err := filepath.Abs(cfg.root)
		if err != nil {
			return err
		}
		root = abs
	}
	for _, path := range paths {
		rel, err := filepath.Rel(root, path)
		if err != nil || !filepath.IsLocal(rel) {
			return fmt.Errorf("%s is not below the folder given with -root", path)
		}
		cfg.entries = append(cfg.entries, filepath.ToSlash(rel))
	}
	slices.Sort(cfg.entries)
	cfg.entries = slices.Compact(cfg.entries)
	cfg.root = readable(root)
	return nil
}

// commonFolder returns the innermost folder that holds all paths, which are absolute.
func commonFolder(paths []string) string {
	folder := filepath.Dir(paths[0])
	for _, path := range paths[1:] {
		for {
			rel, err := filepath.Rel(folder, path)
			if err == nil && filepath.IsLocal(rel) {
				break
			}
			parent := filepath.Dir(folder)
			if parent == folder {
				break
			}
			folder = parent
		}
	}
	return folder
}

// readable shortens an absolute path to one relative to the current folder, where that does not lead upwards far.
func readable(path string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return path
	}
	rel, err := filepath.Rel(here, path)
	if err != nil || strings.HasPrefix(rel, filepath.Join("..", "..")) {
		return path
	}
	return rel
}
