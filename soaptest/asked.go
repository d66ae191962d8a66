package soaptest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/internal/canon"
)

const (
	anyText = "\u2026" // stands in a tree for text that is not compared
	hole    = "\x00"   // stands in a text for a placeholder; no text has it
)

// An asked is what a request asks, as far as that is compared.
type asked struct {
	method string
	url    *url.URL
	header http.Header
	body   []byte
}

// newAsked returns what a live request asks. Recorded ones are in plain text already.
func newAsked(method string, u *url.URL, header http.Header, body []byte) *asked {
	header = header.Clone()
	if text, err := plain(body, header); err == nil {
		body = text
	}
	return &asked{method: method, url: u, header: header, body: body}
}

// name returns what the request is of: the element in the body of an envelope, or else the path.
func (a *asked) name() string {
	if n := payloadNode(a.node()); n != nil {
		return n.Local
	}
	return a.path()
}

// String says what is asked for, for people to read.
func (a *asked) String() string {
	text := a.method + " " + a.path()
	if n := payloadNode(a.node()); n != nil {
		text += " " + n.Local
	}
	return text
}

func (a *asked) path() string {
	if a.url.Path == "" {
		return "/"
	}
	return a.url.Path
}

// query returns the parameters that are compared.
func (a *asked) query() url.Values { return withoutSecrets(a.url.Query()) }

func (a *asked) content() content { return contentOf(a.body, a.header) }

// node returns the body as a tree.
func (a *asked) node() *canon.Node { return a.content().node() }

// same reports whether nothing at all is different, redacted values included.
func (a *asked) same(b *asked) bool {
	return a.query().Encode() == b.query().Encode() && len(canon.Diff(a.node(), b.node())) == 0
}

// differs returns what makes a live request another than a recorded one.
func (r *Recorder) differs(rec, live *asked, book *ledger) []string {
	var diffs []string
	if rec.method != live.method {
		diffs = append(diffs, fmt.Sprintf("the method is %s, want %s", live.method, rec.method))
	}
	if want, got := rec.path(), live.path(); want != got && !matches(book, want, got) {
		diffs = append(diffs, fmt.Sprintf("the path is %s, want %s", got, want))
	}
	diffs = append(diffs, r.queryDiffs(rec, live, book)...)
	want, got := r.masked(rec.content()), r.masked(live.content())
	if _, isRaw := live.content().(*rawContent); isRaw {
		raw := rawContent(rec.body) // what was not well-formed may be so once values are redacted
		want = r.masked(&raw)
	}
	align(want, got, book)
	return append(diffs, canon.Diff(want, got)...)
}

func (r *Recorder) queryDiffs(rec, live *asked, book *ledger) []string {
	want, got := rec.query(), live.query()
	formContent(want).edit(r.uncompared(), mask)
	formContent(got).edit(r.uncompared(), mask)
	var diffs []string
	for _, name := range sortedKeys(want) {
		switch w, g := want[name], got[name]; {
		case len(g) == 0:
			diffs = append(diffs, fmt.Sprintf("the parameter %s=%q is missing", name, w))
		case !slices.EqualFunc(w, g, func(w, g string) bool { return w == g || matches(book, w, g) }):
			diffs = append(diffs, fmt.Sprintf("the parameter %s is %q, want %q", name, g, w))
		}
	}
	for _, name := range sortedKeys(got) {
		if _, ok := want[name]; !ok {
			diffs = append(diffs, fmt.Sprintf("unexpected parameter %s=%q", name, got[name]))
		}
	}
	return diffs
}

// uncompared are the marks of values that are not compared.
func (r *Recorder) uncompared() marks { return slices.Concat(r.marks, r.config.any) }

// masked returns a body as a tree without values that are not compared.
func (r *Recorder) masked(c content) *canon.Node {
	c.edit(r.uncompared(), mask)
	return c.node()
}

func mask(value string, marked bool) string {
	if marked && strings.TrimSpace(value) != "" {
		return anyText
	}
	return value
}

// align makes got what want is, where they differ in nothing that counts: got has members more which are nil, as a client
// with a newer contract writes members that are left out, or a text in which want has placeholders.
func align(want, got *canon.Node, book *ledger) {
	if want.Text != got.Text && matches(book, want.Text, got.Text) {
		got.Text = want.Text
	}
	for i := range want.Attrs {
		w := &want.Attrs[i]
		for j := range got.Attrs {
			if g := &got.Attrs[j]; g.Space == w.Space && g.Local == w.Local && matches(book, w.Value, g.Value) {
				g.Value = w.Value
			}
		}
	}
	got.Nodes = slices.DeleteFunc(got.Nodes, func(n *canon.Node) bool {
		return isNil(n) && !slices.ContainsFunc(want.Nodes, func(w *canon.Node) bool { return w.Local == n.Local })
	})
	rest := got.Nodes
	for _, w := range want.Nodes {
		if i := slices.IndexFunc(rest, func(n *canon.Node) bool { return n.Local == w.Local }); i >= 0 {
			align(w, rest[i], book)
			rest = rest[i+1:]
		}
	}
}

// isNil reports whether n is nil and says nothing else, but for its type.
func isNil(n *canon.Node) bool {
	other := slices.ContainsFunc(n.Attrs, func(a canon.Attr) bool { return a.Space != nsXSI })
	return len(n.Nodes) == 0 && n.Text == "" && !other && slices.Contains(n.Attrs, canon.Attr{Space: nsXSI, Local: "nil", Value: "true"})
}

// matches reports whether want has placeholders, and text is want with something in place of each.
func matches(book *ledger, want, text string) bool {
	parts := strings.Split(book.replace(want), hole)
	if len(parts) == 1 {
		return false
	}
	first, last := parts[0], parts[len(parts)-1]
	if !strings.HasPrefix(text, first) || !strings.HasSuffix(text[len(first):], last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		if text == "" {
			return false
		}
		_, rest, ok := strings.Cut(text[1:], part)
		if !ok {
			return false
		}
		text = rest
	}
	return text != ""
}
