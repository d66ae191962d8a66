package testenv_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit/internal/testenv"
)

// A recorder is a testing.TB that notes how the test ended instead of ending it.
type recorder struct {
	testing.TB
	ended string
}

func (r *recorder) Helper()               {}
func (r *recorder) Skipf(string, ...any)  { r.ended += "skipped " }
func (r *recorder) Fatalf(string, ...any) { r.ended += "failed " }

func TestNeedProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv(testenv.RequireTools, "")

	r := &recorder{TB: t}
	testenv.NeedProgram(r, "xmllint")
	assert.Equal(t, "skipped ", r.ended)

	t.Setenv(testenv.RequireTools, "1")
	r = &recorder{TB: t}
	testenv.NeedProgram(r, "xmllint")
	assert.Contains(t, r.ended, "failed")
}

func TestFolder(t *testing.T) {
	const env = "TESTENV_FOLDER"
	dir := t.TempDir()

	t.Setenv(env, dir)
	r := &recorder{TB: t}
	assert.Equal(t, dir, testenv.Folder(r, env))
	assert.Empty(t, r.ended)

	t.Setenv(env, dir+"/missing")
	r = &recorder{TB: t}
	testenv.Folder(r, env)
	assert.Equal(t, "failed ", r.ended)

	t.Setenv(env, "")
	r = &recorder{TB: t}
	testenv.Folder(r, env)
	assert.Contains(t, r.ended, "skipped")
}
