package generated_test

import (
	"context"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/soapclient"
)

var bindings = []soapclient.Binding{generated.BasicHttpBindingISyncReply, generated.WSHttpBindingISyncReply}

// TestOperations calls every operation over HTTP, in both versions of SOAP, and requires that server and client see the
// values that the other has sent.
func TestOperations(t *testing.T) {
	for _, binding := range bindings {
		t.Run(binding.Version.String(), func(t *testing.T) {
			server := new(recorder)
			port := newPort(t, binding, soapclient.WithHTTPClient(memhttp.NewClient(generated.NewISyncReplyHandler(server))))
			testOperations(t, port, server)
		})
	}
}

// TestOperationsOverLoopback is the same through real sockets.
func TestOperationsOverLoopback(t *testing.T) {
	for _, binding := range bindings {
		t.Run(binding.Version.String(), func(t *testing.T) {
			server := new(recorder)
			listener := httptest.NewServer(generated.NewISyncReplyHandler(server))
			defer listener.Close()
			port := newPort(t, binding, soapclient.WithEndpoint(listener.URL), soapclient.WithHTTPClient(listener.Client()))
			testOperations(t, port, server)
		})
	}
}

func newPort(t *testing.T, binding soapclient.Binding, opts ...soapclient.Option) *generated.ISyncReplyClient {
	client, err := soapclient.New(binding, opts...)
	require.NoError(t, err)
	return generated.NewISyncReplyClient(client)
}

func testOperations(t *testing.T, port *generated.ISyncReplyClient, server *recorder) {
	operations, streams := 0, 0
	v := reflect.ValueOf(port)
	for i := range v.NumMethod() {
		name := v.Type().Method(i).Name
		if strings.HasSuffix(name, "Stream") {
			streams++
			continue
		}
		operations++
		for _, form := range forms {
			t.Run(name+"/"+string(form), func(t *testing.T) { testOperation(t, v, name, server, form) })
		}
	}
	assert.Equal(t, 43, operations)
	assert.Equal(t, 18, streams)
}

func testOperation(t *testing.T, port reflect.Value, name string, server *recorder, form form) {
	method := port.MethodByName(name)
	f := &filler{form: form}
	req := reflect.New(method.Type().In(1).Elem())
	f.fill(req)
	resp := reflect.New(method.Type().Out(0).Elem())
	f.fill(resp)
	server.response = resp.Interface()

	out := method.Call([]reflect.Value{reflect.ValueOf(t.Context()), req})
	require.Nil(t, out[1].Interface())
	assert.Equal(t, name, server.op)
	assert.Equal(t, req.Interface(), server.req)
	assert.Equal(t, resp.Interface(), out[0].Interface())

	if stream := port.MethodByName(name + "Stream"); stream.IsValid() {
		server.req = nil
		rows := collect(t, stream, req)
		assert.Equal(t, req.Interface(), server.req)
		assert.Equal(t, listOf(resp.Elem()), rows)
	}
}

// collect ranges over the sequence that a method returns.
func collect(t *testing.T, stream, req reflect.Value) []any {
	rows := []any{}
	for row, err := range stream.Call([]reflect.Value{reflect.ValueOf(context.Background()), req})[0].Seq2() {
		require.Nil(t, err.Interface())
		rows = append(rows, row.Interface())
	}
	return rows
}

// listOf returns the items of the one list of a response.
func listOf(resp reflect.Value) []any {
	items := []any{}
	for i := range resp.NumField() {
		if list := resp.Field(i); list.Kind() == reflect.Slice {
			for j := range list.Len() {
				items = append(items, list.Index(j).Interface())
			}
		}
	}
	return items
}
