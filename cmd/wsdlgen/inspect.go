package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

const inspectManual = `Usage: wsdlgen inspect [-json] [-root dir] file.wsdl …

Inspect prints what the documents declare: services with their ports, port types with their operations, and types. For an
operation it says which element is sent and which comes back, its faults and headers, its SOAP action, and over which
versions of SOAP it is to be had; one that wsdlgen makes no method for is listed with the reason. At the end stands what
was read otherwise than it is written, or, if the documents cannot be understood, what is wrong or not supported, and
where.

The flags are:

	-json
		Print one JSON object in place of text.
	-root dir
		Also read imported documents from this folder and those below it, as wsdlgen generate does.

The exit status is 0 if code can be generated, 1 if not, and 2 if the command line is wrong.
`

// runInspect is the command wsdlgen inspect.
func runInspect(args []string, stdout, stderr io.Writer) int {
	var (
		cfg    config
		asJSON bool
	)
	flags := newFlags("wsdlgen inspect")
	flags.BoolVar(&asJSON, "json", false, "")
	flags.StringVar(&cfg.root, "root", "", "")
	names, err := parseAnywhere(flags, args)
	if err == nil && len(names) == 0 {
		err = errors.New("no WSDL document is named")
	}
	if err == nil {
		err = cfg.setEntries(names)
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, inspectManual)
		return exitOK
	case err != nil:
		fmt.Fprintf(stderr, "wsdlgen inspect: %v\nRun wsdlgen inspect -h for the manual.\n", err)
		return exitUsage
	}
	found, err := inspect(cfg)
	if err != nil {
		report(stderr, cfg.root, err)
		return exitWrong
	}
	if asJSON {
		enc := json.NewEncoder(stdout)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		if err := enc.Encode(found); err != nil {
			fmt.Fprintf(stderr, "wsdlgen inspect: %v\n", err)
			return exitWrong
		}
	} else {
		found.print(stdout)
	}
	if len(found.Problems) > 0 {
		return exitWrong
	}
	return exitOK
}

// An inspection is what wsdlgen inspect prints. Its fields are the form of the JSON.
type inspection struct {
	Documents []string          `json:"documents"`
	Services  []inspectService  `json:"services"`
	PortTypes []inspectPortType `json:"portTypes"`
	Types     []inspectType     `json:"types"`
	Problems  []inspectProblem  `json:"problems"`
	Warnings  []inspectProblem  `json:"warnings"`
}

type inspectService struct {
	Name  string        `json:"name"`
	Ports []inspectPort `json:"ports"`
}

type inspectPort struct {
	Name     string `json:"name"`
	Binding  string `json:"binding"`
	PortType string `json:"portType"`
	Version  string `json:"version"`
	Address  string `json:"address,omitempty"`
}

type inspectPortType struct {
	Name       string             `json:"name"`
	Operations []inspectOperation `json:"operations"`
}

type inspectOperation struct {
	Name     string   `json:"name"`
	Style    string   `json:"style"`
	Request  string   `json:"request,omitempty"`
	Response string   `json:"response,omitempty"`
	OneWay   bool     `json:"oneWay,omitempty"`
	Headers  []string `json:"headers,omitempty"`
	Faults   []string `json:"faults,omitempty"`
	Action   string   `json:"action,omitempty"`
	Versions []string `json:"versions,omitempty"`
	Left     string   `json:"notGenerated,omitempty"`
}

type inspectType struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Base    string `json:"base,omitempty"`
	Members int    `json:"members,omitempty"`
	Used    bool   `json:"used"`
}

type inspectProblem struct {
	Position string `json:"position"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

// inspect reads the documents. What is wrong with them is part of the result; other errors are returned.
func inspect(cfg config) (*inspection, error) {
	var (
		diags source.List
		found = &inspection{Documents: cfg.entries, Services: []inspectService{}, PortTypes: []inspectPortType{}, Types: []inspectType{}}
	)
	contract, err := understand(cfg, &diags)
	if err == nil {
		found.declare(contract)
		var pkg *shape.Package
		if pkg, err = shape.New(contract); err == nil {
			found.left(pkg)
		}
	}
	if err != nil && source.All(err) == nil {
		return nil, err
	}
	found.Problems = problems(cfg, source.All(err))
	found.Warnings = problems(cfg, diags.Warnings())
	return found, nil
}

func problems(cfg config, errs source.Errors) []inspectProblem {
	list := make([]inspectProblem, 0, len(errs))
	for _, e := range errs {
		e = placed(cfg.root, e, "")
		list = append(list, inspectProblem{e.Pos.String(), e.Msg, e.Hint})
	}
	return list
}

func (found *inspection) declare(c *model.Contract) {
	found.Documents = c.Documents
	for _, s := range c.Services {
		service := inspectService{Name: s.Name.Local, Ports: []inspectPort{}}
		for _, p := range s.Ports {
			if p.Binding == nil {
				continue
			}
			service.Ports = append(service.Ports, inspectPort{p.Name, p.Binding.Name.Local, p.Binding.PortType.Name.Local,
				p.Binding.Version.String(), p.Address})
		}
		found.Services = append(found.Services, service)
	}
	for _, pt := range c.PortTypes {
		found.PortTypes = append(found.PortTypes, inspectPortType{pt.Name.Local, operationsOf(pt)})
	}
	for _, t := range c.Types {
		if t.IsAnonymous() {
			continue
		}
		one := inspectType{Name: t.Name.String(), Kind: kindOf(t), Members: len(t.Members) + len(t.Attributes), Used: t.Used}
		if t.Base != nil {
			one.Base = t.Base.Name.String()
		}
		found.Types = append(found.Types, one)
	}
	slices.SortStableFunc(found.Types, func(a, b inspectType) int { return strings.Compare(a.Name, b.Name) })
}

func operationsOf(pt *model.PortType) []inspectOperation {
	list := []inspectOperation{}
	for _, op := range pt.Operations {
		one := inspectOperation{Name: op.Name, Style: op.Style.String(), OneWay: op.OneWay(),
			Request: bodyName(op.Input), Response: bodyName(op.Output)}
		for _, body := range []*model.Body{op.Input, op.Output} {
			if body == nil {
				continue
			}
			for _, h := range body.Headers {
				if h.Element != nil {
					one.Headers = append(one.Headers, h.Element.Name.String())
				}
			}
		}
		for _, f := range op.Faults {
			if f.Element != nil {
				one.Faults = append(one.Faults, f.Element.Name.String())
			}
		}
		for _, bound := range op.Bindings {
			if one.Action == "" {
				one.Action = bound.Action
			}
			if v := bound.Binding.Version.String(); !slices.Contains(one.Versions, v) {
				one.Versions = append(one.Versions, v)
			}
		}
		list = append(list, one)
	}
	return list
}

func bodyName(b *model.Body) string {
	switch {
	case b == nil:
		return ""
	case b.Element == nil:
		return "(empty)"
	}
	return b.Element.Name.String()
}

func kindOf(t *model.Type) string {
	kind := map[model.TypeKind]string{
		model.ComplexType: "complex", model.EnumType: "enumeration", model.SimpleType: "simple",
		model.ListType: "list", model.UnionType: "union",
	}[t.Kind]
	if t.Abstract {
		kind = "abstract " + kind
	}
	return kind
}

// left notes why operations have no method.
func (found *inspection) left(pkg *shape.Package) {
	methods := map[*model.PortType]*shape.Port{}
	for _, port := range pkg.Ports {
		methods[port.PortType] = port
	}
	for i, pt := range pkg.Contract.PortTypes {
		for j, op := range pt.Operations {
			port := methods[pt]
			generated := port != nil && slices.ContainsFunc(port.Operations, func(o *shape.Operation) bool { return o.Operation == op })
			if generated {
				continue
			}
			reason := "no SOAP binding carries it"
			if op.Input == nil {
				reason = "only the service sends it"
			}
			found.PortTypes[i].Operations[j].Left = reason
		}
	}
}

// print prints the text form.
func (found *inspection) print(w io.Writer) {
	fmt.Fprintf(w, "documents: %s\n", strings.Join(found.Documents, ", "))
	for _, s := range found.Services {
		fmt.Fprintf(w, "\nservice %s\n", s.Name)
		for _, p := range s.Ports {
			fmt.Fprintf(w, "  port %s: %s, port type %s", p.Name, p.Version, p.PortType)
			if p.Address != "" {
				fmt.Fprintf(w, ", at %s", p.Address)
			}
			fmt.Fprintln(w)
		}
	}
	for _, pt := range found.PortTypes {
		fmt.Fprintf(w, "\nport type %s\n", pt.Name)
		for _, op := range pt.Operations {
			op.print(w)
		}
	}
	if len(found.Types) > 0 {
		fmt.Fprintf(w, "\ntypes\n")
	}
	for _, t := range found.Types {
		fmt.Fprintf(w, "  %s: %s", t.Name, t.Kind)
		if t.Members > 0 {
			fmt.Fprintf(w, ", members: %d", t.Members)
		}
		if t.Base != "" {
			fmt.Fprintf(w, ", of %s", t.Base)
		}
		if !t.Used {
			fmt.Fprint(w, ", in no message")
		}
		fmt.Fprintln(w)
	}
	printProblems(w, "read otherwise than it stands there", found.Warnings)
	printProblems(w, "wrong or not supported", found.Problems)
}

func (op inspectOperation) print(w io.Writer) {
	fmt.Fprintf(w, "  %s (%s", op.Name, op.Style)
	for _, v := range op.Versions {
		fmt.Fprintf(w, ", %s", v)
	}
	fmt.Fprint(w, ")\n")
	line := func(title, text string) {
		if text != "" {
			fmt.Fprintf(w, "    %-9s %s\n", title, text)
		}
	}
	line("action", op.Action)
	line("request", op.Request)
	line("response", op.Response)
	if op.OneWay {
		line("response", "none: one-way")
	}
	line("headers", strings.Join(op.Headers, ", "))
	line("faults", strings.Join(op.Faults, ", "))
	if op.Left != "" {
		line("no method", op.Left)
	}
}

func printProblems(w io.Writer, title string, list []inspectProblem) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, p := range list {
		fmt.Fprintf(w, "  %s: %s", p.Position, p.Message)
		if p.Hint != "" {
			fmt.Fprintf(w, " (%s)", p.Hint)
		}
		fmt.Fprintln(w)
	}
}
