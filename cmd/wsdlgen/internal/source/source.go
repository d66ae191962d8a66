// Package source says where in a document something stands, and what is wrong there.
//
// A File turns byte offsets into a Pos, a line and column that an editor can jump to. A List collects errors and
// warnings, each with a Pos, so that a run reports all that is wrong and not only the first.
package source

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// A Pos is a place in a document. Line and Col start at 1 and count characters, not bytes; a Pos without a Line stands
// for the document as a whole, and the zero Pos for nowhere in particular.
type Pos struct {
	File string
	Line int
	Col  int
}

// IsValid reports whether p names a document.
func (p Pos) IsValid() bool { return p.File != "" }

// String returns file:line:col, or as much of it as is known.
func (p Pos) String() string {
	switch {
	case p.File == "":
		return "-"
	case p.Line == 0:
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Before reports whether p comes before q: by file name, then by line and column.
func (p Pos) Before(q Pos) bool {
	switch {
	case p.File != q.File:
		return p.File < q.File
	case p.Line != q.Line:
		return p.Line < q.Line
	}
	return p.Col < q.Col
}

// A File is the text of one document, ready to tell positions in it. It is quick if it is asked from the start of the
// document to its end, and starts again from the front where it is asked for something before. It is not safe for
// concurrent use.
type File struct {
	name string
	data []byte
	at   int // the offset asked for last, and where that is
	pos  Pos
}

// NewFile returns the File called name whose UTF-8 text is data. It keeps data.
func NewFile(name string, data []byte) *File {
	return &File{name: name, data: data, pos: Pos{File: name, Line: 1, Col: 1}}
}

// Name returns the name of the document.
func (f *File) Name() string { return f.name }

// Pos returns the position of the byte at offset. Offsets beyond the text stand for its end.
func (f *File) Pos(offset int) Pos {
	offset = max(0, min(offset, len(f.data)))
	if offset < f.at {
		f.at, f.pos.Line, f.pos.Col = 0, 1, 1
	}
	between := f.data[f.at:offset]
	if lines := bytes.Count(between, newline); lines > 0 {
		f.pos.Line += lines
		f.pos.Col = 1
		between = between[bytes.LastIndexByte(between, '\n')+1:]
	}
	f.pos.Col += utf8.RuneCount(between)
	f.at = offset
	return f.pos
}

var newline = []byte{'\n'}
