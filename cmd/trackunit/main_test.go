package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/soapfirst/trackunit/soaptest"
	"github.com/soapfirst/trackunit/trackunittest"
)

// TestRuns runs the command lines in testdata/runs. A file begins with the command line, and lines NAME=VALUE for the
// environment, in which TRACKUNIT_TOKEN is right if nothing else is said; its sections are the exit status and what is
// printed. SERVER stands for the URL of a simulator, and is put in place of every loopback address that is printed.
func TestRuns(t *testing.T) {
	server := trackunittest.NewServer(trackunittest.WithUnits(12))
	defer server.Close()
	files, err := filepath.Glob("testdata/runs/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			archive.Files = runCase(string(archive.Comment), server)
			got := txtar.Format(archive)
			assert.NotContains(t, string(got), server.Token(), "the token gets out")
			if soaptest.Updating() {
				require.NoError(t, os.WriteFile(file, got, 0o644))
				return
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(got), "if that is right: go test ./cmd/trackunit -update")
		})
	}
}

var loopback = regexp.MustCompile(`http://127\.0\.0\.1:\d+/public`)

func runCase(comment string, server *trackunittest.Server) []txtar.File {
	env := map[string]string{"TRACKUNIT_TOKEN": server.Token()}
	var args []string
	for line := range strings.Lines(strings.ReplaceAll(comment, "SERVER", server.URL)) {
		line = strings.TrimSpace(line)
		if command, ok := strings.CutPrefix(line, "trackunit "); ok {
			args = strings.Fields(command)
		} else if name, value, ok := strings.Cut(line, "="); ok {
			env[name] = value
		}
	}
	var stdout, stderr bytes.Buffer
	p := &program{
		stdout: &stdout, stderr: &stderr,
		getenv: func(name string) string { return env[name] },
		now:    func() time.Time { return trackunittest.DefaultNow },
	}
	status := p.run(context.Background(), args)
	return []txtar.File{
		{Name: "status", Data: fmt.Appendln(nil, status)},
		{Name: "stdout", Data: loopback.ReplaceAll(stdout.Bytes(), []byte("SERVER"))},
		{Name: "stderr", Data: loopback.ReplaceAll(stderr.Bytes(), []byte("SERVER"))},
	}
}
