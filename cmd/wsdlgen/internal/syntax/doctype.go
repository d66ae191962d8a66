package syntax

import "bytes"

// withoutDoctype returns text with a DOCTYPE blanked out, so that all else stays where it is. What it declares is not
// looked at: an entity of its own that is used is an error, and none is ever expanded.
func withoutDoctype(text []byte) []byte {
	at := prologue(text)
	if !bytes.HasPrefix(text[at:], []byte("<!DOCTYPE")) || hasPrefixFold(text[at:], "<!doctype html") {
		return text
	}
	end := doctypeEnd(text[at:])
	if end < 0 {
		return text
	}
	text = bytes.Clone(text)
	for i := at; i < at+end; i++ {
		if text[i] != '\n' {
			text[i] = ' '
		}
	}
	return text
}

// prologue returns where what may stand in front of a DOCTYPE ends: white space, comments and processing instructions.
func prologue(text []byte) int {
	for at := 0; ; {
		at += len(text[at:]) - len(bytes.TrimLeft(text[at:], xmlSpace))
		closer := ""
		switch rest := text[at:]; {
		case bytes.HasPrefix(rest, []byte("<?")):
			closer = "?>"
		case bytes.HasPrefix(rest, []byte("<!--")):
			closer = "-->"
		default:
			return at
		}
		end := bytes.Index(text[at:], []byte(closer))
		if end < 0 {
			return at
		}
		at += end + len(closer)
	}
}

// doctypeEnd returns the length of the DOCTYPE that text starts with, or -1 if it does not end.
func doctypeEnd(text []byte) int {
	subset := false
	for at := 0; at < len(text); at++ {
		switch c := text[at]; {
		case c == '"' || c == '\'':
			end := bytes.IndexByte(text[at+1:], c)
			if end < 0 {
				return -1
			}
			at += 1 + end
		case bytes.HasPrefix(text[at:], []byte("<!--")):
			end := bytes.Index(text[at:], []byte("-->"))
			if end < 0 {
				return -1
			}
			at += end + 2
		case c == '[':
			subset = true
		case c == ']':
			subset = false
		case c == '>' && !subset:
			return at + 1
		}
	}
	return -1
}
