package trackunittest_test

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/internal/xmltest"
	"github.com/soapfirst/trackunit/trackunittest"
)

// restOrder are the exchanges that change something, and those that see it, in their order. All others come before.
var restOrder = []string{
	"CreateZone.json-reply", "CreateZone.route-json", "CreateZone.xml-reply", "CreateZone.route-form", "CreateGroup.units-as-csv",
	"GetGroup.route-json", "UpdateZone.route-json", "DeleteZone.route-json", "DeleteZone.zoneNotFound.json", "GetUnit.json-reply.90001",
	"GetUnit.xml-reply.90001",
}

// TestAccentOfREST sends the requests that were captured over REST to a simulator which knows the same records, and compares
// the answers. How they may differ is said in testdata/accent_rest.txt.
func TestAccentOfREST(t *testing.T) {
	dir := testenv.Folder(t, testenv.SOAPExchanges)
	exchanges := xmltest.ReadExchanges(t, filepath.Join(dir, "rest", "*.txt"))
	require.Len(t, exchanges, 53)
	slices.SortStableFunc(exchanges, func(a, b *xmltest.Exchange) int {
		return slices.Index(restOrder, a.Name) - slices.Index(restOrder, b.Name)
	})
	service := capturedService(t, filepath.Join(dir, "soap"), "11")
	service.Fleet().SetNow(trackunittest.DefaultNow)
	rules := readAccentFile(t, "testdata/accent_rest.txt")
	for _, x := range exchanges {
		if strings.HasSuffix(x.Name, ".90001") {
			var nan generated.GetUnitResponse
			readCaptured(t, filepath.Join(dir, "soap"), "GetUnit.11.nan-inf", &nan)
			service.Fleet().SetUnit(nan.List[0])
		}
		t.Run(x.Name, func(t *testing.T) { checkREST(t, rules.find(x.Name), x, ask(t, service, x)) })
	}
	for _, r := range rules {
		assert.True(t, r.used, "line %d of accent_rest.txt: no exchange is called %s", r.line, r.pattern)
	}
}

func checkREST(t *testing.T, r *accentRule, x *xmltest.Exchange, got *reply) {
	resp, err := x.HTTPResponse(nil)
	require.NoError(t, err)
	want := newReply(t, resp)
	if how, value, _ := strings.Cut(r.how, "="); how == "http" {
		assert.Equal(t, value, strconv.Itoa(got.status))
		return
	}
	assert.Equal(t, want.status, got.status, "%s", got.body)
	assert.Equal(t, want.header.Get("Content-Type"), got.header.Get("Content-Type"))
	assert.Equal(t, want.header.Get("WWW-Authenticate"), got.header.Get("WWW-Authenticate"))
	same := r.how == "same"
	switch want.media {
	case "application/json":
		assert.Equal(t, parsedJSON(t, want.body, same), parsedJSON(t, got.body, same))
	case "application/xml":
		if same {
			assert.Equal(t, form(t, want.body), form(t, got.body))
		} else {
			assert.Equal(t, shape(t, want.body), shape(t, got.body))
		}
	case "text/javascript":
		unwrap := regexp.MustCompile(`^cb\((.*)\)$`)
		assert.Equal(t, parsedJSON(t, unwrap.FindSubmatch(want.body)[1], same), parsedJSON(t, unwrap.FindSubmatch(got.body)[1], same))
	default:
		assert.Equal(t, string(want.body), string(got.body))
	}
}

// parsedJSON returns what a document says, with numbers as they are written, or only with the names in it.
func parsedJSON(t *testing.T, body []byte, values bool) any {
	text := regexp.MustCompile(`:(NaN|-?Infinity)`).ReplaceAllString(string(body), `:"bare $1"`)
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var tree any
	require.NoError(t, d.Decode(&tree), "%s", body)
	if values {
		return tree
	}
	return namesIn(tree)
}

func namesIn(tree any) any {
	switch v := tree.(type) {
	case map[string]any:
		for key, member := range v {
			v[key] = namesIn(member)
		}
		return v
	case []any:
		for i := range v {
			v[i] = namesIn(v[i])
		}
		return v
	}
	return ""
}

func readAccentFile(t *testing.T, name string) accentRules {
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	var rules accentRules
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		if fields := strings.Fields(line); len(fields) > 0 && !strings.HasPrefix(line, "#") {
			require.GreaterOrEqual(t, len(fields), 3, "line %d of %s gives no reason", n, path.Base(name))
			rules = append(rules, &accentRule{line: n, pattern: fields[0], how: fields[1]})
		}
	}
	return rules
}
