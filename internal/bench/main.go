// Command bench measures the codec and the client beside others, all contenders in turn in one run, and prints a line a
// figure: name, median, unit, and how many times as good as encoding/xml, or as what builds on it, separated by tabs.
//
//	go run ./internal/bench [flags]
//
// The flags are:
//
//	-rows list
//		How many rows the payloads have. The default is 1,1000,10000,100000. Variants of the payload have the number
//		nearest to 10,000.
//	-rounds n
//		How often each contender runs; the median counts. The default is 9.
//	-quick
//		Three rounds, and nothing of more than 10,000 rows: to see whether it works.
//	-only regexp
//		Measure only what has such a name, and what it is compared with.
//	-o dir
//		Also write the figures to dir, as performance.md with a plot.
//
// The payload is the answer of GetReportUnitHistory in the form in which the service's framework writes it. Where
// SOAP_EXCHANGES names the folder of captured exchanges it is the captured answer of 1,000 rows, repeated; elsewhere one
// that is drawn in the same form, and the names of figures say so. gSOAP and libxml2 take part where they and a C++
// compiler are installed; they are compiled anew each time. Anything that is left out is named on the standard error.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

func main() {
	var err error
	if len(os.Args) > 2 && os.Args[1] == childArg {
		err = beChild(os.Args[2])
	} else {
		err = run(os.Args[1:])
	}
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A bench is one run of the program.
type bench struct {
	rows    []int
	rounds  int
	quick   bool
	only    *regexp.Regexp
	figures []figure
	skipped []string
	tools   *tools
}

func run(args []string) error {
	b := &bench{rows: []int{1, 1000, 10_000, 100_000}}
	fs := flag.NewFlagSet("bench", flag.ContinueOnError)
	fs.Func("rows", "how many rows the payloads have (default 1,1000,10000,100000)", func(s string) (err error) {
		b.rows, err = parseRows(s)
		return err
	})
	fs.IntVar(&b.rounds, "rounds", 9, "how often each contender runs; the median counts")
	fs.BoolVar(&b.quick, "quick", false, "three rounds, and nothing of more than 10,000 rows")
	only := fs.String("only", "", "measure only what has a name that matches this `regexp`")
	out := fs.String("o", "", "also write the figures to this `folder`, as performance.md with a plot")
	if err := fs.Parse(args); err != nil {
		return err
	}
	var err error
	if b.only, err = regexp.Compile(*only); err != nil {
		return err
	}
	if b.quick {
		b.rounds = 3
		b.rows = slices.DeleteFunc(b.rows, func(n int) bool { return n > 10_000 })
	}
	if b.rounds < 1 || len(b.rows) == 0 {
		return errors.New("there is nothing to measure")
	}
	return b.all(*out)
}

// all measures everything.
func (b *bench) all(out string) error {
	fmt.Fprintf(os.Stderr, "bench: %s, GOMAXPROCS=%d, %d rounds\n", runtime.Version(), runtime.GOMAXPROCS(0), b.rounds)
	b.tools = new(tools)
	defer b.tools.remove()
	for _, suite := range []func() error{b.decode, b.linear, b.encode, b.stream, b.calls, b.build} {
		if err := suite(); err != nil {
			return err
		}
	}
	if out == "" {
		return nil
	}
	return b.writeDocs(out)
}

func parseRows(s string) ([]int, error) {
	var rows []int
	for field := range strings.SplitSeq(s, ",") {
		n, err := strconv.Atoi(field)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is no number of rows", field)
		}
		rows = append(rows, n)
	}
	return rows, nil
}

// middle returns the number of rows that variants have: of those asked for the one that is nearest to 10,000.
func (b *bench) middle() int {
	return slices.MinFunc(b.rows, func(x, y int) int { return cmp.Compare(max(x-10_000, 10_000-x), max(y-10_000, 10_000-y)) })
}

func (b *bench) wants(name string) bool { return b.only.MatchString(name) }

func (b *bench) report(f figure) {
	b.figures = append(b.figures, f)
	f.print(os.Stdout)
}

func (b *bench) skip(name, reason string) {
	b.skipped = append(b.skipped, name+": "+reason)
	fmt.Fprintf(os.Stderr, "bench: skipped %s: %s\n", name, reason)
}
