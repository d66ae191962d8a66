// Package testenv tells tests what they may count on: programs that are not Go, and folders that are not in the
// repository.
//
// A newcomer has neither, and the tests pass without: NeedProgram and Folder skip, naming what is missing. Where
// REQUIRE_TOOLS is set, as .ci/run does, a missing program fails the test instead, so that a check can't vanish
// without a word.
package testenv

import (
	"os"
	"os/exec"
	"testing"
)

// RequireTools is the environment variable that turns "skip, a program is missing" into a failure. Any value but the
// empty one does.
const RequireTools = "REQUIRE_TOOLS"

// Environment variables that hold the places of folders outside of the repository. None of them has to be set.
const (
	// WSDLCorpus is a folder of real WSDLs: index.csv says what each is.
	WSDLCorpus = "WSDL_CORPUS"
	// SOAPExchanges is a folder of captured HTTP exchanges, SOAP ones in soap/ and others in rest/.
	SOAPExchanges = "SOAP_EXCHANGES"
	// WSDLPublished is a folder of WSDLs of the Classic API in several flavours.
	WSDLPublished = "WSDL_PUBLISHED"
	// ClassicContract is a folder with all that is known of the Classic API, as JSON tables and text.
	ClassicContract = "CLASSIC_CONTRACT"
)

// NeedProgram returns the path of the program called name. Without it the test is skipped, or fails where
// REQUIRE_TOOLS is set.
func NeedProgram(tb testing.TB, name string) string {
	tb.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv(RequireTools) != "" {
		tb.Fatalf("%s is not in PATH, and %s is set", name, RequireTools)
	}
	tb.Skipf("%s is not in PATH", name)
	return ""
}

// MayUseProgram returns the path of the first program of those names that there is, and skips the test where there is none,
// also if REQUIRE_TOOLS is set: it is for programs too large to ask for.
func MayUseProgram(tb testing.TB, names ...string) string {
	tb.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	tb.Skipf("none of %v is in PATH", names)
	return ""
}

// Folder returns the folder that the environment variable env names. The test is skipped where env is not set, and
// fails where it is set and names no folder: a mistyped path must not pass for a green run.
//
// REQUIRE_TOOLS does not change that. The folders are not to be had everywhere, so .ci/run sets the variables of
// those it finds and prints the ones that it does not.
func Folder(tb testing.TB, env string) string {
	tb.Helper()
	dir := os.Getenv(env)
	if dir == "" {
		tb.Skipf("%s is not set", env)
	}
	if info, err := os.Stat(dir); err != nil {
		tb.Fatalf("%s: %v", env, err)
	} else if !info.IsDir() {
		tb.Fatalf("%s: %s is no folder", env, dir)
	}
	return dir
}
