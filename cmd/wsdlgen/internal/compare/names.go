package compare

import (
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/names"
)

// Names returns a change for each thing that both plans name, and name differently: what is said of it in the documents
// is called otherwise in the Go code, most often since something new has a claim to the name.
func Names(old, new *names.Plan) []Change {
	was, is := identifiers(old), identifiers(new)
	var changes []Change
	for what, name := range was {
		if now, ok := is[what]; ok && now != name && name != "" && now != "" {
			changes = append(changes, Change{Effect: BreaksGo, Where: name, What: what + " is called " + now + " now"})
		}
	}
	Sort(changes)
	return changes
}

// identifiers returns the Go names of a plan by what they stand for. What stands for several is not told apart, and has
// the empty name.
func identifiers(p *names.Plan) map[string]string {
	all := make(map[string]string)
	note := func(what, name string) {
		if other, ok := all[what]; ok && other != name {
			name = ""
		}
		all[what] = name
	}
	owner, ownerName := "", ""
	for line := range strings.Lines(p.Dump()) {
		line = strings.TrimSuffix(line, "\n")
		if rest, ok := strings.CutPrefix(line, "\t"); ok {
			name, what, found := strings.Cut(rest, "\t")
			if found {
				note(owner+" "+what, ownerName+"."+name)
			}
			continue
		}
		ownerName, owner, _ = strings.Cut(line, "\t")
		note(owner, ownerName)
	}
	return all
}
