//go:build !soaptest_noflags

package soaptest

import "flag"

// A flag that an import has registered already is used as it is. One that is registered later panics: that is what the
// build tag is for.
func init() {
	for name, usage := range map[string]string{
		updateFlag: "write what golden files should hold",
		recordFlag: "record anew what recorders replay; this calls the live service",
	} {
		if flag.Lookup(name) == nil {
			flag.Bool(name, false, usage)
		}
	}
}
