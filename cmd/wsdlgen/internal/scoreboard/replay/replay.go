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
	"runtime/metrics"
	"sync/atomic"
	"time"

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

// A Job is one thing to do with one package: a sample to read and write back, or an operation to call.
type Job struct {
	Case   string
	Sample *Sample `json:",omitempty"`
	Call   *Call   `json:",omitempty"`
	Race   *Race   `json:",omitempty"`
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
	// Sent is where to put what goes over the wire in SOAP 1.1: with .request.xml and .response.xml behind it. Empty is
	// nowhere.
	Sent string `json:",omitempty"`
}

// A Result is what came of a job.
type Result struct {
	Stage string // decode, encode, compare or call; empty if all went well
	Cause string
	Lap   *Lap `json:",omitempty"`
}

// What a job may take. It ends the program if it takes more.
const (
	maxTime   = time.Minute
	maxMemory = 2 << 30 // bytes
)

// Main does the jobs in the file named by the first argument, one after the other, and writes a Result a line to the file
// named by the second. If the program ends early, the job behind the last result is to blame.
func Main(cases map[string]*Case) {
	if err := run(cases, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(cases map[string]*Case, in, out string) error {
	jobs, err := os.Open(in)
	if err != nil {
		return err
	}
	defer jobs.Close()
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	var begun atomic.Int64
	begun.Store(time.Now().UnixNano())
	go watch(&begun)
	dec, enc := json.NewDecoder(bufio.NewReader(jobs)), json.NewEncoder(f)
	for dec.More() {
		var job Job
		if err := dec.Decode(&job); err != nil {
			return err
		}
		begun.Store(time.Now().UnixNano())
		if err := enc.Encode(job.do(cases[job.Case])); err != nil {
			return err
		}
	}
	return f.Close()
}

// watch ends the program when a job takes too long or too much.
func watch(begun *atomic.Int64) {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for {
		time.Sleep(50 * time.Millisecond)
		metrics.Read(sample)
		switch {
		case time.Since(time.Unix(0, begun.Load())) > maxTime:
			fmt.Fprintf(os.Stderr, "it takes more than %v\n", maxTime)
		case sample[0].Value.Uint64()-sample[1].Value.Uint64() > maxMemory:
			fmt.Fprintln(os.Stderr, "it takes more than 2 GiB of memory")
		default:
			continue
		}
		os.Exit(3)
	}
}

func (job Job) do(c *Case) Result {
	if job.Race != nil {
		return job.race(c)
	}
	stage, err := guarded(job.stage(), func() (string, error) {
		switch {
		case c == nil:
			return "call", fmt.Errorf("there is no case %s in this program", job.Case)
		case job.Call != nil:
			return "call", c.call(*job.Call)
		default:
			return c.roundTrip(*job.Sample)
		}
	})
	if err == nil {
		return Result{}
	}
	return Result{Stage: stage, Cause: err.Error()}
}

// stage returns the stage that a panic belongs to.
func (job Job) stage() string {
	if job.Call != nil {
		return "call"
	}
	return "decode"
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
	if !s.Recorded { // those hold what they hold
		if err := xmlwire.Unmarshal(data, c.New[s.Type](), xmlwire.ReadOptions{Validate: true}); err != nil {
			return "decode", fmt.Errorf("with Validate: %w", err)
		}
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
