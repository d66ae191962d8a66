package trackunittest

import (
	"compress/gzip"
	"context"
	"net/http"
	"strings"
	"time"
)

// A recorder is the http.ResponseWriter of one request. It keeps what is worth a line in the log, compresses, and cuts the
// answer off where a Fault wants that.
type recorder struct {
	http.ResponseWriter
	service *Service
	request *http.Request
	start   time.Time

	op       string       // of the call; empty if there is none
	status   *statusError // that was answered; nil for none
	code     int          // of HTTP
	bytes    int          // of the body, before compression
	cutAfter int          // 0 for never
	zip      *gzip.Writer // nil unless the answer is compressed
}

type recorderKey struct{}

func recorderOf(ctx context.Context) *recorder { return ctx.Value(recorderKey{}).(*recorder) }

// record returns a recorder around w and the request to go on with.
func (s *Service) record(w http.ResponseWriter, r *http.Request) (*recorder, *http.Request) {
	rec := &recorder{ResponseWriter: w, service: s, request: r, start: time.Now()}
	return rec, r.WithContext(context.WithValue(r.Context(), recorderKey{}, rec))
}

func (rec *recorder) WriteHeader(code int) {
	if rec.code != 0 {
		return
	}
	rec.code = code
	if rec.service.config.gzip && acceptsGzip(rec.request) && rec.Header().Get("Content-Length") != "0" {
		rec.Header().Del("Content-Length")
		rec.Header().Set("Content-Encoding", "gzip")
		rec.zip = gzip.NewWriter(rec.ResponseWriter)
	}
	rec.ResponseWriter.WriteHeader(code)
}

func acceptsGzip(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
}

func (rec *recorder) Write(p []byte) (int, error) {
	rec.WriteHeader(http.StatusOK)
	cut := rec.cutAfter > 0 && rec.bytes+len(p) > rec.cutAfter
	if cut {
		p = p[:max(0, rec.cutAfter-rec.bytes)]
	}
	rec.bytes += len(p)
	n, err := rec.write(p)
	if cut {
		rec.abort()
	}
	return n, err
}

func (rec *recorder) write(p []byte) (int, error) {
	if rec.zip != nil {
		return rec.zip.Write(p)
	}
	return rec.ResponseWriter.Write(p)
}

// abort sends what was written and ends the connection.
func (rec *recorder) abort() {
	if rec.zip != nil {
		rec.zip.Flush()
	}
	_ = http.NewResponseController(rec.ResponseWriter).Flush()
	panic(http.ErrAbortHandler)
}

// finish ends the answer and writes the line into the log. It is deferred, so that broken connections have one too.
func (rec *recorder) finish() {
	if rec.zip != nil {
		rec.zip.Close()
	}
	attrs := []any{
		"method", rec.request.Method, "path", rec.request.URL.Path, "op", rec.op,
		"http", rec.code, "bytes", rec.bytes, "took", time.Since(rec.start).Round(time.Microsecond),
	}
	if rec.status != nil {
		attrs = append(attrs, "x-status", rec.status.status, "error", rec.status.code)
	}
	rec.service.config.logger.InfoContext(rec.request.Context(), "request", attrs...)
}
