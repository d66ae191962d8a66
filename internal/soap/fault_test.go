package soap_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func readFault(t *testing.T, doc string) *soap.Fault {
	t.Helper()
	env, _, err := openEnvelope(t, doc)
	require.NoError(t, err)
	require.Equal(t, soap.AFault, env.Content)
	f, err := env.Fault()
	require.NoError(t, err)
	require.NoError(t, env.End())
	return f
}

func name(space, local string) xmlwire.Name { return xmlwire.Name{Space: space, Local: local} }

func TestFaultForms(t *testing.T) {
	tests := []struct {
		name, doc string
		want      soap.Fault
	}{
		{
			"1.1", `<s:Envelope xmlns:s="NS11"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring xml:lang="en"> no </faultstring><faultactor>urn:me</faultactor><detail><e xmlns="urn:e">1</e></detail></s:Fault></s:Body></s:Envelope>`,
			soap.Fault{Code: name(soap.Namespace11, "Client"), Reasons: []soap.Reason{{"en", "no"}}, Role: "urn:me", Detail: []xmlwire.Raw{`<e xmlns="urn:e">1</e>`}},
		},
		{
			"1.2", `<s:Envelope xmlns:s="NS12"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value xmlns:m="urn:m">m:A</s:Value><s:Subcode><s:Value>B</s:Value></s:Subcode></s:Subcode></s:Code><s:Reason><s:Text xml:lang="da">nej</s:Text><s:Text xml:lang="en">no</s:Text></s:Reason><s:Node>urn:n</s:Node><s:Role>urn:r</s:Role><s:Detail/></s:Fault></s:Body></s:Envelope>`,
			soap.Fault{Code: name(soap.Namespace12, "Sender"), Subcodes: []xmlwire.Name{name("urn:m", "A"), name("", "B")}, Reasons: []soap.Reason{{"da", "nej"}, {"en", "no"}}, Node: "urn:n", Role: "urn:r"},
		},
		{
			"1.1 children in 1.2, text as detail", `<s:Envelope xmlns:s="NS12"><s:Body><s:Fault><faultcode>Server.NotFound</faultcode><faultstring>no</faultstring><detail> why </detail></s:Fault></s:Body></s:Envelope>`,
			soap.Fault{Code: name("", "Server.NotFound"), Reasons: []soap.Reason{{"", "no"}}, Text: "why"},
		},
		{
			"qualified 1.1 children, undeclared prefix", `<Envelope xmlns="NS11"><Body><Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>no</faultstring></Fault></Body></Envelope>`,
			soap.Fault{Code: name("", "SOAP-ENV:Server"), Reasons: []soap.Reason{{"", "no"}}},
		},
		{
			"children in a foreign default namespace", `<s:Envelope xmlns:s="NS11"><s:Body><s:Fault><faultcode xmlns="urn:d">Broken</faultcode><x:other xmlns:x="urn:x">other</x:other><faultstring>a<b>c</b>d</faultstring></s:Fault></s:Body></s:Envelope>`,
			soap.Fault{Code: name("urn:d", "Broken"), Reasons: []soap.Reason{{"", "ad"}}},
		},
		{"empty", `<s:Envelope xmlns:s="NS11"><s:Body><s:Fault/></s:Body></s:Envelope>`, soap.Fault{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, &test.want, readFault(t, test.doc))
		})
	}
}

func TestAppendFault(t *testing.T) {
	f := &soap.Fault{
		Subcodes: []xmlwire.Name{name("urn:m", "A"), name("", "B")},
		Reasons:  []soap.Reason{{"", "a < b"}, {"da", "nej"}}, Role: "urn:r", Node: "urn:n",
	}
	detail := []soap.Block{
		{Name: name(parcels.Space, "NoSuchDepot"), Message: &parcels.NoSuchDepot{Depot: "Odense"}},
		{Raw: `<e xmlns="">1</e>`},
	}
	write := func(v soap.Version) string {
		f.Code = soap.Sender.Code(v)
		doc, err := soap.AppendEnvelope(nil, v, nil, xmlwire.WriteOptions{}, func(dst []byte) ([]byte, error) {
			return soap.AppendFault(dst, v, f, detail, xmlwire.WriteOptions{})
		})
		require.NoError(t, err)
		return string(doc)
	}

	got := readFault(t, write(soap.V12))
	assert.Equal(t, name(soap.Namespace12, "Sender"), got.Code)
	assert.Equal(t, f.Subcodes, got.Subcodes)
	assert.Equal(t, []soap.Reason{{"en", "a < b"}, {"da", "nej"}}, got.Reasons)
	assert.Equal(t, "urn:r", got.Role)
	assert.Equal(t, "urn:n", got.Node)
	require.Len(t, got.Detail, 2)
	var d parcels.NoSuchDepot
	require.NoError(t, got.Detail[0].Decode(&d))
	assert.Equal(t, "Odense", d.Depot)

	got = readFault(t, write(soap.V11))
	assert.Equal(t, name("urn:m", "A"), got.Code, "the first subcode takes the place of the code")
	assert.Equal(t, []soap.Reason{{"", "a < b"}}, got.Reasons)
	assert.Len(t, got.Detail, 2)
}

func TestAppendFaultRefuses(t *testing.T) {
	_, err := soap.AppendFault(nil, soap.V11, &soap.Fault{Reasons: []soap.Reason{{"", "\x01"}}}, nil, xmlwire.WriteOptions{})
	assert.ErrorContains(t, err, "writing a fault")
	_, err = soap.AppendFault(nil, soap.V12, &soap.Fault{}, []soap.Block{{Raw: "<a>"}}, xmlwire.WriteOptions{})
	assert.ErrorContains(t, err, "detail a")
}

func TestClassCode(t *testing.T) {
	for class, want := range map[soap.Class][2]string{
		soap.Receiver:            {"Server", "Receiver"},
		soap.Sender:              {"Client", "Sender"},
		soap.MustUnderstand:      {"MustUnderstand", "MustUnderstand"},
		soap.VersionMismatch:     {"VersionMismatch", "VersionMismatch"},
		soap.DataEncodingUnknown: {"Client", "DataEncodingUnknown"},
	} {
		assert.Equal(t, name(soap.Namespace11, want[0]), class.Code(soap.V11))
		assert.Equal(t, name(soap.Namespace12, want[1]), class.Code(soap.V12))
	}
}
