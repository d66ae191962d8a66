package soaptest

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/internal/canon"
	"github.com/soapfirst/trackunit/internal/exchange"
	"github.com/soapfirst/trackunit/internal/redact"
)

// A taken is one exchange as it was made, with all its secrets. It never leaves memory.
type taken struct {
	method     string
	url        *url.URL
	host       string
	reqHeader  http.Header
	request    content
	status     string
	respHeader http.Header
	response   content
	cutOff     bool  // the answer ended with an error
	unreadable error // why something in it can't be redacted
}

// framing are header fields that tell how a message was carried, or when: they would differ each time.
var framing = []string{"Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Date", "Age", "Accept-Encoding"}

func newTaken(req *http.Request, body []byte, resp *http.Response, answer []byte, readErr error) *taken {
	t := &taken{
		method: req.Method, url: req.URL, host: req.Host,
		reqHeader: req.Header.Clone(), respHeader: resp.Header.Clone(),
		status: fmt.Sprintf("%03d %s", resp.StatusCode, http.StatusText(resp.StatusCode)), cutOff: readErr != nil,
	}
	if t.host == "" {
		t.host = req.URL.Host
	}
	body, err := plain(body, t.reqHeader)
	t.unreadable = err
	t.request = contentOf(body, t.reqHeader)
	answer, err = plain(answer, t.respHeader)
	if err != nil && answer == nil {
		t.unreadable = err
	}
	t.cutOff = t.cutOff || err != nil
	t.response = contentOf(answer, t.respHeader)
	for _, name := range framing {
		t.reqHeader.Del(name)
		t.respHeader.Del(name)
	}
	return t
}

// secrets returns what the exchange was authenticated with.
func (t *taken) secrets() []string {
	var secrets []string
	for _, name := range redact.SecretHeaders() {
		for _, h := range []http.Header{t.reqHeader, t.respHeader} {
			for _, v := range h.Values(name) {
				secrets = append(secrets, credentials(v)...)
			}
		}
	}
	if u := t.url.User; u != nil {
		password, ok := u.Password()
		if !ok {
			password = u.Username()
		}
		secrets = append(secrets, password)
	}
	marked := defaultMarks().short()
	for name, values := range t.url.Query() {
		if marked.covers([]string{name}) {
			secrets = append(secrets, values...)
		}
	}
	return secrets
}

// credentials returns what in the value of a header field is secret.
func credentials(value string) []string {
	secrets := []string{value}
	scheme, rest, ok := strings.Cut(value, " ")
	if !ok {
		return secrets
	}
	secrets = append(secrets, rest)
	if plain, err := base64.StdEncoding.DecodeString(rest); err == nil && strings.EqualFold(scheme, "Basic") {
		user, password, _ := strings.Cut(string(plain), ":")
		if password == "" {
			password = user // alone it is a token
		}
		secrets = append(secrets, password)
	}
	return secrets
}

// save writes what was taken into the folder, in place of the recording that is there.
func (r *Recorder) save() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.taken) == 0 {
		return errors.New("no request came through the recorder")
	}
	for _, t := range r.taken {
		if t.unreadable != nil {
			return fmt.Errorf("%s %s cannot be redacted: %w", t.method, redact.DisplayURL(t.url.String()), t.unreadable)
		}
	}
	files := render(r.taken, r.marks)
	for _, f := range files {
		if back, err := exchange.Parse(f.Format()); err != nil || !bytes.Equal(back.Request, f.Request) {
			return fmt.Errorf("%s: the request holds what cannot stand in a recording, such as a line of its marks", f.Name)
		}
	}
	if err := os.MkdirAll(r.folder, 0o777); err != nil {
		return err
	}
	old, err := recordingFiles(r.folder)
	if err != nil {
		return err
	}
	for _, file := range old {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(r.folder, f.Name+".txt"), f.Format(), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// render makes files of exchanges. All values to redact are collected before the first is written, as one may stand in an
// exchange before the one that says what it is.
func render(all []*taken, m marks) []*exchange.Exchange {
	var secrets []string
	for _, t := range all {
		secrets = append(secrets, t.secrets()...)
	}
	slices.Sort(secrets)
	secrets = slices.DeleteFunc(slices.Compact(secrets), func(s string) bool { return len(s) < shortest })
	scrubber := redact.New(secrets)
	values := newLedger()
	collect := func(value string, marked bool) string {
		if marked {
			values.placeholder(value)
		}
		return value
	}
	for _, t := range all {
		formContent(withoutSecrets(t.url.Query())).edit(m, collect)
		t.request.edit(m, collect)
		t.response.edit(m, collect)
	}
	change := func(value string, marked bool) string {
		if marked {
			return values.placeholder(value)
		}
		return values.replace(scrubber.Text(value))
	}
	files := make([]*exchange.Exchange, len(all))
	for i, t := range all {
		files[i] = t.render(m, change, scrubber)
		files[i].Name = fmt.Sprintf("%03d-%s", i+1, files[i].Name)
	}
	return files
}

func (t *taken) render(m marks, change func(string, bool) string, scrubber *redact.Scrubber) *exchange.Exchange {
	t.request.edit(m, change)
	t.response.edit(m, change)
	target := redactTarget(t.url, m, change)
	var request, response bytes.Buffer
	fmt.Fprintf(&request, "%s %s HTTP/1.1\nHost: %s\n", t.method, target, t.host)
	writeHeader(&request, t.reqHeader, scrubber, change)
	request.Write(t.request.bytes())
	fmt.Fprintf(&response, "HTTP/1.1 %s\n", t.status)
	body := t.response.bytes()
	if t.cutOff {
		t.respHeader.Set("Content-Length", fmt.Sprint(len(body)+1)) // so that a replay breaks off there too
	}
	writeHeader(&response, t.respHeader, scrubber, change)
	response.Write(body)
	return &exchange.Exchange{
		Name:    fileName(t.method, target, t.request.node()),
		Request: []byte(scrubber.Text(request.String())), Response: []byte(scrubber.Text(response.String())),
	}
}

// redactTarget returns the path and the query. Secrets leave their names behind.
func redactTarget(u *url.URL, m marks, change func(string, bool) string) string {
	segments := strings.Split(u.Path, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(change(s, false))
	}
	target := strings.Join(segments, "/")
	if target == "" {
		target = "/"
	}
	query := u.Query()
	shown := withoutSecrets(u.Query())
	formContent(shown).edit(m, change)
	for name := range query {
		query[name] = shown[name]
		if shown[name] == nil {
			query[name] = []string{redact.Mark}
		}
	}
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	return target
}

// withoutSecrets takes parameters out of a query whose names say that they are secret.
func withoutSecrets(query url.Values) url.Values {
	secret := defaultMarks().short()
	for name := range query {
		if secret.covers([]string{name}) {
			delete(query, name)
		}
	}
	return query
}

// writeHeader writes header fields in the order of their names, and the empty line behind them.
func writeHeader(b *bytes.Buffer, h http.Header, scrubber *redact.Scrubber, change func(string, bool) string) {
	h = scrubber.Header(h)
	for _, name := range sortedKeys(h) {
		for _, v := range h[name] {
			if v != redact.Mark {
				v = change(v, false)
			}
			fmt.Fprintf(b, "%s: %s\n", name, v)
		}
	}
	b.WriteByte('\n')
}

// fileName says what a request asks for: the element in the body of an envelope, or else the method and the end of the path.
func fileName(method, target string, body *canon.Node) string {
	name := method
	if payload := payloadNode(body); payload != nil {
		name = payload.Local
	} else {
		target, _, _ = strings.Cut(target, "?")
		name += endOfPath(target)
	}
	const longest = 80 // what any file system takes, with its number
	name = unsafeInNames.ReplaceAllString(name, "_")
	return name[:min(len(name), longest)]
}

// endOfPath returns the last segment of a path, and that before it if the last is a number.
func endOfPath(target string) string {
	above, last := path.Split(strings.TrimSuffix(target, "/"))
	switch {
	case last == "":
		return ""
	case isDigit(rune(last[0])):
		return endOfPath(above) + "-" + last
	}
	return "-" + last
}

var unsafeInNames = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// payloadNode returns the element in the body of an envelope, if it is one.
func payloadNode(n *canon.Node) *canon.Node {
	if n == nil || !isEnvelope(n) {
		return nil
	}
	for _, body := range n.Nodes {
		if body.Local == "Body" && len(body.Nodes) > 0 {
			return body.Nodes[0]
		}
	}
	return nil
}

// recordingFiles returns the files of a recording, in order; others in the folder are left alone.
func recordingFiles(folder string) ([]string, error) {
	return filepath.Glob(filepath.Join(escapeGlob.Replace(folder), "[0-9][0-9][0-9]*-*.txt"))
}

var escapeGlob = strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`)
