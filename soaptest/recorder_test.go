package soaptest_test

import (
	"bytes"
	"encoding/base64"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/soaptest"
	"github.com/soapfirst/trackunit/trackunittest"
)

var transports = []trackunit.Transport{trackunit.SOAP11, trackunit.SOAP12, trackunit.JSON, trackunit.XML}

// record runs a test against a service, with a recorder between them, and returns the folder.
func record(t *testing.T, service *trackunittest.Service, test func(t *testing.T, rec *soaptest.Recorder)) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "recording")
	t.Run("record", func(t *testing.T) {
		test(t, soaptest.NewRecorder(t, folder, soaptest.WithMode(soaptest.Recording), soaptest.WithLive(service.Transport()),
			soaptest.WithRedacted(trackunittest.PersonalData()...)))
	})
	return folder
}

// assertSilent checks that no file of a recording holds a secret in any spelling.
func assertSilent(t *testing.T, folder string, secrets ...string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, s := range secrets {
			for _, form := range []string{
				s, url.QueryEscape(s), url.PathEscape(s), html.EscapeString(s), strings.ReplaceAll(s, `"`, `\"`),
				base64.StdEncoding.EncodeToString([]byte(s)), base64.StdEncoding.EncodeToString([]byte("API:" + s)),
			} {
				assert.False(t, bytes.Contains(data, []byte(form)), "%s holds %s", file, form)
			}
		}
	}
}

// A test that was recorded runs again without the service, and learns the same, over every transport, and nothing secret is
// in the recording.
func TestRecordAndReplay(t *testing.T) {
	for _, transport := range transports {
		for _, inURL := range []bool{false, true} {
			name := transport.String()
			if inURL {
				name += " with the token in the URL"
			}
			t.Run(name, func(t *testing.T) {
				service := trackunittest.NewService(trackunittest.WithUnits(3))
				options := func(rec *soaptest.Recorder) []trackunit.Option {
					opts := []trackunit.Option{trackunit.WithHTTPClient(rec.Client()), trackunit.WithTransport(transport)}
					if inURL {
						opts = append(opts, trackunit.WithTokenInURL())
					}
					return opts
				}
				var live []string
				folder := record(t, service, func(t *testing.T, rec *soaptest.Recorder) {
					client, err := trackunit.New(service.Token(), options(rec)...)
					require.NoError(t, err)
					live = flow(t, client)
				})
				assertSilent(t, folder, service.Token(), person, mail, mobile)

				rec := soaptest.NewRecorder(t, folder, soaptest.WithRedacted(trackunittest.PersonalData()...))
				client, err := trackunit.New("another token", options(rec)...)
				require.NoError(t, err)
				replayed := flow(t, client)
				if transport != trackunit.JSON { // there every Name is taken for that of a person
					assert.Equal(t, live, replayed)
				}
				assert.Len(t, replayed, len(live))
				assert.Empty(t, rec.Unused())
			})
		}
	}
}
