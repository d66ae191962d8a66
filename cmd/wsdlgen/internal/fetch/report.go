package fetch

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/soapfirst/trackunit/internal/canon"
)

// maxChanges bounds the lines about one file. Past it, the change is not one that is read in a list.
const maxChanges = 100

// report prints what a new document changes for those who use the old one, which is nil if there was none.
func report(w io.Writer, name string, old, new []byte) {
	if bytes.Equal(old, new) {
		fmt.Fprintf(w, "%s: unchanged\n", name)
		return
	}
	is, err := readFacts(new)
	if err != nil {
		fmt.Fprintf(w, "%s: written\n", name)
		return
	}
	if old == nil {
		fmt.Fprintf(w, "%s: new, %s\n", name, summary(is))
		return
	}
	was, err := readFacts(old)
	if err != nil {
		fmt.Fprintf(w, "%s: replaces a file that was no WSDL, %s\n", name, summary(is))
		return
	}
	changes := compare(was, is)
	if len(changes) == 0 {
		fmt.Fprintf(w, "%s: %s\n", name, small(old, new))
		return
	}
	fmt.Fprintf(w, "%s: changed\n", name)
	for i, line := range changes {
		if i == maxChanges {
			fmt.Fprintf(w, "  and %d more\n", len(changes)-i)
			break
		}
		fmt.Fprintf(w, "  %s\n", line)
	}
}

func readFacts(data []byte) (*facts, error) {
	text, err := toUTF8(data)
	if err != nil {
		return nil, err
	}
	return factsOf(text)
}

func summary(f *facts) string {
	return fmt.Sprintf("%d operations, %d types", f.count("operation"), f.count("type"))
}

// small says how documents differ whose facts are the same.
func small(old, new []byte) string {
	a, errA := canonical(old)
	b, errB := canonical(new)
	if errA == nil && errB == nil && a == b {
		return "the same, written differently (white space, comments, prefixes)"
	}
	return "changed, but no operation, type or member (documentation, policies)"
}

func canonical(data []byte) (string, error) {
	text, err := toUTF8(data)
	if err != nil {
		return "", err
	}
	return canon.Form(text)
}

// compare returns a line for each fact that came (+), went (-) or changed (~). What belongs to something that came or
// went is not listed beside it.
func compare(was, is *facts) []string {
	var lines []string
	for _, f := range was.list {
		if _, stays := is.get(f.key()); !stays && f.what != "order" && !lost(f, was, is) {
			lines = append(lines, "- "+f.key())
		}
	}
	for _, f := range is.list {
		old, ok := was.get(f.key())
		switch {
		case !ok && f.what != "order" && !lost(f, is, was):
			lines = append(lines, strings.TrimSuffix("+ "+f.key()+": "+f.value, ": "))
		case !ok || old.value == f.value:
		case f.what == "order":
			if line := reordered(f.name, old.value, f.value); line != "" {
				lines = append(lines, line)
			}
		default:
			lines = append(lines, fmt.Sprintf("~ %s: %s → %s", f.key(), orNothing(old.value), orNothing(f.value)))
		}
	}
	return lines
}

// lost reports whether the owner of f, which is a fact here, is not one there, or has an owner of which that is true.
func lost(f fact, here, there *facts) bool {
	for f.owner != "" {
		owner, ok := here.get(f.owner)
		if !ok {
			return false
		}
		if _, ok := there.get(f.owner); !ok {
			return true
		}
		f = owner
	}
	return false
}

// reordered says where two lists of the same members part. It matters: many services read members by their order. Lists
// of different members have said so by other lines, unless those that stay changed places too.
func reordered(name, was, is string) string {
	a, b := strings.Fields(was), strings.Fields(is)
	a, b = among(a, b), among(b, a)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("~ order of %s: %s comes before %s", name, b[i], a[i])
		}
	}
	return ""
}

// among returns the members of list that are in other too.
func among(list, other []string) []string {
	in := make(map[string]bool, len(other))
	for _, s := range other {
		in[s] = true
	}
	var both []string
	for _, s := range list {
		if in[s] {
			both = append(both, s)
		}
	}
	return both
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}
