package search_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/search"
	"github.com/soapfirst/trackunit/soapclient"
)

// service serves Find and Touch, and leaves Status unimplemented.
type service struct {
	search.UnimplementedSearchServer
	touched []string
}

func (s *service) Find(_ context.Context, req *search.Find) (*search.FindResponse, error) {
	if req.Text == "" {
		return nil, errors.New("nothing to look for")
	}
	var resp search.FindResponse
	for word := range strings.FieldsSeq(req.Text) {
		resp.Hit = append(resp.Hit, search.Hit{URL: "http://" + word})
	}
	resp.Total = int32(len(resp.Hit))
	return &resp, nil
}

func (s *service) Touch(_ context.Context, req *search.Touch) error {
	s.touched = append(s.touched, req.Text)
	return nil
}

// A transport carries requests to a handler without a network.
type transport struct{ handler http.Handler }

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	t.handler.ServeHTTP(rec, req)
	return rec.Result(), nil
}

// clients returns a client for each version of SOAP, over HTTP, and the service they call.
func clients(t *testing.T) (map[string]*search.SearchClient, *service) {
	t.Helper()
	s := new(service)
	hc := &http.Client{Transport: transport{search.NewSearchHandler(s)}}
	out := map[string]*search.SearchClient{}
	for _, b := range []soapclient.Binding{search.SearchSoap, search.SearchSoap12} {
		c, err := soapclient.New(b, soapclient.WithHTTPClient(hc), soapclient.WithEndpoint("http://search.example/soap"))
		require.NoError(t, err)
		out[b.Name] = search.NewSearchClient(c)
	}
	return out, s
}

func TestCall(t *testing.T) {
	all, _ := clients(t)
	for name, client := range all {
		t.Run(name, func(t *testing.T) {
			resp, err := client.Find(t.Context(), &search.Find{Text: "a b"})
			require.NoError(t, err)
			assert.Equal(t, &search.FindResponse{Hit: []search.Hit{{URL: "http://a"}, {URL: "http://b"}}, Total: 2}, resp)
		})
	}
}

func TestStream(t *testing.T) {
	all, _ := clients(t)
	for name, client := range all {
		t.Run(name, func(t *testing.T) {
			var urls []string
			for hit, err := range client.FindStream(t.Context(), &search.Find{Text: "a b c"}) {
				require.NoError(t, err)
				urls = append(urls, hit.URL)
			}
			assert.Equal(t, []string{"http://a", "http://b", "http://c"}, urls)
		})
	}
}

func TestErrorsAreOpErrors(t *testing.T) {
	all, _ := clients(t)
	for name, client := range all {
		t.Run(name, func(t *testing.T) {
			_, err := client.Find(t.Context(), &search.Find{})
			var opErr *soapclient.OpError
			require.ErrorAs(t, err, &opErr)
			assert.Equal(t, "Find", opErr.Op)
			var fault *soapclient.FaultError
			assert.ErrorAs(t, err, &fault)

			_, err = client.Status(t.Context(), &search.StatusRequest{})
			assert.ErrorAs(t, err, &fault)

			for _, err := range client.FindStream(t.Context(), &search.Find{}) {
				assert.ErrorAs(t, err, &fault)
			}
		})
	}
}

func TestOneWay(t *testing.T) {
	all, s := clients(t)
	for name, client := range all {
		require.NoError(t, client.Touch(t.Context(), &search.Touch{Text: name}))
	}
	assert.ElementsMatch(t, []string{"SearchSoap", "SearchSoap12"}, s.touched)
}
