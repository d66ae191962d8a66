package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/compare"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

const diffManual = `Usage: wsdlgen diff [-json] [-fail wire|go|never] [-compatible=false] old new

Diff says what a new version of a WSDL means for a client that was made from the old one. Each of the two is a WSDL or XML
Schema document, or a folder, of which all the documents *.wsdl are taken; what they import is read too. Every difference is
one of

	breaks the wire     such a client sends what the service does not take any more, or misreads its answers
	breaks the Go API   programs may have to be changed once the code is generated anew, and work until then
	compatible          nothing breaks: clients pass over elements that they do not know

and is printed with what it concerns, a sentence, and where the old and the new documents say it. What is written
differently and means the same is no difference.

The flags are:

	-json
		Print a JSON array of {"effect", "where", "what", "old", "new"} in place of text.
	-fail wire|go|never
		Exit with status 1 on what breaks the wire; on that and what breaks the Go API; or never. Default is go.
	-compatible=false
		Do not print what is compatible.

The exit status is 0 if nothing broke, 1 if something did, or a document cannot be understood, and 2 if the command line
is wrong.
`

// A diffConfig is the command line of wsdlgen diff.
type diffConfig struct {
	old, new   config
	asJSON     bool
	fail       compare.Effect // and worse; 0 for never
	compatible bool
}

// runDiff is the command wsdlgen diff.
func runDiff(args []string, stdout, stderr io.Writer) int {
	cfg, err := parseDiff(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, diffManual)
		return exitOK
	case err != nil:
		fmt.Fprintf(stderr, "wsdlgen diff: %v\nRun wsdlgen diff -h for the manual.\n", err)
		return exitUsage
	}
	changes, failed := compareRevisions(cfg, stderr)
	if failed {
		return exitWrong
	}
	broke := slices.ContainsFunc(changes, func(c compare.Change) bool { return c.Effect <= cfg.fail })
	if !cfg.compatible {
		changes = slices.DeleteFunc(changes, func(c compare.Change) bool { return c.Effect == compare.Compatible })
	}
	if err := cfg.print(stdout, changes); err != nil {
		fmt.Fprintf(stderr, "wsdlgen diff: %v\n", err)
		return exitWrong
	}
	if broke {
		return exitWrong
	}
	return exitOK
}

func parseDiff(args []string) (diffConfig, error) {
	var (
		cfg  diffConfig
		fail string
	)
	flags := newFlags("wsdlgen diff")
	flags.BoolVar(&cfg.asJSON, "json", false, "")
	flags.StringVar(&fail, "fail", "go", "")
	flags.BoolVar(&cfg.compatible, "compatible", true, "")
	versions, err := parseAnywhere(flags, args)
	if err != nil {
		return cfg, err
	}
	switch fail {
	case "wire":
		cfg.fail = compare.BreaksWire
	case "go":
		cfg.fail = compare.BreaksGo
	case "never":
	default:
		return cfg, fmt.Errorf("-fail is wire, go or never, and not %s", fail)
	}
	if len(versions) != 2 {
		return cfg, fmt.Errorf("two versions are compared, and %d named", len(versions))
	}
	for i, c := range []*config{&cfg.old, &cfg.new} {
		files, err := documents(versions[i])
		if err != nil {
			return cfg, err
		}
		if err := c.setEntries(files); err != nil {
			return cfg, err
		}
	}
	return cfg, nil
}

// documents returns the file called name or, if it is a folder, the WSDLs in it.
func documents(name string) ([]string, error) {
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		return []string{name}, nil // setEntries says what is wrong with it
	}
	files, err := filepath.Glob(filepath.Join(name, "*.wsdl"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("there is no file *.wsdl in the folder %s", name)
	}
	return files, err
}

// A revision is one of the two versions that are compared.
type revision struct {
	contract *model.Contract
	plan     *names.Plan
}

// readRevision reads the documents of cfg. What is only warned of is not of interest here.
func readRevision(cfg config) (*revision, error) {
	var diags source.List
	contract, err := understand(cfg, &diags)
	if err != nil {
		return nil, err
	}
	pkg, err := shape.New(contract)
	if err != nil {
		return nil, err
	}
	return &revision{contract, names.New(pkg)}, nil
}

// compareRevisions compares the two versions. It reports to stderr what cannot be understood.
func compareRevisions(cfg diffConfig, stderr io.Writer) (changes []compare.Change, failed bool) {
	old, oldErr := readRevision(cfg.old)
	new, newErr := readRevision(cfg.new)
	if oldErr != nil {
		report(stderr, cfg.old.root, oldErr)
	}
	if newErr != nil {
		report(stderr, cfg.new.root, newErr)
	}
	if oldErr != nil || newErr != nil {
		return nil, true
	}
	changes = append(compare.Contracts(old.contract, new.contract), compare.Names(old.plan, new.plan)...)
	for i := range changes {
		changes[i].Old = placedIn(cfg.old.root, changes[i].Old)
		changes[i].New = placedIn(cfg.new.root, changes[i].New)
	}
	compare.Sort(changes)
	return changes, false
}

// placedIn is pos with the name of its file as the user would write it.
func placedIn(root string, pos source.Pos) source.Pos {
	if pos.File != "" {
		pos.File = filepath.Join(root, filepath.FromSlash(pos.File))
	}
	return pos
}

func (cfg diffConfig) print(w io.Writer, changes []compare.Change) error {
	if cfg.asJSON {
		return printJSON(w, changes)
	}
	if len(changes) == 0 {
		_, err := fmt.Fprintln(w, "no difference")
		return err
	}
	last := compare.Effect(0)
	for _, c := range changes {
		if c.Effect != last {
			last = c.Effect
			fmt.Fprintf(w, "%v:\n", c.Effect)
		}
		fmt.Fprintf(w, "\t%s: %s\n", c.Where, c.What)
		if c.Old.File != "" {
			fmt.Fprintf(w, "\t\told %v\n", c.Old)
		}
		if c.New.File != "" {
			fmt.Fprintf(w, "\t\tnew %v\n", c.New)
		}
	}
	return nil
}

func printJSON(w io.Writer, changes []compare.Change) error {
	type change struct {
		Effect string `json:"effect"`
		Where  string `json:"where"`
		What   string `json:"what"`
		Old    string `json:"old,omitempty"`
		New    string `json:"new,omitempty"`
	}
	at := func(pos source.Pos) string {
		if pos.File == "" {
			return ""
		}
		return pos.String()
	}
	effects := map[compare.Effect]string{compare.BreaksWire: "wire", compare.BreaksGo: "go", compare.Compatible: "compatible"}
	out := []change{}
	for _, c := range changes {
		out = append(out, change{effects[c.Effect], c.Where, c.What, at(c.Old), at(c.New)})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}
