// Command bench measures the codec beside encoding/xml, all contenders in turn in one run, and prints a line a figure:
// name, median, unit, and how many times as fast as encoding/xml at the same work, separated by tabs.
//
//	go run ./internal/bench [-rounds n] [-rows n]
//
// The payload is the answer of GetReportUnitHistory in the form in which the service's framework writes it. Where
// SOAP_EXCHANGES names the folder of captured exchanges it is the captured answer of 1,000 rows, repeated; elsewhere one
// that is drawn in the same form.
package main

import (
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func main() {
	rounds := flag.Int("rounds", 9, "how often each contender runs; the median counts")
	rows := flag.Int("rows", 10_000, "how many rows the payload has")
	flag.Parse()
	if err := run(*rounds, *rows); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(rounds, rows int) error {
	doc, source, err := payload(rows)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "bench: %d rows, %.1f MB, %s; %s, GOMAXPROCS=%d, %d rounds\n",
		rows, float64(len(doc))/1e6, source, runtime.Version(), runtime.GOMAXPROCS(0), rounds)
	value := new(generated.GetReportUnitHistoryResponse)
	if err := xmlwire.Unmarshal(doc, value, xmlwire.ReadOptions{}); err != nil {
		return err
	}
	if len(value.List) != rows {
		return fmt.Errorf("the payload holds %d rows", len(value.List))
	}
	std := newStd()
	if err := xml.Unmarshal(doc, std); err != nil {
		return err
	}
	size := fmt.Sprintf("%dk", rows/1000)
	measure(rounds, "encoding-xml-decode-history-captured-"+size, []contender{
		{"encoding-xml-decode-history-captured-" + size, func() error { return xml.Unmarshal(doc, newStd()) }},
		{"decode-history-captured-" + size, func() error {
			return xmlwire.Unmarshal(doc, new(generated.GetReportUnitHistoryResponse), xmlwire.ReadOptions{})
		}},
		{"decode-history-captured-" + size + "-unpredicted", func() error {
			return xmlwire.Unmarshal(doc, new(generated.GetReportUnitHistoryResponse), xmlwire.ReadOptions{NoPrediction: true})
		}},
		{"stream-history-captured-" + size, func() error { return stream(doc) }},
		{"tokenize-history-captured-" + size, func() error { return tokenize(doc) }},
		{"encoding-xml-tokenize-history-captured-" + size, func() error { return stdTokenize(doc) }},
	})
	var buf []byte
	name := xmlwire.Name{Space: value.XMLType().Space, Local: value.XMLType().Name}
	measure(rounds, "encoding-xml-encode-history-"+size, []contender{
		{"encoding-xml-encode-history-" + size, func() error { _, err := xml.Marshal(std); return err }},
		{"encode-history-" + size, func() (err error) {
			buf, err = xmlwire.AppendElement(buf[:0], name, value, xmlwire.WriteOptions{})
			return err
		}},
	})
	return nil
}

// A contender does the work once.
type contender struct {
	name string
	work func() error
}

// measure runs the contenders in turn and prints the median of each, and its ratio to that of base.
func measure(rounds int, base string, contenders []contender) {
	times := make([][]time.Duration, len(contenders))
	allocs := make([]uint64, len(contenders))
	for range rounds {
		for i, c := range contenders {
			runtime.GC() // what the one before left behind is not on this one's bill
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			if err := c.work(); err != nil {
				fmt.Fprintf(os.Stderr, "bench: %s: %v\n", c.name, err)
				os.Exit(1)
			}
			times[i] = append(times[i], time.Since(start))
			runtime.ReadMemStats(&after)
			allocs[i] = after.Mallocs - before.Mallocs
		}
	}
	medians := make([]time.Duration, len(contenders))
	var ofBase time.Duration
	for i, c := range contenders {
		slices.Sort(times[i])
		medians[i] = times[i][len(times[i])/2]
		if c.name == base {
			ofBase = medians[i]
		}
	}
	for i, c := range contenders {
		fmt.Printf("%s\t%.2f\tms\t%.1f\n", c.name, medians[i].Seconds()*1e3, ofBase.Seconds()/medians[i].Seconds())
		fmt.Printf("%s-allocs\t%d\tallocs\t\n", c.name, allocs[i])
	}
}

func stream(doc []byte) error {
	r := xmlwire.NewReader(bytes.NewReader(doc), xmlwire.ReadOptions{})
	if _, err := r.Next(); err != nil {
		return err
	}
	rows := xmlwire.NewRows("List", func(generated.UnitHistory) bool { return true })
	return r.DecodeRows(new(generated.GetReportUnitHistoryResponse), rows)
}

func tokenize(doc []byte) error {
	r := xmlwire.NewReader(bytes.NewReader(doc), xmlwire.ReadOptions{})
	for {
		if kind, err := r.Next(); err != nil || kind == xmlwire.EOF {
			return err
		}
	}
}

func stdTokenize(doc []byte) error {
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}
