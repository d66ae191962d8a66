// Package soapclient calls SOAP services: it is the runtime of the code that wsdlgen generates.
//
// Most programs make a Client for one of the bindings of a generated package, hand it to the generated port, and call
// methods of that:
//
//	client, err := soapclient.New(fleet.BasicHttpBindingFleet,
//		soapclient.WithBasicAuth(user, password),
//		soapclient.WithTimeout(20*time.Second))
//	if err != nil {
//		return err
//	}
//	port := fleet.NewFleetClient(client)
//	answer, err := port.GetUnit(ctx, &fleet.GetUnit{ID: xmlwire.Some("46208")})
//
// # One interface
//
// Everything between a port and the network is a RoundTripper, which makes one Call: Client is one, an Interceptor wraps
// one, and a test can be one. The order inside a Client is drawn at WithInterceptors.
//
// # Errors
//
// Every error of a call is an *OpError, which names the operation and the endpoint, around one of a small family that
// tells who is speaking:
//
//   - *FaultError: the SOAP stack of the server.
//   - *HTTPError: something between, or a server that answers with something else than SOAP: an empty 401, a redirect, a
//     login page, an HTML error page, a rate limit. errors.Is knows it by ErrUnauthorized, ErrForbidden, ErrRateLimited
//     and so on.
//   - *UnexpectedElementError: a SOAP answer to some other question.
//   - *UnknownOutcomeError: the request went out and its answer was lost. It wraps the reason.
//   - *RetryError: WithRetry gave up. It wraps the error of the last attempt.
//   - *xmlwire.SyntaxError, *xmlwire.ValueError, *xmlwire.LimitError, *StructureError, *SizeError,
//     *EncodingError: the bytes of the answer. A document that was cut off has io.ErrUnexpectedEOF in its chain.
//   - What a StatusCheck or an Interceptor returned, and errors of package context and net, as they come; a *url.Error,
//     which holds the URL, is taken off.
//
// The text of an error is one lower-case clause. Passwords, what WithSecrets names, and the userinfo and query of
// endpoints are replaced in it by REDACTED.
//
// # Answers
//
// An answer is SOAP if it is a SOAP envelope, whatever its HTTP status and Content-Type say: servers send faults with 200
// and 500 alike. Either version is understood whichever was sent. Header blocks of an answer are kept in
// Call.RespHeaders; that one is marked mustUnderstand is no reason to refuse an answer, since stacks mark blocks that
// nobody needs.
package soapclient
