package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// A coprocess is a contender in a process of its own. For each line on its standard input it does the work once, and
// answers with the nanoseconds that it took, by its own clock, and the number of rows that it found.
type coprocess struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	rows int
}

func startCoprocess(rows int, program string, args ...string) (*coprocess, error) {
	cmd := exec.Command(program, args...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &coprocess{cmd, in, bufio.NewReader(out), rows}, cmd.Start()
}

func (c *coprocess) run() (sample, error) {
	if _, err := io.WriteString(c.in, "\n"); err != nil {
		return sample{}, err
	}
	var nanos, rows int64
	if _, err := fmt.Fscan(c.out, &nanos, &rows); err != nil {
		return sample{}, err
	}
	if int(rows) != c.rows {
		return sample{}, fmt.Errorf("it found %d rows", rows)
	}
	return sample{time.Duration(nanos), -1}, nil
}

func (c *coprocess) close() {
	c.in.Close()
	_ = c.cmd.Wait() // its figures are in
}
