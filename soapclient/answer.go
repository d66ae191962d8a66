package soapclient

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/soapfirst/trackunit/internal/redact"
	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// An answer is an HTTP response that is being read.
type answer struct {
	client   *Client
	call     *Call
	resp     *http.Response
	secrets  *redact.Scrubber
	patience *patience
	trace    *tracer

	text  *recorder // the content in UTF-8
	head  *head     // what text keeps its beginning in; nil if somebody else will look at it later
	whole bool      // it was read to its end
	lost  bool      // it broke off
}

func (a *answer) success() bool { return a.resp.StatusCode/100 == 2 }

// read reads the answer and returns what it comes to.
func (a *answer) read() error {
	if a.resp.StatusCode/100 == 3 {
		return a.httpError(redirectKind(a.resp.Header.Get("Location")))
	}
	if err := a.open(); err != nil {
		return a.unreadable(err)
	}
	if a.client.format != nil {
		return a.readFormat()
	}
	opts := a.client.read
	in, out := a.call.Op.Input.Space, a.call.Op.Output.Space
	opts.AnyNamespace = opts.AnyNamespace || !xmlwire.IsURI(in) || out != in && !xmlwire.IsURI(out)
	r := soap.NewReader(a.text, opts)
	defer soap.Release(r)
	env, err := soap.Open(r)
	if err != nil {
		return a.notSOAP(err)
	}
	return a.readEnvelope(env, r)
}

// open sets text: the body without compression and in UTF-8.
func (a *answer) open() error {
	body := io.Reader(a.resp.Body)
	limit := a.client.maxBytes
	if a.call.Rows != nil {
		a.patience.pause()
		body = &patientReader{body, a.patience}
	} else if limit == 0 {
		limit = DefaultMaxResponseBytes
	}
	plain, err := soap.Inflate(body, a.resp.Header)
	if err != nil {
		return err
	}
	text, err := soap.ToUTF8(soap.Limit(plain, limit), a.resp.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	a.text = &recorder{src: text, keep: len(head{})}
	if a.resp.Header.Get("Content-Encoding") == "" {
		a.text.size = int(max(a.resp.ContentLength, 0))
	}
	if a.trace != nil {
		a.text.keep = MaxTraceBytes
		a.trace.response = a.text
		return nil
	}
	a.head = heads.Get().(*head)
	a.text.head = a.head[:0]
	return nil
}

// A head holds the beginning of an answer, for the text of an error.
type head [4 * maxSnippet]byte

var heads = sync.Pool{New: func() any { return new(head) }}

func (a *answer) readEnvelope(env *soap.Envelope, r *xmlwire.Reader) error {
	for _, block := range env.Header {
		a.call.RespHeaders = append(a.call.RespHeaders, block.Raw)
	}
	if env.Content == soap.AFault {
		fault, err := env.Fault()
		if err != nil {
			return a.unreadable(err)
		}
		return newFaultError(env.Version, a.resp.StatusCode, fault, a.secrets)
	}
	early := a.check(false)
	if err := a.readBody(env, r, early == nil && a.success()); err != nil {
		return a.prefer(early, err)
	}
	if late := a.check(true); late != nil {
		return late
	}
	switch {
	case early != nil:
		return early
	case a.call.Alternative != nil:
		return &UnexpectedElementError{Want: a.call.Op.Output, Got: env.Name, Alternative: a.call.Alternative}
	case !a.success():
		return a.httpError(SOAPContent)
	}
	return nil
}

// prefer chooses between what the headers said and why the rest could not be read. A call that was given up is that and
// nothing else.
func (a *answer) prefer(early, err error) error {
	if early == nil || a.patience.ctx.Err() != nil {
		return err
	}
	a.lost = false
	return early
}

func (a *answer) check(done bool) error {
	if a.client.check == nil {
		return nil
	}
	return a.client.check(a.call, done)
}

// readBody reads the content of the body and what is behind it.
func (a *answer) readBody(env *soap.Envelope, r *xmlwire.Reader, rows bool) error {
	op := a.call.Op
	err := error(nil)
	makeNew, known := a.client.alternatives[env.Name]
	switch {
	case env.Content == soap.Empty:
		if op.Output.Local != "" && !op.OneWay {
			err = &UnexpectedElementError{Want: op.Output}
		}
	case env.Name == op.Output && op.Encoded:
		err = a.decodeWhole(env.Resolved)
	case env.Name == op.Output:
		err = a.decode(r, rows)
	case op.Output.Local == "" && hasMembers(a.call.Resp):
		err = a.decodeWhole(env.Whole)
	case known:
		a.call.Alternative = makeNew()
		err = r.Decode(a.call.Alternative)
	case op.OneWay:
		err = r.Skip()
	default:
		err = &UnexpectedElementError{Want: op.Output, Got: env.Name}
	}
	if err == nil {
		err = env.End()
		a.whole = err == nil
	}
	var unexpected *UnexpectedElementError
	if err == nil || errors.As(err, &unexpected) || errors.Is(err, xmlwire.ErrStopped) {
		return err
	}
	return a.unreadable(err)
}

func (a *answer) decode(r *xmlwire.Reader, rows bool) error {
	switch {
	case a.call.Resp == nil && a.call.Rows != nil:
		return errors.New("a stream needs a response message for what is not in the list")
	case a.call.Resp == nil:
		return r.Skip()
	case rows:
		return r.DecodeRows(a.call.Resp, a.call.Rows)
	}
	return r.Decode(a.call.Resp)
}

// hasMembers reports whether m can hold anything.
func hasMembers(m xmlwire.Message) bool { return m != nil && len(m.XMLType().Members) > 0 }

// decodeWhole decodes what read makes of the whole body. Positions in errors are those in that.
func (a *answer) decodeWhole(read func() ([]byte, error)) error {
	text, err := read()
	if err != nil || a.call.Resp == nil {
		return err
	}
	opts := a.client.read
	opts.NilAsZero = opts.NilAsZero || a.call.Op.Encoded
	return xmlwire.Unmarshal(text, a.call.Resp, opts)
}

// notSOAP says what an answer is that has no envelope, or one that is broken in its first lines.
func (a *answer) notSOAP(err error) error {
	err = a.describe(err)
	if !a.success() {
		return err
	}
	return a.prefer(a.check(false), err)
}

func (a *answer) describe(err error) error {
	if !soap.IsMalformed(err) {
		return a.unreadable(err)
	}
	var root *soap.NotEnvelopeError
	a.text.fill()
	kind := classify(string(a.text.head), a.resp.Header.Get("Content-Type"))
	switch {
	case kind == EmptyContent && a.success() && (a.call.Op.OneWay || a.call.Op.Output.Local == ""):
		return nil
	case kind == XMLContent && !errors.As(err, &root):
		return a.unreadable(err)
	}
	e := a.httpError(kind)
	if root != nil && kind == XMLContent {
		e.Err = root
	}
	return e
}

// unreadable says why an answer cannot be read. Under a status of failure that status is the better half of the story.
func (a *answer) unreadable(err error) error {
	err = a.secrets.Err(err)
	var encoding *EncodingError
	var size *SizeError
	broken := !soap.IsMalformed(err) && !errors.As(err, &encoding) && !errors.As(err, &size)
	if broken {
		err = a.patience.explain(fmt.Errorf("reading the answer: %w", err))
	}
	if a.success() {
		a.lost = broken || errors.Is(err, io.ErrUnexpectedEOF)
		return err
	}
	e := a.httpError(DamagedContent)
	e.Err = err
	return e
}

func (a *answer) httpError(kind ContentKind) *HTTPError {
	return newHTTPError(a.resp.StatusCode, a.resp.Header, kind, a.text, a.secrets)
}

// close gives the connection back. That takes reading what is left of the answer, which is done if it is short and there:
// after a failure it is not worth a wait. An answer that was broken off costs the connection.
func (a *answer) close() {
	const (
		most    = 64 << 10
		longest = 100 * time.Millisecond
	)
	if !a.whole && a.call.Rows == nil {
		timer := time.AfterFunc(longest, a.patience.end)
		_, _ = io.CopyN(io.Discard, a.resp.Body, most)
		timer.Stop()
	}
	a.patience.end()
	_ = a.resp.Body.Close()
	if a.head != nil {
		heads.Put(a.head)
		a.head, a.text = nil, nil
	}
}
