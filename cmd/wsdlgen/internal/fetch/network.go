package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"sync"
	"time"
)

// A network is what is beneath HTTP. Fields that are nil stand for the real one.
type network struct {
	lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	dial   func(ctx context.Context, addr netip.AddrPort) (net.Conn, error)
	proxy  func(*http.Request) (*url.URL, error)
}

func realLookup(ctx context.Context, host string) ([]netip.Addr, error) {
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

func realDial(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
	return (&net.Dialer{Timeout: 10 * time.Second}).DialContext(ctx, "tcp", addr.String())
}

// A guard connects only where the user's own URL justifies it. That one is trusted, wherever it leads. But if it is of
// a public host, the documents that it gives must not lead to a private address: else a foreign WSDL could have this
// machine look into the network it stands in. The address decides, at the time of connecting, and not the name.
type guard struct {
	network
	origin string // host of the user's URL

	mu      sync.Mutex
	known   bool // whether private is known: from the first connection to origin
	private bool // origin has private addresses only
	proxies []string
}

func newGuard(n network, origin string) *guard {
	if n.lookup == nil {
		n.lookup = realLookup
	}
	if n.dial == nil {
		n.dial = realDial
	}
	if n.proxy == nil {
		n.proxy = http.ProxyFromEnvironment
	}
	return &guard{network: n, origin: origin}
}

func (g *guard) transport() *http.Transport {
	return &http.Transport{
		Proxy:                  g.trustProxy,
		DialContext:            g.dialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  30 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
		ForceAttemptHTTP2:      true,
	}
}

// trustProxy notes the proxy that the environment names, which may have a private address. Beyond it, its operator
// decides what can be reached.
func (g *guard) trustProxy(req *http.Request) (*url.URL, error) {
	u, err := g.proxy(req)
	if u != nil {
		g.mu.Lock()
		g.proxies = append(g.proxies, u.Hostname())
		g.mu.Unlock()
	}
	return u, err
}

// dialContext connects to one of the addresses of a host, in the order in which the resolver gives them.
func (g *guard) dialContext(ctx context.Context, _, hostport string) (net.Conn, error) {
	host, portText, err := net.SplitHostPort(hostport)
	if err != nil {
		return nil, err
	}
	portNumber, err := net.DefaultResolver.LookupPort(ctx, "tcp", portText)
	if err != nil {
		return nil, err
	}
	addrs, err := g.addresses(ctx, host)
	if err != nil {
		return nil, err
	}
	var failed error
	for _, addr := range addrs {
		conn, err := g.dial(ctx, netip.AddrPortFrom(addr, uint16(portNumber)))
		if err == nil {
			return conn, nil
		}
		failed = errors.Join(failed, err)
	}
	return nil, failed
}

// addresses returns the addresses of host that may be connected to, at least one.
func (g *guard) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	addrs, err := g.lookupAny(ctx, host)
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if slices.Contains(g.proxies, host) {
		return addrs, nil
	}
	if !g.known && host == g.origin {
		g.known, g.private = true, !slices.ContainsFunc(addrs, isPublic)
	}
	if g.private {
		return addrs, nil
	}
	public := slices.DeleteFunc(slices.Clone(addrs), func(a netip.Addr) bool { return !isPublic(a) })
	if len(public) == 0 {
		return nil, fmt.Errorf("the host %s has a private address, to which a public host may not lead", host)
	}
	return public, nil
}

// lookupAny resolves a host, which may be an address. IPv4 addresses in the clothes of IPv6 are undressed.
func (g *guard) lookupAny(ctx context.Context, host string) ([]netip.Addr, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr.Unmap()}, nil
	}
	addrs, err := g.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	if len(addrs) == 0 {
		return nil, fmt.Errorf("the host %s has no address", host)
	}
	for i := range addrs {
		addrs[i] = addrs[i].Unmap()
	}
	return addrs, nil
}

// notPublic are the networks that netip does not already call private, loopback, link-local or multicast.
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),     // this network
	netip.MustParsePrefix("100.64.0.0/10"), // shared by carriers
	netip.MustParsePrefix("192.0.0.0/24"),  // protocol assignments
	netip.MustParsePrefix("198.18.0.0/15"), // benchmarks
	netip.MustParsePrefix("240.0.0.0/4"),   // reserved
	netip.MustParsePrefix("64:ff9b::/96"),  // IPv4 by translation: the private ones too
	netip.MustParsePrefix("2002::/16"),     // IPv4 by tunnel
	netip.MustParsePrefix("2001::/32"),     // IPv4 by Teredo
}

func isPublic(a netip.Addr) bool {
	if a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() {
		return false
	}
	return !slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(a) })
}
