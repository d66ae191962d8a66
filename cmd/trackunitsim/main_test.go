package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"go/parser"
	"go/token"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
)

// The program as its user sees it: it says where it is, serves, logs, and ends when it is told to.
func TestRun(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, stdout := io.Pipe()
	var stderr lockedBuffer
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-units", "7", "-seed", "3", "-token", "s3same"}, stdout, &stderr)
		stdout.Close()
	}()
	said := make(map[string]string)
	lines := bufio.NewScanner(out)
	for len(said) < 3 && lines.Scan() {
		key, value, _ := strings.Cut(lines.Text(), " ")
		said[key] = strings.TrimSpace(value)
	}
	require.Equal(t, "s3same", said["token"])

	client, err := trackunit.New(said["token"], trackunit.WithEndpoint(said["URL"]), trackunit.WithSOAP12())
	require.NoError(t, err)
	units, err := client.Units.Find(t.Context(), trackunit.UnitFilter{})
	require.NoError(t, err)
	assert.Len(t, units, 7)
	client.CloseIdleConnections()

	resp, err := http.Get(said["URL"] + "/soap11")
	require.NoError(t, err)
	wsdl, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	resp.Body.Close()
	assert.Contains(t, string(wsdl), `location="`+said["URL"]+`/soap11"`)

	stop()
	require.NoError(t, <-ended)
	log := strings.Split(strings.TrimSpace(stderr.String()), "\n")
	assert.Len(t, log, 2, "a line for each request: %s", log)
	assert.Contains(t, stderr.String(), "op=GetUnit")
	assert.NotContains(t, stderr.String(), "s3same")
}

func TestFlags(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"-units x", `invalid value "x" for flag -units`},
		{"-units -1", "-units must not be negative"},
		{"-token=", "-token must not be empty"},
		{"-now yesterday", `invalid value "yesterday" for flag -now`},
		{"-port 80", "flag provided but not defined: -port"},
		{"serve", `there is nothing to do with "serve"`},
		{"-addr 256.0.0.1:0", "256.0.0.1"},
		{"-load testdata/nowhere", "nothing in it is a recorded answer"},
		{"-db main.go", "the file is no database"},
	} {
		err := run(t.Context(), strings.Fields(c.args), io.Discard, io.Discard)
		assert.ErrorContains(t, err, c.want, c.args)
	}
}

// The manual names all flags, and so does the package comment, which says the same.
func TestManual(t *testing.T) {
	var out bytes.Buffer
	require.ErrorIs(t, run(t.Context(), []string{"-h"}, &out, io.Discard), flag.ErrHelp)
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "main.go", nil, parser.ParseComments)
	require.NoError(t, err)
	comment := file.Doc.Text()
	for _, name := range []string{"addr", "units", "seed", "now", "token", "db", "load", "admin", "gzip", "q"} {
		assert.Contains(t, out.String(), "\n  -"+name+" ")
		assert.Regexp(t, `(?m)^\s+-`+name+`\b`, comment)
	}
}

// A lockedBuffer is a buffer that a logger may write to while others read.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
