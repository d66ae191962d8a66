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
//	wsdlgen [generate] [flags] file.wsdl …
//	wsdlgen fetch …
//	wsdlgen inspect …
//	wsdlgen sample …
//
// Several documents become one package; what more than one of them declares must be the same in all. That is how the
// documents for SOAP 1.1 and 1.2 of one service are merged. Documents that the named ones import and include are read
// too, from the folder that holds the named ones and from those below it: nothing else is read, and never the network.
// To get documents from a service, see wsdlgen fetch -h; to learn what stands in them, wsdlgen inspect -h; to see what the
// messages of an operation look like, wsdlgen sample -h.
//
// The flags are:
//
//	-o dir
//		The folder of the package, which is made if it is not there. Default is the current folder. Files there that
//		wsdlgen did not write are never touched; those of an earlier run that are no longer needed are removed.
//	-pkg name
//		The name of the package. Default is the last element of -o.
//	-root dir
//		Also read imported documents from this folder and those below it. It must hold the named documents. Default is
//		the folder that holds them all.
//	-include pattern
//		Generate only the operations whose name matches, and what they need. A pattern is GetUnit, or Port.GetUnit with the
//		name of the port type, with * for any characters and ? for one. May be repeated, and hold several with commas
//		between them.
//	-exclude pattern
//		Leave out the operations whose name matches.
//	-check
//		Write nothing. Exit with status 1, and a short diff on the standard output, if the files are not what would be
//		written: for continuous integration.
//	-version
//		Print the version and exit.
//
// Errors are printed as file:line:col: what is wrong (and what to do about it), all that are found and not the first alone. A
// document that cannot be understood is an error, and nothing is written. The exit status is 0 if all went well, 1 if
// the documents are wrong or -check found a difference, and 2 if the command line is.
//
// Output depends on the documents and on nothing else: the same input gives the same bytes, in whatever order the
// documents are named.
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
	"fetch":    fetch.Run,
	"inspect":  runInspect,
	"sample":   runSample,
}

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
		if err := summary.output.write(); err != nil {
			fmt.Fprintf(stderr, "wsdlgen: %v\n", err)
			return exitWrong
		}
		fmt.Fprintf(stderr, "wsdlgen: %v\n", summary)
		return exitOK
	}
	fresh, err := summary.output.check(stdout)
	if err != nil {
		fmt.Fprintf(stderr, "wsdlgen: %v\n", err)
		return exitWrong
	}
	if !fresh {
		fmt.Fprintf(stderr, "wsdlgen: %s is stale: run go generate, or wsdlgen without -check\n", cfg.pkg)
		return exitWrong
	}
	return exitOK
}

// generate makes the output for cfg, without writing it. Warnings go to stderr.
func generate(cfg config, stderr io.Writer) (*summary, error) {
	var diags source.List
	contract, err := understand(cfg, &diags)
	if err != nil {
		return nil, err
	}
	pkg, err := shape.New(contract)
	if err != nil {
		return nil, err
	}
	files, err := emit.Files(pkg, names.New(pkg), emit.Options{Package: cfg.pkg, Sources: cfg.sources()})
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
	output                   output
	pkg                      string
	types, operations, files int
}

func newSummary(cfg config, pkg *shape.Package, files []emit.File) *summary {
	s := &summary{
		output: output{dir: cfg.out, files: files},
		pkg:    cfg.pkg,
		types:  len(pkg.Structs) + len(pkg.Enums) + len(pkg.Interfaces),
		files:  len(files),
	}
	for _, port := range pkg.Ports {
		s.operations += len(port.Operations)
	}
	return s
}

// String returns the line that a successful run prints.
func (s *summary) String() string {
	return fmt.Sprintf("%s: %d types, %d operations in %d files", s.pkg, s.types, s.operations, s.files)
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
