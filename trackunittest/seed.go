package trackunittest

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
	"github.com/soapfirst/trackunit/trackunittest/internal/world"
)

// The ids of the first records. They are like those of the vendor's samples.
const (
	firstCategory = 501
	firstClient   = 38171
	firstContact  = 35718
	firstGroup    = 8820
	firstKey      = 11456
	firstPoint    = 71067
	firstZone     = 6295
	firstAlarm    = 70329
)

// seedTables makes up the records of the fleet. A larger fleet has more clients and keys; towns have a group, a point and
// a zone each.
func (f *Fleet) seedTables() {
	f.clients, f.keys = min(max(f.size/25, 2*len(world.Countries)), 120), min(max(f.size/10, 4), 200)
	f.Categories.seed(firstCategory, seedCategories())
	f.Clients.seed(firstClient, f.seedClients())
	f.Contacts.seed(firstContact, f.seedContacts())
	f.Groups.seed(firstGroup, f.seedGroups())
	f.Keys.seed(firstKey, f.seedKeys())
	f.Points.seed(firstPoint, seedPoints())
	f.Zones.seed(firstZone, seedZones())
	f.Alarms.seed(firstAlarm, f.seedAlarms())
}

func seedCategories() []generated.Category {
	var list []generated.Category
	for i := range world.Kinds {
		list = append(list, generated.Category{Name: xmlwire.Some(world.Kinds[i].Name)})
	}
	return list
}

// country returns the country of the i-th record of a kind that goes round the countries.
func country(i int) *world.Country { return &world.Countries[i%len(world.Countries)] }

func (f *Fleet) seedClients() []generated.Client {
	var list []generated.Client
	for i := range f.clients {
		c, round := country(i), i/len(world.Countries)
		l, town := c.Language, c.Towns[round%len(c.Towns)]
		name := fmt.Sprintf(l.Companies[round%len(l.Companies)], l.LastNames[round%len(l.LastNames)])
		if again := round / len(l.LastNames); again > 0 {
			name += " " + strconv.Itoa(again+1)
		}
		client := generated.Client{Name: xmlwire.Some(name), Address: xmlwire.Some(generated.Address{
			StreetAddress: xmlwire.Some(l.Streets[round%len(l.Streets)] + " " + strconv.Itoa(round*7+1)),
			ZipCode:       xmlwire.Some(town.Zip), City: xmlwire.Some(town.Name), Country: xmlwire.Some(c.Code),
		})}
		if round%2 == 0 {
			client.Note = xmlwire.Some("Service agreement")
		}
		list = append(list, client)
	}
	return list
}

// clientOf returns the id of the client that a unit is hired out to, one of its country. One unit in ten is not.
func (f *Fleet) clientOf(w *world.Unit) (string, bool) {
	for i := range world.Countries {
		if &world.Countries[i] == w.Country && w.Number%10 != 0 {
			rounds := (f.clients - i + len(world.Countries) - 1) / len(world.Countries)
			return strconv.Itoa(firstClient + i + w.Number%rounds*len(world.Countries)), true
		}
	}
	return "", false
}

func (f *Fleet) seedContacts() []generated.Contact {
	var list []generated.Contact
	for i := range 2 * len(f.Clients.order) {
		c := country(i / 2)
		first, last := person(c, i)
		contact := generated.Contact{
			ClientID: xmlwire.Some(f.Clients.order[i/2]),
			Name:     xmlwire.Some(first + " " + last),
			Email:    xmlwire.Some(fmt.Sprintf("contact%d@example.com", i+1)),
			Phone:    xmlwire.Some(fmt.Sprintf("%s000%05d", c.Dial, i)),
		}
		if i%2 == 0 {
			contact.Mobile = xmlwire.Some(fmt.Sprintf("%s001%05d", c.Dial, i))
		}
		list = append(list, contact)
	}
	return list
}

func person(c *world.Country, i int) (first, last string) {
	l := c.Language
	return l.FirstNames[i%len(l.FirstNames)], l.LastNames[i/len(l.FirstNames)%len(l.LastNames)]
}

// seedGroups makes a group of the units of each town.
func (f *Fleet) seedGroups() []generated.Group {
	var list []generated.Group
	index := make(map[*world.Town]int)
	for i := range world.Countries {
		c := &world.Countries[i]
		for j := range c.Towns {
			index[&c.Towns[j]] = len(list)
			name := fmt.Sprintf(c.Language.Region, c.Towns[j].Name)
			list = append(list, generated.Group{Name: xmlwire.Some(name), Units: []string{}})
		}
	}
	for i := range f.size {
		w := f.world.Unit(i)
		g := &list[index[w.Town]]
		g.Units = append(g.Units, unitID(i))
	}
	return list
}

var (
	keyValidTimes  = []string{"30sec", "60sec", "90sec"}
	keyExpireTimes = []string{"0sec", "15sec", "30sec", "60sec", "2min", "5min", "10min", "15min", "30min", "1hour", "2hours",
		"4hours", "8hours", "16hours"}
)

func (f *Fleet) seedKeys() []generated.Key {
	var list []generated.Key
	for i := range f.keys {
		first, last := person(country(i), i)
		k := generated.Key{
			Name:         xmlwire.Some(first + " " + last),
			SerialNumber: xmlwire.Some(fmt.Sprintf("62000115876%05X", 0x91E09+37*i)),
			KeyValid:     xmlwire.Some(keyValidTimes[i%len(keyValidTimes)]),
			KeyExpire:    xmlwire.Some(keyExpireTimes[i%len(keyExpireTimes)]),
			IsAdmin:      xmlwire.Some(i%8 == 7),
			Units:        []string{},
			Groups:       []string{f.Groups.order[i%len(f.Groups.order)]},
		}
		if i%3 == 0 {
			k.EmployeeNumber = xmlwire.Some(strconv.Itoa(i + 8))
			k.CompanyName = f.Clients.rows[f.Clients.order[i%len(f.Clients.order)]].Name
		}
		if i%4 == 1 { // local time of whoever set it, which is why it has no zone
			k.ExpirationDate = xmlwire.Some(time.Date(f.world.Now.Year()+1, time.June, 30, 22, 0, 0, 0, xmlwire.NoZone))
		}
		list = append(list, k)
	}
	return list
}

// eachTown calls yield with the towns of all countries, counting them.
func eachTown(yield func(i int, c *world.Country, t *world.Town)) {
	n := 0
	for i := range world.Countries {
		c := &world.Countries[i]
		for j := range c.Towns {
			yield(n, c, &c.Towns[j])
			n++
		}
	}
}

func seedPoints() []generated.Point {
	var list []generated.Point
	eachTown(func(i int, c *world.Country, t *world.Town) {
		p := generated.Point{
			Name:     xmlwire.Some(fmt.Sprintf(c.Language.Region, t.Name)),
			Icon:     xmlwire.Some("16x16/about.png"),
			Location: xmlwire.Some(location(t.Location)),
		}
		if i%2 == 0 {
			p.Note = xmlwire.Some("Company headquarters")
			p.Address = xmlwire.Some(generated.Address{
				StreetAddress: xmlwire.Some(c.Language.Streets[0] + " 1"), ZipCode: xmlwire.Some(t.Zip),
				City: xmlwire.Some(t.Name), Country: xmlwire.Some(c.Code),
			})
		}
		list = append(list, p)
	})
	return list
}

// seedZones draws a zone with five to eight corners around each town.
func seedZones() []generated.Zone {
	var list []generated.Zone
	eachTown(func(i int, c *world.Country, t *world.Town) {
		var ring []generated.Location
		corners := 5 + i%4
		for k := range corners {
			at := t.Location.Move(2.5+0.4*float64((k*5+i)%4), 2*math.Pi*float64(k)/float64(corners))
			ring = append(ring, location(at.AsSent()))
		}
		z := generated.Zone{
			Name:    xmlwire.Some(fmt.Sprintf(c.Language.Yard, t.Name)),
			Icon:    xmlwire.Some("24x24/factory.png"),
			Polygon: xmlwire.Some(polygon{append(ring, ring[0])}.wkt()),
		}
		if i%3 == 0 {
			z.Note = xmlwire.Some("Gate closes at 18:00")
		}
		list = append(list, z)
	})
	return list
}
