// Trackunit reads and changes what the Trackunit Classic API holds, over SOAP.
//
// Usage:
//
//	trackunit demo [--endpoint URL] [--soap 11|12|both] [-v]
//	trackunit units list | get ID
//	trackunit history UNIT [--from TIME] [--to TIME]
//	trackunit trips UNIT [--from TIME] [--to TIME]
//	trackunit alarms list | get ID | active
//	trackunit categories|clients|contacts|groups|keys|points|zones list | get ID
//
// The demo needs nothing: it starts a simulator of the service. It lists the units, reads a month of one of them, lists the
// active alarms, makes, changes and deletes a zone, and asks for a unit that does not exist; over SOAP 1.1 and again over
// SOAP 1.2. With --endpoint it does the reading part of that with the service there.
//
// Everything else needs the token of the service in the environment variable TRACKUNIT_TOKEN. There is no flag for it:
// flags are there for all users of a machine to see.
//
// Flags of all commands:
//
//	--endpoint URL  the base of the service, by default https://api.trackunit.com/public
//	--soap VERSION  11 (the default) or 12; for the demo both, which is its default
//	--json          one JSON object a line in place of a table, with all members
//	-v              the XML of each exchange on standard error (the demo: between its tables), long lists abridged; -vv: whole
//
// Times are dates (2026-03-01) or instants (2026-03-01T08:00:00Z); what has no zone is UTC. Without --to it is now, without
// --from a day earlier. More than 31 days, which is the most that the service gives at once, are asked for in turn.
//
// The exit status is 0 on success, 1 if something failed, and 2 if the command line makes no sense.
package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := &program{stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: time.Now}
	status := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(status)
}

// A program is one run of the command.
type program struct {
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	http           *http.Client // what requests go through; nil for the default of the client

	endpoint string
	soap     string
	json     bool
	verbose  int
	started  bool // cobra could make sense of the command line
}

// run does what the arguments say, and returns the exit status.
func (p *program) run(ctx context.Context, args []string) int {
	root := p.root()
	root.SetArgs(args)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case !p.started || errors.As(err, new(usageError)):
		p.complain(err, "trackunit -h lists the commands, and trackunit COMMAND -h what one takes")
		return 2
	}
	p.complain(err, hint(err))
	return 1
}
