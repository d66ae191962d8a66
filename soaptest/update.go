package soaptest

import "flag"

const (
	updateFlag = "update"
	recordFlag = "record"
)

// Updating reports whether the test binary was run with -update. A test package with golden files of its own that had a flag
// of that name asks here instead.
func Updating() bool { return isSet(updateFlag) }

// isSet returns the value of a boolean flag, whoever defined it.
func isSet(name string) bool {
	f := flag.Lookup(name)
	if f == nil {
		return false
	}
	getter, ok := f.Value.(flag.Getter)
	if !ok {
		return false
	}
	set, ok := getter.Get().(bool)
	return ok && set
}
