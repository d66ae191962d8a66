package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// A stage is what a case has to pass, in order.
type stage int

const (
	stageGenerate stage = iota
	stageCompile
	stageOperations
	stageSamples
	stageDecode
	stageEncode
	stageCompare
	stageRecorded
	stageCall
	numStages
)

var stageNames = [numStages]string{"generate", "compile", "operations", "samples", "decode", "encode", "compare", "recorded", "call"}

func (s stage) String() string { return stageNames[s] }

// A testCase is a case of the corpus, what was made of it and how that fared.
type testCase struct {
	name, entry, family string
	features            []string
	pkg                 string // name of its Go package

	set      *load.Set
	contract *model.Contract
	shape    *shape.Package
	plan     *names.Plan
	samples  []*message
	recorded []*message

	operations, wanted int // that there are, and that there should be
	called             int // that could be called
	failures           []failure
}

// A failure is a reason for a case to fall short.
type failure struct {
	stage stage
	where string // operation and sample, where there are such
	cause string // may be several lines
}

func (c *testCase) fail(s stage, where, format string, args ...any) {
	c.failures = append(c.failures, failure{s, where, fmt.Sprintf(format, args...)})
}

// reached returns the first stage that the case fails; numStages if it fails none.
func (c *testCase) reached() stage {
	first := numStages
	for _, f := range c.failures {
		first = min(first, f.stage)
	}
	return first
}

// readIndex reads the list of cases, sorted by name.
func readIndex(file string) ([]*testCase, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, name := range []string{"case", "entry", "family", "features"} {
		if _, ok := column[name]; !ok {
			return nil, fmt.Errorf("%s has no column %s", file, name)
		}
	}
	var cases []*testCase
	for _, row := range rows[1:] {
		cases = append(cases, &testCase{
			name: row[column["case"]], entry: row[column["entry"]], family: row[column["family"]],
			features: strings.Fields(row[column["features"]]),
		})
	}
	slices.SortFunc(cases, func(a, b *testCase) int { return cmp.Compare(a.name, b.name) })
	for i, c := range cases {
		c.pkg = fmt.Sprintf("c%03d", i)
	}
	return cases, nil
}
