package xmlwire

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// A Decimal is an xs:decimal, exact and as it was written: 1.10 stays 1.10. Compare values with Rat. The zero Decimal is
// written as 0.
type Decimal string

// Rat returns the value, or 0 if d is no decimal.
func (d Decimal) Rat() *big.Rat {
	v, ok := new(big.Rat).SetString(string(d))
	if !ok || !isDecimal(string(d), true) {
		return new(big.Rat)
	}
	return v
}

// Float64 returns the nearest float64.
func (d Decimal) Float64() float64 {
	f, _ := d.Rat().Float64()
	return f
}

// AppendXML implements TextValue.
func (d *Decimal) AppendXML(dst []byte) ([]byte, error) { return appendExact(dst, string(*d), true) }

// ParseXML implements TextValue.
func (d *Decimal) ParseXML(text []byte) error {
	if !isDecimal(text, true) {
		return wantError("a decimal number (xs:decimal)")
	}
	*d = Decimal(text)
	return nil
}

// An Integer is an xs:integer of any size, exact and as it was written. The zero Integer is written as 0.
type Integer string

// Big returns the value, or 0 if i is no integer.
func (i Integer) Big() *big.Int {
	v, ok := new(big.Int).SetString(string(i), 10)
	if !ok {
		return new(big.Int)
	}
	return v
}

// AppendXML implements TextValue.
func (i *Integer) AppendXML(dst []byte) ([]byte, error) { return appendExact(dst, string(*i), false) }

// ParseXML implements TextValue.
func (i *Integer) ParseXML(text []byte) error {
	if !isDecimal(string(text), false) {
		return wantError("a whole number (xs:integer)")
	}
	*i = Integer(text)
	return nil
}

func appendExact(dst []byte, s string, point bool) ([]byte, error) {
	if s == "" {
		return append(dst, '0'), nil
	}
	if !isDecimal(s, point) {
		return dst, fmt.Errorf("%q is no number", s)
	}
	return append(dst, s...), nil
}

func isDecimal[S string | []byte](s S, point bool) bool {
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c-'0' <= 9:
			digits++
		case c == '.' && point:
			point = false
		case i > 0 || c != '-' && c != '+':
			return false
		}
	}
	return digits > 0
}

// A Date is an xs:date. Zone is nil where none was written.
type Date struct {
	Year  int
	Month time.Month
	Day   int
	Zone  *time.Location
}

// Time returns the first instant of the day, in NoZone if d has no zone.
func (d Date) Time() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zoneOr(d.Zone))
}

// AppendXML implements TextValue.
func (d *Date) AppendXML(dst []byte) ([]byte, error) {
	if d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > daysIn(d.Year, int(d.Month)) {
		return dst, fmt.Errorf("there is no day %d-%02d-%02d", d.Year, d.Month, d.Day)
	}
	dst, err := appendYear(dst, d.Year)
	if err != nil {
		return dst, err
	}
	dst = appendTwo(append(dst, '-'), int(d.Month))
	dst = appendTwo(append(dst, '-'), d.Day)
	return appendLocation(dst, d.Zone), nil
}

// ParseXML implements TextValue.
func (d *Date) ParseXML(text []byte) error {
	const want = wantError("a date such as 2020-01-02 (xs:date)")
	year, rest, ok := scanYear(text)
	if !ok {
		return want
	}
	month, rest, ok := scanTwo(rest, '-')
	if !ok {
		return want
	}
	day, rest, ok := scanTwo(rest, '-')
	if !ok || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return want
	}
	zone, _, ok := scanZone(rest)
	if !ok {
		return want
	}
	*d = Date{year, time.Month(month), day, zone}
	return nil
}

// A TimeOfDay is an xs:time. Zone is nil where none was written.
type TimeOfDay struct {
	Hour, Minute, Second, Nanosecond int
	Zone                             *time.Location
}

// AppendXML implements TextValue.
func (t *TimeOfDay) AppendXML(dst []byte) ([]byte, error) {
	if t.Hour < 0 || t.Hour > 24 || t.Minute < 0 || t.Minute > 59 || t.Second < 0 || t.Second > 59 ||
		t.Nanosecond < 0 || t.Nanosecond > 999_999_999 || t.Hour == 24 && t.Minute+t.Second+t.Nanosecond > 0 {
		return dst, errors.New("the time is out of range")
	}
	dst = appendClock(dst, t.Hour, t.Minute, t.Second, t.Nanosecond)
	return appendLocation(dst, t.Zone), nil
}

// ParseXML implements TextValue.
func (t *TimeOfDay) ParseXML(text []byte) error {
	const want = wantError("a time such as 03:04:05 (xs:time)")
	sec, nsec, rest, ok := scanClock(text)
	if !ok {
		return want
	}
	zone, _, ok := scanZone(rest)
	if !ok {
		return want
	}
	*t = TimeOfDay{sec / 3600, sec / 60 % 60, sec % 60, nsec, zone}
	return nil
}

// A GYear is an xs:gYear.
type GYear struct {
	Year int
	Zone *time.Location
}

// AppendXML implements TextValue.
func (g *GYear) AppendXML(dst []byte) ([]byte, error) {
	dst, err := appendYear(dst, g.Year)
	return appendLocation(dst, g.Zone), err
}

// ParseXML implements TextValue.
func (g *GYear) ParseXML(text []byte) error {
	year, rest, ok := scanYear(text)
	zone, _, zoneOK := scanZone(rest)
	if !ok || !zoneOK {
		return wantError("a year such as 2020 (xs:gYear)")
	}
	*g = GYear{year, zone}
	return nil
}

// A GYearMonth is an xs:gYearMonth.
type GYearMonth struct {
	Year  int
	Month time.Month
	Zone  *time.Location
}

// AppendXML implements TextValue.
func (g *GYearMonth) AppendXML(dst []byte) ([]byte, error) {
	dst, err := appendYear(dst, g.Year)
	if err != nil || g.Month < 1 || g.Month > 12 {
		return dst, errors.Join(err, errors.New("the month is out of range"))
	}
	dst = appendTwo(append(dst, '-'), int(g.Month))
	return appendLocation(dst, g.Zone), nil
}

// ParseXML implements TextValue.
func (g *GYearMonth) ParseXML(text []byte) error {
	const want = wantError("a month such as 2020-01 (xs:gYearMonth)")
	year, rest, ok := scanYear(text)
	if !ok {
		return want
	}
	month, rest, ok := scanTwo(rest, '-')
	zone, _, zoneOK := scanZone(rest)
	if !ok || !zoneOK || month < 1 || month > 12 {
		return want
	}
	*g = GYearMonth{year, time.Month(month), zone}
	return nil
}

// A GMonthDay is an xs:gMonthDay.
type GMonthDay struct {
	Month time.Month
	Day   int
	Zone  *time.Location
}

// AppendXML implements TextValue.
func (g *GMonthDay) AppendXML(dst []byte) ([]byte, error) {
	const leapYear = 2000
	if g.Month < 1 || g.Month > 12 || g.Day < 1 || g.Day > daysIn(leapYear, int(g.Month)) {
		return dst, errors.New("the day is out of range")
	}
	dst = appendTwo(append(dst, "--"...), int(g.Month))
	dst = appendTwo(append(dst, '-'), g.Day)
	return appendLocation(dst, g.Zone), nil
}

// ParseXML implements TextValue.
func (g *GMonthDay) ParseXML(text []byte) error {
	const want = wantError("a day such as --12-24 (xs:gMonthDay)")
	const leapYear = 2000
	if len(text) < 1 || text[0] != '-' {
		return want
	}
	month, rest, ok := scanTwo(text[1:], '-')
	if !ok || month < 1 || month > 12 {
		return want
	}
	day, rest, ok := scanTwo(rest, '-')
	zone, _, zoneOK := scanZone(rest)
	if !ok || !zoneOK || day < 1 || day > daysIn(leapYear, month) {
		return want
	}
	*g = GMonthDay{time.Month(month), day, zone}
	return nil
}

// A GMonth is an xs:gMonth.
type GMonth struct {
	Month time.Month
	Zone  *time.Location
}

// AppendXML implements TextValue.
func (g *GMonth) AppendXML(dst []byte) ([]byte, error) {
	if g.Month < 1 || g.Month > 12 {
		return dst, errors.New("the month is out of range")
	}
	return appendLocation(appendTwo(append(dst, "--"...), int(g.Month)), g.Zone), nil
}

// ParseXML implements TextValue. It also takes --12--, the form of the specification's first edition.
func (g *GMonth) ParseXML(text []byte) error {
	const want = wantError("a month such as --12 (xs:gMonth)")
	if len(text) < 1 || text[0] != '-' {
		return want
	}
	month, rest, ok := scanTwo(text[1:], '-')
	if len(rest) >= 2 && rest[0] == '-' && rest[1] == '-' {
		rest = rest[2:]
	}
	zone, _, zoneOK := scanZone(rest)
	if !ok || !zoneOK || month < 1 || month > 12 {
		return want
	}
	*g = GMonth{time.Month(month), zone}
	return nil
}

// A GDay is an xs:gDay.
type GDay struct {
	Day  int
	Zone *time.Location
}

// AppendXML implements TextValue.
func (g *GDay) AppendXML(dst []byte) ([]byte, error) {
	if g.Day < 1 || g.Day > 31 {
		return dst, errors.New("the day is out of range")
	}
	return appendLocation(appendTwo(append(dst, "---"...), g.Day), g.Zone), nil
}

// ParseXML implements TextValue.
func (g *GDay) ParseXML(text []byte) error {
	const want = wantError("a day such as ---24 (xs:gDay)")
	if len(text) < 2 || text[0] != '-' || text[1] != '-' {
		return want
	}
	day, rest, ok := scanTwo(text[2:], '-')
	zone, _, zoneOK := scanZone(rest)
	if !ok || !zoneOK || day < 1 || day > 31 {
		return want
	}
	*g = GDay{day, zone}
	return nil
}

func zoneOr(loc *time.Location) *time.Location {
	if loc == nil {
		return NoZone
	}
	return loc
}

// appendLocation appends a zone that has no instant of its own to be looked up at; for a location with several offsets
// that of the zero time is taken.
func appendLocation(dst []byte, loc *time.Location) []byte {
	if loc == nil || loc == NoZone {
		return dst
	}
	if loc == time.UTC {
		return append(dst, 'Z')
	}
	_, offset := time.Time{}.In(loc).Zone()
	return appendOffset(dst, offset)
}

// A Duration is an xs:duration: parts that are not negative, and a sign for the whole. Years and months have no fixed
// length, so it is no time.Duration; Std and DurationOf convert where that is possible.
type Duration struct {
	Negative                bool
	Years, Months, Days     int64
	Hours, Minutes, Seconds int64
	Nanoseconds             int64 // below 1,000,000,000
}

// DurationOf returns d in hours, minutes and seconds.
func DurationOf(d time.Duration) Duration {
	out := Duration{Negative: d < 0}
	u := uint64(d)
	if d < 0 {
		u = -u
	}
	out.Nanoseconds = int64(u % 1e9)
	u /= 1e9
	out.Seconds, out.Minutes, out.Hours = int64(u%60), int64(u/60%60), int64(u/3600)
	return out
}

// Std returns d as a time.Duration, a day being 24 hours. It reports false if d has years or months or does not fit.
func (d Duration) Std() (time.Duration, bool) {
	const limit = int64(1) << 62 / 1e9 // half of the range of seconds, so that the sum below cannot overflow
	if d.Years != 0 || d.Months != 0 || d.Days > limit/86400 || d.Hours > limit/3600 || d.Minutes > limit/60 || d.Seconds > limit {
		return 0, false
	}
	sec := d.Days*86400 + d.Hours*3600 + d.Minutes*60 + d.Seconds
	if sec >= limit*2-1 {
		return 0, false
	}
	v := time.Duration(sec)*time.Second + time.Duration(d.Nanoseconds)
	if d.Negative {
		v = -v
	}
	return v, true
}

// AppendXML implements TextValue.
func (d *Duration) AppendXML(dst []byte) ([]byte, error) {
	if d.Years < 0 || d.Months < 0 || d.Days < 0 || d.Hours < 0 || d.Minutes < 0 || d.Seconds < 0 || d.Nanoseconds < 0 || d.Nanoseconds >= 1e9 {
		return dst, errors.New("a part of the duration is out of range")
	}
	if d.Negative {
		dst = append(dst, '-')
	}
	dst = append(dst, 'P')
	empty := len(dst)
	dst = appendPart(dst, d.Years, 'Y')
	dst = appendPart(dst, d.Months, 'M')
	dst = appendPart(dst, d.Days, 'D')
	clock := d.Hours != 0 || d.Minutes != 0 || d.Seconds != 0 || d.Nanoseconds != 0
	if !clock && len(dst) > empty {
		return dst, nil
	}
	dst = append(dst, 'T')
	dst = appendPart(dst, d.Hours, 'H')
	dst = appendPart(dst, d.Minutes, 'M')
	if d.Seconds != 0 || d.Nanoseconds != 0 || !clock {
		dst = strconv.AppendInt(dst, d.Seconds, 10)
		dst = append(appendFraction(dst, int(d.Nanoseconds)), 'S')
	}
	return dst, nil
}

func appendPart(dst []byte, v int64, unit byte) []byte {
	if v == 0 {
		return dst
	}
	return append(strconv.AppendInt(dst, v, 10), unit)
}

// ParseXML implements TextValue. Fractions finer than a nanosecond are cut.
func (d *Duration) ParseXML(text []byte) error {
	const want = wantError("a duration such as PT1H30M (xs:duration)")
	var out Duration
	s := string(text)
	if strings.HasPrefix(s, "-") {
		out.Negative = true
		s = s[1:]
	}
	if !strings.HasPrefix(s, "P") {
		return want
	}
	date, clock, hasClock := strings.Cut(s[1:], "T")
	if hasClock && clock == "" || date == "" && !hasClock {
		return want
	}
	if !parseParts(date, "YMD", []*int64{&out.Years, &out.Months, &out.Days}, nil) ||
		!parseParts(clock, "HMS", []*int64{&out.Hours, &out.Minutes, &out.Seconds}, &out.Nanoseconds) {
		return want
	}
	*d = out
	return nil
}

// parseParts reads numbers that the letters of units follow, each at most once and in order. Only the last unit may
// have a fraction, which goes to nanos.
func parseParts(s, units string, parts []*int64, nanos *int64) bool {
	for s != "" {
		n := strings.IndexAny(s, units)
		if n < 1 {
			return false
		}
		unit := strings.IndexByte(units, s[n])
		number, fraction, hasFraction := strings.Cut(s[:n], ".")
		if hasFraction && (nanos == nil || unit != len(units)-1 || fraction == "" || !allDigits([]byte(fraction))) || !allDigits([]byte(number)) {
			return false
		}
		v, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return false
		}
		*parts[unit] = v
		if hasFraction {
			*nanos, _ = strconv.ParseInt((fraction + "000000000")[:9], 10, 64)
		}
		s = s[n+1:]
		units, parts = units[unit+1:], parts[unit+1:]
	}
	return true
}
