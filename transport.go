package trackunit

import (
	"fmt"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/rest"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Transport is one of the four ways in which the service takes and answers the same calls.
//
// SOAP11, SOAP12 and XML lose nothing of a value. JSON, as the service writes it, does:
//
//	what the other three have           what JSON has
//	a member that is nil                no such member: it is absent
//	a number with up to 17 digits       one with 15 digits
//	-0                                  0
//	a time without a zone (NoZone)      the same with a Z: it is read as UTC
//
// The other way round, a CR within a text survives JSON alone: the service writes it into XML as a plain line break.
//
// Errors are the same over all four: a StatusError for what the service refuses, which over SOAP stands in answers with
// status 200 and over REST in such with the status itself.
type Transport uint8

const (
	SOAP11 Transport = iota + 1 // SOAP 1.1, the default
	SOAP12                      // SOAP 1.2
	JSON                        // JSON over REST
	XML                         // XML over REST
)

var transportNames = [...]string{SOAP11: "SOAP 1.1", SOAP12: "SOAP 1.2", JSON: "JSON", XML: "XML"}

// String returns the name of the transport, as in its comment.
func (t Transport) String() string {
	if t.check() != nil {
		return fmt.Sprintf("Transport(%d)", uint8(t))
	}
	return transportNames[t]
}

func (t Transport) check() error {
	if t < SOAP11 || t > XML {
		return fmt.Errorf("there is no transport %d: take SOAP11, SOAP12, JSON or XML", uint8(t))
	}
	return nil
}

// WithTransport makes calls in that way. All methods of a Client work over each, streams included. What belongs to SOAP alone,
// such as header blocks and soapclient.WithWriteOptions, means nothing over REST.
func WithTransport(t Transport) Option { return func(c *config) { c.transport = t } }

// WithSOAP11 is WithTransport(SOAP11).
func WithSOAP11() Option { return WithTransport(SOAP11) }

// WithSOAP12 is WithTransport(SOAP12).
func WithSOAP12() Option { return WithTransport(SOAP12) }

// soapPaths are the paths of SOAP below the base of the service.
var soapPaths = map[Transport]string{SOAP11: "soap11", SOAP12: "soap12"}

// binding returns the binding of a transport; REST has none and takes any.
func (t Transport) binding() soapclient.Binding {
	if t == SOAP12 {
		return generated.WSHttpBindingISyncReply
	}
	return generated.BasicHttpBindingISyncReply
}

// options returns what a soapclient.Client needs to speak REST.
func (t Transport) options() []soapclient.Option {
	switch t {
	case JSON:
		return []soapclient.Option{soapclient.WithFormat(rest.JSON{})}
	case XML:
		return []soapclient.Option{soapclient.WithFormat(rest.XML{
			Alternatives: map[xmlwire.Name]func() xmlwire.Message{errorResponseName: newErrorResponse},
		})}
	}
	return nil
}
