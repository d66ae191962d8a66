package canon_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/canon"
)

const xsi = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`

func TestFormSame(t *testing.T) {
	tests := map[string][]string{
		"prefixes": {
			`<a xmlns="urn:x"><b>1</b></a>`,
			`<p:a xmlns:p="urn:x"><p:b>1</p:b></p:a>`,
			`<p:a xmlns:p="urn:x"><q:b xmlns:q="urn:x">1</q:b></p:a>`,
			"<?xml version=\"1.0\"?>\n<!-- c --><a xmlns=\"urn:x\" xmlns:unused=\"urn:y\">\n  <b>1</b>\n</a>\n",
		},
		"attributes": {
			`<a y="2" x="1"/>`,
			`<a x='1' y='2'></a>`,
		},
		"nil": {
			`<a ` + xsi + ` xsi:nil="true"/>`,
			`<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil=" 1 "></a>`,
		},
		"xsi:type": {
			`<a ` + xsi + ` xmlns:t="urn:t" xsi:type="t:T"/>`,
			`<a ` + xsi + ` xmlns:u="urn:t" xsi:type="u:T"/>`,
			`<b:a xmlns:b="" ` + xsi + ` xmlns="urn:t" xsi:type="T"/>`,
		},
		"array type": {
			`<a xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" xmlns:x="urn:x" e:arrayType="x:string[2]"/>`,
			`<a xmlns:f="http://schemas.xmlsoap.org/soap/encoding/" xmlns:y="urn:x" f:arrayType="y:string[2]"/>`,
		},
		"fault code": {
			`<s:Fault xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>s:Client</faultcode></s:Fault>`,
			`<e:Fault xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><faultcode> e:Client </faultcode></e:Fault>`,
		},
		"text": {
			`<a>x &amp; &lt;y&gt;</a>`,
			`<a><![CDATA[x & <]]>y<!-- c -->&#62;</a>`,
		},
	}
	for name, docs := range tests {
		t.Run(name, func(t *testing.T) {
			want := form(t, docs[0])
			for _, doc := range docs[1:] {
				assert.Equal(t, want, form(t, doc), doc)
			}
		})
	}
}

func TestFormDiffers(t *testing.T) {
	tests := map[string][2]string{
		"namespace":             {`<a xmlns="urn:x"/>`, `<a xmlns="urn:y"/>`},
		"order":                 {`<a><b/><c/></a>`, `<a><c/><b/></a>`},
		"nil":                   {`<a ` + xsi + ` xsi:nil="true"/>`, `<a/>`},
		"space in a leaf":       {`<a> </a>`, `<a/>`},
		"space beside text":     {`<a>x <b/></a>`, `<a>x<b/></a>`},
		"attribute namespace":   {`<a xmlns:p="urn:p" p:x="1"/>`, `<a x="1"/>`},
		"text or element":       {`<a>&lt;b/&gt;</a>`, `<a><b/></a>`},
		"type in another":       {`<a ` + xsi + ` xmlns:t="urn:t" xsi:type="t:T"/>`, `<a ` + xsi + ` xmlns:t="urn:u" xsi:type="t:T"/>`},
		"line end in text":      {"<a>x&#xD;</a>", "<a>x&#xA;</a>"},
		"preserved white space": {`<a xml:space="preserve"> <b/></a>`, `<a xml:space="preserve"><b/></a>`},
	}
	for name, docs := range tests {
		t.Run(name, func(t *testing.T) {
			assert.NotEqual(t, form(t, docs[0]), form(t, docs[1]))
			want, err := canon.Parse([]byte(docs[0]))
			require.NoError(t, err)
			got, err := canon.Parse([]byte(docs[1]))
			require.NoError(t, err)
			assert.NotEmpty(t, canon.Diff(want, got))
		})
	}
}

func TestFormText(t *testing.T) {
	doc := `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUnit xmlns="urn:t" ` + xsi +
		`><Id>9&#10;9</Id><Km xsi:nil="1"/>tail</GetUnit></s:Body></s:Envelope>`
	assert.Equal(t, `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/">
  <Body>
    <GetUnit xmlns="urn:t">
      <Id>9&#xA;9</Id>
      <Km xsi:nil="true"/>
      <#text>tail</#text>
    </GetUnit>
  </Body>
</Envelope>
`, form(t, doc))
}

func TestParseErrors(t *testing.T) {
	tests := map[string]string{
		"<a/>x":                           "text outside of the root",
		"<a/><a/>":                        "2 root elements",
		"":                                "root",
		"<a>":                             "EOF",
		"<a></b>":                         "",
		"<p:a/>":                          "prefix of the element p:a is not declared",
		`<a p:x="1"/>`:                    "prefix of the attribute p:x is not declared",
		`<a ` + xsi + ` xsi:type="q:T"/>`: `prefix of "q:T" is not declared`,
		`<a x="1" x="2"/>`:                "has the attribute x twice",
		`<a xmlns:p="urn:p" xmlns:q="urn:p" p:x="1" q:x="2"/>`: "has the attribute x twice",
	}
	for doc, want := range tests {
		_, err := canon.Parse([]byte(doc))
		assert.ErrorContains(t, err, want, doc)
	}
}

func TestDiff(t *testing.T) {
	want, err := canon.Parse([]byte(`<a xmlns="urn:x"><u><k>1</k></u><u><k>2</k></u><m x="1" y="2"/><n/></a>`))
	require.NoError(t, err)
	got, err := canon.Parse([]byte(`<a xmlns="urn:x"><u><k>1</k></u><u><k>3</k><o/></u><m x="2" z="3"/></a>`))
	require.NoError(t, err)

	assert.Equal(t, []string{
		`/a/u[2]/k: "3", want "2"`,
		`/a/u[2]/o: not expected here`,
		`/a/m: attribute x is "2", want "1"`,
		`/a/m: attribute y="2" is missing`,
		`/a/m: unexpected attribute z="3"`,
		`/a/n: missing here`,
	}, canon.Diff(want, got))
	assert.Empty(t, canon.Diff(want, want))
}

func form(t *testing.T, doc string) string {
	t.Helper()
	s, err := canon.Form([]byte(doc))
	require.NoError(t, err, doc)
	return s
}
