package trackunittest

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/internal/jsonwire"
	"github.com/soapfirst/trackunit/internal/rest"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

//go:embed pages/pages.gohtml
var pagesFS embed.FS

// pages make HTML, in which html/template escapes everything that comes from records and requests.
var pages = template.Must(template.ParseFS(pagesFS, "pages/pages.gohtml"))

func renderPage(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	err := pages.ExecuteTemplate(&b, name, data)
	return b.Bytes(), err
}

// A pageFormat is one that operations are described for.
type pageFormat struct{ Path, Name string }

func (f pageFormat) isREST() bool { return formatNamed(f.Path) != "" }

var pageFormats = []pageFormat{{"json", "JSON"}, {"xml", "XML"}, {"soap11", "SOAP 1.1"}, {"soap12", "SOAP 1.2"}}

// metadataPage returns what sends the page about the service at a path below the base, or nil if there is none. Pages are
// for everybody.
func (s *Service) metadataPage(r *http.Request, path string) func(http.ResponseWriter) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return nil
	}
	path = strings.ToLower(path)
	switch path {
	case "", "/":
		return func(w http.ResponseWriter) { http.Redirect(w, r, BasePath+"/metadata", http.StatusFound) }
	case "/metadata":
		return sendIndex
	}
	i := slices.IndexFunc(pageFormats, func(f pageFormat) bool { return path == "/"+f.Path+"/metadata" })
	if i < 0 {
		return nil
	}
	name := queryValue(r.URL.Query(), "op")
	if name == "" {
		return sendIndex
	}
	op := operationNamed(name)
	if op == "" {
		return sendNotFound
	}
	return func(w http.ResponseWriter) {
		page, err := renderPage("operation", s.describe(op, pageFormats[i], r.Host))
		sendPage(w, page, err)
	}
}

func queryValue(query url.Values, key string) string {
	for k := range query {
		if strings.EqualFold(k, key) {
			return query.Get(k)
		}
	}
	return ""
}

func sendIndex(w http.ResponseWriter) {
	operations := rest.Operations()
	slices.Sort(operations)
	page, err := renderPage("index", struct {
		Base       string
		Operations []string
		Formats    []pageFormat
	}{BasePath, operations, pageFormats})
	sendPage(w, page, err)
}

func sendPage(w http.ResponseWriter, page []byte, err error) {
	if err != nil {
		http.Error(w, "the page cannot be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	sendREST(w, http.StatusOK, mediaOf(formatHTML), page)
}

// A report is an answer as a page.
type report struct {
	Base, Name string
	JSON, XML  string // where the same is to be had
	Tables     []reportTable
}

// A reportTable is a list of an answer, or a member that is one structure.
type reportTable struct {
	Title   string
	List    bool
	Columns []string
	Rows    [][]string
}

// reportPage returns an answer in HTML, as the service has it for people who try it in a browser.
func reportPage(r *http.Request, op string, resp xmlwire.Message) ([]byte, error) {
	page := report{Base: BasePath, Name: op, JSON: inFormat(r.URL, formatJSON), XML: inFormat(r.URL, formatXML)}
	for _, e := range xmlwire.Elements(resp) {
		if v, ok := e.Get(resp); ok {
			page.Tables = append(page.Tables, tableOf(e, v))
		}
	}
	return renderPage("report", page)
}

// inFormat returns the address of a request for another format. The token, if it is in there, stays out of the page.
func inFormat(u *url.URL, f format) string {
	query := u.Query()
	query.Del("token")
	query.Set("format", string(f))
	path := u.Path
	if dot := strings.LastIndexByte(path, '.'); dot >= 0 && formatNamed(path[dot+1:]) != "" {
		path = path[:dot]
	}
	return (&url.URL{Path: path, RawQuery: query.Encode()}).String()
}

// camelNames returns names of members as they are in JSON.
func camelNames(elements []xmlwire.Element) []string {
	names := make([]string, len(elements))
	for i, e := range elements {
		names[i] = jsonwire.CamelCase(e.Name())
	}
	return names
}
