package main

import (
	"errors"
	"fmt"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/soapclient"
)

// What goes to standard error is one line that begins with "trackunit: ", without a capital and a full stop. What might help
// is said on a line of its own.

func (p *program) complain(err error, hint string) {
	fmt.Fprintf(p.stderr, "trackunit: %v\n", err)
	if hint != "" {
		fmt.Fprintf(p.stderr, "trackunit: hint: %s\n", hint)
	}
}

// A usageError says that the command line makes no sense.
type usageError struct{ error }

var errNoToken = errors.New("no token")

// hint returns what a person who sees err might try, or nothing.
func hint(err error) string {
	var httpErr *soapclient.HTTPError
	var unknown *soapclient.UnknownOutcomeError
	switch {
	case errors.Is(err, errNoToken):
		return "set the environment variable TRACKUNIT_TOKEN; only the demo can do without"
	case errors.Is(err, trackunit.ErrUnauthorized):
		return "the service does not accept the token: is TRACKUNIT_TOKEN what the service gave you, and for this endpoint?"
	case errors.Is(err, trackunit.ErrRateLimited):
		return "the service takes 50 requests a second from all that use the token"
	case errors.As(err, &unknown):
		return "it may have been done or not: look before you try again"
	case errors.As(err, &httpErr):
		return "this came from a server that does not speak for the service: is the endpoint right? -v shows what it sent"
	}
	return ""
}
