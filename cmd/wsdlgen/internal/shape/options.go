package shape

import "github.com/soapfirst/trackunit/cmd/wsdlgen/internal/model"

// Options are what may be had otherwise than the mapping has it. The zero value changes nothing.
type Options struct {
	// Pointers makes *T of members that may be missing or nil, in place of xmlwire.Opt[T]: nil stands for both.
	Pointers bool
	// KeepWrappers keeps the struct of a type that only wraps one repeated element.
	KeepWrappers bool
	// KeepNil keeps nil items of lists whose items may be nil.
	KeepNil bool
	// Aliases lists what schemas name and Go needs no declaration for: see Package.Aliases.
	Aliases bool
	// DataContract says whose types follow .NET's data contracts.
	DataContract DataContract
	// Homes are the Go packages of namespaces, as their import paths; those of others is the empty one, which is that of
	// the ports.
	Homes map[string]string
}

// DataContract says whose types follow .NET's data contracts, where a value type with minOccurs="0" is always written.
type DataContract uint8

const (
	// DetectDataContract goes by what the schemas look like: see model.Schema.
	DetectDataContract DataContract = iota
	AlwaysDataContract
	NeverDataContract
)

func (o Options) dataContract(t *model.Type) bool {
	switch o.DataContract {
	case AlwaysDataContract:
		return true
	case NeverDataContract:
		return false
	}
	return t.DataContract
}

// applyPolicies makes fields hold their values as the options say.
func (b *builder) applyPolicies() {
	for _, s := range b.pkg.Structs {
		for _, f := range s.Fields {
			b.applyPolicy(f)
		}
	}
}

func (b *builder) applyPolicy(f *Field) {
	if b.opts.KeepNil && f.Form == Slice && !f.List && f.Value.Interface == nil && (f.ItemNillable || f.Item == nil && f.Nillable) {
		f.ItemForm = Optional
	}
	if !b.opts.Pointers {
		return
	}
	if f.ItemForm == Optional {
		f.ItemForm = Pointer
	}
	switch {
	case f.Form != Optional:
	case f.Value.Interface != nil:
		f.Form = Plain // a nil interface is absent
	default:
		f.Form = Pointer
	}
}
