package trackunit

import (
	"fmt"
	"iter"

	"github.com/soapfirst/trackunit/soapclient"
)

// needID refuses an empty id before it goes out: the service takes a request without an id for one that asks for
// everything.
func needID(op, id string) error {
	if id == "" {
		return &soapclient.OpError{Op: op, Err: ErrNoID}
	}
	return nil
}

// one returns the item that a request for one id found. none is the error if it found nothing and the service did not say
// so itself.
func one[T any](op string, items []T, none error) (T, error) {
	if len(items) == 1 {
		return items[0], nil
	}
	var zero T
	err := none
	if len(items) > 1 {
		err = fmt.Errorf("the answer holds %d items where one was asked for", len(items))
	}
	return zero, &soapclient.OpError{Op: op, Err: err}
}

// failed returns a sequence that is nothing but an error.
func failed[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		yield(zero, err)
	}
}
