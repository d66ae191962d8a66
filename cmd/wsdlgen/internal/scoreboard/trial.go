package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/metrics"
	"strings"
	"time"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
)

// What a case may take to generate.
const (
	maxTime   = time.Minute
	maxMemory = 2 << 30 // bytes
)

// trialVerb is the first argument of a process that tries a case.
const trialVerb = "trial"

// trialGenerated begins the line that a trial prints half-way, with the digest of the files.
const trialGenerated = "generated "

// try generates from a case and makes its samples in a process of its own, whose output it drops. A hang, an endless
// recursion and memory without bounds end only that process, and are failures of the case; what passes here is done again
// in this process, and must come to the same files. It returns their digest, and whether samples could be made too.
func (c *testCase) try(dir string) (digest string, ok bool) {
	program, err := os.Executable()
	if err != nil {
		c.fail(stageGenerate, "", "%v", err)
		return "", false
	}
	ctx, cancel := context.WithTimeout(context.Background(), maxTime)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, program, trialVerb, dir, c.entry, c.pkg)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	rest, generated := strings.CutPrefix(stdout.String(), trialGenerated)
	digest, _, _ = strings.Cut(rest, "\n")
	at := stageGenerate
	if generated {
		at = stageSamples
	}
	switch {
	case ctx.Err() != nil:
		c.fail(at, "", "it takes more than %v", maxTime)
	case err != nil:
		c.fail(at, "", "%s", lastWords(stderr.String(), err))
	default:
		return digest, true
	}
	return digest, false
}

// runTrial is the process that try starts. That a document is wrong is no failure here.
func runTrial(args []string, stdout, stderr io.Writer) int {
	if len(args) != 3 {
		fmt.Fprintln(stderr, "a folder, an entry and a package are wanted")
		return 2
	}
	go limitMemory(stderr)
	c := &testCase{entry: args[1], pkg: args[2]}
	files, err := generate(c, args[0])
	if err != nil {
		return 0
	}
	fmt.Fprintf(stdout, "%s%s\n", trialGenerated, digestOf(files))
	c.makeSamples()
	for _, m := range c.samples {
		m.sample.Root.XML(nil)
	}
	return 0
}

// limitMemory ends the process when it takes too much.
func limitMemory(stderr io.Writer) {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for {
		metrics.Read(sample)
		if sample[0].Value.Uint64()-sample[1].Value.Uint64() > maxMemory {
			fmt.Fprintln(stderr, "it takes more than 2 GiB of memory")
			os.Exit(3)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// digestOf returns a digest of files.
func digestOf(files []emit.File) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s %d\n", f.Name, len(f.Data))
		h.Write(f.Data)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// lastWords returns the line of an output that says best why the process ended.
func lastWords(out string, err error) string {
	last := ""
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") || strings.HasPrefix(line, "it takes ") {
			return line
		}
		if last == "" {
			last = line
		}
	}
	if exit := (*exec.ExitError)(nil); last == "" || !errors.As(err, &exit) {
		return err.Error()
	}
	return last
}
