package names

import (
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// secretMethods are the methods of a struct that has secrets, which no field of it may be called, and holderMethods those
// of one that only holds such structs.
var (
	secretMethods = []string{"Format", "String", "GoString", "LogValue"}
	holderMethods = []string{"LogValue"}
)

// MarkSecrets marks fields of pkg as secret, which are called as those that are renamed are. It comes before the names are
// planned. The error, if any, is of type source.Errors.
func MarkSecrets(pkg *shape.Package, secrets []Rename) error {
	p := newPlanner(pkg, Idiomatic)
	keys := fieldKeys(pkg)
	for i := range secrets {
		secrets[i].To = "X" // any name will do
	}
	found := find(p, secrets, "field", keys)
	for _, secret := range secrets {
		f := keys[secret.What]
		if _, ok := found[f]; !ok {
			continue
		}
		if f.Value.Basic != "string" && f.Value.Basic != "[]byte" {
			p.errs.Errorf(secret.Pos, "name the fields in it that are", "%s is neither a text nor bytes, so it cannot be a secret", secret.What)
			continue
		}
		f.Secret = true
	}
	return p.errs.Err()
}
