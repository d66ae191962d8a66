// Package fetch gets WSDLs, and the documents that they import, from a service into a folder.
//
// Run is the verb of wsdlgen; Fetch does the work. What a server sends is not trusted: it can lead neither to another
// host nor from a public to a private address, and what is not a WSDL is not kept. Nothing is written before all of it
// has come. Credentials are in no error, no output and no file.
package fetch

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Limits of what is fetched. The documents are not trusted.
const (
	maxBytes      = 32 << 20 // of one document
	maxTotalBytes = 128 << 20
	maxDocuments  = 500
	maxRedirects  = 5
)

// A Request is one document that the user asks for.
type Request struct {
	Name string // of the file; empty for one after the URL
	URL  *url.URL
}

// Options say what to fetch.
type Options struct {
	Dir        string // where the files belong
	Requests   []Request
	AllowHosts []string // that documents may lead to, beside the host of the request: host or host:port
	User       string   // for basic authentication at the hosts of the requests; empty for none
	Password   string
	Now        time.Time

	network network // the zero value is the real one
}

// A Result is what came.
type Result struct {
	Files []*File  // those asked for first, then those they import
	Notes []string // what was not followed, and why
}

// A File is a document as it is to be written.
type File struct {
	Name   string
	Source string // the URL it came from, without secrets
	Data   []byte
}

// Fetch gets the documents, and writes nothing.
func Fetch(ctx context.Context, opts Options) (*Result, error) {
	f := &fetcher{opts: opts, names: newNames(), byURL: make(map[string]*document)}
	for _, r := range opts.Requests {
		if r.Name != "" {
			f.names.reserve(r.Name)
		}
	}
	for _, r := range opts.Requests {
		if err := f.request(ctx, r); err != nil {
			return nil, f.hideSecrets(err)
		}
	}
	return f.result()
}

// A fetcher holds the state of one Fetch.
type fetcher struct {
	opts  Options
	names *names
	docs  []*document
	byURL map[string]*document
	total int64
	notes []string
}

// A document is one that came, with what it refers to.
type document struct {
	asked bool // by the user
	name  string
	url   *url.URL // after redirects
	page  *page
	links []string // for each reference of the page: the file it leads to, or "" where its location stays
}

// request gets a document that the user named, and all it leads to.
func (f *fetcher) request(ctx context.Context, r Request) error {
	c := newClient(f.opts, r.URL)
	defer c.close()
	doc, err := f.get(ctx, c, r.URL, r.Name, kindWSDL)
	if err != nil {
		return err
	}
	doc.asked = true
	for queue := []*document{doc}; len(queue) > 0; queue = queue[1:] {
		more, err := f.follow(ctx, c, queue[0])
		if err != nil {
			return err
		}
		queue = append(queue, more...)
	}
	return nil
}

// get returns the document at u, which may have come already.
func (f *fetcher) get(ctx context.Context, c *client, u *url.URL, name string, want kind) (*document, error) {
	key := withoutFragment(u)
	if doc, ok := f.byURL[key]; ok && (name == "" || name == doc.name) {
		return doc, nil
	}
	if len(f.docs) == maxDocuments {
		return nil, fmt.Errorf("more than %d documents: %s is one too many", maxDocuments, redact(u))
	}
	data, final, err := c.get(ctx, u)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", redact(u), err)
	}
	if f.total += int64(len(data)); f.total > maxTotalBytes {
		return nil, fmt.Errorf("the documents are larger than %d MiB together", maxTotalBytes>>20)
	}
	p, err := readPage(data, want)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", redact(final), err)
	}
	if name == "" {
		name = f.names.choose(u, p.kind)
	}
	doc := &document{name: name, url: final, page: p}
	f.docs = append(f.docs, doc)
	f.byURL[key] = doc
	return doc, nil
}

func withoutFragment(u *url.URL) string {
	plain := *u
	plain.Fragment, plain.RawFragment = "", ""
	return plain.String()
}

// follow gets what doc refers to, and returns the documents that are new.
func (f *fetcher) follow(ctx context.Context, c *client, doc *document) ([]*document, error) {
	if doc.links != nil {
		return nil, nil
	}
	doc.links = make([]string, len(doc.page.refs))
	var found []*document
	for i, ref := range doc.page.refs {
		target, err := c.resolve(doc.url, ref.location)
		if err != nil {
			f.notes = append(f.notes, fmt.Sprintf("%s:%d: not followed: %v", doc.name, ref.line, err))
			continue
		}
		before := len(f.docs)
		next, err := f.get(ctx, c, target, "", ref.want)
		if err != nil {
			return nil, fmt.Errorf("%s, which %s imports in line %d: %w", redact(target), redact(doc.url), ref.line, err)
		}
		doc.links[i] = next.name
		if len(f.docs) > before {
			found = append(found, next)
		}
	}
	return found, nil
}

// result brings the documents into the form in which they are written: as they came, but for locations that have to
// lead to the files.
func (f *fetcher) result() (*Result, error) {
	r := new(Result)
	for _, note := range f.notes {
		r.Notes = append(r.Notes, f.hide(note))
	}
	for _, doc := range f.docs {
		data, err := doc.page.relink(doc.links)
		if err != nil {
			return nil, f.hideSecrets(fmt.Errorf("%s: %w", redact(doc.url), err))
		}
		r.Files = append(r.Files, &File{Name: doc.name, Source: f.hide(redact(doc.url)), Data: data})
	}
	asked := make(map[string]bool)
	for _, doc := range f.docs {
		asked[doc.name] = doc.asked
	}
	slices.SortStableFunc(r.Files, func(a, b *File) int {
		return cmp.Compare(rank(asked[a.Name]), rank(asked[b.Name]))
	})
	return r, nil
}

func rank(asked bool) int {
	if asked {
		return 0
	}
	return 1
}

// hideSecrets is the last guard: whatever text an error is made of, what the user gave as a secret is not in it. The
// causes are dropped, since they hold the same text.
func (f *fetcher) hideSecrets(err error) error { return errors.New(f.hide(err.Error())) }

func (f *fetcher) hide(text string) string {
	for _, secret := range f.secrets() {
		text = strings.ReplaceAll(text, secret, "REDACTED")
	}
	return text
}

// secrets returns what must not be shown, in all spellings, the longest first: no part of one may be left over from
// replacing another.
func (f *fetcher) secrets() []string {
	var all []string
	add := func(s string) { all = append(all, s, url.QueryEscape(s), url.PathEscape(s)) }
	if pass := f.opts.Password; pass != "" {
		add(pass)
		add(base64.StdEncoding.EncodeToString([]byte(f.opts.User + ":" + pass)))
	}
	const shortest = 6 // parameters that are shorter are no tokens, and may be part of any text
	for _, r := range f.opts.Requests {
		for key, values := range r.URL.Query() {
			for _, v := range append(values, key) {
				if !harmless(key) && len(v) >= shortest && (v != key || values[0] == "") {
					add(v)
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return all
}
