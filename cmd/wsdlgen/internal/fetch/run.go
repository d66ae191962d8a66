package fetch

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"
)

// Environment variables that hold the login for basic authentication. It is not taken from flags or URLs, since those
// show in the list of processes and in the history of the shell.
const (
	envUser     = "WSDLGEN_USER"
	envPassword = "WSDLGEN_PASSWORD"
)

const manual = `Usage: wsdlgen fetch [flags] [name=]url …

Fetch gets WSDLs over http or https, with the documents that they import from the same host, and writes them to a
folder as files that import one another. It prints which operations, types and members came, went or changed, and
keeps wsdl.lock, which says where each file comes from, when, and its sha256. If anything goes wrong, nothing is
written.

Files are named after the URL, soap11.wsdl for …/public/soap11 and orders.wsdl for …/orders.svc?wsdl, unless a name
stands in front of it: orders.wsdl=https://….

The flags are:

	-o dir
		The folder, which is made if it is not there. Default is the current folder.
	-allow-host host
		Also follow imports and redirects to this host, given as host or host:port. May be repeated. Without it they
		are followed on the host of the URL alone, and never from a public to a private address.
	-timeout duration
		For all documents together. Default is 2m.

A login for basic authentication is taken from the environment, ` + envUser + ` and ` + envPassword + `, and sent to the hosts
of the URLs only. Nothing that is printed or written contains it; of the parameters in a URL the values are left out,
but for wsdl, xsd and their like. The exit status is 0 if all went well, 1 if not, and 2 if the command line is wrong.
`

// Run is the command wsdlgen fetch. It returns the exit status.
func Run(args []string, stdout, stderr io.Writer) int {
	cfg, err := parseFlags(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, manual)
		return 0
	case err != nil:
		fmt.Fprintf(stderr, "wsdlgen fetch: %v\nRun wsdlgen fetch -h for the manual.\n", err)
		return 2
	}
	cfg.User, cfg.Password = os.Getenv(envUser), os.Getenv(envPassword)
	cfg.Now = time.Now()
	for _, r := range cfg.Requests {
		if cfg.User != "" && r.URL.Scheme == "http" {
			fmt.Fprintf(stderr, "wsdlgen fetch: note: the password is sent to %s without encryption\n", r.URL.Host)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), cfg.timeout)
	defer cancel()
	if err := run(ctx, cfg.Options, stdout); err != nil {
		fmt.Fprintf(stderr, "wsdlgen fetch: %v\n", err)
		return 1
	}
	return 0
}

func run(ctx context.Context, opts Options, stdout io.Writer) error {
	result, err := Fetch(ctx, opts)
	if err != nil {
		return err
	}
	if err := result.Write(opts.Dir, opts.Now, stdout); err != nil {
		return err
	}
	for _, note := range result.Notes {
		fmt.Fprintf(stdout, "note: %s\n", note)
	}
	return nil
}

// A config is the command line, checked.
type config struct {
	Options
	timeout time.Duration
}

func parseFlags(args []string) (config, error) {
	var cfg config
	flags := flag.NewFlagSet("wsdlgen fetch", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&cfg.Dir, "o", ".", "")
	flags.DurationVar(&cfg.timeout, "timeout", 2*time.Minute, "")
	flags.Func("allow-host", "", func(host string) error {
		cfg.AllowHosts = append(cfg.AllowHosts, host)
		return nil
	})
	// A flag may stand behind a URL too: "fetch https://… -o wsdl" is how one types it.
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return config{}, err
		}
		if args = flags.Args(); len(args) > 0 {
			r, err := parseRequest(args[0])
			if err != nil {
				return config{}, err
			}
			cfg.Requests = append(cfg.Requests, r)
			args = args[1:]
		}
	}
	if len(cfg.Requests) == 0 {
		return config{}, errors.New("no URL is given")
	}
	return cfg, checkRequests(cfg.Requests)
}

// parseRequest reads [name=]url. Its errors don't quote the URL, which may hold a token.
func parseRequest(arg string) (Request, error) {
	var r Request
	if before, after, ok := strings.Cut(arg, "="); ok && !strings.ContainsAny(before, ":/?") {
		r.Name, arg = before, after
		if err := checkName(r.Name); err != nil {
			return r, err
		}
	}
	u, err := url.Parse(arg)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return r, errors.New("an argument is not an http or https URL")
	case u.User != nil:
		return r, fmt.Errorf("the URL of %s contains a login: put it in %s and %s", u.Host, envUser, envPassword)
	}
	u.Fragment, u.RawFragment = "", ""
	r.URL = u
	return r, nil
}

func checkRequests(requests []Request) error {
	taken := make(map[string]bool)
	for _, r := range requests {
		lower := strings.ToLower(r.Name)
		if lower == LockName || lower != "" && taken[lower] {
			return fmt.Errorf("the name %q is taken", r.Name)
		}
		taken[lower] = true
	}
	return nil
}
