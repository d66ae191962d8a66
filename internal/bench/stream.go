package main

import (
	"slices"
	"strings"
	"time"
)

// stream measures long answers over the loopback interface: client and server are processes of their own.
func (b *bench) stream() error {
	long, longest := 100_000, 1_000_000
	if b.quick {
		long, longest = 20_000, 30_000
	}
	races := []fetchRace{
		// The lengths run in turn too, since what is asked is also whether a row of a longer answer costs more.
		slices.Concat(
			fetchesOf(10_000, "", "encoding-xml", "stream", "list", "read-only"),
			fetchesOf(long, "", "encoding-xml", "stream", "list", "read-only"),
			fetchesOf(longest, "", "stream", "read-only"),
		),
		fetchesOf(long, "?gzip", "encoding-xml", "stream", "read-only"),
	}
	var s *server
	defer func() {
		if s != nil {
			s.stop()
		}
	}()
	for _, race := range races {
		if race = race.wanted(b); len(race) == 0 {
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
		if err := b.race(s.url, race); err != nil {
			return err
		}
	}
	return nil
}

// A fetchRace is a group of fetchers.
type fetchRace []fetcherEntry

// A fetcherEntry fetches an answer of some length in one way.
type fetcherEntry struct {
	how   string
	rows  int
	query string
}

func fetchesOf(rows int, query string, how ...string) (race fetchRace) {
	for _, how := range how {
		race = append(race, fetcherEntry{how, rows, query})
	}
	return race
}

const baseFetcher = "encoding-xml"

// name returns the name of the figure, such as stream-history-100k-gzip-read-only.
func (e fetcherEntry) name() string {
	name := "stream-history-" + size(e.rows)
	if e.query != "" {
		name += "-" + strings.TrimPrefix(e.query, "?")
	}
	if e.how != "stream" {
		name += "-" + e.how
	}
	return name
}

// rounds returns how often the entry runs: what takes ten seconds runs three times.
func (e fetcherEntry) rounds(most int) int {
	if e.how == baseFetcher {
		return min(most, 3)
	}
	return most
}

// What is reported of a fetch: the time, that of a row, and the memory.
const (
	perRow   = "-row"
	peakSize = "-peak"
)

func (b *bench) wantsFetch(e fetcherEntry) bool {
	name := e.name()
	return b.wants(name) || b.wants(name+perRow) || b.wants(name+peakSize)
}

// wanted returns the entries that are wanted, and what they are compared with.
func (race fetchRace) wanted(b *bench) fetchRace {
	var wanted fetchRace
	for _, e := range race {
		asBase := e.how == baseFetcher && slices.ContainsFunc(race, func(other fetcherEntry) bool {
			return other.rows == e.rows && other.query == e.query && b.wantsFetch(other)
		})
		if asBase || b.wantsFetch(e) {
			wanted = append(wanted, e)
		}
	}
	return wanted
}

// race has all entries fetch in turn, each time in a new process.
func (b *bench) race(url string, race fetchRace) error {
	times := make([][]time.Duration, len(race))
	peaks := make([][]int64, len(race))
	for round := range b.rounds {
		for i, e := range race {
			if round >= e.rounds(b.rounds) {
				continue
			}
			var f fetched
			if err := runChild(job{Fetch: &fetchJob{url + e.query, e.rows, e.how}}, &f); err != nil {
				return err
			}
			times[i] = append(times[i], f.Time)
			peaks[i] = append(peaks[i], f.Peak)
		}
	}
	for i, e := range race {
		took, most := median(times[i]), median(peaks[i])
		var faster, smaller float64
		base := fetcherEntry{baseFetcher, e.rows, e.query}
		if k := slices.Index(race, base); k >= 0 {
			faster = float64(median(times[k])) / float64(took)
			smaller = float64(median(peaks[k])) / float64(max(most, 1))
		}
		name := e.name()
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
