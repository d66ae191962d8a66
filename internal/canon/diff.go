package canon

import (
	"fmt"
	"strconv"
)

// Diff returns how got differs from want, one clause each and led by the path of the element. It is empty if, and only
// if, their forms are the same.
func Diff(want, got *Node) []string {
	d := &differ{}
	if want.Local != got.Local {
		d.add("", "the root is %s, want %s", got.Local, want.Local)
		return d.found
	}
	d.compare("/"+want.Local, want, got)
	return d.found
}

type differ struct{ found []string }

func (d *differ) add(path, format string, args ...any) {
	if path != "" {
		path += ": "
	}
	d.found = append(d.found, path+fmt.Sprintf(format, args...))
}

// compare compares two elements of one local name.
func (d *differ) compare(path string, want, got *Node) {
	if want.Space != got.Space {
		d.add(path, "namespace %q, want %q", got.Space, want.Space)
	}
	d.attrs(path, want.Attrs, got.Attrs)
	if want.Text != got.Text {
		d.add(path, "%q, want %q", clip(got.Text), clip(want.Text))
	}
	d.nodes(path, want.Nodes, got.Nodes)
}

func (d *differ) attrs(path string, want, got []Attr) {
	values := make(map[string]string, len(got))
	for _, a := range got {
		values[a.name()] = a.Value
	}
	for _, a := range want {
		switch v, ok := values[a.name()]; {
		case !ok:
			d.add(path, "attribute %s=%q is missing", a.name(), clip(a.Value))
		case v != a.Value:
			d.add(path, "attribute %s is %q, want %q", a.name(), clip(v), clip(a.Value))
		}
		delete(values, a.name())
	}
	for _, a := range got {
		if v, ok := values[a.name()]; ok {
			d.add(path, "unexpected attribute %s=%q", a.name(), clip(v))
		}
	}
}

// nodes walks two lists side by side. Where they part it looks ahead: what comes later in got was preceded by
// something unexpected, and what does not is missing.
func (d *differ) nodes(path string, want, got []*Node) {
	wantSeen, gotSeen := make(map[string]int), make(map[string]int)
	at := func(seen map[string]int, n *Node) string {
		seen[n.Local]++
		if i := seen[n.Local]; i > 1 {
			return path + "/" + n.label() + "[" + strconv.Itoa(i) + "]"
		}
		return path + "/" + n.label()
	}
	for len(want) > 0 || len(got) > 0 {
		switch {
		case len(want) > 0 && len(got) > 0 && want[0].Local == got[0].Local:
			p := at(wantSeen, want[0])
			gotSeen[got[0].Local]++
			d.compare(p, want[0], got[0])
			want, got = want[1:], got[1:]
		case len(want) == 0 || len(got) > 0 && has(got, want[0].Local):
			d.add(at(gotSeen, got[0]), "not expected here")
			got = got[1:]
		default:
			d.add(at(wantSeen, want[0]), "missing here")
			want = want[1:]
		}
	}
}

func has(nodes []*Node, local string) bool {
	for _, n := range nodes {
		if n.Local == local {
			return true
		}
	}
	return false
}

func (n *Node) label() string {
	if n.Local == "" {
		return "#text"
	}
	return n.Local
}

// clip keeps messages to a readable length.
func clip(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
