package main

import (
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"github.com/soapfirst/trackunit/wsdl"
)

// sources are the programs around other people's readers.
//
//go:embed native
var sources embed.FS

// tools are the contenders that are no Go. They are built when the first of them is wanted.
type tools struct {
	dir     sync.Once
	path    string
	pathErr error
	gsoapOf sync.Once
	libxml  sync.Once
	failed  map[string]error
}

// gsoap returns the reader that gSOAP generates from the service's WSDL: C++ with pointers, char* and time_t.
func (t *tools) gsoap(p *payload) (contender, error) {
	t.gsoapOf.Do(func() {
		t.build("gsoap", []string{"wsdl2h", "soapcpp2", "g++"},
			"wsdl2h -s -n ns -o classic.h soap11.wsdl",
			"soapcpp2 -C -L -w -x -I/usr/share/gsoap/import classic.h",
			"g++ -O2 -I. -o gsoap native/gsoap.cpp soapC.cpp -lgsoap++")
	})
	return t.start("gsoap", p)
}

// libxml2 returns a reader on libxml2, which finds texts and converts none. mode is sax or reader.
func (t *tools) libxml2(p *payload, mode string) (contender, error) {
	t.libxml.Do(func() {
		t.build("libxml2", []string{"cc", "xml2-config"},
			"cc -O2 $(xml2-config --cflags) -o libxml2 native/libxml2.c $(xml2-config --libs)")
	})
	return t.start("libxml2", p, mode)
}

// build runs commands in the folder of the tools, if the programs are there that they need.
func (t *tools) build(name string, needs []string, commands ...string) {
	if t.failed == nil {
		t.failed = make(map[string]error)
	}
	for _, program := range needs {
		if _, err := exec.LookPath(program); err != nil {
			t.failed[name] = missing(program + " is not in PATH")
			return
		}
	}
	dir, err := t.folder()
	if err != nil {
		t.failed[name] = err
		return
	}
	for _, command := range commands {
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.failed[name] = missing(fmt.Sprintf("%s: %v: %s", command, err, firstLine(out)))
			return
		}
	}
}

func firstLine(out []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return line
}

// folder returns a folder for all that is built, with the sources and the WSDL in it.
func (t *tools) folder() (string, error) {
	t.dir.Do(func() {
		if t.path, t.pathErr = os.MkdirTemp("", "trackunit-bench-"); t.pathErr != nil {
			return
		}
		if t.pathErr = os.CopyFS(t.path, sources); t.pathErr != nil {
			return
		}
		t.pathErr = os.WriteFile(filepath.Join(t.path, "soap11.wsdl"), []byte(wsdl.SOAP11), 0o600)
	})
	return t.path, t.pathErr
}

// remove removes what was built.
func (t *tools) remove() {
	if t.path != "" {
		os.RemoveAll(t.path)
	}
}

// start starts a program that was built, on a file with the payload.
func (t *tools) start(name string, p *payload, args ...string) (contender, error) {
	if err := t.failed[name]; err != nil {
		return nil, err
	}
	file, err := t.file(p)
	if err != nil {
		return nil, err
	}
	return startCoprocess(p.rows, filepath.Join(t.path, name), append([]string{file}, args...)...)
}

// file returns a file that holds p. It is written once: contenders that were started before may still be reading.
func (t *tools) file(p *payload) (string, error) {
	file := filepath.Join(t.path, p.name+".xml")
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	return file, os.WriteFile(file, p.doc, 0o600)
}
