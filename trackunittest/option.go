package trackunittest

import (
	"log/slog"
	"time"
)

// DefaultToken is the token that a Service takes unless it is told otherwise.
const DefaultToken = "0123456789abcdef0123456789abcdef"

// DefaultUnits is how many units a Service has unless it is told otherwise.
const DefaultUnits = 500

// An Option configures a Service or a Server. Where two options set the same thing, the later one wins.
type Option func(*config)

type config struct {
	seed   uint64
	units  int
	now    time.Time
	fleet  *Fleet
	token  string
	logger *slog.Logger
	gzip   bool

	admin     string
	refusal   Refusal
	oldErrors bool
	rate      Rate
	bounds    Bounds
}

// WithSeed sets the seed of the fleet; the default is 1. The same seed, number of units and present make the same fleet,
// to the byte.
func WithSeed(seed uint64) Option { return func(c *config) { c.seed = seed } }

// WithUnits sets how many units the fleet has; the default is DefaultUnits.
func WithUnits(n int) Option { return func(c *config) { c.units = n } }

// WithNow sets the present of the fleet; the default is DefaultNow. There is no clock.
func WithNow(now time.Time) Option { return func(c *config) { c.now = now } }

// WithFleet has the Service work on a fleet that the caller has made. WithSeed, WithUnits and WithNow then mean nothing.
func WithFleet(f *Fleet) Option { return func(c *config) { c.fleet = f } }

// WithToken sets the token that calls have to bring; the default is DefaultToken.
func WithToken(token string) Option { return func(c *config) { c.token = token } }

// WithLogger has each request logged, at level Info and in one line. By default nothing is logged.
func WithLogger(logger *slog.Logger) Option { return func(c *config) { c.logger = logger } }

// WithGzip has answers compressed for clients that take it. By default they are not: whether the service does so is not
// known.
func WithGzip() Option { return func(c *config) { c.gzip = true } }

// A Refusal is how a Service refuses a call without a valid token. Which of them the real service has is not known.
type Refusal uint8

const (
	// RefuseClosed is HTTP 401 with no body, over SOAP and REST: a filter ends the request. It is the default.
	RefuseClosed Refusal = iota
	// RefuseInService is a ResponseStatus with the code Unauthorized: over SOAP under HTTP 200 and X-Status 401, over REST
	// under HTTP 401. A service that checks the token itself answers so.
	RefuseInService
)

// WithRefusal sets how calls without a valid token are refused.
func WithRefusal(r Refusal) Option { return func(c *config) { c.refusal = r } }

// WithOldErrors has SOAP requests that cannot be read, such as those with a number that is none, answered as ServiceStack did
// up to 5.4: with the web server's HTML page under HTTP 500. By default they are answered as since 5.5: with HTTP 200,
// X-Status 400 and the code SerializationException.
func WithOldErrors() Option { return func(c *config) { c.oldErrors = true } }

func newConfig(opts []Option) *config {
	c := &config{seed: 1, units: DefaultUnits, now: DefaultNow, token: DefaultToken}
	for _, opt := range opts {
		opt(c)
	}
	if c.fleet == nil {
		c.fleet = newFleet(c.seed, c.units, c.now)
	}
	if c.logger == nil {
		c.logger = slog.New(slog.DiscardHandler)
	}
	return c
}
