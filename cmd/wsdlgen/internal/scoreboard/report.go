package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
)

// Totals are the counts over some cases.
type totals struct {
	cases, generated, compiled    int
	wanted, operations, called    int
	messages, valid, roundTripped int
	recorded, kept                int // messages that were recorded, and those of them that lose nothing
	encoded, understood           int // messages in SOAP encoding, and those that a foreign stack reads right
	perfect                       int // cases that fail nothing
}

func (t *totals) add(c *testCase) {
	t.cases++
	reached := c.reached()
	if reached > stageGenerate {
		t.generated++
	}
	if reached > stageCompile {
		t.compiled++
	}
	if reached == numStages {
		t.perfect++
	}
	t.wanted += c.wanted
	t.operations += c.operations
	t.called += c.called
	for _, m := range c.samples {
		t.messages++
		if m.verdict == "" {
			t.valid++
		}
		if !m.failed {
			t.roundTripped++
		}
	}
	for _, w := range c.wires {
		t.encoded++
		if w.judge != "" {
			t.understood++
		}
	}
	for _, m := range c.recorded {
		t.recorded++
		if !m.failed {
			t.kept++
		}
	}
}

func sum(cases []*testCase) totals {
	var t totals
	for _, c := range cases {
		t.add(c)
	}
	return t
}

// printTables prints the totals by family, by feature and of all.
func printTables(w io.Writer, cases []*testCase) {
	families, features := map[string][]*testCase{}, map[string][]*testCase{}
	for _, c := range cases {
		families[c.family] = append(families[c.family], c)
		for _, f := range c.features {
			features[f] = append(features[f], c)
		}
	}
	printTable(w, "family", families)
	printTable(w, "feature", features)
	printTable(w, "", map[string][]*testCase{"all": cases})
	if t := sum(cases); t.encoded > 0 {
		fmt.Fprintf(w, "\nin SOAP encoding: %d messages, %d of them read right by other stacks\n", t.encoded, t.understood)
	}
}

func printTable(w io.Writer, title string, groups map[string][]*testCase) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(tw, "\n%s\tcases\tgenerate\tcompile\tall well\toperations\tof\tcalled\tmessages\tvalid\tround trip\trecorded\tkept\t\n", title)
	for _, name := range sortedKeys(groups) {
		t := sum(groups[name])
		fmt.Fprintf(tw, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", name, t.cases, t.generated, t.compiled, t.perfect,
			t.operations, t.wanted, t.called, t.messages, t.valid, t.roundTripped, t.recorded, t.kept)
	}
	tw.Flush()
}

// writeFailures writes the cases that fall short, and after them the causes by how many cases have them.
func writeFailures(file string, cases []*testCase) error {
	var b strings.Builder
	count := map[string]int{}
	for _, c := range cases {
		if len(c.failures) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s (%s)\n", c.name, c.pkg)
		mine := map[string]bool{}
		for _, f := range c.failures {
			fmt.Fprintf(&b, "\t%v %s: %s\n", f.stage, f.where, strings.ReplaceAll(strings.TrimSpace(f.cause), "\n", "\n\t\t"))
			mine[f.summary()] = true
		}
		for s := range mine {
			count[s]++
		}
	}
	b.WriteString("\ncauses, by number of cases\n")
	keys := sortedKeys(count)
	slices.SortStableFunc(keys, func(x, y string) int { return count[y] - count[x] })
	for _, k := range keys {
		fmt.Fprintf(&b, "%5d  %s\n", count[k], k)
	}
	return os.WriteFile(file, []byte(b.String()), 0o666)
}

// particular matches what is particular to one document in a cause: quoted words, names, positions, paths.
var particular = regexp.MustCompile(`"[^"]*"|'[^']*'|\{[^}]*\}\S*|\S+:\d+:\d+:|/\S+|\b[a-z]+\.[A-Z]\w*|\[\d+\]|\d+`)

// summary returns the stage and the first line of the cause, without what is particular to the case.
func (f failure) summary() string {
	line, _, _ := strings.Cut(strings.TrimSpace(f.cause), "\n")
	line = particular.ReplaceAllString(line, "…")
	const most = 160
	if r := []rune(line); len(r) > most {
		line = string(r[:most]) + "…"
	}
	return f.stage.String() + ": " + strings.Join(strings.Fields(line), " ")
}
