package main

import (
	"fmt"
	"io"
	"strconv"
	"time"
)

// A figure is one thing that was measured.
type figure struct {
	Name  string
	Value float64
	Unit  string
	// Ratio is how many times as good as the baseline of its group this is: encoding/xml, or what builds on it. 0 is none.
	Ratio float64
}

// print writes f as one line: name, value, unit and ratio, separated by tabs.
func (f figure) print(w io.Writer) {
	ratio := ""
	if f.Ratio != 0 {
		ratio = significant(f.Ratio)
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", f.Name, significant(f.Value), f.Unit, ratio)
}

// significant prints v with three significant digits and without an exponent, whole numbers in full.
func significant(v float64) string {
	switch abs := max(v, -v); {
	case abs >= 100 || v == float64(int64(v)):
		return strconv.FormatFloat(v, 'f', 0, 64)
	case abs >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case abs >= 1:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case abs >= 0.1:
		return strconv.FormatFloat(v, 'f', 3, 64)
	}
	return strconv.FormatFloat(v, 'f', 5, 64)
}

// millis is d as the unit ms has it.
func millis(d time.Duration) float64 { return d.Seconds() * 1e3 }

// size names a number of rows: 1, 1k, 10k, 1M.
func size(rows int) string {
	switch {
	case rows >= 1e6 && rows%1e6 == 0:
		return strconv.Itoa(rows/1e6) + "M"
	case rows >= 1e3 && rows%1e3 == 0:
		return strconv.Itoa(rows/1e3) + "k"
	}
	return strconv.Itoa(rows)
}
