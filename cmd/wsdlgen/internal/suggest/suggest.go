// Package suggest finds what somebody may have meant who wrote a name that there is not.
package suggest

import (
	"slices"
	"strconv"
	"strings"
)

// Hint returns words for an error about name, which is none of known: the name nearest to it, or else what there is.
func Hint(name string, known []string) string {
	known = slices.Clone(known)
	slices.Sort(known)
	known = slices.Compact(known)
	if len(known) == 0 {
		return "there is none"
	}
	if near := nearest(name, known); near != "" {
		return "did you mean " + near + "?"
	}
	const most = 5
	more := ""
	if len(known) > most {
		more = " and " + strconv.Itoa(len(known)-most) + " more"
		known = known[:most]
	}
	return "there is " + strings.Join(known, ", ") + more
}

// nearest returns the name that takes the fewest changes to get to, if that is not many for its length. What differs in
// case alone, or is the end of the other, is nearer than all else.
func nearest(name string, known []string) string {
	most := 1 + max(2, len(name)/3)
	best, distance, spelling := "", most, 0
	for _, k := range known {
		d := edits(strings.ToLower(name), strings.ToLower(k), most)
		if d > 1 && name != "" && (strings.HasSuffix(k, "."+name) || strings.HasSuffix(k, "}"+name)) {
			d = 1
		}
		if d > distance || d == most {
			continue
		}
		if s := edits(name, k, most); d < distance || s < spelling {
			best, distance, spelling = k, d, s
		}
	}
	return best
}

// edits returns how many characters must be changed, put in or taken out to make b of a, or enough if it is more.
func edits(a, b string, enough int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= enough || len(y)-len(x) >= enough {
		return enough
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			change := diagonal
			if x[i] != y[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
