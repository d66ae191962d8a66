package load

import (
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// hasScheme matches URLs, and paths with a drive letter.
var hasScheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// locate returns the path of the file that location, written in the document from, leads to. The errors it returns
// are for a document that cannot be had, whatever files there are; a missing file is found out when it is read.
func (l *loader) locate(from string, location string, pos source.Pos) (string, *source.Error) {
	slashed := strings.ReplaceAll(location, `\`, "/")
	switch {
	case hasScheme.MatchString(location), strings.HasPrefix(slashed, "//"):
		return "", &source.Error{Pos: pos,
			Msg:  fmt.Sprintf("the location %s is not a file beside the document", syntax.Quote(location)),
			Hint: "nothing is fetched: save it as a file and make the location a relative path"}
	case strings.HasPrefix(slashed, "/"):
		return "", &source.Error{Pos: pos, Msg: fmt.Sprintf("the location %s is an absolute path", syntax.Quote(location)),
			Hint: "make it relative to the document"}
	}
	for _, form := range spellings(location) {
		name := path.Join(path.Dir(from), form)
		if l.isFile(name) {
			return name, nil
		}
		if !fs.ValidPath(name) {
			return "", &source.Error{Pos: pos,
				Msg:  fmt.Sprintf("the location %s leads out of the folder", syntax.Quote(location)),
				Hint: "files outside of it are never read: copy the document into it"}
		}
	}
	return "", &source.Error{Pos: pos,
		Msg:  fmt.Sprintf("the file %s does not exist", syntax.Quote(path.Join(path.Dir(from), slashed))),
		Hint: "put it there, or correct the location"}
}

// nearby looks for the document that location leads to where people save what a service hands out: under the end of its
// path, from the whole of it down to the file name, in the folder of the document from and in the top one. Only a
// document of the namespace asked for will do.
func (l *loader) nearby(from, location, space string, isImport bool) (name string, ok bool) {
	const most = 20 // parts of a path
	if u, err := url.Parse(location); err == nil && u.Host != "" {
		location = u.Path
	}
	parts := slices.DeleteFunc(strings.Split(strings.ReplaceAll(location, `\`, "/"), "/"), func(p string) bool {
		return p == "" || p == "." || p == ".."
	})
	for i := max(0, len(parts)-most); i < len(parts); i++ {
		for _, dir := range []string{path.Dir(from), "."} {
			for _, ending := range []string{"", ".xsd", ".wsdl"} {
				name := path.Join(dir, path.Join(parts[i:]...)) + ending
				if l.isFile(name) && l.isOf(name, space, isImport) {
					return name, true
				}
			}
		}
	}
	return "", false
}

// isOf reports whether the document called name is one of namespace space or, for an include, of none.
func (l *loader) isOf(name, space string, isImport bool) bool {
	root := l.read(name, source.Pos{File: name})
	return root != nil && (l.rootTarget(root) == space || !isImport && l.rootTarget(root) == "")
}

// isFile reports whether the FS holds a regular file called name.
func (l *loader) isFile(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	info, err := fs.Stat(l.fsys, name)
	return err == nil && info.Mode().IsRegular()
}

// spellings returns the forms in which a location may name a file: as it stands, with its percent-escapes resolved, and
// with slashes for backslashes.
func spellings(location string) []string {
	forms := []string{location}
	if plain, err := url.PathUnescape(location); err == nil && plain != location {
		forms = append(forms, plain)
	}
	if slashed := strings.ReplaceAll(location, `\`, "/"); slashed != location {
		forms = append(forms, slashed)
	}
	return forms
}
