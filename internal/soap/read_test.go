package soap_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func openEnvelope(t *testing.T, doc string) (*soap.Envelope, *xmlwire.Reader, error) {
	t.Helper()
	r := soap.NewReader(strings.NewReader(expand(doc)), xmlwire.ReadOptions{})
	t.Cleanup(func() { soap.Release(r) })
	env, err := soap.Open(r)
	return env, r, err
}

// expand writes out the namespaces of both versions.
func expand(doc string) string {
	return strings.NewReplacer("NS11", soap.Namespace11, "NS12", soap.Namespace12).Replace(doc)
}

func TestOpen(t *testing.T) {
	env, r, err := openEnvelope(t, `<?xml version='1.0'?>
		<!-- a comment --><e:Envelope xmlns:e="NS12" xmlns:p="urn:p"> <e:Header>
			<p:a e:mustUnderstand="true" e:role=" x "/> <b xmlns="urn:b" mustUnderstand="1">t</b>
		</e:Header> <e:Body> <p:q><r/></p:q> </e:Body> </e:Envelope>`)
	require.NoError(t, err)
	assert.Equal(t, soap.V12, env.Version)
	assert.Equal(t, soap.Payload, env.Content)
	assert.Equal(t, xmlwire.Name{Space: "urn:p", Local: "q"}, env.Name)
	require.Len(t, env.Header, 2)
	assert.Equal(t, "{urn:p}a", env.Header[0].Name.String())
	assert.True(t, env.Header[0].MustUnderstand)
	assert.Equal(t, " x ", env.Header[0].Role)
	assert.Equal(t, "{urn:b}b", env.Header[1].Raw.Name().String())
	assert.False(t, env.Header[1].MustUnderstand, "the attribute is in no namespace")
	require.NoError(t, r.Skip())
	require.NoError(t, env.End())
}

func TestOpenContent(t *testing.T) {
	tests := []struct {
		doc  string
		want soap.Content
	}{
		{`<Envelope xmlns="NS11"><Body/></Envelope>`, soap.Empty},
		{`<Envelope xmlns="NS11"><Header/><Body> </Body></Envelope>`, soap.Empty},
		{`<Envelope xmlns="NS11"><Body><Fault/></Body></Envelope>`, soap.AFault},
		{`<Envelope xmlns="NS12"><Body><Fault xmlns="NS11"/></Body></Envelope>`, soap.AFault},
		{`<Envelope xmlns="NS12"><Body><Fault xmlns="urn:other"/></Body></Envelope>`, soap.Payload},
		{`<Envelope xmlns="NS11"><Body><a/></Body></Envelope>`, soap.Payload},
	}
	for _, test := range tests {
		env, r, err := openEnvelope(t, test.doc)
		require.NoError(t, err, test.doc)
		assert.Equal(t, test.want, env.Content, test.doc)
		if env.Content != soap.Empty {
			require.NoError(t, r.Skip())
		}
		assert.NoError(t, env.End(), test.doc)
	}
}

func TestOpenRefuses(t *testing.T) {
	tests := []struct{ name, doc, want string }{
		{"no xml", `hello`, "not XML"},
		{"empty", ``, "no root element"},
		{"other root", `<a/>`, "the root element is a, not a SOAP envelope"},
		{"other version", `<Envelope xmlns="urn:x"><Body/></Envelope>`, `the envelope is in the namespace "urn:x", which is neither SOAP 1.1 nor 1.2`},
		{"no namespace", `<Envelope><Body/></Envelope>`, `namespace ""`},
		{"no body", `<Envelope xmlns="NS11"><Header/></Envelope>`, "an envelope without a body"},
		{"no child", `<Envelope xmlns="NS11"/>`, "an envelope without a body"},
		{"header of another version", `<Envelope xmlns="NS11"><Header xmlns="NS12"/><Body/></Envelope>`, "Header where the body should be"},
		{"two headers", `<Envelope xmlns="NS11"><Header/><Header/><Body/></Envelope>`, "Header where the body should be"},
		{"text", `<Envelope xmlns="NS11">hello<Body/></Envelope>`, "/Envelope: text where only elements may be"},
		{"text in the body", `<Envelope xmlns="NS11"><Body>hello</Body></Envelope>`, "/Envelope/Body: text where only elements may be"},
		{"doctype", `<!DOCTYPE a><Envelope xmlns="NS11"><Body/></Envelope>`, "DOCTYPE"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := openEnvelope(t, test.doc)
			assert.ErrorContains(t, err, test.want)
			assert.True(t, soap.IsMalformed(err))
		})
	}
}

func TestEnd(t *testing.T) {
	tests := []struct{ name, doc, want string }{
		{"second element", `<Envelope xmlns="NS11"><Body><a/><b/></Body></Envelope>`, "/Envelope/Body/b: a second element in the body"},
		{"behind the body 1.1", `<Envelope xmlns="NS11"><Body><a/></Body><b xmlns="urn:b"/></Envelope>`, ""},
		{"unqualified behind the body", `<Envelope xmlns="NS11"><Body><a/></Body><b xmlns=""/></Envelope>`, "an element behind the body"},
		{"second body", `<Envelope xmlns="NS11"><Body><a/></Body><Body/></Envelope>`, "an element behind the body"},
		{"behind the body 1.2", `<Envelope xmlns="NS12"><Body><a/></Body><b xmlns="urn:b"/></Envelope>`, "an element behind the body"},
		{"behind the envelope", `<Envelope xmlns="NS12"><Body><a/></Body></Envelope><b/>`, "a second root element"},
		{"space behind the envelope", `<Envelope xmlns="NS12"><Body><a/></Body></Envelope> <!-- x --> `, ""},
		{"cut off", `<Envelope xmlns="NS12"><Body><a/></Body>`, "ends inside"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			env, r, err := openEnvelope(t, test.doc)
			require.NoError(t, err)
			require.NoError(t, r.Skip())
			err = env.End()
			if test.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, test.want)
		})
	}
}

// A document that is cut off is never taken for a whole one, wherever the cut is.
func TestEveryCut(t *testing.T) {
	doc := expand(`<?xml version="1.0"?><s:Envelope xmlns:s="NS11"><s:Header><a>1</a></s:Header><s:Body><b><c>2</c></b></s:Body></s:Envelope>`)
	for n := range len(doc) {
		r := soap.NewReader(strings.NewReader(doc[:n]), xmlwire.ReadOptions{})
		env, err := soap.Open(r)
		if err == nil {
			if err = r.Skip(); err == nil {
				err = env.End()
			}
		}
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF, "%d bytes: %s", n, doc[:n])
		soap.Release(r)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(expand(`<s:Envelope xmlns:s="NS11"><s:Header><a s:mustUnderstand="1"/></s:Header><s:Body><b>1</b></s:Body></s:Envelope>`))
	f.Add(expand(`<s:Envelope xmlns:s="NS11"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring><detail>x<y/></detail></s:Fault></s:Body></s:Envelope>`))
	f.Add(expand(`<s:Envelope xmlns:s="NS12"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>q</s:Value></s:Subcode></s:Code><s:Reason><s:Text>no</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>`))
	f.Fuzz(func(t *testing.T, doc string) {
		r := soap.NewReader(strings.NewReader(doc), xmlwire.ReadOptions{})
		defer soap.Release(r)
		env, err := soap.Open(r)
		if err != nil {
			return
		}
		for _, b := range env.Header {
			if b.Raw.Name() != b.Name {
				t.Errorf("the header block %v was kept as %s", b.Name, b.Raw)
			}
		}
		switch env.Content {
		case soap.AFault:
			_, err = env.Fault()
		case soap.Payload:
			err = r.Skip()
		}
		if err == nil {
			err = env.End()
		}
		if kind, again := r.Next(); err == nil && (again != nil || kind != xmlwire.EOF) {
			t.Errorf("read to the end, but then came %v, %v", kind, again)
		}
	})
}
