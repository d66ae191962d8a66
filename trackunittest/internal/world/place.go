package world

import (
	"math"
	"time"
)

// A Location is a place on earth in decimal degrees.
type Location struct{ Latitude, Longitude float64 }

// An Address is a postal address.
type Address struct{ Street, Zip, City, Country string }

// A Site is a place where machines stand.
type Site struct {
	Location Location
	Address  Address
}

const (
	earthRadius = 6371.0088 // km, the mean
	kmPerDegree = earthRadius * math.Pi / 180
)

// Distance returns the great-circle distance from l to m in kilometres.
func (l Location) Distance(m Location) float64 {
	lat1, lat2 := radians(l.Latitude), radians(m.Latitude)
	sinLat := math.Sin((lat2 - lat1) / 2)
	sinLon := math.Sin(radians(m.Longitude-l.Longitude) / 2)
	h := sinLat*sinLat + math.Cos(lat1)*math.Cos(lat2)*sinLon*sinLon
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))
}

// Move returns the location km kilometres from l in the direction of angle, in radians from north to east. It is good
// for the distances of a day's drive.
func (l Location) Move(km, angle float64) Location {
	return Location{
		Latitude:  l.Latitude + km*math.Cos(angle)/kmPerDegree,
		Longitude: l.Longitude + km*math.Sin(angle)/(kmPerDegree*math.Cos(radians(l.Latitude))),
	}
}

// towards returns the location that is the given part of the way from l to m.
func (l Location) towards(m Location, part float64) Location {
	return Location{
		Latitude:  l.Latitude + (m.Latitude-l.Latitude)*part,
		Longitude: l.Longitude + (m.Longitude-l.Longitude)*part,
	}
}

// heading returns the direction from l to m in whole degrees, 0 being north.
func (l Location) heading(m Location) int {
	north := m.Latitude - l.Latitude
	east := (m.Longitude - l.Longitude) * math.Cos(radians(l.Latitude))
	degrees := math.Atan2(east, north) * 180 / math.Pi
	return (int(math.Round(degrees)) + 360) % 360
}

// AsSent rounds l as a receiver sends it: minutes with four decimals, made into degrees with thirteen.
func (l Location) AsSent() Location { return Location{asSent(l.Latitude), asSent(l.Longitude)} }

func asSent(degrees float64) float64 {
	whole, part := math.Modf(degrees)
	return round(whole+math.Round(part*60*1e4)/1e4/60, 13)
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

// round rounds x to a number of decimals.
func round(x float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Round(x*scale) / scale
}

// A Language is the words that people in some countries use for machines and what belongs to them.
type Language struct {
	Kinds      []string // in the order of Kinds
	Inputs     [4]string
	Streets    []string
	FirstNames []string
	LastNames  []string
	Companies  []string // %s stands for a name
	Region     string   // %s stands for a town
	Yard       string   // %s stands for a town
}

// A Country is where machines work.
type Country struct {
	Code     string // ISO 3166, two letters
	Dial     string
	Language *Language
	Offset   int // of the clocks to UTC in winter, in hours
	Towns    []Town
}

// A Town is where machines have their depots.
type Town struct {
	Name, Zip string
	Location  Location
}

// LocalOffset returns by how much the clocks of c are ahead of UTC at t. All countries here keep the summer time of the
// European Union (and of the United Kingdom, which changes at the same instants).
func (c *Country) LocalOffset(t time.Time) time.Duration {
	hours := c.Offset
	if isSummer(t) {
		hours++
	}
	return time.Duration(hours) * time.Hour
}

// isSummer reports whether t lies between 01:00 UTC of the last Sundays of March and October.
func isSummer(t time.Time) bool {
	year := t.UTC().Year()
	return !t.Before(lastSunday(year, time.March)) && t.Before(lastSunday(year, time.October))
}

func lastSunday(year int, month time.Month) time.Time {
	last := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, -int(last.Weekday()))
}
