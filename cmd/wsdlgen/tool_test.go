package main

import (
	"archive/zip"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

const (
	modulePath    = "github.com/soapfirst/trackunit"
	moduleVersion = "v0.0.1-test"
)

// TestTool installs wsdlgen as a tool of another module, which knows this one by a proxy alone, generates with it and
// runs what comes of it.
func TestTool(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles this module anew")
	}
	root := strings.TrimSpace(goCommand(t, ".", nil, "list", "-m", "-f", "{{.Dir}}"))
	cache := strings.TrimSpace(goCommand(t, ".", nil, "env", "GOMODCACHE"))
	proxy, user := t.TempDir(), t.TempDir()
	publish(t, root, proxy)
	program, err := txtar.ParseFile(filepath.Join("testdata", "tool", "shop.txtar"))
	require.NoError(t, err)
	for _, f := range program.Files {
		file := filepath.Join(user, f.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, f.Data, 0o666))
	}
	env := []string{
		"GOPROXY=file://" + filepath.ToSlash(proxy) + ",file://" + filepath.ToSlash(filepath.Join(cache, "cache", "download")),
		"GOSUMDB=off", "GOFLAGS=-modcacherw", "GOWORK=off", "GOMODCACHE=" + t.TempDir(), // ours is left alone
	}
	goCommand(t, user, env, "get", "-tool", modulePath+"/cmd/wsdlgen@"+moduleVersion)
	mod, err := os.ReadFile(filepath.Join(user, "go.mod"))
	require.NoError(t, err)
	assert.Contains(t, string(mod), "tool "+modulePath+"/cmd/wsdlgen")

	goCommand(t, user, env, "generate", "./...")
	assert.FileExists(t, filepath.Join(user, "pets", "types.go"))
	goCommand(t, user, env, "vet", "./...")
	assert.Equal(t, "pet 4711\n", goCommand(t, user, env, "run", "."))
}

func goCommand(t *testing.T, dir string, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, "go %s\n%s", strings.Join(args, " "), &stderr)
	return string(out)
}

// publish puts the module in root into a folder that the go command can use as a proxy.
func publish(t *testing.T, root, proxy string) {
	t.Helper()
	dir := filepath.Join(proxy, filepath.FromSlash(modulePath), "@v")
	require.NoError(t, os.MkdirAll(dir, 0o777))
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	info, err := json.Marshal(map[string]string{"Version": moduleVersion, "Time": "2020-01-01T00:00:00Z"})
	require.NoError(t, err)
	for name, data := range map[string][]byte{moduleVersion + ".mod": mod, moduleVersion + ".info": info, "list": []byte(moduleVersion + "\n")} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o666))
	}
	file, err := os.Create(filepath.Join(dir, moduleVersion+".zip"))
	require.NoError(t, err)
	defer file.Close()
	out := zip.NewWriter(file)
	require.NoError(t, fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == ".git" || d.Name() == "testdata"):
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		w, err := out.Create(modulePath + "@" + moduleVersion + "/" + name)
		if err != nil {
			return err
		}
		data, err := fs.ReadFile(os.DirFS(root), name)
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}))
	require.NoError(t, out.Close())
}
