package redact

import (
	"html"
	"slices"
	"strings"
)

// shortest is the length of a value that is taken out wherever it stands. Shorter ones are replaced in their own place
// alone: everywhere else they would spoil texts.
const shortest = 6

// WithFields returns a Scrubber that also replaces what elements, attributes and members of JSON objects hold whose local
// name is one of names, in whatever namespace and case, since JSON tends to have another than XML, and the values that they have in sent, which is the message that is sent,
// wherever they stand. It returns s if names is empty.
func (s *Scrubber) WithFields(names []string, sent []byte) *Scrubber {
	if len(names) == 0 {
		return s
	}
	var secrets []string
	if s != nil {
		secrets = slices.Clone(s.secrets)
	}
	text := string(sent)
	walkFields(text, names, func(from, to int) {
		if value := html.UnescapeString(text[from:to]); len(value) >= shortest && !strings.Contains(value, "<") {
			secrets = append(secrets, value)
		}
	})
	out := New(secrets)
	if out == nil {
		out = &Scrubber{replacer: strings.NewReplacer()}
	}
	out.fields = names
	return out
}

// replaceFields returns t with Mark in place of what fields hold.
func replaceFields(t string, names []string) string {
	var b strings.Builder
	end := 0
	walkFields(t, names, func(from, to int) {
		b.WriteString(t[end:from])
		b.WriteString(Mark)
		end = to
	})
	if end == 0 {
		return t
	}
	b.WriteString(t[end:])
	return b.String()
}

// walkFields calls secret with where the values of fields stand in t, from its start to its end. The text need be
// neither complete nor well-formed: a value that does not end goes to the end of t.
func walkFields(t string, names []string, secret func(from, to int)) {
	for at := 0; at < len(t); {
		next := strings.IndexAny(t[at:], `<"`)
		if next < 0 {
			return
		}
		at += next
		if t[at] == '"' {
			at = walkMember(t, at, names, secret)
		} else {
			at = walkTag(t, at+1, names, secret)
		}
	}
}

// walkTag looks at a start tag whose name begins at at, and at what is in its element. It returns where to go on.
func walkTag(t string, at int, names []string, secret func(from, to int)) int {
	name := t[at:wordEnd(t, at)]
	if name == "" {
		return at // the end of an element, a comment
	}
	at += len(name)
	for at < len(t) && t[at] != '>' && t[at] != '<' {
		if isSpace(t[at]) || t[at] == '/' {
			at++
			continue
		}
		attr := t[at:wordEnd(t, at)]
		if at += len(attr); attr == "" {
			at++
		}
		value := at + len(t[at:]) - len(strings.TrimLeft(t[at:], " \t\r\n="))
		if value == at || value >= len(t) || t[value] != '"' && t[value] != '\'' {
			continue
		}
		from := value + 1
		to := indexFrom(t, from, t[value:value+1])
		switch open := strings.IndexByte(t[from:to], '<'); {
		case isField(attr, names):
			if to > from {
				secret(from, to)
			}
		case open >= 0:
			return from + open // no value has a tag in it: its quotation mark is missing
		}
		at = min(to+1, len(t))
	}
	if at >= len(t) || t[at] == '<' || t[at-1] == '/' || !isField(name, names) {
		return at
	}
	from := at + 1
	to := indexFrom(t, from, "</"+name)
	if to > from {
		secret(from, to)
	}
	return to
}

// walkMember looks at a string of JSON, which begins at at, and at what follows where it is the name of a member.
func walkMember(t string, at int, names []string, secret func(from, to int)) int {
	end := stringEnd(t, at+1)
	if end >= len(t) || !isOneOf(t[at+1:end], names) {
		return at + 1 // what looks like a string may be a quotation mark in a text
	}
	rest := strings.TrimLeft(t[end+1:], " \t\r\n")
	value, ok := strings.CutPrefix(rest, ":")
	if !ok {
		return end + 1
	}
	value = strings.TrimLeft(value, " \t\r\n")
	from := len(t) - len(value)
	if !strings.HasPrefix(value, `"`) {
		return from
	}
	to := stringEnd(t, from+1)
	if to > from+1 {
		secret(from+1, to)
	}
	return min(to+1, len(t))
}

// stringEnd returns where a string of JSON ends whose content begins at at.
func stringEnd(t string, at int) int {
	for ; at < len(t) && t[at] != '"'; at++ {
		if t[at] == '\\' {
			at++
		}
	}
	return min(at, len(t))
}

func isField(name string, names []string) bool {
	return isOneOf(name[strings.LastIndexByte(name, ':')+1:], names)
}

func isOneOf(name string, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

// wordEnd returns where the name ends that begins at at.
func wordEnd(t string, at int) int {
	if n := strings.IndexAny(t[at:], " \t\r\n/>=<\"'!?"); n >= 0 {
		return at + n
	}
	return len(t)
}

// indexFrom returns where word stands at or behind at, or else the end of t.
func indexFrom(t string, at int, word string) int {
	if n := strings.Index(t[at:], word); n >= 0 {
		return at + n
	}
	return len(t)
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
