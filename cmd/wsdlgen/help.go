package main

import (
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/suggest"
)

// configManual is what wsdlgen help config prints.
//
//go:embed config.txt
var configManual string

// runHelp is the command wsdlgen help.
func runHelp(args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stdout, manual())
		return exitOK
	}
	if args[0] == "config" {
		fmt.Fprint(stdout, configManual)
		return exitOK
	}
	if verb, ok := verbs[args[0]]; ok && args[0] != "help" {
		return verb([]string{"-h"}, stdout, stderr)
	}
	topics := append(slices.Collect(maps.Keys(verbs)), "config")
	fmt.Fprintf(stderr, "wsdlgen help: there is nothing about %s (%s)\n", args[0], suggest.Hint(args[0], topics))
	return exitUsage
}
