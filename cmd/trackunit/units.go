package main

import (
	"github.com/spf13/cobra"

	"github.com/soapfirst/trackunit"
)

var unitColumns = []column[trackunit.Unit]{
	{"ID", func(u *trackunit.Unit) string { return text(u.ID) }},
	{"NAME", func(u *trackunit.Unit) string { return text(u.Name) }},
	{"TYPE", func(u *trackunit.Unit) string { return text(u.VehicleType) }},
	{"DEVICE", func(u *trackunit.Unit) string { return text(u.DeviceModel) }},
	{"LAST MESSAGE", func(u *trackunit.Unit) string { return instant(u.MessageTime) }},
	{"KM", func(u *trackunit.Unit) string { return number(u.Km) }},
	{"HOURS", func(u *trackunit.Unit) string { return hours(u.Run1) }},
	{"PLACE", func(u *trackunit.Unit) string { return place(u.Address) }},
}

func (p *program) unitsCommand() *cobra.Command {
	var filter struct{ client, category, group, zone, point, serial, reference string }
	var radius float64
	list := &cobra.Command{
		Use: "list", Short: "List units, all or those that the flags say", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := p.client()
			if err != nil {
				return err
			}
			units := client.Units.All(cmd.Context(), trackunit.UnitFilter{
				ClientID: given(filter.client), CategoryID: given(filter.category), GroupID: given(filter.group),
				ZoneID: given(filter.zone), PointID: given(filter.point), Radius: given(radius),
				SerialNumber: given(filter.serial), ReferenceNumber: given(filter.reference),
			})
			return print(p, units, unitColumns)
		},
	}
	flags := list.Flags()
	flags.StringVar(&filter.client, "client", "", "of the client with this `id`")
	flags.StringVar(&filter.category, "category", "", "of the category with this `id`")
	flags.StringVar(&filter.group, "group", "", "of the group with this `id`")
	flags.StringVar(&filter.zone, "zone", "", "now in the zone with this `id`")
	flags.StringVar(&filter.point, "point", "", "now near the point with this `id`")
	flags.Float64Var(&radius, "radius", 0, "how near, in `km` (the service's default is 1)")
	flags.StringVar(&filter.serial, "serial", "", "with this serial `number`")
	flags.StringVar(&filter.reference, "reference", "", "with this reference `number`")

	get := &cobra.Command{
		Use: "get ID", Short: "Print one unit", Args: one("the id of a unit"),
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := p.client()
			if err != nil {
				return err
			}
			unit, err := client.Units.Get(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return print(p, sequence([]trackunit.Unit{unit}, nil), unitColumns)
		},
	}
	return group("units", "The units: machines and vehicles", list, get)
}

// given returns the value of a flag; one that is zero was not given.
func given[T comparable](v T) trackunit.Opt[T] {
	var zero T
	if v == zero {
		return trackunit.Opt[T]{}
	}
	return trackunit.Some(v)
}
