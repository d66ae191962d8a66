// Package rest is the way in which the Classic API offers its operations beside SOAP: a route table, requests made by it and
// taken apart by it, and the two formats of package soapclient that speak it.
package rest

import (
	_ "embed"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// routesText lists each operation, and below it its routes: the verbs and the path, in which {Id} stands for a member of the
// request. The case of paths does not matter to the service. From the service's own metadata pages, as far as those were to
// be had, and else by their pattern.
//
//go:embed routes.txt
var routesText string

// A Route is one of the ways to call an operation.
type Route struct {
	Op     string
	Verbs  []string
	Path   string // with {Id}, if it has one, at its end
	Member string // the member of the request that the path ends in, or ""
}

// routes are those of each operation, in the order of the table.
var routes, operations = parseRoutes(routesText)

func parseRoutes(text string) (map[string][]Route, []string) {
	byOp, names := make(map[string][]Route), []string(nil)
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 1:
			names = append(names, fields[0])
		case len(fields) == 2 && len(names) > 0:
			r := Route{Op: names[len(names)-1], Verbs: strings.Split(fields[0], ","), Path: fields[1]}
			if at := strings.IndexByte(r.Path, '{'); at >= 0 {
				r.Member = strings.Trim(r.Path[at:], "{}")
			}
			byOp[r.Op] = append(byOp[r.Op], r)
		case len(fields) > 0:
			panic(fmt.Sprintf("rest: malformed line %q in the table of routes", line))
		}
	}
	return byOp, names
}

// Operations returns the names of all operations that have routes.
func Operations() []string { return slices.Clone(operations) }

// Routes returns the routes of an operation.
func Routes(op string) []Route { return slices.Clone(routes[op]) }

// Find returns the operation that a request for a path below the base is for, and what the path says of a member of it. The
// last part of the path may have a suffix for the format, which the caller has taken off. known says that there is such a
// path, with other verbs if ok is false.
func Find(verb, path string) (route Route, value string, known, ok bool) {
	for _, op := range operations {
		for _, r := range routes[op] {
			v, fits := r.match(path)
			if !fits {
				continue
			}
			known = true
			if slices.Contains(r.Verbs, verb) {
				return r, v, true, true
			}
		}
	}
	return Route{}, "", known, false
}

// match reports whether a path is that of the route, and returns what stands in the place of the member.
func (r Route) match(path string) (value string, ok bool) {
	if r.Member == "" {
		return "", strings.EqualFold(path, r.Path)
	}
	prefix, _, _ := strings.Cut(r.Path, "{")
	if len(path) <= len(prefix) || !strings.EqualFold(path[:len(prefix)], prefix) {
		return "", false
	}
	value, err := url.PathUnescape(path[len(prefix):])
	return value, err == nil && !strings.Contains(path[len(prefix):], "/")
}

// preferred returns the route that stands for what an operation does by its verb; with says whether the path is to end in a
// member.
func preferred(op string, with bool) (route Route, verb string, ok bool) {
	verb = verbOf(op)
	for _, verbsOnly := range []bool{true, false} { // a route for nothing else first
		for _, r := range routes[op] {
			if (r.Member != "") == with && slices.Contains(r.Verbs, verb) && (len(r.Verbs) == 1 || !verbsOnly) {
				return r, verb, true
			}
		}
	}
	return Route{}, "", false
}

// withBody returns the route of an operation that takes any request in a POST.
func withBody(op string) (Route, bool) {
	for _, r := range routes[op] {
		if r.Member == "" && slices.Contains(r.Verbs, "POST") {
			return r, true
		}
	}
	return Route{}, false
}

// verbOf returns what the documentation says of verbs: GET selects, POST creates, PUT updates, DELETE deletes.
func verbOf(op string) string {
	switch {
	case strings.HasPrefix(op, "Create"):
		return "POST"
	case strings.HasPrefix(op, "Update"):
		return "PUT"
	case strings.HasPrefix(op, "Delete"):
		return "DELETE"
	}
	return "GET"
}
