// Package gentest_test uses the packages that are generated with options.
package gentest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/keepers"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/nilpointers"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/nils"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/pointers"
	"github.com/soapfirst/trackunit/internal/xmltest"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

const (
	head = `<All xmlns="urn:policies"`
	xsi  = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`
)

// roundTrip reads text into m and expects the same when that is written.
func roundTrip(t *testing.T, m xmlwire.Message, text string) {
	t.Helper()
	require.NoError(t, read(m, text))
	got, err := xmlwire.AppendElement(nil, xmlwire.Name{Space: "urn:policies", Local: "All"}, m, xmlwire.WriteOptions{})
	require.NoError(t, err)
	xmltest.Equal(t, text, string(got))
}

func read(m xmlwire.Message, text string) error {
	return xmlwire.Unmarshal([]byte(text), m, xmlwire.ReadOptions{})
}

const some = `<must>1</must><may>0</may><null></null><item><n>2</n></item><bytes></bytes><when>2020-01-02T03:04:05Z</when><kind>a</kind>`

func TestPointers(t *testing.T) {
	var all pointers.All
	roundTrip(t, &all, head+` id="0">`+some+`<base><n>3</n></base><any><x xmlns=""/></any><items><Item><n>4</n></Item></items><counts>5</counts></All>`)
	assert.Equal(t, int32(0), *all.May)
	assert.Equal(t, &pointers.Item{N: 2}, all.Item)
	assert.Equal(t, pointers.KindA, *all.Kind)
	assert.Equal(t, []pointers.Item{{N: 4}}, all.Items)

	roundTrip(t, &all, head+xsi+`><must>1</must><null xsi:nil="true"/></All>`)
	assert.Equal(t, pointers.All{Must: 1}, all, "reading replaces all")
}

func TestKeptWrappers(t *testing.T) {
	var all keepers.All
	roundTrip(t, &all, head+`><must>1</must><null></null><items/></All>`)
	assert.Equal(t, xmlwire.Some(keepers.ArrayOfItem{}), all.Items)
	roundTrip(t, &all, head+`><must>1</must><null></null><items><Item><n>4</n></Item></items></All>`)
	assert.Equal(t, []keepers.Item{{N: 4}}, all.Items.Value().Item)
}

const listsWithNil = `><must>1</must><null></null><items><Item><n>4</n></Item><Item xsi:nil="true"/></items><counts xsi:nil="true"/><counts>5</counts></All>`

func TestKeptNil(t *testing.T) {
	var all nils.All
	roundTrip(t, &all, head+xsi+listsWithNil)
	assert.Equal(t, []xmlwire.Opt[nils.Item]{xmlwire.Some(nils.Item{N: 4}), xmlwire.Nil[nils.Item]()}, all.Items)
	assert.Equal(t, []xmlwire.Opt[int32]{xmlwire.Nil[int32](), xmlwire.Some[int32](5)}, all.Counts)

	var pointing nilpointers.All
	roundTrip(t, &pointing, head+xsi+listsWithNil)
	assert.Equal(t, []*nilpointers.Item{{N: 4}, nil}, pointing.Items)
	assert.Nil(t, pointing.Counts[0])

	err := read(new(pointers.All), head+xsi+listsWithNil)
	assert.ErrorContains(t, err, "nil policy keep", "without the option it is an error that names it")
}

func TestTables(t *testing.T) {
	assert.NoError(t, xmlwire.Check(new(pointers.All), new(keepers.All), new(nils.All), new(nilpointers.All)))
}
