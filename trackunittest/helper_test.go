package trackunittest_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest"
)

// The ids of records that every fleet has, and one that none has.
const (
	someUnit  = "46208"
	otherUnit = "46211"
	noID      = "999"
)

type optString = xmlwire.Opt[string]

func some[T any](v T) xmlwire.Opt[T] { return xmlwire.Some(v) }

func xmlNil[T any]() xmlwire.Opt[T] { return xmlwire.Nil[T]() }

// What members of answers are that have no value.
var (
	none      = xmlNil[string]()
	noNumber  = xmlNil[float64]()
	noIndex   = xmlNil[int32]()
	noAddress = xmlNil[generated.Address]()
)

// idOf and listOf return what is looked for in a response, which is nil if there is an error.
func idOf[Resp any](_ *Resp, err error, id func() optString) (string, error) {
	if err != nil {
		return "", err
	}
	return id().Value(), nil
}

func listOf[Resp, T any](_ *Resp, err error, list func() []T) ([]T, error) {
	if err != nil {
		return nil, err
	}
	return list(), nil
}

// eachVersion runs a test over SOAP 1.1 and SOAP 1.2, each with a service of its own.
func eachVersion(t *testing.T, test func(t *testing.T, port *generated.ISyncReplyClient, s *trackunittest.Service)) {
	for name, option := range map[string]trackunit.Option{"SOAP 1.1": trackunit.WithSOAP11(), "SOAP 1.2": trackunit.WithSOAP12()} {
		t.Run(name, func(t *testing.T) {
			s := trackunittest.NewService(trackunittest.WithUnits(60))
			test(t, portOf(t, s, option), s)
		})
	}
}

func portOf(t *testing.T, s *trackunittest.Service, opts ...trackunit.Option) *generated.ISyncReplyClient {
	client, err := s.Client(opts...)
	require.NoError(t, err)
	return client.Port()
}

// An operation is a method of the generated port.
type operation[Req, Resp any] func(context.Context, *Req, ...soapclient.CallOption) (*Resp, error)

// call makes a call that must succeed.
func call[Req, Resp any](t *testing.T, op operation[Req, Resp], req Req) *Resp {
	t.Helper()
	resp, err := op(t.Context(), &req)
	require.NoError(t, err)
	return resp
}

// assertCode checks that a call fails with a code and, if field is not empty, because of one member.
func assertCode(t *testing.T, err error, code, field string) {
	t.Helper()
	var status *trackunit.StatusError
	if !assert.ErrorAs(t, err, &status) {
		return
	}
	assert.Equal(t, code, status.Code, "%v", err)
	var fields []string
	for _, f := range status.FieldErrors {
		fields = append(fields, f.Field)
	}
	if field == "" {
		assert.Empty(t, fields)
		assert.Equal(t, 404, status.HTTPStatus)
	} else {
		assert.Equal(t, []string{field}, fields, "%v", err)
		assert.Equal(t, 400, status.HTTPStatus)
	}
}
