package trackunit_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/soapclient"
)

// contractErrors are the errors of each operation, by ErrorCode: first those of the documentation, for the operation or,
// as xNotFound and the longest time span, for all that take such a parameter; then, behind a "+", those that are inferred.
// Every operation may also be refused for its token, and for there being too many: see contractCoverage.assertWhole.
var contractErrors = map[string]string{
	"GetUnit":                   "unitNotFound clientNotFound categoryNotFound groupNotFound zoneNotFound pointNotFound + invalidParameter",
	"UpdateUnit":                "unitNotFound clientNotFound categoryNotFound + invalidParameter",
	"GetUnitExtendedInfo":       "unitNotFound",
	"GetReportUnitExtendedInfo": "unitNotFound invalidParameter",
	"GetReportUnitActiveFaults": "unitNotFound invalidParameter",
	"GetReportUnitHistory":      "unitNotFound invalidParameter",
	"GetReportKeyHistory":       "invalidParameter + keyNotFound",
	"GetReportUnitSummary":      "unitNotFound + invalidParameter",
	"GetReportTrip":             "unitNotFound invalidParameter + keyNotFound",
	"GetActiveAlarm":            "",
	"GetAlarmLog":               "unitNotFound invalidParameter",
	"GetAlarm":                  "+ alarmNotFound",
	"CreateAlarm":               "zoneNotFound + invalidParameter",
	"UpdateAlarm":               "+ alarmNotFound invalidParameter",
	"DeleteAlarm":               "+ alarmNotFound invalidParameter",
	"GetCategory":               "categoryNotFound",
	"CreateCategory":            "+ invalidParameter",
	"UpdateCategory":            "categoryNotFound + invalidParameter",
	"DeleteCategory":            "categoryNotFound + invalidParameter",
	"GetClient":                 "clientNotFound",
	"CreateClient":              "+ invalidParameter",
	"UpdateClient":              "clientNotFound + invalidParameter",
	"DeleteClient":              "clientNotFound + invalidParameter",
	"GetContact":                "+ contactNotFound",
	"CreateContact":             "clientNotFound + invalidParameter",
	"UpdateContact":             "+ contactNotFound invalidParameter",
	"DeleteContact":             "+ contactNotFound invalidParameter",
	"GetGroup":                  "groupNotFound",
	"CreateGroup":               "unitNotFound",
	"UpdateGroup":               "groupNotFound + invalidParameter",
	"DeleteGroup":               "groupNotFound + invalidParameter",
	"GetKey":                    "+ keyNotFound",
	"CreateKey":                 "+ invalidParameter",
	"UpdateKey":                 "+ keyNotFound invalidParameter",
	"DeleteKey":                 "+ keyNotFound invalidParameter",
	"GetPoint":                  "pointNotFound",
	"CreatePoint":               "+ invalidParameter",
	"UpdatePoint":               "pointNotFound + invalidParameter",
	"DeletePoint":               "pointNotFound + invalidParameter",
	"GetZone":                   "zoneNotFound",
	"CreateZone":                "+ invalidParameter",
	"UpdateZone":                "zoneNotFound + invalidParameter",
	"DeleteZone":                "zoneNotFound + invalidParameter",
}

// TestContractErrors holds the table to the operations that there are and to the codes that are documented.
func TestContractErrors(t *testing.T) {
	var documented []string
	for _, op := range goldenOperations() {
		codes, ok := contractErrors[op]
		assert.True(t, ok, "%s has no line", op)
		codes, _, _ = strings.Cut(codes, "+")
		documented = append(documented, strings.Fields(codes)...)
	}
	assert.Len(t, contractErrors, 43)
	slices.Sort(documented)
	assert.Equal(t, []string{
		"categoryNotFound", "clientNotFound", "groupNotFound", "invalidParameter", "pointNotFound", "unitNotFound", "zoneNotFound",
	}, slices.Compact(documented))

	t.Run("documentation", func(t *testing.T) {
		text, err := os.ReadFile(filepath.Join(testenv.Folder(t, testenv.ClassicContract), "docs.md"))
		require.NoError(t, err)
		_, table, ok := strings.Cut(string(text), "### Error codes")
		require.True(t, ok)
		table, _, _ = strings.Cut(table, "###")
		codes := regexp.MustCompile(`\w+NotFound|invalidParameter`).FindAllString(table, -1)
		assert.GreaterOrEqual(t, len(codes), 7)
		assert.Subset(t, documented, codes)
	})
}

// A contractCoverage is what was called, and how that went.
type contractCoverage struct {
	mu    sync.Mutex
	calls map[string]*contractCalls
}

// contractCalls are the calls of one operation.
type contractCalls struct {
	succeeded int
	rows      int // that were in the lists of answers
	codes     map[string]int
}

const (
	contractUnauthorized = "unauthorized"
	contractRateLimited  = "rate limited"
)

// option counts the calls of a client.
func (c *contractCoverage) option() trackunit.Option {
	return trackunit.WithSOAP(soapclient.WithInterceptors(func(next soapclient.RoundTripper) soapclient.RoundTripper {
		return soapclient.RoundTripperFunc(func(ctx context.Context, call *soapclient.Call) error {
			err := next.RoundTrip(ctx, call)
			c.count(call, err)
			return err
		})
	}))
}

func (c *contractCoverage) count(call *soapclient.Call, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls == nil {
		c.calls = make(map[string]*contractCalls)
	}
	calls := c.calls[call.Op.Name]
	if calls == nil {
		calls = &contractCalls{codes: make(map[string]int)}
		c.calls[call.Op.Name] = calls
	}
	var status *trackunit.StatusError
	switch {
	case err == nil:
		calls.succeeded++
		if list := contractRows(reflect.ValueOf(call.Resp)); list.IsValid() {
			calls.rows += list.Len()
		}
	case errors.As(err, &status):
		calls.codes[status.Code]++
	case errors.Is(err, trackunit.ErrUnauthorized):
		calls.codes[contractUnauthorized]++
	case errors.Is(err, trackunit.ErrRateLimited):
		calls.codes[contractRateLimited]++
	}
}

// assertWhole wants every operation to have succeeded, those that list with something to show, and to have failed in every
// way that it can.
func (c *contractCoverage) assertWhole(t *testing.T) {
	succeeded, failed := 0, 0
	for _, op := range goldenOperations() {
		calls := c.calls[op]
		if !assert.NotNil(t, calls, "%s was not called", op) {
			continue
		}
		assert.NotZero(t, calls.succeeded, "%s did not succeed", op)
		if !contractWrites(op) {
			assert.NotZero(t, calls.rows, "%s never listed anything", op)
		}
		codes := append(strings.Fields(strings.ReplaceAll(contractErrors[op], "+", "")), contractUnauthorized, contractRateLimited)
		for _, code := range codes {
			assert.NotZero(t, calls.codes[code], "%s did not fail with %s", op, code)
		}
		for code := range calls.codes {
			assert.Contains(t, codes, code, "%s failed with it, and contractErrors does not say so", op)
		}
		succeeded, failed = succeeded+calls.succeeded, failed+len(codes)
	}
	t.Logf("%d operations, %d successful calls, %d kinds of failure", len(c.calls), succeeded, failed)
}
