package xmlwire

import (
	"fmt"
	"sync"
	"time"
)

// NoZone is the location of a time that was written without a time zone, and a time in it is written without one. Its
// clock is that of UTC; what the time really means only the service knows. Compare locations with ==:
//
//	if t.Location() == xmlwire.NoZone { t = inZoneOfTheCustomer(t) }
var NoZone = time.FixedZone("no zone", 0)

// parseDateTime reads an xs:dateTime. Beyond the letter of the specification it takes a date alone, which .NET reads and
// services therefore get away with: it is midnight without a zone. Fractions finer than a nanosecond are cut.
//
// The zero time is written by .NET for "not set": 0001-01-01T00:00:00 is read as the zero time.Time.
func parseDateTime(b []byte) (time.Time, bool) {
	year, rest, ok := scanYear(b)
	if !ok {
		return time.Time{}, false
	}
	month, rest, ok := scanTwo(rest, '-')
	if !ok {
		return time.Time{}, false
	}
	day, rest, ok := scanTwo(rest, '-')
	if !ok || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return time.Time{}, false
	}
	var sec, nsec int
	if len(rest) > 0 {
		if rest[0] != 'T' {
			return time.Time{}, false
		}
		if sec, nsec, rest, ok = scanClock(rest[1:]); !ok {
			return time.Time{}, false
		}
	}
	loc, offset, ok := scanZone(rest)
	if !ok {
		return time.Time{}, false
	}
	unix := daysSinceEpoch(year, month, day)*86400 + int64(sec) - int64(offset)
	t := time.Unix(unix, int64(nsec))
	switch {
	case loc == time.UTC:
		return t.UTC(), true
	case loc == nil && t.IsZero():
		return time.Time{}, true
	case loc == nil:
		loc = NoZone
	}
	return t.In(loc), true
}

// scanYear reads [-]YYYY with more digits where needed. As XML Schema 1.0 has it there is no year 0, and year -1 is the
// one before year 1.
func scanYear(b []byte) (year int, rest []byte, ok bool) {
	neg := len(b) > 0 && b[0] == '-'
	if neg {
		b = b[1:]
	}
	n := 0
	for n < len(b) && b[n]-'0' <= 9 {
		year = year*10 + int(b[n]-'0')
		n++
	}
	if n < 4 || n > 6 || n > 4 && b[0] == '0' || year == 0 {
		return 0, nil, false
	}
	if neg {
		year = 1 - year
	}
	return year, b[n:], true
}

// scanTwo reads a separator and two digits.
func scanTwo(b []byte, sep byte) (v int, rest []byte, ok bool) {
	if len(b) < 3 || b[0] != sep || b[1]-'0' > 9 || b[2]-'0' > 9 {
		return 0, nil, false
	}
	return int(b[1]-'0')*10 + int(b[2]-'0'), b[3:], true
}

// scanClock reads hh:mm:ss[.fraction]. 24:00:00 is the first instant of the next day.
func scanClock(b []byte) (sec, nsec int, rest []byte, ok bool) {
	if len(b) < 8 || b[0]-'0' > 9 || b[1]-'0' > 9 {
		return 0, 0, nil, false
	}
	hour := int(b[0]-'0')*10 + int(b[1]-'0')
	minute, rest, ok := scanTwo(b[2:], ':')
	if !ok {
		return 0, 0, nil, false
	}
	second, rest, ok := scanTwo(rest, ':')
	if !ok || minute > 59 || second > 59 || hour > 24 {
		return 0, 0, nil, false
	}
	if len(rest) > 0 && rest[0] == '.' {
		rest = rest[1:]
		n, scale := 0, 100_000_000
		for n < len(rest) && rest[n]-'0' <= 9 {
			nsec += int(rest[n]-'0') * scale
			scale /= 10
			n++
		}
		if n == 0 {
			return 0, 0, nil, false
		}
		rest = rest[n:]
	}
	if hour == 24 && (minute != 0 || second != 0 || nsec != 0) {
		return 0, 0, nil, false
	}
	return hour*3600 + minute*60 + second, nsec, rest, true
}

// scanZone reads Z, ±hh:mm or nothing, for which it returns nil.
func scanZone(b []byte) (loc *time.Location, offset int, ok bool) {
	switch {
	case len(b) == 0:
		return nil, 0, true
	case len(b) == 1 && b[0] == 'Z':
		return time.UTC, 0, true
	case len(b) != 6 || b[0] != '+' && b[0] != '-' || b[1]-'0' > 9 || b[2]-'0' > 9:
		return nil, 0, false
	}
	hour := int(b[1]-'0')*10 + int(b[2]-'0')
	minute, _, ok := scanTwo(b[3:], ':')
	if !ok || minute > 59 || hour > 14 || hour == 14 && minute > 0 {
		return nil, 0, false
	}
	offset = hour*3600 + minute*60
	if b[0] == '-' {
		offset = -offset
	}
	return fixedZone(offset), offset, true
}

// fixedZone returns one Location for each offset in seconds, so that equal values are equal by ==.
func fixedZone(offset int) *time.Location {
	if loc, ok := zones.Load(offset); ok {
		return loc.(*time.Location)
	}
	loc, _ := zones.LoadOrStore(offset, time.FixedZone("", offset))
	return loc.(*time.Location)
}

var zones sync.Map // int → *time.Location; there are at most 1,681

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysSinceEpoch counts days from 1970-01-01 in the proleptic Gregorian calendar, in eras of 400 years that start on
// the first of March.
func daysSinceEpoch(year, month, day int) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	era := year / 400
	if year < 0 {
		era = (year - 399) / 400
	}
	ofEra := year - era*400
	ofYear := (153*(month-3)+2)/5 + day - 1
	return int64(era)*146097 + int64(ofEra*365+ofEra/4-ofEra/100+ofYear) - 719468
}

// appendDateTime appends t as an xs:dateTime, with as many digits of the fraction as it needs. The zero time is written
// without a zone, as .NET writes it.
func appendDateTime(b []byte, t time.Time) ([]byte, error) {
	if _, offset := t.Zone(); offset%60 != 0 { // a local mean time, which XML Schema cannot say
		t = t.UTC()
	}
	year, month, day := t.Date()
	b, err := appendYear(b, year)
	if err != nil {
		return b, err
	}
	hour, minute, second := t.Clock()
	b = append(b, '-')
	b = appendTwo(b, int(month))
	b = append(b, '-')
	b = appendTwo(b, day)
	b = append(b, 'T')
	b = appendClock(b, hour, minute, second, t.Nanosecond())
	if t.IsZero() && t.Location() == time.UTC {
		return b, nil
	}
	return appendZone(b, t)
}

func appendYear(b []byte, year int) ([]byte, error) {
	if year > 999999 || year < -999998 {
		return b, fmt.Errorf("the year %d has no form in XML Schema", year)
	}
	if year <= 0 {
		b = append(b, '-')
		year = 1 - year
	}
	if year > 9999 {
		return fmt.Appendf(b, "%d", year), nil
	}
	b = appendTwo(b, year/100)
	return appendTwo(b, year%100), nil
}

func appendTwo(b []byte, v int) []byte {
	return append(b, byte('0'+v/10), byte('0'+v%10))
}

func appendClock(b []byte, hour, minute, second, nsec int) []byte {
	b = appendTwo(b, hour)
	b = append(b, ':')
	b = appendTwo(b, minute)
	b = append(b, ':')
	b = appendTwo(b, second)
	return appendFraction(b, nsec)
}

func appendFraction(b []byte, nsec int) []byte {
	if nsec == 0 {
		return b
	}
	b = append(b, '.')
	for scale := 100_000_000; nsec > 0; scale /= 10 {
		b = append(b, byte('0'+nsec/scale))
		nsec %= scale
	}
	return b
}

// appendZone appends the zone of t: nothing in NoZone, Z in UTC, else the offset, which must be of whole minutes.
func appendZone(b []byte, t time.Time) ([]byte, error) {
	switch t.Location() {
	case NoZone:
		return b, nil
	case time.UTC:
		return append(b, 'Z'), nil
	}
	_, offset := t.Zone()
	return appendOffset(b, offset), nil
}

func appendOffset(b []byte, offset int) []byte {
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	b = append(b, sign)
	b = appendTwo(b, offset/3600)
	b = append(b, ':')
	return appendTwo(b, offset/60%60)
}
