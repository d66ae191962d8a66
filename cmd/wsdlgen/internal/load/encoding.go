package load

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// toUTF8 converts a document as XML 1.0, appendix F, says: by its byte order mark, by the shape of its first
// characters, by the encoding it declares. The result has no byte order mark.
func (l *loader) toUTF8(name string, data []byte) ([]byte, error) {
	pos := source.Pos{File: name}
	if enc, ok := utf16Encoding(data); ok {
		return decode(pos, enc, "utf-16", data)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	declared := strings.ToLower(declaredEncoding(data))
	switch declared {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return data, nil
	case "utf-16", "utf-16le", "utf-16be", "unicode":
		// What .NET writes to a string says utf-16, whatever the string is saved as.
		l.diags.Warnf(pos, "correct its encoding declaration", "the document says it is %s and is not; it is read as utf-8", declared)
		return data, nil
	}
	enc, err := ianaindex.IANA.Encoding(declared)
	if err != nil || enc == nil {
		return nil, &source.Error{Pos: pos, Msg: fmt.Sprintf("encoding %q is not supported", declared),
			Hint: "convert the document to utf-8"}
	}
	return decode(pos, enc, declared, data)
}

// utf16Encoding recognises UTF-16 by its byte order mark, or by a first character that can only be "<" or white space.
func utf16Encoding(data []byte) (encoding.Encoding, bool) {
	if len(data) < 4 {
		return nil, false
	}
	switch {
	case data[0] == 0xFE && data[1] == 0xFF, data[0] == 0 && data[1] != 0:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), true
	case data[0] == 0xFF && data[1] == 0xFE, data[0] != 0 && data[1] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), true
	}
	return nil, false
}

func decode(pos source.Pos, enc encoding.Encoding, name string, data []byte) ([]byte, error) {
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return nil, &source.Error{Pos: pos, Msg: fmt.Sprintf("the document is not %s, as it says: %v", name, err)}
	}
	return text, nil
}

var encodingDecl = regexp.MustCompile(`^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

func declaredEncoding(data []byte) string {
	if m := encodingDecl.FindSubmatch(data[:min(len(data), 1024)]); m != nil {
		return string(m[1])
	}
	return ""
}
