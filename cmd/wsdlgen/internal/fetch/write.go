package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Write writes the files and the lock into dir, which is made if it is not there, and prints what changed to w. A file
// is replaced as a whole or not at all, and none before all have been written beside their place. What is not to change
// is not touched.
func (r *Result) Write(dir string, now time.Time, w io.Writer) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	var s swap
	defer s.discard()
	var changes bytes.Buffer
	for _, f := range r.Files {
		old, err := readIfThere(filepath.Join(dir, f.Name))
		if err != nil {
			return err
		}
		if err := s.stage(dir, f.Name, old, f.Data); err != nil {
			return err
		}
		report(&changes, f.Name, old, f.Data)
	}
	old, err := readIfThere(filepath.Join(dir, LockName))
	if err != nil {
		return err
	}
	there := func(name string) bool {
		info, err := os.Stat(filepath.Join(dir, name))
		return err == nil && info.Mode().IsRegular()
	}
	if err := s.stage(dir, LockName, old, updateLock(old, r.Files, now, there)); err != nil {
		return err
	}
	if err := s.commit(); err != nil {
		return err
	}
	_, err = changes.WriteTo(w)
	return err
}

// readIfThere returns nil for a file that does not exist.
func readIfThere(file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// A swap is a set of files that wait beside those they are to replace.
type swap struct{ from, to []string }

func (s *swap) stage(dir, name string, old, data []byte) error {
	if old != nil && bytes.Equal(old, data) {
		return nil
	}
	tmp, err := os.CreateTemp(dir, "."+name+".*")
	if err != nil {
		return err
	}
	s.from = append(s.from, tmp.Name())
	s.to = append(s.to, filepath.Join(dir, name))
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Chmod(0o644), tmp.Close())
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (s *swap) commit() error {
	for len(s.from) > 0 {
		if err := os.Rename(s.from[0], s.to[0]); err != nil {
			return err
		}
		s.from, s.to = s.from[1:], s.to[1:]
	}
	return nil
}

// discard removes what was not committed.
func (s *swap) discard() {
	for _, file := range s.from {
		os.Remove(file)
	}
}
