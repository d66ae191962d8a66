package main

import (
	"fmt"

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
	stageForeign
	numStages
)

var stageNames = [numStages]string{"generate", "compile", "operations", "samples", "decode", "encode", "compare", "recorded", "call", "foreign"}

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
	wires    []*wire
	unfit    bool // to make samples of: see try

	uncompiled bool     // no validator compiles the schemas
	repairs    []string // what was changed in the schemas that the samples are judged by

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
