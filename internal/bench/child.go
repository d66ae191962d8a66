package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Memory and processor time are those of a process. So what they are measured of is a child of this program, which is
// this program again: started with childArg and a job.
const childArg = "-child"

// A job is what a child is to do. One of its members is set.
type job struct {
	Serve *serveJob `json:",omitempty"`
	Fetch *fetchJob `json:",omitempty"`
	Calls *callsJob `json:",omitempty"`
}

// beChild does the job and prints what comes out as JSON.
func beChild(arg string) error {
	var j job
	if err := json.Unmarshal([]byte(arg), &j); err != nil {
		return err
	}
	var result any
	var err error
	switch {
	case j.Serve != nil:
		return j.Serve.do()
	case j.Fetch != nil:
		result, err = j.Fetch.do()
	case j.Calls != nil:
		result, err = j.Calls.do()
	default:
		err = errors.New("a child without a job")
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

// child returns the command that does j.
func child(j job) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	arg, err := json.Marshal(j)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, childArg, string(arg))
	cmd.Stderr = os.Stderr
	return cmd, nil
}

// runChild has a child do j, and reads what it prints.
func runChild(j job, result any) error {
	cmd, err := child(j)
	if err != nil {
		return err
	}
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	return json.Unmarshal(out, result)
}

// A server is a process that serves until it is stopped.
type server struct {
	cmd *exec.Cmd
	in  io.Closer
	url string
}

// startServer starts cmd, and waits for the line in which it says its URL.
func startServer(cmd *exec.Cmd) (*server, error) {
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, in: in}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "URL"); ok {
			s.url = strings.TrimSpace(url)
			go func() { _, _ = io.Copy(io.Discard, out) }() // it must not block on what nobody reads
			return s, nil
		}
	}
	s.stop()
	return nil, fmt.Errorf("%s ended without a word on where it serves", cmd.Path)
}

func (s *server) stop() {
	_ = s.in.Close()
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// A usage is what a process has used so far.
type usage struct {
	CPU  time.Duration // of all threads, in the program and in the kernel
	Peak int64         // bytes that were resident at once; 0 where that is not known
}

// peak returns the most memory that this process had resident. What wait reports to the parent is of no use: on Linux it
// counts in the pages of the parent from before exec.
func peak() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		var kB int64
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kB); err == nil {
			return kB << 10
		}
	}
	return 0
}
