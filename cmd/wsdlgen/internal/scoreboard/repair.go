package main

import (
	"bufio"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// Schemas that neither validator compiles are wrong somewhere. What they say elsewhere can be judged by all the same, once
// that place is out of the way. A repair is the least change of an element that has libxml2 take the schema.
type repair struct {
	drop     bool               // leave the element out
	wildcard bool               // let anything stand in its place
	attrs    map[string]*string // attributes with other values; nil leaves one out
	space    string             // namespace of the prefix "repaired", if attrs need that
}

// A place is a line of a schema as it was written, on which one element begins.
type place struct {
	file string
	line int
}

// A written is the element on such a line.
type written struct {
	node   *syntax.Node
	schema *load.Schema
}

// A repairer knows what was repaired in the schemas of a case.
type repairer struct {
	done  map[*syntax.Node]*repair
	names []string // what was done, each once
}

func newRepairer() *repairer { return &repairer{done: map[*syntax.Node]*repair{}} }

// of returns the repair of an element; nil if there is none.
func (r *repairer) of(n *syntax.Node) *repair { return r.done[n] }

func (r *repairer) add(n *syntax.Node, name string) *repair {
	if !slices.Contains(r.names, name) {
		r.names = append(r.names, name)
	}
	if r.done[n] == nil {
		r.done[n] = &repair{attrs: map[string]*string{}}
	}
	return r.done[n]
}

// maxRepairs is how often the schemas of a case are repaired: the parser tells of some errors only once others are gone.
const maxRepairs = 20

// repair changes the schemas of a case until libxml2 compiles them or has an error that there is no repair for. It reports
// whether it compiles them.
func (c *testCase) repair(xmllint, dir string) (bool, error) {
	r := newRepairer()
	for range maxRepairs {
		w, err := writeSchemas(c, dir, r)
		if err != nil {
			return false, err
		}
		out, compiles, err := compileSchemas(xmllint, dir)
		if err != nil {
			return false, err
		}
		if compiles {
			c.repairs = r.names
			return true, nil
		}
		if !r.mend(w, out) {
			// It may be an error that only libxml2 sees, such as a content model that is not deterministic.
			c.repairs = r.names
			return false, nil
		}
	}
	return false, nil
}

// errorLine matches an error of the parser of libxml2, with or without a place.
var errorLine = regexp.MustCompile(`^(?:(\w+\.xsd):(\d+): element \w+: )?Schemas parser error : (.*)$`)

// mend repairs what the parser complains of. It reports whether there was anything that it could repair.
func (r *repairer) mend(w *schemaWriter, out string) bool {
	before := len(r.done)
	some := false
	sc := bufio.NewScanner(strings.NewReader(out))
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		m := errorLine.FindStringSubmatch(sc.Text())
		if m == nil {
			continue
		}
		if at, ok := w.at[place{m[1], number(m[2])}]; ok {
			some = r.mendAt(w, at, m[3]) || some
		} else {
			some = r.mendFacets(w, m[3]) || some
		}
	}
	return some || len(r.done) > before
}

func number(text string) int {
	n := 0
	for _, c := range text {
		n = 10*n + int(c-'0')
	}
	return n
}

var (
	attributeNotAllowed = regexp.MustCompile(`The attribute '([\w.-]+)' is not allowed`)
	attributeWrong      = regexp.MustCompile(`attribute '([\w.-]+)': The (?:value|attribute value) .* is not valid`)
	attributeMeant      = regexp.MustCompile(`attribute '(type|base|ref|itemType|substitutionGroup)': (?:The QName value|References from this schema)`)
	facetNotAllowed     = regexp.MustCompile(`The facet '(\w+)' is not allowed`)
)

var facetNames = strings.Fields("length minLength maxLength pattern enumeration whiteSpace maxInclusive maxExclusive minInclusive minExclusive totalDigits fractionDigits")

// mendAt repairs an element that a message is about.
func (r *repairer) mendAt(w *schemaWriter, at written, message string) bool {
	n := at.node
	if old := r.of(n); old != nil && old.drop {
		return false
	}
	if slices.Contains(facetNames, n.Name.Local) {
		r.add(n, "a facet left out").drop = true
		return true
	}
	if m := facetNotAllowed.FindStringSubmatch(message); m != nil {
		return r.dropFacets(n, m[1], func(*syntax.Node, *syntax.Node) bool { return true })
	}
	if m := attributeMeant.FindStringSubmatch(message); m != nil {
		return r.refer(w, at, m[1])
	}
	if strings.Contains(message, "The value of the value constraint is not valid") {
		for _, name := range []string{"default", "fixed"} {
			if n.Find(name) != nil {
				r.add(n, "a default value left out").attrs[name] = nil
				return true
			}
		}
		return false
	}
	for _, re := range []*regexp.Regexp{attributeNotAllowed, attributeWrong} {
		if m := re.FindStringSubmatch(message); m != nil && n.Find(m[1]) != nil {
			if old := r.of(n); old != nil {
				if _, again := old.attrs[m[1]]; again {
					return false
				}
			}
			r.add(n, "an attribute left out").attrs[m[1]] = nil
			return true
		}
	}
	return false
}

// mendFacets repairs facets that contradict others: libxml2 does not say where they stand.
func (r *repairer) mendFacets(w *schemaWriter, message string) bool {
	if !strings.HasPrefix(message, "facet '") {
		return false
	}
	some := false
	for s := range w.names {
		for _, name := range facetNames {
			if strings.HasPrefix(name, "m") {
				some = r.dropFacets(s.Root, name, contradicts) || some
			}
		}
	}
	return some
}

// dropFacets leaves out the facets of a name below n that are wrong.
func (r *repairer) dropFacets(n *syntax.Node, name string, wrong func(restriction, facet *syntax.Node) bool) bool {
	some := false
	for _, c := range n.Elements() {
		switch {
		case !c.IsXSD(name):
			some = r.dropFacets(c, name, wrong) || some
		case r.of(c) == nil && n.IsXSD("restriction") && wrong(n, c):
			r.add(c, "a facet left out").drop = true
			some = true
		}
	}
	return some
}

// contradicts reports whether a lower bound beside it is above an upper one.
func contradicts(restriction, facet *syntax.Node) bool {
	value := func(n *syntax.Node) *big.Rat {
		v, _ := new(big.Rat).SetString(n.Attr("value"))
		return v
	}
	isLower := strings.HasPrefix(facet.Name.Local, "min")
	mine := value(facet)
	for _, other := range restriction.Elements() {
		theirs := value(other)
		lower := strings.HasPrefix(other.Name.Local, "min")
		upper := strings.HasPrefix(other.Name.Local, "max")
		if mine == nil || theirs == nil || isLower && !upper || !isLower && !lower {
			continue
		}
		if c := mine.Cmp(theirs); isLower && c > 0 || !isLower && c < 0 {
			return true
		}
	}
	return false
}

// refer repairs a reference to what there is not: to what has the local name in the own namespace, or is built in, or is the
// only one called so; and without any of these to anything.
func (r *repairer) refer(w *schemaWriter, at written, attr string) bool {
	n := at.node
	if old := r.of(n); old != nil && (old.wildcard || old.attrs[attr] != nil) {
		return false
	}
	kind := "Type"
	if attr == "ref" || attr == "substitutionGroup" {
		kind = n.Name.Local
	}
	local := localName(n.Attr(attr))
	space, found := w.declared(at.schema.Target, kind, local)
	switch {
	case found:
		r.add(n, "a reference by its local name")
	case kind == "Type":
		r.add(n, "a type that there is not taken as any")
		space, local = syntax.NamespaceXSD, "anyType"
	case kind == "element" && attr == "ref":
		r.add(n, "an element that there is not taken as any").wildcard = true
		return true
	default:
		r.add(n, "a reference to nothing left out").drop = true
		return true
	}
	value := "repaired:" + local
	if space == "" {
		value = local
	}
	fix := r.of(n)
	fix.attrs[attr], fix.space = &value, space
	return true
}

// declared finds the namespace of what a reference in a schema of namespace own must mean.
func (w *schemaWriter) declared(own, kind, local string) (space string, ok bool) {
	var spaces []string
	for _, space := range w.spaces {
		if w.seen[componentKey(space, kind, local)] {
			spaces = append(spaces, space)
		}
	}
	switch {
	case slices.Contains(spaces, own):
		return own, true
	case len(spaces) == 1:
		return spaces[0], true
	case kind == "Type" && model.LookupBuiltin(local) != nil:
		return syntax.NamespaceXSD, true
	}
	return "", false
}
