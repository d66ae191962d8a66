package xmlwire

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// shy hides what it is from package fmt.
type shy struct{ secret string }

func (shy) Format(f fmt.State, _ rune) { fmt.Fprint(f, "hidden") }

// TestFormat prints an Opt as its value is printed, in every verb: what the value hides stays hidden.
func TestFormat(t *testing.T) {
	for _, verb := range []string{"%v", "%+v", "%s", "%q", "%d", "%x"} {
		assert.Equal(t, "hidden", fmt.Sprintf(verb, Some(shy{"x"})), verb)
	}
	assert.Equal(t, "xmlwire.Some(hidden)", fmt.Sprintf("%#v", Some(shy{"x"})))
	assert.Equal(t, "[   7 nil absent]", fmt.Sprintf("%4v", []Opt[int]{Some(7), Nil[int](), {}}))
	assert.Equal(t, `"a" 2a`, fmt.Sprintf("%q %x", Some("a"), Some(42)))
	assert.Equal(t, `xmlwire.Some("a")`, fmt.Sprintf("%#v", Some("a")))
	assert.Equal(t, "xmlwire.Nil[int]()", fmt.Sprintf("%#v", Nil[int]()))
	assert.Equal(t, "xmlwire.Opt[int]{}", fmt.Sprintf("%#v", Opt[int]{}))
}
