package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// judgeAll has xmllint look at all samples. What it does not accept, or has no opinion of because libxml2 does not
// compile the schemas, goes to the validator of the JDK, whose word then counts.
func judgeAll(cases []*testCase, dir string) error {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		return err
	}
	err = parallel(cases, func(c *testCase) error {
		if len(c.samples) == 0 {
			return nil
		}
		folder := c.schemaFolder(dir)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return err
		}
		if _, err := writeSchemas(c, folder, newRepairer()); err != nil {
			return err
		}
		return c.lint(xmllint, folder)
	})
	if err != nil {
		return err
	}
	if err := secondOpinion(cases, dir); err != nil {
		return err
	}
	if err := judgeRepaired(cases, dir, xmllint); err != nil {
		return err
	}
	for _, c := range cases {
		for _, m := range c.samples {
			if m.verdict != "" {
				c.failMessage(m, stageSamples, m.verdict+strings.Join(append([]string{""}, m.sample.Notes...), "; note: "))
			}
		}
	}
	return nil
}

func (c *testCase) schemaFolder(dir string) string { return filepath.Join(dir, "schemas", c.pkg) }

// judgeRepaired judges the samples of cases that have no schemas which a validator compiles by repaired ones.
func judgeRepaired(cases []*testCase, dir, xmllint string) error {
	var wrong []*testCase
	for _, c := range cases {
		if c.uncompiled {
			wrong = append(wrong, c)
		}
	}
	err := parallel(wrong, func(c *testCase) error {
		folder := c.schemaFolder(dir)
		compiles, err := c.repair(xmllint, folder)
		if err != nil || len(c.repairs) == 0 {
			return err
		}
		for _, m := range c.samples {
			m.verdict = "libxml2 does not compile the schemas, also when repaired"
		}
		if !compiles {
			return nil
		}
		c.uncompiled = false
		return c.lint(xmllint, folder)
	})
	if err != nil {
		return err
	}
	return secondOpinion(wrong, dir)
}

// filesAtOnce keeps command lines to what systems take.
const filesAtOnce = 500

// lint sets the verdicts of xmllint by the schemas in a folder.
func (c *testCase) lint(xmllint, folder string) error {
	for from := 0; from < len(c.samples); from += filesAtOnce {
		some := c.samples[from:min(from+filesAtOnce, len(c.samples))]
		args := []string{"--nonet", "--noout", "--schema", filepath.Join(folder, driverFile)}
		byFile := map[string]*message{}
		for _, m := range some {
			m.verdict = "xmllint: no verdict"
			args = append(args, filepath.Base(m.file))
			byFile[filepath.Base(m.file)] = m
		}
		out, code, err := runLint(xmllint, filepath.Dir(some[0].file), args)
		if err != nil {
			return err
		}
		readVerdicts(out, byFile)
		if code == exitNoSchema {
			c.uncompiled = true
			reason := firstError(out)
			for _, m := range c.samples {
				m.verdict = "libxml2 does not compile the schemas: " + reason
			}
			return nil
		}
	}
	return nil
}

// exitNoSchema is the exit status of xmllint when the schemas do not compile, or it comes to no end.
const exitNoSchema = 5

// runLint runs xmllint in a folder, in bounded time and memory.
func runLint(xmllint, folder string, args []string) (out string, code int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), maxTime)
	defer cancel()
	script := fmt.Sprintf(`ulimit -v %d; exec "$0" "$@"`, maxMemory/1024)
	cmd := exec.CommandContext(ctx, "sh", append([]string{"-c", script, xmllint}, args...)...)
	cmd.Dir = folder
	text, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return "error : it takes more than " + maxTime.String(), exitNoSchema, nil
	}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return "", 0, err
	}
	if code = cmd.ProcessState.ExitCode(); code < 0 || code >= 128 { // a signal
		return "error : it is ended with " + cmd.ProcessState.String(), exitNoSchema, nil
	}
	return string(text), code, nil
}

// compileSchemas has libxml2 compile the schemas in a folder. out is what it says.
func compileSchemas(xmllint, folder string) (out string, compiles bool, err error) {
	empty := filepath.Join(folder, "empty.xml")
	if err := os.WriteFile(empty, []byte("<empty/>"), 0o666); err != nil {
		return "", false, err
	}
	out, code, err := runLint(xmllint, folder, []string{"--nonet", "--noout", "--schema", driverFile, "empty.xml"})
	return out, err == nil && code != exitNoSchema, err
}

// readVerdicts reads what xmllint says of each file.
func readVerdicts(out string, byFile map[string]*message) {
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		if file, ok := strings.CutSuffix(line, " validates"); ok {
			if m := byFile[file]; m != nil {
				m.verdict = ""
			}
			continue
		}
		file, rest, _ := strings.Cut(line, ":")
		m := byFile[file]
		if m == nil {
			continue
		}
		_, text, found := strings.Cut(rest, " error : ")
		if found && m.verdict == "xmllint: no verdict" {
			m.verdict = "xmllint: " + text
		}
	}
}

// firstError returns the first message in the output of xmllint.
func firstError(out string) string {
	for line := range strings.Lines(out) {
		if _, text, ok := strings.Cut(line, "error : "); ok {
			return strings.TrimSpace(text)
		}
	}
	return strings.TrimSpace(out)
}

//go:embed Judge.java
var judgeSource []byte

// secondOpinion asks the JDK about all that xmllint does not take. One run serves all cases.
func secondOpinion(cases []*testCase, dir string) error {
	var in bytes.Buffer
	asked, owner := map[string]*message{}, map[string]*testCase{}
	for _, c := range cases {
		begun := false
		for _, m := range c.samples {
			if m.verdict == "" {
				continue
			}
			if !begun {
				begun = true
				fmt.Fprintf(&in, "schema\t%s\n", filepath.Join(c.schemaFolder(dir), driverFile))
			}
			fmt.Fprintf(&in, "file\t%s\n", m.file)
			asked[m.file], owner[m.file] = m, c
		}
	}
	if len(asked) == 0 {
		return nil
	}
	java, err := exec.LookPath("java")
	if err != nil {
		return nil // xmllint alone judges
	}
	program := filepath.Join(dir, "Judge.java")
	if err := os.WriteFile(program, judgeSource, 0o666); err != nil {
		return err
	}
	cmd := exec.Command(java, "-Xmx1500m", "-Xss16m", program)
	cmd.Stdin = &in
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("the judge of the JDK: %w\n%s", err, stderr.String())
	}
	for line := range strings.Lines(string(out)) {
		file, verdict, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		m := asked[file]
		if m == nil {
			continue
		}
		switch {
		case verdict == "":
			m.verdict = ""
			owner[file].uncompiled = false
		case strings.HasPrefix(verdict, "schema: "):
			m.verdict += "; the JDK neither: " + strings.TrimPrefix(verdict, "schema: ")
		default:
			m.verdict += "; JDK: " + verdict
			owner[file].uncompiled = false
		}
	}
	return nil
}
