package trackunittest

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/soapfirst/trackunit/soapserver"
)

// AdminPath is the path beneath which a Service with WithAdmin can be driven from outside, in JSON:
//
//	GET    /admin/faults   how many faults can still strike: {"left": 2}
//	POST   /admin/faults   injects one FaultSpec, or a list of them
//	DELETE /admin/faults   takes back all that have not struck
//	GET    /admin/now      the present of the fleet: {"now": "2026-03-02T12:00:00Z"}
//	PUT    /admin/now      moves it, to a "now" or by an "advance" such as "1h30m"
//
// Requests bring the token of WithAdmin in the header Authorization: Bearer …; it is not the token of the service. Success
// has status 200; what cannot be done has 400 and {"error": "…"}.
const AdminPath = "/admin"

// WithAdmin opens AdminPath to those who know a token. By default, and for an empty token, there is nothing there.
func WithAdmin(token string) Option { return func(c *config) { c.admin = token } }

// A FaultSpec is a Fault in JSON. Each member is what the field of that name is; what is left out is zero.
type FaultSpec struct {
	Op       string      `json:"op,omitempty"`
	Skip     int         `json:"skip,omitempty"`
	Times    int         `json:"times,omitempty"`
	Every    int         `json:"every,omitempty"`
	Delay    string      `json:"delay,omitempty"` // such as "1.5s"
	Applied  bool        `json:"applied,omitempty"`
	Stall    bool        `json:"stall,omitempty"`
	Reset    bool        `json:"reset,omitempty"`
	Fault    string      `json:"fault,omitempty"` // the reason of a SOAP fault
	Code     string      `json:"code,omitempty"`
	Message  string      `json:"message,omitempty"`
	Field    string      `json:"field,omitempty"`
	Empty    bool        `json:"emptyBody,omitempty"`
	Status   int         `json:"status,omitempty"`
	Header   http.Header `json:"header,omitempty"`
	Body     string      `json:"body,omitempty"`
	CutAfter int         `json:"cutAfter,omitempty"`
}

// Make returns the Fault. It fails for values that no Fault can have.
func (spec FaultSpec) Make() (Fault, error) {
	f := Fault{
		Op: spec.Op, Skip: spec.Skip, Times: spec.Times, Every: spec.Every, Applied: spec.Applied, Stall: spec.Stall, Reset: spec.Reset,
		Code: spec.Code, Message: spec.Message, Field: spec.Field, EmptyBody: spec.Empty, Status: spec.Status, Header: spec.Header,
		Body: spec.Body, CutAfter: spec.CutAfter,
	}
	if spec.Fault != "" {
		f.SOAP = &soapserver.Fault{Reason: spec.Fault}
	}
	if spec.Delay != "" {
		d, err := time.ParseDuration(spec.Delay)
		if err != nil || d < 0 {
			return f, fmt.Errorf("the delay %q is no length of time: write it as 1.5s", spec.Delay)
		}
		f.Delay = d
	}
	switch {
	case spec.Op != "" && operationNamed(spec.Op) != spec.Op:
		return f, fmt.Errorf("there is no operation %q", spec.Op)
	case spec.Skip < 0 || spec.Every < 0 || spec.CutAfter < 0:
		return f, errors.New("skip, every and cutAfter must not be negative")
	case spec.Status != 0 && (spec.Status < 200 || spec.Status > 599):
		return f, fmt.Errorf("the status %d is none that an answer can have", spec.Status)
	}
	return f, nil
}

// isAdmin reports whether a path is for the admin endpoint of a service that has one.
func (s *Service) isAdmin(path string) bool {
	return s.config.admin != "" && strings.HasPrefix(path, AdminPath+"/")
}

func (s *Service) serveAdmin(w http.ResponseWriter, r *http.Request) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || subtle.ConstantTimeCompare([]byte(token), []byte(s.config.admin)) != 1 {
		w.Header().Set("WWW-Authenticate", `Bearer realm="admin"`)
		answerJSON(w, http.StatusUnauthorized, map[string]string{"error": "the token is not that of the admin endpoint"})
		return
	}
	act := map[string]func(*http.Request) (any, error){
		"GET /faults": s.showFaults, "POST /faults": s.addFaults, "DELETE /faults": s.clearFaults,
		"GET /now": s.showNow, "PUT /now": s.moveNow,
	}[r.Method+" "+strings.TrimPrefix(r.URL.Path, AdminPath)]
	if act == nil {
		answerJSON(w, http.StatusNotFound, map[string]string{"error": "there is nothing to do by this method and path"})
		return
	}
	answer, err := act(r)
	if err != nil {
		answerJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	answerJSON(w, http.StatusOK, answer)
}

func answerJSON(w http.ResponseWriter, status int, v any) {
	text, err := json.Marshal(v)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte("{}")
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(text, '\n')) // an error is the client's having gone
}

// readJSON reads the body of a request, in which no member may be unknown: a misspelt one would be a fault that never strikes.
func readJSON(r *http.Request, v any) error {
	const most = 1 << 20
	d := json.NewDecoder(http.MaxBytesReader(nil, r.Body, most))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("reading the request: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("reading the request: more content where it should end")
	}
	return nil
}

func (s *Service) showFaults(*http.Request) (any, error) {
	return map[string]int{"left": s.Faults()}, nil
}

func (s *Service) clearFaults(r *http.Request) (any, error) {
	s.ClearFaults()
	return s.showFaults(r)
}

func (s *Service) addFaults(r *http.Request) (any, error) {
	var text json.RawMessage
	if err := readJSON(r, &text); err != nil {
		return nil, err
	}
	if text[0] != '[' {
		text = append(append(json.RawMessage("["), text...), ']')
	}
	var specs []FaultSpec
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(&specs); err != nil {
		return nil, fmt.Errorf("reading the request: %w", err)
	}
	faults := make([]Fault, len(specs))
	for i, spec := range specs {
		var err error
		if faults[i], err = spec.Make(); err != nil {
			return nil, fmt.Errorf("fault %d: %w", i+1, err)
		}
	}
	s.Inject(faults...)
	return s.showFaults(r)
}

func (s *Service) showNow(*http.Request) (any, error) {
	return map[string]time.Time{"now": s.fleet.Now()}, nil
}

func (s *Service) moveNow(r *http.Request) (any, error) {
	var to struct {
		Now     time.Time `json:"now"`
		Advance string    `json:"advance"`
	}
	if err := readJSON(r, &to); err != nil {
		return nil, err
	}
	switch {
	case to.Now.IsZero() == (to.Advance == ""):
		return nil, errors.New("give either now or advance")
	case to.Advance == "":
		s.fleet.SetNow(to.Now)
	default:
		d, err := time.ParseDuration(to.Advance)
		if err != nil {
			return nil, fmt.Errorf("advance %q is no length of time: write it as 1h30m", to.Advance)
		}
		s.fleet.SetNow(s.fleet.Now().Add(d))
	}
	return s.showNow(r)
}
