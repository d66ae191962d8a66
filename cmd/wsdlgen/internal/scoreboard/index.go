package main

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// casesDir returns the folder that holds one for each case.
func casesDir(corpus string) string {
	dir := filepath.Join(corpus, "all")
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return corpus
	}
	return dir
}

// readCases returns the cases of a corpus, sorted by name: those that index.csv lists, or without such a file all that
// have a folder. What the index does not say of a case is found out or left empty.
func readCases(corpus string) ([]*testCase, error) {
	cases, err := readIndex(filepath.Join(corpus, "index.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		cases, err = listCases(casesDir(corpus))
	}
	if err != nil {
		return nil, err
	}
	slices.SortFunc(cases, func(a, b *testCase) int { return cmp.Compare(a.name, b.name) })
	cases = slices.CompactFunc(cases, func(a, b *testCase) bool { return a.name == b.name })
	for i, c := range cases {
		c.pkg = fmt.Sprintf("c%03d", i)
		if c.entry == "" {
			c.entry = findEntry(filepath.Join(casesDir(corpus), c.name))
		}
	}
	return cases, nil
}

// A table is a CSV file with the names of its columns in the first line.
type table struct {
	columns map[string]int
	rows    [][]string
}

func readTable(file string) (*table, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s is empty", file)
	}
	t := &table{map[string]int{}, rows[1:]}
	for i, name := range rows[0] {
		t.columns[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	return t, nil
}

// field returns a field of a row, empty if there is no such column or the row is too short.
func (t *table) field(row []string, column string) string {
	if i, ok := t.columns[column]; ok && i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}

func readIndex(file string) ([]*testCase, error) {
	t, err := readTable(file)
	if err != nil {
		return nil, err
	}
	if _, ok := t.columns["case"]; !ok {
		return nil, fmt.Errorf("%s has no column case", file)
	}
	var cases []*testCase
	for _, row := range t.rows {
		if name := t.field(row, "case"); name != "" {
			cases = append(cases, &testCase{
				name: name, entry: t.field(row, "entry"), family: t.field(row, "family"),
				features: strings.FieldsFunc(t.field(row, "features"), func(r rune) bool { return strings.ContainsRune(" ,;|\t\n", r) }),
			})
		}
	}
	return cases, nil
}

func listCases(dir string) ([]*testCase, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var cases []*testCase
	for _, e := range entries {
		if e.IsDir() {
			cases = append(cases, &testCase{name: e.Name()})
		}
	}
	return cases, nil
}

// findEntry returns the WSDL document of a folder that leads to most files; empty if there is none.
func findEntry(dir string) string {
	var names []string
	_ = filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.EqualFold(filepath.Ext(file), ".wsdl") {
			if rel, err := filepath.Rel(dir, file); err == nil {
				names = append(names, filepath.ToSlash(rel))
			}
		}
		return nil
	})
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")), cmp.Compare(a, b))
	})
	best, most := "", -1
	for _, name := range names {
		if n := reach(os.DirFS(dir), name); n > most {
			best, most = name, n
		}
	}
	return path.Clean(best)
}

// reach counts what a document leads to.
func reach(fsys fs.FS, entry string) int {
	var diags source.List
	set, err := load.Load(fsys, &diags, entry)
	if err != nil {
		return 0
	}
	return len(set.Definitions) + len(set.Schemas)
}
