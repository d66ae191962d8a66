package replay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/soapfirst/trackunit/internal/canon"
	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Stub is the service behind a handler: it keeps the request and has the response ready.
type Stub struct {
	request  xmlwire.Message
	response xmlwire.Message
}

// Answer keeps req and returns the response of s, which must be a T.
func Answer[T xmlwire.Message](s *Stub, req xmlwire.Message) (T, error) {
	s.request = req
	resp, ok := s.response.(T)
	if !ok {
		return resp, fmt.Errorf("the response is a %T, not a %T", s.response, resp)
	}
	return resp, nil
}

// Accept keeps req.
func Accept(s *Stub, req xmlwire.Message) error {
	s.request = req
	return nil
}

// call calls an operation over SOAP 1.1 and 1.2 and compares what either side got with what the other gave.
func (c *Case) call(call Call) error {
	op := c.Operations[call.Operation]
	if op == nil {
		return errors.New("there is no such operation")
	}
	for _, version := range []soapclient.Version{soapclient.SOAP11, soapclient.SOAP12} {
		if err := op.call(version, call); err != nil {
			return fmt.Errorf("%v: %w", version, err)
		}
	}
	return nil
}

func (op *Operation) call(version soapclient.Version, call Call) error {
	req, err := read(op.NewRequest(), call.Request)
	if err != nil {
		return err
	}
	stub := &Stub{}
	if op.NewResponse != nil {
		if stub.response, err = read(op.NewResponse(), call.Response); err != nil {
			return err
		}
	}
	hc := memhttp.NewClient(op.Handler(stub))
	if call.Sent != "" && version == soapclient.SOAP11 {
		hc.Transport = tap{hc.Transport, call.Sent}
	}
	client, err := soapclient.New(soapclient.Binding{Name: "memory", Version: version, Address: "http://host.test/"},
		soapclient.WithHTTPClient(hc))
	if err != nil {
		return err
	}
	got, err := op.Call(context.Background(), client, req)
	if err != nil {
		return err
	}
	if stub.request == nil {
		return errors.New("the request did not arrive")
	}
	if err := same(req, stub.request); err != nil {
		return fmt.Errorf("the request: %w", err)
	}
	if op.NewResponse == nil {
		return nil
	}
	if err := same(stub.response, got); err != nil {
		return fmt.Errorf("the response: %w", err)
	}
	return nil
}

// A tap writes requests and responses into files that begin with a name.
type tap struct {
	next http.RoundTripper
	name string
}

// RoundTrip implements http.RoundTripper.
func (t tap) RoundTrip(req *http.Request) (*http.Response, error) {
	sent, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	req = req.Clone(req.Context())
	req.Body = io.NopCloser(bytes.NewReader(sent))
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(answer))
	return resp, errors.Join(os.WriteFile(t.name+".request.xml", sent, 0o666), os.WriteFile(t.name+".response.xml", answer, 0o666))
}

func read(m xmlwire.Message, file string) (xmlwire.Message, error) {
	if file == "" {
		return m, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return m, xmlwire.Unmarshal(data, m, xmlwire.ReadOptions{})
}

// same compares two messages by what they are written as.
func same(want, got xmlwire.Message) error {
	w, err := form(want)
	if err != nil {
		return err
	}
	g, err := form(got)
	if err != nil {
		return err
	}
	if diff := canon.Diff(w, g); len(diff) > 0 {
		return describe(diff, nil)
	}
	return nil
}

func form(m xmlwire.Message) (*canon.Node, error) {
	text, err := xmlwire.AppendElement(nil, xmlwire.Name{Local: "message"}, m, xmlwire.WriteOptions{})
	if err != nil {
		return nil, err
	}
	return canon.Parse(text)
}
