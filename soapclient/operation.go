package soapclient

import (
	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// GeneratedAPI1 is what generated code refers to so that it stops compiling when it is older or newer than this package
// can serve. The number goes up with each change that generated code must follow.
const GeneratedAPI1 = true

// A Version is a version of SOAP: SOAP11 or SOAP12. Its methods are String, Namespace (of the envelope) and MediaType.
type Version = soap.Version

const (
	SOAP11 = soap.V11 // SOAP 1.1: text/xml, and a header SOAPAction
	SOAP12 = soap.V12 // SOAP 1.2: application/soap+xml, with a parameter action
)

// A Binding says how and where a service is called, as its WSDL has it.
type Binding struct {
	Name    string
	Version Version
	Address string // may be empty; WithEndpoint then has to give one
}

// An Operation is one thing that a service does, as its WSDL has it. Operations are not changed once they are used.
type Operation struct {
	Name   string
	Action string // the soapAction; may be empty
	// Input and Output are the elements in the bodies of request and answer. A zero name says that the members of the
	// message stand right in the body, each an element of its own; a message without members is an empty body.
	Input, Output xmlwire.Name
	// Encoded says that the bodies are in SOAP encoding (rpc/encoded in a WSDL). What is sent says of each value what type
	// it is of; in what is received references between values are resolved, anything may be nil, and items of arrays may
	// be called anything. Such a body is read whole before it is decoded.
	Encoded bool
	// List is the Go field of the answer whose items InvokeStream yields; empty if the operation does not stream.
	List string
	// OneWay says that there is no answer but the status that the request was accepted.
	OneWay bool
	// Idempotent says that calling twice does no more than calling once, so that a call whose answer was lost may
	// simply be made again. A WSDL does not say it; see also WithIdempotent. When in doubt it is false.
	Idempotent bool
	// Secrets are the local names of elements and attributes whose values are secret. They are REDACTED in traces and
	// errors, in whatever namespace they stand, and so are the values that a request has for them.
	Secrets []string
}
