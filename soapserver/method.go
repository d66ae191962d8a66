package soapserver

import (
	"context"
	"errors"

	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Method ties an operation to the function that carries it out. NewMethod and NewOneWay make one.
type Method struct {
	op      *soapclient.Operation
	newReq  func() xmlwire.Message
	newResp func() xmlwire.Message // nil for one-way operations
	call    func(context.Context, xmlwire.Message) (xmlwire.Message, error)
}

// message is a pointer to T that is a Message.
type message[T any] interface {
	*T
	xmlwire.Message
}

// NewMethod returns a Method that calls fn. It is an error of fn to return neither a response nor an error.
func NewMethod[PReq message[Req], PResp message[Resp], Req, Resp any](op *soapclient.Operation, fn func(context.Context, PReq) (PResp, error)) Method {
	return Method{
		op:      op,
		newReq:  func() xmlwire.Message { return PReq(new(Req)) },
		newResp: func() xmlwire.Message { return PResp(new(Resp)) },
		call: func(ctx context.Context, req xmlwire.Message) (xmlwire.Message, error) {
			resp, err := fn(ctx, req.(PReq))
			switch {
			case err != nil:
				return nil, err
			case resp == nil:
				return nil, errors.New("the method returned neither a response nor an error")
			}
			return resp, nil
		},
	}
}

// NewOneWay returns a Method that calls fn and answers that the request was accepted, once fn has returned.
func NewOneWay[PReq message[Req], Req any](op *soapclient.Operation, fn func(context.Context, PReq) error) Method {
	return Method{
		op:     op,
		newReq: func() xmlwire.Message { return PReq(new(Req)) },
		call: func(ctx context.Context, req xmlwire.Message) (xmlwire.Message, error) {
			return nil, fn(ctx, req.(PReq))
		},
	}
}

// bare reports whether the members of a request stand right in the body.
func (m *Method) bare() bool {
	return m.op.Input.Local == "" && len(m.newReq().XMLType().Members) > 0
}

// mayStartWith reports whether the body of a bare request may hold the element root.
func (m *Method) mayStartWith(root xmlwire.Name) bool {
	table := m.newReq().XMLType()
	for _, member := range table.Members {
		name := xmlwire.Name{Space: member.Space, Local: member.Name}
		if name.Local == "" {
			name.Local = member.Field
		}
		if name.Space == "" && member.Flags&xmlwire.Unqualified == 0 {
			name.Space = table.Space
		}
		if name == root || member.Kind == xmlwire.AnyElement && member.Name == "" {
			return true
		}
	}
	return false
}
