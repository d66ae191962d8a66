package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A payload is an answer of GetReportUnitHistory.
type payload struct {
	name string // history-captured-10k
	rows int
	doc  []byte // the element in the body
}

// The envelope as the service writes it.
const (
	envelopeHead = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>`
	envelopeTail = `</s:Body></s:Envelope>`
)

// envelope returns the answer as it stands in an HTTP response.
func (p *payload) envelope() []byte {
	return bytes.Join([][]byte{[]byte(envelopeHead), p.doc, []byte(envelopeTail)}, nil)
}

// value decodes p.
func (p *payload) value() (*generated.GetReportUnitHistoryResponse, error) {
	v := new(generated.GetReportUnitHistoryResponse)
	if err := xmlwire.Unmarshal(p.doc, v, xmlwire.ReadOptions{}); err != nil {
		return nil, err
	}
	if len(v.List) != p.rows {
		return nil, fmt.Errorf("%s holds %d rows", p.name, len(v.List))
	}
	return v, nil
}

// A source makes payloads of any length.
type source struct {
	name string
	rows func() ([]byte, error) // an answer with some rows in its List
}

// payload returns an answer of that many rows: the first of the source, or all of them repeated.
func (s source) payload(rows int) (*payload, error) {
	doc, err := s.rows()
	if err != nil {
		return nil, err
	}
	head, list, tail, err := cutList(doc)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Write(head)
	have := bytes.Count(list, rowEnd)
	for n := rows; n > 0; n -= have {
		b.Write(firstRows(list, n))
	}
	b.Write(tail)
	return &payload{"history-" + s.name + "-" + size(rows), rows, b.Bytes()}, nil
}

var rowEnd = []byte("</UnitHistory>")

// cutList takes an answer apart: what stands before the rows, the rows, and what stands behind.
func cutList(doc []byte) (head, list, tail []byte, err error) {
	open, end := []byte("<List>"), []byte("</List>")
	first, last := bytes.Index(doc, open)+len(open), bytes.Index(doc, end)
	if last < first {
		return nil, nil, nil, fmt.Errorf("the payload holds no list")
	}
	return doc[:first], doc[first:last], doc[last:], nil
}

// firstRows returns the first n rows of list, or all if there are fewer.
func firstRows(list []byte, n int) []byte {
	end := 0
	for range n {
		i := bytes.Index(list[end:], rowEnd)
		if i < 0 {
			return list
		}
		end += i + len(rowEnd)
	}
	return list[:end]
}

// primary is what the service sent, as far as we have it; else rows that are drawn in the same form.
func primary() source {
	dir := os.Getenv(testenv.SOAPExchanges)
	if dir == "" {
		return source{"drawn", drawn}
	}
	return source{"captured", sync.OnceValues(func() ([]byte, error) {
		return captured(filepath.Join(dir, "soap", "GetReportUnitHistory.11.big-1000-rows.txt"))
	})}
}
