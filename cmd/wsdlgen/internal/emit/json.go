package emit

import (
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// jsonNames gives each field the name it has on the wire, and where two fields would share one, the later ones theirs
// in Go: encoding/json would drop both without a word.
func jsonNames(s *shape.Struct, goName func(*shape.Field) string) map[*shape.Field]string {
	names := map[*shape.Field]string{}
	taken := map[string]bool{}
	for _, f := range s.Fields {
		name := f.Name.Local
		if name == "" || taken[name] || !isTagName(name) {
			name = goName(f)
		}
		taken[name] = true
		names[f] = name
	}
	return names
}

// isTagName reports whether a name can stand in a struct tag as it is. XML names without a colon always can; this does
// not rely on it.
func isTagName(name string) bool {
	return name != "-" && !strings.ContainsFunc(name, func(r rune) bool { return strings.ContainsRune("\"`\\,", r) || r < ' ' })
}

func (e *emitter) jsonTag(f *shape.Field, name string) string {
	if name == e.plan.Field(f) {
		name = ""
	}
	omit := ""
	if f.Form != shape.Plain || f.Value.Interface != nil {
		omit = ",omitzero"
	}
	if name == "" && omit == "" {
		return ""
	}
	return " `json:" + quote(name+omit) + "`"
}
