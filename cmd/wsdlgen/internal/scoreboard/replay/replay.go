// Package replay runs samples through generated packages. The scoreboard makes programs that hold many of those; each
// calls Main with what its packages offer.
package replay

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"runtime/debug"

	"github.com/soapfirst/trackunit/internal/canon"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Case is a generated package.
type Case struct {
	// New makes an empty value of a type, by its Go name.
	New map[string]func() xmlwire.Message
	// Operations are all that can be called.
	Operations map[string]*Operation
}

// An Operation is one method of a generated client, with the handler for it.
type Operation struct {
	NewRequest, NewResponse func() xmlwire.Message // NewResponse is nil for one-way operations
	// Handler serves the port of the operation with methods that call Answer.
	Handler func(*Stub) http.Handler
	// Call calls the method of the client.
	Call func(ctx context.Context, rt soapclient.RoundTripper, req xmlwire.Message) (xmlwire.Message, error)
}

// A Job is what to do with one package: samples to read and write back, and operations to call.
type Job struct {
	Case    string
	Samples []Sample
	Calls   []Call
}

// A Sample is a document and the type that reads it.
type Sample struct {
	File    string
	Type    string
	HasName bool // it holds qualified names, whose prefixes may change
	// Recorded says that others wrote the document. Its values may be in any form that XML Schema gives them, so they are
	// compared as Go has them where the texts differ.
	Recorded bool
}

// A Call is an operation, and the documents of its messages; an empty name stands for an empty body.
type Call struct {
	Operation         string
	Request, Response string // files
}

// A Result is what came of a sample or call.
type Result struct {
	Case, Subject string // the file, or the operation
	Stage         string // decode, encode, compare or call; empty if all went well
	Cause         string
}

// Main does the jobs in the file named by the first argument, and writes a Result a line to the file named by the
// second.
func Main(cases map[string]*Case) {
	if err := run(cases, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(cases map[string]*Case, in, out string) error {
	data, err := os.ReadFile(in)
	if err != nil {
		return err
	}
	var jobs []Job
	if err := json.Unmarshal(data, &jobs); err != nil {
		return err
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	for _, job := range jobs {
		c := cases[job.Case]
		if c == nil {
			return fmt.Errorf("there is no case %s in this program", job.Case)
		}
		for _, s := range job.Samples {
			stage, err := guarded("decode", func() (string, error) { return c.roundTrip(s) })
			if err := enc.Encode(result(job.Case, s.File, stage, err)); err != nil {
				return err
			}
		}
		for _, call := range job.Calls {
			_, err := guarded("call", func() (string, error) { return "call", c.call(call) })
			if err := enc.Encode(result(job.Case, call.Operation, "call", err)); err != nil {
				return err
			}
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func result(name, subject, stage string, err error) Result {
	if err == nil {
		return Result{Case: name, Subject: subject}
	}
	return Result{Case: name, Subject: subject, Stage: stage, Cause: err.Error()}
}

// guarded makes a panic an error, so that one case does not hide the others.
func guarded(stage string, f func() (string, error)) (at string, err error) {
	defer func() {
		if v := recover(); v != nil {
			at, err = stage, fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return f()
}

// roundTrip reads a sample and writes it back, and returns the stage that failed.
func (c *Case) roundTrip(s Sample) (stage string, err error) {
	data, err := os.ReadFile(s.File)
	if err != nil {
		return "decode", err
	}
	m := c.New[s.Type]()
	var skipped []string
	opts := xmlwire.ReadOptions{Skipped: func(s xmlwire.Skipped) { skipped = append(skipped, s.Path) }}
	if err := xmlwire.Unmarshal(data, m, opts); err != nil {
		return "decode", err
	}
	want, err := canon.Parse(data)
	if err != nil {
		return "decode", fmt.Errorf("the sample itself: %w", err)
	}
	written, err := xmlwire.AppendElement(nil, xmlwire.Name{Space: want.Space, Local: want.Local}, m, xmlwire.WriteOptions{})
	if err != nil {
		return "encode", err
	}
	again := c.New[s.Type]()
	if err := xmlwire.Unmarshal(written, again, xmlwire.ReadOptions{}); err != nil {
		return "compare", fmt.Errorf("what was written cannot be read: %w", err)
	}
	if s.HasName { // values are compared as Go has them, texts without prefixes
		if !reflect.DeepEqual(m, again) {
			return "compare", fmt.Errorf("what was written reads as other values")
		}
		data, written = withoutPrefixes(data), withoutPrefixes(written)
		if want, err = canon.Parse(data); err != nil {
			return "compare", err
		}
	}
	got, err := canon.Parse(written)
	if err != nil {
		return "compare", err
	}
	if diff := canon.Diff(want, got); len(diff) > 0 {
		if s.Recorded && len(skipped) == 0 && reflect.DeepEqual(m, again) {
			return "", nil
		}
		return "compare", describe(diff, skipped)
	}
	return "", nil
}

// describe makes an error of differences.
func describe(diff, skipped []string) error {
	const most = 3
	text := ""
	for i, d := range diff {
		if i == most {
			text += fmt.Sprintf("; and %d more", len(diff)-most)
			break
		}
		if i > 0 {
			text += "; "
		}
		text += d
	}
	if len(skipped) > 0 {
		text += "; skipped " + skipped[0]
	}
	return fmt.Errorf("%s", text)
}

// qualified matches a qualified name that is all there is in a text or an attribute, as samples have them.
var qualified = regexp.MustCompile(`([>"])[\w.-]+:(string[<"])`)

func withoutPrefixes(doc []byte) []byte { return qualified.ReplaceAll(doc, []byte("$1$2")) }
