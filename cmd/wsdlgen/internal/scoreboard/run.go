package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/scoreboard/replay"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// maxCrashes is how often a case may bring its program down before the rest of it is given up.
const maxCrashes = 3

// A unit is a sample that a program reads and writes back, or a call that it makes.
type unit struct {
	c       *testCase
	message *message // nil for a call
	job     replay.Job
	lap     *replay.Lap // of a race
}

// runProgram runs a program with the samples and calls of its cases. A program that a unit brings down is started again
// behind that unit.
func (m *module) runProgram(name string, cases []*testCase) error {
	sent := filepath.Join(m.dir, "sent")
	if err := os.MkdirAll(sent, 0o777); err != nil {
		return err
	}
	var units []*unit
	for _, c := range cases {
		units = append(units, c.units(sent)...)
	}
	crashes := map[*testCase]int{}
	for len(units) > 0 {
		done, died, err := m.runUnits(name, units)
		if err != nil {
			return err
		}
		units = units[done:]
		if died == nil {
			if len(units) > 0 {
				return fmt.Errorf("%s did %d units too few", name, len(units))
			}
			return nil
		}
		if len(units) == 0 {
			return fmt.Errorf("%s: %w", name, died)
		}
		culprit := units[0]
		culprit.fail(replay.Result{Stage: "decode", Cause: died.Error()})
		units = units[1:]
		if crashes[culprit.c]++; crashes[culprit.c] < maxCrashes {
			continue
		}
		for len(units) > 0 && units[0].c == culprit.c {
			units[0].fail(replay.Result{Stage: "decode", Cause: "given up, since others of the case brought the program down"})
			units = units[1:]
		}
	}
	return nil
}

// runUnits runs a program until all units are done or one brings it down. It returns how many were done.
func (m *module) runUnits(name string, units []*unit) (done int, died, err error) {
	base := filepath.Join(m.dir, "bin", name)
	in, err := os.Create(base + ".json")
	if err != nil {
		return 0, nil, err
	}
	w := bufio.NewWriter(in)
	enc := json.NewEncoder(w)
	for _, u := range units {
		if err := enc.Encode(u.job); err != nil {
			return 0, nil, err
		}
	}
	if err := errors.Join(w.Flush(), in.Close()); err != nil {
		return 0, nil, err
	}
	var out bytes.Buffer
	cmd := exec.Command(base, base+".json", base+".out")
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		died = errors.New(lastWords(out.String(), err))
	}
	done, err = readResults(base+".out", units)
	return done, died, err
}

// readResults takes note of the results in file, which are those of units, in order.
func readResults(file string, units []*unit) (done int, err error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	dec := json.NewDecoder(bufio.NewReader(f))
	for done < len(units) {
		var r replay.Result
		if err := dec.Decode(&r); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		} else if err != nil {
			return done, err
		}
		u := units[done]
		done++
		u.lap = r.Lap
		switch {
		case r.Stage != "":
			u.fail(r)
		case u.message == nil:
			u.c.called++
		}
	}
	return done, nil
}

// fail takes note of a result that is not well.
func (u *unit) fail(r replay.Result) {
	switch {
	case u.message == nil:
		u.c.fail(stageCall, u.job.Call.Operation, "%s", r.Cause)
	case u.message.part == "recorded":
		u.message.failed = true
		u.c.fail(stageRecorded, u.message.operation, "%s: %s", r.Stage, r.Cause)
	default:
		u.c.failMessage(u.message, stageOf(r.Stage), r.Cause)
	}
}

// units lists what to do with a case. An operation is called with the full samples of its messages; messages in SOAP
// encoding are written into the folder sent on the way.
func (c *testCase) units(sent string) []*unit {
	var all []*unit
	fulls := map[any]string{}
	for _, m := range c.samples {
		all = append(all, &unit{c: c, message: m, job: replay.Job{Case: c.pkg, Sample: &replay.Sample{File: m.file, Type: m.goType, HasName: m.hasName}}})
		if m.sample.Name == "full" {
			fulls[m.element] = m.file
		}
	}
	for _, m := range c.recorded {
		all = append(all, &unit{c: c, message: m, job: replay.Job{Case: c.pkg, Sample: &replay.Sample{File: m.file, Type: m.goType, Recorded: true}}})
	}
	for _, port := range c.shape.Ports {
		for _, op := range port.Operations {
			call := c.callOf(port, op, fulls)
			c.tap(op, &call, filepath.Join(sent, fmt.Sprintf("%s-%d", c.pkg, len(all))))
			all = append(all, &unit{c: c, job: replay.Job{Case: c.pkg, Call: &call}})
		}
	}
	return all
}

func (c *testCase) callOf(port *shape.Port, op *shape.Operation, fulls map[any]string) replay.Call {
	call := replay.Call{Operation: c.operationKey(port, op), Request: fulls[op.In]}
	if op.Out != nil {
		call.Response = fulls[op.Out]
	}
	return call
}

func stageOf(name string) stage {
	for s, n := range stageNames {
		if strings.EqualFold(n, name) {
			return stage(s)
		}
	}
	return stageCompare
}
