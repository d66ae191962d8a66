package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"text/template"
	"time"
)

//go:embed performance.md.tmpl
var performanceText string

// writeDocs writes the figures to dir as performance.md, with the plot performance.svg.
func (b *bench) writeDocs(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	page, err := b.page()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "performance.md"), page, 0o666); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "performance.svg"), plot(b.bars()), 0o666)
}

// A section of the page holds the figures whose names have one of the prefixes.
type section struct {
	Title    string
	Prefixes []string
	Figures  []figure
}

func (b *bench) sections() []*section {
	sections := []*section{
		{Title: "Reading", Prefixes: []string{"decode-", "tokenize-", "bytes-", "stream-memory-", "row-"}},
		{Title: "Reading other services", Prefixes: []string{"service-"}},
		{Title: "Writing", Prefixes: []string{"encode-"}},
		{Title: "Long answers over the loopback interface", Prefixes: []string{"stream-history-"}},
		{Title: "Short calls over the loopback interface", Prefixes: []string{"call"}},
		{Title: "Cost of generated code", Prefixes: []string{"build-"}},
	}
	for _, f := range b.figures {
		for _, s := range sections {
			if s.has(f.Name) {
				s.Figures = append(s.Figures, f)
			}
		}
	}
	return sections
}

func (s *section) has(name string) bool {
	for _, prefix := range s.Prefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// page returns performance.md.
func (b *bench) page() ([]byte, error) {
	t, err := template.New("performance.md").Funcs(template.FuncMap{"digits": significant}).Parse(performanceText)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, map[string]any{
		"Date": time.Now().UTC().Format(time.DateOnly), "Go": runtime.Version(), "OS": runtime.GOOS, "Arch": runtime.GOARCH,
		"CPU": processor(), "Procs": runtime.GOMAXPROCS(0), "Rounds": b.rounds, "Sections": b.sections(), "Skipped": b.skipped,
	})
	return out.Bytes(), err
}

// processor returns what the machine calls its processor, where it says so.
func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "an unknown processor"
	}
	for line := range strings.Lines(string(info)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "an unknown processor"
}

// bars are the ratios that the plot shows: time alone, of payloads of the middle length, and of calls.
func (b *bench) bars() []bar {
	var bars []bar
	middle := "-" + size(b.middle())
	for _, f := range b.figures {
		wanted := strings.HasPrefix(f.Name, "decode-") || strings.HasPrefix(f.Name, "encode-") || strings.HasPrefix(f.Name, "tokenize-")
		of := strings.Contains(f.Name+"-", middle+"-")
		if f.Unit != "ms" && f.Unit != "calls/s" || f.Ratio == 0 || !(wanted && of || f.Unit == "calls/s") {
			continue
		}
		bars = append(bars, bar{f.Name, f.Ratio, ours(f.Name)})
	}
	return bars
}

// ours reports whether a figure is one of this project's, and not of a contender.
func ours(name string) bool {
	for _, other := range []string{"encoding-xml", "gowsdl", "etree", "gsoap", "libxml2"} {
		if strings.Contains(name, other) {
			return false
		}
	}
	return true
}

// A bar is one line of the plot.
type bar struct {
	name  string
	ratio float64
	ours  bool
}

func (b bar) String() string { return fmt.Sprintf("%s %s×", b.name, significant(b.ratio)) }
