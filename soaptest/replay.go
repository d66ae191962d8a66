package soaptest

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/soapfirst/trackunit/internal/exchange"
	"github.com/soapfirst/trackunit/internal/redact"
)

// A recorded is one exchange of a recording.
type recorded struct {
	*exchange.Exchange
	used bool
}

// readRecording reads the files of a folder.
func readRecording(folder string) ([]*recorded, error) {
	files, err := recordingFiles(folder)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s holds no recording: run the test with -record, against the service, to make one", folder)
	}
	var all []*recorded
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		x, err := exchange.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if _, err := x.HTTPResponse(nil); err != nil {
			return nil, fmt.Errorf("%s: the response: %w", file, err)
		}
		x.Name = strings.TrimSuffix(filepath.Base(file), ".txt")
		all = append(all, &recorded{Exchange: x})
	}
	return all, nil
}

// A NoMatchError reports a request that a recording has no answer to. The code under test gets it as it gets errors of a
// network: wrapped by the client.
type NoMatchError struct {
	Request string // what was asked for: the method, the path, and the element in the body
	Folder  string // of the recording
	// Nearest is the name of the recorded exchange whose request is most alike.
	Nearest string
	// Diffs are what makes the request another than that, led by the path of an element: see Diff. Values that are redacted
	// do not show. It is empty if the request was recorded, but asked for more often than that.
	Diffs []string
	// Times is how often the request was recorded.
	Times int
}

func (e *NoMatchError) Error() string {
	if len(e.Diffs) == 0 {
		return fmt.Sprintf("the recording %s has %s %d times, the last in %s.txt, and it was asked for once more; take WithRepeat, or record anew with -record",
			e.Folder, e.Request, e.Times, e.Nearest)
	}
	return fmt.Sprintf("the recording %s has no such request: %s; the nearest is %s.txt, from which it differs:%s\nif that is right, record anew with -record",
		e.Folder, e.Request, e.Nearest, listing(e.Diffs))
}

// replay answers a request from the recording.
func (r *Recorder) replay(req *http.Request, body []byte) (*http.Response, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	x, err := r.find(newAsked(req.Method, req.URL, req.Header, body))
	if err != nil {
		return nil, err
	}
	x.used = true
	return x.HTTPResponse(req)
}

// find returns the first exchange that no request has used, and of those rather one that is the same to the letter, as far
// as canonical XML has letters.
func (r *Recorder) find(a *asked) (*recorded, error) {
	book := r.placeholders()
	var like, used *recorded
	var nearest *NoMatchError
	times, least := 0, 0
	for _, x := range r.recorded {
		rec, err := askedBy(x)
		if err != nil {
			return nil, err
		}
		diffs := r.differs(rec, a, book)
		if len(diffs) == 0 {
			times++
		}
		switch {
		case len(diffs) > 0:
			if n := distance(rec, a, diffs); nearest == nil || n < least {
				nearest, least = &NoMatchError{Nearest: x.Name, Diffs: diffs}, n
			}
		case x.used:
			used = x
		case rec.same(a):
			return x, nil
		case like == nil:
			like = x
		}
	}
	switch {
	case like != nil:
		return like, nil
	case used != nil && r.config.repeat:
		return used, nil
	case used != nil:
		nearest = &NoMatchError{Nearest: used.Name, Times: times}
	}
	nearest.Request, nearest.Folder = a.String(), r.folder
	return nil, nearest
}

// distance says how far two requests are apart. One of the same operation is always nearer.
func distance(rec, a *asked, diffs []string) int {
	const otherOperation = 1 << 20
	if rec.name() != a.name() {
		return otherOperation + len(diffs)
	}
	return len(diffs)
}

// askedBy returns what the request of a recorded exchange asks.
func askedBy(x *recorded) (*asked, error) {
	u, err := url.ParseRequestURI(x.Target)
	if err != nil {
		return nil, fmt.Errorf("%s.txt: the request: %w", x.Name, errors.Unwrap(err))
	}
	return &asked{method: x.Method, url: u, header: x.Header, body: x.Body}, nil
}

// placeholders returns what the recording has in place of values that were redacted.
func (r *Recorder) placeholders() *ledger {
	if r.book != nil {
		return r.book
	}
	book := newLedger()
	collect := func(value string, marked bool) string {
		if value = strings.TrimSpace(value); marked && value != "" {
			book.of[value] = hole
		}
		return value
	}
	for _, x := range r.recorded {
		if rec, err := askedBy(x); err == nil {
			formContent(rec.query()).edit(r.marks, collect)
		}
		contentOf(x.Body, x.Header).edit(r.marks, collect)
		resp, err := x.HTTPResponse(nil)
		if err != nil {
			continue
		}
		if body, err := x.ResponseBody(); err == nil {
			contentOf(body, resp.Header).edit(r.marks, collect)
		}
	}
	book.of[redact.Mark] = hole
	r.book = book
	return book
}
