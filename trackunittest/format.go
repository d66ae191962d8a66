package trackunittest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/internal/jsonwire"
	"github.com/soapfirst/trackunit/internal/rest"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soapserver"
)

// A format is one in which REST answers.
type format string

const (
	formatJSON format = "json"
	formatXML  format = "xml"
	formatHTML format = "html"
)

var formats = []format{formatJSON, formatXML, formatHTML}

// formatNamed returns the format of that name, whatever its case, or "".
func formatNamed(name string) format {
	if f := format(strings.ToLower(name)); slices.Contains(formats, f) {
		return f
	}
	return ""
}

// chooseFormat tells in which format to answer: the one in the query, else that of the path or its suffix, else the best that
// the client accepts, else that of the request, else JSON. A callback is only for JSON.
func chooseFormat(r *http.Request, path format) format {
	query := r.URL.Query()
	if query.Get("callback") != "" {
		return formatJSON
	}
	if f := formatNamed(query.Get("format")); f != "" {
		return f
	}
	if path != "" {
		return path
	}
	anything := r.Header.Get("Accept") == ""
	for part := range strings.SplitSeq(r.Header.Get("Accept"), ",") {
		media, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(part)), ";")
		switch media {
		case rest.MediaJSON:
			return formatJSON
		case rest.MediaXML, "text/xml":
			return formatXML
		case "text/html":
			return formatHTML
		case "*/*", "application/*":
			anything = true
		}
	}
	if media := r.Header.Get("Content-Type"); anything && strings.HasPrefix(media, rest.MediaXML) {
		return formatXML
	}
	return formatJSON
}

// isScriptName reports whether a callback can be nothing but the name of a function.
func isScriptName(s string) bool {
	return len(s) <= 100 && !strings.ContainsFunc(s, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c == '.')
	})
}

// answer sends what an operation returned. Nothing at all is an empty body.
func (call *restCall) answer(w http.ResponseWriter, r *http.Request, ex *soapserver.Exchange) {
	for key, values := range ex.Header {
		w.Header()[key] = values
	}
	var content []byte
	media := mediaOf(call.format)
	if ex.Resp != nil {
		var err error
		if content, err = call.content(r, ex.Op.Name, ex.Op.Output, ex.Resp); err != nil {
			call.answerError(w, r, ex, err)
			return
		}
	}
	if callback := r.URL.Query().Get("callback"); callback != "" {
		content, media = fmt.Appendf(nil, "%s(%s)", callback, content), "text/javascript"
		w.Header().Set("X-Content-Type-Options", "nosniff")
	}
	sendREST(w, http.StatusOK, media, content)
}

func (call *restCall) content(r *http.Request, op string, root xmlwire.Name, resp xmlwire.Message) ([]byte, error) {
	switch call.format {
	case formatXML:
		dst := []byte(`<?xml version="1.0" encoding="utf-8"?>`)
		return xmlwire.AppendElement(dst, root, resp, xmlwire.WriteOptions{AbsentAsNil: true})
	case formatHTML:
		return reportPage(r, op, resp)
	}
	return jsonwire.Append(nil, resp, jsonwire.WriteOptions{AsServiceStack: true})
}

// answerError sends an error under the status that it has. ex is nil, or has no operation, if there is none.
func (call *restCall) answerError(w http.ResponseWriter, r *http.Request, ex *soapserver.Exchange, err error) {
	if sendInjected(w, err) {
		return
	}
	status := restStatus(ex, err)
	recorderOf(r.Context()).status = status
	resp, root, op := xmlwire.Message(new(errorResponse)), xmlwire.Name{Space: nsTypes, Local: "ErrorResponse"}, call.name
	if ex != nil && ex.Op != nil {
		resp, root, op = ex.NewResp(), ex.Op.Output, ex.Op.Name
		recorderOf(r.Context()).op = op
	}
	setStatus(resp, status.response())
	content, failed := call.content(r, op, root, resp)
	if failed != nil {
		http.Error(w, "the error cannot be written", http.StatusInternalServerError)
		return
	}
	sendREST(w, status.status, mediaOf(call.format), content)
}

func mediaOf(f format) string {
	switch f {
	case formatXML:
		return rest.MediaXML
	case formatHTML:
		return "text/html; charset=utf-8"
	}
	return rest.MediaJSON + "; charset=utf-8"
}

func sendREST(w http.ResponseWriter, status int, media string, content []byte) {
	h := w.Header()
	h.Set("Vary", "Accept")
	h.Set("Content-Type", media)
	h.Set("Content-Length", strconv.Itoa(len(content)))
	w.WriteHeader(status)
	_, _ = w.Write(content) // an error is the client's having gone
}
