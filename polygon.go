package trackunit

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// FormatPolygon returns the border of a zone as the service wants it: WKT with the latitude first, such as
//
//	POLYGON ((55.1 12.1, 55.2 12.1, 55.2 12.2, 55.1 12.1))
//
// The border is closed by repeating the first point, unless the points do so themselves. It takes three points,
// each with a Latitude of ±90 and a Longitude of ±180.
//
// Almost everything else that reads WKT takes the longitude first.
func FormatPolygon(border []Location) (string, error) {
	border = withoutEnd(border)
	if err := checkBorder(border); err != nil {
		return "", err
	}
	b := []byte("POLYGON ((")
	for _, p := range border {
		b = appendPoint(b, p)
		b = append(b, ", "...)
	}
	return string(append(appendPoint(b, border[0]), "))"...)), nil
}

// ParsePolygon returns the border that a zone's Polygon describes, without the last point, which repeats the first. It
// fails on what FormatPolygon would not make of points: no polygon, one with holes, too few points, points off the globe.
func ParsePolygon(wkt string) ([]Location, error) {
	text, err := ring(wkt)
	if err != nil {
		return nil, err
	}
	var border []Location
	for point := range strings.SplitSeq(text, ",") {
		p, ok := parsePoint(point)
		if !ok {
			return nil, fmt.Errorf("point %d of the polygon is not two numbers", len(border)+1)
		}
		border = append(border, p)
	}
	border = withoutEnd(border)
	if err := checkBorder(border); err != nil {
		return nil, err
	}
	return border, nil
}

// withoutEnd takes off the end where it repeats the first point.
func withoutEnd(border []Location) []Location {
	for len(border) > 1 && border[0] == border[len(border)-1] {
		border = border[:len(border)-1]
	}
	return border
}

func checkBorder(border []Location) error {
	if len(border) < 3 {
		return fmt.Errorf("a polygon of %d points: it takes three", len(border))
	}
	for i, p := range border {
		// NaN passes no comparison, so the question is whether p is on the globe, not whether it is off it.
		if !(p.Latitude >= -90 && p.Latitude <= 90 && p.Longitude >= -180 && p.Longitude <= 180) {
			return fmt.Errorf("point %d of the polygon is not on the globe: %v %v", i+1, p.Latitude, p.Longitude)
		}
	}
	return nil
}

// ring returns what stands in the brackets of a polygon that has one ring.
func ring(wkt string) (string, error) {
	name, rings, ok := strings.Cut(strings.TrimSpace(wkt), "(")
	if !ok || !strings.EqualFold(strings.TrimSpace(name), "POLYGON") {
		return "", errors.New("not a WKT polygon")
	}
	rings, ok = strings.CutSuffix(rings, ")")
	if !ok {
		return "", errors.New("the brackets of the polygon are not closed")
	}
	text, opened := strings.CutPrefix(strings.TrimSpace(rings), "(")
	text, closed := strings.CutSuffix(text, ")")
	switch {
	case !opened || !closed:
		return "", errors.New("the polygon has no ring of points in its brackets")
	case strings.ContainsAny(text, "()"):
		return "", errors.New("the polygon has holes, which a zone cannot have")
	}
	return text, nil
}

func parsePoint(s string) (Location, bool) {
	fields := strings.Fields(s)
	if len(fields) != 2 {
		return Location{}, false
	}
	latitude, err1 := strconv.ParseFloat(fields[0], 64)
	longitude, err2 := strconv.ParseFloat(fields[1], 64)
	return Location{Latitude: latitude, Longitude: longitude}, err1 == nil && err2 == nil
}

func appendPoint(b []byte, p Location) []byte {
	b = strconv.AppendFloat(b, p.Latitude, 'f', -1, 64)
	b = append(b, ' ')
	return strconv.AppendFloat(b, p.Longitude, 'f', -1, 64)
}
