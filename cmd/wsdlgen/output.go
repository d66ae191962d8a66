package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit"
)

// An output is the files of a package and the folder that they belong in.
type output struct {
	dir   string
	files []emit.File
}

// outputs returns files by the folders that they belong in: that of the ports, then those of other packages.
func outputs(cfg config, files []emit.File) []output {
	outs := []output{{dir: cfg.out}}
	at := map[string]int{"": 0}
	for _, home := range slices.Sorted(maps.Keys(cfg.dirs)) {
		at[home] = len(outs)
		outs = append(outs, output{dir: cfg.dirs[home]})
	}
	for _, f := range files {
		o := &outs[at[f.Home]]
		o.files = append(o.files, f)
	}
	return slices.DeleteFunc(outs, func(o output) bool {
		_, err := os.Stat(o.dir)
		return len(o.files) == 0 && err != nil // where the folder is there, files of an earlier run may have to go
	})
}

// write makes the folder hold the files. Those that are as they should be are not written, so that their time stays and
// builds stay cached; generated files of an earlier run are removed.
func (o output) write() error {
	if err := os.MkdirAll(o.dir, 0o777); err != nil {
		return err
	}
	current, err := o.current()
	if err != nil {
		return err
	}
	for _, f := range o.files {
		old, exists := current[f.Name]
		if exists && bytes.Equal(old, f.Data) {
			continue
		}
		if !exists {
			if err := o.vacant(f.Name); err != nil {
				return err
			}
		}
		if err := os.WriteFile(filepath.Join(o.dir, f.Name), f.Data, 0o666); err != nil {
			return err
		}
	}
	for _, name := range o.leftOver(current) {
		if err := os.Remove(filepath.Join(o.dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// vacant returns an error if a file is in the way that wsdlgen has not written.
func (o output) vacant(name string) error {
	path := filepath.Join(o.dir, name)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is in the way: it was not written by wsdlgen, and is not replaced", path)
	}
	return nil
}

// check reports whether the folder holds exactly the files. What differs is printed.
func (o output) check(w io.Writer) (bool, error) {
	current, err := o.current()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	fresh := true
	for _, f := range o.files {
		old, exists := current[f.Name]
		if exists && bytes.Equal(old, f.Data) {
			continue
		}
		fresh = false
		path := filepath.Join(o.dir, f.Name)
		if !exists {
			fmt.Fprintf(w, "%s: missing\n", path)
			continue
		}
		fmt.Fprint(w, diff(path, string(old), string(f.Data)))
	}
	for _, name := range o.leftOver(current) {
		fresh = false
		fmt.Fprintf(w, "%s: left over, to be removed\n", filepath.Join(o.dir, name))
	}
	return fresh, nil
}

// current returns the generated files that are in the folder now: those with our header.
func (o output) current() (map[string][]byte, error) {
	entries, err := os.ReadDir(o.dir)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, entry := range entries {
		if !entry.Type().IsRegular() || !strings.HasSuffix(entry.Name(), ".go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(o.dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		if bytes.HasPrefix(data, []byte(emit.Header+"\n")) {
			files[entry.Name()] = data
		}
	}
	return files, nil
}

// leftOver returns the names of generated files that are not among ours, sorted.
func (o output) leftOver(current map[string][]byte) []string {
	var names []string
	for name := range current {
		if !slices.ContainsFunc(o.files, func(f emit.File) bool { return f.Name == name }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
