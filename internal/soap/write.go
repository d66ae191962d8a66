package soap

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// prefix is what the namespace of the envelope is bound to in everything written here.
const prefix = "s"

// A Block is one element of a header, of a body or of a fault's detail: Message under Name, or, if Message is nil, Raw. In a
// body a Message without a Name is the members of that, without an element around them.
type Block struct {
	Name    xmlwire.Name
	Message xmlwire.Message
	Raw     xmlwire.Raw
	// MustUnderstand and Role (the actor of SOAP 1.1) are for header blocks.
	MustUnderstand bool
	Role           string
}

// AppendEnvelope appends a complete message on one line: XML declaration, envelope, header if there are blocks, and the
// body, of which appendBody appends the content.
func AppendEnvelope(dst []byte, v Version, header []Block, opts xmlwire.WriteOptions, appendBody func([]byte) ([]byte, error)) ([]byte, error) {
	dst = append(dst, `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="`...)
	dst = append(dst, v.Namespace()...)
	dst = append(dst, `">`...)
	var err error
	if len(header) > 0 {
		dst = append(dst, "<s:Header>"...)
		for i := range header {
			if dst, err = appendHeaderBlock(dst, v, &header[i], opts); err != nil {
				return dst, fmt.Errorf("header block %s: %w", header[i].name(), err)
			}
		}
		dst = append(dst, "</s:Header>"...)
	}
	dst = append(dst, "<s:Body>"...)
	if dst, err = appendBody(dst); err != nil {
		return dst, err
	}
	return append(dst, "</s:Body></s:Envelope>"...), nil
}

func (b *Block) name() string {
	if b.Message == nil && b.Name.Local == "" {
		return b.Raw.Name().String()
	}
	return b.Name.String()
}

// Append appends the element, without regard to MustUnderstand and Role.
func (b *Block) Append(dst []byte, opts xmlwire.WriteOptions) ([]byte, error) {
	switch {
	case b.Message != nil && b.Name.Local == "":
		return xmlwire.AppendContent(dst, b.Message, opts)
	case b.Message != nil:
		return xmlwire.AppendElement(dst, b.Name, b.Message, opts)
	case b.Raw == "":
		return dst, errors.New("neither a message nor raw XML")
	}
	if err := checkRaw(b.Raw); err != nil {
		return dst, err
	}
	return append(dst, b.Raw...), nil
}

// checkRaw reports whether raw is one well-formed element and nothing else.
func checkRaw(raw xmlwire.Raw) error {
	if !strings.HasPrefix(string(raw), "<") || strings.HasPrefix(string(raw), "<?") || strings.HasPrefix(string(raw), "<!") {
		return errors.New("raw XML must start with a start tag")
	}
	r := xmlwire.NewReader(strings.NewReader(string(raw)), xmlwire.ReadOptions{AnyNamespace: true, Limits: xmlwire.Limits{TextBytes: -1}})
	for {
		switch kind, err := r.Next(); {
		case err != nil:
			return err
		case kind == xmlwire.EOF:
			return nil
		}
	}
}

func appendHeaderBlock(dst []byte, v Version, b *Block, opts xmlwire.WriteOptions) ([]byte, error) {
	from := len(dst)
	dst, err := b.Append(dst, opts)
	if err != nil || !b.MustUnderstand && b.Role == "" {
		return dst, err
	}
	attrs, err := headerAttrs(v, b, dst[from:])
	if err != nil {
		return dst, err
	}
	at := from + endOfName(dst[from:])
	rest := string(dst[at:])
	dst = append(dst[:at], attrs...)
	return append(dst, rest...), nil
}

// headerAttrs returns the attributes that belong into the start tag of element. Their prefix is that of the envelope,
// unless the element binds it anew.
func headerAttrs(v Version, b *Block, element []byte) (string, error) {
	p, declaration := prefix, ""
	tag := startTag(element)
	for n := 0; strings.Contains(tag, "xmlns:"+p+"="); n++ {
		p = prefix + strconv.Itoa(n)
		declaration = fmt.Sprintf(` xmlns:%s="%s"`, p, v.Namespace())
	}
	var s strings.Builder
	s.WriteString(declaration)
	if b.Role != "" {
		role, err := xmlwire.AppendAttrValue(nil, b.Role)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&s, ` %s:%s="%s"`, p, roleAttr(v), role)
	}
	if b.MustUnderstand {
		fmt.Fprintf(&s, ` %s:mustUnderstand="1"`, p)
	}
	return s.String(), nil
}

func roleAttr(v Version) string {
	if v == V11 {
		return "actor"
	}
	return "role"
}

// endOfName returns where the name in the start tag at the start of element ends.
func endOfName(element []byte) int {
	for i, c := range element {
		switch c {
		case ' ', '\t', '\r', '\n', '/', '>':
			return i
		}
	}
	return len(element)
}

// startTag returns the start tag at the start of element. A > may stand inside an attribute value.
func startTag(element []byte) string {
	quote := byte(0)
	for i, c := range element {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return string(element[:i+1])
		}
	}
	return string(element)
}
