package main

import (
	"github.com/spf13/cobra"

	"github.com/soapfirst/trackunit"
)

var alarmColumns = []column[trackunit.Alarm]{
	{"ID", func(a *trackunit.Alarm) string { return text(a.ID) }},
	{"NAME", func(a *trackunit.Alarm) string { return text(a.Name) }},
	{"TYPE", func(a *trackunit.Alarm) string { return text(a.Type) }},
	{"ON", func(a *trackunit.Alarm) string { return yes(a.Enabled) }},
	{"UNITS", alarmUnits},
}

var activeColumns = []column[trackunit.ActiveAlarm]{
	{"ALARM", func(a *trackunit.ActiveAlarm) string { return text(a.AlarmID) }},
	{"UNIT", func(a *trackunit.ActiveAlarm) string { return text(a.UnitID) }},
	{"SINCE", func(a *trackunit.ActiveAlarm) string { return instant(a.TriggeredAt) }},
	{"WHERE", func(a *trackunit.ActiveAlarm) string { return degrees(a.Location) }},
	{"PLACE", func(a *trackunit.ActiveAlarm) string { return place(a.Address) }},
}

func (p *program) alarmsCommand() *cobra.Command {
	cmd := record(p, "alarms", "The alarms: rules by which the service sends messages",
		func(c *trackunit.Client) lister[trackunit.Alarm] { return c.Alarms }, alarmColumns)
	cmd.AddCommand(&cobra.Command{
		Use: "active", Short: "List the alarms that go on now", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := p.client()
			if err != nil {
				return err
			}
			alarms, err := client.Alarms.Active(cmd.Context())
			if err != nil {
				return err
			}
			return print(p, sequence(alarms, nil), activeColumns)
		},
	})
	return cmd
}

func alarmUnits(a *trackunit.Alarm) string {
	if a.AllUnits {
		return "all"
	}
	return count(a.Units)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
