package trackunittest_test

import (
	"context"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest"
)

const script = `"><script>alert('x')</script><img src=x onerror=alert(1)>`

// pagesService is a simulator with a record that would break out of a page that does not escape it.
func pagesService() *trackunittest.Service {
	s := trackunittest.NewService(trackunittest.WithUnits(30))
	s.Fleet().Zones.Put(generated.Zone{ID: xmlwire.Some("1"), Name: xmlwire.Some(script), Note: xmlwire.Some("a & b")})
	return s
}

// pagePaths are pages of all kinds.
func pagePaths(s *trackunittest.Service) map[string]string {
	token := "token=" + s.Token()
	return map[string]string{
		"index":          "/public/metadata",
		"operation":      "/public/json/metadata?op=CreateAlarm",
		"operation-xml":  "/public/xml/metadata?op=GetUnit",
		"operation-soap": "/public/soap12/metadata?op=GetReportUnitHistory",
		"units":          "/public/unit.html?" + token,
		"zones":          "/public/Zone?format=html&" + token,
		"error":          "/public/Zone/<b>x.html?" + token,
		"empty":          "/public/unit.html?referenceNumber=none&" + token,
	}
}

// Pages are well-formed, escape what they show, do not have the token and allow no scripts.
func TestPages(t *testing.T) {
	s := pagesService()
	for name, path := range pagePaths(s) {
		t.Run(name, func(t *testing.T) {
			w := get(s, http.MethodGet, strings.ReplaceAll(path, "<b>", "%3Cb%3E"), "", "")
			assert.Equal(t, map[bool]int{true: 404, false: 200}[name == "error"], w.Code)
			assert.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
			page := w.Body.String()
			assert.True(t, strings.HasPrefix(page, "<!DOCTYPE html>"))
			assert.NotContains(t, page, s.Token())
			assert.NotContains(t, page, "<script")
			assert.NotContains(t, page, "<img")
			assert.NotContains(t, page, "<b>x")
			assertTagsMatch(t, page)
		})
	}
	w := get(s, http.MethodGet, "/public/Zone.html", "API", s.Token())
	assert.Contains(t, w.Body.String(), "&lt;script&gt;")
	assert.Contains(t, w.Body.String(), "a &amp; b")

	assert.Equal(t, "/public/metadata", get(s, http.MethodGet, "/public", "", "").Header().Get("Location"))
	assert.Equal(t, 404, get(s, http.MethodGet, "/public/json/metadata?op=Nope", "", "").Code)
	assert.Equal(t, 401, get(s, http.MethodGet, "/public/unit.html", "", "").Code)
}

// assertTagsMatch reads a page as a browser that is strict would: every element is closed, but those that have no end.
func assertTagsMatch(t *testing.T, page string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta"}, xml.HTMLEntity
	var open []string
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		switch tag := token.(type) {
		case xml.StartElement:
			open = append(open, tag.Name.Local)
		case xml.EndElement:
			require.NotEmpty(t, open)
			require.Equal(t, open[len(open)-1], tag.Name.Local)
			open = open[:len(open)-1]
		}
	}
	assert.Empty(t, open)
}

// Every operation has a page for every format, with a sample of the right form in it.
func TestMetadata(t *testing.T) {
	s := trackunittest.NewService(trackunittest.WithUnits(0))
	index := get(s, http.MethodGet, "/public/metadata", "", "").Body.String()
	links := regexp.MustCompile(`href="([^"]*\?op=[^"]*)"`).FindAllStringSubmatch(index, -1)
	require.Len(t, links, 43*4)
	for _, link := range links {
		w := get(s, http.MethodGet, strings.ReplaceAll(link[1], "&amp;", "&"), "", "")
		assert.Equal(t, 200, w.Code, link[1])
		_, op, _ := strings.Cut(link[1], "?op=")
		page := w.Body.String()
		assert.Contains(t, page, "<h1>"+op+"</h1>")
		if strings.Contains(link[1], "/json/") {
			assert.Contains(t, page, "application/json; charset=utf-8")
			assert.Contains(t, page, "responseStatus")
		} else {
			assert.Contains(t, page, "&lt;"+op+"Response xmlns=")
		}
	}
}

// A browser shows the pages within the width of a phone and of a desk: only tables and samples scroll, inside themselves. Where
// PAGES names a folder, pictures of the pages are kept in it.
func TestPagesInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	browser := testenv.MayUseProgram(t, "chromium", "chromium-browser", "google-chrome")
	s := pagesService()
	server := httptest.NewServer(framed(s))
	defer server.Close()
	for name, path := range pagePaths(s) {
		t.Run(name, func(t *testing.T) {
			out := browse(t, browser, "--dump-dom", server.URL+"/frames?page="+url.QueryEscape(path))
			assert.Contains(t, out, `data-width="390 390 CSS1Compat, 1440 1440 CSS1Compat"`)
			if folder := os.Getenv("PAGES"); folder != "" {
				for _, width := range []string{"390", "1440"} {
					picture := "--screenshot=" + filepath.Join(folder, name+"-"+width+".png")
					browse(t, browser, "--window-size="+width+",1200", picture, server.URL+path)
				}
			}
		})
	}
}

// framed serves the pages, and a page that shows one of them in two widths and writes down how wide it came out in each.
func framed(h http.Handler) http.Handler {
	const page = `<!DOCTYPE html><title>frames</title>
		<iframe width="390" height="900" style="border:0" src="%[1]s"></iframe><iframe width="1440" height="900" style="border:0" src="%[1]s"></iframe>
		<script>
		onload = () => {
			const widths = [...document.querySelectorAll("iframe")].map(f => {
				const d = f.contentDocument
				return [f.contentWindow.innerWidth, d.documentElement.scrollWidth, d.compatMode].join(" ")
			})
			document.documentElement.dataset.width = widths.join(", ")
		}
		</script>`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/frames" {
			_, _ = fmt.Fprintf(w, page, html.EscapeString(r.URL.Query().Get("page")))
			return
		}
		h.ServeHTTP(w, r)
	})
}

func browse(t *testing.T, browser string, args ...string) string {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	args = append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--user-data-dir=" + t.TempDir()}, args...)
	out, err := exec.CommandContext(ctx, browser, args...).Output()
	require.NoError(t, err)
	return string(out)
}
