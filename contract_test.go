package trackunit_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest"
)

// The contract test is one suite of calls for whatever answers them, over every transport: see contractService.run. It
// says what holds of any Classic API, and so never which units there are, only how one answer follows from another.

// contractTransports are the ways to make the same calls. Each is an option of the client.
var contractTransports = []struct {
	name   string
	option trackunit.Option
	mark   string // in the names of captured exchanges; "" where TestCapturedREST has them
	lossy  bool   // it loses what loss says
}{
	{"SOAP 1.1", trackunit.WithTransport(trackunit.SOAP11), ".11.", false},
	{"SOAP 1.2", trackunit.WithTransport(trackunit.SOAP12), ".12.", false},
	{"JSON", trackunit.WithTransport(trackunit.JSON), "", true},
	{"XML", trackunit.WithTransport(trackunit.XML), "", false},
}

// A contractService is something that answers as the Classic API does.
type contractService struct {
	// dial returns a client of it that logs in with a token.
	dial  func(token string, opts ...trackunit.Option) (*trackunit.Client, error)
	token string
	// missing is an id that no record has, and that is formed as ids are.
	missing string
	// recording is set if the service is one that was captured.
	recording *contractRecording
	// readOnly has the suite leave out all that changes something.
	readOnly bool
	// lossy says that the transport loses what loss says.
	lossy bool
	// steady says that nobody else changes what the service knows.
	steady bool
	// refuse has the next call of an operation fail for there being too many; nil where that cannot be had.
	refuse func(op string)

	client  *trackunit.Client
	records contractRecords
	seen    *contractCoverage
}

// TestContract holds the simulator to the contract, and the suite to being whole.
func TestContract(t *testing.T) {
	for _, transport := range contractTransports {
		t.Run(transport.name, func(t *testing.T) {
			seen := simulatorContract(t, transport.option, transport.lossy, false)
			t.Run("coverage", func(t *testing.T) { seen.assertWhole(t) })
		})
	}
}

// TestContractOfCapturedService holds a captured service to it, as far as its answers were captured.
func TestContractOfCapturedService(t *testing.T) {
	folder := testenv.Folder(t, testenv.SOAPExchanges)
	for _, transport := range contractTransports {
		if transport.mark == "" {
			continue
		}
		t.Run(transport.name, func(t *testing.T) {
			recording := readContractRecording(t, folder, "soap", transport.mark)
			s := &contractService{
				token: "0123456789abcdef0123456789abcdef", missing: "999", recording: recording, steady: true,
				dial: func(token string, opts ...trackunit.Option) (*trackunit.Client, error) {
					hc := trackunit.WithHTTPClient(&http.Client{Transport: recording})
					return newAtOnce(token, append(opts, transport.option, hc)...)
				},
			}
			s.run(t)
			recording.report(t)
		})
	}
}

// TestContractOfLiveService holds the service itself to it, as far as nothing is changed. It takes a token in
// TRACKUNIT_TOKEN, and a wish to do so in TRACKUNIT_LIVE, which may be the base of the endpoints.
func TestContractOfLiveService(t *testing.T) {
	token, live := os.Getenv("TRACKUNIT_TOKEN"), os.Getenv("TRACKUNIT_LIVE")
	if token == "" || live == "" {
		t.Skip("TRACKUNIT_TOKEN and TRACKUNIT_LIVE are not both set")
	}
	endpoint := trackunit.DefaultEndpoint
	if strings.HasPrefix(live, "http") {
		endpoint = live
	}
	for _, transport := range contractTransports {
		t.Run(transport.name, func(t *testing.T) {
			s := &contractService{
				token: token, missing: "2147483647", readOnly: true,
				dial: func(token string, opts ...trackunit.Option) (*trackunit.Client, error) {
					return newAtOnce(token, append(opts, transport.option, trackunit.WithEndpoint(endpoint))...)
				},
			}
			s.run(t)
		})
	}
}

// TestContractReadOnly: what is run against the live service changes nothing, and would not get out if it tried.
func TestContractReadOnly(t *testing.T) {
	seen := simulatorContract(t, trackunit.WithSOAP11(), false, true)
	for op := range seen.calls {
		assert.True(t, strings.HasPrefix(op, "Get"), op)
	}
	s := trackunittest.NewService()
	client, err := s.Client(contractGuard(t, true), new(contractCoverage).option())
	require.NoError(t, err)
	_, err = client.Zones.Create(t.Context(), trackunit.CreateZone{})
	assert.ErrorIs(t, err, errContractWrites)
}

// simulatorContract runs the suite against a simulator of its own.
func simulatorContract(t *testing.T, transport trackunit.Option, lossy, readOnly bool) *contractCoverage {
	simulator := trackunittest.NewService(trackunittest.WithUnits(60))
	fleet := simulator.Fleet()
	require.True(t, fleet.Trigger(fleet.Alarms.All()[0].ID.Value(), fleet.UnitIDs()[0], fleet.Now().Add(-time.Hour)))
	s := &contractService{
		token: simulator.Token(), missing: "999", readOnly: readOnly, steady: true, lossy: lossy,
		dial: func(token string, opts ...trackunit.Option) (*trackunit.Client, error) {
			return newAtOnce(token, append(opts, transport, trackunit.WithEndpoint("http://simulator.invalid/public"),
				trackunit.WithHTTPClient(&http.Client{Transport: simulator.Transport()}))...)
		},
		refuse: func(op string) {
			tooMany := trackunittest.TooManyRequests(contractRetryAfter)
			tooMany.Op = op
			simulator.Inject(tooMany)
		},
	}
	s.run(t)
	return s.seen
}

// run makes all calls of the suite.
func (s *contractService) run(t *testing.T) {
	s.seen = new(contractCoverage)
	s.client = s.dialed(t, s.token)
	s.records = s.discover(t)
	t.Run("units", s.units)
	t.Run("reports", s.reports)
	t.Run("alarms", s.alarms)
	t.Run("lives", s.lives)
	t.Run("creations refused", s.creations)
	t.Run("without id", s.withoutID)
	t.Run("logins", s.logins)
	t.Run("too many requests", s.tooMany)
}

// carried returns a request as it gets to the service.
func carried[T any](s *contractService, request T) T {
	if !s.lossy {
		return request
	}
	return new(loss).of(request).(T)
}

// dialed returns a client whose calls are counted, and which does not write to a service that is only to be read.
func (s *contractService) dialed(t *testing.T, token string, opts ...trackunit.Option) *trackunit.Client {
	t.Helper()
	client, err := s.dial(token, append(opts, s.seen.option(), contractGuard(t, s.readOnly))...)
	require.NoError(t, err)
	return client
}

var errContractWrites = errors.New("the service is only to be read")

// contractGuard keeps calls in that would change something, in case that the suite made one.
func contractGuard(t *testing.T, readOnly bool) trackunit.Option {
	return trackunit.WithSOAP(soapclient.WithInterceptors(func(next soapclient.RoundTripper) soapclient.RoundTripper {
		return soapclient.RoundTripperFunc(func(ctx context.Context, call *soapclient.Call) error {
			if readOnly && contractWrites(call.Op.Name) {
				t.Logf("%s was kept in", call.Op.Name)
				return errContractWrites
			}
			return next.RoundTrip(ctx, call)
		})
	}))
}

func contractWrites(op string) bool { return !strings.HasPrefix(op, "Get") }

// A contractOp is a method of the generated port.
type contractOp[Req, Resp any] func(context.Context, *Req, ...soapclient.CallOption) (*Resp, error)

// contractName returns the name of the operation that a request is for, which is that of its type.
func contractName[Req any]() string { return reflect.TypeFor[Req]().Name() }

// contractAsk returns the request to make: the one given, or, of a captured service, which knows no other, the one that was
// captured under a name. It skips what a service must not be asked.
func contractAsk[Req any](t *testing.T, s *contractService, name string, req Req) Req {
	t.Helper()
	if s.readOnly && contractWrites(contractName[Req]()) {
		t.Skip("it would change something")
	}
	if s.recording != nil {
		s.recording.request(t, contractName[Req](), name, any(&req).(xmlwire.Message))
	}
	return req
}

// answered skips the rest of a step if err says that the answer was not captured.
func (s *contractService) answered(t *testing.T, err error) {
	t.Helper()
	if errors.Is(err, errNotCaptured) {
		s.recording.without(t)
	}
}

// contractSucceeds makes a call that must succeed, by the port and by the method of the noun, and hands the request and the
// answer to check. The name is that of the captured exchange, where there is one.
func contractSucceeds[Req, Resp any](t *testing.T, s *contractService, name string, op contractOp[Req, Resp], req Req,
	check func(t *testing.T, req Req, resp *Resp),
) {
	t.Helper()
	t.Run(contractName[Req]()+" "+name, func(t *testing.T) {
		req := contractAsk(t, s, name, req)
		resp, err := op(t.Context(), &req)
		s.answered(t, err)
		require.NoError(t, err)
		require.NotNil(t, resp)
		if reason := s.recording.oddity(contractName[Req](), name); reason != "" {
			t.Skip(reason)
		}
		check(t, req, resp)
		if s.steady && !contractWrites(contractName[Req]()) {
			got := nounCalls[contractName[Req]()](t.Context(), s.client, &req)
			if errors.Is(got.err, errNotCaptured) {
				return // the method asks in other words than those that were captured
			}
			require.NoError(t, got.err)
			assertSameRows(t, contractRows(reflect.ValueOf(resp)), reflect.ValueOf(got.list))
		}
	})
}

// contractRows returns the list of a response.
func contractRows(resp reflect.Value) reflect.Value {
	if resp.Kind() != reflect.Pointer || resp.IsNil() {
		return reflect.Value{}
	}
	if list := resp.Elem().FieldByName("Result"); list.IsValid() {
		return list
	}
	return resp.Elem().FieldByName("List")
}

// assertSameRows compares two lists, of which an empty one is no other than none.
func assertSameRows(t *testing.T, want, got reflect.Value) {
	t.Helper()
	if want.Len()+got.Len() > 0 {
		assert.Equal(t, want.Interface(), got.Interface())
	}
}

// contractRefuses makes a call that must fail with the service's own error, by which of its members is at fault.
func contractRefuses[Req, Resp any](t *testing.T, s *contractService, name string, op contractOp[Req, Resp], req Req, field string) {
	t.Helper()
	contractFails(t, s, name, op, req, func(t *testing.T, err error) {
		e := s.assertStatus(t, err, http.StatusBadRequest)
		assert.Equal(t, field, e.Parameter(), "%v", err)
	})
}

// contractSpan makes a call about a time that is too long, for which the error is documented.
func contractSpan[Req, Resp any](t *testing.T, s *contractService, name string, op contractOp[Req, Resp], req Req, field string) {
	t.Helper()
	contractFails(t, s, name, op, req, func(t *testing.T, err error) {
		assert.ErrorIs(t, err, trackunit.ErrInvalidParameter)
		e := s.assertStatus(t, err, http.StatusBadRequest)
		assert.Equal(t, field, e.Parameter(), "%v", err)
	})
}

// contractMisses makes a call about a record that there is not.
func contractMisses[Req, Resp any](t *testing.T, s *contractService, name string, op contractOp[Req, Resp], req Req, want error) {
	t.Helper()
	contractFails(t, s, name, op, req, func(t *testing.T, err error) { s.assertMissing(t, err, want) })
}

func contractFails[Req, Resp any](t *testing.T, s *contractService, name string, op contractOp[Req, Resp], req Req,
	check func(t *testing.T, err error),
) {
	t.Helper()
	t.Run(contractName[Req]()+" "+name, func(t *testing.T) {
		req := contractAsk(t, s, name, req)
		resp, err := op(t.Context(), &req)
		s.answered(t, err)
		require.Error(t, err)
		assert.Nil(t, resp)
		check(t, err)
	})
}

// assertMissing holds an error to that of a record which there is not.
func (s *contractService) assertMissing(t *testing.T, err, want error) {
	t.Helper()
	assert.ErrorIs(t, err, want)
	assert.ErrorIs(t, err, trackunit.ErrNotFound)
	s.assertStatus(t, err, http.StatusNotFound)
}

// assertStatus holds an error to the form of those that the service itself reports.
func (s *contractService) assertStatus(t *testing.T, err error, status int) *trackunit.StatusError {
	t.Helper()
	var e *trackunit.StatusError
	require.ErrorAs(t, err, &e)
	assert.NotEmpty(t, e.Code)
	assert.NotEmpty(t, e.Message)
	assert.Equal(t, status, e.HTTPStatus)
	assert.NotContains(t, err.Error(), s.token)
	var op *soapclient.OpError
	assert.ErrorAs(t, err, &op)
	return e
}
