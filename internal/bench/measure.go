package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"
)

// A contender does a piece of work, time and again.
type contender interface {
	// run does the work once and says what it took.
	run() (sample, error)
}

// A sample is what one run took.
type sample struct {
	time   time.Duration
	allocs float64 // -1 if nobody knows
}

// inProcess is a contender that is a function of this program.
type inProcess func() error

// short is how long a run has to be, so that neither the clock nor the collector nor the caches, which the contender before
// left full of its own, decide it. Quicker work is done several times in a run, and as often before it, since memory that the
// contender before gave back to the system takes longer to get again than to fill.
const short = 100 * time.Millisecond

func (work inProcess) run() (sample, error) {
	took, allocs, err := work.times(1)
	if err != nil || took >= short {
		return sample{took, allocs}, err
	}
	n := int(short/max(took, time.Nanosecond)) + 1
	for range 2 {
		if took, allocs, err = work.times(n); err != nil {
			break
		}
	}
	return sample{took / time.Duration(n), allocs / float64(n)}, err
}

func (work inProcess) times(n int) (time.Duration, float64, error) {
	runtime.GC() // what the one before left behind is not on this one's bill
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	for range n {
		if err := work(); err != nil {
			return 0, 0, err
		}
	}
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	return took, float64(after.Mallocs - before.Mallocs), nil
}

// An entry is a contender in a group, under the name of its figure. It is made only if it is asked for; make may return
// a missing, which leaves it out by name.
type entry struct {
	name string
	make func() (contender, error)
}

// A missing is the reason why a contender cannot run here.
type missing string

func (m missing) Error() string { return string(m) }

// work is an entry that needs no preparation.
func work(name string, f func() error) entry {
	return entry{name, func() (contender, error) { return inProcess(f), nil }}
}

// A group is work that all of its entries do, and whose first is what the others are compared with.
type group struct {
	entries []entry
	rounds  int
}

// measure runs the entries that are wanted in turn, and reports the median of each.
func (b *bench) measure(g group) error {
	var running []*racer
	for i, e := range g.entries {
		if !b.wants(e.name) && (i > 0 || !slices.ContainsFunc(g.entries, func(e entry) bool { return b.wants(e.name) })) {
			continue
		}
		c, err := e.make()
		if reason, ok := err.(missing); ok {
			b.skip(e.name, string(reason))
			continue
		} else if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		running = append(running, &racer{name: e.name, contender: c})
	}
	for range g.rounds {
		for _, r := range running {
			if err := r.round(); err != nil {
				return err
			}
		}
	}
	for _, r := range running {
		b.reportTime(r, running[0])
	}
	for _, r := range running {
		r.close()
	}
	return nil
}

// A racer is an entry while it runs.
type racer struct {
	name string
	contender
	times  []time.Duration
	allocs []float64
}

func (r *racer) round() error {
	s, err := r.run()
	if err != nil {
		return fmt.Errorf("%s: %w", r.name, err)
	}
	r.times = append(r.times, s.time)
	r.allocs = append(r.allocs, s.allocs)
	return nil
}

func (r *racer) close() {
	if c, ok := r.contender.(interface{ close() }); ok {
		c.close()
	}
}

func (b *bench) reportTime(r, base *racer) {
	took := median(r.times)
	b.report(figure{r.name, millis(took), "ms", float64(median(base.times)) / float64(took)})
	if allocs := median(r.allocs); allocs >= 0 {
		f := figure{Name: r.name + "-allocs", Value: float64(int64(allocs)), Unit: "allocs"}
		if ofBase := median(base.allocs); f.Value > 0 {
			f.Ratio = ofBase / f.Value
		}
		b.report(f)
	}
}

// median returns the middle of values, which are not empty.
func median[T int64 | float64 | time.Duration](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
