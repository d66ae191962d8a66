package soapserver_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
)

// A greeting is a message in a namespace whose name is no URI, which some services have.
type greeting struct{ Text string }

var greetingType = xmlwire.Type{Name: "Greeting", Space: "urn:My Company", Members: []xmlwire.Member{{Field: "Text", Kind: xmlwire.String}}}

func (*greeting) XMLType() *xmlwire.Type { return &greetingType }

func TestNamespaceThatIsNoURI(t *testing.T) {
	name := xmlwire.Name{Space: "urn:My Company", Local: "Greeting"}
	op := soapclient.Operation{Name: "Greet", Action: "greet", Input: name, Output: name}
	handler := soapserver.New([]soapserver.Method{
		soapserver.NewMethod(&op, func(_ context.Context, req *greeting) (*greeting, error) { return &greeting{"hello " + req.Text}, nil }),
	})
	client, err := soapclient.New(soapclient.Binding{Version: soapclient.SOAP11, Address: "http://host.test/"},
		soapclient.WithHTTPClient(memhttp.NewClient(handler)))
	require.NoError(t, err)
	resp := new(greeting)
	require.NoError(t, soapclient.Invoke(t.Context(), client, &op, &greeting{"Bo"}, resp))
	assert.Equal(t, "hello Bo", resp.Text)
}
