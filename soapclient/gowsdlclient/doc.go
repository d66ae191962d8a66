// Package gowsdlclient carries ports that wsdlgen generated over a client of hooklift/gowsdl, for programs that have
// such a client configured and want to keep it. It is made for gowsdl v0.5.0.
//
//	doer := gowsdlclient.HTTPClient(http.DefaultClient)
//	client := soap.NewClient(url, soap.WithBasicAuth(user, password), soap.WithHTTPClient(doer))
//	port := fleet.NewFleetClient(gowsdlclient.New(client))
//
// HTTPClient is of use without New too: it repairs what gowsdl does to HTTP, for code that gowsdl generated.
//
// # What is different from soapclient.Client
//
// What travels is what gowsdl sends and understands: SOAP 1.1, in UTF-8, as one document in memory. The rest is a matter of
// what its client lets one reach:
//
//   - The endpoint, fields of the HTTP header and blocks of the SOAP header belong to gowsdl's client and hold for all of
//     its calls (soap.WithHTTPHeaders, AddHeader). A call that brings its own fails before anything is sent, with an
//     error that is errors.ErrUnsupported.
//   - Status and Header of a call are known only if the client was made with HTTPClient; else they are 0 and nil. Blocks of
//     the answer's SOAP header are never known.
//   - Streams yield rows, but after the whole answer was read, and take the memory of the whole list.
//   - A timeout of a call bounds it as a whole. Without one, that of gowsdl's client holds.
//   - Limits on the size of answers, traces, alternatives and retries are not to be had. An soapclient.Interceptor
//     can be wrapped around a Client by hand.
//
// Errors are those of package soapclient, as far as gowsdl tells what happened. Faults are *soapclient.FaultError, but
// gowsdl does not resolve the prefix of a fault code, so Code has it in Local. Path and Offset of the errors of package
// xmlwire count from the content of the body. Without HTTPClient a failure on the way leaves open whether the request was
// sent, and such a call that is not idempotent ends with *soapclient.UnknownOutcomeError.
package gowsdlclient
