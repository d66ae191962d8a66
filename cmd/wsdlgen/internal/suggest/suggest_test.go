package suggest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/suggest"
)

func TestHint(t *testing.T) {
	known := []string{"GetUnit", "GetUnits", "UnitPort.GetZone", "PutZone", "{urn:a}Unit", "A", "B"}
	for name, want := range map[string]string{
		"getunit":  "did you mean GetUnit?",
		"GetUnti":  "did you mean GetUnit?",
		"GetUnit_": "did you mean GetUnit?",
		"GetZone":  "did you mean UnitPort.GetZone?",
		"Unit":     "did you mean {urn:a}Unit?",
		"Elephant": "there is A, B, GetUnit, GetUnits, PutZone and 2 more",
	} {
		assert.Equal(t, want, suggest.Hint(name, known), name)
	}
	assert.Equal(t, "there is none", suggest.Hint("x", nil))
	assert.Equal(t, "there is longer, names", suggest.Hint("", []string{"names", "longer"}))
}
