package main

import (
	"fmt"
	"strings"
)

const (
	context  = 3   // lines shown around a change
	maxLines = 60  // of one diff; who wants more runs the generator and asks git
	maxCells = 4e6 // of the table below; beyond it the changed part is shown as replaced
)

// diff returns a short unified diff of a file: what is there, and what it should be.
func diff(path, is, shouldBe string) string {
	a, b := lines(is), lines(shouldBe)
	edits := script(a, b)
	var out []string
	shown := -1 // last edit that was printed
	for i, e := range edits {
		if e.kind == ' ' {
			continue
		}
		from := max(shown+1, i-context)
		if from > shown+1 || shown < 0 {
			out = append(out, fmt.Sprintf("@@ line %d @@", edits[from].line+1))
		}
		for ; from <= i; from++ {
			out = append(out, string(edits[from].kind)+edits[from].text)
		}
		shown = i
		for shown+1 < len(edits) && shown < i+context && edits[shown+1].kind == ' ' {
			shown++
			out = append(out, " "+edits[shown].text)
		}
	}
	if len(out) > maxLines {
		out = append(out[:maxLines], fmt.Sprintf("… %d more lines", len(out)-maxLines))
	}
	return fmt.Sprintf("--- %s\n+++ %s (generated)\n%s\n", path, path, strings.Join(out, "\n"))
}

func lines(s string) []string { return strings.Split(strings.TrimSuffix(s, "\n"), "\n") }

// An edit is one line of a diff: kept (a space), removed (-) or added (+).
type edit struct {
	kind byte
	text string
	line int // in the old file, from 0
}

// script returns the edits that lead from a to b. What is equal at both ends is put aside; the rest is solved by the
// longest common subsequence, which is quadratic and good enough for what is left.
func script(a, b []string) []edit {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var edits []edit
	for i := range head {
		edits = append(edits, edit{' ', a[i], i})
	}
	edits = append(edits, middle(a[head:len(a)-tail], b[head:len(b)-tail], head)...)
	for i := len(a) - tail; i < len(a); i++ {
		edits = append(edits, edit{' ', a[i], i})
	}
	return edits
}

func middle(a, b []string, first int) []edit {
	var edits []edit
	i, j := 0, 0
	remove := func() { edits = append(edits, edit{'-', a[i], first + i}); i++ }
	add := func() { edits = append(edits, edit{'+', b[j], first + i}); j++ }
	if float64(len(a))*float64(len(b)) < maxCells {
		common := commonLengths(a, b)
		for i < len(a) && j < len(b) {
			switch {
			case a[i] == b[j]:
				edits = append(edits, edit{' ', a[i], first + i})
				i, j = i+1, j+1
			case common[i+1][j] >= common[i][j+1]:
				remove()
			default:
				add()
			}
		}
	}
	for i < len(a) {
		remove()
	}
	for j < len(b) {
		add()
	}
	return edits
}

// commonLengths returns the lengths of the longest common subsequences of a[i:] and b[j:].
func commonLengths(a, b []string) [][]int32 {
	table := make([][]int32, len(a)+1)
	for i := range table {
		table[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}
