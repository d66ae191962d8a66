package resolve

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

const threeOperations = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:a="urn:a" targetNamespace="urn:a">
<types><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a" xmlns="urn:a">
<xs:element name="GetUnit" type="Key"/><xs:element name="Unit" type="Unit"/><xs:element name="GetZone" type="Key"/><xs:element name="Zone" type="Zone"/>
<xs:complexType name="Key"><xs:attribute name="id" type="xs:int"/></xs:complexType>
<xs:complexType name="Unit"><xs:sequence><xs:element name="place" type="Place"/></xs:sequence></xs:complexType>
<xs:complexType name="Zone"><xs:sequence><xs:element name="shape" type="Shape"/></xs:sequence></xs:complexType>
<xs:complexType name="Shape"/><xs:complexType name="Place"/><xs:complexType name="Nobody"/>
</xs:schema></types>
<message name="GetUnit"><part name="p" element="a:GetUnit"/></message><message name="Unit"><part name="p" element="a:Unit"/></message>
<message name="GetZone"><part name="p" element="a:GetZone"/></message><message name="Zone"><part name="p" element="a:Zone"/></message>
<portType name="Units"><operation name="GetUnit"><input message="a:GetUnit"/><output message="a:Unit"/></operation></portType>
<portType name="Zones"><operation name="GetZone"><input message="a:GetZone"/><output message="a:Zone"/></operation>
<operation name="PutZone"><input message="a:Zone"/><output message="a:Zone"/></operation></portType>
</definitions>`

func TestInclude(t *testing.T) {
	cases := []struct {
		name             string
		include, exclude []string
		types            []string
		wrong            string
	}{
		{"all", nil, nil, []string{"Key", "Nobody", "Place", "Shape", "Unit", "Zone"}, ""},
		{"one", []string{"GetUnit"}, nil, []string{"Key", "Place", "Unit"}, ""},
		{"of a port type", []string{"Zones.Put*"}, nil, []string{"Shape", "Zone"}, ""},
		{"all but some", nil, []string{"*Zone"}, []string{"Key", "Place", "Unit"}, ""},
		{"both", []string{"*Zone"}, []string{"Get*"}, []string{"Shape", "Zone"}, ""},
		{"unknown", []string{"Zone"}, nil, nil, "no operation is called Zone (there is GetZone, PutZone, GetUnit)"},
		{"nothing left", []string{"GetUnit"}, []string{"*"}, nil, "no operation is left of those that are included"},
		{"no pattern", []string{"[a"}, nil, nil, `"[a" is no pattern of operations: syntax error in pattern`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var diags source.List
			set, err := load.Load(fstest.MapFS{"main.wsdl": {Data: []byte(threeOperations)}}, &diags, "main.wsdl")
			require.NoError(t, err)
			contract, err := Resolve(set, &diags)
			require.NoError(t, err)
			err = Include(contract, c.include, c.exclude)
			if c.wrong != "" {
				assert.EqualError(t, err, c.wrong)
				return
			}
			require.NoError(t, err)
			var types []string
			for _, typ := range contract.Types {
				types = append(types, typ.Name.Local)
			}
			slices.Sort(types)
			assert.Equal(t, c.types, types)
			assert.True(t, len(c.include)+len(c.exclude) == 0 || !slices.ContainsFunc(contract.Types, func(t *model.Type) bool { return !t.Used }))
		})
	}
}
