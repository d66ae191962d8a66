package main

import (
	"fmt"
	"io"
	"os"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/scoreboard/replay"
)

// What is measured of each case.
const (
	raceBytes  = 10_000_000
	raceRounds = 9
)

// measure prints how fast the generated code of each case reads its longest message.
func (m *module) measure(cases []*testCase, cfg config, stdout io.Writer) error {
	m.flags = ""
	for _, do := range []func() error{
		func() error { return generateAll(cases, casesDir(cfg.corpus), m) },
		func() error { return m.build(cases) },
		func() error { return sampleAll(cases, cfg.work) },
	} {
		if err := do(); err != nil {
			return err
		}
	}
	programs, err := m.programs(cases)
	if err != nil {
		return err
	}
	for _, p := range programs {
		for _, c := range p.cases {
			if err := m.race(p.name, c, stdout); err != nil {
				fmt.Fprintf(stdout, "# service-%s: %v\n", c.name, err)
			}
		}
	}
	return nil
}

// race has the longest sample of a case read.
func (m *module) race(program string, c *testCase, stdout io.Writer) error {
	longest, most := (*message)(nil), int64(0)
	for _, s := range c.samples {
		if info, err := os.Stat(s.file); err == nil && info.Size() > most && s.sample.Name == "full" {
			longest, most = s, info.Size()
		}
	}
	if longest == nil {
		return fmt.Errorf("no sample of it is full")
	}
	u := &unit{c: c, message: longest, job: replay.Job{Case: c.pkg, Race: &replay.Race{File: longest.file, Type: longest.goType, Bytes: raceBytes, Rounds: raceRounds}}}
	if _, died, err := m.runUnits(program, []*unit{u}); err != nil || died != nil {
		return fmt.Errorf("%w%w", err, died)
	}
	if u.lap == nil {
		return fmt.Errorf("%s", c.failures[len(c.failures)-1].cause)
	}
	std := float64(u.lap.Std)
	fmt.Fprintf(stdout, "service-%s-encoding-xml\t%.1f\tms\t1\n", c.name, std/1e6)
	fmt.Fprintf(stdout, "service-%s\t%.2f\tms\t%.1f\n", c.name, float64(u.lap.Ours)/1e6, std/float64(u.lap.Ours))
	fmt.Fprintf(stdout, "service-%s-unpredicted\t%.2f\tms\t%.1f\n", c.name, float64(u.lap.Plain)/1e6, std/float64(u.lap.Plain))
	return nil
}
