package gowsdlclient_test

import (
	"context"
	"fmt"
	"net/http/httptest"

	"github.com/hooklift/gowsdl/soap"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/gowsdlclient"
)

// A program that has its gowsdl client configured keeps it and calls a generated port through it.
func Example() {
	server := httptest.NewServer(generated.NewISyncReplyHandler(units{}))
	defer server.Close()

	client := soap.NewClient(server.URL,
		soap.WithBasicAuth("API", "0123456789abcdef0123456789abcdef"),
		soap.WithHTTPClient(gowsdlclient.HTTPClient(server.Client())))
	port := generated.NewISyncReplyClient(gowsdlclient.New(client))

	answer, err := port.GetUnit(context.Background(), &generated.GetUnit{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, unit := range answer.List {
		fmt.Println(unit.ID, unit.Name)
	}
	// Output:
	// 46208 Gravemaskine <Å1>
	// 46209 absent
}
