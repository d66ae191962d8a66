package names

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestQualifiers(t *testing.T) {
	spaces := []string{
		"http://schemas.servicestack.net/types",
		"http://schemas.microsoft.com/2003/10/Serialization/Arrays",
		"http://tempuri.org/",
		"urn:example:orders:v1",
		"urn:example:orders:v2",
		"http://example.com/a/types",
		"http://www.w3.org/XML/1998/namespace",
		"http://example.com/orders.xsd",
		"...",
		"http://",
	}
	got := qualifiers(spaces)
	assert.Equal(t, map[string]string{
		spaces[0]: "Types",
		spaces[1]: "Arrays",
		spaces[2]: "Tempuri",
		spaces[3]: "Orders",
		spaces[4]: "OrdersV2",
		spaces[5]: "ATypes",
		spaces[6]: "XML",
		spaces[7]: "ExampleOrders",
		spaces[8]: "Space",
		spaces[9]: "Space2",
	}, got)
}
