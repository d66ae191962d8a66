package soaptest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/soapfirst/trackunit/internal/canon"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A GoldenOption says how a message stands in a golden file.
type GoldenOption func(*goldenConfig)

type goldenConfig struct {
	name  xmlwire.Name
	write xmlwire.WriteOptions
}

// WithElement gives the name of the element that the message is the content of. The default is the one that the table of the
// message names, which is right where an element and its type have one name or the type has none, as in document/literal
// wrapped. Elsewhere it is what Input or Output of the soapclient.Operation say.
func WithElement(name xmlwire.Name) GoldenOption {
	return func(c *goldenConfig) { c.name = name }
}

// WithWriteOptions encodes the message as a client with soapclient.WithWriteOptions does. It means nothing to Decode.
func WithWriteOptions(w xmlwire.WriteOptions) GoldenOption {
	return func(c *goldenConfig) { c.write = w }
}

// goldenConfigOf returns the settings for a message, which must not be a nil pointer.
func goldenConfigOf(m xmlwire.Message, opts []GoldenOption) (*goldenConfig, error) {
	if v := reflect.ValueOf(m); m == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, errors.New("the message is nil")
	}
	t := m.XMLType()
	c := &goldenConfig{name: xmlwire.Name{Space: t.Space, Local: t.Element}}
	if c.name.Local == "" {
		c.name.Local = t.Name
	}
	for _, opt := range opts {
		opt(c)
	}
	if c.name.Local == "" {
		return nil, fmt.Errorf("the table of %T names no element: say with WithElement which one it is in", m)
	}
	return c, nil
}

// Golden checks that m is encoded as a golden file has it. It reports whether that is so; if not, the test has failed, with a
// line for each difference: see "What counts" in the comment of the package.
//
// With -update the file is written, indented, where it is missing or says something else; one that says the same in another
// layout stays as it is. The file is named from the folder of the test, as tests run there.
func Golden(tb testing.TB, file string, m xmlwire.Message, opts ...GoldenOption) bool {
	tb.Helper()
	c, err := goldenConfigOf(m, opts)
	if err == nil {
		var doc []byte
		if doc, err = xmlwire.AppendElement(nil, c.name, m, c.write); err == nil {
			return GoldenXML(tb, file, doc)
		}
	}
	tb.Errorf("%s: %T cannot be encoded: %v", file, m, err)
	return false
}

// GoldenXML is Golden for a document that is there as text: an envelope, for instance, as a server got it.
func GoldenXML[D Text](tb testing.TB, file string, doc D) bool {
	tb.Helper()
	diffs, err := differs(file, []byte(doc))
	if err == nil && len(diffs) == 0 {
		return true
	}
	if Updating() {
		if err := writeGolden(file, []byte(doc)); err != nil {
			tb.Errorf("%s: %v", file, err)
			return false
		}
		tb.Logf("%s was written", file)
		return true
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		tb.Errorf("%s does not exist; run the test with -update to write it", file)
	case err != nil:
		tb.Errorf("%s: %v", file, err)
	default:
		tb.Errorf("%s has something else:%s\nif that is right, run the test with -update", file, listing(diffs))
	}
	return false
}

func differs(file string, doc []byte) ([]string, error) {
	want, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return Diff(want, doc)
}

func writeGolden(file string, doc []byte) error {
	text, err := canon.Indent(doc)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o666)
}

// Decode reads a golden file into m, and replaces all that m held. The file holds the element of the message, or a SOAP
// envelope with it in its body. It is read strictly: an element or attribute that m has no place for, and elements that do not
// stand in the order of the schema, or more often than they may, fail the test; so does another root element. It reports
// whether all is well.
func Decode(tb testing.TB, file string, m xmlwire.Message, opts ...GoldenOption) bool {
	tb.Helper()
	doc, err := os.ReadFile(file)
	if err == nil {
		err = decode(doc, m, opts)
	}
	if err != nil {
		tb.Errorf("%s: %v", file, err)
	}
	return err == nil
}

func decode(doc []byte, m xmlwire.Message, opts []GoldenOption) error {
	c, err := goldenConfigOf(m, opts)
	if err != nil {
		return err
	}
	payload, root, err := payloadOf(doc)
	if err != nil {
		return err
	}
	if got := (xmlwire.Name{Space: root.Space, Local: root.Local}); got != c.name {
		return fmt.Errorf("it holds the element %s, and %s is wanted", got, c.name)
	}
	var skipped []string
	err = xmlwire.Unmarshal(payload, m, xmlwire.ReadOptions{Skipped: func(s xmlwire.Skipped) { skipped = append(skipped, s.Path) }})
	if err != nil {
		return err
	}
	if len(skipped) > 0 {
		return fmt.Errorf("%T has no place for:%s", m, listing(skipped))
	}
	return inOrder(payload, m, c)
}

// payloadOf returns the payload of an envelope, or else doc, and its root.
func payloadOf(doc []byte) ([]byte, *canon.Node, error) {
	root, err := canon.Parse(doc)
	if err != nil {
		return nil, nil, err
	}
	if !isEnvelope(root) {
		return doc, root, nil
	}
	if doc, err = canon.Payload(doc); err != nil {
		return nil, nil, err
	}
	root, err = canon.Parse(doc)
	return doc, root, err
}

// inOrder checks that nothing of the payload is lost on a reader that wants it in the order of the schema. m is what another
// reader made of it.
func inOrder(payload []byte, m xmlwire.Message, c *goldenConfig) error {
	strict := reflect.New(reflect.TypeOf(m).Elem()).Interface().(xmlwire.Message)
	if err := xmlwire.Unmarshal(payload, strict, xmlwire.ReadOptions{InOrder: true}); err != nil {
		return err
	}
	loose, err := xmlwire.AppendElement(nil, c.name, m, xmlwire.WriteOptions{})
	if err != nil {
		return fmt.Errorf("what it holds cannot be written back: %w", err)
	}
	kept, err := xmlwire.AppendElement(nil, c.name, strict, xmlwire.WriteOptions{})
	if err == nil && bytes.Equal(loose, kept) {
		return nil
	}
	diffs, diffErr := Diff(loose, kept)
	if err != nil || diffErr != nil {
		return fmt.Errorf("elements are not in the order of the schema: %w", errors.Join(err, diffErr))
	}
	return fmt.Errorf("elements are not in the order of the schema, or come twice; one that keeps to it reads:%s", listing(diffs))
}
