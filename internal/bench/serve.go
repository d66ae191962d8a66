package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// A serveJob serves long answers: as many rows as the parameter rows of the URL says, in thousands. It never holds more
// than one thousand, so that it keeps up with any client.
type serveJob struct{}

func (serveJob) do() error {
	h, err := newRowServer()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("URL http://%s/\n", l.Addr())
	s := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // ends with the parent
		_ = s.Close()
	}()
	if err := s.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// A rowServer has an answer in three parts, as they are and each compressed for itself: gzip may be strung together.
type rowServer struct{ plain, zipped [3][]byte }

func newRowServer() (*rowServer, error) {
	p, err := primary().payload(1000)
	if err != nil {
		return nil, err
	}
	head, list, tail, err := cutList(p.doc)
	if err != nil {
		return nil, err
	}
	s := &rowServer{plain: [3][]byte{append([]byte(envelopeHead), head...), list, append(bytes.Clone(tail), envelopeTail...)}}
	for i, part := range s.plain {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write(part); err != nil {
			return nil, err
		}
		if err := z.Close(); err != nil {
			return nil, err
		}
		s.zipped[i] = b.Bytes()
	}
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *rowServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	rows, err := strconv.Atoi(r.URL.Query().Get("rows"))
	if err != nil {
		http.Error(w, "rows must be a number", http.StatusBadRequest)
		return
	}
	parts := s.plain
	if r.URL.Query().Has("gzip") && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		parts = s.zipped
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	_, _ = w.Write(parts[0])
	for range rows / 1000 {
		if _, err := w.Write(parts[1]); err != nil {
			return // the client has gone
		}
	}
	_, _ = w.Write(parts[2])
}
