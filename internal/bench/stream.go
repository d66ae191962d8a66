package main

import "time"

// stream measures long answers over the loopback interface: client and server are processes of their own.
func (b *bench) stream() error {
	long, longest := 100_000, 1_000_000
	if b.quick {
		long, longest = 10_000, 20_000
	}
	races := []fetchRace{
		{"stream-history-" + size(long), []fetchEntry{
			{"-encoding-xml", "encoding-xml", long, ""}, {"", "stream", long, ""}, {"-list", "list", long, ""}, {"-read-only", "read-only", long, ""},
		}, min(b.rounds, 3)},
		{"stream-history-" + size(long) + "-gzip", []fetchEntry{
			{"-encoding-xml", "encoding-xml", long, "?gzip"}, {"", "stream", long, "?gzip"}, {"-read-only", "read-only", long, "?gzip"},
		}, min(b.rounds, 3)},
		{"stream-history-10k", []fetchEntry{
			{"-encoding-xml", "encoding-xml", 10_000, ""}, {"", "stream", 10_000, ""}, {"-list", "list", 10_000, ""}, {"-read-only", "read-only", 10_000, ""},
		}, b.rounds},
		{"stream-history-" + size(longest), []fetchEntry{{"", "stream", longest, ""}, {"-read-only", "read-only", longest, ""}}, min(b.rounds, 3)},
	}
	var s *server
	defer func() {
		if s != nil {
			s.stop()
		}
	}()
	for _, r := range races {
		if !b.wantsFetch(r) {
			continue
		}
		if s == nil {
			cmd, err := child(job{Serve: new(serveJob)})
			if err != nil {
				return err
			}
			if s, err = startServer(cmd); err != nil {
				return err
			}
		}
		if err := b.race(s.url, r); err != nil {
			return err
		}
	}
	return nil
}

// A fetchRace is a group of fetchers. The first is what the others are compared with if it is encoding/xml.
type fetchRace struct {
	name    string
	entries []fetchEntry
	rounds  int
}

type fetchEntry struct {
	suffix, how string
	rows        int
	query       string
}

// What is reported of a fetch: the time, that of a row, and the memory.
const (
	perRow   = "-row"
	peakSize = "-peak"
)

func (b *bench) wantsFetch(r fetchRace) bool {
	for _, e := range r.entries {
		name := r.name + e.suffix
		if b.wants(name) || b.wants(name+perRow) || b.wants(name+peakSize) {
			return true
		}
	}
	return false
}

// race has all entries fetch in turn, each time in a new process.
func (b *bench) race(url string, r fetchRace) error {
	times := make([][]time.Duration, len(r.entries))
	peaks := make([][]int64, len(r.entries))
	for range r.rounds {
		for i, e := range r.entries {
			var f fetched
			if err := runChild(job{Fetch: &fetchJob{url + e.query, e.rows, e.how}}, &f); err != nil {
				return err
			}
			times[i] = append(times[i], f.Time)
			peaks[i] = append(peaks[i], f.Peak)
		}
	}
	for i, e := range r.entries {
		took, most := median(times[i]), median(peaks[i])
		var faster, smaller float64
		if r.entries[0].how == "encoding-xml" {
			faster = float64(median(times[0])) / float64(took)
			smaller = float64(median(peaks[0])) / float64(max(most, 1))
		}
		name := r.name + e.suffix
		b.report(figure{name, millis(took), "ms", faster})
		b.report(figure{name + perRow, float64(took) / float64(e.rows), "ns", faster})
		if most == 0 {
			b.skip(name+peakSize, "the peak of a process is known on Linux alone")
			continue
		}
		b.report(figure{name + peakSize, float64(most) / (1 << 20), "MiB", smaller})
	}
	return nil
}
