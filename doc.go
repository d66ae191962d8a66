// Package trackunit is a client of the Trackunit Classic API, the telematics of construction machines: where they are,
// how long they ran, what they report. It speaks SOAP, 1.1 or 1.2, and
// JSON or XML over REST: see Transport.
//
// Make a Client with New and call the methods of its nouns:
//
//	client, err := trackunit.New(token)
//	if err != nil {
//		return err
//	}
//	units, err := client.Units.Find(ctx, trackunit.UnitFilter{})
//
// Every operation of the service is one method, which says what it takes, in which units of measure, how it fails, and
// which page of the documentation it comes from. Where a fact is not from that documentation, it says whether it was seen
// (on the service's own pages or in its payloads) or is inferred.
//
// # Values
//
// Most members of the service's types may be missing: they are an Opt, made with Some and read with Get or Or. An Opt tells
// a member that was not sent from one that was sent as nil, and both from zero. What a request leaves absent is not
// written, and an update leaves it as it is. Ids are strings, though they look like numbers.
//
// Lists are slices. The service tells a list that is nil from an empty one, but no caller needs to: both have length 0.
// Reports, which can be long, are sequences that yield rows while they arrive; Collect makes slices of them.
//
// Times that the service sends without a zone are in the location NoZone. Those of history and trips are UTC by the
// documentation, those of the unit summary local time of the unit's end customer: see InLocation.
//
// # Limits of the service
//
// A report spans at most 31 days: Spans divides longer ones. 50 requests a second are answered at once; more are delayed
// up to 3 seconds, 200 at most wait, and the rest fail with ErrRateLimited.
// (https://dev.trackunit.com/docs/trackunit-api)
//
// A Client keeps to that rate by itself: a call waits until it may be sent. Clients that share a token are to share a
// limiter too: see NewLimiter. Calls that only read are made again, a little later, when they fail for a while.
//
// # Errors
//
// What the service itself refuses is a *StatusError, found with errors.As, and errors.Is knows it by code:
//
//	if errors.Is(err, trackunit.ErrUnitNotFound) { … }
//
// Everything else comes from package soapclient, whose documentation lists it: a *soapclient.OpError, which names the
// operation, around the cause. ErrUnauthorized and ErrRateLimited match either way. No error text holds the token.
//
// # Neighbours
//
//   - generated: the types, ports and handlers that wsdlgen makes from the WSDLs in wsdl. Its types appear here under
//     names of this package; Client.Port reaches its port.
//   - soapclient: the runtime. CallOption and WithSOAP take its options.
//   - trackunittest: a simulator of the service for tests.
//   - soapserver: serves generated handlers.
package trackunit
