package soaptest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soaptest"
)

func createZone() *generated.CreateZone {
	return &generated.CreateZone{Name: trackunit.Some("Depot <1>"), Note: trackunit.Nil[string]()}
}

func TestGolden(t *testing.T) {
	assert.True(t, soaptest.Golden(t, "testdata/create-zone.xml", createZone()))

	s := watch(t, func(tb testing.TB) {
		changed := createZone()
		changed.Name, changed.Note, changed.Polygon = trackunit.Some("Yard"), trackunit.Opt[string]{}, trackunit.Some("x")
		assert.False(t, soaptest.Golden(tb, "testdata/create-zone.xml", changed))
	})
	assert.True(t, s.failed)
	assert.Contains(t, s.text.String(), `testdata/create-zone.xml has something else:
	/CreateZone/Name: "Yard", want "Depot <1>"
	/CreateZone/Note: missing here
	/CreateZone/Polygon: not expected here
if that is right, run the test with -update`)
}

// A nil and an absent member, and another order, are no matter of layout.
func TestGoldenTellsNilAndOrder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "golden.xml")
	for doc, want := range map[string]string{
		`<z:CreateZone xmlns:z="http://schemas.servicestack.net/types"><z:Name>Depot &lt;1></z:Name>
		  <z:Note p:nil=" 1 " xmlns:p="http://www.w3.org/2001/XMLSchema-instance"></z:Note></z:CreateZone>`: "",
		`<CreateZone xmlns="http://schemas.servicestack.net/types"><Name>Depot &lt;1></Name><Note/></CreateZone>`: "attribute xsi:nil",
		`<CreateZone xmlns="http://schemas.servicestack.net/types" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
		  <Note i:nil="true"/><Name>Depot &lt;1></Name></CreateZone>`: "not expected here",
		`<CreateZone/>`: `namespace "http://schemas.servicestack.net/types", want ""`,
		`<CreateZone>`:  "the wanted document: XML syntax error",
	} {
		require.NoError(t, os.WriteFile(file, []byte(doc), 0o600))
		s := watch(t, func(tb testing.TB) { soaptest.Golden(tb, file, createZone()) })
		assert.Equal(t, want != "", s.failed, doc)
		assert.Contains(t, s.text.String(), want)
	}
}

func TestUpdate(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deep", "golden.xml")
	s := watch(t, func(tb testing.TB) { soaptest.Golden(tb, file, createZone()) })
	assert.Contains(t, s.text.String(), "does not exist; run the test with -update to write it")

	setFlag(t, "update", "true")
	assert.True(t, soaptest.Updating())
	assert.True(t, soaptest.Golden(t, file, createZone()))
	written, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, `<CreateZone xmlns="http://schemas.servicestack.net/types" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Name>Depot &lt;1&gt;</Name>
  <Note xsi:nil="true"/>
</CreateZone>
`, string(written))

	// What says the same keeps its layout, what is broken is replaced.
	const other = `<z:CreateZone xmlns:z="http://schemas.servicestack.net/types"><z:Name>Depot &lt;1></z:Name><z:Note p:nil="1" xmlns:p="http://www.w3.org/2001/XMLSchema-instance"/></z:CreateZone>`
	for before, after := range map[string]string{other: other, "<broken": string(written)} {
		require.NoError(t, os.WriteFile(file, []byte(before), 0o600))
		assert.True(t, soaptest.Golden(t, file, createZone()))
		got, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, after, string(got))
	}
	setFlag(t, "update", "false")
	assert.True(t, soaptest.Golden(t, file, createZone()))
}

func TestGoldenOptions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "golden.xml")
	name := xmlwire.Name{Space: "urn:other", Local: "Zone"}
	require.NoError(t, os.WriteFile(file, []byte(`<o:Zone xmlns:o="urn:other" xmlns="http://schemas.servicestack.net/types"
		xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Name>x</Name><Note i:nil="true"/><Polygon i:nil="true"/></o:Zone>`), 0o600))
	m := &generated.CreateZone{Name: trackunit.Some("x")}
	assert.True(t, soaptest.Golden(t, file, m, soaptest.WithElement(name), soaptest.WithWriteOptions(xmlwire.WriteOptions{AbsentAsNil: true})))

	var read generated.CreateZone
	assert.True(t, soaptest.Decode(t, file, &read, soaptest.WithElement(name)))
	assert.Equal(t, generated.CreateZone{Name: trackunit.Some("x"), Note: trackunit.Nil[string](), Polygon: trackunit.Nil[string]()}, read)
	s := watch(t, func(tb testing.TB) { soaptest.Decode(tb, file, &read) })
	assert.Contains(t, s.text.String(), "it holds the element {urn:other}Zone, and {http://schemas.servicestack.net/types}CreateZone is wanted")
}

func TestWhatCannotBeEncoded(t *testing.T) {
	for _, m := range []xmlwire.Message{nil, (*generated.CreateZone)(nil), &generated.CreateZone{Name: trackunit.Some("\x00")}} {
		s := watch(t, func(tb testing.TB) { assert.False(t, soaptest.Golden(tb, "testdata/create-zone.xml", m)) })
		assert.Contains(t, s.text.String(), "cannot be encoded")
	}
}

func TestDecode(t *testing.T) {
	var m generated.CreateZone
	assert.True(t, soaptest.Decode(t, "testdata/create-zone.xml", &m))
	assert.Equal(t, *createZone(), m)
}

// Whatever a reader would pass over fails a test.
func TestDecodeIsStrict(t *testing.T) {
	const open = `<GetUnit xmlns="http://schemas.servicestack.net/types">`
	file := filepath.Join(t.TempDir(), "golden.xml")
	for doc, want := range map[string]string{
		open + `<CategoryId>1</CategoryId><Id>2</Id></GetUnit>`:                                                                          "",
		`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>` + open + `<Id>2</Id></GetUnit></e:Body></e:Envelope>`: "",
		`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>`:                                         "the envelope has no payload",
		open + `<Id>2</Id><Brand>x</Brand></GetUnit>`:                                                                                    "/GetUnit/Brand",
		open + `<Id unit="x">2</Id></GetUnit>`:                                                                                           "/GetUnit/Id/@unit",
		open + `<Id>2</Id><CategoryId>1</CategoryId></GetUnit>`:                                                                          "/GetUnit/CategoryId: missing here",
		open + `<Id>1</Id><Id>2</Id></GetUnit>`:                                                                                          "come twice",
		open + `<Radius>far</Radius></GetUnit>`:                                                                                          "far",
		open + `<Id>2</Id>`:                                                                                                              "EOF",
		`<Id xmlns="http://schemas.servicestack.net/types">2</Id>`:                                                                       "it holds the element {http://schemas.servicestack.net/types}Id",
		open + `<Point><Longitude>1</Longitude></Point></GetUnit>`:                                                                       "",
		open + `<Point><Longitude>1</Longitude><Latitude>2</Latitude></Point></GetUnit>`:                                                 "/GetUnit/Point/Latitude",
	} {
		require.NoError(t, os.WriteFile(file, []byte(doc), 0o600))
		s := watch(t, func(tb testing.TB) { soaptest.Decode(tb, file, new(generated.GetUnit)) })
		assert.Equal(t, want != "", s.failed, "%s: %s", doc, s.text.String())
		assert.Contains(t, s.text.String(), want, doc)
	}
	s := watch(t, func(tb testing.TB) { soaptest.Decode(tb, file+".none", new(generated.GetUnit)) })
	assert.Contains(t, s.text.String(), "no such file")
}

func TestEqual(t *testing.T) {
	assert.True(t, soaptest.Equal(t, `<a xmlns="urn:x" y="1" z="2"/>`, []byte(`<p:a z="2" y="1" xmlns:p="urn:x"></p:a>`)))
	s := watch(t, func(tb testing.TB) { assert.False(t, soaptest.Equal(tb, `<a><b>1</b></a>`, `<a><b>2</b></a>`)) })
	assert.Equal(t, "the documents differ:\n\t/a/b: \"2\", want \"1\"\n", s.text.String())
	s = watch(t, func(tb testing.TB) { assert.False(t, soaptest.Equal(tb, `<a/>`, `<a>`)) })
	assert.Contains(t, s.text.String(), "the document: ")
}

func TestValidate(t *testing.T) {
	file := "../wsdl/soap11.wsdl"
	t.Run("valid", func(t *testing.T) {
		assert.True(t, soaptest.Validate(t, `<CreateZone xmlns="http://schemas.servicestack.net/types"><Name>x</Name></CreateZone>`, file))
		assert.True(t, soaptest.Validate(t, `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>
			<CreateZone xmlns="http://schemas.servicestack.net/types"/></e:Body></e:Envelope>`, file))
	})
	t.Run("not valid", func(t *testing.T) {
		soaptest.Validate(t, `<CreateZone xmlns="http://schemas.servicestack.net/types"/>`, file) // skips without xmllint
		for _, doc := range []string{
			`<CreateZone xmlns="http://schemas.servicestack.net/types"><Note>y</Note><Name>x</Name></CreateZone>`,
			`<CreateZone xmlns="http://schemas.servicestack.net/types">`,
		} {
			s := watch(t, func(tb testing.TB) { assert.False(t, soaptest.Validate(tb, doc, file)) })
			assert.Contains(t, s.text.String(), "the document is not valid: ")
		}
		s := watch(t, func(tb testing.TB) { soaptest.Validate(tb, `<a/>`, "nowhere.xsd") })
		assert.Contains(t, s.text.String(), "no schema could be made of nowhere.xsd")
	})
	t.Run("without xmllint", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		t.Setenv("REQUIRE_TOOLS", "")
		s := watch(t, func(tb testing.TB) { soaptest.Validate(tb, `<a/>`, file) })
		assert.False(t, s.failed)
		assert.Equal(t, "skipped: xmllint is not in PATH\n", s.text.String())
		t.Setenv("REQUIRE_TOOLS", "1")
		s = watch(t, func(tb testing.TB) { soaptest.Validate(tb, `<a/>`, file) })
		assert.True(t, s.failed)
	})
}
