package world

// Countries are where units work. The towns are real, streets are common names, and people and companies are made up
// of common parts.
var Countries = []Country{
	{"DK", "45", &danish, 1, []Town{
		{"Helsingør", "3000", Location{56.0361, 12.6136}},
		{"Odense", "5000", Location{55.4038, 10.4024}},
		{"Aarhus", "8000", Location{56.1629, 10.2039}},
		{"Aalborg", "9000", Location{57.0488, 9.9217}},
	}},
	{"NO", "47", &norwegian, 1, []Town{
		{"Oslo", "0150", Location{59.9139, 10.7522}},
		{"Bergen", "5003", Location{60.3913, 5.3221}},
		{"Tromsø", "9008", Location{69.6492, 18.9553}},
	}},
	{"SE", "46", &swedish, 1, []Town{
		{"Malmö", "21120", Location{55.6050, 13.0038}},
		{"Göteborg", "41103", Location{57.7089, 11.9746}},
		{"Västerås", "72211", Location{59.6099, 16.5448}},
	}},
	{"DE", "49", &german, 1, []Town{
		{"Hamburg", "20095", Location{53.5511, 9.9937}},
		{"Düsseldorf", "40213", Location{51.2277, 6.7735}},
		{"Köln", "50667", Location{50.9375, 6.9603}},
		{"München", "80331", Location{48.1351, 11.5820}},
	}},
	{"GB", "44", &english, 0, []Town{
		{"Leeds", "LS1", Location{53.8008, -1.5491}},
		{"Bristol", "BS1", Location{51.4545, -2.5879}},
		{"Glasgow", "G1", Location{55.8642, -4.2518}},
	}},
	{"IE", "353", &english, 0, []Town{
		{"Cork", "T12", Location{51.8985, -8.4756}},
	}},
}

var danish = Language{
	Kinds: []string{"Gravemaskine", "Gummiged", "Dumper", "Tromle", "Teleskoplæsser", "Saxlift", "Generator",
		"Kompressor", "Lastbil", "Varevogn"},
	Inputs:     [4]string{"Strømudtag", "Tænding", "Indgang 3", "Indgang 4"},
	Streets:    []string{"Industrivej", "Havnegade", "Stationsvej", "Kirkevej", "Strandvejen", "Ringvejen", "Møllebakken"},
	FirstNames: []string{"Anna", "Søren", "Mette", "Lars", "Åse", "Jørgen"},
	LastNames:  []string{"Holm", "Nielsen", "Kjær", "Østergaard", "Lund", "Bæk"},
	Companies:  []string{"%s Entreprenør A/S", "%s Maskinudlejning ApS", "%s & Søn A/S"},
	Region:     "Region %s",
	Yard:       "Plads %s",
}

var norwegian = Language{
	Kinds: []string{"Gravemaskin", "Hjullaster", "Dumper", "Vals", "Teleskoplaster", "Sakselift", "Aggregat",
		"Kompressor", "Lastebil", "Varebil"},
	Inputs:     [4]string{"Kraftuttak", "Tenning", "Inngang 3", "Inngang 4"},
	Streets:    []string{"Industriveien", "Havnegata", "Stasjonsveien", "Kirkeveien", "Strandgata", "Fjordveien"},
	FirstNames: []string{"Ingrid", "Bjørn", "Kari", "Ola", "Sigrid", "Håkon"},
	LastNames:  []string{"Fjeld", "Hansen", "Bakke", "Sørli", "Haugen", "Moe"},
	Companies:  []string{"%s Maskin AS", "%s Anlegg AS", "%s Utleie AS"},
	Region:     "Region %s",
	Yard:       "Lager %s",
}

var swedish = Language{
	Kinds: []string{"Grävmaskin", "Hjullastare", "Dumper", "Vält", "Teleskoplastare", "Saxlift", "Elverk",
		"Kompressor", "Lastbil", "Skåpbil"},
	Inputs:     [4]string{"Kraftuttag", "Tändning", "Ingång 3", "Ingång 4"},
	Streets:    []string{"Industrigatan", "Hamngatan", "Järnvägsgatan", "Kyrkogatan", "Strandvägen", "Ringvägen"},
	FirstNames: []string{"Elsa", "Nils", "Karin", "Björn", "Åsa", "Gösta"},
	LastNames:  []string{"Lindgren", "Ek", "Sjöberg", "Åkesson", "Nyström", "Berg"},
	Companies:  []string{"%s Bygg AB", "%s Maskinuthyrning AB", "%s Schakt AB"},
	Region:     "Region %s",
	Yard:       "Depå %s",
}

var german = Language{
	Kinds: []string{"Bagger", "Radlader", "Muldenkipper", "Walze", "Teleskoplader", "Scherenbühne", "Stromerzeuger",
		"Kompressor", "Lkw", "Transporter"},
	Inputs:     [4]string{"Nebenantrieb", "Zündung", "Eingang 3", "Eingang 4"},
	Streets:    []string{"Industriestraße", "Hafenstraße", "Bahnhofstraße", "Kirchweg", "Am Güterbahnhof", "Ringstraße"},
	FirstNames: []string{"Jürgen", "Petra", "Lukas", "Käthe", "Moritz", "Sabine"},
	LastNames:  []string{"Müller", "Brandt", "Schäfer", "Vogel", "Groß", "Weiß"},
	Companies:  []string{"%s Bau GmbH", "%s Baumaschinen GmbH & Co. KG", "Gebrüder %s Tiefbau"},
	Region:     "Region %s",
	Yard:       "Bauhof %s",
}

var english = Language{
	Kinds: []string{"Excavator", "Wheel loader", "Dumper", "Roller", "Telehandler", "Scissor lift", "Generator",
		"Compressor", "Truck", "Van"},
	Inputs:     [4]string{"Power outlet", "Ignition", "Input 3", "Input 4"},
	Streets:    []string{"Mill Lane", "Station Road", "Dock Street", "Church Road", "Quarry Hill", "King's Road"},
	FirstNames: []string{"Alice", "George", "Niamh", "Oliver", "Ruth", "Seán"},
	LastNames:  []string{"Ashworth", "Campbell", "O'Brien", "Hughes", "Walker", "Stone"},
	Companies:  []string{"%s Plant Hire Ltd", "%s & Sons Ltd", "%s Civil Engineering plc"},
	Region:     "%s area",
	Yard:       "%s yard",
}
