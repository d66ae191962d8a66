package xmlwire

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// Namespace names that XML itself and XML Schema instances use.
const (
	nsXML   = "http://www.w3.org/XML/1998/namespace"
	nsXMLNS = "http://www.w3.org/2000/xmlns/"
	nsXSI   = "http://www.w3.org/2001/XMLSchema-instance"
)

// A TokenKind says what Next found.
type TokenKind uint8

const (
	// StartElement is a start tag, or the first half of an empty-element tag.
	StartElement TokenKind = iota + 1
	// EndElement is an end tag, or the second half of an empty-element tag.
	EndElement
	// CharData is text or a CDATA section. Neighbouring pieces come as they stand, not joined.
	CharData
	// EOF is the end of a complete document.
	EOF
)

// A Reader reads one XML document, strictly: anything that is not well-formed by XML 1.0 and Namespaces in XML 1.0 is
// an error, and so is a DOCTYPE, which SOAP forbids and every attack by entities needs. Comments and processing
// instructions are checked and passed over.
//
// The document is never held whole: a window of 64 KiB slides over it and grows only for a token that is larger. One that is in
// memory (ResetBytes) is read where it stands. After an error every method returns that error. A Reader is not safe for
// concurrent use.
type Reader struct {
	src    io.Reader
	srcErr error // sticky; io.EOF once src is exhausted
	limits Limits
	opts   ReadOptions
	err    error // sticky; what Next returns

	// The window. buf[pos:end] is unread, buf[end] is a zero, which is no legal character and so stops every scan. Or it is a
	// document in memory, of which end is a <: see readInPlace.
	buf      []byte
	pos, end int
	spare    []byte // the buffer that is the window otherwise, while a document in memory is
	memory   bytes.Reader
	base     int64 // offset of buf[0] in the document
	mark     int   // bytes from here on are kept for Raw; -1 if none are

	state     readState
	stack     []frame  // open elements
	names     []byte   // their qualified names, one after another
	ns        []nsDecl // declarations in scope, the innermost last
	attrs     []attr   // of the last start tag
	text      []byte   // of the last CharData
	space     string   // namespace of the last tag
	local     []byte   // its local name, a part of names
	start     int64    // offset of the last token
	at        int64    // offset of the text of the last element that had nothing else
	size      int64    // of the document, or 0 if that is not known
	empty     bool     // the last start tag was an empty-element tag: its end comes next
	opened    bool     // prediction read a start tag, which Next has yet to return
	begun     bool     // a first token was read
	doubting  bool     // doubtful holds doubts
	cut       bool     // run stopped near the end of the window
	frozen    bool     // the window must stay where it is: see oddElement
	scope     scope    // what prediction needs of the declarations in scope
	completed int64    // see complete
	*kept
}

// A kept is what a Reader has learnt of documents, and what it works on: it serves for the next document too.
type kept struct {
	interner interner
	slabs    slabs
	days     days // see quickTime
	extremes extremes
	contexts contexts
	declared declarations
	lists    [64]lastList // see grow
	doubtful [64]doubt
	lits     prefixedLits // literals of types whose namespace has a prefix
	near     [32]nearSet  // some of them, which are found without hashing

	plain []RawAttr // attributes as Attrs returns them
	joint []byte    // text with references, or in several pieces
	vals  []byte    // attribute values with references
	value []byte    // the text of one element
	raw   []byte    // see Raw
	outer []nsDecl  // see outerScope
	clock [64]byte  // see dateTime

	sibling []byte // see oddElement
}

type readState uint8

const (
	beforeRoot readState = iota
	inRoot
	afterRoot
)

// A frame is an open element. Its name stands in names from name on; local is where its local part starts.
type frame struct {
	name, local int
	nameEnd     int
	ns          int // len(ns) outside the element
	space       string
	start       int64 // offset of its start tag
	index       int   // 1 for the first of a run of siblings of one name
	childLen    int   // length of the name of the last child, 0 before the first
	childIndex  int
}

type nsDecl struct{ prefix, space string }

// A NamespaceDecl binds a prefix, "" for the default namespace, to a namespace.
type NamespaceDecl struct{ Prefix, Space string }

const (
	windowSize = 64 << 10
	windowPad  = 2 * longestName // zeros behind the data, so that scans and comparisons need not watch the end
)

// NewReader returns a Reader of the UTF-8 document that src holds; other encodings are converted before. A byte order
// mark is passed over.
func NewReader(src io.Reader, opts ReadOptions) *Reader {
	const elements = 16 // open at once, in most documents
	r := &Reader{
		buf: make([]byte, windowSize+windowPad), kept: new(kept),
		stack: make([]frame, 0, elements), names: make([]byte, 0, 16*elements), ns: make([]nsDecl, 0, elements),
	}
	r.Reset(src, opts)
	return r
}

// Reset makes r ready for another document. It keeps its buffers, so that a Reader that is used again allocates
// little. If src has a method Len, as bytes.Reader has, it is taken to tell how long the document is: long lists are then
// given room at once. It need not be right.
func (r *Reader) Reset(src io.Reader, opts ReadOptions) {
	clear(r.attrs[:cap(r.attrs)]) // which have parts of a document in memory, and would keep it alive
	*r = Reader{
		src: src, opts: opts, limits: opts.Limits, mark: -1,
		buf: r.ownBuffer(), stack: r.stack[:0], names: r.names[:0], attrs: r.attrs[:0], kept: r.kept,
		ns: append(r.ns[:0], nsDecl{"xml", nsXML}, nsDecl{"", ""}),
	}
	if src, ok := src.(interface{ Len() int }); ok {
		r.size = int64(src.Len())
	}
	clear(r.buf[:windowPad])
	setDefault(&r.limits.Depth, DefaultDepth)
	setDefault(&r.limits.Attributes, DefaultAttributes)
	setDefault(&r.limits.Namespaces, DefaultNamespaces)
	setDefault(&r.limits.NameBytes, DefaultNameBytes)
	setDefault(&r.limits.TextBytes, DefaultTextBytes)
}

func setDefault(limit *int, def int) {
	if *limit == 0 {
		*limit = def
	}
}

// exceeds reports whether n is over limit, of which 0 and negative values are none.
func exceeds[T int | int64](n, limit T) bool { return limit > 0 && n > limit }

// more reads at least one further byte into the window, moving or growing it where room is short. i is an index into
// buf; the returned index stands for the same byte. It reports false at the end of the source or on its error, which is
// then in srcErr.
func (r *Reader) more(i int) (int, bool) {
	if r.frozen {
		r.cut = true
		_ = r.fail(errFrozen)
		return i, false
	}
	if r.srcErr != nil {
		return i, false
	}
	if r.spare != nil {
		return r.leavePlace(i), true
	}
	keep := r.needed()
	room := len(r.buf) - windowPad - r.end
	if keep > 0 && room < windowSize/2 {
		copy(r.buf, r.buf[keep:r.end])
		r.base += int64(keep)
		r.end -= keep
		r.pos -= keep
		i -= keep
		if r.mark >= 0 {
			r.mark -= keep
		}
		room += keep
	}
	if room == 0 {
		if exceeds(r.end, r.limits.TextBytes) {
			r.srcErr = r.limitError("TextBytes", int64(r.limits.TextBytes))
			return i, false
		}
		grown := make([]byte, 2*r.end+windowPad)
		copy(grown, r.buf[:r.end])
		r.buf = grown
	}
	for range 100 { // as many empty reads as bufio allows
		n, err := r.src.Read(r.buf[r.end : len(r.buf)-windowPad])
		r.end += n
		clear(r.buf[r.end : r.end+windowPad])
		if err != nil {
			r.srcErr = err
		}
		if exceeds(r.base+int64(r.end), r.limits.Bytes) {
			r.srcErr = r.limitError("Bytes", r.limits.Bytes)
			return i, false
		}
		if n > 0 || err != nil {
			return i, n > 0
		}
	}
	r.srcErr = io.ErrNoProgress
	return i, false
}

// errFrozen is seen by nobody but oddElement.
var errFrozen = errors.New("the window must not move")

// needed returns from where on the bytes in the window are still needed.
func (r *Reader) needed() int {
	if r.mark >= 0 && r.mark < r.pos {
		return r.mark
	}
	return r.pos
}

// cutOff is the error for a source that ends, or fails, inside of what.
func (r *Reader) cutOff(what string) error {
	if r.frozen {
		return r.err
	}
	if r.srcErr != nil && r.srcErr != io.EOF {
		return r.fail(r.srcErr)
	}
	e := r.syntaxError(r.end, "the document ends inside "+what)
	e.Err = io.ErrUnexpectedEOF
	return r.fail(e)
}

func (r *Reader) fail(err error) error {
	if r.err == nil {
		r.err = err
	}
	return r.err
}

func (r *Reader) syntaxError(at int, msg string) *SyntaxError {
	return &SyntaxError{Path: r.Path(), Offset: r.base + int64(at), Msg: msg}
}

func (r *Reader) limitError(limit string, max int64) error {
	return &LimitError{Path: r.Path(), Offset: r.start, Limit: limit, Max: max}
}

// Name returns the name of the last start or end tag.
func (r *Reader) Name() Name {
	return Name{Space: r.space, Local: r.intern(r.local)}
}

// Attrs returns the attributes of the last start tag without its namespace declarations. It is valid until the next
// call of a method that reads.
func (r *Reader) Attrs() []RawAttr {
	r.plain = r.plain[:0]
	for i := range r.attrs {
		a := &r.attrs[i]
		r.plain = append(r.plain, RawAttr{Name: Name{a.space, r.intern(a.local)}, Value: string(r.attrValue(a))})
	}
	return r.plain
}

// Attr returns the value of one attribute of the last start tag.
func (r *Reader) Attr(space, local string) (value string, ok bool) {
	if a := r.findAttr(space, local); a != nil {
		return string(r.attrValue(a)), true
	}
	return "", false
}

// Text returns the last text, with references resolved and line ends normalised. It is valid until the next call of a
// method that reads.
func (r *Reader) Text() []byte { return r.text }

// Offset returns where the last token starts, in bytes from the start of the UTF-8 document.
func (r *Reader) Offset() int64 { return r.start }

// InputOffset returns where the last token ends.
func (r *Reader) InputOffset() int64 { return r.offset() }

func (r *Reader) offset() int64 { return r.base + int64(r.pos) }

// Depth returns the number of open elements.
func (r *Reader) Depth() int { return len(r.stack) }

// Path returns the open elements from the root, such as /Envelope/Body/GetUnitResponse/List/Unit[3]/Km. The number is
// that of the element among its neighbours of the same name; the first has none.
func (r *Reader) Path() string {
	var b []byte
	for i := range r.stack {
		f := &r.stack[i]
		b = append(b, '/')
		b = append(b, r.names[f.local:f.nameEnd]...)
		if f.index > 1 {
			b = append(b, '[')
			b = strconv.AppendInt(b, int64(f.index), 10)
			b = append(b, ']')
		}
	}
	if len(b) == 0 {
		return "/"
	}
	return string(b)
}

// Namespace returns what prefix is bound to at the last start tag; the empty prefix stands for the default namespace,
// which is always bound, if only to "".
func (r *Reader) Namespace(prefix string) (space string, ok bool) {
	for i := len(r.ns) - 1; i >= 0; i-- {
		if r.ns[i].prefix == prefix {
			return r.ns[i].space, true
		}
	}
	return "", false
}

// Namespaces returns the declarations in scope at the last start tag, the outermost first, each prefix once.
func (r *Reader) Namespaces() []NamespaceDecl {
	var decls []NamespaceDecl
next:
	for i, d := range r.ns {
		for _, later := range r.ns[i+1:] {
			if later.prefix == d.prefix {
				continue next
			}
		}
		if d.prefix != "xml" && (d.prefix != "" || d.space != "") {
			decls = append(decls, NamespaceDecl{d.prefix, d.space})
		}
	}
	return decls
}

// ResolveQName returns the name that a QName in a value stands for, by the declarations in scope at the last start
// tag. A QName without prefix is in the default namespace.
func (r *Reader) ResolveQName(s string) (Name, error) {
	name, err := r.qname(s)
	if err != nil {
		return Name{}, r.scalarError(err, []byte(s))
	}
	return name, nil
}

func (r *Reader) qname(s string) (Name, error) {
	prefix, local, hasPrefix := strings.Cut(s, ":")
	if !hasPrefix {
		prefix, local = "", s
	}
	if !isNCName(local) || hasPrefix && !isNCName(prefix) {
		return Name{}, wantError("a qualified name (xs:QName)")
	}
	space, ok := r.Namespace(prefix)
	if !ok {
		return Name{}, wantError("a qualified name with a declared prefix (xs:QName)")
	}
	return Name{Space: space, Local: local}, nil
}

// valueError makes a ValueError at the last token.
func (r *Reader) valueError(want, got string, cause error) error {
	const most = 64
	if len(got) > most {
		got = got[:most] + "…"
	}
	return &ValueError{Path: r.Path(), Offset: r.start, Want: want, Got: got, Err: cause}
}

func (r *Reader) intern(b []byte) string { return r.interner.intern(b) }
