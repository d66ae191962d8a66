package main

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/soapfirst/trackunit"
)

// A lister is a noun of the client whose records can be listed and got.
type lister[T any] interface {
	List(ctx context.Context, opts ...trackunit.CallOption) ([]T, error)
	Get(ctx context.Context, id string, opts ...trackunit.CallOption) (T, error)
}

// record returns the commands of a noun.
func record[T any](p *program, noun, short string, of func(*trackunit.Client) lister[T], columns []column[T]) *cobra.Command {
	list := &cobra.Command{
		Use: "list", Short: "List all", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := p.client()
			if err != nil {
				return err
			}
			items, err := of(client).List(cmd.Context())
			if err != nil {
				return err
			}
			return print(p, sequence(items, nil), columns)
		},
	}
	get := &cobra.Command{
		Use: "get ID", Short: "Print one", Args: one("an id"),
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := p.client()
			if err != nil {
				return err
			}
			item, err := of(client).Get(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return print(p, sequence([]T{item}, nil), columns)
		},
	}
	return group(noun, short, list, get)
}

func (p *program) recordCommands() []*cobra.Command {
	return []*cobra.Command{
		record(p, "categories", "The categories that units are sorted into",
			func(c *trackunit.Client) lister[trackunit.Category] { return c.Categories }, []column[trackunit.Category]{
				{"ID", func(r *trackunit.Category) string { return text(r.ID) }},
				{"NAME", func(r *trackunit.Category) string { return text(r.Name) }},
			}),
		record(p, "clients", "The end customers",
			func(c *trackunit.Client) lister[trackunit.ClientRecord] { return c.Clients }, []column[trackunit.ClientRecord]{
				{"ID", func(r *trackunit.ClientRecord) string { return text(r.ID) }},
				{"NAME", func(r *trackunit.ClientRecord) string { return text(r.Name) }},
				{"PLACE", func(r *trackunit.ClientRecord) string { return place(r.Address) }},
				{"NOTE", func(r *trackunit.ClientRecord) string { return text(r.Note) }},
			}),
		record(p, "contacts", "People at clients",
			func(c *trackunit.Client) lister[trackunit.Contact] { return c.Contacts }, []column[trackunit.Contact]{
				{"ID", func(r *trackunit.Contact) string { return text(r.ID) }},
				{"CLIENT", func(r *trackunit.Contact) string { return text(r.ClientID) }},
				{"NAME", func(r *trackunit.Contact) string { return text(r.Name) }},
				{"E-MAIL", func(r *trackunit.Contact) string { return text(r.Email) }},
				{"MOBILE", func(r *trackunit.Contact) string { return text(r.Mobile) }},
			}),
		record(p, "groups", "Sets of units",
			func(c *trackunit.Client) lister[trackunit.Group] { return c.Groups }, []column[trackunit.Group]{
				{"ID", func(r *trackunit.Group) string { return text(r.ID) }},
				{"NAME", func(r *trackunit.Group) string { return text(r.Name) }},
				{"UNITS", func(r *trackunit.Group) string { return count(r.Units) }},
			}),
		record(p, "keys", "The keys of drivers",
			func(c *trackunit.Client) lister[trackunit.Key] { return c.Keys }, []column[trackunit.Key]{
				{"ID", func(r *trackunit.Key) string { return text(r.ID) }},
				{"NAME", func(r *trackunit.Key) string { return text(r.Name) }},
				{"SERIAL NUMBER", func(r *trackunit.Key) string { return text(r.SerialNumber) }},
				{"EXPIRES", func(r *trackunit.Key) string { return instant(r.ExpirationDate) }},
				{"UNITS", func(r *trackunit.Key) string { return count(r.Units) }},
				{"GROUPS", func(r *trackunit.Key) string { return count(r.Groups) }},
			}),
		record(p, "points", "Places of interest",
			func(c *trackunit.Client) lister[trackunit.Point] { return c.Points }, []column[trackunit.Point]{
				{"ID", func(r *trackunit.Point) string { return text(r.ID) }},
				{"NAME", func(r *trackunit.Point) string { return text(r.Name) }},
				{"WHERE", func(r *trackunit.Point) string { return degrees(r.Location) }},
				{"PLACE", func(r *trackunit.Point) string { return place(r.Address) }},
			}),
		record(p, "zones", "Areas on the map",
			func(c *trackunit.Client) lister[trackunit.Zone] { return c.Zones }, zoneColumns),
	}
}

var zoneColumns = []column[trackunit.Zone]{
	{"ID", func(z *trackunit.Zone) string { return text(z.ID) }},
	{"NAME", func(z *trackunit.Zone) string { return text(z.Name) }},
	{"NOTE", func(z *trackunit.Zone) string { return text(z.Note) }},
	{"CORNERS", corners},
}

// corners prints how many corners a zone has, or what is wrong with its border.
func corners(z *trackunit.Zone) string {
	border, err := trackunit.ParsePolygon(z.Polygon.Or(""))
	if err != nil {
		return err.Error()
	}
	return strconv.Itoa(len(border))
}
