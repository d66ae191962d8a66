package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"github.com/soapfirst/trackunit"
)

// A column is a heading and what stands below it for an item.
type column[T any] struct {
	head string
	cell func(*T) string
}

// A table prints items below each other. All of it is printed at its end, when the width of columns is known.
type table[T any] struct {
	w       *tabwriter.Writer
	indent  string
	columns []column[T]
	rows    int
}

func newTable[T any](w io.Writer, indent string, columns []column[T]) *table[T] {
	t := &table[T]{w: tabwriter.NewWriter(w, 0, 8, 2, ' ', 0), indent: indent, columns: columns}
	t.line(func(c column[T]) string { return c.head })
	return t
}

func (t *table[T]) row(item *T) {
	t.rows++
	t.line(func(c column[T]) string { return printable(c.cell(item)) })
}

func (t *table[T]) line(cell func(column[T]) string) {
	cells := make([]string, len(t.columns))
	for i, c := range t.columns {
		cells[i] = cell(c)
	}
	fmt.Fprintln(t.w, t.indent+strings.TrimRight(strings.Join(cells, "\t"), "\t "))
}

func (t *table[T]) end() error { return t.w.Flush() }

// print prints items as a table or as JSON, whatever was asked for. What came before an error is printed too.
func print[T any](p *program, items iter.Seq2[T, error], columns []column[T]) error {
	if p.json {
		encoder := json.NewEncoder(p.stdout)
		encoder.SetEscapeHTML(false)
		for item, err := range items {
			if err != nil {
				return err
			}
			if err := encoder.Encode(item); err != nil {
				return err
			}
		}
		return nil
	}
	t := newTable(p.stdout, "", columns)
	for item, err := range items {
		if err != nil && t.rows > 0 {
			return errors.Join(err, t.end())
		}
		if err != nil {
			return err
		}
		t.row(&item)
	}
	return t.end()
}

// sequence makes the result of a method that returns a slice one of a method that streams.
func sequence[T any](items []T, err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
		if err != nil {
			var zero T
			yield(zero, err)
		}
	}
}

// printable takes out what would make a terminal do something, and what would break the table.
func printable(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' {
			return ' '
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s))
}

// The cells of members that may be missing: empty, if they are.

func text(s trackunit.Opt[string]) string { return s.Or("") }

func instant(t trackunit.Opt[time.Time]) string {
	if at, ok := t.Get(); ok {
		return clock(at)
	}
	return ""
}

// clock prints a time to the minute, as it came: in UTC mostly.
func clock(t time.Time) string { return t.Format("2006-01-02 15:04") }

func number(x trackunit.Opt[float64]) string { return scaled(x, 1) }

func hours(seconds trackunit.Opt[float64]) string { return scaled(seconds, trackunit.Hours(1)) }

func scaled(x trackunit.Opt[float64], factor float64) string {
	if v, ok := x.Get(); ok {
		return decimal(v * factor)
	}
	return ""
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

func place(a trackunit.Opt[trackunit.Address]) string {
	address, ok := a.Get()
	if !ok {
		return ""
	}
	town := strings.TrimSpace(address.ZipCode.Or("") + " " + address.City.Or(""))
	parts := []string{}
	for _, part := range []string{address.StreetAddress.Or(""), town, address.Country.Or("")} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

func degrees(l trackunit.Opt[trackunit.Location]) string {
	location, ok := l.Get()
	if !ok {
		return ""
	}
	return fmt.Sprintf("%.5f %.5f", location.Latitude, location.Longitude)
}

func count(items []string) string { return strconv.Itoa(len(items)) }
