// Package soap holds what a client and a server of SOAP have in common: the envelopes and faults of SOAP 1.1 and 1.2,
// and the ways in which HTTP carries them: media types, compression, character sets.
//
// It reads and writes; it decides nothing. What an answer means is the business of package soapclient, what to answer
// that of package soapserver.
package soap

import "github.com/soapfirst/trackunit/soapclient/xmlwire"

// A Version is a version of SOAP. The zero Version is none.
type Version uint8

const (
	V11 Version = iota + 1 // SOAP 1.1
	V12                    // SOAP 1.2
)

// The namespaces of the envelope.
const (
	Namespace11 = "http://schemas.xmlsoap.org/soap/envelope/"
	Namespace12 = "http://www.w3.org/2003/05/soap-envelope"
)

// VersionOf returns the version whose envelope is in namespace space, or 0.
func VersionOf(space string) Version {
	switch space {
	case Namespace11:
		return V11
	case Namespace12:
		return V12
	}
	return 0
}

// String returns "SOAP 1.1" or "SOAP 1.2".
func (v Version) String() string {
	switch v {
	case V11:
		return "SOAP 1.1"
	case V12:
		return "SOAP 1.2"
	}
	return "no version of SOAP"
}

// Namespace returns the namespace of the envelope, or "" for the zero Version.
func (v Version) Namespace() string {
	switch v {
	case V11:
		return Namespace11
	case V12:
		return Namespace12
	}
	return ""
}

// MediaType returns the media type of messages, without parameters.
func (v Version) MediaType() string {
	if v == V12 {
		return "application/soap+xml"
	}
	return "text/xml"
}

// name returns a name in the namespace of the envelope.
func (v Version) name(local string) xmlwire.Name {
	return xmlwire.Name{Space: v.Namespace(), Local: local}
}
