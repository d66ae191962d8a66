package names_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// planWith plans testdata/hard.txtar with names that were chosen.
func planWith(t *testing.T, renames names.Renames) (string, error) {
	t.Helper()
	ar, err := txtar.ParseFile("testdata/hard.txtar")
	require.NoError(t, err)
	fsys, entries, _ := documents(ar)
	var diags source.List
	set, err := load.Load(fsys, &diags, entries...)
	require.NoError(t, err)
	contract, err := resolve.Resolve(set, &diags)
	require.NoError(t, err)
	pkg, err := shape.New(contract)
	require.NoError(t, err)
	plan, err := names.Make(pkg, names.Idiomatic, renames)
	if err != nil {
		return "", err
	}
	return plan.Dump(), nil
}

// TestRenames checks that a name that was chosen comes before all others, and that what had it gives way.
func TestRenames(t *testing.T) {
	got, err := planWith(t, names.Renames{
		Types: []names.Rename{
			{What: "{urn:hard}order", To: "Order"}, {What: "{urn:hard}名前", To: "Namae"}, {What: "{urn:hard}Kind", To: "Sort"},
		},
		Fields: []names.Rename{
			{What: "{urn:hard}xmlwire/a.b", To: "AB"}, {What: "{urn:hard}xmlwire/@userId", To: "User"},
		},
		Operations: []names.Rename{{What: "Shop.Get", To: "Get"}, {What: "shop.get", To: "Fetch"}},
	})
	require.NoError(t, err)
	for _, want := range []string{
		"Order\tstruct {urn:hard}order\n", "Order2\tstruct {urn:hard}Order\n",
		"Namae\tstruct {urn:hard}名前\n",
		"Sort\tenum {urn:hard}Kind\n\tSortA\t\"a\"\n",
		"\tAB\ta.b\n", "\tAB2\ta-b\n", "\tUser\t@userId\n",
		"\tGetIn\t\"get\"\n\tGet\t\"Get\"\n", "\tFetch\t\"get\"\n",
	} {
		assert.Contains(t, got, want)
	}
}

func TestWrongRenames(t *testing.T) {
	at := func(line int) source.Pos { return source.Pos{File: "f", Line: line, Col: 1} }
	_, err := planWith(t, names.Renames{
		Types:      []names.Rename{{What: "{urn:hard}Ordr", To: "Order", Pos: at(1)}, {What: "{urn:hard}Order", To: "type", Pos: at(2)}},
		Fields:     []names.Rename{{What: "{urn:hard}xmlwire/a.b", To: "X Y", Pos: at(3)}, {What: "{urn:hard}type/func", To: "MarshalXML", Pos: at(4)}},
		Operations: []names.Rename{{What: "Shop.Gett", To: "Get", Pos: at(5)}},
	})
	assert.EqualError(t, err, `f:1:1: there is no type {urn:hard}Ordr (did you mean {urn:hard}Order?)
f:2:1: "type" cannot be the name of a type (write letters and digits, with a capital in front)
f:3:1: "X Y" cannot be the name of a field (write letters and digits, with a capital in front)
f:4:1: Type already has something called MarshalXML (choose another name)
f:5:1: there is no operation Shop.Gett (did you mean Shop.Get?)`)
}
