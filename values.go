package trackunit

import (
	"iter"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// An Opt is a member that may be missing: absent, nil or a value. See xmlwire.Opt.
type Opt[T any] = xmlwire.Opt[T]

// Some returns an Opt that holds v.
func Some[T any](v T) Opt[T] { return xmlwire.Some(v) }

// Nil returns an Opt that is sent as an explicit nil. Whether an update takes a nil as "empty it" is not documented.
func Nil[T any]() Opt[T] { return xmlwire.Nil[T]() }

// A Location is a place in decimal degrees, by WGS 84: Latitude ±90, Longitude ±180.
type Location = generated.Location

// An Address is where a Location is, for people. Country is a code of two letters, such as DK.
type Address = generated.Address

// Collect reads a sequence to its end. With an error it returns the rows that came before it, which are not the whole
// list.
func Collect[T any](rows iter.Seq2[T, error]) ([]T, error) {
	var all []T
	for row, err := range rows {
		if err != nil {
			return all, err
		}
		all = append(all, row)
	}
	return all, nil
}
