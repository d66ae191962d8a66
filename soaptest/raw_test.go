package soaptest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/memhttp"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/soaptest"
)

// A raw is a request and an answer, by hand.
type raw struct {
	method, target, media, body string
	header                      http.Header // of the request
	status                      int
	answerMedia, answer         string
	encode                      func(w http.ResponseWriter, answer string) // how the answer is written; nil for as it is
}

func (x *raw) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", x.answerMedia)
	if x.encode != nil {
		x.encode(w, x.answer)
		return
	}
	if x.status != 0 {
		w.WriteHeader(x.status)
	}
	_, _ = io.WriteString(w, x.answer)
}

// do sends the request.
func (x *raw) do(rt http.RoundTripper) (resp *http.Response, body string, err error) {
	var content io.Reader
	if x.body != "" {
		content = strings.NewReader(x.body)
	}
	method := x.method
	if method == "" {
		method = http.MethodPost
	}
	target := x.target
	if target == "" {
		target = "/soap"
	}
	req, err := http.NewRequest(method, "http://service.example"+target, content)
	if err != nil {
		return nil, "", err
	}
	for name, values := range x.header {
		req.Header[name] = values
	}
	if x.media != "" {
		req.Header.Set("Content-Type", x.media)
	}
	resp, err = rt.RoundTrip(req)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	return resp, string(answer), err
}

// recordRaw records exchanges and returns the folder.
func recordRaw(t *testing.T, exchanges []*raw, opts ...soaptest.Option) string {
	t.Helper()
	folder := t.TempDir()
	s := watch(t, func(tb testing.TB) {
		served := 0
		live := memhttp.Transport{Handler: http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			_, _ = io.Copy(io.Discard, req.Body)
			exchanges[served].ServeHTTP(w, req)
		})}
		rec := soaptest.NewRecorder(tb, folder, append([]soaptest.Option{soaptest.WithMode(soaptest.Recording), soaptest.WithLive(live)}, opts...)...)
		for _, x := range exchanges {
			_, _, err := x.do(rec)
			if x.encode == nil {
				require.NoError(t, err)
			}
			served++
		}
	})
	require.False(t, s.failed, s.text.String())
	return folder
}

func replayer(t *testing.T, folder string, opts ...soaptest.Option) *soaptest.Recorder {
	t.Helper()
	return soaptest.NewRecorder(t, folder, append([]soaptest.Option{soaptest.WithMode(soaptest.Replaying)}, opts...)...)
}

// text returns all files of a recording as one text.
func text(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	require.NoError(t, err)
	var b bytes.Buffer
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		b.Write(data)
	}
	return b.String()
}

func envelope(payload string) string {
	return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` + payload + `</s:Body></s:Envelope>`
}

func soapCall(payload, answer string) *raw {
	return &raw{media: "text/xml; charset=utf-8", body: envelope(payload), answerMedia: "text/xml; charset=utf-8", answer: envelope(answer)}
}

// Layout, prefixes and the order of attributes of a request do not matter, nor does its SOAP header.
func TestRequestsAreMatchedByMeaning(t *testing.T) {
	folder := recordRaw(t, []*raw{soapCall(`<a xmlns="urn:a" x="1" y="2"><b>1</b></a>`, `<r>1</r>`)})
	for _, body := range []string{
		`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><n>nonce</n></e:Header>
			<e:Body><p:a y="2" x="1" xmlns:p="urn:a">  <p:b>1</p:b></p:a></e:Body></e:Envelope>`,
		"\ufeff<?xml version='1.0' encoding='utf-8'?>" + envelope(`<a xmlns="urn:a" x="1" y="2"><b><![CDATA[1]]></b><!-- --></a>`),
	} {
		x := soapCall("", "")
		x.body = body
		_, answer, err := x.do(replayer(t, folder))
		require.NoError(t, err)
		assert.True(t, soaptest.Equal(t, envelope(`<r>1</r>`), answer))
	}
}

func TestNoMatch(t *testing.T) {
	folder := recordRaw(t, []*raw{
		soapCall(`<GetZone><Id>1</Id><Name>a</Name><Phone>12345678</Phone></GetZone>`, `<r/>`),
		soapCall(`<GetZone><Id>2</Id><Name>b</Name></GetZone>`, `<r/>`),
		soapCall(`<DeleteZone/>`, `<r/>`),
	}, soaptest.WithRedacted("Phone"))
	rec := replayer(t, folder, soaptest.WithRedacted("Phone"))
	var noMatch *soaptest.NoMatchError
	_, _, err := soapCall(`<GetZone><Id>1</Id><Name>c</Name><Phone>87654321</Phone><Note/></GetZone>`, "").do(rec)
	require.True(t, errors.As(err, &noMatch))
	assert.Equal(t, "POST /soap GetZone", noMatch.Request)
	assert.Equal(t, "001-GetZone", noMatch.Nearest)
	assert.Equal(t, []string{`/Envelope/Body/GetZone/Name: "c", want "a"`, `/Envelope/Body/GetZone/Note: not expected here`}, noMatch.Diffs)
	assert.Equal(t, "the recording "+folder+` has no such request: POST /soap GetZone; the nearest is 001-GetZone.txt, from which it differs:
	/Envelope/Body/GetZone/Name: "c", want "a"
	/Envelope/Body/GetZone/Note: not expected here
if that is right, record anew with -record`, err.Error())

	// What is nearest is of the same operation, also where another has less to differ in.
	_, _, err = soapCall(`<DeleteZone><Id>1</Id><Name>c</Name><Phone>1</Phone><Note/></DeleteZone>`, "").do(rec)
	require.True(t, errors.As(err, &noMatch))
	assert.Equal(t, "003-DeleteZone", noMatch.Nearest)

	for _, x := range []*raw{
		{method: "GET", target: "/zone?x=1"},
		{method: "PUT", body: "{}"},
		{body: envelope("")},
		{body: "text"},
		{body: strings.Replace(envelope(`<DeleteZone/>`), "schemas.xmlsoap.org/soap/envelope/", "www.w3.org/2003/05/soap-envelope", 1)},
	} {
		_, _, err = x.do(rec)
		require.True(t, errors.As(err, &noMatch), x)
		assert.NotEmpty(t, noMatch.Diffs)
	}
	assert.Len(t, rec.Unused(), 3)
}

// Equal requests get their answers in the order in which they were recorded, each once.
func TestAnswersComeInOrder(t *testing.T) {
	call := func(answer string) *raw { return soapCall(`<a/>`, answer) }
	folder := recordRaw(t, []*raw{call(`<r>1</r>`), call(`<r>2</r>`)})
	rec := replayer(t, folder)
	for _, want := range []string{`<r>1</r>`, `<r>2</r>`} {
		assert.Len(t, rec.Unused(), map[string]int{`<r>1</r>`: 2, `<r>2</r>`: 1}[want])
		_, answer, err := call("").do(rec)
		require.NoError(t, err)
		assert.True(t, soaptest.Equal(t, envelope(want), answer))
	}
	_, _, err := call("").do(rec)
	assert.EqualError(t, err, "the recording "+folder+" has POST /soap a 2 times, the last in 002-a.txt, and it was asked for once more; take WithRepeat, or record anew with -record")

	rec = replayer(t, folder, soaptest.WithRepeat())
	for range 3 {
		_, answer, err := call("").do(rec)
		require.NoError(t, err)
		assert.Contains(t, answer, "<r>")
	}
	_, answer, err := call("").do(rec)
	require.NoError(t, err)
	assert.True(t, soaptest.Equal(t, envelope(`<r>2</r>`), answer))
}

// Of requests that differ only in what was redacted, the one with the same placeholder is taken first.
func TestPlaceholdersAreMatchedFirst(t *testing.T) {
	opt := soaptest.WithRedacted("Phone")
	call := func(phone, answer string) *raw { return soapCall(`<a><Phone>`+phone+`</Phone></a>`, answer) }
	folder := recordRaw(t, []*raw{call("11111111", `<r>1</r>`), call("22222222", `<r>2</r>`)}, opt)
	rec := replayer(t, folder, opt)
	_, answer, err := call("10000002", "").do(rec)
	require.NoError(t, err)
	assert.Contains(t, answer, "<r>2</r>")
	_, answer, err = call("anything", "").do(rec)
	require.NoError(t, err)
	assert.Contains(t, answer, "<r>1</r>")
}

func TestAnyValue(t *testing.T) {
	opt := soaptest.WithAnyValue("From", "stamp", "Box/Id")
	folder := recordRaw(t, []*raw{
		soapCall(`<a stamp="1"><From>2026-01-01</From><Box><Id>1</Id></Box><Id>1</Id></a>`, `<r/>`),
		{method: "GET", target: "/x?from=1&id=1", answer: "{}"},
	})
	rec := replayer(t, folder, opt)
	_, _, err := soapCall(`<a stamp="2"><From>2026-01-02</From><Box><Id>2</Id></Box><Id>2</Id></a>`, "").do(rec)
	var noMatch *soaptest.NoMatchError
	require.True(t, errors.As(err, &noMatch))
	assert.Equal(t, []string{`/Envelope/Body/a/Id: "2", want "1"`}, noMatch.Diffs)
	_, _, err = soapCall(`<a stamp="2"><From/><Box><Id>2</Id></Box><Id>1</Id></a>`, "").do(rec)
	require.ErrorAs(t, err, &noMatch)
	assert.Len(t, noMatch.Diffs, 1, "that there is a value counts")
	_, _, err = soapCall(`<a stamp="2"><From>x</From><Box><Id>2</Id></Box><Id>1</Id></a>`, "").do(rec)
	assert.NoError(t, err)
	_, _, err = (&raw{method: "GET", target: "/x?id=2&from=2"}).do(rec)
	assert.NoError(t, err, "in a query every id is that of a Box")
	rec = replayer(t, folder, soaptest.WithAnyValue("From"))
	_, _, err = (&raw{method: "GET", target: "/x?id=2&from=2"}).do(rec)
	assert.ErrorContains(t, err, `the parameter id is ["2"], want ["1"]`)
	_, _, err = (&raw{method: "GET", target: "/x?id=1&from=2"}).do(rec)
	assert.NoError(t, err)
}

// Where a service is over REST, JSON is compared by its members.
func TestJSONAndQueries(t *testing.T) {
	folder := recordRaw(t, []*raw{
		{method: "GET", target: "/unit?b=2&a=1&token=abcdefgh", answerMedia: "application/json", answer: `{"list":[{"id":1.50,"n":null,"phone":4512345678}]}`},
		{target: "/unit", media: "application/json", body: `{"name":"<x>","tags":["a","b"],"phone":"+4512345678","n":null}`, answerMedia: "application/json", answer: `[]`},
		{target: "/login", media: "application/x-www-form-urlencoded", body: "user=me&password=se%26cret", answer: "ok"},
	}, soaptest.WithRedacted("Contact/Phone"))
	all := text(t, folder)
	for _, secret := range []string{"abcdefgh", "12345678", "cret", "%26"} {
		assert.NotContains(t, all, secret)
	}
	assert.Contains(t, all, "GET /unit?a=1&b=2&token=REDACTED HTTP/1.1")
	assert.Contains(t, all, `"id": 1.50`)
	assert.Contains(t, all, `"name": "<x>"`)
	assert.Contains(t, all, `"phone": 1000000001`, "a number stays one")

	rec := replayer(t, folder, soaptest.WithRedacted("Contact/Phone"))
	_, answer, err := (&raw{method: "GET", target: "/unit?a=1&b=2"}).do(rec)
	require.NoError(t, err)
	assert.JSONEq(t, `{"list":[{"id":1.50,"n":null,"phone":1000000001}]}`, answer)
	_, _, err = (&raw{target: "/unit", body: `{"phone":"+4587654321", "tags":["b","a"],"name":"<x>"}`}).do(rec)
	assert.ErrorContains(t, err, `/JSON/tags/item: "b", want "a"`)
	_, _, err = (&raw{target: "/unit", body: `{"phone":"+4587654321", "m":null,"tags":["a","b"],"name":"\u003cx>"}`}).do(rec)
	assert.NoError(t, err)
	_, _, err = (&raw{target: "/login", media: "application/x-www-form-urlencoded", body: "password=other&user=me"}).do(rec)
	assert.NoError(t, err)
	assert.Empty(t, rec.Unused())
}

// Secrets are found in every part of an exchange, and what is marked is taken out of other places too.
func TestSecrets(t *testing.T) {
	const token, phone, name = "feedfacefeedface", "+45 12 34 56 78", "Jane D'Oe"
	header := http.Header{"Authorization": {"Bearer " + token}, "Cookie": {"session=" + token}, "X-Api-Key": {"key-key-key"}}
	page := &raw{header: header, body: envelope(`<Find><Text>` + name + `</Text></Find>`), status: 500, answerMedia: "text/html",
		answer: `<html><p>` + token + ` of ` + name + ` failed<br><password>hunter2</html>`}
	login := &raw{target: "/soap?access_token=" + token, body: `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:w="urn:w"><s:Header><w:Security>
			<w:UsernameToken><w:Username>admin-user</w:Username><w:Password>hunter2hunter2</w:Password></w:UsernameToken></w:Security></s:Header>
			<s:Body><In Secret="s3cr3t-s3cr3t"><Security>kept</Security></In></s:Body></s:Envelope>`,
		answerMedia: "application/soap+xml", answer: envelope(`<Out><Token>tok-` + token + `</Token></Out>`)}
	contact := soapCall(`<Create><Contact><Name>`+name+`</Name><Phones><string>`+phone+`</string></Phones></Contact><Name>Depot</Name></Create>`,
		`<r>created Jane D&apos;Oe, call +45 12 34 56 78!</r>`)
	folder := recordRaw(t, []*raw{page, login, contact}, soaptest.WithRedacted("Contact/Name", "Phones"))
	all := text(t, folder)
	for _, secret := range []string{token, phone, name, "key-key", "hunter2", "admin-user", "s3cr3t", "D&#39;Oe", "D&apos;Oe"} {
		assert.NotContains(t, all, secret)
	}
	assert.Contains(t, all, "<Name>Depot</Name>")
	assert.Contains(t, all, "<Security>kept</Security>")
	assert.Contains(t, all, "<string>+10 00 00 00 01</string>")
	assert.Regexp(t, `<r>created Redacted\d{4}, call \+10 00 00 00 01!</r>`, all)
	assert.Regexp(t, `<p>REDACTED of Redacted\d{4} failed`, all)

	// A replay finds them whatever is in place of the values.
	rec := replayer(t, folder, soaptest.WithRedacted("Contact/Name", "Phones"))
	for _, x := range []*raw{
		{body: envelope(`<Find><Text>John Smith</Text></Find>`)},
		soapCall(`<Create><Contact><Name>x</Name><Phones><string>1</string></Phones></Contact><Name>Depot</Name></Create>`, ""),
		{body: `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><In Secret="x"><Security>kept</Security></In></s:Body></s:Envelope>`},
	} {
		_, _, err := x.do(rec)
		assert.NoError(t, err)
	}
	_, _, err := soapCall(`<Create><Contact><Name>x</Name></Contact><Name>Depot</Name></Create>`, "").do(rec)
	assert.ErrorContains(t, err, "/Envelope/Body/Create/Contact/Phones: missing here")
}

// Placeholders are of the kind of what they stand for, and the same for the same.
func TestPlaceholders(t *testing.T) {
	tests := map[string][]string{
		"1":                                    nil, // one digit has no room for more
		"310007":                               {"100001", "100002"},
		"-12.50":                               {"-10.01", "-10.02"},
		"1.5E+10":                              {"1.0E+01", "1.0E+02"},
		"(045) 12-34":                          {"(100) 00-01", "(100) 00-02"},
		"a@b.example":                          {"user1@example.invalid", "user2@example.invalid"},
		"2026-03-02":                           {"2000-01-02", "2000-01-03"},
		"2026-03-02T01:02:03.4":                {"2000-01-02T00:00:00", "2000-01-03T00:00:00"},
		"2026-03-02T01:02:03+02:00":            {"2000-01-02T00:00:00+02:00", "2000-01-03T00:00:00+02:00"},
		"11:12:13":                             {"00:01:00", "00:02:00"},
		"0123456789abcdef":                     {"0000000000000001", "0000000000000002"},
		"6ba7b810-9dad-11d1-80b4-00c04fd430c8": {"00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"},
		"https://a.example/x?y":                {"https://example.invalid/1", "https://example.invalid/2"},
		"true":                                 {"false", "false"},
		"NaN":                                  {"NaN", "NaN"},
		" ":                                    {" ", " "},
		"":                                     {"", ""},
		" x ":                                  {" Redacted0001 ", " Redacted0002 "},
		"redacted":                             {"Redacted0001", "Redacted0002"},
	}
	for value, want := range tests {
		other := value
		switch {
		case len(want) == 0 || want[0] == want[1]:
		case strings.HasSuffix(value, "c8"):
			other = strings.Replace(value, "6", "7", 1)
		default:
			for _, swap := range []string{"12", "01", "ab", "xy", "re"} {
				if changed := strings.Replace(value, swap[:1], swap[1:], 1); changed != value {
					other = changed
					break
				}
			}
			require.NotEqual(t, value, other)
		}
		folder := recordRaw(t, []*raw{soapCall(`<a><S>`+value+`</S><S>`+other+`</S><S>`+value+`</S></a>`, "<r/>")}, soaptest.WithRedacted("S"))
		if want == nil {
			assert.NotContains(t, text(t, folder), `<S>`+value+`</S>`)
			continue
		}
		var got []string
		for _, part := range strings.Split(text(t, folder), "<S>")[1:] {
			got = append(got, part[:strings.Index(part, "</S>")])
		}
		if value == "" {
			assert.Empty(t, got, "nothing is redacted in <S/>")
			continue
		}
		assert.Equal(t, []string{want[0], want[1], want[0]}, got, value)
	}
}

// An answer that breaks off is recorded, and breaks off again.
func TestCutOff(t *testing.T) {
	cut := soapCall(`<a/>`, "")
	cut.answer = `<s:Envelope><Password>x-x-x-x</Password><b`
	cut.encode = func(w http.ResponseWriter, answer string) {
		_, _ = io.WriteString(w, answer)
		panic(http.ErrAbortHandler)
	}
	folder := recordRaw(t, []*raw{cut})
	assert.NotContains(t, text(t, folder), "x-x-x")
	resp, answer, err := soapCall(`<a/>`, "").do(replayer(t, folder))
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.Equal(t, http.StatusOK, resp.StatusCode)
	assert.True(t, strings.HasPrefix(answer, "<s:Envelope>"), answer)
}

// What is compressed or in another character set is recorded so that people can read it.
func TestEncodings(t *testing.T) {
	zipped := soapCall(`<a>1</a>`, `<r><Password>hidden-hidden</Password></r>`)
	zipped.encode = func(w http.ResponseWriter, answer string) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, answer)
		_ = z.Close()
	}
	latin := soapCall(`<a>2</a>`, "")
	latin.answerMedia = "text/xml; charset=iso-8859-1"
	latin.answer = `<?xml version="1.0" encoding="iso-8859-1"?>` + envelope("<r>K\xf8benhavn</r>")
	folder := recordRaw(t, []*raw{zipped, latin})
	rec := replayer(t, folder)
	resp, answer, err := soapCall(`<a>1</a>`, "").do(rec)
	require.NoError(t, err)
	assert.Empty(t, resp.Header.Get("Content-Encoding"))
	assert.True(t, soaptest.Equal(t, envelope(`<r><Password>Redacted0001</Password></r>`), answer))
	resp, answer, err = soapCall(`<a>2</a>`, "").do(rec)
	require.NoError(t, err)
	assert.Equal(t, "text/xml; charset=utf-8", resp.Header.Get("Content-Type"))
	assert.True(t, soaptest.Equal(t, envelope("<r>København</r>"), answer))
	assert.Contains(t, answer, `encoding="utf-8"`)
}

// What nobody can look into is not written.
func TestUnknownCodingIsNotRecorded(t *testing.T) {
	odd := soapCall(`<a/>`, "x")
	odd.encode = func(w http.ResponseWriter, answer string) {
		w.Header().Set("Content-Encoding", "br")
		_, _ = io.WriteString(w, answer)
	}
	folder := t.TempDir()
	s := watch(t, func(tb testing.TB) {
		rec := soaptest.NewRecorder(tb, folder, soaptest.WithMode(soaptest.Recording), soaptest.WithLive(memhttp.Transport{Handler: odd}))
		_, answer, err := odd.do(rec)
		assert.NoError(t, err)
		assert.Equal(t, envelope("x"), answer, "the caller gets it all the same")
	})
	assert.Contains(t, s.text.String(), `POST http://service.example/soap cannot be redacted: the content coding "br" is not known`)
	assert.Empty(t, text(t, folder))
}

// Long paths make no long file names.
func TestFileNames(t *testing.T) {
	long := strings.Repeat("long", 100)
	folder := recordRaw(t, []*raw{{target: "/a/b/12/"}, {method: "GET", target: "/"}, {target: "/" + long}, {target: "/ø/c?d=e"}})
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	for i, want := range []string{"001-POST-b-12.txt", "002-GET.txt", "003-POST-" + long[:75] + ".txt", "004-POST-c.txt"} {
		assert.Equal(t, want, filepath.Base(names[i]))
	}
}

// What could not be read back is not written.
func TestMarksInRequestsAreNotRecorded(t *testing.T) {
	x := &raw{body: "text\n=== response\nmore", answer: "ok"}
	folder := t.TempDir()
	s := watch(t, func(tb testing.TB) {
		rec := soaptest.NewRecorder(tb, folder, soaptest.WithMode(soaptest.Recording), soaptest.WithLive(memhttp.Transport{Handler: x}))
		_, _, err := x.do(rec)
		assert.NoError(t, err)
	})
	assert.Contains(t, s.text.String(), "001-POST-soap: the request holds what cannot stand in a recording")
	assert.Empty(t, text(t, folder))
}

// A recording takes the place of the one before, and of nothing else; a test that fails changes nothing.
func TestSaving(t *testing.T) {
	folder := recordRaw(t, []*raw{soapCall(`<a/>`, `<r/>`), soapCall(`<b/>`, `<r/>`)})
	notes := filepath.Join(folder, "notes.txt")
	require.NoError(t, os.WriteFile(notes, []byte("ours"), 0o600))
	record := func(payload string, fail bool) *spy {
		return watch(t, func(tb testing.TB) {
			x := soapCall(payload, `<r/>`)
			rec := soaptest.NewRecorder(tb, folder, soaptest.WithMode(soaptest.Recording), soaptest.WithLive(memhttp.Transport{Handler: x}))
			assert.Equal(t, soaptest.Recording, rec.Mode())
			if payload != "" {
				_, _, err := x.do(rec)
				assert.NoError(t, err)
			}
			if fail {
				tb.Errorf("failed")
			}
		})
	}
	before := text(t, folder)
	s := record(`<c/>`, true)
	assert.Contains(t, s.text.String(), "the test has failed: "+folder+" stays as it is")
	assert.Equal(t, before, text(t, folder))

	s = record("", false)
	assert.Contains(t, s.text.String(), "no request came through the recorder")
	assert.Equal(t, before, text(t, folder))

	assert.False(t, record(`<c/>`, false).failed)
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	assert.Equal(t, []string{filepath.Join(folder, "001-c.txt"), notes}, names)
}

func TestNothingToReplay(t *testing.T) {
	folder := t.TempDir()
	s := watch(t, func(tb testing.TB) { soaptest.NewRecorder(tb, folder); t.Error("it goes on") })
	assert.Contains(t, s.text.String(), "run the test with -record")
	for content, want := range map[string]string{
		"": "does not start with", "=== request\nGET / HTTP/1.1\n\n\n=== response\nHTTP": "the response: ",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, "001-x.txt"), []byte(content), 0o600))
		s := watch(t, func(tb testing.TB) { soaptest.NewRecorder(tb, folder) })
		assert.Contains(t, s.text.String(), filepath.Join(folder, "001-x.txt")+": ")
		assert.Contains(t, s.text.String(), want)
	}
}

func TestRecordFlag(t *testing.T) {
	setFlag(t, "record", "true")
	s := watch(t, func(tb testing.TB) {
		assert.Equal(t, soaptest.Recording, soaptest.NewRecorder(tb, t.TempDir()).Mode())
		tb.Errorf("nothing is to be written")
	})
	assert.Contains(t, s.text.String(), "stays as it is")
}

type failingTransport struct{}

func (failingTransport) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, io.ErrClosedPipe
}

func TestErrorsOfTheNetwork(t *testing.T) {
	folder := recordRaw(t, []*raw{soapCall(`<a/>`, `<r/>`)})
	s := watch(t, func(tb testing.TB) {
		rec := soaptest.NewRecorder(tb, folder, soaptest.WithMode(soaptest.Recording), soaptest.WithLive(failingTransport{}))
		_, _, err := soapCall(`<a/>`, "").do(rec)
		assert.ErrorIs(t, err, io.ErrClosedPipe)
	})
	assert.True(t, s.failed, "there is nothing to save")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	req, err := http.NewRequestWithContext(ctx, "POST", "http://service.example/soap", strings.NewReader(envelope(`<a/>`)))
	require.NoError(t, err)
	_, err = replayer(t, folder).RoundTrip(req)
	assert.ErrorIs(t, err, context.Canceled)
}

func TestConcurrentReplay(t *testing.T) {
	const calls = 16
	var exchanges []*raw
	for range calls {
		exchanges = append(exchanges, soapCall(`<a/>`, `<r/>`))
	}
	rec := replayer(t, recordRaw(t, exchanges))
	var wg sync.WaitGroup
	for range calls {
		wg.Go(func() {
			_, _, err := soapCall(`<a/>`, "").do(rec)
			assert.NoError(t, err)
		})
	}
	wg.Wait()
	assert.Empty(t, rec.Unused())
}

// A login is a message whose operation has a secret.
type login struct{ User, Pin string }

func (*login) XMLType() *xmlwire.Type { return &xmlLogin }

var xmlLogin = xmlwire.Type{Name: "Login", Members: []xmlwire.Member{{Field: "User", Kind: xmlwire.String}, {Field: "Pin", Kind: xmlwire.String}}}

// The secrets of wsdlgen.toml come to the recorder by its interceptor.
func TestInterceptor(t *testing.T) {
	op := &soapclient.Operation{Name: "Login", Input: xmlwire.Name{Local: "Login"}, Output: xmlwire.Name{Local: "Login"}, Secrets: []string{"Pin"}}
	answer := soapCall("", `<Login><User>me</User><Pin>1234567</Pin></Login>`)
	folder := t.TempDir()
	call := func(rec *soaptest.Recorder, pin string) (login, error) {
		client, err := soapclient.New(soapclient.Binding{Version: soapclient.SOAP11, Address: "http://service.example/soap"},
			soapclient.WithHTTPClient(rec.Client()), soapclient.WithInterceptors(rec.Interceptor()))
		require.NoError(t, err)
		var resp login
		err = client.RoundTrip(t.Context(), &soapclient.Call{Op: op, Req: &login{"me", pin}, Resp: &resp})
		return resp, err
	}
	s := watch(t, func(tb testing.TB) {
		rec := soaptest.NewRecorder(tb, folder, soaptest.WithMode(soaptest.Recording), soaptest.WithLive(memhttp.Transport{Handler: answer}))
		resp, err := call(rec, "7654321")
		assert.NoError(t, err)
		assert.Equal(t, login{"me", "1234567"}, resp)
	})
	require.False(t, s.failed, s.text.String())
	assert.NotContains(t, text(t, folder), "234567")
	assert.NotContains(t, text(t, folder), "765432")
	resp, err := call(replayer(t, folder), "0000000")
	require.NoError(t, err)
	assert.Equal(t, login{"me", "1000002"}, resp)
}

// FuzzRecorded checks that whatever is recorded is found again, and that what stands in a marked place is gone.
func FuzzRecorded(f *testing.F) {
	for _, body := range []string{
		envelope(`<a><Phone>12345678</Phone> <b x="&#10;">y&#13;</b></a>`), `{"phone": 12345678, "a": [null, true, {"b": "\u0000"}]}`,
		"<a>", "[", "text\n", "\r\n", "user=1&phone=12345678", `<?xml version="1.0" encoding="latin1"?><a/>`, "\ufeff<a/>",
		`{"a":1,"a":2}`, `1e999`, `[1e999,-0]`, `<a Phone=" "><![CDATA[12345678]]></a>`, "--b\r\n\r\n<a/>\r\n--b--",
	} {
		f.Add(body, "application/x-www-form-urlencoded", "/path/12?phone=12345678&x=1")
		f.Add(body, "text/xml", "/")
	}
	f.Fuzz(func(t *testing.T, body, media, target string) {
		if _, err := http.NewRequest(http.MethodPost, "http://service.example"+target, nil); err != nil || !strings.HasPrefix(target, "/") {
			t.Skip()
		}
		if strings.ContainsFunc(media, unicode.IsControl) || strings.Contains(body, "=== response") {
			t.Skip()
		}
		x := &raw{media: media, body: body, target: target, answer: body, answerMedia: media}
		opt := soaptest.WithRedacted("Phone")
		folder := recordRaw(t, []*raw{x}, opt)
		rec := replayer(t, folder, opt)
		if _, _, err := x.do(rec); err != nil {
			t.Fatal(err)
		}
		if marked := `<Phone>12345678</Phone>`; strings.Contains(body, marked) {
			assert.NotContains(t, text(t, folder), marked)
		}
	})
}
