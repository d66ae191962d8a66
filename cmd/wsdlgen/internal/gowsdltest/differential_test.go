package gowsdltest

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDifferential runs both generators on each case of the corpus. Where gowsdl is right, what it calls types, fields and
// operations, and the actions that it sends, must be what wsdlgen has. What differs must have one of the reasons below, or
// stand in reviewed.
func TestDifferential(t *testing.T) {
	var found, compared int
	reasons := map[string]int{}
	unseen := reviewedDifferences(t)
	for _, c := range cases(t) {
		theirs, ours := runTheirs(t, c.document), runOurs(c.document)
		if theirs == nil || ours == nil {
			continue // gowsdl makes nothing or no Go of it, or the document is wrong
		}
		compared++
		for _, d := range differences(theirs, ours) {
			found++
			d.where = c.name + " " + d.where
			if d.reason == "" {
				reason, ok := unseen[d.where]
				assert.True(t, ok, "%s: %s", d.where, d.what)
				d.reason = reason
			}
			reasons[d.reason]++
		}
	}
	require.Positive(t, compared)
	t.Logf("%d cases compared, %d differences", compared, found)
	for reason, n := range reasons {
		t.Logf("%5d  %s", n, reason)
	}
}

// A difference is something that gowsdl has and wsdlgen has not, or not so.
type difference struct{ where, what, reason string }

// differences lists what is different, with the reason if that is a general one.
func differences(theirs *code, ours *own) []difference {
	var all []difference
	add := func(reason, where, format string, args ...any) {
		all = append(all, difference{where, fmt.Sprintf(format, args...), reason})
	}
	for typ, fields := range theirs.Fields {
		mine, ok := ours.Fields[typ]
		if !ok {
			add("", typ, "there is no such type")
			continue
		}
		for wire, name := range fields {
			switch got := mine[wire]; {
			case got == name:
			case theirs.Twice[typ+"."+name]:
				add("gowsdl declares a field twice", typ, "%s is %s, not %s", wire, got, name)
			case ours.Shared[typ]:
				add("gowsdl goes by local names alone: several types and elements share this one", typ, "%s is %q, not %s", wire, got, name)
			case got == "" && ours.Ordered[typ]:
				add("gowsdl does not keep the order of what repeats together", typ, "%s has no field %s", wire, name)
			default:
				add("", typ, "%s is %q, not %s", wire, got, name)
			}
		}
	}
	for port, methods := range theirs.Actions {
		mine, ok := ours.Actions[port]
		if !ok && !ours.Bound[port] {
			add("no SOAP binding carries the port", port, "there is no such port")
			continue
		}
		if !ok && (ours.Shared[port] || theirs.Twice[port]) {
			add("gowsdl declares a port and a type of one name", port, "there is no such port")
			continue
		}
		for name, action := range methods {
			got, ok := mine[name]
			switch {
			case ok && got == action:
			case !token.IsExported(name):
				add("gowsdl's method cannot be called from another package", port, "there is no method %s", name)
			case !ok:
				add("", port, "there is no method %s", name)
			case action == "''":
				add("gowsdl sends two apostrophes where there is no action, and knows none of SOAP 1.2", port, "the action of %s is %q", name, got)
			default:
				add("", port, "the action of %s is %q, not %q", name, got, action)
			}
		}
	}
	slices.SortFunc(all, func(a, b difference) int { return strings.Compare(a.where+a.what, b.where+b.what) })
	return all
}
