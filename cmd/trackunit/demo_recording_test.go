package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/soaptest"
	"github.com/soapfirst/trackunit/trackunittest"
)

// runDemo runs the demo, with the XML of its exchanges, through a recorder, and returns what it prints.
func runDemo(t *testing.T, rec *soaptest.Recorder) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	p := &program{
		stdout: &stdout, stderr: &stderr, http: rec.Client(),
		getenv: func(string) string { return "" },
		now:    func() time.Time { return trackunittest.DefaultNow },
	}
	require.Zero(t, p.run(context.Background(), []string{"demo"}), stderr.String())
	return loopback.ReplaceAllString(stdout.String(), "SERVER")
}

// The demo can be recorded, says the same when it is replayed, and nothing that is nobody's business is in the recording.
func TestDemoRecorded(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "demo")
	redacted := soaptest.WithRedacted(trackunittest.PersonalData()...)
	var live string
	t.Run("record", func(t *testing.T) {
		live = runDemo(t, soaptest.NewRecorder(t, folder, soaptest.WithMode(soaptest.Recording), redacted))
	})

	rec := soaptest.NewRecorder(t, folder, soaptest.WithMode(soaptest.Replaying), redacted)
	assert.Equal(t, live, runDemo(t, rec))
	assert.Empty(t, rec.Unused())

	secrets := []string{trackunittest.DefaultToken, base64.StdEncoding.EncodeToString(fmt.Append(nil, "API:", trackunittest.DefaultToken))}
	fleet := trackunittest.NewService(trackunittest.WithUnits(demoUnits)).Fleet()
	for _, id := range fleet.UnitIDs() {
		unit, _ := fleet.Unit(id)
		if phone := unit.PhoneNumber.Value(); phone != "" {
			secrets = append(secrets, phone)
		}
	}
	require.Greater(t, len(secrets), 2, "no unit has a phone number")
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, secret := range secrets {
			assert.NotContains(t, string(text), secret, file)
		}
	}
}
