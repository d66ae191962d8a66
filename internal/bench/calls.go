package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// calls measures short calls, for one unit, against the simulator in a process of its own: how many per second so many
// callers get answered, how long they wait, and what a call costs the client in processor time.
func (b *bench) calls() error {
	if !b.wantsCalls() {
		return nil
	}
	dir, err := os.MkdirTemp("", "trackunit-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	sim := filepath.Join(dir, "trackunitsim")
	build := exec.Command("go", "build", "-o", sim, "github.com/soapfirst/trackunit/cmd/trackunitsim")
	if out, err := build.CombinedOutput(); err != nil {
		b.skip("calls", fmt.Sprintf("trackunitsim cannot be built: %v: %s", err, firstLine(out)))
		return nil
	}
	s, err := startServer(exec.Command(sim, "-q", "-units", "50"))
	if err != nil {
		return err
	}
	defer s.stop()
	for _, callers := range []int{1, 16, 128} {
		if err := b.callers(s.url, callers); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) wantsCalls() bool {
	for _, callers := range []int{1, 16, 128} {
		for _, c := range callClients {
			for _, part := range []string{"", "-p50", "-p99"} {
				if b.wants(fmt.Sprintf("calls-%d%s%s", callers, c.suffix, part)) {
					return true
				}
			}
			if b.wants("call-1row-cpu" + c.suffix) {
				return true
			}
		}
	}
	return false
}

// callClients are who calls. The first is what the others are compared with: gowsdl's client as it comes, which connects
// anew for each call. The second has its connections kept alive, which it needs gowsdlclient.HTTPClient for.
var callClients = []struct {
	suffix, who string
	calls       int // fewer for who leaves a used port behind with each
}{
	{"-gowsdl", "gowsdl", 2000},
	{"-gowsdl-kept-alive", "gowsdl-kept-alive", 5000},
	{"", "ours", 10_000},
}

func (b *bench) callers(url string, callers int) error {
	results := make([][]called, len(callClients))
	for range min(b.rounds, 5) {
		for i, c := range callClients {
			var r called
			if err := runChild(job{Calls: &callsJob{url, c.who, callers, c.calls}}, &r); err != nil {
				return err
			}
			results[i] = append(results[i], r)
		}
	}
	for i, c := range callClients {
		rate := func(rs []called) float64 { return medianOf(rs, func(r called) time.Duration { return r.Each }) }
		name := fmt.Sprintf("calls-%d", callers)
		b.report(figure{name + c.suffix, 1e9 / rate(results[i]), "calls/s", rate(results[0]) / rate(results[i])})
		for _, wait := range []struct {
			suffix string
			get    func(called) time.Duration
		}{
			{"-p50", func(r called) time.Duration { return r.P50 }},
			{"-p99", func(r called) time.Duration { return r.P99 }},
		} {
			d := medianOf(results[i], wait.get)
			b.report(figure{name + c.suffix + wait.suffix, d / 1e6, "ms", medianOf(results[0], wait.get) / d})
		}
		if callers == 1 {
			cpu := func(r called) time.Duration { return r.CPU }
			d := medianOf(results[i], cpu)
			b.report(figure{"call-1row-cpu" + c.suffix, d / 1e3, "us", medianOf(results[0], cpu) / d})
		}
	}
	return nil
}

func medianOf(rs []called, get func(called) time.Duration) float64 {
	var all []time.Duration
	for _, r := range rs {
		all = append(all, get(r))
	}
	return float64(median(all))
}
