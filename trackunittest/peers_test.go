package trackunittest_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/testenv"
	"github.com/soapfirst/trackunit/trackunittest"
)

var updatePeers = flag.Bool("update-peers", false, "write what the other stacks print to testdata/peers")

// TestPeers lets other SOAP stacks call the simulator, each by the WSDL that the simulator publishes, in both versions. What
// they see is in testdata/peers: one text for all of them, but for how they print times and numbers.
func TestPeers(t *testing.T) {
	server := trackunittest.NewServer(trackunittest.WithSeed(1), trackunittest.WithUnits(10))
	t.Cleanup(server.Close)
	unit := server.Fleet().UnitIDs()[0]
	for _, version := range []string{"11", "12"} {
		wsdl := server.URL + "/soap" + version
		t.Run("zeep/soap"+version, func(t *testing.T) {
			expect(t, "zeep.out", pythonWithZeep(t), "testdata/peers/zeep_client.py", wsdl, server.Token(), unit)
		})
		t.Run("php/soap"+version, func(t *testing.T) {
			expect(t, "php.out", testenv.NeedProgram(t, "php"), "testdata/peers/php_client.php", wsdl, server.Token(), unit, version)
		})
	}
}

// expect runs a program and compares what it prints with a file.
func expect(t *testing.T, golden, program string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	got, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	golden = filepath.Join("testdata", "peers", golden)
	if *updatePeers {
		require.NoError(t, os.WriteFile(golden, got, 0o666))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), stderr.String())
}

// pythonWithZeep returns a Python that has zeep: Debian's package installs it for Debian's Python, which need not be the
// first in PATH.
func pythonWithZeep(t *testing.T) string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.CommandContext(t.Context(), python, "-c", "import zeep").Run() == nil {
			return python
		}
	}
	if os.Getenv(testenv.RequireTools) != "" {
		t.Fatalf("no Python has zeep (Debian: python3-zeep), and %s is set", testenv.RequireTools)
	}
	t.Skip("no Python has zeep (Debian: python3-zeep)")
	return ""
}
