// Trackunitsim serves a simulated Trackunit Classic API, for clients in any language.
//
// Usage:
//
//	trackunitsim [flags]
//
// It prints its URL and the token that calls have to bring, logs a line for each request, and ends on an interrupt or a
// termination signal once the calls that it is busy with are answered. The WSDLs are at the URL with /soap11 and /soap12 and
// name the address at which they were fetched. For all that is simulated see package trackunittest.
//
// The flags are:
//
//	-addr address
//		Listen on this address. The default, 127.0.0.1:0, is any free port of the loopback interface.
//	-units n
//		Make up so many units. The default is 500. A hundred thousand are no trouble.
//	-seed n
//		Make the units up from this number. The default is 1. The same seed gives the same answers.
//	-now time
//		The present of the fleet, such as 2026-03-02T12:00:00Z, which is the default. Time stands still there.
//	-token token
//		Take this token. The default is 0123456789abcdef0123456789abcdef, which is no secret.
//	-gzip
//		Compress answers for clients that take it.
//	-db file
//		Keep what callers change in this file, a database of SQLite, and go on where it ended. By default it is in memory.
//		A file is for one seed and number of units, and for one process at a time.
//	-load folder
//		Load the recorded exchanges in this folder, *.txt, before the first call: see trackunittest.Fleet.Load.
//	-admin token
//		Open the admin endpoint, which injects faults and moves time, to those who bring this token: see
//		trackunittest.AdminPath. By default there is none.
//	-q
//		Do not log requests.
//
// Try it:
//
//	$ trackunitsim -addr 127.0.0.1:8080 &
//	$ curl http://127.0.0.1:8080/public/soap11
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/soapfirst/trackunit/trackunittest"
	"github.com/soapfirst/trackunit/trackunittest/fleetdb"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return
		}
		fmt.Fprintln(os.Stderr, "trackunitsim:", err)
		os.Exit(1)
	}
}

// drain is how long calls may take to be answered once the program was told to end.
const drain = 5 * time.Second

// run serves until ctx is done.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	cfg, err := parse(args, stdout)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", cfg.addr)
	if err != nil {
		return err
	}
	opts, done, err := cfg.options(stderr)
	if err != nil {
		l.Close()
		return err
	}
	defer done()
	server := trackunittest.Serve(l, opts...)
	fmt.Fprintf(stdout, "URL    %s\ntoken  %s\nWSDL   %[1]s/soap11 and %[1]s/soap12\n", server.URL, server.Token())
	<-ctx.Done()
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return fmt.Errorf("calls were broken off that took longer than %v to answer", drain)
	}
	return nil
}

type settings struct {
	addr, token string
	db, load    string
	admin       string
	units       int
	seed        uint64
	now         time.Time
	gzip, quiet bool
}

// parse reads the flags. For -h it prints the manual to stdout and returns flag.ErrHelp.
func parse(args []string, stdout io.Writer) (*settings, error) {
	var cfg settings
	fs := flag.NewFlagSet("trackunitsim", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // errors are printed by main, help below
	fs.StringVar(&cfg.addr, "addr", "127.0.0.1:0", "")
	fs.IntVar(&cfg.units, "units", trackunittest.DefaultUnits, "")
	fs.Uint64Var(&cfg.seed, "seed", 1, "")
	fs.StringVar(&cfg.token, "token", trackunittest.DefaultToken, "")
	fs.TextVar(&cfg.now, "now", trackunittest.DefaultNow, "")
	fs.StringVar(&cfg.db, "db", "", "")
	fs.StringVar(&cfg.load, "load", "", "")
	fs.StringVar(&cfg.admin, "admin", "", "")
	fs.BoolVar(&cfg.gzip, "gzip", false, "")
	fs.BoolVar(&cfg.quiet, "q", false, "")
	switch err := fs.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, manual)
		return nil, err
	case err != nil:
		return nil, err
	case fs.NArg() > 0:
		return nil, fmt.Errorf("there is nothing to do with %q: only flags are taken", fs.Arg(0))
	case cfg.units < 0:
		return nil, errors.New("-units must not be negative")
	case cfg.token == "":
		return nil, errors.New("-token must not be empty")
	}
	return &cfg, nil
}

// options returns the options of the server, and what to call when it has ended.
func (cfg *settings) options(stderr io.Writer) (opts []trackunittest.Option, done func(), err error) {
	fleet, done, err := cfg.fleet()
	if err != nil {
		return nil, nil, err
	}
	if cfg.load != "" {
		if err := load(fleet, cfg.load); err != nil {
			done()
			return nil, nil, err
		}
	}
	opts = []trackunittest.Option{
		trackunittest.WithFleet(fleet), trackunittest.WithToken(cfg.token), trackunittest.WithAdmin(cfg.admin),
	}
	if cfg.gzip {
		opts = append(opts, trackunittest.WithGzip())
	}
	if !cfg.quiet {
		opts = append(opts, trackunittest.WithLogger(slog.New(slog.NewTextHandler(stderr, nil))))
	}
	return opts, done, nil
}

// fleet makes the fleet, or opens the one in the file.
func (cfg *settings) fleet() (fleet *trackunittest.Fleet, done func(), err error) {
	if cfg.db == "" {
		made := trackunittest.NewService(
			trackunittest.WithSeed(cfg.seed), trackunittest.WithUnits(cfg.units), trackunittest.WithNow(cfg.now))
		return made.Fleet(), func() {}, nil
	}
	db, err := fleetdb.Open(cfg.db)
	if err != nil {
		return nil, nil, err
	}
	fleet, err = trackunittest.OpenFleet(db, cfg.seed, cfg.units, cfg.now)
	if err != nil {
		db.Close()
		return nil, nil, fmt.Errorf("%s: %w", cfg.db, err)
	}
	return fleet, func() { db.Close() }, nil
}

// load loads the recordings in a folder, of which there must be some.
func load(fleet *trackunittest.Fleet, folder string) error {
	answers, err := fleet.Load(os.DirFS(folder))
	if err == nil && answers == 0 {
		err = errors.New("nothing in it is a recorded answer that can be loaded")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", folder, err)
	}
	return nil
}
