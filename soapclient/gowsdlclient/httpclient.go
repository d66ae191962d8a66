package gowsdlclient

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"sync/atomic"

	"github.com/hooklift/gowsdl/soap"

	"github.com/soapfirst/trackunit/internal/redact"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// HTTPClient returns a client for soap.WithHTTPClient that repairs what gowsdl does to HTTP:
//
//   - Connections are kept alive. gowsdl asks for each of them to be closed after one request.
//   - A SOAP fault under an HTTP status of failure, as SOAP 1.1 demands for faults, is shown to gowsdl under 200, so that
//     it decodes it. Other answers keep their status.
//   - An answer without Content-Type is taken for text/xml. gowsdl refuses it.
//
// It also tells a Client what HTTP said. Requests go through base, but redirects are not followed: a redirected POST
// loses its body or its credentials. A nil base stands for one with the default transport and a timeout of 100 seconds.
//
// It is safe for concurrent use.
func HTTPClient(base *http.Client) soap.HTTPClient {
	if base == nil {
		base = &http.Client{Timeout: soapclient.DefaultTimeout}
	}
	own := *base
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &doer{&own}
}

type doer struct{ client *http.Client }

// Do implements soap.HTTPClient.
func (d *doer) Do(req *http.Request) (*http.Response, error) {
	ex, ok := req.Context().Value(exchangeKey{}).(*exchange)
	if !ok {
		ex = new(exchange) // a call that no Client made
	}
	ex.request(req)
	req = req.Clone(req.Context())
	req.Close = false
	req.Body = &sentBody{req.Body, &ex.sent}
	if getBody := req.GetBody; getBody != nil {
		req.GetBody = func() (io.ReadCloser, error) {
			again, err := getBody()
			return &sentBody{again, &ex.sent}, err
		}
	}
	resp, err := d.client.Do(req)
	if err != nil {
		return nil, err
	}
	return ex.answer(resp), nil
}

// A sentBody notes that it was read: the transport then has a connection to send it over.
type sentBody struct {
	io.ReadCloser
	sent *atomic.Bool
}

func (b *sentBody) Read(p []byte) (int, error) {
	b.sent.Store(true)
	return b.ReadCloser.Read(p)
}

type exchangeKey struct{}

// An exchange is what HTTPClient sees of a call.
type exchange struct {
	seen     bool   // the call came by HTTPClient
	endpoint string // the URL without userinfo and query
	secrets  []string
	sent     atomic.Bool

	status int // 0 as long as there is no answer
	header http.Header
	head   []byte // the beginning of the content
	more   bool   // there is more than that
}

// maxHead is how much of an answer is looked at to tell what it is.
const maxHead = 4 << 10

func (ex *exchange) request(req *http.Request) {
	ex.seen = true
	ex.endpoint = redact.DisplayURL(req.URL.String())
	ex.secrets = requestSecrets(req)
}

// answer notes what came and returns what gowsdl is to see.
func (ex *exchange) answer(resp *http.Response) *http.Response {
	content := bufio.NewReaderSize(resp.Body, maxHead)
	head, err := content.Peek(maxHead)
	ex.status, ex.header = resp.StatusCode, resp.Header
	ex.head, ex.more = bytes.Clone(head), err == nil

	repaired := *resp
	repaired.Body = &drained{content, resp.Body}
	if resp.Header.Get("Content-Type") == "" {
		repaired.Header = resp.Header.Clone()
		repaired.Header.Set("Content-Type", "text/xml")
	}
	if resp.StatusCode >= 400 && isEnvelope(ex.head) {
		repaired.StatusCode, repaired.Status = http.StatusOK, "200 OK"
	}
	return &repaired
}

// empty reports whether the answer may have been a success without content.
func (ex *exchange) empty() bool { return !ex.seen || !ex.failed() && len(ex.head) == 0 }

// failed reports whether the HTTP status is known and not one of success.
func (ex *exchange) failed() bool { return ex.status != 0 && ex.status/100 != 2 }

// isEnvelope reports whether content begins like a message of SOAP 1.1, which is all that gowsdl understands.
func isEnvelope(head []byte) bool {
	return rootOf(head) == xmlwire.Name{Space: soap.XmlNsSoapEnv, Local: "Envelope"}
}

// rootOf returns the name of the root element of a document whose beginning is given, or the zero Name.
func rootOf(head []byte) xmlwire.Name {
	r := xmlwire.NewReader(bytes.NewReader(head), xmlwire.ReadOptions{})
	if _, err := r.Next(); err != nil {
		return xmlwire.Name{}
	}
	return r.Name()
}

// A drained body is read to its end when it is closed: gowsdl stops reading behind the envelope, where a chunked body has
// one more chunk, and a connection can be used again only when all was read.
type drained struct {
	io.Reader
	body io.Closer
}

func (b *drained) Close() error {
	const most = 64 << 10
	_, _ = io.CopyN(io.Discard, b.Reader, most)
	return b.body.Close()
}
