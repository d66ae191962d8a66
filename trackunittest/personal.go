package trackunittest

// PersonalData returns the members of the Classic API that hold data on persons: names, phone numbers, mail addresses, and
// what a customer notes on the holder of a key. It is for soaptest.WithRedacted.
//
// Which they are is inferred from their names and the documentation of the operations. Names of units, groups, zones, points,
// categories and alarms are not among them, and neither are notes on those, addresses and positions: add to the list what
// says too much of somebody in an account of yours.
func PersonalData() []string {
	names := []string{
		"Email", "Mobile", "Phone", "PhoneNumber",
		"EmailRecipients", "AddEmailRecipients", "RemoveEmailRecipients",
		"SmsRecipients", "AddSmsRecipients", "RemoveSmsRecipients",
		"CompanyName", "EmployeeNumber",
	}
	for _, verb := range []string{"", "Create", "Update"} {
		names = append(names, verb+"Contact/Name", verb+"Client/Name", verb+"Key/Name", verb+"Key/Note")
	}
	return names
}
