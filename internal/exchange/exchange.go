// Package exchange reads and writes files that hold one HTTP request and its response.
//
// A file is the line "=== request", the request, a line end, the line "=== response" and the response, up to the end of
// the file:
//
//	=== request
//	POST /public/soap11 HTTP/1.1
//	…
//	=== response
//	HTTP/1.1 200 OK
//	…
//
// Captured ones are the bytes that went over the wire, so that line ends, framing and what is wrong with them are kept.
// Ones that are written to be read may leave out the length of a body: it then goes to where the request, or the file,
// ends.
package exchange

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
)

// An Exchange is one HTTP request and its response.
type Exchange struct {
	Name     string // of the file, without its folder and .txt; Parse leaves it empty
	Method   string
	Target   string // as in the request line: path and query
	Header   http.Header
	Body     []byte // of the request
	Request  []byte // raw
	Response []byte // raw
}

const (
	requestMark  = "=== request\n"
	responseMark = "\n=== response\n"
)

// Parse reads the text of a file.
func Parse(data []byte) (*Exchange, error) {
	rest, ok := bytes.CutPrefix(data, []byte(requestMark))
	if !ok {
		return nil, fmt.Errorf("it does not start with %q", requestMark)
	}
	request, response, ok := bytes.Cut(rest, []byte(responseMark))
	if !ok {
		return nil, fmt.Errorf("it has no %q", responseMark)
	}
	x := &Exchange{Request: request, Response: response}
	req, err := x.HTTPRequest()
	if err != nil {
		return nil, fmt.Errorf("the request: %w", err)
	}
	x.Method, x.Target, x.Header = req.Method, req.RequestURI, req.Header
	if x.Body, err = io.ReadAll(req.Body); err != nil {
		return nil, fmt.Errorf("the body of the request: %w", err)
	}
	return x, nil
}

// Format returns the text of a file, of Request and Response.
func (x *Exchange) Format() []byte {
	return bytes.Join([][]byte{[]byte(requestMark), x.Request, []byte(responseMark), x.Response}, nil)
}

// HTTPRequest reads the request.
func (x *Exchange) HTTPRequest() (*http.Request, error) {
	src := bytes.NewReader(x.Request)
	buffered := bufio.NewReader(src)
	req, err := http.ReadRequest(buffered)
	if err != nil {
		return nil, err
	}
	if len(req.TransferEncoding) == 0 && req.Header.Get("Content-Length") == "" {
		req.Body = io.NopCloser(buffered)
		req.ContentLength = int64(buffered.Buffered() + src.Len())
	}
	return req, nil
}

// HTTPResponse reads the response, for req if that is not nil. Reading its body gives the errors that it would give
// over a network: io.ErrUnexpectedEOF where it is cut off.
func (x *Exchange) HTTPResponse(req *http.Request) (*http.Response, error) {
	return http.ReadResponse(bufio.NewReader(bytes.NewReader(x.Response)), req)
}

// ResponseBody returns the body of the response as far as it goes, and the error that ended it.
func (x *Exchange) ResponseBody() ([]byte, error) {
	resp, err := x.HTTPResponse(nil)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}
