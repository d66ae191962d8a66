package shape

import (
	"slices"
)

// HasSecrets reports whether a field of s is secret.
func (s *Struct) HasSecrets() bool {
	return slices.ContainsFunc(s.Fields, func(f *Field) bool { return f.Secret })
}

// SecretNames returns the local names of the fields that are secret, sorted.
func (p *Package) SecretNames() []string {
	var names []string
	for _, s := range p.Structs {
		for _, f := range s.Fields {
			if f.Secret {
				names = append(names, f.Name.Local)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// SecretHolders returns the structs that have secrets, in fields of their own or somewhere below.
func (p *Package) SecretHolders() map[*Struct]bool {
	holders := map[*Struct]bool{}
	for again := true; again; {
		again = false
		for _, s := range p.Structs {
			if !holders[s] && (s.HasSecrets() || slices.ContainsFunc(s.Fields, func(f *Field) bool { return f.Value.holds(holders) })) {
				holders[s], again = true, true
			}
		}
	}
	return holders
}

func (v Value) holds(holders map[*Struct]bool) bool {
	return holders[v.Struct] || v.Interface != nil && slices.ContainsFunc(v.Interface.Members, func(s *Struct) bool { return holders[s] })
}
