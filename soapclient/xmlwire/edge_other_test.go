//go:build !linux && !darwin

package xmlwire_test

import "testing"

// An edge is memory as any other where we do not know how to have none behind it.
type edge struct{}

func newEdge(testing.TB, int) edge { return edge{} }

func (edge) put(doc []byte) []byte { return append([]byte(nil), doc...) }
