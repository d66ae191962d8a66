package soapserver_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/internal/parcels"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
)

const (
	ns11 = "http://schemas.xmlsoap.org/soap/envelope/"
	ns12 = "http://www.w3.org/2003/05/soap-envelope"
)

// A depot is the service of these tests.
type depot struct {
	parcels.UnimplementedServer
	get     func(context.Context, *parcels.GetParcels) (*parcels.GetParcelsResponse, error)
	dropped []string
}

func (d *depot) GetParcels(ctx context.Context, req *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
	if d.get != nil {
		return d.get(ctx, req)
	}
	return &parcels.GetParcelsResponse{List: []parcels.Parcel{{ID: "of " + req.Depot.Or("all"), Weight: 1}}}, nil
}

func (d *depot) Drop(_ context.Context, req *parcels.Drop) error {
	d.dropped = append(d.dropped, req.ID)
	return nil
}

// quiet keeps the logger of failing handlers out of the test's output.
var quiet = soapserver.WithLogger(slog.New(slog.DiscardHandler))

func failing(err error, opts ...soapserver.Option) http.Handler {
	return parcels.NewHandler(&depot{get: func(context.Context, *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
		return nil, err
	}}, append(opts, quiet)...)
}

// call calls GetParcels with the client of this module.
func call(t *testing.T, h http.Handler, b soapclient.Binding, opts ...soapclient.CallOption) (*parcels.GetParcelsResponse, error) {
	t.Helper()
	c, err := soapclient.New(b, soapclient.WithHTTPClient(memhttp.NewClient(h)))
	require.NoError(t, err)
	return parcels.NewClient(c).GetParcels(t.Context(), &parcels.GetParcels{Depot: xmlwire.Some("Odense")}, opts...)
}

var bindings = []soapclient.Binding{parcels.Binding11, parcels.Binding12}

// post sends body as it is.
func post(h http.Handler, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", "text/xml; charset=utf-8")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func envelope(ns, content string) string {
	return `<s:Envelope xmlns:s="` + ns + `"><s:Body>` + content + `</s:Body></s:Envelope>`
}

const getOdense = `<GetParcels xmlns="urn:parcels"><Depot>Odense</Depot></GetParcels>`

func TestBothVersions(t *testing.T) {
	d := new(depot)
	h := parcels.NewHandler(d)
	for _, b := range bindings {
		resp, err := call(t, h, b)
		require.NoError(t, err)
		assert.Equal(t, "of Odense", resp.List[0].ID)

		c, err := soapclient.New(b, soapclient.WithHTTPClient(memhttp.NewClient(h)))
		require.NoError(t, err)
		require.NoError(t, parcels.NewClient(c).Drop(t.Context(), &parcels.Drop{ID: b.Name}))
		_, err = parcels.NewClient(c).SendParcel(t.Context(), &parcels.SendParcel{})
		var fault *soapclient.FaultError
		require.ErrorAs(t, err, &fault)
		assert.Equal(t, "the operation SendParcel is not implemented", fault.Reason)
	}
	assert.Equal(t, []string{"Parcels11", "Parcels12"}, d.dropped)
}

func TestAnswerOnTheWire(t *testing.T) {
	h := parcels.NewHandler(new(depot))
	for ns, contentType := range map[string]string{ns11: "text/xml; charset=utf-8", ns12: "application/soap+xml; charset=utf-8"} {
		w := post(h, envelope(ns, getOdense))
		assert.Equal(t, 200, w.Code)
		assert.Equal(t, contentType, w.Header().Get("Content-Type"))
		assert.True(t, strings.HasPrefix(w.Body.String(), `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="`+ns+`"><s:Body><GetParcelsResponse xmlns="urn:parcels"`), w.Body)
	}
	w := post(h, envelope(ns11, `<Drop xmlns="urn:parcels"><Id>1</Id></Drop>`))
	assert.Equal(t, http.StatusAccepted, w.Code)
	assert.Empty(t, w.Body)
}

func TestRequestForms(t *testing.T) {
	h := parcels.NewHandler(new(depot))
	var zipped bytes.Buffer
	zip := gzip.NewWriter(&zipped)
	_, _ = io.WriteString(zip, envelope(ns11, getOdense))
	_ = zip.Close()
	tests := map[string]*httptest.ResponseRecorder{
		"gzip":            post(h, zipped.String(), "Content-Encoding", "gzip"),
		"latin-1":         post(h, strings.Replace(envelope(ns11, getOdense), "Odense", "\xD8lby", 1), "Content-Type", "text/xml; charset=iso-8859-1"),
		"byte order mark": post(h, "\uFEFF"+envelope(ns11, getOdense)),
		"header":          post(h, `<s:Envelope xmlns:s="`+ns11+`"><s:Header><a/></s:Header><s:Body>`+getOdense+`</s:Body></s:Envelope>`),
		"bare action":     post(h, envelope(ns11, getOdense), "SOAPAction", "GetParcels"),
		"empty action":    post(h, envelope(ns11, getOdense), "SOAPAction", `""`),
		"no content type": post(h, envelope(ns11, getOdense), "Content-Type", ""),
	}
	for name, w := range tests {
		assert.Equal(t, 200, w.Code, "%s: %s", name, w.Body)
	}
	assert.Contains(t, tests["latin-1"].Body.String(), "Ølby")
}

func TestRequestsThatAreRefused(t *testing.T) {
	h := parcels.NewHandler(new(depot), soapserver.WithMaxRequestBytes(1000), quiet)
	tests := []struct {
		name   string
		w      *httptest.ResponseRecorder
		status int
		want   string
	}{
		{"not XML", post(h, "hello"), 500, "s:Client</faultcode><faultstring>the request cannot be read: /: offset 0: text before the root element"},
		{"empty", post(h, ""), 500, "s:Client</faultcode><faultstring>the request cannot be read"},
		{"empty, 1.2", post(h, "", "Content-Type", "application/soap+xml"), 400, "<s:Value>s:Sender</s:Value>"},
		{"no envelope", post(h, "<a/>"), 500, "the root element is a, not a SOAP envelope"},
		{"version", post(h, envelope("urn:soap-2", getOdense)), 500, "<faultcode>s:VersionMismatch</faultcode>"},
		{"empty body", post(h, envelope(ns11, "")), 500, "the body of the request is empty"},
		{"unknown operation", post(h, envelope(ns12, `<Fly xmlns="urn:parcels"/>`)), 400, "there is no operation for the element {urn:parcels}Fly"},
		{"wrong namespace", post(h, envelope(ns12, `<GetParcels xmlns="urn:other"/>`)), 400, "there is no operation for the element {urn:other}GetParcels"},
		{"a fault", post(h, envelope(ns12, `<s:Fault/>`)), 400, "the request is a fault"},
		{"bad value", post(h, envelope(ns12, `<SendParcel xmlns="urn:parcels"><Parcel><Weight>heavy</Weight></Parcel></SendParcel>`)), 400, "expected a number"},
		{"two payloads", post(h, envelope(ns12, getOdense+getOdense)), 400, "a second element in the body"},
		{"cut off", post(h, envelope(ns12, getOdense)[:120]), 400, "the document ends inside"},
		{"doctype", post(h, "<!DOCTYPE a>"+envelope(ns11, getOdense)), 500, "a DOCTYPE"},
		{"action of another operation", post(h, envelope(ns12, getOdense), "Content-Type", `application/soap+xml; action="urn:parcels/SendParcel"`), 400, `the action &#34;urn:parcels/SendParcel&#34; is not that of the operation GetParcels`},
		{"too long", post(h, envelope(ns12, strings.Repeat(" ", 1000)+getOdense)), 413, "longer than the limit of 1000 bytes"},
		{"charset", post(h, envelope(ns12, getOdense), "Content-Type", "application/soap+xml; charset=klingon"), 415, "the character set"},
		{"coding", post(h, envelope(ns12, getOdense), "Content-Encoding", "br"), 415, "the content coding"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.status, test.w.Code)
			body := strings.ReplaceAll(test.w.Body.String(), `"`, "&#34;")
			assert.Contains(t, body, strings.ReplaceAll(test.want, `"`, "&#34;"))
			assert.Contains(t, body, "s:Fault")
		})
	}
}

func TestFaults(t *testing.T) {
	fault := &soapserver.Fault{
		Code: soapserver.Sender, Reason: "no depot <Odense>", Actor: "urn:depots",
		Detail: []soapserver.Detail{{Name: xmlwire.Name{Space: parcels.Space, Local: "NoSuchDepot"}, Message: &parcels.NoSuchDepot{Depot: "Odense"}}},
	}
	for i, b := range bindings {
		_, err := call(t, failing(fault), b)
		var got *soapclient.FaultError
		require.ErrorAs(t, err, &got)
		assert.Equal(t, b.Version, got.Version)
		assert.True(t, got.Sender())
		assert.Equal(t, "no depot <Odense>", got.Reason)
		assert.Equal(t, "urn:depots", got.Actor)
		assert.Equal(t, []int{500, 400}[i], got.Status)
		var detail parcels.NoSuchDepot
		ok, err := got.DecodeDetail(xmlwire.Name{Space: parcels.Space, Local: "NoSuchDepot"}, &detail)
		require.NoError(t, err)
		assert.True(t, ok)
		assert.Equal(t, "Odense", detail.Depot)
	}
	_, err := call(t, failing(&soapserver.Fault{Reason: "later", HTTPStatus: 503}), parcels.Binding11)
	assert.ErrorIs(t, err, soapclient.ErrUnavailable)
}

// What a client is not to know goes to the logger.
func TestOtherErrorsStayInside(t *testing.T) {
	tests := map[string]func(context.Context, *parcels.GetParcels) (*parcels.GetParcelsResponse, error){
		"error": func(context.Context, *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
			return nil, errors.New("the secret of the database")
		},
		"panic": func(context.Context, *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
			panic("the secret of the database")
		},
		"fault with a cause": func(context.Context, *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
			return nil, &soapserver.Fault{Reason: "the server failed to carry out the request", Err: errors.New("the secret of the database")}
		},
	}
	for name, get := range tests {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			h := parcels.NewHandler(&depot{get: get}, soapserver.WithLogger(logger))
			for _, ns := range []string{ns11, ns12} {
				w := post(h, envelope(ns, getOdense))
				assert.Equal(t, 500, w.Code)
				assert.Contains(t, w.Body.String(), "the server failed to carry out the request")
				assert.NotContains(t, w.Body.String(), "secret")
			}
			assert.Contains(t, log.String(), "the secret of the database")
			assert.Contains(t, log.String(), "op=GetParcels")
		})
	}
}

func TestMethodThatReturnsNothing(t *testing.T) {
	_, err := call(t, failing(nil), parcels.Binding11)
	assert.ErrorContains(t, err, "the server failed")
}

func TestAnswerThatHasNoXML(t *testing.T) {
	h := parcels.NewHandler(&depot{get: func(context.Context, *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
		return &parcels.GetParcelsResponse{List: []parcels.Parcel{{ID: "\x00"}}}, nil
	}}, quiet)
	_, err := call(t, h, parcels.Binding11)
	assert.ErrorContains(t, err, "the server failed")
	_, err = call(t, failing(&soapserver.Fault{Reason: "\x00"}), parcels.Binding12)
	assert.ErrorContains(t, err, "the server failed")
}

func TestAbort(t *testing.T) {
	h := parcels.NewHandler(&depot{get: func(context.Context, *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
		panic(http.ErrAbortHandler)
	}})
	_, err := call(t, h, parcels.Binding11)
	assert.ErrorIs(t, err, io.EOF, "the connection breaks")
}

func TestPlainError(t *testing.T) {
	_, err := call(t, failing(&soapserver.PlainError{Status: 401, Header: http.Header{"Www-Authenticate": {"Basic"}}}), parcels.Binding11)
	var httpErr *soapclient.HTTPError
	require.ErrorAs(t, err, &httpErr)
	assert.Equal(t, soapclient.EmptyContent, httpErr.Kind)
	assert.ErrorIs(t, err, soapclient.ErrUnauthorized)
	assert.Equal(t, "Basic", httpErr.Header.Get("WWW-Authenticate"))
}

func TestMustUnderstand(t *testing.T) {
	ticket := soapclient.HeaderBlock{
		Name: xmlwire.Name{Space: parcels.Space, Local: "Ticket"}, Message: &parcels.Ticket{Number: "7"}, MustUnderstand: true,
	}
	optional, elsewhere, next := ticket, ticket, ticket
	optional.MustUnderstand = false
	elsewhere.Role = "urn:someone-else"
	next.Role = "http://schemas.xmlsoap.org/soap/actor/next"
	plain := parcels.NewHandler(new(depot), quiet)

	for _, b := range bindings {
		for _, block := range []soapclient.HeaderBlock{ticket, next} {
			var info soapclient.ResponseInfo
			_, err := call(t, plain, b, soapclient.WithSOAPHeader(block), soapclient.WithResponse(&info))
			var fault *soapclient.FaultError
			require.ErrorAs(t, err, &fault)
			assert.Equal(t, "MustUnderstand", fault.Code.Local)
			assert.Equal(t, "not understood: the header {urn:parcels}Ticket", fault.Reason)
			assert.Equal(t, 500, fault.Status)
			if b.Version == soapclient.SOAP12 {
				require.Len(t, info.SOAPHeader, 1)
				assert.Equal(t, xmlwire.Name{Space: ns12, Local: "NotUnderstood"}, info.SOAPHeader[0].Name())
			}
		}
		for _, block := range []soapclient.HeaderBlock{optional, elsewhere} {
			_, err := call(t, plain, b, soapclient.WithSOAPHeader(block))
			assert.NoError(t, err)
		}
		_, err := call(t, parcels.NewHandler(new(depot), soapserver.WithUnderstood(ticket.Name)), b, soapclient.WithSOAPHeader(ticket))
		assert.NoError(t, err)
		_, err = call(t, parcels.NewHandler(new(depot), soapserver.WithIgnoreMustUnderstand()), b, soapclient.WithSOAPHeader(ticket))
		assert.NoError(t, err)
	}
}

func TestVersionPinned(t *testing.T) {
	h := parcels.NewHandler(new(depot), soapserver.WithVersion(soapclient.SOAP12), quiet)
	_, err := call(t, h, parcels.Binding12)
	require.NoError(t, err)
	_, err = call(t, h, parcels.Binding11)
	var fault *soapclient.FaultError
	require.ErrorAs(t, err, &fault)
	assert.Equal(t, soapclient.SOAP12, fault.Version)
	assert.Equal(t, "VersionMismatch", fault.Code.Local)
	assert.Equal(t, "this endpoint speaks SOAP 1.2, the request is SOAP 1.1", fault.Reason)
}

func TestInterceptors(t *testing.T) {
	var order []string
	note := func(name string) soapserver.Interceptor {
		return func(next soapserver.Endpoint) soapserver.Endpoint {
			return func(ctx context.Context, ex *soapserver.Exchange) error {
				assert.Equal(t, "GetParcels", ex.Op.Name)
				assert.IsType(t, &parcels.GetParcels{}, ex.Req)
				assert.Equal(t, "urn:parcels/GetParcels", ex.Action)
				order = append(order, name)
				err := next(ctx, ex)
				assert.IsType(t, &parcels.GetParcelsResponse{}, ex.Resp)
				ex.Header.Set("X-"+name, "1")
				ex.RespHeaders = append(ex.RespHeaders, soapclient.HeaderBlock{Raw: xmlwire.Raw("<" + name + "/>")})
				ex.Status = 203
				return err
			}
		}
	}
	d := &depot{get: func(ctx context.Context, _ *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
		soapserver.FromContext(ctx).Header.Set("X-Method", "1")
		return new(parcels.GetParcelsResponse), nil
	}}
	h := parcels.NewHandler(d, soapserver.WithInterceptors(note("a")), soapserver.WithInterceptors(note("b"), note("c")))
	var info soapclient.ResponseInfo
	_, err := call(t, h, parcels.Binding11, soapclient.WithResponse(&info))
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b", "c"}, order)
	assert.Equal(t, 203, info.Status)
	assert.Len(t, info.SOAPHeader, 3)
	for _, key := range []string{"X-A", "X-B", "X-C", "X-Method"} {
		assert.Equal(t, "1", info.Header.Get(key), key)
	}
	assert.Nil(t, soapserver.FromContext(t.Context()))
}

// A service with an accent of its own turns errors into answers.
func TestErrorHook(t *testing.T) {
	hook := func(ex *soapserver.Exchange, err error) error {
		resp, ok := ex.NewResp().(*parcels.GetParcelsResponse)
		if !ok {
			return &soapserver.PlainError{Status: 500, Body: []byte("<html>" + err.Error())}
		}
		resp.Status = xmlwire.Some(parcels.Status{Code: "failed", Message: err.Error()})
		ex.Resp = resp
		ex.Header.Set("X-Status", "404")
		return nil
	}
	h := failing(errors.New("no such depot"), soapserver.WithErrorHook(hook))
	var info soapclient.ResponseInfo
	resp, err := call(t, h, parcels.Binding11, soapclient.WithResponse(&info))
	require.NoError(t, err)
	assert.Equal(t, "no such depot", resp.Status.Value().Message)
	assert.Equal(t, "404", info.Header.Get("X-Status"))

	w := post(h, envelope(ns11, `<GetParcels xmlns="urn:parcels"><Depot><a/></Depot></GetParcels>`))
	assert.Equal(t, 200, w.Code, "the operation is known, the request cannot be read: %s", w.Body)
	w = post(h, "hello")
	assert.Equal(t, 500, w.Code)
	assert.Contains(t, w.Body.String(), "<html>soap fault Sender")
}

func TestDispatch(t *testing.T) {
	byAction := func(ex *soapserver.Exchange, root xmlwire.Name) string {
		return ex.Action[strings.LastIndexByte(ex.Action, '/')+1:]
	}
	h := parcels.NewHandler(new(depot), soapserver.WithDispatch(byAction), soapserver.WithIgnoreAction(), quiet)
	assert.Equal(t, 200, post(h, envelope(ns11, getOdense)).Code, "no action: the usual rule")
	assert.Equal(t, 200, post(h, envelope(ns11, getOdense), "SOAPAction", `"urn:x/GetParcels"`).Code)
	w := post(h, envelope(ns11, getOdense), "SOAPAction", `"urn:x/SendParcel"`)
	assert.Contains(t, w.Body.String(), "the body of the request holds {urn:parcels}GetParcels where {urn:parcels}SendParcel should be")
	assert.Equal(t, 500, post(h, envelope(ns11, getOdense), "SOAPAction", `"urn:x/Fly"`).Code)
}

func TestIgnoreAction(t *testing.T) {
	h := parcels.NewHandler(new(depot), soapserver.WithIgnoreAction())
	assert.Equal(t, 200, post(h, envelope(ns11, getOdense), "SOAPAction", "nonsense").Code)
}

// Operations that share their element are told apart by the action.
func TestSharedElement(t *testing.T) {
	method := func(name string) soapserver.Method {
		op := parcels.OpGetParcels
		op.Name, op.Action = name, "urn:"+name
		return soapserver.NewMethod(&op, func(context.Context, *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
			return &parcels.GetParcelsResponse{List: []parcels.Parcel{{ID: name}}}, nil
		})
	}
	h := soapserver.New([]soapserver.Method{method("one"), method("two")})
	assert.Contains(t, post(h, envelope(ns11, getOdense), "SOAPAction", "urn:two").Body.String(), "<Id>two</Id>")
	assert.Contains(t, post(h, envelope(ns11, getOdense)).Body.String(), "<Id>one</Id>")
}

func TestReadAndWriteOptions(t *testing.T) {
	answer := &depot{get: func(context.Context, *parcels.GetParcels) (*parcels.GetParcelsResponse, error) {
		return new(parcels.GetParcelsResponse), nil
	}}
	h := parcels.NewHandler(answer, soapserver.WithReadOptions(xmlwire.ReadOptions{Limits: xmlwire.Limits{Depth: 2}}), quiet)
	assert.Contains(t, post(h, envelope(ns11, getOdense)).Body.String(), "Depth")
	h = parcels.NewHandler(answer, soapserver.WithWriteOptions(xmlwire.WriteOptions{AbsentAsNil: true}))
	assert.Contains(t, post(h, envelope(ns11, getOdense)).Body.String(), `nil="true"`)
}

func TestOtherVerbs(t *testing.T) {
	h := parcels.NewHandler(new(depot))
	for _, verb := range []string{http.MethodGet, http.MethodPut, http.MethodHead} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(verb, "/", nil))
		assert.Equal(t, http.StatusMethodNotAllowed, w.Code)
		assert.Equal(t, "POST", w.Header().Get("Allow"))
	}

	broken := false
	h = parcels.NewHandler(new(depot), quiet, soapserver.WithWSDL(func(r *http.Request) ([]byte, error) {
		if broken {
			return nil, errors.New("no file")
		}
		return []byte("<definitions>" + r.Host + "</definitions>"), nil
	}))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/?wsdl", nil))
	assert.Equal(t, 200, w.Code)
	assert.Equal(t, "text/xml; charset=utf-8", w.Header().Get("Content-Type"))
	assert.Equal(t, "<definitions>example.com</definitions>", w.Body.String())
	w = httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/", nil))
	assert.Equal(t, "38", w.Header().Get("Content-Length"))
	assert.Empty(t, w.Body)
	broken = true
	w = httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	assert.Equal(t, 500, w.Code)
	assert.NotContains(t, w.Body.String(), "no file")
}

func TestUnimplemented(t *testing.T) {
	assert.ErrorIs(t, soapserver.Unimplemented(&parcels.OpDrop), soapserver.ErrNotImplemented)
}
