package source_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

func TestFilePos(t *testing.T) {
	text := "ab\né€x\n\nlast"
	f := source.NewFile("a.wsdl", []byte(text))
	for _, tt := range []struct {
		offset int
		want   string
	}{
		{strings.Index(text, "x"), "a.wsdl:2:3"}, // characters count, not bytes
		{0, "a.wsdl:1:1"},                        // and back again
		{2, "a.wsdl:1:3"},
		{3, "a.wsdl:2:1"},
		{len(text), "a.wsdl:4:5"},
		{1000, "a.wsdl:4:5"},
		{-1, "a.wsdl:1:1"},
	} {
		assert.Equal(t, tt.want, f.Pos(tt.offset).String(), "offset %d", tt.offset)
	}
}

func TestPosString(t *testing.T) {
	assert.Equal(t, "-", source.Pos{}.String())
	assert.Equal(t, "a.wsdl", source.Pos{File: "a.wsdl"}.String())
}

func TestListSortsAndDropsRepetitions(t *testing.T) {
	var l source.List
	require.NoError(t, l.Err())
	at := func(file string, line, col int) source.Pos { return source.Pos{File: file, Line: line, Col: col} }
	l.Errorf(at("b", 1, 1), "", "third")
	l.Errorf(at("a", 10, 2), "do this", "second %s", "one")
	l.Errorf(at("a", 9, 30), "", "first")
	l.Errorf(at("b", 1, 1), "", "third")
	l.Warnf(at("c", 1, 1), "", "careful")
	err := l.Err()
	require.EqualError(t, err, "a:9:30: first\na:10:2: second one (do this)\nb:1:1: third")
	assert.EqualError(t, l.Warnings(), "c:1:1: careful")

	wrapped := fmt.Errorf("load: %w", err)
	assert.Len(t, source.All(wrapped), 3)
	one, ok := errors.AsType[*source.Error](wrapped)
	require.True(t, ok)
	assert.Equal(t, "first", one.Msg)
}

func TestListIsBounded(t *testing.T) {
	var l source.List
	for i := range 100_000 {
		l.Errorf(source.Pos{File: "a", Line: i + 1, Col: 1}, "", "wrong")
	}
	text := l.Err().Error()
	assert.Equal(t, 50, strings.Count(text, "\n"))
	assert.True(t, strings.HasSuffix(text, "and 9950 more errors"), text[len(text)-40:])
}
