// Wsdlgen turns WSDL documents into Go: types, their codec, a client and a server for every port.
//
// Given a service that is described by wsdl/orders.wsdl, this line in any file of a package
//
//	//go:generate go run github.com/soapfirst/trackunit/cmd/wsdlgen -o internal/orders wsdl/orders.wsdl
//
// and the command
//
//	go generate ./...
//
// create the package internal/orders with the files
//
//	types.go                a struct for each complex type, interfaces for those with derivations
//	enums.go                a named type for each enumeration, with its values as constants
//	headers.go, faults.go   functions for header blocks and the details of faults, where the contract has such
//	secrets.go              what keeps secrets out of logs, where the configuration file names some
//	tables.go               how each struct stands on the wire, for package xmlwire
//	operations.go           the bindings with their addresses, and the operations
//	orderport_client.go     OrderPortClient, with a method for each operation of the port type OrderPort
//	orderport_server.go     OrderPortServer, the same as an interface to implement, and NewOrderPortHandler
//
// so that a program can say
//
//	client, err := soapclient.New(orders.OrderPortSoap)
//	…
//	answer, err := orders.NewOrderPortClient(client).GetOrder(ctx, &orders.GetOrder{ID: "4711"})
//
// Usage:
//
//	wsdlgen [generate] [flags] [file.wsdl …]
//		Write the package: this manual.
//	wsdlgen check [flags] [file.wsdl …]
//		Write nothing, and fail if the package is not what would be written: the same as -check.
//	wsdlgen inspect [flags] file.wsdl …
//		Print what the documents declare, and what of it is not supported and why.
//	wsdlgen sample [flags] file.wsdl … operation
//		Print request and response of an operation, with placeholders.
//	wsdlgen fetch [flags] url
//		Get a WSDL and all that it imports, and keep a lock of it.
//	wsdlgen diff [flags] old new
//		Print what changed, and whether it breaks the wire or the Go API.
//	wsdlgen help [config | verb]
//		Print this manual, that of the configuration file, or that of a verb.
//
// Several documents become one package; what more than one of them declares must be the same in all. That is how the
// documents for SOAP 1.1 and 1.2 of one service are merged. Documents that the named ones import and include are read
// too, from the folder that holds the named ones and from those below it: nothing else is read, and never the network.
//
// If no document is named, the configuration file wsdlgen.toml in the current folder says what is to be done. It can say
// all that flags can, and also rename types, fields and operations, and mark fields as secret: see wsdlgen help config.
//
// The flags are:
//
//	-o dir
//		The folder of the package, which is made if it is not there. Default is the current folder. Files there that
//		wsdlgen did not write are never touched; those of an earlier run that are no longer needed are removed.
//	-pkg name
//		The name of the package. Default is the last element of -o.
//	-config file
//		Read this configuration file. Default is wsdlgen.toml, if it is there and no document is named. What flags say comes
//		before what the file says.
//	-root dir
//		Also read imported documents from this folder and those below it. It must hold the named documents. Default is
//		the folder that holds them all.
//	-include pattern
//		Generate only the operations whose name matches, and what they need. A pattern is GetUnit, or Port.GetUnit with the
//		name of the port type, with * for any characters and ? for one. May be repeated, and hold several with commas
//		between them.
//	-exclude pattern
//		Leave out the operations whose name matches, and what only they need.
//	-ns-pkg namespace=path
//		Put what a namespace declares into a Go package of its own: path is a folder as seen from -o, or an import path in
//		the same module. May be repeated; namespaces with the same path share a package. Ports and handlers are in the
//		package of -o, and so is all that has no other. Types that are derived from each other, elements that may stand in
//		each other's place, and namespaces that refer to each other must share a package.
//	-import-path path
//		The import path of -o, for -ns-pkg outside of a module. Default is what go.mod says.
//	-optional opt|pointer
//		How members are held that may be missing or nil: as xmlwire.Opt[T], which tells absent, nil and a value apart, or
//		as *T, for which absent and nil are the same. Default is opt.
//	-wrappers unwrap|keep
//		Whether a type that only wraps one repeated element (ArrayOfX) becomes []X where it is used, or keeps its struct.
//		Default is unwrap.
//	-nil error|keep
//		Whether a nil item of a list is an error when it is read, or is kept: lists whose items may be nil are then
//		[]xmlwire.Opt[T], or []*T with -optional pointer. Default is error.
//	-datacontract detect|always|never
//		Whether members of a value type with minOccurs="0" that are not nillable are plain values which are always written,
//		as .NET's data contracts have it: in schemas that look like such, in all, or in none. Default is detect.
//	-compat none|gowsdl
//		Name types, fields, constants, operations and ports as gowsdl v0.5.0 does, for programs that move over from it. A file
//		gowsdl.go has what such programs need besides: for each port an interface with methods with and without a context,
//		made by New and the name of the port, and the names of simple types. Goes with -optional pointer and -wrappers keep
//		unless these say otherwise. Default is none.
//	-check
//		Write nothing. Exit with status 1, and a short diff on the standard output, if the files are not what would be
//		written: for continuous integration.
//	-version
//		Print the version and exit.
//
// Errors are printed as file:line:col: what is wrong (and what to do about it), all that are found and not the first alone. A
// document that cannot be understood is an error, and nothing is written. The exit status is 0 if all went well, 1 if
// the documents are wrong or -check found a difference, and 2 if the command line or the configuration file is.
//
// Output depends on the documents and the settings, and on nothing else: the same input gives the same bytes, in whatever
// order the documents are named, and import each other.
package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/fetch"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// The exit statuses, as the manual promises them.
const (
	exitOK    = 0
	exitWrong = 1 // the documents are wrong, or the output is stale
	exitUsage = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// verbs are the words that may stand in place of the first flag or file, with what they do.
var verbs = map[string]func(args []string, stdout, stderr io.Writer) int{
	"generate": runGenerate,
	"check":    runCheck,
	"fetch":    fetch.Run,
	"inspect":  runInspect,
	"sample":   runSample,
	"diff":     runDiff,
}

func init() { verbs["help"] = runHelp } // which speaks of the others

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 {
		if verb, ok := verbs[args[0]]; ok {
			return verb(args[1:], stdout, stderr)
		}
	}
	return runGenerate(args, stdout, stderr)
}

// runGenerate is what wsdlgen does without a verb.
func runGenerate(args []string, stdout, stderr io.Writer) int {
	cfg, err := parseFlags(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case source.All(err) != nil: // it is in the configuration file
		report(stderr, ".", err)
		return exitUsage
	case err != nil:
		fmt.Fprintf(stderr, "wsdlgen: %v\nRun wsdlgen -h for the manual.\n", err)
		return exitUsage
	}
	summary, err := generate(cfg, stderr)
	if err != nil {
		report(stderr, cfg.root, err)
		return exitWrong
	}
	if !cfg.check {
		for _, o := range summary.outputs {
			if err := o.write(); err != nil {
				fmt.Fprintf(stderr, "wsdlgen: %v\n", err)
				return exitWrong
			}
		}
		fmt.Fprintf(stderr, "wsdlgen: %v\n", summary)
		return exitOK
	}
	stale := false
	for _, o := range summary.outputs {
		fresh, err := o.check(stdout)
		if err != nil {
			fmt.Fprintf(stderr, "wsdlgen: %v\n", err)
			return exitWrong
		}
		stale = stale || !fresh
	}
	if stale {
		fmt.Fprintf(stderr, "wsdlgen: %s is stale: run go generate, or wsdlgen without -check\n", cfg.pkg)
		return exitWrong
	}
	return exitOK
}

// runCheck is the command wsdlgen check: what the flag -check is.
func runCheck(args []string, stdout, stderr io.Writer) int {
	return runGenerate(append([]string{"-check"}, args...), stdout, stderr)
}

// generate makes the output for cfg, without writing it. Warnings go to stderr.
func generate(cfg config, stderr io.Writer) (*summary, error) {
	var diags source.List
	contract, err := understand(cfg, &diags)
	if err != nil {
		return nil, err
	}
	pkg, err := shape.Make(contract, cfg.shape)
	if err != nil {
		return nil, err
	}
	if err := cfg.checkHomes(pkg); err != nil {
		return nil, err
	}
	if err := names.MarkSecrets(pkg, cfg.secrets); err != nil {
		return nil, err
	}
	plan, err := names.Make(pkg, cfg.style, cfg.renames)
	if err != nil {
		return nil, err
	}
	files, err := emit.Files(pkg, plan, emit.Options{Package: cfg.pkg, Sources: cfg.sources()})
	if err != nil {
		return nil, err
	}
	for _, w := range diags.Warnings() {
		fmt.Fprintf(stderr, "%v\n", placed(cfg.root, w, "warning: "))
	}
	return newSummary(cfg, pkg, files), nil
}

// understand reads the documents of cfg. Warnings are in diags.
func understand(cfg config, diags *source.List) (*model.Contract, error) {
	root, err := os.OpenRoot(cfg.root)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	set, err := load.Load(root.FS(), diags, cfg.entries...)
	if err != nil {
		return nil, err
	}
	contract, err := resolve.Resolve(set, diags)
	if err != nil {
		return nil, err
	}
	return contract, resolve.Include(contract, cfg.include, cfg.exclude)
}

// report prints an error: those with a position one a line, others with the name of the program in front.
func report(stderr io.Writer, root string, err error) {
	all := source.All(err)
	if all == nil {
		fmt.Fprintf(stderr, "wsdlgen: %v\n", err)
		return
	}
	shown := make(source.Errors, len(all))
	for i, e := range all {
		shown[i] = placed(root, e, "")
	}
	fmt.Fprintf(stderr, "%v\n", shown)
}

// placed returns e with the name of its file as the user would write it, which an editor can follow.
func placed(root string, e *source.Error, prefix string) *source.Error {
	c := *e
	if c.Pos.File != "" {
		c.Pos.File = filepath.Join(root, filepath.FromSlash(c.Pos.File))
	}
	c.Msg = prefix + c.Msg
	return &c
}

// A summary is what a run made, and the counts that it prints.
type summary struct {
	outputs                  []output // one a package
	pkg                      string
	types, operations, files int
}

func newSummary(cfg config, pkg *shape.Package, files []emit.File) *summary {
	s := &summary{
		outputs: outputs(cfg, files),
		pkg:     cfg.pkg,
		types:   len(pkg.Structs) + len(pkg.Enums) + len(pkg.Interfaces),
		files:   len(files),
	}
	for _, port := range pkg.Ports {
		s.operations += len(port.Operations)
	}
	return s
}

// String returns the line that a successful run prints.
func (s *summary) String() string {
	text := fmt.Sprintf("%s: %d types, %d operations in %d files", s.pkg, s.types, s.operations, s.files)
	if n := len(s.outputs); n > 1 {
		text += fmt.Sprintf(" of %d packages", n)
	}
	return text
}

//go:embed main.go
var self string

// manual returns the doc comment of this command, which is its manual, so that -h and the documentation cannot differ.
func manual() string {
	text, _, _ := strings.Cut(self, "\npackage main\n")
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimPrefix(strings.TrimPrefix(line, "//"), " ")
		b.WriteString(line)
	}
	return b.String()
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "wsdlgen (unknown version)"
	}
	return "wsdlgen " + info.Main.Version + " " + info.GoVersion
}

// sources returns the base names of the documents, which the generated files mention.
func (cfg config) sources() []string {
	var out []string
	for _, entry := range cfg.entries {
		out = append(out, filepath.Base(entry))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// exists reports whether name is a file, for messages that are better than the loader's.
func exists(name string) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s", name)
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%s is a folder; name the documents in it", name)
	}
	return nil
}
