package xmlwire_test

import . "github.com/soapfirst/trackunit/soapclient/xmlwire"

// Wide has 200 members: more than any bit set or jump table would like.
type Wide struct {
	F000 Opt[string]
	F001 Opt[int32]
	F002 Opt[int32]
	F003 Opt[string]
	F004 Opt[int32]
	F005 Opt[int32]
	F006 Opt[string]
	F007 Opt[int32]
	F008 Opt[int32]
	F009 Opt[string]
	F010 Opt[int32]
	F011 Opt[int32]
	F012 Opt[string]
	F013 Opt[int32]
	F014 Opt[int32]
	F015 Opt[string]
	F016 Opt[int32]
	F017 Opt[int32]
	F018 Opt[string]
	F019 Opt[int32]
	F020 Opt[int32]
	F021 Opt[string]
	F022 Opt[int32]
	F023 Opt[int32]
	F024 Opt[string]
	F025 Opt[int32]
	F026 Opt[int32]
	F027 Opt[string]
	F028 Opt[int32]
	F029 Opt[int32]
	F030 Opt[string]
	F031 Opt[int32]
	F032 Opt[int32]
	F033 Opt[string]
	F034 Opt[int32]
	F035 Opt[int32]
	F036 Opt[string]
	F037 Opt[int32]
	F038 Opt[int32]
	F039 Opt[string]
	F040 Opt[int32]
	F041 Opt[int32]
	F042 Opt[string]
	F043 Opt[int32]
	F044 Opt[int32]
	F045 Opt[string]
	F046 Opt[int32]
	F047 Opt[int32]
	F048 Opt[string]
	F049 Opt[int32]
	F050 Opt[int32]
	F051 Opt[string]
	F052 Opt[int32]
	F053 Opt[int32]
	F054 Opt[string]
	F055 Opt[int32]
	F056 Opt[int32]
	F057 Opt[string]
	F058 Opt[int32]
	F059 Opt[int32]
	F060 Opt[string]
	F061 Opt[int32]
	F062 Opt[int32]
	F063 Opt[string]
	F064 Opt[int32]
	F065 Opt[int32]
	F066 Opt[string]
	F067 Opt[int32]
	F068 Opt[int32]
	F069 Opt[string]
	F070 Opt[int32]
	F071 Opt[int32]
	F072 Opt[string]
	F073 Opt[int32]
	F074 Opt[int32]
	F075 Opt[string]
	F076 Opt[int32]
	F077 Opt[int32]
	F078 Opt[string]
	F079 Opt[int32]
	F080 Opt[int32]
	F081 Opt[string]
	F082 Opt[int32]
	F083 Opt[int32]
	F084 Opt[string]
	F085 Opt[int32]
	F086 Opt[int32]
	F087 Opt[string]
	F088 Opt[int32]
	F089 Opt[int32]
	F090 Opt[string]
	F091 Opt[int32]
	F092 Opt[int32]
	F093 Opt[string]
	F094 Opt[int32]
	F095 Opt[int32]
	F096 Opt[string]
	F097 Opt[int32]
	F098 Opt[int32]
	F099 Opt[string]
	F100 Opt[int32]
	F101 Opt[int32]
	F102 Opt[string]
	F103 Opt[int32]
	F104 Opt[int32]
	F105 Opt[string]
	F106 Opt[int32]
	F107 Opt[int32]
	F108 Opt[string]
	F109 Opt[int32]
	F110 Opt[int32]
	F111 Opt[string]
	F112 Opt[int32]
	F113 Opt[int32]
	F114 Opt[string]
	F115 Opt[int32]
	F116 Opt[int32]
	F117 Opt[string]
	F118 Opt[int32]
	F119 Opt[int32]
	F120 Opt[string]
	F121 Opt[int32]
	F122 Opt[int32]
	F123 Opt[string]
	F124 Opt[int32]
	F125 Opt[int32]
	F126 Opt[string]
	F127 Opt[int32]
	F128 Opt[int32]
	F129 Opt[string]
	F130 Opt[int32]
	F131 Opt[int32]
	F132 Opt[string]
	F133 Opt[int32]
	F134 Opt[int32]
	F135 Opt[string]
	F136 Opt[int32]
	F137 Opt[int32]
	F138 Opt[string]
	F139 Opt[int32]
	F140 Opt[int32]
	F141 Opt[string]
	F142 Opt[int32]
	F143 Opt[int32]
	F144 Opt[string]
	F145 Opt[int32]
	F146 Opt[int32]
	F147 Opt[string]
	F148 Opt[int32]
	F149 Opt[int32]
	F150 Opt[string]
	F151 Opt[int32]
	F152 Opt[int32]
	F153 Opt[string]
	F154 Opt[int32]
	F155 Opt[int32]
	F156 Opt[string]
	F157 Opt[int32]
	F158 Opt[int32]
	F159 Opt[string]
	F160 Opt[int32]
	F161 Opt[int32]
	F162 Opt[string]
	F163 Opt[int32]
	F164 Opt[int32]
	F165 Opt[string]
	F166 Opt[int32]
	F167 Opt[int32]
	F168 Opt[string]
	F169 Opt[int32]
	F170 Opt[int32]
	F171 Opt[string]
	F172 Opt[int32]
	F173 Opt[int32]
	F174 Opt[string]
	F175 Opt[int32]
	F176 Opt[int32]
	F177 Opt[string]
	F178 Opt[int32]
	F179 Opt[int32]
	F180 Opt[string]
	F181 Opt[int32]
	F182 Opt[int32]
	F183 Opt[string]
	F184 Opt[int32]
	F185 Opt[int32]
	F186 Opt[string]
	F187 Opt[int32]
	F188 Opt[int32]
	F189 Opt[string]
	F190 Opt[int32]
	F191 Opt[int32]
	F192 Opt[string]
	F193 Opt[int32]
	F194 Opt[int32]
	F195 Opt[string]
	F196 Opt[int32]
	F197 Opt[int32]
	F198 Opt[string]
	F199 Opt[int32]
}

func (*Wide) XMLType() *Type { return &xmlWide }

var xmlWide = Type{Name: "Wide", Space: nsMain, Members: []Member{
	{Field: "F000", Kind: String, Flags: Nillable},
	{Field: "F001", Kind: Int32, Flags: Nillable},
	{Field: "F002", Kind: Int32, Flags: Nillable},
	{Field: "F003", Kind: String, Flags: Nillable},
	{Field: "F004", Kind: Int32, Flags: Nillable},
	{Field: "F005", Kind: Int32, Flags: Nillable},
	{Field: "F006", Kind: String, Flags: Nillable},
	{Field: "F007", Kind: Int32, Flags: Nillable},
	{Field: "F008", Kind: Int32, Flags: Nillable},
	{Field: "F009", Kind: String, Flags: Nillable},
	{Field: "F010", Kind: Int32, Flags: Nillable},
	{Field: "F011", Kind: Int32, Flags: Nillable},
	{Field: "F012", Kind: String, Flags: Nillable},
	{Field: "F013", Kind: Int32, Flags: Nillable},
	{Field: "F014", Kind: Int32, Flags: Nillable},
	{Field: "F015", Kind: String, Flags: Nillable},
	{Field: "F016", Kind: Int32, Flags: Nillable},
	{Field: "F017", Kind: Int32, Flags: Nillable},
	{Field: "F018", Kind: String, Flags: Nillable},
	{Field: "F019", Kind: Int32, Flags: Nillable},
	{Field: "F020", Kind: Int32, Flags: Nillable},
	{Field: "F021", Kind: String, Flags: Nillable},
	{Field: "F022", Kind: Int32, Flags: Nillable},
	{Field: "F023", Kind: Int32, Flags: Nillable},
	{Field: "F024", Kind: String, Flags: Nillable},
	{Field: "F025", Kind: Int32, Flags: Nillable},
	{Field: "F026", Kind: Int32, Flags: Nillable},
	{Field: "F027", Kind: String, Flags: Nillable},
	{Field: "F028", Kind: Int32, Flags: Nillable},
	{Field: "F029", Kind: Int32, Flags: Nillable},
	{Field: "F030", Kind: String, Flags: Nillable},
	{Field: "F031", Kind: Int32, Flags: Nillable},
	{Field: "F032", Kind: Int32, Flags: Nillable},
	{Field: "F033", Kind: String, Flags: Nillable},
	{Field: "F034", Kind: Int32, Flags: Nillable},
	{Field: "F035", Kind: Int32, Flags: Nillable},
	{Field: "F036", Kind: String, Flags: Nillable},
	{Field: "F037", Kind: Int32, Flags: Nillable},
	{Field: "F038", Kind: Int32, Flags: Nillable},
	{Field: "F039", Kind: String, Flags: Nillable},
	{Field: "F040", Kind: Int32, Flags: Nillable},
	{Field: "F041", Kind: Int32, Flags: Nillable},
	{Field: "F042", Kind: String, Flags: Nillable},
	{Field: "F043", Kind: Int32, Flags: Nillable},
	{Field: "F044", Kind: Int32, Flags: Nillable},
	{Field: "F045", Kind: String, Flags: Nillable},
	{Field: "F046", Kind: Int32, Flags: Nillable},
	{Field: "F047", Kind: Int32, Flags: Nillable},
	{Field: "F048", Kind: String, Flags: Nillable},
	{Field: "F049", Kind: Int32, Flags: Nillable},
	{Field: "F050", Kind: Int32, Flags: Nillable},
	{Field: "F051", Kind: String, Flags: Nillable},
	{Field: "F052", Kind: Int32, Flags: Nillable},
	{Field: "F053", Kind: Int32, Flags: Nillable},
	{Field: "F054", Kind: String, Flags: Nillable},
	{Field: "F055", Kind: Int32, Flags: Nillable},
	{Field: "F056", Kind: Int32, Flags: Nillable},
	{Field: "F057", Kind: String, Flags: Nillable},
	{Field: "F058", Kind: Int32, Flags: Nillable},
	{Field: "F059", Kind: Int32, Flags: Nillable},
	{Field: "F060", Kind: String, Flags: Nillable},
	{Field: "F061", Kind: Int32, Flags: Nillable},
	{Field: "F062", Kind: Int32, Flags: Nillable},
	{Field: "F063", Kind: String, Flags: Nillable},
	{Field: "F064", Kind: Int32, Flags: Nillable},
	{Field: "F065", Kind: Int32, Flags: Nillable},
	{Field: "F066", Kind: String, Flags: Nillable},
	{Field: "F067", Kind: Int32, Flags: Nillable},
	{Field: "F068", Kind: Int32, Flags: Nillable},
	{Field: "F069", Kind: String, Flags: Nillable},
	{Field: "F070", Kind: Int32, Flags: Nillable},
	{Field: "F071", Kind: Int32, Flags: Nillable},
	{Field: "F072", Kind: String, Flags: Nillable},
	{Field: "F073", Kind: Int32, Flags: Nillable},
	{Field: "F074", Kind: Int32, Flags: Nillable},
	{Field: "F075", Kind: String, Flags: Nillable},
	{Field: "F076", Kind: Int32, Flags: Nillable},
	{Field: "F077", Kind: Int32, Flags: Nillable},
	{Field: "F078", Kind: String, Flags: Nillable},
	{Field: "F079", Kind: Int32, Flags: Nillable},
	{Field: "F080", Kind: Int32, Flags: Nillable},
	{Field: "F081", Kind: String, Flags: Nillable},
	{Field: "F082", Kind: Int32, Flags: Nillable},
	{Field: "F083", Kind: Int32, Flags: Nillable},
	{Field: "F084", Kind: String, Flags: Nillable},
	{Field: "F085", Kind: Int32, Flags: Nillable},
	{Field: "F086", Kind: Int32, Flags: Nillable},
	{Field: "F087", Kind: String, Flags: Nillable},
	{Field: "F088", Kind: Int32, Flags: Nillable},
	{Field: "F089", Kind: Int32, Flags: Nillable},
	{Field: "F090", Kind: String, Flags: Nillable},
	{Field: "F091", Kind: Int32, Flags: Nillable},
	{Field: "F092", Kind: Int32, Flags: Nillable},
	{Field: "F093", Kind: String, Flags: Nillable},
	{Field: "F094", Kind: Int32, Flags: Nillable},
	{Field: "F095", Kind: Int32, Flags: Nillable},
	{Field: "F096", Kind: String, Flags: Nillable},
	{Field: "F097", Kind: Int32, Flags: Nillable},
	{Field: "F098", Kind: Int32, Flags: Nillable},
	{Field: "F099", Kind: String, Flags: Nillable},
	{Field: "F100", Kind: Int32, Flags: Nillable},
	{Field: "F101", Kind: Int32, Flags: Nillable},
	{Field: "F102", Kind: String, Flags: Nillable},
	{Field: "F103", Kind: Int32, Flags: Nillable},
	{Field: "F104", Kind: Int32, Flags: Nillable},
	{Field: "F105", Kind: String, Flags: Nillable},
	{Field: "F106", Kind: Int32, Flags: Nillable},
	{Field: "F107", Kind: Int32, Flags: Nillable},
	{Field: "F108", Kind: String, Flags: Nillable},
	{Field: "F109", Kind: Int32, Flags: Nillable},
	{Field: "F110", Kind: Int32, Flags: Nillable},
	{Field: "F111", Kind: String, Flags: Nillable},
	{Field: "F112", Kind: Int32, Flags: Nillable},
	{Field: "F113", Kind: Int32, Flags: Nillable},
	{Field: "F114", Kind: String, Flags: Nillable},
	{Field: "F115", Kind: Int32, Flags: Nillable},
	{Field: "F116", Kind: Int32, Flags: Nillable},
	{Field: "F117", Kind: String, Flags: Nillable},
	{Field: "F118", Kind: Int32, Flags: Nillable},
	{Field: "F119", Kind: Int32, Flags: Nillable},
	{Field: "F120", Kind: String, Flags: Nillable},
	{Field: "F121", Kind: Int32, Flags: Nillable},
	{Field: "F122", Kind: Int32, Flags: Nillable},
	{Field: "F123", Kind: String, Flags: Nillable},
	{Field: "F124", Kind: Int32, Flags: Nillable},
	{Field: "F125", Kind: Int32, Flags: Nillable},
	{Field: "F126", Kind: String, Flags: Nillable},
	{Field: "F127", Kind: Int32, Flags: Nillable},
	{Field: "F128", Kind: Int32, Flags: Nillable},
	{Field: "F129", Kind: String, Flags: Nillable},
	{Field: "F130", Kind: Int32, Flags: Nillable},
	{Field: "F131", Kind: Int32, Flags: Nillable},
	{Field: "F132", Kind: String, Flags: Nillable},
	{Field: "F133", Kind: Int32, Flags: Nillable},
	{Field: "F134", Kind: Int32, Flags: Nillable},
	{Field: "F135", Kind: String, Flags: Nillable},
	{Field: "F136", Kind: Int32, Flags: Nillable},
	{Field: "F137", Kind: Int32, Flags: Nillable},
	{Field: "F138", Kind: String, Flags: Nillable},
	{Field: "F139", Kind: Int32, Flags: Nillable},
	{Field: "F140", Kind: Int32, Flags: Nillable},
	{Field: "F141", Kind: String, Flags: Nillable},
	{Field: "F142", Kind: Int32, Flags: Nillable},
	{Field: "F143", Kind: Int32, Flags: Nillable},
	{Field: "F144", Kind: String, Flags: Nillable},
	{Field: "F145", Kind: Int32, Flags: Nillable},
	{Field: "F146", Kind: Int32, Flags: Nillable},
	{Field: "F147", Kind: String, Flags: Nillable},
	{Field: "F148", Kind: Int32, Flags: Nillable},
	{Field: "F149", Kind: Int32, Flags: Nillable},
	{Field: "F150", Kind: String, Flags: Nillable},
	{Field: "F151", Kind: Int32, Flags: Nillable},
	{Field: "F152", Kind: Int32, Flags: Nillable},
	{Field: "F153", Kind: String, Flags: Nillable},
	{Field: "F154", Kind: Int32, Flags: Nillable},
	{Field: "F155", Kind: Int32, Flags: Nillable},
	{Field: "F156", Kind: String, Flags: Nillable},
	{Field: "F157", Kind: Int32, Flags: Nillable},
	{Field: "F158", Kind: Int32, Flags: Nillable},
	{Field: "F159", Kind: String, Flags: Nillable},
	{Field: "F160", Kind: Int32, Flags: Nillable},
	{Field: "F161", Kind: Int32, Flags: Nillable},
	{Field: "F162", Kind: String, Flags: Nillable},
	{Field: "F163", Kind: Int32, Flags: Nillable},
	{Field: "F164", Kind: Int32, Flags: Nillable},
	{Field: "F165", Kind: String, Flags: Nillable},
	{Field: "F166", Kind: Int32, Flags: Nillable},
	{Field: "F167", Kind: Int32, Flags: Nillable},
	{Field: "F168", Kind: String, Flags: Nillable},
	{Field: "F169", Kind: Int32, Flags: Nillable},
	{Field: "F170", Kind: Int32, Flags: Nillable},
	{Field: "F171", Kind: String, Flags: Nillable},
	{Field: "F172", Kind: Int32, Flags: Nillable},
	{Field: "F173", Kind: Int32, Flags: Nillable},
	{Field: "F174", Kind: String, Flags: Nillable},
	{Field: "F175", Kind: Int32, Flags: Nillable},
	{Field: "F176", Kind: Int32, Flags: Nillable},
	{Field: "F177", Kind: String, Flags: Nillable},
	{Field: "F178", Kind: Int32, Flags: Nillable},
	{Field: "F179", Kind: Int32, Flags: Nillable},
	{Field: "F180", Kind: String, Flags: Nillable},
	{Field: "F181", Kind: Int32, Flags: Nillable},
	{Field: "F182", Kind: Int32, Flags: Nillable},
	{Field: "F183", Kind: String, Flags: Nillable},
	{Field: "F184", Kind: Int32, Flags: Nillable},
	{Field: "F185", Kind: Int32, Flags: Nillable},
	{Field: "F186", Kind: String, Flags: Nillable},
	{Field: "F187", Kind: Int32, Flags: Nillable},
	{Field: "F188", Kind: Int32, Flags: Nillable},
	{Field: "F189", Kind: String, Flags: Nillable},
	{Field: "F190", Kind: Int32, Flags: Nillable},
	{Field: "F191", Kind: Int32, Flags: Nillable},
	{Field: "F192", Kind: String, Flags: Nillable},
	{Field: "F193", Kind: Int32, Flags: Nillable},
	{Field: "F194", Kind: Int32, Flags: Nillable},
	{Field: "F195", Kind: String, Flags: Nillable},
	{Field: "F196", Kind: Int32, Flags: Nillable},
	{Field: "F197", Kind: Int32, Flags: Nillable},
	{Field: "F198", Kind: String, Flags: Nillable},
	{Field: "F199", Kind: Int32, Flags: Nillable},
}}
