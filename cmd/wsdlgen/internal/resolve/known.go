package resolve

import (
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// knownAttributes are the attributes that elements of XML Schema have.
var knownAttributes = attributeTable(`
schema targetNamespace version finalDefault blockDefault attributeFormDefault elementFormDefault
include schemaLocation
redefine schemaLocation
import namespace schemaLocation
element name ref type substitutionGroup minOccurs maxOccurs default fixed nillable abstract final block form
attribute name ref type use default fixed form
complexType name mixed abstract final block
simpleType name final
complexContent mixed
simpleContent
extension base
restriction base
sequence minOccurs maxOccurs
choice minOccurs maxOccurs
all minOccurs maxOccurs
group name ref minOccurs maxOccurs
attributeGroup name ref
any namespace processContents minOccurs maxOccurs
anyAttribute namespace processContents
list itemType
union memberTypes
enumeration value
pattern value
length value fixed
minLength value fixed
maxLength value fixed
whiteSpace value fixed
totalDigits value fixed
fractionDigits value fixed
minInclusive value fixed
maxInclusive value fixed
minExclusive value fixed
maxExclusive value fixed
`)

func attributeTable(text string) map[string][]string {
	table := make(map[string][]string)
	for line := range strings.Lines(strings.TrimSpace(text)) {
		words := strings.Fields(line)
		table[words[0]] = append(words[1:], "id")
	}
	return table
}

// checkAttributes warns of attributes that XML Schema does not have, in n and below: they are most likely misspelt, and
// what they ask for does not happen.
func (r *resolver) checkAttributes(n *syntax.Node) {
	known, ok := knownAttributes[n.Name.Local]
	if n.Name.Space != syntax.NamespaceXSD || !ok {
		return
	}
	for _, a := range n.Attrs {
		if a.Name.Space == "" && !slices.Contains(known, a.Name.Local) {
			r.diags.Warnf(a.Pos, "is it misspelt?", "xs:%s has no attribute %s, it is passed over", n.Name.Local, syntax.Quote(a.Name.Local))
		}
	}
	for _, c := range n.Children {
		r.checkAttributes(c)
	}
}
