package soap_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func TestAppendEnvelope(t *testing.T) {
	body := func(dst []byte) ([]byte, error) { return append(dst, "<x/>"...), nil }
	tests := []struct {
		name    string
		version soap.Version
		header  []soap.Block
		want    string
	}{
		{
			name: "no header", version: soap.V11,
			want: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><x/></s:Body></s:Envelope>`,
		},
		{
			name: "message block", version: soap.V12,
			header: []soap.Block{{Name: xmlwire.Name{Space: parcels.Space, Local: "Ticket"}, Message: &parcels.Ticket{Number: "7"}, MustUnderstand: true, Role: `urn:a"b`}},
			want:   `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header><Ticket s:role="urn:a&quot;b" s:mustUnderstand="1" xmlns="urn:parcels"><Number>7</Number></Ticket></s:Header><s:Body><x/></s:Body></s:Envelope>`,
		},
		{
			name: "raw block that binds our prefix", version: soap.V11,
			header: []soap.Block{{Raw: `<s:a xmlns:s="urn:a" b='>'/>`, MustUnderstand: true}},
			want:   `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><s:a xmlns:s0="http://schemas.xmlsoap.org/soap/envelope/" s0:mustUnderstand="1" xmlns:s="urn:a" b='>'/></s:Header><s:Body><x/></s:Body></s:Envelope>`,
		},
		{
			name: "raw block with an actor", version: soap.V11,
			header: []soap.Block{{Raw: `<a/>`, Role: "urn:you"}},
			want:   `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><a s:actor="urn:you"/></s:Header><s:Body><x/></s:Body></s:Envelope>`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := soap.AppendEnvelope([]byte("before "), test.version, test.header, xmlwire.WriteOptions{}, body)
			require.NoError(t, err)
			assert.Equal(t, `before <?xml version="1.0" encoding="utf-8"?>`+test.want, string(got))
		})
	}
}

func TestAppendEnvelopeRefuses(t *testing.T) {
	nothing := func(dst []byte) ([]byte, error) { return dst, nil }
	tests := []struct {
		name  string
		block soap.Block
		want  string
	}{
		{"nothing", soap.Block{Name: xmlwire.Name{Local: "a"}}, "header block a: neither a message nor raw XML"},
		{"text", soap.Block{Raw: "hello"}, "must start with a start tag"},
		{"injection", soap.Block{Raw: "<a/></s:Header><b/>"}, "end tag"},
		{"two elements", soap.Block{Raw: "<a/><b/>"}, "header block a"},
		{"cut off", soap.Block{Raw: "<a>"}, "header block a"},
		{"undeclared prefix", soap.Block{Raw: "<q:a/>"}, "q"},
		{"illegal role", soap.Block{Raw: "<a/>", Role: "\x00"}, "header block a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := soap.AppendEnvelope(nil, soap.V11, []soap.Block{test.block}, xmlwire.WriteOptions{}, nothing)
			assert.ErrorContains(t, err, test.want)
		})
	}
	cause := errors.New("no body")
	_, err := soap.AppendEnvelope(nil, soap.V11, nil, xmlwire.WriteOptions{}, func([]byte) ([]byte, error) { return nil, cause })
	assert.ErrorIs(t, err, cause)
}
