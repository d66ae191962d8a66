package trackunittest

import (
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
	"github.com/soapfirst/trackunit/wsdl"
)

// BasePath is the path beneath which a Service answers: SOAP 1.1 at BasePath/soap11 and SOAP 1.2 at BasePath/soap12.
const BasePath = "/public"

// A Service is the simulated service as an http.Handler. It is safe for concurrent use.
type Service struct {
	fleet     *Fleet
	config    *config
	soap11    http.Handler
	soap12    http.Handler
	injection injection
}

// NewService returns a Service. Nothing has to be closed.
func NewService(opts ...Option) *Service {
	c := newConfig(opts)
	s := &Service{fleet: c.fleet, config: c}
	s.soap11 = s.endpoint(soapclient.SOAP11, wsdl.SOAP11, generated.BasicHttpBindingISyncReply.Address)
	s.soap12 = s.endpoint(soapclient.SOAP12, wsdl.SOAP12, generated.WSHttpBindingISyncReply.Address)
	return s
}

// Fleet returns what the service knows. Changes to it are seen by the next call.
func (s *Service) Fleet() *Fleet { return s.fleet }

// Token returns the token that calls have to bring.
func (s *Service) Token() string { return s.config.token }

// Inject makes calls fail. The faults are used up in the order in which they were injected; see Fault.
func (s *Service) Inject(faults ...Fault) { s.injection.add(faults) }

// Faults returns how many of the faults that were injected can still strike.
func (s *Service) Faults() int { return s.injection.left() }

// ClearFaults takes back all faults that have not struck yet.
func (s *Service) ClearFaults() { s.injection.clear() }

// endpoint makes what answers one version of SOAP.
func (s *Service) endpoint(v soapclient.Version, doc, published string) http.Handler {
	return generated.NewISyncReplyHandler(operations{s.fleet},
		soapserver.WithVersion(v),
		soapserver.WithWSDL(func(r *http.Request) ([]byte, error) {
			return []byte(strings.ReplaceAll(doc, published, ownAddress(r))), nil
		}),
		soapserver.WithDispatch(chooseOperation),
		soapserver.WithIgnoreAction(),
		soapserver.WithIgnoreMustUnderstand(),
		soapserver.WithReadOptions(xmlwire.ReadOptions{InOrder: true}),
		soapserver.WithWriteOptions(xmlwire.WriteOptions{AbsentAsNil: true}),
		soapserver.WithInterceptors(s.intercept),
		soapserver.WithErrorHook(answerError),
		soapserver.WithLogger(s.config.logger),
	)
}

// ServeHTTP implements http.Handler.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec, r := s.record(w, r)
	defer rec.finish()
	endpoint := s.route(r.URL.Path)
	switch {
	case endpoint == nil:
		http.Error(rec, "Handler for Request not found", http.StatusNotFound)
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		endpoint.ServeHTTP(rec, r) // the WSDL is for everybody
	case !s.authorized(r):
		refuse(rec, r)
	default:
		if r.Method != http.MethodPost { // any other method is a call too
			r.Method = http.MethodPost
		}
		endpoint.ServeHTTP(rec, r)
	}
}

// route returns the endpoint at a path, whose case does not matter, or nil.
func (s *Service) route(path string) http.Handler {
	path, ok := strings.CutPrefix(strings.ToLower(path), BasePath)
	if !ok {
		return nil
	}
	switch strings.TrimSuffix(path, "/wsdl") {
	case "/soap11":
		return s.soap11
	case "/soap12":
		return s.soap12
	}
	return nil
}

// ownAddress returns where the request reached the service: the address to publish in its WSDL. Its last part is spelt in
// lower case, however it was asked for.
func ownAddress(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	path := strings.TrimSuffix(strings.ToLower(r.URL.Path), "/wsdl")
	return scheme + "://" + r.Host + path
}

// authorized reports whether a request brings the token: as the password of the user API, or in its URL.
func (s *Service) authorized(r *http.Request) bool {
	user, token, ok := r.BasicAuth()
	if !ok {
		user, token = "API", r.URL.Query().Get("token")
	}
	return user == "API" && subtle.ConstantTimeCompare([]byte(token), []byte(s.config.token)) == 1
}

// refuse answers as ServiceStack does when a filter ends a request for want of a login: with no body, SOAP or not.
func refuse(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("WWW-Authenticate", `Basic realm="Trackunit API"`)
	h.Set("Vary", "Accept")
	h.Set("Content-Type", "text/xml; charset=utf-8")
	if strings.Contains(strings.ToLower(r.URL.Path), "soap12") {
		h.Set("Content-Type", "application/soap+xml; charset=utf-8")
	}
	h.Set("Content-Length", "0")
	w.WriteHeader(http.StatusUnauthorized)
}
