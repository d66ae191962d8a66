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

// BasePath is the path beneath which a Service answers: SOAP 1.1 at BasePath/soap11, SOAP 1.2 at BasePath/soap12, REST at the
// routes of its operations and at BasePath/json/reply and BasePath/xml/reply, pages that describe it at BasePath/metadata.
const BasePath = "/public"

// A Service is the simulated service as an http.Handler. It is safe for concurrent use.
type Service struct {
	fleet     *Fleet
	config    *config
	soap11    *soapserver.Handler
	soap12    *soapserver.Handler
	injection injection
	gate      *gate
}

// NewService returns a Service. Nothing has to be closed.
func NewService(opts ...Option) *Service {
	c := newConfig(opts)
	s := &Service{fleet: c.fleet, config: c, gate: newGate(c.rate)}
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
func (s *Service) endpoint(v soapclient.Version, doc, published string) *soapserver.Handler {
	return generated.NewISyncReplyHandler(operations{s.fleet, s.config.bounds},
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
		soapserver.WithErrorHook(s.answerError),
		soapserver.WithLogger(s.config.logger),
	)
}

// ServeHTTP implements http.Handler.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec, r := s.record(w, r)
	defer rec.finish()
	if s.isAdmin(r.URL.Path) {
		s.serveAdmin(rec, r)
		return
	}
	path, ok := belowBase(r.URL.Path)
	if !ok {
		sendNotFound(rec)
		return
	}
	if endpoint := s.endpointAt(path); endpoint != nil {
		s.serveSOAP(rec, r, endpoint)
	} else if page := s.metadataPage(r, path); page != nil {
		page(rec)
	} else if call := restCallOf(r, path); call == nil {
		sendNotFound(rec)
	} else if !s.admits(r) {
		refuse(rec, "")
	} else {
		s.serveREST(rec, r, call)
	}
}

func (s *Service) serveSOAP(w http.ResponseWriter, r *http.Request, endpoint http.Handler) {
	switch {
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		endpoint.ServeHTTP(w, r) // the WSDL is for everybody
	case !s.admits(r):
		media := "text/xml; charset=utf-8"
		if endpoint == s.soap12 {
			media = "application/soap+xml; charset=utf-8"
		}
		refuse(w, media)
	default:
		if r.Method != http.MethodPost { // any other method is a call too
			r.Method = http.MethodPost
		}
		endpoint.ServeHTTP(w, r)
	}
}

// belowBase returns the rest of a path below BasePath, whose case does not matter.
func belowBase(path string) (rest string, ok bool) {
	if len(path) < len(BasePath) || !strings.EqualFold(path[:len(BasePath)], BasePath) {
		return "", false
	}
	rest = path[len(BasePath):]
	return rest, rest == "" || rest[0] == '/'
}

// endpointAt returns the endpoint of SOAP at a path below the base, whose case does not matter, or nil.
func (s *Service) endpointAt(path string) http.Handler {
	switch strings.TrimSuffix(strings.ToLower(path), "/wsdl") {
	case "/soap11":
		return s.soap11
	case "/soap12":
		return s.soap12
	}
	return nil
}

// sendNotFound answers as ServiceStack does where there is nothing.
func sendNotFound(w http.ResponseWriter) {
	sendREST(w, http.StatusNotFound, "text/plain; charset=utf-8", []byte("404"))
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

// admits reports whether a request may go on to its operation, which itself refuses those without a token if it is to.
func (s *Service) admits(r *http.Request) bool {
	return s.config.refusal == RefuseInService || s.authorized(r)
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
func refuse(w http.ResponseWriter, media string) {
	h := w.Header()
	h.Set("WWW-Authenticate", `Basic realm="Trackunit API"`)
	h.Set("Vary", "Accept")
	if media != "" {
		h.Set("Content-Type", media)
	}
	h.Set("Content-Length", "0")
	w.WriteHeader(http.StatusUnauthorized)
}
