package world

import "strconv"

func itoa(n int) string { return strconv.Itoa(n) }

// joinHouse writes a street with its number as the country does.
func joinHouse(c *Country, street string, house int) string {
	if c.Language == &english {
		return itoa(house) + " " + street
	}
	return street + " " + itoa(house)
}
