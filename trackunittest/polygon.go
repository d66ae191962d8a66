package trackunittest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/soapfirst/trackunit/generated"
)

// A polygon is the inside of its first ring without those of the others.
type polygon [][]generated.Location

// parsePolygon reads a polygon in Well-Known Text as the service has it: POLYGON ((latitude longitude, …)), with the first
// point again at the end.
func parsePolygon(wkt string) (polygon, error) {
	s := strings.TrimSpace(wkt)
	const name = "POLYGON"
	if len(s) < len(name) || !strings.EqualFold(s[:len(name)], name) {
		return nil, fmt.Errorf("it does not start with POLYGON")
	}
	s, ok := inParens(strings.TrimSpace(s[len(name):]))
	if !ok {
		return nil, fmt.Errorf("its rings are not in parentheses")
	}
	var p polygon
	for s != "" {
		end := strings.IndexByte(s, ')')
		text, ok := inParens(s[:end+1])
		if !ok {
			return nil, fmt.Errorf("a ring is not in parentheses")
		}
		ring, err := parseRing(text)
		if err != nil {
			return nil, err
		}
		p = append(p, ring)
		s = strings.TrimSpace(s[end+1:])
		if s != "" {
			if s, ok = strings.CutPrefix(s, ","); !ok {
				return nil, fmt.Errorf("there is no comma between two rings")
			}
			s = strings.TrimSpace(s)
		}
	}
	if len(p) == 0 {
		return nil, fmt.Errorf("it has no ring")
	}
	return p, nil
}

func inParens(s string) (string, bool) {
	if len(s) < 2 || s[0] != '(' || s[len(s)-1] != ')' {
		return "", false
	}
	return strings.TrimSpace(s[1 : len(s)-1]), true
}

func parseRing(text string) ([]generated.Location, error) {
	var ring []generated.Location
	for point := range strings.SplitSeq(text, ",") {
		fields := strings.Fields(point)
		if len(fields) != 2 {
			return nil, fmt.Errorf("a point does not have two numbers")
		}
		lat, err1 := strconv.ParseFloat(fields[0], 64)
		lon, err2 := strconv.ParseFloat(fields[1], 64)
		at := generated.Location{Latitude: lat, Longitude: lon}
		if err1 != nil || err2 != nil || !onEarth(at) {
			return nil, fmt.Errorf("a point is not on earth")
		}
		ring = append(ring, at)
	}
	if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
		return nil, fmt.Errorf("a ring is not closed")
	}
	return ring, nil
}

func onEarth(l generated.Location) bool {
	return l.Latitude >= -90 && l.Latitude <= 90 && l.Longitude >= -180 && l.Longitude <= 180
}

// contains reports whether l lies in p, taking the map for flat: a zone is small. It counts the edges that a line from l
// to the east crosses.
func (p polygon) contains(l generated.Location) bool {
	inside := false
	for _, ring := range p {
		for i, a := range ring[:len(ring)-1] {
			b := ring[i+1]
			if (a.Latitude > l.Latitude) == (b.Latitude > l.Latitude) {
				continue
			}
			crossing := a.Longitude + (l.Latitude-a.Latitude)/(b.Latitude-a.Latitude)*(b.Longitude-a.Longitude)
			if l.Longitude < crossing {
				inside = !inside
			}
		}
	}
	return inside
}

// wkt writes p in Well-Known Text.
func (p polygon) wkt() string {
	var s strings.Builder
	s.WriteString("POLYGON (")
	for i, ring := range p {
		if i > 0 {
			s.WriteString(", ")
		}
		s.WriteByte('(')
		for j, l := range ring {
			if j > 0 {
				s.WriteString(", ")
			}
			fmt.Fprintf(&s, "%v %v", l.Latitude, l.Longitude)
		}
		s.WriteByte(')')
	}
	return s.String() + ")"
}
