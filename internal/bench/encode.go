package main

import (
	"encoding/xml"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// encode measures the writing of an answer, which is the longest message there is. What encoding/xml writes is not the
// same: from pointers it is a zero for each nil, which is all it has read, and from plain structs only what is not zero.
func (b *bench) encode() error {
	p, err := primary().payload(b.middle())
	if err != nil {
		return err
	}
	value, err := p.value()
	if err != nil {
		return err
	}
	pointers, plain := pointerStructs.like(response), plainStructs.like(response)
	for _, v := range []any{pointers, plain} {
		if err := xml.Unmarshal(p.doc, v); err != nil {
			return err
		}
	}
	name := "encode-history-" + size(p.rows)
	element := xmlwire.Name{Space: response.XMLType().Space, Local: response.XMLType().Name}
	buf := make([]byte, 0, 2*len(p.doc))
	return b.measure(group{rounds: b.rounds, entries: []entry{
		work(name+"-encoding-xml", func() error { _, err := xml.Marshal(pointers); return err }),
		work(name, func() (err error) {
			buf, err = xmlwire.AppendElement(buf[:0], element, value, xmlwire.WriteOptions{})
			return err
		}),
		work(name+"-encoding-xml-plain", func() error { _, err := xml.Marshal(plain); return err }),
	}})
}
