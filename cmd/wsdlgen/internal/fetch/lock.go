package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// LockName is the name of the file that says where the documents beside it come from.
const LockName = "wsdl.lock"

const lockHeader = "# Where these files come from, written by wsdlgen fetch: sha256 of the file, name, day, source.\n"

// An entry is a line of the lock.
type entry struct {
	sum, name, day, source string
}

// updateLock returns the lock for the files, given the old one, which may be empty. Files that did not change keep
// their day; entries of other files stay, if keep says so.
func updateLock(old []byte, files []*File, now time.Time, keep func(name string) bool) []byte {
	entries := parseLock(old)
	for _, f := range files {
		sum := sha256.Sum256(f.Data)
		e := entry{hex.EncodeToString(sum[:]), f.Name, now.UTC().Format(time.DateOnly), f.Source}
		i := slices.IndexFunc(entries, func(e entry) bool { return e.name == f.Name })
		switch {
		case i < 0:
			entries = append(entries, e)
		case entries[i].sum != e.sum || entries[i].source != e.source:
			entries[i] = e
		}
	}
	entries = slices.DeleteFunc(entries, func(e entry) bool {
		return !slices.ContainsFunc(files, func(f *File) bool { return f.Name == e.name }) && !keep(e.name)
	})
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	b.WriteString(lockHeader)
	for _, e := range entries {
		fmt.Fprintf(&b, "%s  %s  %s  %s\n", e.sum, e.name, e.day, e.source)
	}
	return []byte(b.String())
}

// parseLock reads a lock. Lines that are none are dropped: the lock is ours, and is about to be written anew.
func parseLock(data []byte) []entry {
	var entries []entry
	for line := range strings.Lines(string(data)) {
		fields := strings.SplitN(strings.TrimSpace(line), "  ", 4)
		if len(fields) == 4 && len(fields[0]) == hex.EncodedLen(sha256.Size) {
			entries = append(entries, entry{fields[0], fields[1], fields[2], fields[3]})
		}
	}
	return entries
}
