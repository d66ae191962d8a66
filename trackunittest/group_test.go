package trackunittest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/trackunittest"
)

func TestGroupUnits(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, _ *trackunittest.Service) {
		const third = "46215"
		id := call(t, p.CreateGroup, generated.CreateGroup{Name: some("G")}).ID
		for _, step := range []struct {
			what string
			req  generated.UpdateGroup
			want []string
		}{
			{"add", generated.UpdateGroup{AddUnits: []string{someUnit, otherUnit}}, []string{someUnit, otherUnit}},
			{"add again", generated.UpdateGroup{AddUnits: []string{otherUnit, third}}, []string{someUnit, otherUnit, third}},
			{"remove", generated.UpdateGroup{RemoveUnits: []string{someUnit, noID}}, []string{otherUnit, third}},
			{"remove and add", generated.UpdateGroup{RemoveUnits: []string{third}, AddUnits: []string{someUnit}}, []string{otherUnit, someUnit}},
			{"nothing", generated.UpdateGroup{Clear: some(false)}, []string{otherUnit, someUnit}},
			{"clear, then add; removing does not count", generated.UpdateGroup{Clear: some(true), AddUnits: []string{third}, RemoveUnits: []string{third}}, []string{third}},
			{"clear", generated.UpdateGroup{Clear: some(true)}, nil},
		} {
			step.req.ID = id
			call(t, p.UpdateGroup, step.req)
			assert.ElementsMatch(t, step.want, call(t, p.GetGroup, generated.GetGroup{ID: id}).List[0].Units, step.what)
		}
	})
}

func TestGroupsOfUnit(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		id := call(t, p.CreateGroup, generated.CreateGroup{Name: some("G"), Units: []string{someUnit}}).ID
		list := call(t, p.GetGroup, generated.GetGroup{UnitID: some(someUnit)}).List
		assert.Len(t, list, 2, "the one of its town, and this")
		assert.Equal(t, id, list[1].ID)

		key := s.Fleet().Keys.Put(generated.Key{Name: some("K"), Groups: []string{id.Value()}, Units: []string{someUnit}})
		call(t, p.DeleteGroup, generated.DeleteGroup{ID: id})
		k, _ := s.Fleet().Keys.Get(key)
		assert.Empty(t, k.Groups)
		assert.Equal(t, []string{someUnit}, k.Units)
		_, err := p.GetUnit(t.Context(), &generated.GetUnit{GroupID: id})
		assertCode(t, err, "groupNotFound", "")
	})
}

func TestKeyUnitsAndGroups(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		groups := s.Fleet().Groups.All()
		a, b := groups[0].ID.Value(), groups[1].ID.Value()
		id := call(t, p.CreateKey, generated.CreateKey{Name: some("K"), SerialNumber: some("0a"), Units: []string{someUnit}, Groups: []string{a}}).ID
		get := func() generated.Key { return call(t, p.GetKey, generated.GetKey{ID: id}).List[0] }

		call(t, p.UpdateKey, generated.UpdateKey{ID: id, AddUnits: []string{otherUnit}, RemoveUnits: []string{someUnit}, AddGroups: []string{b}})
		assert.Equal(t, []string{otherUnit}, get().Units)
		assert.Equal(t, []string{a, b}, get().Groups)

		call(t, p.UpdateKey, generated.UpdateKey{ID: id, Clear: some(true), AddGroups: []string{a}})
		assert.Empty(t, get().Units, "clearing counts for both")
		assert.Equal(t, []string{a}, get().Groups)
	})
}

func TestContactsOfClient(t *testing.T) {
	eachVersion(t, func(t *testing.T, p *generated.ISyncReplyClient, s *trackunittest.Service) {
		client := s.Fleet().Clients.All()[1].ID
		all := s.Fleet().Contacts.Len()
		list := call(t, p.GetContact, generated.GetContact{ClientID: client}).List
		assert.Len(t, list, 2)
		for _, c := range list {
			assert.Equal(t, client, c.ClientID)
		}
		call(t, p.DeleteClient, generated.DeleteClient{ID: client})
		assert.Equal(t, all-2, s.Fleet().Contacts.Len(), "a contact belongs to a client")
		_, err := p.GetContact(t.Context(), &generated.GetContact{ClientID: client})
		assertCode(t, err, "clientNotFound", "")
	})
}
