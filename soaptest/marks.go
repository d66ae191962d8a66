package soaptest

import (
	"slices"
	"strings"
)

// marks are paths of local names: of elements, attributes, members of JSON objects and parameters of queries. Upper and
// lower case are the same, since services are lax about them in JSON and queries.
type marks []mark

type mark []string

// secretNames are always marked. In queries they are left out of comparisons too: whether a token goes into the header or
// the URL is none of a recording's business.
var secretNames = []string{
	"password", "passwd", "secret", "token", "accesstoken", "access_token", "refreshtoken", "refresh_token",
	"apikey", "api_key", "clientsecret", "client_secret",
}

// newMarks returns the marks for names such as "Email" and "Contact/Name".
func newMarks(names []string) marks {
	var m marks
	for _, name := range names {
		if name = strings.Trim(name, "/"); name != "" {
			m = append(m, strings.Split(name, "/"))
		}
	}
	return m
}

// defaultMarks are secretNames, and all that WS-Security puts into a header.
func defaultMarks() marks { return newMarks(append(slices.Clone(secretNames), "Header/Security")) }

// covers reports whether the element at a path, or one around it, is marked.
func (m marks) covers(path []string) bool {
	return slices.ContainsFunc(m, func(mark mark) bool {
		for end := len(mark); end <= len(path); end++ {
			if mark.ends(path[:end]) {
				return true
			}
		}
		return false
	})
}

// ends reports whether path ends in the names of the mark.
func (m mark) ends(path []string) bool {
	return len(m) <= len(path) && slices.EqualFunc(m, path[len(path)-len(m):], strings.EqualFold)
}

// short returns marks of the last names alone, for what has no names of types: JSON and queries.
func (m marks) short() marks {
	out := make(marks, len(m))
	for i, mark := range m {
		out[i] = mark[len(mark)-1:]
	}
	return out
}

// names returns the last names.
func (m marks) names() []string {
	out := make([]string, len(m))
	for i, mark := range m {
		out[i] = mark[len(mark)-1]
	}
	return out
}
