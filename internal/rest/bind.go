package rest

import (
	"fmt"
	"io"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/internal/jsonwire"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A BindError reports a value in a path, query or form that its member cannot have.
type BindError struct{ Field, Value string }

func (e *BindError) Error() string {
	return fmt.Sprintf("'%s' is an Invalid value for '%s'", e.Value, e.Field)
}

// Bind sets the members of a request that values name, in whatever case. Names that the request does not have are passed
// over. Errors are *BindErrors.
func Bind(m xmlwire.Message, values url.Values) error {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys) // so that of several bad ones it is always the same that is reported
	for _, key := range keys {
		for _, e := range xmlwire.Elements(m) {
			if text := values.Get(key); strings.EqualFold(e.Name(), key) && !bindOne(m, e, text) {
				return &BindError{Field: key, Value: text}
			}
		}
	}
	return nil
}

// bindOne sets one member. A number or date without text is none.
func bindOne(m xmlwire.Message, e xmlwire.Element, text string) bool {
	switch {
	case e.IsList():
		if e.Member().Kind != xmlwire.String {
			return false
		}
		jsonwire.SplitList(text, e.Set(m))
		return true
	case e.Member().Kind == xmlwire.Struct:
		return bindStructure(e.Set(m).Addr().Interface().(xmlwire.Message), text)
	case text == "" && e.Member().Kind != xmlwire.String:
		return true
	}
	v := reflect.New(e.Set(m).Type()).Elem()
	if !jsonwire.ParseScalar(e.Member().Kind, v, text) {
		e.SetNil(m)
		return false
	}
	e.Set(m).Set(v)
	return true
}

// bindStructure reads {latitude:55,longitude:12}, with or without quotes.
func bindStructure(m xmlwire.Message, text string) bool {
	text, ok := strings.CutPrefix(strings.TrimSpace(text), "{")
	text, closed := strings.CutSuffix(text, "}")
	if !ok || !closed {
		return false
	}
	values := make(url.Values)
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		name, value, ok := strings.Cut(part, ":")
		if !ok {
			return false
		}
		values.Set(strings.Trim(name, `" `), strings.Trim(value, `" `))
	}
	return Bind(m, values) == nil
}

// BindJSON reads a request in JSON as leniently as ServiceStack does. No content is no request to speak of.
func BindJSON(m xmlwire.Message, src io.Reader) error {
	return jsonwire.Decode(src, m, nil, jsonwire.ReadOptions{Lenient: true})
}

// BindXML reads a request in XML as ServiceStack does: members out of order are dropped.
func BindXML(op *soapclient.Operation, m xmlwire.Message, src io.Reader) error {
	r := xmlwire.NewReader(src, xmlwire.ReadOptions{InOrder: true})
	if _, err := r.Next(); err != nil {
		return err
	}
	if r.Name() != op.Input {
		return &soapclient.UnexpectedElementError{Want: op.Input, Got: r.Name()}
	}
	if err := r.Decode(m); err != nil {
		return err
	}
	return r.ReadEOF()
}
