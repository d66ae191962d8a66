// Package soapserver serves SOAP operations over HTTP: it is the runtime of the handlers that wsdlgen generates.
//
// Most programs implement the server interface of a generated package and hand it to the generated constructor:
//
//	handler := fleet.NewFleetHandler(service, soapserver.WithWSDL(wsdl))
//	http.Handle("/fleet", handler)
//
// Without generated code, New takes Methods made with NewMethod.
//
// # Requests
//
// One Handler understands SOAP 1.1 and SOAP 1.2, told apart by the namespace of the envelope, and answers in the version
// that it was asked in. The operation is chosen by the element in the body. The action in the HTTP header chooses nothing,
// but must not contradict: see WithIgnoreAction.
//
// # Failures
//
// A *Fault that a method or an Endpoint returns is sent as it says; a *PlainError is answered without SOAP. Any other error
// becomes a fault that says only that something went wrong: its text, which may hold anything, goes to the logger. So does
// a panic. Requests that cannot be understood are faults that say why.
package soapserver
