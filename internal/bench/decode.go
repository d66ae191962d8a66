package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/beevik/etree"
	"github.com/hooklift/gowsdl/soap"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// decode measures the reading of answers.
func (b *bench) decode() error {
	first := primary()
	for _, rows := range b.rows {
		if err := b.decodePayload(first, rows, allReaders); err != nil {
			return err
		}
	}
	middle := b.middle()
	base, err := first.payload(middle)
	if err != nil {
		return err
	}
	for _, v := range variants {
		if err := b.decodeVariant(base, v, coreReaders); err != nil {
			return err
		}
	}
	if err := b.decodeVariant(base, plain, allReaders); err != nil {
		return err
	}
	easy, err := plain.in(base)
	if err != nil {
		return err
	}
	if err := b.decodeVariant(easy, variant{"plain-tight", tight.rewrite}, coreReaders); err != nil {
		return err
	}
	return b.decodePayload(simulated, middle, allReaders)
}

func (b *bench) decodePayload(s source, rows int, readers func(*bench, *payload) []entry) error {
	p, err := s.payload(rows)
	if err != nil {
		return err
	}
	return b.decodeWith(p, readers)
}

func (b *bench) decodeVariant(base *payload, v variant, readers func(*bench, *payload) []entry) error {
	p, err := v.in(base)
	if err != nil {
		return err
	}
	return b.decodeWith(p, readers)
}

func (b *bench) decodeWith(p *payload, readers func(*bench, *payload) []entry) error {
	if _, err := p.value(); err != nil {
		return err
	}
	rounds := b.rounds
	if p.rows > 50_000 {
		rounds = min(rounds, 3) // some take ten seconds
	}
	return b.measure(group{readers(b, p), rounds})
}

// coreReaders are the baseline and ours.
func coreReaders(_ *bench, p *payload) []entry {
	name := "decode-" + p.name
	return []entry{
		work(name+"-encoding-xml", func() error { return xml.Unmarshal(p.doc, pointerStructs.like(response)) }),
		work(name, func() error { return unmarshal(p.doc, xmlwire.ReadOptions{}) }),
		work("stream-memory-"+p.name, func() error { return stream(p) }),
		work(name+"-unpredicted", func() error { return unmarshal(p.doc, xmlwire.ReadOptions{NoPrediction: true}) }),
		work("tokenize-"+p.name, func() error { return tokenize(p.doc) }),
	}
}

// allReaders are whoever there is.
func allReaders(b *bench, p *payload) []entry {
	name := "decode-" + p.name
	inMemory := &http.Client{Transport: canned(p.envelope())}
	return append(coreReaders(b, p),
		work(name+"-pointers", func() error { return xmlwire.Unmarshal(p.doc, new(pointerResponse), xmlwire.ReadOptions{}) }),
		work(name+"-client", func() error { return call(inMemory, p.rows) }),
		work(name+"-encoding-xml-plain", func() error { return xml.Unmarshal(p.doc, plainStructs.like(response)) }),
		work(name+"-gowsdl", func() error { return callGowsdl(inMemory) }),
		work(name+"-etree", func() error { return etree.NewDocument().ReadFromBytes(p.doc) }),
		entry{name + "-gsoap", func() (contender, error) { return b.tools.gsoap(p) }},
		entry{name + "-libxml2-reader", func() (contender, error) { return b.tools.libxml2(p, "reader") }},
		entry{name + "-libxml2-sax", func() (contender, error) { return b.tools.libxml2(p, "sax") }},
		work("bytes-indexbyte-walk-"+p.name, func() error { return walk(p.doc) }),
	)
}

// response says what all of them read.
var response = new(generated.GetReportUnitHistoryResponse)

func unmarshal(doc []byte, opts xmlwire.ReadOptions) error {
	return xmlwire.Unmarshal(doc, new(generated.GetReportUnitHistoryResponse), opts)
}

// tokenize goes through all tokens, checks them as strictly as ever, and keeps nothing.
func tokenize(doc []byte) error {
	r := xmlwire.NewReader(bytes.NewReader(doc), xmlwire.ReadOptions{})
	for {
		switch kind, err := r.Next(); {
		case err != nil:
			return err
		case kind == xmlwire.EndElement && r.Depth() == 0:
			return r.ReadEOF()
		}
	}
}

// stream reads rows by value and keeps none, from memory.
func stream(p *payload) error {
	r := xmlwire.NewReader(nil, xmlwire.ReadOptions{})
	r.ResetBytes(p.doc, xmlwire.ReadOptions{})
	return streamRows(r)
}

// streamRows does it for the document of r.
func streamRows(r *xmlwire.Reader) error {
	if _, err := r.Next(); err != nil {
		return err
	}
	rows := xmlwire.NewRows("List", func(generated.UnitHistory) bool { return true })
	return r.DecodeRows(new(generated.GetReportUnitHistoryResponse), rows)
}

// call reads the answer through the generated client: envelope, HTTP header and all.
func call(hc *http.Client, rows int) error {
	client, err := soapclient.New(generated.BasicHttpBindingISyncReply, soapclient.WithHTTPClient(hc))
	if err != nil {
		return err
	}
	port := generated.NewISyncReplyClient(client)
	resp, err := port.GetReportUnitHistory(context.Background(), new(generated.GetReportUnitHistory))
	if err == nil && len(resp.List) != rows {
		err = fmt.Errorf("got %d rows", len(resp.List))
	}
	return err
}

// callGowsdl reads the answer through the client that code from gowsdl uses.
func callGowsdl(hc *http.Client) error {
	client := soap.NewClient("http://memory.test/", soap.WithHTTPClient(hc))
	return client.Call("", gowsdlStructs.like(new(generated.GetReportUnitHistory)), gowsdlStructs.like(response))
}

// canned answers every request with the same document.
type canned []byte

// RoundTrip implements http.RoundTripper.
func (c canned) RoundTrip(req *http.Request) (*http.Response, error) {
	if _, err := io.Copy(io.Discard, req.Body); err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: req,
		Header: http.Header{"Content-Type": {"text/xml; charset=utf-8"}},
		Body:   io.NopCloser(bytes.NewReader(c)), ContentLength: int64(len(c)),
	}, nil
}

// walk finds each tag and looks at none: what any reader at least has to do.
func walk(doc []byte) error {
	n := 0
	for {
		i := bytes.IndexByte(doc, '<')
		if i < 0 {
			break
		}
		doc = doc[i+1:]
		n++
	}
	if n == 0 {
		return errors.New("no tags")
	}
	return nil
}
