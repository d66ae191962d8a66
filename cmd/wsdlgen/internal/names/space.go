package names

import (
	"strconv"
	"strings"
	"unicode"
)

// qualifiers gives each namespace a short name that is unique among them: the last part of the URI that says something,
// with as many parts before it as are needed. Earlier namespaces choose first.
func qualifiers(spaces []string) map[string]string {
	names := map[string]string{}
	taken := scope{"Local": {}} // for what is in no namespace
	for _, space := range spaces {
		names[space] = taken.pick(holder{}, spaceNames(space)...)
	}
	return names
}

// spaceNames returns what a namespace may be called, the shortest first: the last part that says something, the same
// with the versions and dates around it, then both with more and more of what stands before.
func spaceNames(space string) []string {
	if space == "http://www.w3.org/XML/1998/namespace" {
		return []string{"XML"} // its last part says nothing, and everybody calls it by its prefix
	}
	parts := uriParts(space)
	var names []string
	for i := len(parts) - 1; i >= 0; i-- {
		if isVersion(parts[i]) {
			if i < len(parts)-1 {
				names = append(names, Exported(strings.Join(parts[i:], "_")))
			}
			continue
		}
		var telling []string
		for _, part := range parts[i:] {
			if !isVersion(part) {
				telling = append(telling, part)
			}
		}
		names = append(names, Exported(strings.Join(telling, "_")), Exported(strings.Join(parts[i:], "_")))
	}
	return append(names, Exported("Space "+strings.Join(parts, " ")))
}

// uriParts splits a URI into its parts, without the scheme. Of a host only the name before the top-level domain is a
// part.
func uriParts(uri string) []string {
	var parts []string
	rest, isURL := uri, false
	if scheme, after, ok := strings.Cut(uri, "://"); ok && scheme != "" {
		rest, isURL = after, true
	} else if after, ok := strings.CutPrefix(uri, "urn:"); ok {
		rest = after
	}
	for i, part := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("/:#?&=", r) }) {
		if isURL && i == 0 {
			if labels := strings.Split(part, "."); len(labels) > 1 {
				part = labels[len(labels)-2]
			}
		}
		for _, ext := range []string{".xsd", ".wsdl", ".asmx", ".svc"} {
			part = strings.TrimSuffix(part, ext)
		}
		if strings.IndexFunc(part, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

// isVersion reports whether a part is a number, a date or a version: 2003, 2003-10, v1, 1.0.2.
func isVersion(part string) bool {
	digits := strings.TrimLeft(part, "vV")
	return digits != "" && strings.IndexFunc(digits, func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune(".-_", r)
	}) < 0
}

// planFiles names files. Only ASCII letters and digits are used, and names that differ in nothing but case are kept
// apart, for file systems that fold it.
func (p *planner) planFiles() {
	files := scope{}
	for _, port := range p.sortedPorts() {
		p.files[port] = files.pick(holder{}, fileName(p.ports[port]))
	}
	files = scope{}
	for _, space := range append([]string{""}, p.pkg.Spaces...) {
		p.files[space] = files.pick(holder{}, fileName(p.qualifier(space)))
	}
}

func fileName(ident string) string {
	name := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return -1
	}, ident)
	const longest = 60
	if name == "" {
		name = "x" + strconv.Itoa(len(ident))
	}
	return name[:min(len(name), longest)]
}
