package soap_test

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/soap"
)

func utf16Bytes(order binary.AppendByteOrder, s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func TestToUTF8(t *testing.T) {
	const doc = "<?xml version='1.0'?><a>grün €𝄞</a>"
	big, little := utf16Bytes(binary.BigEndian, doc), utf16Bytes(binary.LittleEndian, doc)
	tests := []struct{ name, contentType, in, want string }{
		{"nothing said", "text/xml", doc, doc},
		{"utf-8", "text/xml; charset=utf-8", doc, doc},
		{"utf8 in quotes", `text/xml; charset="UTF8"`, doc, doc},
		{"utf-8 byte order mark", "", "\uFEFF" + doc, doc},
		{"utf-8 byte order mark against header", "text/xml; charset=iso-8859-1", "\uFEFF" + doc, doc},
		{"utf-16 be mark", "", "\xFE\xFF" + big, doc},
		{"utf-16 le mark", "text/xml; charset=utf-16", "\xFF\xFE" + little, doc},
		{"utf-16 le mark against header", "text/xml; charset=utf-8", "\xFF\xFE" + little, doc},
		{"utf-8 byte order mark and header", "text/xml; charset=utf-8", "\uFEFF" + doc, doc},
		{"utf-8 header of something else", "text/xml; charset=utf-8", "\xFF", "\xFF"},
		{"utf-16 be", "text/xml; charset=utf-16", big, doc},
		{"utf-16 le, not said to be", "text/xml; charset=utf-16", little, doc},
		{"utf-16le", "text/xml; charset=utf-16le", little, doc},
		{"utf-16 be, nothing said", "text/xml", big, doc},
		{"utf-16 le, nothing said", "text/xml", little, doc},
		{"utf-16 in the header of utf-8", "text/xml; charset=utf-16", doc, doc},
		{"utf-16 in the declaration of utf-8", "text/xml", "<?xml version='1.0' encoding='utf-16'?><a>ü</a>", "<?xml version='1.0' encoding='utf-16'?><a>ü</a>"},
		{"iso-8859-1 header", "text/xml; charset=ISO-8859-1", "<a>gr\xFCn\x80</a>", "<a>grün\u0080</a>"},
		{"iso-8859-1 declaration", "text/xml", "<?xml version=\"1.0\" encoding = \"iso-8859-1\"?><a>\xFC</a>", "<?xml version=\"1.0\" encoding = \"iso-8859-1\"?><a>ü</a>"},
		{"header wins over declaration", "text/xml; charset=windows-1252", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>\x80</a>", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>€</a>"},
		{"windows-1252", "text/xml; charset=Windows-1252", "<a>\x80\xFC</a>", "<a>€ü</a>"},
		{"us-ascii", "text/xml; charset=us-ascii", "<a>b</a>", "<a>b</a>"},
		{"bad content type", ";;;", doc, doc},
		{"empty", "text/xml; charset=utf-16", "", ""},
		{"one byte", "", "<", "<"},
		{"long declaration", "", "<?xml version='1.0'" + strings.Repeat(" ", 5000) + "?><a/>", "<?xml version='1.0'" + strings.Repeat(" ", 5000) + "?><a/>"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, src := range []io.Reader{strings.NewReader(test.in), iotest.OneByteReader(strings.NewReader(test.in)), iotest.DataErrReader(strings.NewReader(test.in))} {
				r, err := soap.ToUTF8(src, test.contentType)
				require.NoError(t, err)
				got, err := io.ReadAll(r)
				require.NoError(t, err)
				assert.Equal(t, test.want, string(got))
			}
		})
	}
}

func TestToUTF8Refuses(t *testing.T) {
	tests := []struct{ name, contentType, in, want string }{
		{"unknown", "text/xml; charset=klingon", "<a/>", `the character set "klingon" is not known`},
		{"unknown declaration", "", "<?xml version='1.0' encoding='ebcdic'?>", `the character set "ebcdic" is not known`},
		{"not ascii", "text/xml; charset=us-ascii", "<a>\x80</a>", "not US-ASCII"},
		{"lone high surrogate", "text/xml; charset=utf-16be", "\x00<\xD8\x00\x00a", "malformed UTF-16"},
		{"lone low surrogate", "text/xml; charset=utf-16be", "\x00<\xDC\x00\x00a", "malformed UTF-16"},
		{"odd number of bytes", "text/xml; charset=utf-16be", "\x00<\x00", "ends inside a character"},
		{"half a pair", "text/xml; charset=utf-16be", "\x00<\xD8\x34", "ends inside a character"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := soap.ToUTF8(strings.NewReader(test.in), test.contentType)
			if err == nil {
				_, err = io.ReadAll(r)
			}
			var encoding *soap.EncodingError
			require.ErrorAs(t, err, &encoding)
			assert.ErrorContains(t, err, test.want)
		})
	}
	broken := errors.New("broken")
	_, err := soap.ToUTF8(iotest.ErrReader(broken), "")
	assert.ErrorIs(t, err, broken)
}

// Nothing is read ahead of what says the character set: the first rows of a stream come before the rest.
func TestToUTF8DoesNotWait(t *testing.T) {
	pr, pw := io.Pipe()
	go func() { _, _ = pw.Write([]byte("<a><b/>")) }()
	r, err := soap.ToUTF8(pr, "text/xml")
	require.NoError(t, err)
	p := make([]byte, 64)
	n, err := r.Read(p)
	require.NoError(t, err)
	assert.Equal(t, "<a><b/>", string(p[:n]))
}

func FuzzToUTF8(f *testing.F) {
	f.Add([]byte("<?xml version='1.0' encoding='iso-8859-1'?><a>\xFC</a>"), "text/xml")
	f.Add([]byte("\xFF\xFE<\x00a\x00"), "text/xml; charset=utf-16")
	f.Add([]byte("\xFE\xFF\xD8\x34\xDD\x1E"), "")
	f.Fuzz(func(t *testing.T, doc []byte, contentType string) {
		whole, wholeErr := readAll(soap.ToUTF8(strings.NewReader(string(doc)), contentType))
		pieces, piecesErr := readAll(soap.ToUTF8(iotest.OneByteReader(strings.NewReader(string(doc))), contentType))
		if whole != pieces || (wholeErr == nil) != (piecesErr == nil) {
			t.Errorf("whole: %q, %v; byte by byte: %q, %v", whole, wholeErr, pieces, piecesErr)
		}
	})
}

func readAll(r io.Reader, err error) (string, error) {
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(r)
	return string(b), err
}
