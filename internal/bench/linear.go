package main

import (
	"bytes"
	"io"
	"time"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// linear measures what a row costs in answers of several lengths, in turn, without a network in between. No answer is held: the
// rows are the same thousand, again and again.
func (b *bench) linear() error {
	lengths := []int{10_000, 100_000, 1_000_000}
	if b.quick {
		lengths = []int{10_000, 20_000, 30_000}
	}
	name := func(rows int) string { return "row-history-" + size(rows) }
	p, err := primary().payload(1000)
	if err != nil {
		return err
	}
	head, list, tail, err := cutList(p.doc)
	if err != nil {
		return err
	}
	times := make(map[int][]time.Duration)
	for range b.rounds {
		for _, rows := range lengths {
			if !b.wants(name(rows)) {
				continue
			}
			read := inProcess(func() error {
				return streamRows(xmlwire.NewReader(repeated(head, list, rows/1000, tail), xmlwire.ReadOptions{}))
			})
			sample, err := read.run()
			if err != nil {
				return err
			}
			times[rows] = append(times[rows], sample.time)
		}
	}
	for _, rows := range lengths {
		if len(times[rows]) > 0 {
			b.report(figure{Name: name(rows), Value: float64(median(times[rows])) / float64(rows), Unit: "ns"})
		}
	}
	return nil
}

// repeated reads list n times, between head and tail.
func repeated(head, list []byte, n int, tail []byte) io.Reader {
	parts := []io.Reader{bytes.NewReader(head)}
	for range n {
		parts = append(parts, bytes.NewReader(list))
	}
	return io.MultiReader(append(parts, bytes.NewReader(tail))...)
}
