package soaptest_test

import (
	"flag"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A spy is a testing.TB that notes how a test went instead of having it fail.
type spy struct {
	testing.TB
	failed   bool
	text     strings.Builder
	cleanups []func()
}

func (s *spy) Helper()                   {}
func (s *spy) Failed() bool              { return s.failed }
func (s *spy) Cleanup(f func())          { s.cleanups = append(s.cleanups, f) }
func (s *spy) Logf(f string, a ...any)   { fmt.Fprintf(&s.text, f+"\n", a...) }
func (s *spy) Errorf(f string, a ...any) { s.failed = true; s.Logf(f, a...) }
func (s *spy) Skipf(f string, a ...any)  { s.Logf("skipped: "+f, a...); runtime.Goexit() }
func (s *spy) Fatalf(f string, a ...any) { s.Errorf(f, a...); runtime.Goexit() }
func (s *spy) Fatal(a ...any)            { s.Fatalf("%s", fmt.Sprint(a...)) }

// watch runs a test with a spy, to its end, and without -update: what has to fail would otherwise write files.
func watch(t *testing.T, test func(tb testing.TB)) *spy {
	t.Helper()
	defer func(old string) { _ = flag.Set("update", old) }(flag.Lookup("update").Value.String())
	require.NoError(t, flag.Set("update", "false"))
	s := &spy{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			for len(s.cleanups) > 0 {
				last := s.cleanups[len(s.cleanups)-1]
				s.cleanups = s.cleanups[:len(s.cleanups)-1]
				last()
			}
		}()
		test(s)
	}()
	<-done
	return s
}

// setFlag sets a flag of this package for the rest of a test.
func setFlag(t *testing.T, name, value string) {
	t.Helper()
	old := flag.Lookup(name).Value.String()
	require.NoError(t, flag.Set(name, value))
	t.Cleanup(func() { _ = flag.Set(name, old) })
}
