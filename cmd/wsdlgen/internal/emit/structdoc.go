package emit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// structDoc continues a sentence that begins with the name of the struct.
func (e *emitter) structDoc(s *shape.Struct) string {
	switch s.Role {
	case shape.Complex:
		return complexDoc(s)
	case shape.Content:
		return "is the element " + s.Element.Name.Local + of(s.Space) + "."
	case shape.Empty:
		if s.Response {
			return "is the empty answer to " + s.Operation.Name + "."
		}
		return "is the empty request of " + s.Operation.Name + "."
	case shape.Group:
		return "is one round of a sequence that repeats in " + e.plan.Struct(s.Parent) + "."
	case shape.Alternative:
		return "is one of the alternatives of " + list(e.interfaces(s.Implements), "and") + "."
	}
	return "keeps an element of a type that the schema does not declare, as one of the values of " +
		e.plan.Interface(s.Interface) + "."
}

func complexDoc(s *shape.Struct) string {
	t := s.Type
	var what string
	switch {
	case !t.IsAnonymous():
		what = "is the complex type " + t.Name.Local
	case t.Owner == nil && t.OwnerElement != nil:
		what = "is the element " + t.OwnerElement.Name.Local
	default:
		what = "is the type of " + strings.Join(t.Path, "/")
	}
	what += of(s.Space)
	if t.Base != nil && t.Base.Kind == model.ComplexType {
		how := ", an extension of "
		if t.Derivation == model.Restriction {
			how = ", a restriction of "
		}
		what += how + t.Base.Name.Local
	}
	if t.Abstract {
		what += "; it is abstract, so only types derived from it occur"
	}
	return what + "."
}

func of(space string) string {
	if space == "" {
		return ""
	}
	return " of " + space
}

func (e *emitter) interfaces(list []*shape.Interface) []string {
	var names []string
	for _, i := range list {
		names = append(names, e.plan.Interface(i))
	}
	slices.Sort(names)
	return names
}

// choiceDoc says in words which fields exclude each other.
func (e *emitter) choiceDoc(s *shape.Struct) []string {
	var out []string
	for _, choice := range choices(s) {
		var branches []string
		for _, fields := range choice {
			var names []string
			for _, f := range fields {
				names = append(names, e.plan.Field(f))
			}
			branches = append(branches, strings.Join(names, " with "))
		}
		count := "At most"
		if choice[0][0].Required {
			count = "Exactly"
		}
		if len(branches) > 1 {
			out = append(out, fmt.Sprintf("%s one of these is set: %s.", count, list(branches, "or")))
		}
	}
	return out
}

// choices returns the fields of each choice, by branch, in order.
func choices(s *shape.Struct) [][][]*shape.Field {
	var (
		order []int
		found = map[int][][]*shape.Field{}
	)
	for _, f := range s.Fields {
		if f.Choice == 0 {
			continue
		}
		branches, seen := found[f.Choice]
		if !seen {
			order = append(order, f.Choice)
		}
		at := slices.IndexFunc(branches, func(b []*shape.Field) bool { return b[0].Branch == f.Branch })
		if at < 0 {
			found[f.Choice] = append(branches, []*shape.Field{f})
			continue
		}
		branches[at] = append(branches[at], f)
	}
	var out [][][]*shape.Field
	for _, choice := range order {
		out = append(out, found[choice])
	}
	return out
}

func fieldDoc(f *shape.Field) []string {
	doc := paragraphs(f.Doc)
	if len(f.Notes) > 0 {
		doc = append(doc, "Limits: "+strings.Join(f.Notes, ", ")+".")
	}
	return doc
}
