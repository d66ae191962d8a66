package canon

import (
	"errors"
	"fmt"

	"github.com/beevik/etree"
)

// Payload returns the first element in the Body of a SOAP envelope of either version as a document of its own, with the
// namespace declarations that were in scope. That there is none is an error.
func Payload(envelope []byte) ([]byte, error) {
	d := etree.NewDocument()
	if err := d.ReadFromBytes(envelope); err != nil {
		return nil, fmt.Errorf("the envelope cannot be read: %w", err)
	}
	body := d.FindElement("/Envelope/Body/*")
	if body == nil {
		return nil, errors.New("the envelope has no payload")
	}
	return Write(Standalone(body))
}

// Standalone returns a copy of e as a document that has all declarations that were in scope at e.
func Standalone(e *etree.Element) *etree.Document {
	root := e.Copy()
	for outer := e.Parent(); outer != nil; outer = outer.Parent() {
		for _, a := range outer.Attr {
			if _, ok := declared(a); ok && root.SelectAttr(a.FullKey()) == nil {
				root.CreateAttr(a.FullKey(), a.Value)
			}
		}
	}
	return etree.NewDocumentWithRoot(root)
}
