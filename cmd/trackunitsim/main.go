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
	server := trackunittest.Serve(l, cfg.options(stderr)...)
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

func (cfg *settings) options(stderr io.Writer) []trackunittest.Option {
	opts := []trackunittest.Option{
		trackunittest.WithUnits(cfg.units), trackunittest.WithSeed(cfg.seed),
		trackunittest.WithNow(cfg.now), trackunittest.WithToken(cfg.token),
	}
	if cfg.gzip {
		opts = append(opts, trackunittest.WithGzip())
	}
	if !cfg.quiet {
		opts = append(opts, trackunittest.WithLogger(slog.New(slog.NewTextHandler(stderr, nil))))
	}
	return opts
}
