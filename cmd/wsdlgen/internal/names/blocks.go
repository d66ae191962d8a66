package names

import (
	"cmp"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// A blockUse is a function for a header block or the detail of a fault.
type blockUse struct {
	block *shape.Block
	use   string
}

// planBlocks names the functions for what travels beside bodies. The words Header and Fault, which the functions have in
// their names, are not said twice.
func (p *planner) planBlocks() {
	blocks := slices.Clone(p.pkg.Blocks)
	slices.SortStableFunc(blocks, func(a, b *shape.Block) int {
		x, y := a.Element.Name, b.Element.Name
		return cmp.Or(cmp.Compare(p.rank[x.Space], p.rank[y.Space]), cmp.Compare(x.Local, y.Local),
			cmp.Compare(p.decls[a.Message], p.decls[b.Message]))
	})
	for _, b := range blocks {
		base := Exported(b.Element.Name.Local)
		header, fault := without(base, "Header"), without(base, "Fault")
		if b.Request {
			p.planBlock(b, "request", "With"+header+"Header")
		}
		if b.Response {
			p.planBlock(b, "response", header+"HeaderOf")
		}
		if b.Fault {
			p.planBlock(b, "fault", fault+"FaultDetail")
			p.planBlock(b, "new", "New"+fault+"Fault")
		}
	}
}

func (p *planner) planBlock(b *shape.Block, use, name string) {
	space := b.Element.Name.Space
	p.blocks[blockUse{b, use}] = p.scope("").pick(holder{space, "Block"}, name, p.qualifier(space)+name, name+"Block")
}

// without returns name without a word at its end, unless that is all of it.
func without(name, word string) string {
	if short, ok := strings.CutSuffix(name, word); ok && short != "" {
		return short
	}
	return name
}
