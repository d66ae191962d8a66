package trackunit_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/soapclient"
)

// TestStatus goes through the ways in which the service can say, or not say, that a call failed.
func TestStatus(t *testing.T) {
	const xStatus = `<X-Status>404</X-Status>`
	for name, c := range map[string]struct {
		answer trackunit.Option
		want   *trackunit.StatusError // nil is a success
		text   string
	}{
		"success": {answering(envelope("", noUnits)), nil, ""},
		"success with X-Status": {
			answering(envelope("<X-Status>200</X-Status>", noUnits), "X-Status", "200"), nil, "",
		},
		"success with an empty status": {
			answering(envelope("", `<GetUnitResponse><List/><ResponseStatus><ErrorCode i:nil="true"/><Message/><Errors/></ResponseStatus></GetUnitResponse>`)), nil, "",
		},
		"X-Status that is no number": {answering(envelope("", noUnits), "X-Status", "bad"), nil, ""},
		"block of another namespace": {answering(envelope(`<X-Status xmlns="urn:x">404</X-Status>`, noUnits)), nil, ""},
		"X-Status in the HTTP header alone": {
			answering(envelope("", noUnits), "X-Status", "404"),
			&trackunit.StatusError{HTTPStatus: 404}, "the service failed and did not say why (status 404)",
		},
		"X-Status in the SOAP header alone": {
			answering(envelope(xStatus, noUnits)),
			&trackunit.StatusError{HTTPStatus: 404}, "the service failed and did not say why (status 404)",
		},
		"X-Status with an empty body": {
			answering(envelope(xStatus, "")),
			&trackunit.StatusError{HTTPStatus: 404}, "the service failed and did not say why (status 404)",
		},
		"X-Status with no SOAP at all": {
			answering("", "X-Status", "401"),
			&trackunit.StatusError{HTTPStatus: 401}, "the service failed and did not say why (status 401)",
		},
		"two that differ": {
			answering(envelope(xStatus, noUnits), "X-Status", "200"),
			&trackunit.StatusError{HTTPStatus: 404}, "the service failed and did not say why (status 404)",
		},
		"code alone": {
			answering(envelope("", `<GetUnitResponse><ResponseStatus><ErrorCode>unitNotFound</ErrorCode></ResponseStatus></GetUnitResponse>`)),
			&trackunit.StatusError{Code: "unitNotFound"}, "unitNotFound",
		},
		"message alone": {
			answering(envelope("", "<GetUnitResponse><ResponseStatus><Message>It is\n broken</Message></ResponseStatus></GetUnitResponse>")),
			&trackunit.StatusError{Message: "It is\n broken"}, "It is broken",
		},
		"field alone": {
			answering(envelope("", `<GetUnitResponse><ResponseStatus><Errors><ResponseError><FieldName>Radius</FieldName><Message>too big</Message></ResponseError></Errors></ResponseStatus></GetUnitResponse>`)),
			&trackunit.StatusError{FieldErrors: []trackunit.FieldError{{Field: "Radius", Message: "too big"}}}, "Radius: too big",
		},
		"a list all the same": {
			answering(envelope(xStatus, `<GetUnitResponse><List><Unit><Id>1</Id></Unit></List><ResponseStatus><ErrorCode>unitNotFound</ErrorCode></ResponseStatus></GetUnitResponse>`)),
			&trackunit.StatusError{Code: "unitNotFound", HTTPStatus: 404}, "unitNotFound (status 404)",
		},
		"ErrorResponse": {
			answering(envelope(xStatus, `<ErrorResponse><ResponseStatus><ErrorCode>Broken</ErrorCode><Message>It is</Message></ResponseStatus></ErrorResponse>`)),
			&trackunit.StatusError{Code: "Broken", Message: "It is", HTTPStatus: 404}, "Broken: It is (status 404)",
		},
		"under an HTTP status of failure": {
			answeringStatus(429, envelope("", `<GetUnitResponse><ResponseStatus><ErrorCode>Slower</ErrorCode></ResponseStatus></GetUnitResponse>`)),
			&trackunit.StatusError{Code: "Slower", HTTPStatus: 429}, "Slower (status 429)",
		},
		"with a stack trace and meta": {
			answering(envelope("", `<GetUnitResponse><ResponseStatus><ErrorCode>E</ErrorCode><StackTrace>at X</StackTrace>`+
				`<Meta xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"><a:KeyValueOfstringstring><a:Key>k</a:Key><a:Value>v</a:Value></a:KeyValueOfstringstring></Meta></ResponseStatus></GetUnitResponse>`)),
			&trackunit.StatusError{Code: "E", StackTrace: "at X", Meta: map[string]string{"k": "v"}}, "E",
		},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, c.answer)
			_, err := client.Units.Find(t.Context(), trackunit.UnitFilter{})
			rows, streamErr := trackunit.Collect(client.Units.All(t.Context(), trackunit.UnitFilter{}))
			for _, err := range []error{err, streamErr} {
				if c.want == nil {
					require.NoError(t, err)
					continue
				}
				var got *trackunit.StatusError
				require.ErrorAs(t, err, &got)
				assert.Equal(t, c.want, got)
				assert.EqualError(t, got, c.text)
				assert.EqualError(t, err, "calling GetUnit at https://api.trackunit.com/public/soap11: "+c.text)
			}
			if name == "a list all the same" {
				assert.Empty(t, rows, "rows of an answer that had X-Status before them")
			}
		})
	}
}

// TestStatusAfterRows: where no X-Status warned, rows come before the failure, which is then the last element.
func TestStatusAfterRows(t *testing.T) {
	client := newClient(t, answering(envelope("", `<GetUnitResponse><List><Unit><Id>1</Id></Unit></List>`+
		`<ResponseStatus><ErrorCode>zoneNotFound</ErrorCode></ResponseStatus></GetUnitResponse>`)))
	rows, err := trackunit.Collect(client.Units.All(t.Context(), trackunit.UnitFilter{}))
	assert.Len(t, rows, 1)
	assert.ErrorIs(t, err, trackunit.ErrZoneNotFound)
}

// TestStatusIs checks each kind of StatusError against every sentinel.
func TestStatusIs(t *testing.T) {
	for _, c := range []struct {
		err *trackunit.StatusError
		is  []error
	}{
		{&trackunit.StatusError{}, nil},
		{&trackunit.StatusError{Code: "unitNotFound"}, notFound(trackunit.ErrUnitNotFound)},
		{&trackunit.StatusError{Code: "UnitNotFound"}, notFound(trackunit.ErrUnitNotFound)},
		{&trackunit.StatusError{Code: "driverNotFound"}, []error{trackunit.ErrNotFound}},
		{&trackunit.StatusError{HTTPStatus: 404}, []error{trackunit.ErrNotFound}},
		{&trackunit.StatusError{Code: "invalidParameter"}, []error{trackunit.ErrInvalidParameter}},
		{&trackunit.StatusError{Code: "invalidParameter (To)"}, []error{trackunit.ErrInvalidParameter}},
		{&trackunit.StatusError{Code: "invalidParameter(To"}, []error{trackunit.ErrInvalidParameter}},
		{&trackunit.StatusError{Code: "invalidParameters"}, nil},
		{&trackunit.StatusError{HTTPStatus: 401}, []error{trackunit.ErrUnauthorized}},
		{&trackunit.StatusError{Code: "Unauthorized"}, []error{trackunit.ErrUnauthorized}},
		{&trackunit.StatusError{Code: "AuthenticationException"}, []error{trackunit.ErrUnauthorized}},
		{&trackunit.StatusError{Code: "UnauthorizedAccessException", HTTPStatus: 403}, []error{trackunit.ErrForbidden}},
		{&trackunit.StatusError{HTTPStatus: 429}, []error{trackunit.ErrRateLimited}},
		{&trackunit.StatusError{HTTPStatus: 503}, []error{soapclient.ErrUnavailable}},
	} {
		for _, sentinel := range append(sentinels, soapclient.ErrUnavailable, soapclient.ErrNotFound) {
			want := false
			for _, is := range c.is {
				want = want || is == sentinel
			}
			assert.Equal(t, want, errors.Is(&soapclient.OpError{Err: c.err}, sentinel), "errors.Is(%+v, %v)", *c.err, sentinel)
		}
	}
	assert.ErrorIs(t, trackunit.ErrKeyNotFound, trackunit.ErrNotFound)
	assert.NotErrorIs(t, trackunit.ErrInvalidParameter, trackunit.ErrNotFound)
}

func TestStatusParameter(t *testing.T) {
	assert.Equal(t, "To", (&trackunit.StatusError{Code: "invalidParameter (To)"}).Parameter())
	assert.Equal(t, "From", (&trackunit.StatusError{
		Code: "invalidParameter", FieldErrors: []trackunit.FieldError{{}, {Field: "From"}},
	}).Parameter())
	assert.Empty(t, (&trackunit.StatusError{Code: "invalidParameter ()"}).Parameter())
}
