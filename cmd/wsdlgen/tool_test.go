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
)

const (
	modulePath    = "github.com/soapfirst/trackunit"
	moduleVersion = "v0.0.1-test"
)

// userModule is a program of somebody who has a WSDL and this module, as README.md tells him to write it.
var userModule = map[string]string{
	"go.mod": "module example.test/shop\n\ngo 1.26\n",
	"pets/generate.go": `// Package pets is the client of the pet service.
package pets

//go:generate go tool wsdlgen pets.wsdl
`,
	"pets/pets.wsdl": `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:p="urn:pets" targetNamespace="urn:pets">
<types><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:pets" elementFormDefault="qualified">
<xs:element name="GetPet"><xs:complexType><xs:sequence><xs:element name="Id" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="Pet"><xs:complexType><xs:sequence><xs:element name="Name" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
</xs:schema></types>
<message name="In"><part name="p" element="p:GetPet"/></message><message name="Out"><part name="p" element="p:Pet"/></message>
<portType name="Pets"><operation name="GetPet"><input message="p:In"/><output message="p:Out"/></operation></portType>
<binding name="PetsSoap" type="p:Pets"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
<operation name="GetPet"><soap:operation soapAction="urn:pets/GetPet"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation></binding>
<service name="PetService"><port name="Pets" binding="p:PetsSoap"><soap:address location="https://pets.test/soap"/></port></service>
</definitions>
`,
	"main.go": `package main

import (
	"context"
	"fmt"
	"log"
	"net/http/httptest"

	"example.test/shop/pets"
	"github.com/soapfirst/trackunit/soapclient"
)

type shop struct{ pets.UnimplementedPetsServer }

func (shop) GetPet(_ context.Context, req *pets.GetPet) (*pets.Pet, error) {
	return &pets.Pet{Name: fmt.Sprintf("pet %d", req.ID)}, nil
}

func main() {
	server := httptest.NewServer(pets.NewPetsHandler(shop{}))
	defer server.Close()
	client, err := soapclient.New(pets.Pets, soapclient.WithEndpoint(server.URL))
	if err != nil {
		log.Fatal(err)
	}
	pet, err := pets.NewPetsClient(client).GetPet(context.Background(), &pets.GetPet{ID: 4711})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(pet.Name)
}
`,
}

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
	for name, text := range userModule {
		file := filepath.Join(user, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
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
