//go:build unix

package main

import (
	"syscall"
	"time"
)

// used returns what this process has used so far.
func used() usage {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return usage{}
	}
	return usage{time.Duration(r.Utime.Nano() + r.Stime.Nano()), peak()}
}
