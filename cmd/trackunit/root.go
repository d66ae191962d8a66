package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/soapclient"
)

// root returns the command line.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:                "trackunit",
		Short:              "Read and change what the Trackunit Classic API holds, over SOAP",
		SilenceErrors:      true,
		SilenceUsage:       true,
		DisableSuggestions: true, // they are lines of their own
		CompletionOptions:  cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRunE:  p.start,
	}
	flags := root.PersistentFlags()
	flags.StringVar(&p.endpoint, "endpoint", "", "the base of the service (default "+trackunit.DefaultEndpoint+")")
	flags.StringVar(&p.soap, "soap", "", "the version of SOAP: 11 (the default) or 12; for the demo both, which is its default")
	flags.BoolVar(&p.json, "json", false, "print one JSON object a line in place of a table, with all members")
	flags.CountVarP(&p.verbose, "verbose", "v", "print the XML of each exchange, long lists abridged; -vv: whole")
	root.AddCommand(p.demoCommand(), p.unitsCommand(), p.historyCommand(), p.tripsCommand(), p.alarmsCommand())
	root.AddCommand(p.recordCommands()...)
	return root
}

// start runs before every command, once cobra could make sense of the command line.
func (p *program) start(cmd *cobra.Command, _ []string) error {
	p.started = true
	switch {
	case p.soap == "" || p.soap == "11" || p.soap == "12":
	case p.soap == "both" && cmd.Name() == "demo":
	default:
		return usageError{fmt.Errorf("--soap %s: no such version", p.soap)}
	}
	return nil
}

// one says that a command takes one argument, and what that is.
func one(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch len(args) {
		case 0:
			return fmt.Errorf("%s wants %s", cmd.CommandPath(), what)
		case 1:
			return nil
		}
		return fmt.Errorf("%s wants %s and nothing else, but there is %q", cmd.CommandPath(), what, args[1])
	}
}

// group returns a command that only holds others.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return cmd.Help()
	}}
	cmd.AddCommand(commands...)
	return cmd
}

// client returns a client for the token in the environment.
func (p *program) client() (*trackunit.Client, error) {
	token := p.getenv("TRACKUNIT_TOKEN")
	if token == "" {
		return nil, errNoToken
	}
	return p.clientFor(token, p.soap, (&tracer{w: p.stderr, whole: p.verbose > 1}).trace)
}

func (p *program) clientFor(token, version string, trace func(*soapclient.Exchange)) (*trackunit.Client, error) {
	// Somebody waits for the answer: a few tries within a second or so.
	opts := []trackunit.Option{trackunit.WithRetry(trackunit.RetryPolicy{MaxAttempts: 3, MaxDelay: time.Second})}
	if p.endpoint != "" {
		opts = append(opts, trackunit.WithEndpoint(p.endpoint))
	}
	if version == "12" {
		opts = append(opts, trackunit.WithSOAP12())
	}
	if p.http != nil {
		opts = append(opts, trackunit.WithHTTPClient(p.http))
	}
	if p.verbose > 0 {
		opts = append(opts, trackunit.WithSOAP(soapclient.WithTrace(trace)))
	}
	return trackunit.New(token, opts...)
}
