package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/sample"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

const sampleManual = `Usage: wsdlgen sample [-soap 11|12] [-root dir] file.wsdl … operation

Sample prints the envelopes of an operation, request and response, with everything that they may hold and with
placeholders for values. Comments say what is optional, what repeats, which values there are, and where there is a
choice, of which the first branch is shown. The messages are valid by the schemas of the document.

Where several port types have an operation of that name, write PortType.operation to choose one.

The flags are:

	-soap version
		The version of SOAP, 11 or 12. Default is the first that the operation is bound to.
	-root dir
		Also read imported documents from this folder and those below it, as wsdlgen generate does.

The exit status is 0 if all went well, 1 if the documents are wrong or have no such operation, and 2 if the command line
is wrong.
`

// A sampleConfig is the command line of wsdlgen sample, checked.
type sampleConfig struct {
	config
	operation string
	version   model.Version // 0 is that of the binding
}

// runSample is the command wsdlgen sample.
func runSample(args []string, stdout, stderr io.Writer) int {
	cfg, err := parseSampleFlags(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, sampleManual)
		return exitOK
	case err != nil:
		fmt.Fprintf(stderr, "wsdlgen sample: %v\nRun wsdlgen sample -h for the manual.\n", err)
		return exitUsage
	}
	var diags source.List
	contract, err := understand(cfg.config, &diags)
	if err != nil {
		report(stderr, cfg.root, err)
		return exitWrong
	}
	operations := findOperations(contract, cfg.operation)
	if len(operations) == 0 {
		fmt.Fprintf(stderr, "wsdlgen sample: there is no operation %s; there are %s\n", cfg.operation, strings.Join(operationNames(contract), ", "))
		return exitWrong
	}
	for i, op := range operations {
		if i > 0 {
			fmt.Fprintln(stdout)
		}
		printSample(stdout, stderr, sample.New(contract), op, cfg.version)
	}
	return exitOK
}

func parseSampleFlags(args []string) (sampleConfig, error) {
	var (
		cfg     sampleConfig
		version string
	)
	flags := newFlags("wsdlgen sample")
	flags.StringVar(&version, "soap", "", "")
	flags.StringVar(&cfg.root, "root", "", "")
	names, err := parseAnywhere(flags, args)
	if err != nil {
		return cfg, err
	}
	switch version {
	case "":
	case "11", "1.1":
		cfg.version = model.SOAP11
	case "12", "1.2":
		cfg.version = model.SOAP12
	default:
		return cfg, fmt.Errorf("there is no SOAP version %q: -soap takes 11 or 12", version)
	}
	if len(names) < 2 {
		return cfg, errors.New("a WSDL document and an operation are wanted")
	}
	last := len(names) - 1
	cfg.operation = names[last]
	return cfg, cfg.setEntries(names[:last])
}

// findOperations returns the operations that name stands for: those called so in the first port type that has any, or in
// the one that is named in front of a dot.
func findOperations(c *model.Contract, name string) []*model.Operation {
	var found []*model.Operation
	for _, pt := range c.PortTypes {
		for _, op := range pt.Operations {
			if op.Name == name && (len(found) == 0 || found[0].PortType == pt) || pt.Name.Local+"."+op.Name == name {
				found = append(found, op)
			}
		}
	}
	return found
}

func operationNames(c *model.Contract) []string {
	var names []string
	for _, pt := range c.PortTypes {
		for _, op := range pt.Operations {
			names = append(names, op.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// printSample prints the envelopes of an operation. Notes on values that are not valid go to stderr.
func printSample(stdout, stderr io.Writer, gen *sample.Generator, op *model.Operation, version model.Version) {
	action := ""
	for _, bound := range op.Bindings {
		if version == 0 {
			version = bound.Binding.Version
		}
		if action == "" {
			action = bound.Action
		}
	}
	if version == 0 {
		version = model.SOAP11
	}
	print := func(direction string, body *model.Body) {
		envelope, notes := gen.Envelope(body, version)
		title := fmt.Sprintf("%s of %s, %v", direction, op.Name, version)
		if direction == "request" && action != "" {
			title += ", action " + action
		}
		fmt.Fprintf(stdout, "<!-- %s -->\n%s", strings.ReplaceAll(title, "--", "- -"), envelope)
		for _, note := range notes {
			fmt.Fprintf(stderr, "wsdlgen sample: note: the value of %s\n", note)
		}
	}
	if op.Input != nil {
		print("request", op.Input)
	}
	if op.Output != nil {
		if op.Input != nil {
			fmt.Fprintln(stdout)
		}
		print("response", op.Output)
	}
}
