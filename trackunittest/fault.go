package trackunittest

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/soapfirst/trackunit/soapserver"
)

// A Fault is something that goes wrong with calls of operations. It is data: which calls it strikes is counted, never
// drawn by lot, so that a test that passes once passes always.
//
// What happens is said by the first of Stall, Reset, SOAP, Code, EmptyBody and Status that is set. With none of them the
// call is answered as usual, after the Delay, and cut off if CutAfter says so. Functions such as TooManyRequests make the
// usual Faults.
//
// Fetching a WSDL is no call, and neither is a request without a valid token.
type Fault struct {
	// Op is the operation whose calls fail, such as "GetUnit"; empty stands for all.
	Op string
	// Skip lets so many calls of Op pass first.
	Skip int
	// Times is how many calls fail; 0 means one, a negative number all from then on.
	Times int
	// Every lets calls of Op pass between those that fail: with 20 every twentieth does. 0 and 1 let none pass.
	Every int

	// Delay passes before anything else. It ends early when the client gives up.
	Delay time.Duration
	// Applied has the operation carried out before its answer is lost: what is written is written.
	Applied bool

	// Stall never answers: it waits until the client gives up.
	Stall bool
	// Reset breaks the connection without an answer.
	Reset bool
	// SOAP is a SOAP fault, of the kind that the service never sends and proxies and other stacks do.
	SOAP *soapserver.Fault
	// Code is the ErrorCode of a ResponseStatus, with Message and Field (of the one ResponseError; none if empty). Status
	// is then for X-Status; 0 means 400.
	Code, Message, Field string
	// EmptyBody answers with an envelope whose body is empty.
	EmptyBody bool
	// Status, with Header and Body, is an answer of HTTP alone.
	Status int
	Header http.Header
	Body   string

	// CutAfter ends the connection after so many bytes of the answer's body; 0 sends all.
	CutAfter int
}

// TooManyRequests is the answer to a client that asks too often: HTTP 429 that names when to come again.
func TooManyRequests(retryAfter time.Duration) Fault {
	seconds := strconv.Itoa(int(retryAfter.Round(time.Second) / time.Second))
	return Fault{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {seconds}}}
}

// Unauthorized is the answer to a token that is not valid any more: HTTP 401 with an empty body.
func Unauthorized() Fault {
	return Fault{
		Status: http.StatusUnauthorized,
		Header: http.Header{"WWW-Authenticate": {`Basic realm="Trackunit API"`}, "Vary": {"Accept"}},
	}
}

// UnauthorizedStatus is the other form of it, which ServiceStack has for logins that are checked within a service: HTTP 200,
// X-Status 401 and a ResponseStatus.
func UnauthorizedStatus() Fault {
	return Fault{Status: http.StatusUnauthorized, Code: "Unauthorized", Message: "Invalid token"}
}

// ErrorPage is an HTML page in place of an answer, with status 500, 502, 503 and so on.
func ErrorPage(status int) Fault {
	text := strconv.Itoa(status) + " " + http.StatusText(status)
	return Fault{
		Status: status,
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		Body:   "<html><head><title>" + text + "</title></head><body><h1>" + text + "</h1></body></html>",
	}
}

// LoginRedirect sends the client to a login page, as proxies do that guard a service.
func LoginRedirect(location string) Fault {
	return Fault{Status: http.StatusFound, Header: http.Header{"Location": {location}}}
}

// An injection is the faults that are still to strike.
type injection struct {
	mu     sync.Mutex
	faults []Fault
}

func (i *injection) add(faults []Fault) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, f := range faults {
		if f.Times == 0 {
			f.Times = 1
		}
		i.faults = append(i.faults, f)
	}
}

func (i *injection) clear() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.faults = nil
}

func (i *injection) left() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	n := 0
	for _, f := range i.faults {
		if f.Times != 0 {
			n++
		}
	}
	return n
}

// take returns the fault that strikes a call of op, if any. The first that is not used up does; each that lets the call
// pass counts it.
func (i *injection) take(op string) (Fault, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for k := range i.faults {
		f := &i.faults[k]
		switch {
		case f.Op != "" && f.Op != op, f.Times == 0:
		case f.Skip > 0:
			f.Skip--
		default:
			if f.Times > 0 {
				f.Times--
			}
			f.Skip = max(0, f.Every-1)
			return *f, true
		}
	}
	return Fault{}, false
}

// An injectedError is answered as it stands.
type injectedError struct{ err error }

func (e *injectedError) Error() string { return "injected: " + e.err.Error() }

// strike makes a call fail, or has it answered by next.
func (f *Fault) strike(ctx context.Context, ex *soapserver.Exchange, next soapserver.Endpoint) error {
	if err := wait(ctx, f.Delay); err != nil {
		panic(http.ErrAbortHandler) // nobody is left to answer
	}
	recorderOf(ctx).cutAfter = f.CutAfter
	if !f.breaks() {
		return next(ctx, ex)
	}
	if f.Applied {
		_ = next(ctx, ex) // how it went is what the client does not learn
		ex.Resp = nil
	}
	switch {
	case f.Stall:
		<-ctx.Done()
		panic(http.ErrAbortHandler)
	case f.Reset:
		panic(http.ErrAbortHandler)
	case f.SOAP != nil:
		return &injectedError{f.SOAP}
	case f.Code != "":
		return &statusError{status: cmp.Or(f.Status, http.StatusBadRequest), code: f.Code, message: f.Message, field: f.Field}
	case f.EmptyBody:
		return nil
	}
	return &injectedError{&soapserver.PlainError{Status: f.Status, Header: f.Header, Body: []byte(f.Body)}}
}

// breaks reports whether f takes the place of the usual answer.
func (f *Fault) breaks() bool {
	return f.Stall || f.Reset || f.SOAP != nil || f.Code != "" || f.EmptyBody || f.Status != 0
}

// wait waits for d, or until ctx is done, whose error it then returns.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
