package trackunittest_test

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/canon"
	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/internal/xmltest"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest"
)

// TestAccent sends the requests that were captured with the answers of a real ServiceStack to simulators which know the
// same records, and compares the answers. How they may differ is said in testdata/accent.txt, and nowhere else.
func TestAccent(t *testing.T) {
	dir := filepath.Join(testenv.Folder(t, testenv.SOAPExchanges), "soap")
	exchanges := xmltest.ReadExchanges(t, filepath.Join(dir, "*.txt"))
	rules := readAccentFile(t, "testdata/accent.txt")
	for _, version := range []string{"11", "12"} {
		for _, app := range capturedApps {
			service := capturedService(t, dir, version)
			if app[0] == "Unit" {
				service.Fleet().SetNow(trackunittest.DefaultNow) // so that there are reports
			}
			for _, x := range inOrder(exchanges, version, app) {
				if strings.HasSuffix(x.Name, ".nan-inf") { // asked for last: no other answer shows the unit
					var nan generated.GetUnitResponse
					readCaptured(t, dir, x.Name, &nan)
					service.Fleet().SetUnit(nan.List[0])
				}
				t.Run(x.Name, func(t *testing.T) { rules.find(x.Name).check(t, x, ask(t, service, x)) })
			}
		}
	}
	for _, r := range rules {
		assert.True(t, r.used, "line %d of accent.txt: no exchange is called %s", r.line, r.pattern)
	}
}

// capturedApps are the nouns of the programs that the exchanges were captured from. Each had its own records.
var capturedApps = [][]string{
	{"Unit", "UnitExtendedInfo", "ReportUnitExtendedInfo", "ReportUnitActiveFaults", "ReportUnitHistory", "ReportKeyHistory",
		"ReportUnitSummary", "ReportTrip", "_wsdl", "NoSuchOperation"},
	{"Alarm", "ActiveAlarm", "AlarmLog", "Zone"},
	{"Category", "Client"},
	{"Contact", "Group"},
	{"Key", "Point"},
}

// inOrder returns the exchanges of one program, in the order of what they do to its records.
func inOrder(exchanges []*xmltest.Exchange, version string, app []string) []*xmltest.Exchange {
	rank := func(x *xmltest.Exchange) int {
		op, rest, _ := strings.Cut(x.Name, ".")
		switch c := rest[3:]; {
		case strings.HasPrefix(op, "Create") && c == "ok":
			return 1
		case c == "after-create":
			return 2
		case strings.HasPrefix(op, "Update") && c == "ok":
			return 3
		case strings.HasPrefix(c, "after-"):
			return 4
		case strings.HasPrefix(op, "Delete") && c == "ok":
			return 5
		case c == "nan-inf":
			return 6
		}
		return 0
	}
	var list []*xmltest.Exchange
	for _, x := range exchanges {
		op, rest, _ := strings.Cut(x.Name, ".")
		noun := op
		for _, verb := range []string{"Get", "Create", "Update", "Delete"} {
			noun = strings.TrimPrefix(noun, verb)
		}
		if strings.HasPrefix(rest, version) && slices.Contains(app, noun) {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(a, b *xmltest.Exchange) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(appIndex(app, a), appIndex(app, b)))
	})
	return list
}

func appIndex(app []string, x *xmltest.Exchange) int {
	return slices.IndexFunc(app, func(noun string) bool { return strings.Contains(x.Name, noun+".") })
}

// capturedService returns a simulator with the records that the captured answers show, and nothing else.
func capturedService(t *testing.T, dir, version string) *trackunittest.Service {
	f := trackunittest.NewFleet(1, 0)
	f.SetNow(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)) // the present of the made-up service
	list := func(name string, m xmlwire.Message) {
		readCaptured(t, dir, strings.Replace(name, ".", "."+version+".", 1), m)
	}
	var units generated.GetUnitResponse
	list("GetUnit.all", &units)
	for _, u := range units.List {
		f.SetUnit(u)
	}
	var rows generated.GetReportUnitHistoryResponse
	list("GetReportUnitHistory.big-1000-rows", &rows)
	f.SetHistory("46208", rows.List)

	var categories generated.GetCategoryResponse
	var clients generated.GetClientResponse
	var contacts generated.GetContactResponse
	var groups generated.GetGroupResponse
	var keys generated.GetKeyResponse
	var points generated.GetPointResponse
	var zones generated.GetZoneResponse
	var alarms generated.GetAlarmResponse
	list("GetCategory.ok", &categories)
	list("GetClient.ok", &clients)
	list("GetContact.ok", &contacts)
	list("GetGroup.ok", &groups)
	list("GetKey.ok", &keys)
	list("GetPoint.ok", &points)
	list("GetZone.ok", &zones)
	list("GetAlarm.ok", &alarms)
	refill(f.Categories, categories.List, func(r generated.Category) string { return r.ID.Value() })
	refill(f.Clients, clients.List, func(r generated.Client) string { return r.ID.Value() })
	refill(f.Contacts, contacts.List, func(r generated.Contact) string { return r.ID.Value() })
	refill(f.Groups, groups.List, func(r generated.Group) string { return r.ID.Value() })
	refill(f.Keys, keys.List, func(r generated.Key) string { return r.ID.Value() })
	refill(f.Points, points.List, func(r generated.Point) string { return r.ID.Value() })
	refill(f.Zones, zones.List, func(r generated.Zone) string { return r.ID.Value() })
	refill(f.Alarms, alarms.List, func(r generated.Alarm) string { return r.ID.Value() })
	require.True(t, f.Trigger("70329", "46208", f.Now()))
	return trackunittest.NewService(trackunittest.WithFleet(f))
}

// readCaptured reads the response in an exchange into m.
func readCaptured(t *testing.T, dir, name string, m xmlwire.Message) {
	x := xmltest.ReadExchange(t, filepath.Join(dir, name+".txt"))
	body, err := x.ResponseBody()
	require.NoError(t, err)
	require.NoError(t, xmlwire.Unmarshal(xmltest.Payload(t, body), m, xmlwire.ReadOptions{}))
}

// refill puts rows in place of what a table holds.
func refill[T any](table *trackunittest.Table[T], rows []T, id func(T) string) {
	for _, row := range table.All() {
		table.Delete(id(row))
	}
	for _, row := range rows {
		table.Put(row)
	}
}

// A reply is an answer as far as it is compared.
type reply struct {
	status  int
	xStatus string
	media   string // of the Content-Type, without parameters
	header  http.Header
	body    []byte
}

func newReply(t *testing.T, resp *http.Response) *reply {
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Logf("the answer breaks off: %v", err)
	}
	require.NoError(t, resp.Body.Close())
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return &reply{resp.StatusCode, resp.Header.Get("X-Status"), media, resp.Header, body}
}

// ask sends the captured request to a simulator.
func ask(t *testing.T, s *trackunittest.Service, x *xmltest.Exchange) *reply {
	req, err := http.NewRequestWithContext(t.Context(), x.Method, "http://127.0.0.1:28220"+x.Target, bytes.NewReader(x.Body))
	require.NoError(t, err)
	req.Header = x.Header
	resp, err := s.Transport().RoundTrip(req)
	require.NoError(t, err)
	return newReply(t, resp)
}

// An accentRule is a line of accent.txt.
type accentRule struct {
	line         int
	pattern, how string
	used         bool
}

type accentRules []*accentRule

// find returns the first rule whose pattern matches the name of an exchange. What has none must be the same.
func (rules accentRules) find(name string) *accentRule {
	for _, r := range rules {
		if ok, _ := path.Match(r.pattern, name); ok {
			r.used = true
			return r
		}
	}
	return &accentRule{how: "same"}
}

func (r *accentRule) check(t *testing.T, x *xmltest.Exchange, got *reply) {
	resp, err := x.HTTPResponse(nil)
	require.NoError(t, err)
	want := newReply(t, resp)
	if r.how != "same" && !strings.Contains(r.how, "=") {
		assert.False(t, same(want, got), "line %d of accent.txt is not needed", r.line)
	}
	switch how, value, _ := strings.Cut(r.how, "="); how {
	case "same":
		assertHead(t, want, got)
		assert.Equal(t, form(t, want.body), form(t, got.body))
	case "values":
		assertHead(t, want, got)
		assert.Equal(t, shape(t, want.body), shape(t, got.body))
	case "error":
		assert.Equal(t, want.status, got.status)
		assert.NotEmpty(t, want.xStatus)
		assert.NotEmpty(t, got.xStatus)
		assert.Equal(t, shape(t, want.body), shape(t, got.body))
	case "http", "x-status":
		assert.Equal(t, value, map[string]string{"http": strconv.Itoa(got.status), "x-status": got.xStatus}[how])
	default:
		t.Fatalf("line %d of accent.txt: what is %q?", r.line, r.how)
	}
}

func same(want, got *reply) bool {
	a, errA := canon.Parse(want.body)
	b, errB := canon.Parse(got.body)
	if errA != nil || errB != nil {
		return want.status == got.status && bytes.Equal(want.body, got.body)
	}
	return want.status == got.status && want.xStatus == got.xStatus && tidy(a).String() == tidy(b).String()
}

// assertHead compares status and headers that mean something.
func assertHead(t *testing.T, want, got *reply) {
	assert.Equal(t, want.status, got.status, "HTTP status")
	assert.Equal(t, want.xStatus, got.xStatus, "X-Status")
	assert.Equal(t, want.media, got.media, "media type")
	assert.Equal(t, want.header.Get("WWW-Authenticate"), got.header.Get("WWW-Authenticate"))
	_, a, _ := strings.Cut(want.header.Get("Content-Type"), "action=")
	_, b, _ := strings.Cut(got.header.Get("Content-Type"), "action=")
	assert.Equal(t, a, b, "action")
}

// form returns what a document says, in a form to compare. See accent.txt for what is left out.
func form(t *testing.T, body []byte) string {
	if len(body) == 0 {
		return ""
	}
	n, err := canon.Parse(body)
	require.NoError(t, err)
	return tidy(n).String()
}

// tidy evens out the two differences that are everywhere: how many digits a number has, and that a ResponseError of
// ServiceStack 5.0.2 leaves Meta out.
func tidy(n *canon.Node) *canon.Node {
	if f, err := strconv.ParseFloat(n.Text, 64); err == nil && (strings.ContainsAny(n.Text, ".E") || len(n.Text) > 15) {
		n.Text = strconv.FormatFloat(f, 'g', -1, 64)
	}
	if n.Local == "ResponseError" {
		n.Nodes = slices.DeleteFunc(n.Nodes, func(c *canon.Node) bool { return c.Local == "Meta" && isNil(c) })
	}
	for _, c := range n.Nodes {
		tidy(c)
	}
	return n
}

func isNil(n *canon.Node) bool {
	return slices.ContainsFunc(n.Attrs, func(a canon.Attr) bool { return a.Local == "nil" && a.Value == "true" })
}

// shape returns which elements a document has, in their order and with nil and empty ones marked. Of a list it is the
// members of the first item, which may be nil or not; texts are left out.
func shape(t *testing.T, body []byte) string {
	n, err := canon.Parse(body)
	require.NoError(t, err)
	var s strings.Builder
	writeShape(&s, tidy(n), 0, false)
	return s.String()
}

func writeShape(s *strings.Builder, n *canon.Node, depth int, inItem bool) {
	mark := ""
	switch {
	case inItem:
	case isNil(n):
		mark = " nil"
	case n.Local == "List" || n.Local == "Result":
		mark = " list"
	}
	fmt.Fprintf(s, "%*s%s%s\n", 2*depth, "", n.Local, mark)
	nodes := n.Nodes
	if mark == " list" {
		nodes, inItem = nodes[:min(1, len(nodes))], true
	} else if inItem && depth > 4 {
		return // within a member of an item
	}
	for _, c := range nodes {
		writeShape(s, c, depth+1, inItem)
	}
}
