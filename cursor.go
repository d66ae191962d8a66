package trackunit

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A Cursor is a place in a report over many units (or keys): right behind a row. It can be stored as text or JSON and given to
// Resume later, also by another process. The zero Cursor is the beginning.
//
// It names the row by its unit, its time, and its number among the rows of that time, so that it does not depend on
// how a report was divided into calls.
type Cursor struct {
	report string
	id     string
	at     time.Time // UTC
	seen   int       // how many rows of that time are before the place
}

// IsZero reports whether c is the beginning.
func (c Cursor) IsZero() bool { return c.report == "" }

// String returns the text of c, which is empty for the beginning.
func (c Cursor) String() string {
	if c.IsZero() {
		return ""
	}
	return strings.Join([]string{c.report, url.PathEscape(c.id), c.at.Format(time.RFC3339Nano), strconv.Itoa(c.seen)}, "/")
}

// MarshalText implements encoding.TextMarshaler, by which it is a string in JSON. It does not fail.
func (c Cursor) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *Cursor) UnmarshalText(text []byte) error {
	read, err := parseCursor(string(text))
	if err == nil {
		*c = read
	}
	return err
}

func parseCursor(s string) (Cursor, error) {
	if s == "" {
		return Cursor{}, nil
	}
	parts := strings.Split(s, "/")
	if len(parts) != 4 || parts[0] == "" {
		return Cursor{}, fmt.Errorf("the cursor %q has not the form report/id/time/number", s)
	}
	id, err := url.PathUnescape(parts[1])
	if err != nil {
		return Cursor{}, fmt.Errorf("the id in the cursor %q: %w", s, err)
	}
	at, err := time.Parse(time.RFC3339Nano, parts[2])
	if err != nil {
		return Cursor{}, fmt.Errorf("the time in the cursor %q is not one of RFC 3339", s)
	}
	seen, err := strconv.Atoi(parts[3])
	if err != nil || seen < 1 {
		return Cursor{}, fmt.Errorf("the number in the cursor %q is not 1 or more", s)
	}
	return Cursor{report: parts[0], id: id, at: at.UTC(), seen: seen}, nil
}
