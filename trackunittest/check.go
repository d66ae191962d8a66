package trackunittest

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// maxSpan is the longest time that a request may ask about, as documented.
const maxSpan = 31 * 24 * time.Hour

// maxRadius bounds radii, in kilometres, as documented.
const maxRadius = 40_000

// needed returns the text of a member that must be given and not be blank.
func needed(v xmlwire.Opt[string], field string) (string, error) {
	if strings.TrimSpace(v.Value()) == "" {
		return "", invalid(field, "'%s' must be given", field)
	}
	return v.Value(), nil
}

// notBlank refuses a member that is given and blank.
func notBlank(v xmlwire.Opt[string], field string) error {
	if !v.IsSet() {
		return nil
	}
	_, err := needed(v, field)
	return err
}

// span returns the time that a request asks about: what is in the report comes at the first instant or after it, and before
// the second. Both ends must be given. Times without a zone count as UTC.
func (b Bounds) span(from, to xmlwire.Opt[time.Time], fromField, toField string) (time.Time, time.Time, error) {
	a, ok := from.Get()
	if !ok {
		return a, a, invalid(fromField, "'%s' must be given", fromField)
	}
	z, ok := to.Get()
	if !ok {
		return a, z, invalid(toField, "'%s' must be given", toField)
	}
	first, end := b.included(a.UTC(), z.UTC())
	return first, end, checkSpan(a, z, fromField, toField)
}

func checkSpan(from, to time.Time, fromField, toField string) error {
	switch d := to.Sub(from); {
	case d < 0:
		return invalid(toField, "'%s' must not be before '%s'", toField, fromField)
	case d > maxSpan:
		return invalid(toField, "The time span must not be more than 31 days")
	}
	return nil
}

func checkRadius(radius xmlwire.Opt[float64]) error {
	if r, ok := radius.Get(); ok && !(r > 0 && r < maxRadius) { // so that NaN is refused
		return invalid("Radius", "'Radius' must be greater than 0 and less than 40000")
	}
	return nil
}

func checkLocation(l xmlwire.Opt[generated.Location], field string) error {
	if v, ok := l.Get(); ok && !onEarth(v) {
		return invalid(field, "'%s' must have a latitude of ±90 and a longitude of ±180 degrees", field)
	}
	return nil
}

func checkPolygon(p xmlwire.Opt[string]) error {
	if text, ok := p.Get(); ok {
		if _, err := parsePolygon(text); err != nil {
			return invalid("Polygon", "'Polygon' is not a WKT polygon")
		}
	}
	return nil
}

// oneOf refuses a value that is given and none of those documented.
func oneOf(v xmlwire.Opt[string], field string, values []string) error {
	if s, ok := v.Get(); ok && !slices.Contains(values, s) {
		return invalid(field, "'%s' must be one of %s", field, strings.Join(values, ", "))
	}
	return nil
}

// notNegative refuses a number that is given and less than zero, or none.
func notNegative(v xmlwire.Opt[float64], field string) error {
	if x, ok := v.Get(); ok && (x < 0 || math.IsNaN(x) || math.IsInf(x, 0)) {
		return invalid(field, "'%s' must not be negative", field)
	}
	return nil
}

// first returns the first error that is not nil.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// set changes a member if the request gives it. A nil means the same as none: the service cannot tell them apart.
func set[T any](member *xmlwire.Opt[T], given xmlwire.Opt[T]) {
	if given.IsSet() {
		*member = given
	}
}

// edit returns a list after a clear, an add and a remove. Removing counts only without a clear, as documented of groups;
// clearing comes first. What is there is not added again.
func edit(list []string, clear xmlwire.Opt[bool], add, remove []string) []string {
	if clear.Value() {
		return distinct(add)
	}
	return distinct(slices.Concat(without(list, remove...), add))
}

// distinct returns a list, never nil, of the ids of another, each once.
func distinct(ids []string) []string {
	out := make([]string, 0, len(ids))
	seen := make(map[string]bool, len(ids))
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// without returns a list of the ids of another that are not to be removed.
func without(list []string, remove ...string) []string {
	out := make([]string, 0, len(list))
	for _, id := range list {
		if !slices.Contains(remove, id) {
			out = append(out, id)
		}
	}
	return out
}

// The methods below want the lock of the fleet to be held.

func (f *Fleet) checkUnits(ids []string) error {
	for _, id := range ids {
		if !f.hasUnit(id) {
			return notFound("unit", id)
		}
	}
	return nil
}

func (f *Fleet) checkGroups(ids []string) error {
	for _, id := range ids {
		if !f.Groups.has(id) {
			return notFound("group", id)
		}
	}
	return nil
}

// checkRef refuses the id of a record that does not exist. None at all, and the empty id, which clears a reference, pass.
func checkRef[T any](t *Table[T], id xmlwire.Opt[string], noun string) error {
	if v := id.Value(); v != "" && !t.has(v) {
		return notFound(noun, v)
	}
	return nil
}

// find returns one record, or all where no id is given.
func find[T any](t *Table[T], id xmlwire.Opt[string], noun string) ([]T, error) {
	v, ok := id.Get()
	if !ok {
		return t.all(), nil
	}
	row, ok := t.rows[v]
	if !ok {
		return nil, notFound(noun, v)
	}
	return []T{row}, nil
}

// one returns the record that a request to change or delete it names.
func one[T any](t *Table[T], id xmlwire.Opt[string], noun string) (T, error) {
	var row T
	v, err := needed(id, "Id")
	if err != nil {
		return row, err
	}
	row, ok := t.rows[v]
	if !ok {
		return row, notFound(noun, v)
	}
	return row, nil
}
