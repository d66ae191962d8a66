package soap

import (
	"errors"
	"fmt"
	"strings"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A HeaderBlock is one element of the header of a message that was read.
type HeaderBlock struct {
	Name           xmlwire.Name
	Raw            xmlwire.Raw
	MustUnderstand bool
	Role           string // or actor
}

// Content says what the body of a message holds.
type Content uint8

const (
	Empty   Content = iota // nothing
	AFault                 // a fault, to be read with Envelope.Fault
	Payload                // an element named Envelope.Name, to be decoded or skipped
)

// An Envelope is a message that is being read. Open reads it up to the content of the body; after that was read, End
// reads on to the end of the document.
type Envelope struct {
	Version Version
	Header  []HeaderBlock
	Content Content
	Name    xmlwire.Name // of the first element in the body

	r    *xmlwire.Reader
	read bool // the body was read to its end tag
}

// A NotEnvelopeError reports a document whose root element is not an envelope of SOAP 1.1 or 1.2.
type NotEnvelopeError struct{ Root xmlwire.Name }

func (e *NotEnvelopeError) Error() string {
	if e.Root.Local == "Envelope" {
		return fmt.Sprintf("the envelope is in the namespace %q, which is neither SOAP 1.1 nor 1.2", e.Root.Space)
	}
	return fmt.Sprintf("the root element is %s, not a SOAP envelope", e.Root)
}

// A StructureError reports an envelope whose parts are not those of SOAP.
type StructureError struct {
	Path string // of the element
	Msg  string // one lower-case clause
}

func (e *StructureError) Error() string { return e.Path + ": " + e.Msg }

// Open reads from the start of a document up to the first element in the body.
//
// Every element of the envelope is in the one namespace of its version. Of the header, blocks are kept whole.
func Open(r *xmlwire.Reader) (*Envelope, error) {
	if _, err := r.Next(); err != nil { // a start tag, since nothing else can come first
		return nil, err
	}
	root := r.Name()
	e := &Envelope{Version: VersionOf(root.Space), r: r}
	if root.Local != "Envelope" || e.Version == 0 {
		return nil, &NotEnvelopeError{Root: root}
	}
	more, err := e.nextElement()
	if err == nil && more && r.Name() == e.Version.name("Header") {
		if err = e.readHeader(); err == nil {
			more, err = e.nextElement()
		}
	}
	switch {
	case err != nil:
		return nil, err
	case !more:
		return nil, e.misplaced("an envelope without a body")
	case r.Name() != e.Version.name("Body"):
		return nil, e.misplaced(fmt.Sprintf("%s where the body should be", r.Name()))
	}
	return e, e.openBody()
}

func (e *Envelope) misplaced(msg string) error {
	return &StructureError{Path: e.r.Path(), Msg: msg}
}

// nextElement reads to the next start tag inside the element that is open, or to the end of that. Between them may be
// nothing but white space.
func (e *Envelope) nextElement() (bool, error) {
	for {
		switch kind, err := e.r.Next(); {
		case err != nil:
			return false, err
		case kind == xmlwire.StartElement:
			return true, nil
		case kind == xmlwire.EndElement:
			return false, nil
		case kind == xmlwire.CharData && strings.TrimLeft(string(e.r.Text()), " \t\r\n") != "":
			return false, e.misplaced("text where only elements may be")
		}
	}
}

func (e *Envelope) readHeader() error {
	for {
		more, err := e.nextElement()
		if err != nil || !more {
			return err
		}
		b := HeaderBlock{Name: e.r.Name()}
		must, _ := e.r.Attr(e.Version.Namespace(), "mustUnderstand")
		must = strings.TrimSpace(must)
		b.MustUnderstand = must == "1" || must == "true"
		b.Role, _ = e.r.Attr(e.Version.Namespace(), roleAttr(e.Version))
		if b.Raw, err = e.r.Raw(); err != nil {
			return err
		}
		e.Header = append(e.Header, b)
	}
}

// openBody finds out what the body holds. A fault of the other version counts as a fault: there are stacks that put
// one into the envelope that the client sent.
func (e *Envelope) openBody() error {
	more, err := e.nextElement()
	if err != nil {
		return err
	}
	if !more {
		e.Content = Empty
		return nil
	}
	e.Content, e.Name = Payload, e.r.Name()
	if e.Name.Local == "Fault" && VersionOf(e.Name.Space) != 0 {
		e.Content = AFault
	}
	return nil
}

// End reads from the end of the body's first element to the end of the document. A second element in the body is an
// error. Behind the body SOAP 1.1 allows elements of other namespaces, which are passed over; SOAP 1.2 allows nothing.
func (e *Envelope) End() error {
	if e.Content != Empty && !e.read {
		more, err := e.nextElement()
		if err != nil {
			return err
		}
		if more {
			return e.misplaced("a second element in the body")
		}
	}
	for {
		more, err := e.nextElement()
		switch {
		case err != nil:
			return err
		case !more:
			return e.r.ReadEOF()
		case e.Version != V11 || e.r.Name().Space == "" || VersionOf(e.r.Name().Space) != 0:
			return e.misplaced("an element behind the body")
		}
		if err := e.r.Skip(); err != nil {
			return err
		}
	}
}

// IsMalformed reports whether err says that a message is not what it should be, as against a failure to read it.
func IsMalformed(err error) bool {
	var (
		syntax    *xmlwire.SyntaxError
		value     *xmlwire.ValueError
		limit     *xmlwire.LimitError
		structure *StructureError
		root      *NotEnvelopeError
		reference *ReferenceError
	)
	return errors.As(err, &syntax) || errors.As(err, &value) || errors.As(err, &limit) || errors.As(err, &structure) || errors.As(err, &root) ||
		errors.As(err, &reference)
}
