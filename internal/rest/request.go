package rest

import (
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"strings"

	"github.com/soapfirst/trackunit/internal/jsonwire"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// encodeBody appends a request message in a format.
type encodeBody func(dst []byte, op *soapclient.Operation, m xmlwire.Message) ([]byte, error)

// makeRequest makes the HTTP request for a call. What is read or deleted goes with a path and a query, as far as they can
// hold it, and otherwise with a POST; what is written has a body.
func makeRequest(call *soapclient.Call, base *url.URL, media string, encode encodeBody) (*soapclient.FormatRequest, error) {
	op := call.Op.Name
	q, err := newQuery(call.Req)
	if err != nil {
		return nil, err
	}
	route, verb, ok := preferred(op, q.id != "")
	if !ok {
		q.putBack()
		route, verb, ok = preferred(op, false)
	}
	body := verb == http.MethodPost || verb == http.MethodPut
	if !ok || !body && !q.whole {
		q.putBack()
		if route, ok = withBody(op); !ok {
			return nil, fmt.Errorf("the service has no route for %s that takes such a request", op)
		}
		verb, body = http.MethodPost, true
	}
	r := &soapclient.FormatRequest{Method: verb, URL: target(base, route, q, body), Header: make(http.Header, 6)}
	r.Header.Set("Accept", media)
	if body {
		r.Header.Set("Content-Type", media)
		if r.Body, err = encode(nil, call.Op, call.Req); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func target(base *url.URL, route Route, q *query, body bool) *url.URL {
	path, _, _ := strings.Cut(route.Path, "{")
	u := base.JoinPath(path + q.id)
	if !body && q.text != "" {
		u.RawQuery = strings.TrimPrefix(base.RawQuery+"&"+q.text, "&")
	}
	return u
}

// A query is a request as path and query can hold it.
type query struct {
	id    string // for the path
	idKey string
	text  string
	whole bool // it holds all of the request
}

// plainID are ids that a path can hold whatever servers and proxies make of dots, slashes and escapes.
var plainID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

func newQuery(m xmlwire.Message) (*query, error) {
	q := &query{whole: true}
	if m == nil {
		return q, nil
	}
	for _, e := range xmlwire.Elements(m) {
		v, ok := e.Get(m)
		if !ok {
			continue
		}
		text, ok, err := q.form(e, v)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		case !ok:
			q.whole = false
		case e.Name() == "Id" && plainID.MatchString(text):
			q.id, q.idKey = text, jsonwire.CamelCase(e.Name())
		default:
			q.add(jsonwire.CamelCase(e.Name()), text)
		}
	}
	return q, nil
}

func (q *query) add(key, value string) {
	if q.text != "" {
		q.text += "&"
	}
	q.text += url.QueryEscape(key) + "=" + url.QueryEscape(value)
}

// putBack moves the id from the path into the query.
func (q *query) putBack() {
	if q.id != "" {
		q.add(q.idKey, q.id)
		q.id = ""
	}
}

// form returns a member as it stands in a query. An empty text there may be taken for none, and a list or a text within a
// structure for more than it is: these a query does not hold.
func (q *query) form(e xmlwire.Element, v reflect.Value) (text string, ok bool, err error) {
	switch {
	case e.IsList():
		return "", false, nil
	case e.Member().Kind == xmlwire.Struct:
		return structure(v.Addr().Interface().(xmlwire.Message))
	}
	text, err = jsonwire.FormatScalar(e.Member().Kind, v)
	return text, text != "", err
}

// structure returns a message of numbers as ServiceStack writes it in queries: {latitude:55,longitude:12}.
func structure(m xmlwire.Message) (text string, ok bool, err error) {
	var parts []string
	for _, e := range xmlwire.Elements(m) {
		v, set := e.Get(m)
		if !set {
			continue
		}
		if !v.CanFloat() && !v.CanInt() {
			return "", false, nil
		}
		number, err := jsonwire.FormatScalar(e.Member().Kind, v)
		if err != nil {
			return "", false, err
		}
		parts = append(parts, jsonwire.CamelCase(e.Name())+":"+number)
	}
	return "{" + strings.Join(parts, ",") + "}", true, nil
}
