package soapclient

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/internal/redact"
	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A FaultError is a SOAP fault: the server's SOAP stack, or the service by means of it, reports a failure. Faults of both
// versions are put in the terms of SOAP 1.2.
type FaultError struct {
	Version Version // of the envelope
	// Code is the fault code as it was sent, such as Client or Server of SOAP 1.1, Sender or Receiver of SOAP 1.2, or one
	// of the server's own. A code whose prefix is not declared has no Space and a Local with the prefix.
	Code xmlwire.Name
	// Subcodes tell more, the most special last. SOAP 1.1 has none.
	Subcodes []xmlwire.Name
	// Reason is the text: in English if it comes in several languages, which Reasons has all.
	Reason  string
	Reasons []FaultReason
	Actor   string // the URI of who failed: faultactor in SOAP 1.1, Role in SOAP 1.2
	Node    string // SOAP 1.2
	// Detail holds the elements in the detail; see DecodeDetail. DetailText is its text if it has no elements.
	Detail     []xmlwire.Raw
	DetailText string
	// Status is the HTTP status that the fault came with.
	Status int
}

// A FaultReason is the text of a fault in one language, which may be unknown.
type FaultReason struct{ Lang, Text string }

func (e *FaultError) Error() string {
	var b strings.Builder
	b.WriteString("soap fault")
	for _, code := range append([]xmlwire.Name{e.Code}, e.Subcodes...) {
		if code.Local != "" {
			b.WriteString(" " + code.Local)
		}
	}
	switch {
	case e.Reason != "":
		b.WriteString(": " + oneLine(e.Reason))
	case e.DetailText != "":
		b.WriteString(": " + oneLine(e.DetailText))
	}
	return b.String()
}

// Is makes errors.Is(err, ErrUnauthorized) and the like work by the HTTP status.
func (e *FaultError) Is(target error) bool { return statusIs(e.Status, target) }

// Sender reports whether the fault blames the request: its code is Client or Sender, also with something after a dot,
// as in Client.Authentication.
func (e *FaultError) Sender() bool {
	class := e.class()
	return class == "Client" || class == "Sender"
}

// class returns whom the code blames, in the words of its version of SOAP.
func (e *FaultError) class() string {
	local := e.Code.Local
	local = local[strings.LastIndexByte(local, ':')+1:] // of a prefix that is not declared
	class, _, _ := strings.Cut(local, ".")
	return class
}

// DecodeDetail looks for the element name in the detail and decodes it into m. It reports false if it is not there.
//
// An element of that local name in no namespace is taken too, and read as if it were in that of name: there are stacks
// that lose the namespace of details.
func (e *FaultError) DecodeDetail(name xmlwire.Name, m xmlwire.Message) (bool, error) {
	found := xmlwire.Raw("")
	for _, raw := range e.Detail {
		switch n := raw.Name(); {
		case n == name:
			return true, e.decodeDetail(raw, name, m)
		case n.Local == name.Local && n.Space == "" && found == "":
			found = raw
		}
	}
	if found == "" {
		return false, nil
	}
	space, err := xmlwire.AppendAttrValue(nil, name.Space)
	if err != nil {
		return false, err
	}
	qualified := strings.Replace(string(found), ` xmlns=""`, ` xmlns="`+string(space)+`"`, 1)
	return true, e.decodeDetail(xmlwire.Raw(qualified), name, m)
}

func (e *FaultError) decodeDetail(raw xmlwire.Raw, name xmlwire.Name, m xmlwire.Message) error {
	if err := raw.Decode(m); err != nil {
		return fmt.Errorf("detail %s of the fault: %w", name, err)
	}
	return nil
}

// A message is a pointer to T that is a Message.
type message[T any] interface {
	*T
	xmlwire.Message
}

// FaultDetail returns the element name in the detail of the fault that err is or wraps, as generated code does for the
// faults that an operation declares. It is nil if err is no fault, or one without that element or with one that cannot be
// read; DecodeDetail tells these apart.
func FaultDetail[P message[T], T any](err error, name xmlwire.Name) P {
	var fault *FaultError
	if !errors.As(err, &fault) {
		return nil
	}
	detail := P(new(T))
	if found, err := fault.DecodeDetail(name, detail); !found || err != nil {
		return nil
	}
	return detail
}

func newFaultError(v Version, status int, f *soap.Fault, secrets *redact.Scrubber) *FaultError {
	e := &FaultError{
		Version: v, Code: f.Code, Subcodes: f.Subcodes, Actor: secrets.Text(f.Role), Node: secrets.Text(f.Node),
		DetailText: secrets.Text(f.Text), Status: status,
	}
	e.Code.Local = secrets.Text(e.Code.Local)
	for _, r := range f.Reasons {
		e.Reasons = append(e.Reasons, FaultReason{r.Lang, secrets.Text(r.Text)})
	}
	for _, d := range f.Detail {
		e.Detail = append(e.Detail, xmlwire.Raw(secrets.Text(string(d))))
	}
	if len(e.Reasons) > 0 {
		english := slices.IndexFunc(e.Reasons, func(r FaultReason) bool {
			return r.Lang == "en" || strings.HasPrefix(r.Lang, "en-")
		})
		e.Reason = e.Reasons[max(english, 0)].Text
	}
	return e
}

// oneLine returns s for an error text: one line of reasonable length.
func oneLine(s string) string {
	const most = 300
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xC0 == 0x80 { // not inside a character
		cut--
	}
	return s[:cut] + "…"
}
