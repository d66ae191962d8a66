package source

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// An Error is something wrong, or noteworthy, at one place of a document.
type Error struct {
	Pos  Pos
	Msg  string // one lower-case clause
	Hint string // what to do about it; may be empty
}

// Error returns file:line:col: message (hint).
func (e *Error) Error() string {
	s := e.Msg
	if e.Pos.IsValid() {
		s = e.Pos.String() + ": " + s
	}
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return s
}

// Errors are several errors, sorted by position.
type Errors []*Error

// maxShown bounds the text of Errors: a document that is wrong throughout should not scroll the first error away.
const maxShown = 50

// Error returns the errors one a line, the first fifty of them.
func (e Errors) Error() string {
	var b strings.Builder
	for i, err := range e {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i == maxShown {
			fmt.Fprintf(&b, "and %d more errors", len(e)-i)
			break
		}
		b.WriteString(err.Error())
	}
	return b.String()
}

// Unwrap returns the single errors, for errors.As.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, err := range e {
		all[i] = err
	}
	return all
}

// maxKept bounds what a List keeps of each kind. The documents are not trusted, and each of their bytes may be wrong.
const maxKept = 10_000

// A List collects errors and warnings. The zero List is empty and ready for use. It is not safe for concurrent use.
type List struct {
	errs, warnings Errors
}

// Add adds an error.
func (l *List) Add(err *Error) { l.errs = keep(l.errs, err) }

// Errorf adds an error with a formatted message. The hint is taken as it is and may be empty.
func (l *List) Errorf(pos Pos, hint, format string, args ...any) {
	l.Add(&Error{Pos: pos, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// Warnf adds a warning: what was read otherwise than it stands there, and how.
func (l *List) Warnf(pos Pos, hint, format string, args ...any) {
	l.warnings = keep(l.warnings, &Error{Pos: pos, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

func keep(to Errors, err *Error) Errors {
	if len(to) >= maxKept {
		return to
	}
	return append(to, err)
}

// Len returns the number of errors so far.
func (l *List) Len() int { return len(l.errs) }

// Sort sorts errors and warnings by position and drops those that say the same thing twice.
func (l *List) Sort() {
	l.errs, l.warnings = sorted(l.errs), sorted(l.warnings)
}

// Err returns the errors, sorted, as one error of type Errors, or nil if there are none.
func (l *List) Err() error {
	if len(l.errs) == 0 {
		return nil
	}
	l.Sort()
	return slices.Clone(l.errs)
}

// Warnings returns the warnings, sorted.
func (l *List) Warnings() Errors {
	l.Sort()
	return slices.Clone(l.warnings)
}

func sorted(errs Errors) Errors {
	slices.SortStableFunc(errs, func(a, b *Error) int {
		switch {
		case a.Pos.Before(b.Pos):
			return -1
		case b.Pos.Before(a.Pos):
			return 1
		}
		return cmp.Compare(a.Msg, b.Msg)
	})
	return slices.CompactFunc(errs, func(a, b *Error) bool { return *a == *b })
}

// All returns the positioned errors inside err, or nil if it holds none.
func All(err error) Errors {
	if many, ok := errors.AsType[Errors](err); ok {
		return many
	}
	if one, ok := errors.AsType[*Error](err); ok {
		return Errors{one}
	}
	return nil
}
