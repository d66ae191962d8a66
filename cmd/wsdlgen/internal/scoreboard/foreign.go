package main

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/scoreboard/replay"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/internal/canon"
)

// A foreign is a SOAP stack of somebody else's that reads messages in SOAP encoding, of which no schema tells what is
// valid.
type foreign struct {
	name    string
	program string
	ready   []string // a command that fails where the stack is not installed
	script  string   // its file
	source  []byte
}

//go:embed foreign.php
var foreignPHP []byte

//go:embed foreign.pl
var foreignPerl []byte

var (
	// phpSOAP reads requests as the WSDL has them. Responses it would read only behind a request that it can write.
	phpSOAP = &foreign{"php-soap", "php", []string{"-r", "exit(extension_loaded('soap') ? 0 : 1);"}, "foreign.php", foreignPHP}
	// soapLite reads anything that says what it is.
	soapLite = &foreign{"SOAP::Lite", "perl", []string{"-MSOAP::Lite", "-e", "1"}, "foreign.pl", foreignPerl}
)

// installed reports whether the stack is there, and then writes its script into dir.
func (f *foreign) installed(dir string) (bool, error) {
	if exec.Command(f.program, f.ready...).Run() != nil {
		return false, nil
	}
	return true, os.WriteFile(f.path(dir), f.source, 0o666)
}

func (f *foreign) path(dir string) string { return filepath.Join(dir, f.script) }

// read returns the texts of all values that the stack finds in a message.
func (f *foreign) read(dir string, args ...string) (texts []string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), maxTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, f.program, append([]string{f.path(dir)}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		said := strings.Join(strings.Fields(stderr.String()), " ")
		return nil, fmt.Errorf("%s: %s", f.name, cmp.Or(said, err.Error()))
	}
	for line := range strings.Lines(string(out)) {
		text, err := base64.StdEncoding.DecodeString(strings.TrimSpace(line))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		texts = append(texts, string(text))
	}
	return texts, nil
}

// judgeEncoded has foreign stacks read what went over the wire when operations in SOAP encoding were called.
func (m *module) judgeEncoded(cases []*testCase, corpus string) error {
	var stacks []*foreign
	for _, f := range []*foreign{phpSOAP, soapLite} {
		ok, err := f.installed(m.dir)
		if err != nil {
			return err
		}
		if ok {
			stacks = append(stacks, f)
		}
	}
	return parallel(cases, func(c *testCase) error {
		for _, w := range c.wires {
			if err := c.judgeWire(w, stacks, m.dir, filepath.Join(casesDir(corpus), c.name, c.entry)); err != nil {
				return err
			}
		}
		return nil
	})
}

// A wire is a message in SOAP encoding that a generated client or handler sent.
type wire struct {
	operation string
	part      string // request or response
	sent      string // the file with the envelope
	sample    string // the file with what it had to say

	judge string // who read it right; empty if nobody did, or could
}

// tap has a call write its messages to files that begin with a name, if they are in SOAP encoding.
func (c *testCase) tap(op *shape.Operation, call *replay.Call, name string) {
	add := func(body *model.Body, part, sample string) {
		if body != nil && body.Encoded {
			call.Sent = name
			c.wires = append(c.wires, &wire{operation: call.Operation, part: part, sent: name + "." + part + ".xml", sample: sample})
		}
	}
	add(op.Operation.Input, "request", call.Request)
	add(op.Operation.Output, "response", call.Response)
}

// judgeWire takes the word of the first stack that finds in a message what was put into it.
func (c *testCase) judgeWire(w *wire, stacks []*foreign, dir, wsdl string) error {
	if _, err := os.Stat(w.sent); errors.Is(err, fs.ErrNotExist) {
		return nil // the call failed, which is known
	}
	want, err := leaves(w.sample)
	if err != nil {
		return err
	}
	var causes []string
	for _, f := range stacks {
		args := []string{w.sent}
		if f == phpSOAP {
			if w.part != "request" {
				continue
			}
			args = []string{wsdl, w.sent}
		}
		got, err := f.read(dir, args...)
		if err == nil {
			err = sameTexts(want, got)
		}
		if err == nil {
			w.judge = f.name
			return nil
		}
		causes = append(causes, err.Error())
	}
	if len(causes) > 0 {
		c.fail(stageForeign, w.operation+" "+w.part, "%s", strings.Join(causes, "; "))
	}
	return nil
}

// leaves returns the texts of a document that are not empty, in order.
func leaves(file string) ([]string, error) {
	if file == "" {
		return nil, nil
	}
	doc, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	root, err := canon.Parse(doc)
	if err != nil {
		return nil, err
	}
	var texts []string
	var walk func(n *canon.Node)
	walk = func(n *canon.Node) {
		if len(n.Nodes) == 0 && n.Text != "" {
			texts = append(texts, n.Text)
		}
		for _, child := range n.Nodes {
			walk(child)
		}
	}
	walk(root)
	return texts, nil
}

// sameTexts compares values by their texts, in whatever order: stacks keep members as it suits them.
func sameTexts(want, got []string) error {
	left := slices.DeleteFunc(slices.Clone(got), func(s string) bool { return s == "" })
	for _, w := range want {
		i := slices.IndexFunc(left, func(g string) bool { return sameValue(w, g) })
		if i < 0 {
			return fmt.Errorf("it does not find %q", w)
		}
		left = slices.Delete(left, i, i+1)
	}
	if len(left) > 0 {
		return fmt.Errorf("it finds %q, which nobody sent", left[0])
	}
	return nil
}

// sameValue reports whether a stack that shows a value as got may have read the text want.
func sameValue(want, got string) bool {
	if want == got || strings.TrimSpace(want) == strings.TrimSpace(got) {
		return true
	}
	w, errW := strconv.ParseFloat(want, 64)
	g, errG := strconv.ParseFloat(got, 64)
	if errW == nil && errG == nil {
		return w == g || w != w && g != g
	}
	if binary, err := base64.StdEncoding.DecodeString(want); err == nil && string(binary) == got {
		return true
	}
	if binary, err := hex.DecodeString(want); err == nil && string(binary) == got {
		return true
	}
	return want == "true" && got == "1" || want == "false" && got == "0" || want == "1" && got == "true" || want == "0" && got == "false"
}
