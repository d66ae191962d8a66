package xmlwire

import "strings"

// IsURI reports whether s is a URI reference by RFC 3986, which is what Namespaces in XML 1.0 wants the names of namespaces to
// be: letters, digits, punctuation and %XX, each where it may stand.
func IsURI(s string) bool {
	s, fragment, _ := strings.Cut(s, "#")
	s, query, _ := strings.Cut(s, "?")
	if !all(query, pathChar, "/?") || !all(fragment, pathChar, "/?[]") {
		return false
	}
	scheme, rest, ok := strings.Cut(s, ":")
	if ok && isScheme(scheme) {
		s = rest
	} else if first, _, _ := strings.Cut(s, "/"); strings.Contains(first, ":") {
		return false // it would be a scheme
	}
	if authority, ok := strings.CutPrefix(s, "//"); ok {
		path := ""
		if i := strings.IndexByte(authority, '/'); i >= 0 {
			authority, path = authority[:i], authority[i:]
		}
		return isAuthority(authority) && all(path, pathChar, "/")
	}
	return all(s, pathChar, "/")
}

func isScheme(s string) bool {
	for i, c := range []byte(s) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || !('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return false
		}
	}
	return s != ""
}

// isAuthority reports whether s is user@host:port.
func isAuthority(s string) bool {
	if i := strings.IndexByte(s, '@'); i >= 0 {
		if !all(s[:i], hostChar, ":") {
			return false
		}
		s = s[i+1:]
	}
	if literal, ok := strings.CutPrefix(s, "["); ok { // an address of IPv6 or later
		inside, rest, closed := strings.Cut(literal, "]")
		if !closed || !all(inside, hostChar, ":") || rest != "" && rest[0] != ':' {
			return false
		}
		s = rest
	}
	host, port, ok := strings.Cut(s, ":")
	return all(host, hostChar, "") && (!ok || port != "" && strings.Trim(port, "0123456789") == "")
}

const (
	hostChar = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;="
	pathChar = hostChar + ":@"
)

// all reports whether s holds nothing but characters of the two sets and escapes: %XX.
func all(s, set, more string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return false
			}
			i += 2
		case strings.IndexByte(set, c) < 0 && strings.IndexByte(more, c) < 0:
			return false
		}
	}
	return true
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }
