package canon_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/canon"
)

func TestIndent(t *testing.T) {
	const doc = `<?xml version="1.0"?><!-- c --><p:a xmlns:p="urn:p" y="2" x="1&quot;"><b></b><c> </c><d><e>1 &gt; 0
 </e><!-- d --><![CDATA[]]></d><m>text <b/> more</m><k xml:space="preserve"> <b> <c/> </b></k></p:a>`
	const want = `<?xml version="1.0"?>
<!-- c -->
<p:a xmlns:p="urn:p" y="2" x="1&quot;">
  <b/>
  <c> </c>
  <d>
    <e>1 &gt; 0
 </e>
    <!-- d -->
  </d>
  <m>text <b/> more</m>
  <k xml:space="preserve"> <b> <c/> </b></k>
</p:a>
`
	got, err := canon.Indent([]byte(doc))
	require.NoError(t, err)
	assert.Equal(t, want, string(got))
	again, err := canon.Indent(got)
	require.NoError(t, err)
	assert.Equal(t, want, string(again))
	assert.Equal(t, form(t, doc), form(t, want))
	_, err = canon.Indent([]byte("<a><b></a>"))
	assert.Error(t, err)
}

// FuzzIndent checks that layout changes nothing of what a document says.
func FuzzIndent(f *testing.F) {
	for _, doc := range []string{
		`<a>x<b/></a>`, `<a><b> </b> <c/></a>`, "<a><![CDATA[ x ]]><b/>&#13;</a>", `<a x="&#10;"><?pi x?></a>`, `<a xml:space="preserve"> <b/></a>`,
		`<a><![CDATA[]]> <b/>` + "\u00a0" + `</a>`, `<a xmlns="urn:a"><b xmlns=""/></a>`,
	} {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		want, err := canon.Form([]byte(doc))
		if err != nil || strings.Contains(doc, "<!DOCTYPE") {
			t.Skip()
		}
		got, err := canon.Indent([]byte(doc))
		require.NoError(t, err)
		assert.Equal(t, want, form(t, string(got)))
	})
}
