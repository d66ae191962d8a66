// Package trackunittest simulates the Trackunit Classic API, for tests that have no token and need no network.
//
// Most tests want a client and the service behind it:
//
//	client, service := trackunittest.New(t)
//	units, err := client.Units.Find(ctx, trackunit.UnitFilter{})
//
// Those who bring a client of their own take NewService, which is an http.Handler and, by its Transport, an
// http.RoundTripper; or NewServer, which listens on a loopback address. The program trackunitsim is such a server.
//
// # What is simulated
//
// All 43 operations, over SOAP 1.1, SOAP 1.2 and REST. What is created can be got, updated and deleted, and is then not found.
// Filters filter, limits hold, and every documented error comes where it should. Where the documentation is silent the
// service is strict: what cannot be carried out is refused with invalidParameter and the name of the member at fault. The
// fleet has no clock. The documented rate limit holds where WithRate asks for it, so that tests wait for nothing; which ends of
// a time belong to a report is not known, and WithBounds has all four answers.
//
// Units, what they have sent and the records about them are a Fleet, made up from a seed: the same seed gives the same
// bytes. The Fleet of a Service can be looked at and changed while it serves.
//
// # Its accent
//
// The service stands on ServiceStack, which speaks SOAP in its own way, and so does the simulator: failures come under HTTP
// 200 with X-Status and a ResponseStatus, there are no SOAP faults, members of a request that come out of order are dropped
// without a word, all members of an answer are there and those without a value are nil, a missing token is an empty 401,
// and what is not SOAP is answered with an HTML page. The file testdata/accent.txt lists where it differs from what a real
// ServiceStack was seen to send, and why.
//
// Over REST the answer is in JSON, XML or HTML, as the suffix of the path (.json), ?format= or the header Accept want it, or
// JSONP with ?callback=; failures have their status and the same ResponseStatus. JSON has what the real one has of a value and
// no more: no members that are nil, 15 digits, a Z on dates without a zone; trackunit.Transport lists it. How it differs from
// captured answers is in testdata/accent_rest.txt. Pages at /public/metadata describe the operations to people.
//
// # What goes wrong
//
// Service.Inject has calls fail: with rate limits, expired tokens, error pages, redirects to a login, SOAP faults, broken,
// cut off and silent connections. Faults are counted, never drawn by lot.
//
//	service.Inject(trackunittest.Fault{Op: "CreateZone", Applied: true, Reset: true}) // done, but nobody hears of it
//
// From outside the process AdminPath does the same, and moves time.
//
// # What is kept
//
// A Fleet is in memory, unless it is opened on a Store, as package fleetdb has one in a file. Fleet.Load takes over what a
// live service was recorded to answer.
package trackunittest
