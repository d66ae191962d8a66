package soap

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// ToUTF8 returns a reader of src, an XML document, in UTF-8. In what character set src is says its byte order mark, or
// else contentType, or else its XML declaration; if none does it is UTF-8. Known are UTF-8, UTF-16, ISO-8859-1,
// windows-1252 and US-ASCII. A document that is not in its character set is an error of the reader, except that UTF-8
// is left as it is, for the XML reader to check.
//
// A document whose declaration can be read byte by byte is not in UTF-16, whatever it says: programs that print XML into
// a string first write that declaration and then send something else.
func ToUTF8(src io.Reader, contentType string) (io.Reader, error) {
	charset := charsetParam(contentType)
	if charset == "utf-8" {
		return &marked{src: src}, nil
	}
	return convert(src, charset)
}

// A marked is a document that is in UTF-8 unless a byte order mark says something else. It is read without another buffer
// between it and who reads it.
type marked struct {
	src   io.Reader
	begun bool
}

func (m *marked) Read(p []byte) (int, error) {
	n, err := m.src.Read(p)
	if m.begun || n == 0 {
		return n, err
	}
	m.begun = true
	switch p[0] {
	case 0xEF, 0xFE, 0xFF: // what such a mark begins with, and no other document
	default:
		return n, err
	}
	rest := m.src
	if err != nil {
		rest = &failing{err}
	}
	if m.src, err = convert(io.MultiReader(bytes.NewReader(bytes.Clone(p[:n])), rest), "utf-8"); err != nil {
		m.src = &failing{err}
	}
	return m.src.Read(p)
}

// A failing is a reader that fails.
type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

// convert is ToUTF8 for a document of which the character set was given, or is "".
func convert(src io.Reader, charset string) (io.Reader, error) {
	br := bufio.NewReaderSize(src, longestHead)
	head, err := peekHead(br)
	if err != nil {
		return nil, err
	}
	if charset, mark := byteOrderMark(head); mark > 0 {
		if _, err := br.Discard(mark); err != nil {
			return nil, err
		}
		return decode(br, charset)
	}
	wide := wideCharset(head)
	if charset == "" || isUTF16(charset) && wide == "" {
		charset = declaredEncoding(head)
	}
	switch {
	case wide != "" && (charset == "" || isUTF16(charset)):
		charset = wide
	case isUTF16(charset) && len(head) > 0:
		charset = ""
	}
	return decode(br, charset)
}

// longestHead is how far into a document its XML declaration is looked for the character set. It is a third of that.
const longestHead = 512

// peekHead returns as much of the document as says its character set, without waiting for more than that.
func peekHead(br *bufio.Reader) ([]byte, error) {
	for n := 1; ; n = br.Buffered() + 1 {
		head, err := br.Peek(n)
		if err == nil {
			head, err = br.Peek(br.Buffered())
		}
		if err != nil && err != io.EOF {
			return nil, err
		}
		if err == io.EOF || len(head) == longestHead || !undecided(head) {
			return head, nil
		}
	}
}

// undecided reports whether more of the document could say more about its character set.
func undecided(head []byte) bool {
	const decl = "<?xml"
	if len(head) < 4 {
		return true
	}
	if !bytes.HasPrefix(head, []byte(decl[:min(len(head), len(decl))])) {
		return false
	}
	return !bytes.Contains(head, []byte("?>"))
}

func byteOrderMark(head []byte) (charset string, size int) {
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return "utf-8", 3
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return "utf-16be", 2
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return "utf-16le", 2
	}
	return "", 0
}

// wideCharset recognises UTF-16 without a byte order mark by the zero in the first or second byte.
func wideCharset(head []byte) string {
	switch {
	case len(head) < 2:
	case head[0] == 0 && head[1] != 0:
		return "utf-16be"
	case head[0] != 0 && head[1] == 0:
		return "utf-16le"
	}
	return ""
}

func isUTF16(charset string) bool { return strings.HasPrefix(charset, "utf-16") }

func charsetParam(contentType string) string {
	const usual = "; charset=utf-8"
	if media, ok := strings.CutSuffix(contentType, usual); ok && !strings.ContainsAny(media, `;"`) {
		return "utf-8"
	}
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(params["charset"]))
}

// declaredEncoding returns what the XML declaration at the start of head names. Whether the declaration is well-formed
// is for the XML reader to say.
func declaredEncoding(head []byte) string {
	decl, _, ok := bytes.Cut(head, []byte("?>"))
	if !ok || !bytes.HasPrefix(decl, []byte("<?xml")) {
		return ""
	}
	_, value, ok := bytes.Cut(decl, []byte("encoding"))
	value = bytes.TrimLeft(value, " \t\r\n=")
	if !ok || len(value) == 0 || value[0] != '"' && value[0] != '\'' {
		return ""
	}
	name, _, _ := bytes.Cut(value[1:], value[:1])
	return strings.ToLower(string(name))
}

func decode(src io.Reader, charset string) (io.Reader, error) {
	switch charset {
	case "", "utf-8", "utf8":
		return src, nil
	case "us-ascii", "ascii":
		return transform.NewReader(src, asciiDecoder{}), nil
	case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1":
		return transform.NewReader(src, charmap.ISO8859_1.NewDecoder()), nil
	case "windows-1252", "cp1252":
		return transform.NewReader(src, charmap.Windows1252.NewDecoder()), nil
	case "utf-16", "utf-16be":
		return transform.NewReader(src, utf16Decoder{high: 0, low: 1}), nil
	case "utf-16le":
		return transform.NewReader(src, utf16Decoder{high: 1, low: 0}), nil
	}
	return nil, &EncodingError{Msg: fmt.Sprintf("the character set %q is not known", charset)}
}

// A utf16Decoder turns UTF-16 into UTF-8. That of x/text replaces what is malformed, silently; to this one it is an
// error.
type utf16Decoder struct {
	transform.NopResetter
	high, low int // places of the two bytes of a unit
}

func (d utf16Decoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := d.rune(src[nSrc:])
		switch {
		case size == 0 && atEOF:
			return nDst, nSrc, &EncodingError{Msg: "the content ends inside a character of UTF-16", Err: io.ErrUnexpectedEOF}
		case size == 0:
			return nDst, nSrc, transform.ErrShortSrc
		case r < 0:
			return nDst, nSrc, &EncodingError{Msg: "malformed UTF-16"}
		case nDst+utf8.RuneLen(r) > len(dst):
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// rune returns the first character of src and its size, size 0 if src is too short for it, and -1 for a surrogate
// without its other half.
func (d utf16Decoder) rune(src []byte) (r rune, size int) {
	unit := func(at int) rune { return rune(src[at+d.high])<<8 | rune(src[at+d.low]) }
	if len(src) < 2 {
		return 0, 0
	}
	if r = unit(0); !utf16.IsSurrogate(r) {
		return r, 2
	}
	if len(src) < 4 {
		return 0, 0
	}
	if r = utf16.DecodeRune(r, unit(2)); r == utf8.RuneError {
		return -1, 2
	}
	return r, 4
}

// An asciiDecoder lets US-ASCII through.
type asciiDecoder struct{ transform.NopResetter }

func (asciiDecoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) && nSrc < len(dst) {
		if src[nSrc] >= utf8.RuneSelf {
			return nSrc, nSrc, &EncodingError{Msg: "a byte that is not US-ASCII"}
		}
		dst[nSrc] = src[nSrc]
		nSrc++
	}
	if nSrc < len(src) {
		return nSrc, nSrc, transform.ErrShortDst
	}
	return nSrc, nSrc, nil
}
