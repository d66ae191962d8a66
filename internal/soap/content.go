package soap

import (
	"bufio"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// A SizeError reports content that is longer than allowed.
type SizeError struct{ Limit int64 }

func (e *SizeError) Error() string {
	return "the content is longer than the limit of " + strconv.FormatInt(e.Limit, 10) + " bytes"
}

// An EncodingError reports a content coding or a character set that is not known, or content that is not in the one it
// is said to be in.
type EncodingError struct {
	Msg string // one lower-case clause
	Err error  // the cause, or nil
}

func (e *EncodingError) Error() string {
	if e.Err != nil {
		return e.Msg + ": " + e.Err.Error()
	}
	return e.Msg
}

// Unwrap returns the cause.
func (e *EncodingError) Unwrap() error { return e.Err }

// AcceptEncoding is what Inflate understands and is worth asking for.
const AcceptEncoding = "gzip"

// Inflate returns a reader of body without the content coding that header names: gzip, deflate or none. A body without
// a byte is taken for empty whatever the header says. Corrupt and cut-off streams are errors of the reader.
func Inflate(body io.Reader, header http.Header) (io.Reader, error) {
	coding := strings.ToLower(strings.TrimSpace(header.Get("Content-Encoding")))
	switch coding {
	case "", "identity":
		return body, nil
	case "gzip", "x-gzip":
		return &inflater{src: errReader{Reader: body}, coding: "gzip", open: func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }}, nil
	case "deflate":
		return &inflater{src: errReader{Reader: body}, coding: coding, open: func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) }}, nil
	}
	return nil, &EncodingError{Msg: fmt.Sprintf("the content coding %q is not known", coding)}
}

// An inflater opens the compressed stream when it is first read: opening reads.
type inflater struct {
	src    errReader
	coding string
	open   func(io.Reader) (io.Reader, error)
	plain  io.Reader
	err    error
}

// An errReader remembers the error of its reader, which tells a source that failed from a stream that is damaged.
type errReader struct {
	io.Reader
	err error
}

func (r *errReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

func (z *inflater) Read(p []byte) (n int, err error) {
	if z.err != nil {
		return 0, z.err
	}
	if z.plain == nil {
		if z.plain, z.err = z.begin(); z.err != nil {
			return 0, z.err
		}
	}
	if n, err = z.plain.Read(p); err == io.EOF {
		z.err = err
	} else if err != nil {
		z.err = z.damage(err)
	}
	return n, z.err
}

func (z *inflater) begin() (io.Reader, error) {
	br := bufio.NewReader(&z.src)
	if _, err := br.Peek(1); err != nil {
		return nil, err
	}
	plain, err := z.open(br)
	if err != nil {
		return nil, z.damage(err)
	}
	return plain, nil
}

func (z *inflater) damage(err error) error {
	switch {
	case z.src.err != nil:
		return z.src.err
	case err == io.EOF:
		err = io.ErrUnexpectedEOF
	}
	return &EncodingError{Msg: "damaged " + z.coding + " content", Err: err}
}

// Limit returns a reader of at most max bytes of r; a byte more is a *SizeError. A max that is not positive is no limit.
func Limit(r io.Reader, max int64) io.Reader {
	if max <= 0 {
		return r
	}
	return &limiter{src: r, left: max, max: max}
}

type limiter struct {
	src       io.Reader
	left, max int64
}

func (l *limiter) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, &SizeError{l.max}
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1] // the one byte more tells content of just the limit from longer content
	}
	n, err := l.src.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		return n - 1, &SizeError{l.max}
	}
	return n, err
}
