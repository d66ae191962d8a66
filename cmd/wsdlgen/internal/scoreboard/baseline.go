package main

import (
	"fmt"
	"os"
	"strings"
)

// A baseline is what is known: totals, and the cases that fall short, with the stage that they fail and the first cause.
// It names nothing that stands in a document of the corpus.
type baseline struct {
	totals map[string]int
	cases  map[string]string // stage and cause by case
}

func newBaseline(cases []*testCase) *baseline {
	t := sum(cases)
	b := &baseline{cases: map[string]string{}, totals: map[string]int{
		"cases": t.cases, "generated": t.generated, "compiled": t.compiled, "perfect": t.perfect,
		"operations": t.operations, "called": t.called, "messages": t.messages, "valid": t.valid, "round-tripped": t.roundTripped, "encoded-understood": t.understood, "recorded-kept": t.kept,
	}}
	for _, c := range cases {
		reached := c.reached()
		for _, f := range c.failures {
			if f.stage == reached {
				b.cases[c.name] = f.summary()
				break
			}
		}
	}
	return b
}

// String returns the text of the file.
func (b *baseline) String() string {
	var out strings.Builder
	out.WriteString("# What make corpus has to reach at least, and the cases that fall short. Written by make corpus-update.\n\n")
	for _, name := range sortedKeys(b.totals) {
		fmt.Fprintf(&out, "%s %d\n", name, b.totals[name])
	}
	out.WriteByte('\n')
	for _, name := range sortedKeys(b.cases) {
		fmt.Fprintf(&out, "%s: %s\n", name, b.cases[name])
	}
	return out.String()
}

func readBaseline(file string) (*baseline, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	b := &baseline{totals: map[string]int{}, cases: map[string]string{}}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if name, cause, ok := strings.Cut(line, ": "); ok {
			b.cases[name] = cause
			continue
		}
		var (
			name string
			n    int
		)
		if _, err := fmt.Sscanf(line, "%s %d", &name, &n); err != nil {
			return nil, fmt.Errorf("%s: %q is neither a total nor a case", file, line)
		}
		b.totals[name] = n
	}
	return b, nil
}

// compare returns what is worse and what is better now. Without all cases totals are not compared.
func (b *baseline) compare(now *baseline, all bool) (worse, better []string) {
	for _, name := range sortedKeys(now.cases) {
		cause := now.cases[name]
		old, known := b.cases[name]
		switch {
		case !known:
			worse = append(worse, name+" was well: "+cause)
		case stageIn(cause) < stageIn(old):
			worse = append(worse, name+" came further: "+cause)
		case stageIn(cause) > stageIn(old):
			better = append(better, name+" comes further: "+cause)
		}
	}
	if !all {
		return worse, better
	}
	for _, name := range sortedKeys(b.cases) {
		if _, ok := now.cases[name]; !ok {
			better = append(better, name+" is well")
		}
	}
	for _, name := range sortedKeys(b.totals) {
		switch n, old := now.totals[name], b.totals[name]; {
		case n < old && name != "messages":
			worse = append(worse, fmt.Sprintf("%s: %d, and were %d", name, n, old))
		case n > old:
			better = append(better, fmt.Sprintf("%s: %d, and were %d", name, n, old))
		}
	}
	return worse, better
}

// stageIn returns the stage that a summary begins with.
func stageIn(summary string) stage {
	name, _, _ := strings.Cut(summary, ":")
	return stageOf(name)
}
