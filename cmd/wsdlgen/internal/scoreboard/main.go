// Scoreboard runs wsdlgen on a corpus of real WSDLs and tells how far each case comes.
//
//	go run ./cmd/wsdlgen/internal/scoreboard [flags] corpus
//
// The corpus is a folder with a file index.csv and a folder all with a folder for each case. Of the columns of the index
// case is wanted; entry, the document to begin with, family and features are read if they are there. Without an index all
// folders are cases. A case goes through these stages, and is out at the first that it fails:
//
//	generate    the WSDL is understood, and Go files are made
//	compile     go build and go vet have nothing to say about them
//	operations  every operation that a SOAP binding carries has a method
//	samples     sample messages are valid by the case's own schemas, as xmllint and the validator of the JDK see it
//	decode, encode, compare
//	            each sample is read into Go and written back as the same XML
//	recorded    real messages, where the corpus has any for the case, are read and written back without loss
//	call        each operation is called over HTTP, in memory, and both sides see the same values
//	foreign     what these calls sent in SOAP encoding says the same to another stack: php-soap, or SOAP::Lite
//
// It prints a table by family and one by feature, writes the cases that fall short with their causes to -o, and fails
// if one does that is not in the baseline, or if totals are below it.
//
// With -speed it does none of that, but measures for each case how fast a long answer is read: a sample of which one element
// is repeated to 10 MB. A line is a figure: name, median, unit, and how many times as fast as encoding/xml, separated by tabs.
//
// Generated packages are built many at a time, in a module below a temporary folder, and run in few programs: see
// package replay.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// A config is the command line.
type config struct {
	corpus   string // folder
	module   string // folder of this module
	baseline string // file; empty for no comparison
	out      string // file for the cases that fall short; empty for none
	work     string // folder for what is generated; empty for a temporary one
	update   bool
	quick    int  // take only every n-th case
	speed    bool // measure, in place of all else
	only     string
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == trialVerb {
		os.Exit(runTrial(os.Args[2:], os.Stdout, os.Stderr))
	}
	var cfg config
	flag.StringVar(&cfg.module, "module", ".", "the `folder` of the module that holds wsdlgen")
	flag.StringVar(&cfg.baseline, "baseline", "", "compare with the totals and failures in this `file`")
	flag.BoolVar(&cfg.update, "update", false, "write the baseline in place of comparing with it")
	flag.StringVar(&cfg.out, "o", "", "write the cases that fall short, with all causes, to this `file`")
	flag.StringVar(&cfg.work, "work", "", "keep what is generated in this `folder`")
	flag.IntVar(&cfg.quick, "quick", 1, "take only every `n`-th case")
	flag.BoolVar(&cfg.speed, "speed", false, "only measure how fast long answers are read, beside encoding/xml")
	flag.StringVar(&cfg.only, "only", "", "take only the cases of these `names`, with commas between")
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	cfg.corpus = flag.Arg(0)
	if err := run(cfg, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "scoreboard: %v\n", err)
		os.Exit(1)
	}
}

func run(cfg config, stdout io.Writer) error {
	all, err := readCases(cfg.corpus)
	if err != nil {
		return err
	}
	cases := choose(all, cfg)
	if cfg.work == "" {
		if cfg.work, err = os.MkdirTemp("", "scoreboard"); err != nil {
			return err
		}
		defer os.RemoveAll(cfg.work)
	}
	m, err := newModule(cfg.work, cfg.module)
	if err != nil {
		return err
	}
	if cfg.speed {
		return m.measure(cases, cfg, stdout)
	}
	steps := []struct {
		name string
		do   func() error
	}{
		{"generate", func() error { return generateAll(cases, casesDir(cfg.corpus), m) }},
		{"build", func() error { return m.build(cases) }},
		{"samples", func() error { return sampleAll(cases, cfg.work) }},
		{"validate", func() error { return judgeAll(cases, cfg.work) }},
		{"payloads", func() error { return attachPayloads(cases, cfg) }},
		{"replay", func() error { return m.replay(cases) }},
		{"foreign", func() error { return m.judgeEncoded(cases, cfg.corpus) }},
	}
	for _, step := range steps {
		from := time.Now()
		if err := step.do(); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Fprintf(stdout, "%-10s %5.1f s\n", step.name, time.Since(from).Seconds())
	}
	printTables(stdout, cases)
	if cfg.out != "" {
		if err := writeFailures(cfg.out, cases); err != nil {
			return err
		}
	}
	return compareBaseline(cfg, cases, stdout)
}

// choose returns the cases that the command line asks for.
func choose(all []*testCase, cfg config) []*testCase {
	var some []*testCase
	only := strings.Split(cfg.only, ",")
	for i, c := range all {
		if i%max(cfg.quick, 1) == 0 && (cfg.only == "" || slices.Contains(only, c.name)) {
			some = append(some, c)
		}
	}
	return some
}

// compareBaseline holds the results against the committed ones, or replaces those.
func compareBaseline(cfg config, cases []*testCase, stdout io.Writer) error {
	if cfg.baseline == "" {
		return nil
	}
	now := newBaseline(cases)
	if cfg.update {
		if cfg.quick > 1 || cfg.only != "" {
			return errors.New("the baseline is that of all cases: -update goes with neither -quick nor -only")
		}
		return os.WriteFile(cfg.baseline, []byte(now.String()), 0o666)
	}
	before, err := readBaseline(cfg.baseline)
	if err != nil {
		return err
	}
	worse, better := before.compare(now, cfg.quick <= 1 && cfg.only == "")
	for _, line := range better {
		fmt.Fprintf(stdout, "better: %s\n", line)
	}
	for _, line := range worse {
		fmt.Fprintf(stdout, "WORSE: %s\n", line)
	}
	if len(worse) > 0 {
		return fmt.Errorf("%d regressions against %s", len(worse), cfg.baseline)
	}
	return nil
}
