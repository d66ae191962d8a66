package trackunit

import (
	"fmt"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
)

// A Client calls the Classic API. Its fields are the nouns of the service, with a method for each operation.
//
// It is safe for concurrent use, keeps connections alive, and is meant to be made once. Printing it, in whatever way, does
// not show the token. The zero Client is of no use: see New.
type Client struct {
	Units        *Units
	ExtendedInfo *ExtendedInfo
	Reports      *Reports
	Alarms       *Alarms
	Categories   *Categories
	Clients      *Clients
	Contacts     *Contacts
	Groups       *Groups
	Keys         *Keys
	Points       *Points
	Zones        *Zones

	port      *generated.ISyncReplyClient
	closeIdle func()
	endpoint  string // without the token
}

// New returns a Client that authenticates with token. It does no I/O: whether the token is valid shows at the first call,
// as ErrUnauthorized.
//
// All calls of the Client together keep to the rate that the service allows, and those that only read are made again when
// they fail for a while: see WithLimiter and WithRetry.
//
// It fails if the token is empty, begins or ends with white space or holds a control character (a line end that was read
// with it from a file, say), or if an option makes no sense. Errors do not quote the token.
func New(token string, opts ...Option) (*Client, error) {
	if err := checkToken(token); err != nil {
		return nil, err
	}
	cfg := config{base: DefaultEndpoint, transport: SOAP11}
	for _, opt := range append([]Option{WithLimiter(NewLimiter()), WithRetry(RetryPolicy{})}, opts...) {
		opt(&cfg)
	}
	transport, endpoint, err := cfg.dial(token)
	if err != nil {
		return nil, err
	}
	// Package fmt looks through pointers and interfaces in some cases, but never into functions: so nothing here refers to
	// the transport, which has the token, in any other way.
	port := generated.NewISyncReplyClient(soapclient.RoundTripperFunc(transport.RoundTrip))
	return &Client{
		Units:        &Units{port},
		ExtendedInfo: &ExtendedInfo{port},
		Reports:      &Reports{port},
		Alarms:       &Alarms{port},
		Categories:   &Categories{port},
		Clients:      &Clients{port},
		Contacts:     &Contacts{port},
		Groups:       &Groups{port},
		Keys:         &Keys{port},
		Points:       &Points{port},
		Zones:        &Zones{port},
		port:         port,
		closeIdle:    transport.CloseIdleConnections,
		endpoint:     endpoint,
	}, nil
}

// Port returns the generated port that the methods are made of: for whole responses, for requests that no method makes,
// and for streaming lists that have no streaming method here.
func (c *Client) Port() *generated.ISyncReplyClient { return c.port }

// CloseIdleConnections closes the connections that are kept alive and not in use.
func (c *Client) CloseIdleConnections() { c.closeIdle() }

// String names the endpoint.
func (c Client) String() string { return "trackunit client of " + c.endpoint }

// GoString is String, so that %#v does not spread out what is inside.
func (c Client) GoString() string { return fmt.Sprintf("trackunit.Client{%q}", c.endpoint) }
