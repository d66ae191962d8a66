package trackunittest_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest"
)

// contractMembers returns the members of all types of the contract, as Type/Member.
func contractMembers() map[string]bool {
	members := make(map[string]bool)
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		m, ok := reflect.New(t).Interface().(xmlwire.Message)
		if !ok {
			return
		}
		name := m.XMLType().Name
		for _, e := range xmlwire.Elements(m) {
			if path := name + "/" + e.Name(); !members[path] {
				members[path] = true
				visit(e.Type())
			}
		}
	}
	port := reflect.TypeFor[generated.ISyncReplyServer]()
	for i := range port.NumMethod() {
		visit(port.Method(i).Type.In(1).Elem())
		visit(port.Method(i).Type.Out(0).Elem())
	}
	return members
}

// Members that hold persons' data by their names are in the list, and what is in the list is a member.
func TestPersonalData(t *testing.T) {
	list := trackunittest.PersonalData()
	members := contractMembers()
	listed := func(path string) bool {
		for _, name := range list {
			if path == name || strings.HasSuffix(path, "/"+name) {
				return true
			}
		}
		return false
	}
	personal := regexp.MustCompile(`(Email|Phone|Mobile|Sms|User)|^(\w*Contact|\w*Key)/Name`)
	found := 0
	for path := range members {
		if personal.MatchString(path) && !strings.Contains(path, "/Clear") {
			assert.True(t, listed(path), path)
			found++
		}
	}
	assert.NotZero(t, found)
	for _, name := range list {
		is := false
		for path := range members {
			is = is || path == name || strings.HasSuffix(path, "/"+name)
		}
		assert.True(t, is, "%s is no member of the contract", name)
	}
}
