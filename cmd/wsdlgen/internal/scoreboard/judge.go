package main

import (
	"bytes"
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
		folder := filepath.Join(dir, "schemas", c.pkg)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return err
		}
		if err := writeSchemas(c, folder); err != nil {
			return err
		}
		return c.lint(xmllint, filepath.Join(folder, driverFile))
	})
	if err != nil {
		return err
	}
	if err := secondOpinion(cases, dir); err != nil {
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

// filesAtOnce keeps command lines to what systems take.
const filesAtOnce = 500

// lint sets the verdicts of xmllint.
func (c *testCase) lint(xmllint, driver string) error {
	for from := 0; from < len(c.samples); from += filesAtOnce {
		some := c.samples[from:min(from+filesAtOnce, len(c.samples))]
		args := []string{"--nonet", "--noout", "--schema", driver}
		byFile := map[string]*message{}
		for _, m := range some {
			m.verdict = "xmllint: no verdict"
			args = append(args, filepath.Base(m.file))
			byFile[filepath.Base(m.file)] = m
		}
		cmd := exec.Command(xmllint, args...)
		cmd.Dir = filepath.Dir(some[0].file)
		out, err := cmd.CombinedOutput()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			return err
		}
		readVerdicts(string(out), byFile)
		if cmd.ProcessState.ExitCode() == 5 { // the schemas do not compile
			reason := firstError(string(out))
			for _, m := range c.samples {
				m.verdict = "libxml2 does not compile the schemas: " + reason
			}
			return nil
		}
	}
	return nil
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
	asked := map[string]*message{}
	for _, c := range cases {
		begun := false
		for _, m := range c.samples {
			if m.verdict == "" {
				continue
			}
			if !begun {
				begun = true
				fmt.Fprintf(&in, "schema\t%s\n", filepath.Join(dir, "schemas", c.pkg, driverFile))
			}
			fmt.Fprintf(&in, "file\t%s\n", m.file)
			asked[m.file] = m
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
		case strings.HasPrefix(verdict, "schema: "):
			m.verdict += "; the JDK neither: " + strings.TrimPrefix(verdict, "schema: ")
		default:
			m.verdict += "; JDK: " + verdict
		}
	}
	return nil
}
