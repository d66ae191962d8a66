package gentest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/moveover"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// What a schema says of values is in the generated code, for those who ask.
func TestGeneratedRules(t *testing.T) {
	state := moveover.State("sold")
	line := &moveover.Order_line{ItemId: "1", Type_: "spare", Instock: &state}
	assert.EqualError(t, xmlwire.Validate(line), "/order_line/in-stock: expected one of in-stock, type, , got sold")
	state = moveover.StateInstock
	assert.NoError(t, xmlwire.Validate(line))
}
