// Package wsdl holds the description of the Trackunit Classic API: two WSDLs that differ in their binding only.
//
// README.md says where they are from and how sure of them one can be, and wsdl.lock when they were got. The package
// generated is made of them; this one serves those who want the documents, such as a simulator.
package wsdl

import _ "embed" // for the documents

// Names of the files in this folder.
const (
	SOAP11Name = "soap11.wsdl"
	SOAP12Name = "soap12.wsdl"
)

// SOAP11 is the WSDL with the binding of SOAP 1.1, which the service publishes at /public/soap11.
//
//go:embed soap11.wsdl
var SOAP11 string

// SOAP12 is the WSDL with the binding of SOAP 1.2, which the service publishes at /public/soap12.
//
//go:embed soap12.wsdl
var SOAP12 string
